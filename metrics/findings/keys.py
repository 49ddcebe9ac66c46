"""What numbers, times and dates can be looked up by: equal keys, equal meaning."""

import unicodedata
from collections.abc import Iterable

from metrics.findings.dates import YEARS, Day
from metrics.patterns import pattern

#: The sort of a key, and its value.
Key = tuple[str, object]
#: What a fact wants to find on the other side, any of them; and by what it is found itself.
Keys = tuple[list[Key], list[Key]]

_GROUPS = pattern(r"\D+")
_PAIR = pattern(r"(\d{1,2})([:./])(\d{1,2})(?::\d{2})?")
_YEARS = pattern(r"(\d{4})/(\d{2})")
#: No more groups of figures than these are looked at.
_MOST = 8


def of_value(value: float) -> Key:
    """The key of an amount."""
    return "value", f"{value:.12g}"


def of_figures(written: str, is_amount: bool) -> Keys:
    """The keys of figures with signs in them: times, scores, and amounts that another language writes so."""
    groups = tuple(_GROUPS.split(unicodedata.normalize("NFKC", written), maxsplit=_MOST))
    if len(groups) == 1 and is_amount:
        return [], []
    wants: list[Key] = [("groups", groups)]
    gives: list[Key] = [("groups", groups)]
    if not is_amount:
        gives += [of_value(float(group)) for group in groups if group.isdecimal() and len(group) < 10]
    years = _YEARS.fullmatch(written)
    if years is not None:
        both = [of_value(float(years[1])), of_value(float(years[1][:2] + years[2]))]
        return wants + both, gives + both
    pair = _PAIR.fullmatch(written)
    if pair is None:
        return wants, gives
    a, b = int(pair[1]), int(pair[3])
    if pair[2] != "/" and a < 24 and b < 60 and len(pair[3]) == 2:
        time: list[Key] = [("time", (a % 12, b))]
        whole = [of_value(a), of_value(a % 12)] if b == 0 else []
        wants += [*time, *whole]
        gives += [*time, *whole]
        if pair[2] == ":":
            wants += [of_value(a * 100 + b), ("number", f"{a % 12}")]
            gives.append(of_value(a * 100 + b))
    if pair[2] == ":":
        wants.append(("number", f"{a}"))
    else:
        days = [Day(None, m, d) for m, d in ((a, b), (b, a)) if 1 <= m <= 12 and 1 <= d <= 31]
        wants += [("part", day) for day in days]
        gives += [("day", day) for day in days]
    if pair[2] == "/":
        wants += [of_value(a), of_value(b)]
        if 0 < a < b:
            wants.append(of_value(a / b))
            gives.append(of_value(a / b))
    return wants, gives


def of_decade(value: float, is_decade: bool) -> Keys:
    """The keys by which "the 1960s" and "the 60s" find each other and the year."""
    key: Key = ("decade", value % 100)
    if is_decade and value % 10 == 0:
        return [key], [key]
    return [], [key] if value.is_integer() and YEARS.start <= value < YEARS.stop else []


def of_days(days: Iterable[Day]) -> Keys:
    """The keys of a date, by which one with less detail, or the year alone, agrees with it."""
    wants: list[Key] = []
    gives: list[Key] = []
    for day in days:
        parts = _less(day)
        wants += [("part", day), *(("day", part) for part in parts)]
        gives += [("day", day), *(("part", part) for part in parts)]
        gives += [of_value(number) for number in (day.year, day.day) if number is not None]
        alone = day.year or day.day
        if alone is not None:
            wants.append(("number", f"{alone:.12g}"))
    return wants, gives


def _less(day: Day) -> list[Day]:
    """All that may be said of a day, from everything to one part of it."""
    years, months, days = ((part, None) if part is not None else (None,) for part in day)
    return [Day(y, m, d) for y in years for m in months for d in days if (y, m, d) != (None, None, None)]
