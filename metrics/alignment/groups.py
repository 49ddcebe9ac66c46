"""How well a group of neighbouring candidate segments answers a group of reference segments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.band import Band
from metrics.alignment.features import Features, Floats, Vectors

Booleans = NDArray[np.bool_]

#: Group sizes a link may have, candidate : reference.
SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2))
LONGEST = max(max(shape) for shape in SHAPES)

# All in cosine, tuned together on public texts: system outputs of WMT22 and a machine-translated yearbook.
#: For |log| of the length ratio: answers are about as long as what they answer.
_LENGTH_PENALTY = 0.15
#: For each mean segment that a link holds, so that it does not grow for nothing.
_EXTENT_PENALTY = 0.015
#: A link counts by its size: by this part the number of its segments, by the rest their length.
_BY_COUNT = 0.25
#: For two with two, which two links of one with one mostly explain as well.
_TWO_TO_TWO = 0.1
#: For a block that ends inside a group.
_ACROSS_BLOCKS = 0.06
#: By so much more alike two pairs of neighbours must be crosswise than straight to be no group.
_CROSSED_LEAD = 0.15
#: For a group that is less similar than it is without a segment at its edge: it swallowed a stranger.
_SWALLOWED = 0.5


@dataclass(frozen=True, slots=True)
class Prices:
    """What a path pays: `gap` per segment left alone, `extra` per segment beyond 1:1.

    `bar` is the cosine that a link is worth nothing at, `typical` the median cosine of links: free
    translations and scripts without spaces have lower ones.
    """

    gap: float = 0.06
    bar: float = 0.0
    extra: float = 0.13
    typical: float = 0.5


@dataclass(frozen=True, slots=True)
class Table:
    """For one shape p:q, figures for each cell (i, j): candidates i…i+p−1 with references j…j+q−1.

    `cosine` is in 0…1, `weight` what it counts by the size of both groups, and `gain` what a link
    there adds to a path before the path's prices; −∞ where there can be none.
    """

    shape: tuple[int, int]
    cosine: Floats
    weight: Floats
    gain: Floats

    @property
    def extra(self) -> int:
        """Segments beyond the one on either side."""
        return self.shape[0] + self.shape[1] - 2


class Groups:
    """Scores groups of neighbouring segments, none of them blank; blocks are each segment's, by number.

    A group that spans two blocks costs something, unless each segment is a block of its own.
    """

    def __init__(self, features: Features, candidate_blocks: Sequence[int], reference_blocks: Sequence[int]) -> None:
        self.features = features
        self.candidate = _Side(features, features.candidate, candidate_blocks)
        self.reference = _Side(features, features.reference, reference_blocks)
        self._product = cache(features.product)

    def tables(self, band: Band) -> list[Table]:
        """A table for every shape that fits the two texts.

        Two with two are no link where the first answers the second and the second the first: that is
        a move.
        """
        dots = np.concatenate([*self.features.products(band.first, band.last), np.zeros(0)])
        out: list[Table] = []
        for p, q in SHAPES:
            if len(self.candidate) < p or len(self.reference) < q:
                continue
            sums, possible = _window_sums(dots, band, p, q)
            rows, columns = band.rows[possible], band.columns[possible]
            ours, theirs = self.candidate.runs(p), self.reference.runs(q)
            cosine, weight, gain = np.zeros(band.size), np.zeros(band.size), np.full(band.size, -np.inf)
            norms = np.sqrt(ours.norms[rows] * theirs.norms[columns])
            cosine[possible] = sums[possible] / norms
            lengths = ours.lengths[rows], theirs.lengths[columns]
            boundaries = ours.boundaries[rows] + theirs.boundaries[columns]
            weight[possible], gain[possible] = _gain((p, q), cosine[possible], *lengths, boundaries)
            if p + q > 2:
                gain -= _SWALLOWED * np.maximum(_best_part(out, band, p, q) - cosine, 0.0)
            if (p, q) == (2, 2):
                gain[_crossed(out[0].cosine, band)] = -np.inf
            out.append(Table((p, q), cosine, weight, gain))
        return out

    def cosine(self, ours: range, theirs: range) -> float:
        """Cosine of the summed vectors of two groups, wherever they stand."""
        across = sum(self._product(i, j) for i in ours for j in theirs)
        norms = self.candidate.runs(len(ours)).norms[ours.start] * self.reference.runs(len(theirs)).norms[theirs.start]
        return float(across / norms**0.5)

    def worth(self, ours: range, theirs: range, prices: Prices) -> float:
        """What a link adds to a path, wherever its groups stand."""
        mine, other = self.candidate.runs(len(ours)), self.reference.runs(len(theirs))
        i, j = ours.start, theirs.start
        shape = len(ours), len(theirs)
        boundaries = mine.boundaries[i] + other.boundaries[j]
        cosine = self.cosine(ours, theirs)
        weight, gain = _gain(shape, cosine, mine.lengths[i], other.lengths[j], boundaries)
        best_part = max((self.cosine(*part) for part in _parts(ours, theirs)), default=0.0)
        price = prices.bar * weight + prices.extra * (sum(shape) - 2) + _SWALLOWED * max(best_part - cosine, 0.0)
        return float(gain - price)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Figures for each run of so many segments, by its first one: squared norms of summed vectors,
    lengths relative to the mean, and block ends inside."""

    norms: Floats
    lengths: Floats
    boundaries: Floats


