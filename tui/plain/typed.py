"""What was typed: words, some of them in quotation marks."""

import shlex
from collections.abc import Iterable
from difflib import get_close_matches
from io import StringIO
from typing import NamedTuple

from metrics.errors import UsageError


class Word(NamedTuple):
    """A word of a command; `quoted` says that it began with a quotation mark, so it is never a number or a name."""

    text: str
    quoted: bool = False


def typed(line: str) -> list[Word]:
    """The words of a line, with quotation marks and backslashes as a shell takes them.

    Raises `UsageError` where a quotation mark has no partner.
    """
    stream = StringIO(line)
    lexer = shlex.shlex(stream, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words = []
    try:
        start = 0
        while (token := lexer.get_token()) is not None:
            words.append(Word(token, line[start : stream.tell()].lstrip()[:1] in ("'", '"')))
            start = stream.tell()
    except ValueError:
        raise UsageError(
            "a quotation mark has no partner, or nothing follows a backslash: "
            'put words with an apostrophe in double quotation marks, "don\'t"'
        ) from None
    return words


def number_in(word: str, what: str, most: int) -> int:
    """A number of 1…`most` as it was typed. Raises `UsageError`, which names `what` is numbered."""
    if not (word.isascii() and word.isdigit()):
        raise UsageError(f"“{word}” is no number: say which {what}, by its number")
    if most == 0:
        raise UsageError(f"there is no {what} {word}: there is none at all")
    if not 1 <= int(word[:12]) <= most:
        raise UsageError(f"there is no {what} {word}: the last is {what} {most}")
    return int(word)


def amount_in(word: str, least: int, most: int) -> int:
    """How many, as it was typed. Raises `UsageError`."""
    if not (word.isascii() and word.isdigit() and least <= int(word[:12]) <= most):
        raise UsageError(f"“{word}” does not say how many: write a number of {least} to {most}")
    return int(word)


def nearest(word: str, known: Iterable[str]) -> str:
    """One of `known` in brackets with a question mark, where `word` may be a slip for it; otherwise empty."""
    found = get_close_matches(word.casefold(), list(known), 1)
    return f" ({found[0]}?)" if found else ""
