"""Numbers with their units, and the two ends of ranges."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from metrics.findings.numerals import Numeral, Text
from metrics.findings.units import CURRENCIES
from metrics.lexicon import Lexicon
from metrics.words import is_unspaced

#: Signs that may stand between the two numbers of a range.
_RANGE = frozenset("-~/")
#: Currencies share these signs.
_SHARED_SIGNS = frozenset("¥")


class Unit(NamedTuple):
    """The words from `first` to `last` name a unit; `name` is None for a sign that several currencies share."""

    first: int
    last: int
    name: str | None


class Amount(NamedTuple):
    """A numeral, the words it covers with its unit, and the unit."""

    numeral: Numeral
    first: int
    last: int
    unit: str | None
    values: tuple[float, ...]
    lent: bool = False


def unit_name(words: Sequence[str], name: str) -> str | None:
    """The name of a unit, by the folded words it is written in."""
    return None if len(words) == 1 and words[0] in _SHARED_SIGNS else name


def amounts(
    text: Text, numerals: Sequence[Numeral], units: Sequence[Unit], language: Lexicon
) -> tuple[list[Amount], frozenset[str]]:
    """The numerals with their units, and the names of the units that are left."""
    starts, ends = {unit.first: unit for unit in units}, {unit.last + 1: unit for unit in units}
    used: set[int] = set()
    found = []
    for numeral in numerals:
        unit = ends.get(numeral.first)
        if unit is not None and (unit.first in used or not _goes_before(text, unit)):
            unit = None
        if unit is None or unit.name is None:
            unit = _following(text, numeral, starts, language) or unit
        if unit is None:
            name = _in_word(numeral, language)
            found.append(Amount(numeral, numeral.first, numeral.last, name, numeral.values))
            continue
        used.add(unit.first)
        values = numeral.values[:1] if unit.name is not None else numeral.values
        first, last = min(unit.first, numeral.first), max(unit.last, numeral.last)
        found.append(Amount(numeral, first, last, unit.name, values))
    for i in range(len(found) - 1):
        found[i], found[i + 1] = _range(text, found[i], found[i + 1], language)
    return found, frozenset(unit.name for unit in units if unit.name is not None and unit.first not in used)


def _goes_before(text: Text, unit: Unit) -> bool:
    """Whether a unit belongs to the number behind it: the sign of a currency, or "of a hundred parts"."""
    if is_unspaced(text.words[unit.first][0]):
        return unit.name == "percent" and unit.last > unit.first
    return (unit.name is None or unit.name in CURRENCIES) and not text.tokens[unit.last].text.islower()


def _following(text: Text, numeral: Numeral, starts: Mapping[int, Unit], language: Lexicon) -> Unit | None:
    at = numeral.last + 1
    if at in starts:
        return starts[at]
    if at >= len(text.words):
        return None
    if text.words[at] == "-" and text.touching(at - 1) and text.touching(at):
        return starts.get(at + 1) or _compounded(text, at + 1, language)
    if numeral.scale > 1 and text.words[at] == "." and text.touching(at - 1):
        at += 1
    if at in starts:
        return starts[at]
    if at < len(text.words) and (numeral.scale > 1 or is_unspaced(text.words[at][0])):
        return starts.get(at + 1) if text.words[at] in language.function_words else None
    return None


def _compounded(text: Text, index: int, language: Lexicon) -> Unit | None:
    """The unit that a compound begins with, as in "20-year-old"."""
    first, _, rest = text.words[index].partition("-")
    name = language.units.get(first) if rest else None
    return Unit(index, index, name) if name is not None else None


def _in_word(numeral: Numeral, language: Lexicon) -> str | None:
    """The unit that goes on with the word, as in "five-year"."""
    return language.units.get(numeral.rest.partition("-")[0]) if numeral.rest else None


def _range(text: Text, a: Amount, b: Amount, language: Lexicon) -> tuple[Amount, Amount]:
    """Two neighbours, with what one end of a range has from the other."""
    if b.first - a.last != 2 or not a.values or not b.values:
        return a, b
    between = text.words[a.last + 1]
    if between not in _RANGE and between not in language.function_words:
        return a, b
    if b.unit is not None and a.unit is None:
        a = a._replace(unit=b.unit, lent=True)
    if b.numeral.scale > 1 and a.numeral.scale == 1:
        a = a._replace(values=(*a.values, a.values[0] * b.numeral.scale))
    if between in _RANGE and a.numeral.figures and b.numeral.figures and b.values[0] < a.values[0]:
        whole, end = text.tokens[a.numeral.last].text, text.tokens[b.numeral.first].text
        if whole.isdecimal() and end.isdecimal() and len(end) < len(whole) < 10:
            b = b._replace(values=(*b.values, float(whole[: -len(end)] + end)))
    return a, b
