"""What a passage must be to be looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import inf
from sys import maxsize
from typing import NamedTuple

from metrics.model import Kind, Passage, Severity
from metrics.mqm.model import Disposition

#: The upper bound of a range of words that has none; that of a figure is infinity.
ENDLESS = maxsize
#: More names than these are counted, not listed.
_MOST_NAMES = 3


class Figure(NamedTuple):
    """A number that passages are chosen by, as it is shown: with so many decimals. None where there is none."""

    number: Callable[[Passage], float | None]
    decimals: int = 1


def _unless_furniture(number: Callable[[Passage], float]) -> Callable[[Passage], float | None]:
    return lambda passage: None if passage.kind is Kind.BOILERPLATE else number(passage)


FIGURES: dict[str, Figure] = {
    "chrF": Figure(lambda passage: passage.scores.get("chrF")),
    "BLEU": Figure(lambda passage: passage.scores.get("BLEU")),
    "risk": Figure(_unless_furniture(lambda passage: passage.risk)),
    "risk per word": Figure(_unless_furniture(lambda passage: passage.risk_per_word), 2),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A passage passes if it does so by every field, and by a set if it has one of its members; an empty one is no bar.

    `findings` are names of kinds that are not dismissed. In `dispositions`, None is a passage still open. `severities`
    are those of the worst annotation or, where there is none, of the worst finding. `scores` are a name of `FIGURES`,
    the least and the most that it may be, both inclusive, of the number as it is shown; a passage without it does not
    pass. `words` are the least and the most words of the longer side. `reviewed` is whether the reviewer said anything.
    """

    kinds: frozenset[Kind] = frozenset()
    findings: frozenset[str] = frozenset()
    dispositions: frozenset[Disposition | None] = frozenset()
    severities: frozenset[Severity] = frozenset()
    scores: tuple[tuple[str, float, float], ...] = ()
    words: tuple[int, int] | None = None
    reviewed: bool | None = None


EVERYTHING = Filter()


def left_to_review(chosen: Filter) -> Filter:
    """What of a filter's passages is to be reviewed yet; furniture is not, unless the filter asks for it."""
    kinds = chosen.kinds or frozenset(Kind) - {Kind.BOILERPLATE}
    return replace(chosen, kinds=kinds, reviewed=False)


def described(chosen: Filter) -> str:
    """A filter in few words, such as “omitted · number or date · chrF 0–40 · not reviewed”; empty for no bar."""
    parts = [
        _either(kind for kind in Kind if kind in chosen.kinds),
        _either(sorted(chosen.findings)),
        _either(disposition or "open" for disposition in (*Disposition, None) if disposition in chosen.dispositions),
        _either(severity for severity in Severity if severity in chosen.severities),
        *ranges_told(chosen),
    ]
    if chosen.reviewed is not None:
        parts.append("reviewed" if chosen.reviewed else "not reviewed")
    return " · ".join(filter(None, parts))


def ranges_told(chosen: Filter) -> list[str]:
    """The ranges of a filter, such as “chrF 0–40”, as `read_ranges` reads them."""
    told = [_range(name, low, high, FIGURES[name].decimals) for name, low, high in chosen.scores]
    if chosen.words is not None:
        low, high = chosen.words
        told.append(_range("words", low, inf if high == ENDLESS else high, 0))
    return told


def _range(name: str, low: float, high: float, decimals: int) -> str:
    least, most = (_figure(bound, decimals) for bound in (low, high))
    if high == inf:
        return f"{name} ≥ {least}"
    return f"{name} {least}" if low == high else f"{name} {least}–{most}"


def _figure(number: float, decimals: int) -> str:
    told = f"{number:.{decimals}f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def _either(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) > _MOST_NAMES:
        listed[_MOST_NAMES - 1 :] = [f"{len(listed) - _MOST_NAMES + 1} more"]
    *first, last = listed or [""]
    return f"{', '.join(first)} or {last}" if first else str(last)
