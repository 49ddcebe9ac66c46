"""The best monotone path of links through two texts, at prices that suit them.

A path's worth is the sum of its links' gains, less a price for each segment left alone and for each
segment that a link holds beyond 1:1. Both prices are read off the texts: where a first path leaves
hardly a segment alone, leaving one is dear, and two dissimilar sentences between two pairs are a
pair too; where adverts and cuts abound, it is cheap.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.groups import Table, blocked

Pair = tuple[range, range]

_ROUNDS = 4
_FIRST_GAP, _DEAREST_GAP = 0.06, 0.3
_GAP_BASE, _GAP_SLOPE = -0.02, 0.05
_BAR_BASE, _BAR_SLOPE, _HIGHEST_BAR = 0.03, 0.05, 0.05
_FIRST_EXTRA, _EXTRA_SLOPE, _CHEAPEST_EXTRA = 0.13, 0.03, 0.03
_PRIOR = 0.5

_SKIP_CANDIDATE, _SKIP_REFERENCE = -1, -2


@dataclass(frozen=True, slots=True)
class Prices:
    """What a path pays: `gap` per segment left alone, `extra` per segment beyond 1:1.

    `bar` is the cosine that a link is worth nothing at.
    """

    gap: float = _FIRST_GAP
    bar: float = 0.0
    extra: float = _FIRST_EXTRA


def best_path(
    tables: list[Table], candidate_taken: NDArray[np.bool_], reference_taken: NDArray[np.bool_]
) -> list[Pair]:
    """Linked ranges of segments, in order, at prices that suit the texts.

    Segments that are taken stay out of every link, at no price.
    """
    gains = []
    for table in tables:
        gain = table.gain.copy()
        gain[blocked(table.shape, candidate_taken, reference_taken)] = -np.inf
        gains.append(gain)
    prices, path = Prices(), []
    for _ in range(_ROUNDS):
        path = search(tables, gains, prices, candidate_taken, reference_taken)
        prices = _prices(path, int((~candidate_taken).sum() + (~reference_taken).sum()))
    return path


def _prices(path: list[Pair], segments: int) -> Prices:
    """Prices from how often this path leaves a segment alone and joins two."""
    links = len(path) + 2 * _PRIOR
    linked = sum(len(candidate) + len(reference) for candidate, reference in path)
    alone = np.log((segments - linked + _PRIOR) / links)
    joined = np.log((linked - 2 * len(path) + _PRIOR) / links)
    gap = min(max(_GAP_BASE - _GAP_SLOPE * alone, 0.0), _DEAREST_GAP)
    return Prices(
        gap=gap,
        bar=min(max(_BAR_BASE + _BAR_SLOPE * alone, 0.0), _HIGHEST_BAR),
        extra=max(_FIRST_EXTRA - _EXTRA_SLOPE * (joined + 2), _CHEAPEST_EXTRA),
    )


def search(
    tables: list[Table],
    gains: list[NDArray[np.float64]],
    prices: Prices,
    candidate_taken: NDArray[np.bool_],
    reference_taken: NDArray[np.bool_],
) -> list[Pair]:
    """Dynamic programming, a whole row of references at a time.

    Within a row only skipped references depend on each other: with their prices summed up from the
    left, the best of them is a running maximum.
    """
    rows, columns = len(candidate_taken), len(reference_taken)
    skipping = np.concatenate([[0.0], np.cumsum(np.where(reference_taken, 0.0, -prices.gap))])
    worth = np.empty((rows + 1, columns + 1))
    moves = np.full((rows + 1, columns + 1), _SKIP_REFERENCE, dtype=np.int8)
    worth[0] = skipping
    for i in range(1, rows + 1):
        best = worth[i - 1] - (0.0 if candidate_taken[i - 1] else prices.gap)
        move = np.full(columns + 1, _SKIP_CANDIDATE, dtype=np.int8)
        for number, (table, gain) in enumerate(zip(tables, gains, strict=True)):
            p, q = table.shape
            if i < p:
                continue
            price = prices.bar * table.weight[i - p] + prices.extra * table.extra
            linked = worth[i - p, : columns + 1 - q] + gain[i - p] - price
            better = linked > best[q:]
            best[q:][better] = linked[better]
            move[q:][better] = number
        reached = np.maximum.accumulate(best - skipping) + skipping
        move[reached > best + 1e-12] = _SKIP_REFERENCE
        worth[i], moves[i] = reached, move
    path: list[Pair] = []
    i, j = rows, columns
    while i and j:
        move_back = moves[i, j]
        if move_back == _SKIP_CANDIDATE:
            i -= 1
        elif move_back == _SKIP_REFERENCE:
            j -= 1
        else:
            p, q = tables[move_back].shape
            path.append((range(i - p, i), range(j - q, j)))
            i, j = i - p, j - q
    return path[::-1]
