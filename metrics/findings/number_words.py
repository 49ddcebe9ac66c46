"""Number words and how they add up: "two hundred and five", "einundzwanzig", "三十五"."""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from metrics.lexicon import Lexicon, fold
from metrics.words import is_unspaced

#: Longer words are no number words.
_LONGEST = 80
#: They go on with figures.
_SIGNS = "½⅓⅔¼¾⅛⅜⅝⅞"


class Sort(Enum):
    """What a number word does to what stands before it."""

    WORD = auto()
    TIMES = auto()
    ORDINAL = auto()
    FRACTION = auto()
    JOINER = auto()


class Part(NamedTuple):
    """A number word, alone or in a longer one."""

    sort: Sort
    value: float


class Term(NamedTuple):
    """A summand, and what a further one must be below: 0 after figures."""

    value: float
    room: float


Terms = tuple[Term, ...]


class NumberWords:
    """The number words of a language: smaller ones are added, multipliers multiply what is below them."""

    def __init__(self, language: Lexicon) -> None:
        self.language = language
        self._table = {
            **{word: Part(Sort.JOINER, 0.0) for word in language.number_joiners},
            **{word: Part(Sort.ORDINAL, value) for word, value in language.ordinals.items()},
            **{word: Part(Sort.WORD, value) for word, value in language.number_words.items()},
            **{word: Part(Sort.TIMES, value) for word, value in language.multipliers.items()},
            **{word: Part(Sort.FRACTION, value) for word, value in language.number_fractions.items()},
            **{fold(sign): Part(Sort.FRACTION, unicodedata.numeric(sign)) for sign in _SIGNS},
        }
        self._compound = _any_of(self._table) if language.number_compounds else None
        self._begin = _any_of(word for word in language.number_words if len(word) > (2 if self._compound else 3))
        self._telling = language.months.beginnings | language.weekdays.beginnings
        self._telling |= {
            word for word, part in self._table.items() if part.sort is not Sort.JOINER and part.value != 1
        }
        self._cached = lru_cache(1 << 14)(self._split)

    def tell(self, words: Sequence[str]) -> bool:
        """Whether any of the folded words may belong to a number or a date that a reader would miss."""
        return not self._telling.isdisjoint(words) or any(
            self.parts(word)[0] for word in words if self._compound is not None or "-" in word
        )

    def part(self, word: str) -> Part | None:
        """What a folded word is by itself."""
        return self._table.get(word)

    def parts(self, word: str) -> tuple[tuple[Part, ...], str]:
        """The number words in a folded word, and what follows them there after a hyphen."""
        part = self._table.get(word)
        if part is not None:
            return (part,), ""
        if len(word) > _LONGEST or ("-" not in word and self._compound is None):
            return (), ""
        return self._cached(word)

    def begins(self, word: str) -> float | None:
        """The value of the number word that a folded word begins with, if it does."""
        match = self._begin.match(word) if self._begin is not None else None
        return self.language.number_words[match[0]] if match else None

    def add(self, terms: Terms, parts: tuple[Part, ...], word: str, joined: bool = False) -> Terms | None:
        """`terms` with the parts of a word, or None where they do not fit; `joined` says that "and" stands between."""
        result: Terms | None = terms
        unspaced = is_unspaced(word[0])
        for k, part in enumerate(parts):
            if result is None or part.sort is Sort.FRACTION or (part.sort is Sort.JOINER and k in (0, len(parts) - 1)):
                return None
            if part.sort is Sort.JOINER:
                joined = True
                continue
            if part.sort is Sort.TIMES or (part.sort is Sort.ORDINAL and part.value >= 100 and result):
                result = _times(result, part.value)
            else:
                swapped = joined and self.language.number_compounds
                result = _plus(result, part.value, joined or k > 0, swapped, unspaced)
            joined = False
        return result if result and math.isfinite(total(result)) else None

    def _split(self, word: str) -> tuple[tuple[Part, ...], str]:
        parts: list[Part] = []
        at = 0
        if "-" in word:
            pieces = word.split("-")
            while at < len(pieces):
                for end in range(len(pieces), at, -1):
                    found = self._table.get("-".join(pieces[at:end]))
                    if found is not None:
                        parts.append(found)
                        at = end
                        break
                else:
                    break
            return tuple(parts), "-".join(pieces[at:]) if parts else ""
        while self._compound is not None and at < len(word):
            match = self._compound.match(word, at)
            if match is None:
                return (), ""
            parts.append(self._table[match[0]])
            at = match.end()
        return tuple(parts), ""


@cache
def number_words(language: Lexicon) -> NumberWords:
    """The number words of a language."""
    return NumberWords(language)


def total(terms: Terms) -> float:
    """The value of a sum."""
    return sum(term.value for term in terms)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of `words`, the longest first."""
    known = sorted(filter(None, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known))) if known else None


def _times(terms: Terms, factor: float) -> Terms | None:
    """Multiply all that is below a factor; figures may be above it."""
    if not terms:
        return (Term(factor, factor),)
    if len(terms) == 1 and terms[0].room == 0 and factor > 1:
        return (Term(terms[0].value * factor, factor),)
    at = len(terms)
    while at and terms[at - 1].value < factor:
        at -= 1
    if at == len(terms):
        return None
    value = total(terms[at:]) * factor
    if at and not value < terms[at - 1].room:
        return None
    return (*terms[:at], Term(value, factor))


def _plus(terms: Terms, value: float, close: bool, swapped: bool, unspaced: bool) -> Terms | None:
    """Add what is smaller; `swapped` where units may stand before tens."""
    room = _room(value, close or unspaced)
    if terms and value == 0:
        return terms if unspaced else None
    if not terms:
        return (Term(value, room),)
    top = terms[-1]
    if swapped and 1 <= top.value < 10 and 20 <= value < 100 and value % 10 == 0:
        return (*terms[:-1], Term(top.value + value, 1.0))
    # In French 60 and 80 go on to 79 and 99.
    if value < top.room or (close and top.room == 10 and top.value in (60, 80) and value < 20):
        return (*terms, Term(value, room))
    if len(terms) == 1 and 11 <= top.value <= 20 and 10 <= value < 100 and not close and not unspaced:
        return (Term(top.value * 100 + value, room),)
    return None


def _room(value: float, close: bool) -> float:
    for power in (1000.0, 100.0, 10.0):
        if value >= power and value % power == 0 and (value > 10 or close):
            return power
    return 1.0 if value == int(value) else 0.0
