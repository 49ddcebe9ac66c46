"""Which segments are compared at all: all pairs of short texts, a band around anchors of long ones.

An anchor is a pair of segments that share what hardly any other segment has. The longest chain of
anchors in order of both texts is trusted only roughly: what may be compared reaches past the next
anchor on either side and a margin further, so a wrong one costs nothing.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.alignment.evidence import Pair
from metrics.alignment.features import Booleans, Features, Integers

#: Pairs of segments up to which all are compared, and beyond which no band may grow.
_ALL_PAIRS, _MOST_PAIRS = 300_000, 1_000_000
#: The margin around anchors.
_MARGIN = 20
#: The margin around a first path.
_NEAR = 8
#: Features on at most so many segments of each text make anchors.
_RARE = 6


@dataclass(frozen=True, slots=True)
class Band:
    """For each candidate i, the references `first[i]` to `last[i]`, exclusive; both never fall.

    Figures for its cells are flat arrays: cell (i, j) is at `offsets[i] + j`.
    """

    first: Integers
    last: Integers
    rows: Integers
    columns: Integers
    offsets: Integers

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.rows)

    def holds(self, down: int, right: int) -> Booleans:
        """For each cell (i, j) whether (i + down, j + right) is in the band."""
        rows = np.minimum(self.rows + down, len(self.first) - 1)
        columns = self.columns + right
        inside: Booleans = columns >= self.first[rows]
        inside &= columns < self.last[rows]
        inside &= self.rows + down < len(self.first)
        return inside


def band_of(first: Integers, last: Integers) -> Band:
    """The band with these limits."""
    widths = last - first
    starts = np.concatenate([[0], np.cumsum(widths)])
    rows = np.repeat(np.arange(len(first)), widths)
    offsets = starts[:-1] - first
    return Band(first, last, rows, np.arange(starts[-1]) - offsets[rows], offsets)


def find_band(features: Features) -> Band:
    """The band to look for links in."""
    candidates, references = len(features.candidate), len(features.reference)
    if candidates * references <= _ALL_PAIRS:
        return band_of(np.zeros(candidates, np.int64), np.full(candidates, references))
    ours, theirs = _anchors(features)
    ours = np.concatenate([[-1, -1], ours, [candidates, candidates]])
    theirs = np.concatenate([[-1, -1], theirs, [references, references]])
    steps = np.arange(candidates)
    after = np.searchsorted(ours, steps, side="right")
    after = np.minimum(after, len(ours) - 2)
    first = np.maximum(theirs[np.maximum(after - 2, 0)] - _MARGIN, 0)
    last = np.minimum(theirs[after + 1] + 1 + _MARGIN, references)
    middle = np.interp(steps, ours[1:-1], theirs[1:-1])
    half = max(3 * _MARGIN, _MOST_PAIRS // (2 * candidates))
    first = np.maximum(first, np.minimum((middle - half).astype(np.int64), references - 1))
    last = np.minimum(last, np.maximum((middle + half).astype(np.int64), 1))
    return _joined(first, last, references)


def narrowed(band: Band, path: Sequence[Pair]) -> Band:
    """The part of `band` near a path: past the links next to each segment, and a margin further."""
    ours = np.array([-1, -1, *(pair[0][0] for pair in path), len(band.first), len(band.first)])
    theirs = np.array([-1, -1, *(pair[1][0] for pair in path), band.last[-1], band.last[-1]])
    after = np.minimum(np.searchsorted(ours, np.arange(len(band.first)), side="right"), len(ours) - 2)
    first = np.maximum(theirs[after - 2] - _NEAR, band.first)
    last = np.minimum(theirs[after + 1] + 1 + _NEAR, band.last)
    return _joined(first, last, int(band.last[-1]))


def _joined(first: Integers, last: Integers, references: int) -> Band:
    """The band with limits that neither fall nor leave a row out of reach from the one before."""
    first = np.minimum(np.maximum.accumulate(np.maximum(first, 0)), references - 1)
    last = np.minimum(np.maximum(np.maximum.accumulate(last), first + 1), references)
    last[:-1] = np.maximum(last[:-1], first[1:])
    first[0], last[-1] = 0, references
    return band_of(first, last)


def _anchors(features: Features) -> tuple[Integers, Integers]:
    """Pairs that are each other's best by rare features, as many as stand in one order in both texts."""
    ours, theirs = _rare_pairs(features)
    if not len(ours):
        return ours, theirs
    columns = len(features.reference)
    keys, inverse = np.unique(ours * columns + theirs, return_inverse=True)
    shared = np.bincount(inverse)
    i, j = keys // columns, keys % columns
    best = np.lexsort((-shared, i))
    best = best[np.concatenate([[True], i[best][1:] != i[best][:-1]])]
    back = np.lexsort((-shared, j))
    back = back[np.concatenate([[True], j[back][1:] != j[back][:-1]])]
    mutual = np.intersect1d(best, back)
    mutual = mutual[shared[mutual] >= 2]
    return _longest_chain(i[mutual], j[mutual])


def _rare_pairs(features: Features) -> tuple[Integers, Integers]:
    """A pair of segments for each rare feature they share."""
    sides = []
    for vectors in (features.candidate, features.reference):
        rows = vectors.rows()
        order = np.argsort(vectors.ids, kind="stable")
        counts = np.bincount(vectors.ids, minlength=len(features.frequency))
        sides.append((rows[order], np.concatenate([[0], np.cumsum(counts)]), counts))
    (rows, starts, counts), (rows_, starts_, counts_) = sides
    rare = np.flatnonzero((counts > 0) & (counts_ > 0) & (counts <= _RARE) & (counts_ <= _RARE))
    ours, theirs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for a in range(_RARE):
        for b in range(_RARE):
            both = rare[(counts[rare] > a) & (counts_[rare] > b)]
            ours.append(rows[starts[both] + a])
            theirs.append(rows_[starts_[both] + b])
    return np.concatenate(ours), np.concatenate(theirs)


def _longest_chain(i: Integers, j: Integers) -> tuple[Integers, Integers]:
    """The longest run of pairs with both rising; `i` rises already."""
    ends: list[int] = []
    tails: list[int] = []
    before = np.full(len(j), -1)
    for k, column in enumerate(j.tolist()):
        place = bisect_left(ends, column)
        if place == len(ends):
            ends.append(column)
            tails.append(k)
        else:
            ends[place], tails[place] = column, k
        before[k] = tails[place - 1] if place else -1
    chain = []
    k = tails[-1] if tails else -1
    while k >= 0:
        chain.append(k)
        k = int(before[k])
    return i[chain[::-1]], j[chain[::-1]]
