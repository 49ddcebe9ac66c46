"""How well a group of neighbouring candidate segments answers a group of reference segments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.features import Features, Floats

#: Group sizes a link may have, candidate : reference.
SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2))
_LONGEST = max(max(shape) for shape in SHAPES)

_LENGTH_PENALTY = 0.15
_EXTENT_PENALTY = 0.015
_BY_COUNT = 0.25
_TWO_TO_TWO = 0.15
_ACROSS_BLOCKS = 0.06
_CROSSED_LEAD = 0.15


@dataclass(frozen=True, slots=True)
class Table:
    """For one shape p:q, figures for each place (i, j): candidates i…i+p−1 with references j…j+q−1.

    `cosine` is in 0…1, `weight` what it counts by the size of both groups, and `gain` what a link
    there adds to a path before the path's prices.
    """

    shape: tuple[int, int]
    cosine: Floats
    weight: Floats
    gain: Floats

    @property
    def extra(self) -> int:
        """Segments beyond the one on either side."""
        return self.shape[0] + self.shape[1] - 2


def tables(features: Features, candidate_blocks: Sequence[int], reference_blocks: Sequence[int]) -> list[Table]:
    """A table for every shape that fits the two texts; blocks are each segment's, by number.

    A group that spans two blocks costs something, unless each segment is a block of its own. Two
    with two are no link where the first answers the second and the second the first: that is a move. A segment
    without a word joins no group.
    """
    products = features.products()
    candidate_near, reference_near = features.neighbours(_LONGEST)
    candidate_lengths = _relative(features.candidate_sizes)
    reference_lengths = _relative(features.reference_sizes)
    out: list[Table] = []
    for p, q in SHAPES:
        if products.shape[0] < p or products.shape[1] < q:
            continue
        norms = np.outer(_norms(candidate_near, p), _norms(reference_near, q))
        cosine = _window_sums(products, p, q) / np.sqrt(np.maximum(norms, 1e-12))
        a, b = _run_sums(candidate_lengths, p)[:, None], _run_sums(reference_lengths, q)[None, :]
        weight = _BY_COUNT * 2 * p * q / (p + q) + (1 - _BY_COUNT) * 2 * a * b / (a + b)
        extent = _BY_COUNT * (p + q) / 2 + (1 - _BY_COUNT) * (a + b) / 2
        gain = (cosine - _LENGTH_PENALTY * np.abs(np.log(a / b))) * weight - _EXTENT_PENALTY * extent
        gain -= _ACROSS_BLOCKS * (_boundaries(candidate_blocks, p)[:, None] + _boundaries(reference_blocks, q))
        if p + q > 2:
            gain[blocked((p, q), candidate_near[0] == 0, reference_near[0] == 0)] = -np.inf
        if (p, q) == (2, 2):
            gain -= _TWO_TO_TWO
            gain[_crossed(out[0].cosine)] = -np.inf
        out.append(Table((p, q), cosine, weight, gain))
    return out


def _relative(sizes: Floats) -> Floats:
    return sizes / sizes.mean() if len(sizes) else sizes


def _boundaries(blocks: Sequence[int], length: int) -> Floats:
    """Block ends inside each run of `length` segments; none where all blocks hold one segment."""
    ends = np.diff(np.asarray(blocks)) != 0
    if ends.all() or length == 1:
        return np.zeros(len(blocks) - length + 1)
    return _run_sums(ends.astype(float), length - 1)


def _crossed(single: Floats) -> NDArray[np.bool_]:
    """Where two neighbours answer two neighbours in the opposite order."""
    straight = np.maximum(single[:-1, :-1], single[1:, 1:])
    crossing = np.minimum(single[:-1, 1:], single[1:, :-1])
    return crossing > straight + _CROSSED_LEAD


def _window_sums(values: Floats, p: int, q: int) -> Floats:
    rows, columns = values.shape[0] - p + 1, values.shape[1] - q + 1
    out = np.zeros((rows, columns))
    for a in range(p):
        for b in range(q):
            out += values[a : a + rows, b : b + columns]
    return out


def _run_sums(values: Floats, length: int) -> Floats:
    return np.convolve(values, np.ones(length), "valid")


def _norms(near: list[Floats], length: int) -> Floats:
    """Squared norms of the summed vectors of each run of `length` segments."""
    runs = len(near[0]) - length + 1
    out = np.zeros(runs)
    for a in range(length):
        for b in range(a, length):
            out += (1 if a == b else 2) * near[b - a][a : a + runs]
    return out


def blocked(shape: tuple[int, int], candidate: NDArray[np.bool_], reference: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Places of a table whose groups hold a segment that is taken: `(rows, columns)`."""
    p, q = shape
    rows = np.lib.stride_tricks.sliding_window_view(candidate, p).any(axis=1)
    columns = np.lib.stride_tricks.sliding_window_view(reference, q).any(axis=1)
    return np.logical_or.outer(rows, columns)