class _Side:
    """One text's runs, by their length."""

    def __init__(self, features: Features, vectors: Vectors, blocks: Sequence[int]) -> None:
        self._near = features.neighbours(vectors, LONGEST)
        self._lengths = vectors.sizes / vectors.sizes.mean()
        self._ends = np.diff(np.asarray(blocks)) != 0
        self.runs = cache(self._runs)

    def __len__(self) -> int:
        return len(self._lengths)

    def _runs(self, length: int) -> _Runs:
        count = len(self) - length + 1
        norms = np.zeros(count)
        for a in range(length):
            for b in range(a, length):
                norms += (1 if a == b else 2) * self._near[b - a][a : a + count]
        inside = length > 1 and not self._ends.all()
        boundaries = _run_sums(self._ends.astype(float), length - 1) if inside else np.zeros(count)
        return _Runs(norms, _run_sums(self._lengths, length), boundaries)


Figures = TypeVar("Figures", Floats, float)


def _gain(
    shape: tuple[int, int], cosine: Figures, length: Figures, other: Figures, boundaries: Figures
) -> tuple[Figures, Figures]:
    """Weight and gain of links of a shape, from their cosines, relative lengths, and block ends inside."""
    p, q = shape
    weight = _BY_COUNT * 2 * p * q / (p + q) + (1 - _BY_COUNT) * 2 * length * other / (length + other)
    extent = _BY_COUNT * (p + q) / 2 + (1 - _BY_COUNT) * (length + other) / 2
    gain = (cosine - _LENGTH_PENALTY * np.abs(np.log(length / other))) * weight
    gain = gain - _EXTENT_PENALTY * extent - _ACROSS_BLOCKS * boundaries - _TWO_TO_TWO * (shape == (2, 2))
    return weight, gain


def _run_sums(values: Floats, length: int) -> Floats:
    return np.convolve(values, np.ones(length), "valid")


def _best_part(tables: Sequence[Table], band: Band, p: int, q: int) -> Floats:
    """For each cell, the best cosine of its group without one segment at an edge."""
    by_shape = {table.shape: table.cosine for table in tables}
    best = np.zeros(band.size)
    for shape, shifts in (((p - 1, q), ((0, 0), (1, 0))), ((p, q - 1), ((0, 0), (0, 1)))):
        if shape in by_shape:
            for shift in shifts:
                places, inside = band.shifted(*shift)
                best = np.maximum(best, np.where(inside, by_shape[shape][places], 0.0))
    return best


def _parts(ours: range, theirs: range) -> Iterator[tuple[range, range]]:
    """A group without one segment at an edge."""
    if len(ours) > 1:
        yield ours[1:], theirs
        yield ours[:-1], theirs
    if len(theirs) > 1:
        yield ours, theirs[1:]
        yield ours, theirs[:-1]


def _window_sums(dots: Floats, band: Band, p: int, q: int) -> tuple[Floats, Booleans]:
    """Sums over each p × q window of cells, and whether all of it is in the band."""
    sums, possible = np.zeros(band.size), np.ones(band.size, bool)
    for down in range(p):
        for right in range(q):
            places, inside = band.shifted(down, right)
            sums += dots[places]
            possible &= inside
    return sums, possible


def _crossed(single: Floats, band: Band) -> Booleans:
    """Where two neighbours answer two neighbours in the opposite order."""
    (right, has_right), (below, has_below), (across, has_across) = (
        band.shifted(*by) for by in ((0, 1), (1, 0), (1, 1))
    )
    straight = np.maximum(single, single[across])
    crossing = np.minimum(single[right], single[below])
    return has_right & has_below & has_across & (crossing > straight + _CROSSED_LEAD)
