"""Whether two reviewers mark the same places, and call them the same.

Here and below, marks are annotations by unit, of units that both reviewed, and those on a whole unit have its range.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from metrics.mqm.coefficients import Figure
from metrics.mqm.model import Annotation

Marks = Mapping[str, Sequence[Annotation]]
Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SpanFigures:
    """Precision, recall and F1 in 0…1, of the second reviewer's marks against the first's.

    `by` is "characters" or "spans". `category` and `severity` say whether these must be the same for a match.
    """

    by: str
    category: bool
    severity: bool
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a mark of the first's category overlaps one of the second's."""

    first: str
    second: str
    count: int


def span_figures(first: Marks, second: Marks, names: tuple[str, str]) -> tuple[SpanFigures, ...]:
    """By characters and by overlapping spans, each from the most lenient to the strictest.

    A character counts once for each category and severity that a reviewer gives it. A span is found when one of the
    other overlaps it. Precision is the share of the second's that the first has, recall the share of the first's
    that the second has; F1 is the same whoever comes first.
    """
    return tuple(
        _figures(by, category, severity, count(first, second, category, severity), names)
        for by, count in (("characters", _characters), ("spans", _spans))
        for category, severity in product((False, True), repeat=2)
    )


class _Counts(NamedTuple):
    """What each has, and how much of it the other has as well."""

    first: int
    second: int
    of_first: int
    of_second: int


def _figures(by: str, category: bool, severity: bool, counts: _Counts, names: tuple[str, str]) -> SpanFigures:
    precision = _share(counts.of_second, counts.second, names[1], by)
    recall = _share(counts.of_first, counts.first, names[0], by)
    count = counts.first + counts.second
    if precision.value is None and recall.value is None:
        f1 = Figure(None, f"neither {names[0]} nor {names[1]} marked {_NOUNS[by]} in the passages compared")
    elif not precision.value or not recall.value:
        f1 = Figure(0.0, "", count)
    else:
        f1 = Figure(2 * precision.value * recall.value / (precision.value + recall.value), "", count)
    return SpanFigures(by, category, severity, precision, recall, f1)


_NOUNS = {"characters": "a character", "spans": "a span"}


def _share(part: int, whole: int, name: str, by: str) -> Figure:
    if not whole:
        return Figure(None, f"{name} did not mark {_NOUNS[by]} in the passages compared")
    return Figure(part / whole, "", whole)


def _characters(first: Marks, second: Marks, category: bool, severity: bool) -> _Counts:
    sizes = [0, 0, 0]
    for unit in first.keys() & second.keys():
        for place, size in enumerate(shared_characters(first[unit], second[unit], category, severity)):
            sizes[place] += size
    return _Counts(sizes[0], sizes[1], sizes[2], sizes[2])


def shared_characters(
    first: Iterable[Annotation], second: Iterable[Annotation], category: bool, severity: bool
) -> tuple[int, int, int]:
    """How many characters of a unit the first marks, the second, and both."""
    ones, others = (_covered(marks, category, severity) for marks in (first, second))
    both = sum(_size(_overlap(ones[key], others[key])) for key in ones.keys() & others.keys())
    return sum(map(_size, ones.values())), sum(map(_size, others.values())), both


def _covered(marks: Iterable[Annotation], category: bool, severity: bool) -> Mapping[tuple[str, ...], Ranges]:
    """The characters marked, as ranges in order that do not touch, by side and what must be the same."""
    ranges: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: mark.start):
        found = ranges[mark.side, mark.category * category, mark.severity * severity]
        if found and mark.start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], mark.end)
        else:
            found.append((mark.start, mark.end))
    return ranges


def _overlap(ones: Ranges, others: Ranges) -> list[tuple[int, int]]:
    found = []
    one = other = 0
    while one < len(ones) and other < len(others):
        start, end = max(ones[one][0], others[other][0]), min(ones[one][1], others[other][1])
        if start < end:
            found.append((start, end))
        if ones[one][1] < others[other][1]:
            one += 1
        else:
            other += 1
    return found


def _size(ranges: Ranges) -> int:
    return sum(end - start for start, end in ranges)


def _spans(first: Marks, second: Marks, category: bool, severity: bool) -> _Counts:
    def same(one: Annotation, other: Annotation) -> bool:
        return (not category or one.category == other.category) and (not severity or one.severity == other.severity)

    return _Counts(
        sum(map(len, first.values())),
        sum(map(len, second.values())),
        _found(first, second, same),
        _found(second, first, same),
    )


def _found(ones: Marks, others: Marks, same: Callable[[Annotation, Annotation], bool]) -> int:
    return sum(
        any(overlap(one, other) and same(one, other) for other in others.get(unit, ()))
        for unit, marks in ones.items()
        for one in marks
    )


def overlap(one: Annotation, other: Annotation) -> bool:
    """Whether two marks of a unit share a character, or have the same range, which may be empty."""
    if one.side is not other.side:
        return False
    return max(one.start, other.start) < min(one.end, other.end) or (one.start, one.end) == (other.start, other.end)


def confusions(first: Marks, second: Marks) -> tuple[Confusion, ...]:
    """What the two call the spans on which they overlap, most frequent first."""
    counts = Counter(_named_twice(first, second))
    return tuple(Confusion(*names, count) for names, count in sorted(counts.items(), key=lambda item: (-item[1], item)))


def _named_twice(first: Marks, second: Marks) -> Iterator[tuple[str, str]]:
    for unit in first.keys() & second.keys():
        for one, other in product(first[unit], second[unit]):
            if overlap(one, other):
                yield one.category, other.category
