"""What a family of findings sees of a passage, and what it says."""

from collections.abc import Iterator, Set
from typing import NamedTuple

from metrics.comparison import Comparison, Side, Token
from metrics.glossary import Glossary
from metrics.model import Severity, Span


class Found(NamedTuple):
    """A finding as a family makes it: `candidate` and `reference` are ranges of the passage's own texts.

    `amount` says how many times the points of its kind it is worth.
    """

    kind: str
    severity: Severity
    candidate: Span | None
    reference: Span | None
    message: str
    amount: float = 1.0


class Look:
    """A passage under examination: its two sides, and the words that a finding speaks of already.

    `glossary` has the terms that the candidate must use.
    """

    def __init__(self, comparison: Comparison, glossary: Glossary | None = None) -> None:
        self.candidate, self.reference = comparison.candidate, comparison.reference
        self.vocabulary, self.lexicon = comparison.vocabulary, comparison.lexicon
        self.glossary = glossary
        self._claimed: tuple[set[int], set[int]] = (set(), set())

    def free(self, side: Side) -> Iterator[tuple[int, Token]]:
        """The tokens of a side, with their indices, that nothing answers and no finding speaks of."""
        claimed = self.claimed(side)
        return ((i, token) for i, token in side.unmatched() if i not in claimed)

    def claimed(self, side: Side) -> Set[int]:
        """The indices of the tokens of a side that a finding speaks of."""
        return self._claimed[side is self.reference]

    def claim(self, found: Found) -> None:
        """Take the words of a finding as spoken of."""
        for side, span, claimed in zip(
            (self.candidate, self.reference), (found.candidate, found.reference), self._claimed, strict=True
        ):
            if span is not None:
                claimed.update(i for i, t in enumerate(side.tokens) if t.start < span.end and t.end > span.start)


def spanning(side: Side, first: int, last: int) -> Span:
    """The range of the text from one token to another, both included."""
    return Span(side.tokens[first].start, side.tokens[last].end)


def quoted(side: Side, span: Span, longest: int = 60) -> str:
    """The text of a range in quotation marks; of a long one the beginning and the end."""
    text = side.text[span.start : span.end]
    if len(text) > longest:
        half = longest // 2
        start, end = text[:half], text[-half:]
        text = f"{start.rpartition(' ')[0] or start} … {end.partition(' ')[2] or end}"
    return f"“{text}”"
