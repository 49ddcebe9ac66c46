"""Dates read out of a row of words: with the month's name, in figures, and weekdays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from metrics.findings.numerals import Numeral, Text
from metrics.lexicon import Lexicon
from metrics.patterns import pattern
from metrics.words import is_unspaced

#: A year in figures lies between these.
YEARS, _DAYS = range(1000, 2200), range(1, 32)
_WRITTEN = pattern(r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})")
#: Between the day, the month and the year stand at most this many small words and marks.
_BETWEEN = 2
#: After the month and before it.
_MARKS, _MARKS_BEFORE = frozenset(",.-"), frozenset(".")
#: What a day's number goes on with in Chinese and Japanese.
_DAY_SIGNS = frozenset("日号號")
#: The longest ending of an ordinal in figures, as "rd".
_ENDING = 3


class Day(NamedTuple):
    """A calendar date, or as much of it as is said."""

    year: int | None
    month: int | None
    day: int | None


class Date(NamedTuple):
    """The words from `first` to `last` say a date; `days` are the ways to read it, the likeliest first."""

    first: int
    last: int
    days: tuple[Day, ...]


class Mention(NamedTuple):
    """The words from `start` to before `end` name the month or weekday `number`."""

    start: int
    end: int
    number: int


def mentions(words: Sequence[str], language: Lexicon) -> tuple[list[Mention], list[Mention]]:
    """The months and the weekdays that a row of folded words names."""
    months, weekdays = ([Mention(*found) for found in row.find(words)] for row in (language.months, language.weekdays))
    return months, weekdays


def in_figures(text: Text) -> Iterator[Date]:
    """Dates such as 21.3.1969, 3/21/1969 and 1969-03-21."""
    for first, token in enumerate(text.tokens):
        if not token.text[0].isdecimal() or len(token.text) > 10:
            continue
        last, written = first, token.text
        while last < first + 4 and text.touching(last) and (text.words[last + 1] == "-" or text.words[last] == "-"):
            last += 1
            written += text.words[last][:5]
        match = _WRITTEN.fullmatch(written)
        days = _readings(int(match[1]), int(match[3]), int(match[4]), match) if match else ()
        if days:
            yield Date(first, last, days)


def _readings(a: int, b: int, c: int, match: re.Match[str]) -> tuple[Day, ...]:
    if len(match[1]) == 4:
        orders = [(a, b, c)]
    elif len(match[4]) == 4:
        orders = [(c, b, a), (c, a, b)]
    elif len(match[1]) <= 2 and len(match[4]) == 2 and match[2] != "-":
        year = c + (2000 if c < 50 else 1900)
        orders = [(year, b, a), (year, a, b)]
    else:
        return ()
    return tuple(dict.fromkeys(Day(y, m, d) for y, m, d in orders if y in YEARS and 1 <= m <= 12 and 1 <= d <= 31))


def named(text: Text, language: Lexicon, months: Sequence[Mention], numerals: Sequence[Numeral]) -> Iterator[Date]:
    """Dates with the name of a month; where a month stands alone, its name is all there is."""
    ends = {numeral.last: numeral for numeral in numerals}
    begins = {numeral.first: numeral for numeral in numerals}
    done = -1
    for month in months:
        if _is_common(text, month, language):
            continue
        first, last = month.start, month.end - 1
        before = _near(text, language, range(first - 1, max(done, first - 3 - _BETWEEN), -1), ends, _MARKS_BEFORE)
        after = _behind(text, language, last + 1, begins)
        if is_unspaced(text.words[last][0]):
            year = _within(before, YEARS)
            day = _within(after if after is not None and after.first == month.end else None, _DAYS)
        else:
            day = _within(before, _DAYS)
            if day is None and after is not None and after.first == month.end and _within(after, _DAYS) is not None:
                day = after
                after = _behind(text, language, after.last + 1, begins)
            year = _within(after, YEARS)
        for part in (day, year):
            if part is not None:
                first, last = min(first, part.first), max(last, part.last)
        if last + 1 < len(text.words) and text.words[last + 1] in _DAY_SIGNS and day is not None:
            last += 1
        done = last
        yield Date(first, last, (Day(_whole(year), month.number, _whole(day)),))


def _is_common(text: Text, month: Mention, language: Lexicon) -> bool:
    """Whether a month's name is another word here, as "may" is without a capital or at the beginning."""
    word, first = text.words[month.start], month.start
    if month.end - first > 1 or (word not in language.function_words and word not in language.modality):
        return False
    followed = first + 1 < len(text.words) and text.is_figure(first + 1)
    begins = first == 0 or not text.words[first - 1][-1].isalnum()
    return not text.tokens[first].text[0].isupper() or (begins and not followed)


def _behind(text: Text, language: Lexicon, end: int, begins: Mapping[int, Numeral]) -> Numeral | None:
    return _near(text, language, range(end, min(len(text.words), end + 1 + _BETWEEN)), begins, _MARKS)


def _near(
    text: Text, language: Lexicon, row: range, numerals: Mapping[int, Numeral], marks: frozenset[str]
) -> Numeral | None:
    """The first numeral at an index of `row`, with nothing but fillers before."""
    for at in row:
        if at in numerals:
            return numerals[at]
        if not _is_filler(text, language, at, marks):
            break
    return None


def _is_filler(text: Text, language: Lexicon, index: int, marks: frozenset[str]) -> bool:
    """Whether a word may stand inside a date: a mark, "of", the ending of an ordinal, "year" in some scripts."""
    word = text.words[index]
    if word in marks or word in language.function_words or (is_unspaced(word[0]) and language.units.get(word)):
        return True
    if not index or not text.touching(index - 1):
        return False
    before = text.tokens[index - 1].text[0]
    return len(word) <= _ENDING and (before.isdecimal() or before == "-") and (word.isalpha() or word == "-")


def _within(numeral: Numeral | None, limits: range) -> Numeral | None:
    if numeral is None or not numeral.values or (numeral.lone and numeral.values[0] == 1 and not numeral.ordinal):
        return None
    if not limits.start <= numeral.values[0] < limits.stop or not numeral.values[0].is_integer():
        return None
    return numeral


def _whole(numeral: Numeral | None) -> int | None:
    return int(numeral.values[0]) if numeral is not None else None
