"""Words with their offsets, for any script: what is counted, compared and marked."""

import re
from typing import NamedTuple

#: Scripts written without spaces between words: each character counts as a word of its own.
UNSPACED = (
    "\u0e00-\u0eff\u1780-\u17ff"  # Thai, Lao, Khmer
    "\u3007\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)

#: Marks that go on with a word without being letters: accents, points, vowel signs.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
    "\u0f00-\u109f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200c\u200d"
)

_WORD = re.compile(
    rf"[{UNSPACED}]"
    rf"|\d+(?:[.,:/\u2009\u202f\u00a0]?\d+)*"
    rf"|(?:(?![{UNSPACED}])[^\W_])(?:(?![{UNSPACED}])[\w{_MARKS}])*"
    rf"(?:['’\-‑](?:(?![{UNSPACED}])\w)+)*"
)
_PIECE = re.compile(rf"{_WORD.pattern}|[^\w\s]|_")
_UNSPACED = re.compile(rf"[{UNSPACED}]")


class Word(NamedTuple):
    """`text[start:end]`, a word or a punctuation mark."""

    start: int
    end: int
    text: str


def words(text: str) -> list[Word]:
    """The words of `text`; in scripts without spaces, its characters."""
    return [Word(*match.span(), match[0]) for match in _WORD.finditer(text)]


def pieces(text: str) -> list[Word]:
    """Words and punctuation marks: together all that is not white space."""
    return [Word(*match.span(), match[0]) for match in _PIECE.finditer(text)]


def count_words(text: str) -> int:
    """How many `words` there are."""
    return sum(1 for _ in _WORD.finditer(text))


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script written without spaces."""
    return _UNSPACED.match(character) is not None
