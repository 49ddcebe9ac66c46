"""Words that are no numbers by themselves and yet say one: "both", "fivefold", "XX", "G20"."""

from collections.abc import Iterator
from itertools import pairwise

from metrics.comparison import Side
from metrics.findings.keys import Key, of_value
from metrics.findings.number_words import number_words
from metrics.lexicon import Lexicon, fold
from metrics.patterns import pattern
from metrics.words import is_unspaced

#: Roman numerals below 100, with the ending of an ordinal in French and English.
_ROMAN = pattern(r"((?:XC|XL|LX{0,3}|X{0,3})(?:IX|IV|VI{0,3}|I{0,3}))(?:e|er|ème|me|th|st|nd|rd)?")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_FIGURES = pattern(r"\d{1,9}")
#: Of longer words the beginning is enough.
_LONGEST = 80


def hints(side: Side, language: Lexicon) -> frozenset[Key]:
    """The keys of all numbers that a side hints at."""
    return frozenset(of_value(value) for token in side.tokens for value in _hinted(token.text[:_LONGEST], language))


def is_roman(text: str) -> bool:
    """Whether a word of two letters or more is a Roman numeral, perhaps with an ending."""
    match = _ROMAN.fullmatch(text[:_LONGEST])
    return match is not None and len(match[1]) > 1


def _hinted(text: str, language: Lexicon) -> Iterator[float]:
    word = fold(text)
    if word in language.number_hints:
        yield language.number_hints[word]
    if not word[0].isalpha() or is_unspaced(word[0]):
        return
    begun = number_words(language).begins(word)
    if begun is not None:
        yield begun
    if not word.isalpha():
        yield from map(float, _FIGURES.findall(word))
    roman = _ROMAN.fullmatch(text)
    if roman is not None and roman[1]:
        values = [_LETTERS[letter] for letter in roman[1]]
        yield float(sum(-a if a < b else a for a, b in pairwise((*values, 0))))
