"""Ranges of figures, written as one would say them: `chrF < 40, risk >= 2, words 5-20`."""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import inf
from typing import NamedTuple

from metrics.errors import UsageError
from metrics.selection.filter import ENDLESS, FIGURES

WORDS = "words"
#: What a bad range is told to be written like.
EXAMPLE = "chrF<40  risk>=2  words 5-20"

_NAMES = {name.casefold().replace(" ", ""): name for name in (*FIGURES, WORDS)} | {"word": WORDS}
_NUMBER = r"\d{1,9}(?:[.,]\d{1,9})?"
_ITEM = re.compile(
    rf"""
    (?P<name> chrf | bleu | risk (?:[\s/-]* (?:per)? [\s/-]* word)? | words? ) \s*
    (?: (?P<low>{_NUMBER}) \s* (?:-|–|—|\.\.|…|to) \s* (?P<high>{_NUMBER})
      | (?P<sign><=|>=|≤|≥|<|>|==?|) \s* (?P<bound>{_NUMBER}) )
    (?![\w.]) [\s,;·]*
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Ranges(NamedTuple):
    """The fields of a `Filter` of the same names."""

    scores: tuple[tuple[str, float, float], ...] = ()
    words: tuple[int, int] | None = None


def read_ranges(text: str) -> Ranges:
    """The ranges that `text` tells, in any order and any case, each `NAME BOUND-BOUND` or `NAME SIGN BOUND`.

    Names are those of `FIGURES` and “words”. All must hold, so several of one name are one range. Figures are compared
    as they are shown, so less than 40 is 39.9 at most. Raises `UsageError` where it makes no sense.
    """
    text, at = text.strip(), 0
    found: dict[str, tuple[Decimal, Decimal]] = {}
    while at < len(text):
        item = _ITEM.match(text, at)
        if item is None:
            raise UsageError(f"“{text[at : at + 30]}” is no range; write it like {EXAMPLE}")
        at = item.end()
        name = _NAMES[re.sub(r"^risk.+", "riskperword", re.sub(r"\W", "", item["name"].casefold()))]
        low, high = _bounds(item, Decimal(1).scaleb(-(FIGURES[name].decimals if name in FIGURES else 0)))
        least, most = found.get(name, (Decimal(0), Decimal("inf")))
        found[name] = max(low, least), min(high, most)
        if found[name][0] > found[name][1]:
            raise UsageError(f"no {name} is at least {found[name][0]} and at most {found[name][1]}; widen the range")
    words = found.pop(WORDS, None)
    return Ranges(
        tuple((name, float(low), float(high)) for name, (low, high) in found.items()),
        words and (int(words[0]), ENDLESS if words[1] == inf else int(words[1])),
    )


def _bounds(item: re.Match[str], step: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most, in whole steps."""

    def whole(name: str, rounding: str) -> Decimal:
        return Decimal(item[name].replace(",", ".")).quantize(step, rounding)

    if item["low"]:
        return whole("low", ROUND_CEILING), whole("high", ROUND_FLOOR)
    up, down = whole("bound", ROUND_CEILING), whole("bound", ROUND_FLOOR)
    endless = Decimal("inf")
    match item["sign"]:
        case "<":
            return Decimal(0), up - step
        case "<=" | "≤":
            return Decimal(0), down
        case ">":
            return down + step, endless
        case ">=" | "≥":
            return up, endless
        case _:
            return up, down
