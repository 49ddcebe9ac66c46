"""Numbers read out of a row of words: in figures, in number words, or in both."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from metrics.comparison import Token
from metrics.findings.number_words import NumberWords, Part, Sort, Term, Terms, number_words, total
from metrics.lexicon import Lexicon
from metrics.lexicon.figures import figure
from metrics.patterns import pattern
from metrics.words import is_unspaced

_GROUP = pattern(r"\d{3}(?:,\d+)?")
_FEW = pattern(r"[1-9]\d{0,2}")
#: A number with spaces in it has no more groups of three figures.
_GROUPS = 4
#: A number and a half stand at most this many small words apart.
_BETWEEN = 2
#: A number said digit by digit is not longer.
_DIGITS = 20


class Numeral(NamedTuple):
    """The words from `first` to `last` say a number.

    `values` has the value and after it what else may be meant; it is empty where figures are no amount, as in
    times. `lone` says that it is a single number word, which may be none; `bare`, that it multiplies nothing
    ("hundred"); `scale` is the multiplier that it ends with, or 1. `rest` is what follows in the same word.
    """

    first: int
    last: int
    values: tuple[float, ...]
    figures: bool = False
    lone: bool = False
    bare: bool = False
    ordinal: bool = False
    scale: float = 1.0
    rest: str = ""


class Text(NamedTuple):
    """A side's tokens, their folded words, and which of them belong to something else than a number, or are money."""

    tokens: Sequence[Token]
    words: Sequence[str]
    taken: frozenset[int]
    money: frozenset[int]

    def touching(self, index: int) -> bool:
        """Whether nothing stands between a token and the next one."""
        return index + 1 < len(self.tokens) and self.tokens[index].end == self.tokens[index + 1].start

    def is_figure(self, index: int) -> bool:
        """Whether a token is written in figures."""
        return self.tokens[index].text[0].isdecimal()


def numerals(text: Text, language: Lexicon) -> Iterator[Numeral]:
    """The numbers in a text, in order."""
    reader = _Reader(text, number_words(language))
    at = 0
    while at < len(text.words):
        found = reader.at(at) if reader.free(at) else None
        if found is not None:
            yield found
        at = at + 1 if found is None else found.last + 1


