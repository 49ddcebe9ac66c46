"""What a side says in numbers: amounts, dates and weekdays, each with what it agrees with."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from metrics.comparison import Side
from metrics.findings import dates, keys
from metrics.findings.amounts import Amount, Unit, amounts, unit_name
from metrics.findings.number_words import number_words
from metrics.findings.numerals import Text, numerals
from metrics.findings.units import CURRENCIES
from metrics.lexicon import Lexicon, fold
from metrics.patterns import pattern
from metrics.vocabulary import Role
from metrics.words import is_unspaced

_CLOSING = frozenset(".,;:!?\"')]»…")
_AFTER_LIST_MARK = frozenset(".):、")
#: The number of a list or a footnote has no more figures, the ending of "1960s" no more letters.
_MARK, _ENDING = 3, 3
#: Number words below this are as often part of a phrase.
_SMALL = 4
#: With the hour after it, half an hour before that.
_HALF_TO = frozenset(("halb", "половине"))
_CODE = pattern(r"&#x?[0-9a-fA-F]{1,6};?|\x1b\[[0-9;]*[A-Za-z]?")
#: Words for a minus sign in any language: where one stands, signs say nothing.
_MINUS = frozenset(
    ("minus", "negative", "below", "null", "moins", "négatif", "zéro", "menos", "cero", "bajo", "минус", "нуля", "负")
)


class Sort(Enum):
    """What can stand in the place of what."""

    NUMBER = auto()
    DATE = auto()
    MONTH = auto()
    WEEKDAY = auto()


class Fact(NamedTuple):
    """What the tokens from `first` to `last` say.

    A fact is answered by one that `gives` any of the keys that it `wants`. `unit` is a name of the lexicon; `lent`
    says that it stands at the other end of a range. `weak` facts answer others and can change, but nobody misses
    them; `small` ones are single words such as "two".
    """

    first: int
    last: int
    sort: Sort
    wants: tuple[keys.Key, ...]
    gives: tuple[keys.Key, ...]
    value: float | None = None
    unit: str | None = None
    lent: bool = False
    weak: bool = False
    small: bool = False

    @property
    def kind(self) -> str:
        """The kind of finding that it makes."""
        if self.sort is not Sort.NUMBER:
            return "date"
        if self.unit in ("percent", "permille"):
            return "percent"
        return "money" if self.unit in CURRENCIES else "number"


class Reading(NamedTuple):
    """The facts of a side in order, the units that stand without a number, and whether a "half" is there."""

    facts: list[Fact]
    units: frozenset[str]
    halves: bool


def says_numbers(side: Side, language: Lexicon) -> bool:
    """Whether there is anything to read, quickly."""
    return any(token.role is Role.NUMBER for token in side.tokens) or number_words(language).tell(side.folds)


def says_minus(side: Side) -> bool:
    """Whether a side may say in words that a number is negative."""
    return not _MINUS.isdisjoint(side.folds) or "零下" in side.text


def read(side: Side, language: Lexicon, signs: bool = True) -> Reading:
    """All that a side says in numbers; without `signs`, a minus sign is none."""
    words = [fold(token.text) if token.role is Role.NUMBER else token.fold for token in side.tokens]
    units = [Unit(start, end - 1, unit_name(words[start:end], name)) for start, end, name in language.units.find(words)]
    months, weekdays = dates.mentions(words, language)
    taken = {i for unit in units if unit.first < unit.last for i in range(unit.first, unit.last + 1)}
    taken.update(i for mention in (*months, *weekdays) for i in range(mention.start, mention.end))
    money = frozenset(i for unit in units if unit.name in CURRENCIES for i in range(unit.first, unit.last + 1))
    text = Text(side.tokens, words, frozenset(taken), money)
    no_numbers = _in_codes(side)
    if no_numbers:
        text = text._replace(taken=text.taken | no_numbers)
    written = list(dates.in_figures(text))
    if written:
        text = text._replace(taken=text.taken.union(*(range(date.first, date.last + 1) for date in written)))
    found = list(numerals(text, language))
    named = list(dates.named(text, language, months, found)) if months else []
    inside = {i for date in named for i in range(date.first, date.last + 1)}
    measured, bare = amounts(text, [numeral for numeral in found if numeral.first not in inside], units, language)
    if signs:
        measured = [_signed(side, amount) for amount in measured]
    facts = [_number(text, amount, language) for amount in measured]
    facts += [_date(date) for date in (*written, *named)]
    facts += [_weekday(mention) for mention in weekdays]
    halves = not language.number_fractions.keys().isdisjoint(words)
    return Reading(sorted(facts, key=lambda fact: fact.first), bare, halves)


def _in_codes(side: Side) -> frozenset[int]:
    """The figures of character references and terminal escapes: "&#39;", "ESC[31m"."""
    if "&#" not in side.text and "\x1b[" not in side.text:
        return frozenset()
    codes = [match.span() for match in _CODE.finditer(side.text)]
    return frozenset(
        i for i, token in enumerate(side.tokens) if any(start <= token.start < end for start, end in codes)
    )


def _signed(side: Side, amount: Amount) -> Amount:
    """The amount with the minus sign before its figures."""
    at = amount.numeral.first - 1
    if at < 0 or not amount.numeral.figures or not side.is_minus(at):
        return amount
    return amount._replace(first=min(at, amount.first), values=tuple(-value for value in amount.values))


def _number(text: Text, amount: Amount, language: Lexicon) -> Fact:
    numeral, values, unit = amount.numeral, amount.values, amount.unit
    wants: list[keys.Key] = [keys.of_value(value) for value in values]
    gives = list(wants)
    if numeral.figures and numeral.first == numeral.last:
        _extend(wants, gives, keys.of_figures(text.tokens[numeral.first].text, bool(values)))
    half = _half_hour(text, amount)
    if half is not None:
        wants, gives = [half], [half]
    elif values and not numeral.figures and 1 < values[0] < 13 and values[0] % 1 == 0.5:
        _extend(wants, gives, ([_time(int(values[0]))], [_time(int(values[0]))]))
    if values:
        decade = unit == "decade" and values[0] >= 10
        unit = None if decade else unit
        _extend(
            wants, gives, keys.of_decade(values[0], decade or (numeral.figures and _has_ending(text, numeral.last)))
        )
        gives.append(("number", f"{values[0]:.12g}"))
    return Fact(
        amount.first - (half is not None),
        amount.last,
        Sort.NUMBER,
        tuple(wants),
        tuple(gives),
        values[0] if values else None,
        unit,
        amount.lent,
        _is_mark(text, amount) if numeral.figures else _is_weak(text.words, amount, language),
        not numeral.figures and numeral.lone and values[0] < _SMALL,
    )


def _half_hour(text: Text, amount: Amount) -> keys.Key | None:
    """The time that "halb acht", "в половине восьмого" and "half past seven" say."""
    at, values = amount.numeral.first, amount.values
    if not at or amount.numeral.figures or not values or values[0] not in range(1, 13):
        return None
    before = text.words[at - 1]
    if before in _HALF_TO:
        return _time(int(values[0]) - 1)
    return _time(int(values[0])) if at > 1 and (text.words[at - 2], before) == ("half", "past") else None


def _time(hour: int) -> keys.Key:
    return "time", (hour % 12, 30)


def _extend(wants: list[keys.Key], gives: list[keys.Key], more: keys.Keys) -> None:
    wants += more[0]
    gives += more[1]


def _is_weak(words: Sequence[str], amount: Amount, language: Lexicon) -> bool:
    """Whether a lone number word may as well be none."""
    numeral, value = amount.numeral, amount.values[0]
    if not numeral.lone:
        return False
    if amount.unit is not None and not amount.lent:
        return value == 1
    said = words[numeral.first]
    return (
        value <= 1
        or numeral.bare
        or bool(numeral.rest)
        or said in language.number_hints
        or (numeral.ordinal and value < _SMALL)
        or is_unspaced(said[0])
    )


def _is_mark(text: Text, amount: Amount) -> bool:
    """Whether figures number a list or a footnote, are half a number, or say no more than "a"."""
    at = amount.numeral.first
    written = text.tokens[at].text
    if at > 1 and text.words[at - 1] == "." and text.touching(at - 1) and text.words[at - 2][-1].isdecimal():
        return True
    if amount.unit is not None or at != amount.numeral.last or len(written) > _MARK or not written.isdecimal():
        return False
    before = text.words[at - 1] if at else ""
    after = text.words[at + 1] if at + 1 < len(text.words) else ""
    if at == 0 or (at == 1 and before == "("):
        return after in _AFTER_LIST_MARK and at + 2 < len(text.words)
    if amount.values == (1.0,) or (before, after) == ("[", "]"):
        return True
    if before not in _CLOSING or at < 2 or not text.touching(at - 1) or not text.touching(at - 2):
        return False
    letter = text.tokens[at - 2].text[-1]
    return letter.isalnum() and not is_unspaced(letter)


def _has_ending(text: Text, index: int) -> bool:
    """Whether figures go on with the letters of an ending, as in "1960s"."""
    at = index + 1
    if at < len(text.words) and text.words[at] == "-" and text.touching(index):
        at += 1
    if at >= len(text.words) or not text.touching(at - 1):
        return False
    return len(text.words[at]) <= _ENDING and text.words[at].isalpha() and not is_unspaced(text.words[at][0])


def _date(date: dates.Date) -> Fact:
    wants, gives = keys.of_days(date.days)
    alone = date.days[0].year is None and date.days[0].day is None
    return Fact(date.first, date.last, Sort.MONTH if alone else Sort.DATE, tuple(wants), tuple(gives))


def _weekday(mention: dates.Mention) -> Fact:
    key = (("weekday", mention.number),)
    return Fact(mention.start, mention.end - 1, Sort.WEEKDAY, key, key)
