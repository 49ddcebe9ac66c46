"""A whole review in numbers that can be drawn: how scores are spread, where the bad passages lie, what was moved."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.model import Finding, Kind, Passage

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

KINDS = tuple(Kind)
#: Of how many passages a course marks one as one of the worst, and how many it marks at most.
ONE_OF, WORST = 10, 10


class Histogram(NamedTuple):
    """How many values lie in each of several ranges of equal width: `counts[i]` from `step × i`, up to below the next.

    What lies at the upper end of the last range counts there.
    """

    step: float
    counts: tuple[int, ...]

    @property
    def top(self) -> float:
        """Where the last range ends."""
        return self.step * len(self.counts)


def histogram(values: Sequence[float], most: int, top: float | None = None) -> Histogram:
    """Values of 0 and up in at most `most` ranges, 1 and up, whose width is 1, 2 or 5 times a power of ten.

    The ranges reach to `top`, above 0, or else to the largest value.
    """
    end = top if top is not None else max(values, default=0.0) or 1.0
    step = _step(end / most)
    bins = max(1, ceil(end / step - 1e-9))
    places = np.minimum(np.floor(np.asarray(values, dtype=float) / step + 1e-9).astype(np.int64), bins - 1)
    return Histogram(step, tuple(int(n) for n in np.bincount(places, minlength=bins)))


def _step(least: float) -> float:
    """The first of 1, 2 and 5 times a power of ten that is not below `least`."""
    power = 10.0 ** floor(log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * (1 - 1e-9))


@dataclass(frozen=True, eq=False)
class Bins:
    """A course in pieces of equal length, for a drawing with so many columns. All are by piece.

    `starts` are their first places. `risk` is the mean, and `worst` the place of the highest. `kinds` counts the
    passages of each of `KINDS`; `top` says whether it has one of the course's worst. `reviewed` is a share in 0…1.
    """

    starts: Integers
    risk: Numbers
    worst: Integers
    kinds: Integers
    top: Flags
    reviewed: Numbers
    left_out: Flags

    def at(self, place: int) -> int:
        """The piece that a place lies in."""
        return int(np.searchsorted(self.starts, place, side="right")) - 1


@dataclass(frozen=True, eq=False)
class Course:
    """The passages in the order of the candidate; what it lacks stands where it would have been. Arrays are by place.

    `risk` is in penalty points, and 0 for what is left out; `kinds` are indices into `KINDS`.
    """

    passages: tuple[Passage, ...]
    risk: Numbers
    kinds: Integers
    reviewed: Flags
    left_out: Flags

    def bins(self, most: int) -> Bins:
        """The course in at most `most` pieces, 1 and up; it must have a passage."""
        count = len(self.passages)
        pieces = min(most, count)
        starts = np.arange(pieces, dtype=np.int64) * count // pieces
        lengths = np.diff(starts, append=count)
        piece = np.repeat(np.arange(pieces), lengths)
        # By piece, and in each with the highest risk first; of equal ones the first in the text.
        ranked = np.lexsort((-self.risk, piece))
        kinds = np.bincount(piece * len(KINDS) + self.kinds, minlength=pieces * len(KINDS))
        top = np.zeros(pieces, dtype=np.bool_)
        worst = np.argsort(-self.risk, kind="stable")[: min(WORST, ceil(count / ONE_OF))]
        top[piece[worst[self.risk[worst] > 0]]] = True
        return Bins(
            starts,
            np.add.reduceat(self.risk, starts) / lengths,
            ranked[starts],
            kinds.reshape(pieces, len(KINDS)),
            top,
            np.add.reduceat(self.reviewed.astype(float), starts) / lengths,
            np.logical_or.reduceat(self.left_out, starts),
        )

    def place(self, passage: str) -> int:
        """The place of the passage of an id, or 0 where there is none."""
        return next((place for place, each in enumerate(self.passages) if each.id == passage), 0)


def course(passages: Sequence[Passage], reviewed: Iterable[bool], left_out: Iterable[bool]) -> Course:
    """The passages of a review, in document order as they are there, with what a reviewer said of each."""
    order = np.argsort(np.array([p.candidate.start for p in passages], dtype=np.int64), kind="stable")
    number = {kind: index for index, kind in enumerate(KINDS)}
    out = np.array([*left_out], dtype=np.bool_)
    risk = np.array([p.risk for p in passages], dtype=float)
    return Course(
        tuple([passages[index] for index in order.tolist()]),
        np.where(out, 0.0, risk)[order],
        np.array([number[p.kind] for p in passages], dtype=np.int64)[order],
        np.array([*reviewed], dtype=np.bool_)[order],
        out[order],
    )


@dataclass(frozen=True, eq=False)
class Dots:
    """Which candidate segments answer which reference segments.

    The i-th dot is of `candidate[i]` and `reference[i]`, ids of segments, in the passage at place `place[i]` of a
    course. `added` are ids of candidate segments without an answer, `omitted` of reference segments without one, and
    `boilerplate` of the site furniture of each side. `size` is how many segments the candidate and the reference have.
    """

    candidate: Integers
    reference: Integers
    moved: Flags
    place: Integers
    added: Integers
    omitted: Integers
    boilerplate: tuple[Integers, Integers]
    size: tuple[int, int]


def dots(passages: Sequence[Passage], size: tuple[int, int]) -> Dots:
    """The dots of the passages of a course; `size` is how many segments the candidate and the reference have."""
    # Flat lists: a tuple for each dot takes as long to make as all the rest.
    candidate: list[int] = []
    reference: list[int] = []
    moved: list[bool] = []
    places: list[int] = []
    added: list[int] = []
    omitted: list[int] = []
    furniture: tuple[list[int], list[int]] = ([], [])
    for place, passage in enumerate(passages):
        ours, theirs, kind = passage.candidate.segments, passage.reference.segments, passage.kind
        if kind.linked:
            for segment in ours:
                candidate += [segment] * len(theirs)
                reference += theirs
            count = len(ours) * len(theirs)
            moved += [kind is Kind.MOVED] * count
            places += [place] * count
        elif kind is Kind.BOILERPLATE:
            furniture[0].extend(ours)
            furniture[1].extend(theirs)
        else:
            added += ours
            omitted += theirs
    return Dots(
        np.array(candidate, dtype=np.int64),
        np.array(reference, dtype=np.int64),
        np.array(moved, dtype=np.bool_),
        np.array(places, dtype=np.int64),
        np.array(added, dtype=np.int64),
        np.array(omitted, dtype=np.int64),
        (np.array(furniture[0], dtype=np.int64), np.array(furniture[1], dtype=np.int64)),
        size,
    )


class Tally(NamedTuple):
    """How many findings are of a kind, and in how many passages."""

    kind: str
    findings: int
    passages: int


def tallied(findings: Iterable[Sequence[Finding]]) -> tuple[Tally, ...]:
    """The findings of each passage by kind, the commonest first."""
    counts: Counter[str] = Counter()
    passages: Counter[str] = Counter()
    for some in filter(None, findings):
        kinds = [finding.kind for finding in some]
        counts.update(kinds)
        passages.update(set(kinds))
    return tuple(Tally(kind, number, passages[kind]) for kind, number in counts.most_common())