class _Reader:
    """Reads the numbers of one text."""

    def __init__(self, text: Text, known: NumberWords) -> None:
        self._text, self._words, self._known = text, text.words, known
        self._language = known.language

    def free(self, index: int) -> bool:
        """Whether there is a token that belongs to nothing else."""
        return index < len(self._words) and index not in self._text.taken

    def at(self, first: int) -> Numeral | None:
        """The number that begins with a token."""
        if self._text.is_figure(first):
            return self._in_figures(first)
        parts, rest = self._known.parts(self._words[first])
        if not parts or parts[0].sort is Sort.JOINER:
            return None
        if is_unspaced(self._words[first][0]):
            digits = self._in_digits(first)
            if digits is not None:
                return digits
        if parts[0].sort is Sort.FRACTION:
            return self._fraction_of(first, parts)
        terms = self._known.add((), parts, self._words[first])
        if not terms:
            return None
        alone = Numeral(first, first, (total(terms),), lone=len(parts) == 1, ordinal=parts[-1].sort is Sort.ORDINAL)
        if rest:
            return alone._replace(lone=True, rest=rest)
        if alone.ordinal:
            return alone
        found = self._go_on(first, first, terms, _scale(parts))
        bare = found.values[:1] == alone.values and all(part.sort is Sort.TIMES for part in parts)
        return found._replace(lone=found.last == first and alone.lone, bare=bare)

    def _in_figures(self, first: int) -> Numeral:
        written, last = self._text.tokens[first].text, first
        if self._language.decimal_comma and _FEW.fullmatch(written):
            while last < first + _GROUPS and written.isdecimal() and self.free(last + 1) and self._is_group(last + 1):
                last += 1
                written += self._text.tokens[last].text
        value = figure(written, self._language.decimal_comma)
        if value is None:
            return Numeral(first, last, (), figures=True)
        return self._go_on(first, last, (Term(value, 0.0),), 1.0)._replace(figures=True)

    def _is_group(self, index: int) -> bool:
        """Whether a token is three more figures of a number with spaces in it."""
        before, token = self._text.tokens[index - 1], self._text.tokens[index]
        return token.start - before.end == 1 and _GROUP.fullmatch(token.text) is not None

    def _in_digits(self, first: int) -> Numeral | None:
        """A number said digit by digit, in scripts where each character is a word."""
        said, last = "", first
        while self.free(last) and len(said) < _DIGITS:
            part = self._known.part(self._words[last])
            if part is None or part.sort is not Sort.WORD or not 0 <= part.value <= 9:
                break
            said += f"{part.value:.0f}"
            last += 1
        if len(said) < 2 or (len(said) < 4 and self._is_multiplier(last)):
            return None
        # Two in a row are as often "three or four".
        return Numeral(first, last - 1, (float(said),), lone=len(said) == 2)

    def _fraction_of(self, first: int, parts: Sequence[Part]) -> Numeral | None:
        """As in "half a million"."""
        if len(parts) == 2 and parts[1].sort is Sort.TIMES:
            return Numeral(first, first, (parts[0].value * parts[1].value,), scale=parts[1].value)
        for last in range(first + 1, min(first + 2 + _BETWEEN, len(self._words))):
            if self._is_multiplier(last):
                scale = self._value(last)
                return Numeral(first, last, (parts[0].value * scale,), scale=scale)
            if self._words[last] not in self._language.function_words:
                break
        return None

    def _go_on(self, first: int, last: int, terms: Terms, scale: float) -> Numeral:
        """The number that begins with `terms`, with what follows as far as it belongs to it."""
        values: tuple[float, ...] = ()
        ordinal = False
        while self.free(last + 1) and not ordinal:
            if self._text.is_figure(last + 1):
                value = self._further_figures(last + 1, terms)
                if value is None:
                    break
                terms, last, scale = (*terms, Term(value, 0.0)), last + 1, 1.0
                continue
            following = self._following(last + 1)
            if following is None:
                break
            at, parts = following
            if len(self._words[at]) == 1 and self._words[at].isascii():
                paid = first - 1 in self._text.money or at + 1 in self._text.money
                if not self._text.is_figure(at - 1) or not (paid or self._text.touching(at - 1)):
                    break
                if not paid and self._language.units.get(self._words[at]):
                    values = (total(terms) * parts[0].value, total(terms))
            more = self._known.add(terms, parts, self._words[at], at > last + 1)
            if more is None:
                break
            terms, last, scale, ordinal = more, at, _scale(parts), parts[-1].sort is Sort.ORDINAL
        if not ordinal:
            terms, last, scale = self._and_a_half(terms, last, scale)
        return Numeral(first, last, values or (total(terms),), scale=scale, ordinal=ordinal)

    def _following(self, index: int) -> tuple[int, tuple[Part, ...]] | None:
        """The next word that may go on with a number, "and" left out, and its parts."""
        parts, rest = self._known.parts(self._words[index])
        if len(parts) == 1 and parts[0].sort is Sort.JOINER:
            index += 1
            parts, rest = self._known.parts(self._words[index]) if self.free(index) else ((), "")
            if parts and parts[0].sort is Sort.TIMES:
                return None
        return (index, parts) if parts and not rest else None

    def _further_figures(self, index: int, terms: Terms) -> float | None:
        """The figures that go on with a number, as in "3万5千"."""
        value = figure(self._text.tokens[index].text, self._language.decimal_comma)
        room = terms[-1].room
        if value is None or not value < room or not self._is_multiplier(index + 1):
            return None
        return value if value * self._value(index + 1) < room else None

    def _and_a_half(self, terms: Terms, last: int, scale: float) -> tuple[Terms, int, float]:
        """The number with "and a half" or the like, and a multiplier after that."""
        small = self._language.function_words
        sign = self._known.part(self._words[last + 1]) if self.free(last + 1) else None
        if sign is not None and sign.sort is Sort.FRACTION and self._text.is_figure(last):
            return (Term(total(terms) + sign.value, 0.0),), last + 1, scale
        if not self.free(last + 1) or self._words[last + 1] not in (self._language.number_joiners or small):
            return terms, last, scale
        for at in range(last + 2, min(last + 2 + _BETWEEN, len(self._words))):
            part = self._known.part(self._words[at])
            if part is not None and part.sort is Sort.FRACTION:
                value = total(terms) + part.value * scale
                if scale == 1 and self._is_multiplier(at + 1) and math.isfinite(value * self._value(at + 1)):
                    return (Term(value * self._value(at + 1), 0.0),), at + 1, self._value(at + 1)
                return (Term(value, 0.0),), at, scale
            if self._words[at] not in small:
                break
        return terms, last, scale

    def _is_multiplier(self, index: int) -> bool:
        part = self._known.part(self._words[index]) if self.free(index) else None
        return part is not None and part.sort is Sort.TIMES

    def _value(self, index: int) -> float:
        part = self._known.part(self._words[index])
        return part.value if part is not None else 1.0


def _scale(parts: Sequence[Part]) -> float:
    return parts[-1].value if parts[-1].sort is Sort.TIMES else 1.0
