"""Passages that were moved: found where the monotone path leaves segments alone, or links them badly."""

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.groups import Table
from metrics.alignment.path import Pair

#: A moved passage must be at least this similar, and more so the more places it might have come from.
_SIMILAR, _PER_DECADE = 0.2, 0.025
#: It leads the next best place for either side by this much; and its own present link, too.
_LEAD = 0.08
_BETTER_THAN_LINK = 0.15
#: Beside an accepted one, this is enough: passages move in blocks.
_BESIDE = 0.2
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))


def find_moves(tables: list[Table], path: list[Pair]) -> list[Pair]:
    """Pairs of ranges that answer each other across the order of `path`, best first.

    They take segments that the path left alone, or that it links far worse.
    """
    by_shape = {table.shape: table.cosine for table in tables}
    if (1, 1) not in by_shape:
        return []
    single = by_shape[1, 1]
    candidate_held, reference_held = _held(path, by_shape, single.shape)
    loose = int((candidate_held == 0).sum()), int((reference_held == 0).sum())
    bar = _SIMILAR + _PER_DECADE * np.log10(max(1, loose[0] * loose[1]))
    found: list[tuple[float, Pair]] = []
    for shape in _SHAPES:
        if shape not in by_shape:
            continue
        cosine = by_shape[shape]
        p, q = shape
        floor_c = np.lib.stride_tricks.sliding_window_view(candidate_held, p).max(axis=1)
        floor_r = np.lib.stride_tricks.sliding_window_view(reference_held, q).max(axis=1)
        needed = np.maximum(floor_c[:, None], floor_r[None, :]) + _BETTER_THAN_LINK
        for i, j in np.argwhere((cosine >= _BESIDE) & (cosine >= needed)):
            price = 0.06 * (p + q - 2)
            found.append((float(cosine[i, j]) - price, (range(i, i + p), range(j, j + q))))
    found.sort(key=lambda item: (-item[0], item[1][0].start, item[1][1].start))
    return _accept(found, single, bar)


def _accept(found: list[tuple[float, Pair]], single: NDArray[np.float64], bar: float) -> list[Pair]:
    taken_c, taken_r = np.zeros(single.shape[0], bool), np.zeros(single.shape[1], bool)
    accepted: list[Pair] = []
    again = True
    while again:
        again = False
        for worth, (candidate, reference) in found:
            if taken_c[candidate.start : candidate.stop].any() or taken_r[reference.start : reference.stop].any():
                continue
            beside = any(_adjoins((candidate, reference), other) for other in accepted)
            if not beside and (worth < bar or not _leads(single, candidate, reference)):
                continue
            accepted.append((candidate, reference))
            taken_c[candidate.start : candidate.stop] = True
            taken_r[reference.start : reference.stop] = True
            again = True
    return accepted


def _leads(single: NDArray[np.float64], candidate: range, reference: range) -> bool:
    """Whether no other place is nearly as similar: a repeated sentence is not a moved one."""
    inside = single[candidate.start : candidate.stop, reference.start : reference.stop].max()
    row = single[candidate.start : candidate.stop].max(axis=0).copy()
    row[reference.start : reference.stop] = 0
    column = single[:, reference.start : reference.stop].max(axis=1).copy()
    column[candidate.start : candidate.stop] = 0
    return bool(inside - max(row.max(initial=0), column.max(initial=0)) >= _LEAD)


def _adjoins(pair: Pair, other: Pair) -> bool:
    (candidate, reference), (candidate_, reference_) = pair, other
    return (candidate.stop == candidate_.start and reference.stop == reference_.start) or (
        candidate.start == candidate_.stop and reference.start == reference_.stop
    )


def _held(
    path: list[Pair], by_shape: dict[tuple[int, int], NDArray[np.float64]], shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How similar the link is that holds each segment; 0 where none does."""
    held = np.zeros(shape[0]), np.zeros(shape[1])
    for candidate, reference in path:
        cosine = by_shape[len(candidate), len(reference)][candidate.start, reference.start]
        held[0][candidate.start : candidate.stop] = max(cosine, 1e-9)
        held[1][reference.start : reference.stop] = max(cosine, 1e-9)
    return held
