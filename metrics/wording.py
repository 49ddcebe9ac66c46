"""Words that messages and reports share."""


def count(number: int, noun: str) -> str:
    """A number and its noun, in the plural but for 1."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
