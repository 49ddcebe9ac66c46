"""The best monotone path of links through two texts, at prices that suit them.

A path's worth is the sum of its links' gains, less a price for each segment left alone and for each
segment that a link holds beyond 1:1, as in the dynamic programming of Gale and Church (1993). The
prices are read off the texts: where a first path leaves hardly a segment alone, leaving one is dear,
and two dissimilar sentences between two pairs are a pair too; where adverts and cuts abound, it is cheap.
"""

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.band import Band
from metrics.alignment.features import Floats, Integers
from metrics.alignment.groups import LONGEST, Booleans, Prices, Table

Pair = tuple[range, range]


#: Rounds of reading prices off a path; of long texts, off the first so many candidates.
_ROUNDS, _SAMPLE = 3, 1500
#: Each price is a line in the logarithm of a rate, segments left alone or joined for each link, within limits.
_GAP_BASE, _GAP_SLOPE, _DEAREST_GAP = -0.02, 0.05, 0.3
_BAR_BASE, _BAR_SLOPE, _HIGHEST_BAR = 0.03, 0.05, 0.05
_EXTRA_BASE, _EXTRA_SLOPE, _CHEAPEST_EXTRA = 0.05, 0.03, 0.03
#: Added to counts, so that the rates of short texts stay moderate.
_PRIOR = 0.5
#: Median cosines of links: below the first, two texts have nothing to do with each other.
_UNLIKE, _ALIKE = 0.1, 0.25

_SKIP_CANDIDATE, _SKIP_REFERENCE = -1, -2


def share(one: Pair, other: Pair) -> bool:
    """Whether two links hold a segment in common."""
    return any(max(a.start, b.start) < min(a.stop, b.stop) for a, b in zip(one, other, strict=True))


def find_prices(tables: list[Table], band: Band, candidate_free: Booleans, reference_free: Booleans) -> Prices:
    """Prices from how often the best path leaves a segment alone and joins two.

    Texts that hardly resemble each other where they are linked are no translations of one text: the
    less they do, the cheaper it is to leave a segment alone, and the more a link must show.
    """
    cosines = {table.shape: table.cosine for table in tables}
    rows = min(len(candidate_free), _SAMPLE)
    columns = len(reference_free) if rows == len(candidate_free) else int(band.last[rows - 1])
    free = candidate_free[:rows], reference_free[:columns]
    segments = int(free[0].sum() + free[1].sum())
    prices = Prices()
    for _ in range(_ROUNDS):
        path = best_path(tables, band, prices, *free)
        links = len(path) + 2 * _PRIOR
        linked = sum(len(candidate) + len(reference) for candidate, reference in path)
        alone = np.log((segments - linked + _PRIOR) / links)
        joined = np.log((linked - 2 * len(path) + _PRIOR) / links)
        linked_at = [cosines[len(a), len(b)][band.offsets[a.start] + b.start] for a, b in path]
        typical = float(np.median(linked_at or [0.0]))
        alike = float(np.clip((typical - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0, 1.0))
        prices = Prices(
            gap=alike * float(np.clip(_GAP_BASE - _GAP_SLOPE * alone, 0.0, _DEAREST_GAP)),
            bar=alike * float(np.clip(_BAR_BASE + _BAR_SLOPE * alone, 0.0, _HIGHEST_BAR)) + (1 - alike) * _UNLIKE,
            extra=float(max(_EXTRA_BASE - _EXTRA_SLOPE * joined, _CHEAPEST_EXTRA)),
            typical=typical,
        )
    return prices


def best_path(
    tables: list[Table], band: Band, prices: Prices, candidate_free: Booleans, reference_free: Booleans
) -> list[Pair]:
    """The linked ranges of segments that are worth most, in order.

    Segments that are not free stay out of every link, at no price. Dynamic programming, a row of
    references at a time: within a row only skipped references depend on each other, and with their
    prices summed up from the left, the best of them is a running maximum. The flags may be shorter
    than the tables: then the path ends there.
    """
    rows, columns = len(candidate_free), len(reference_free)
    if not rows or not columns:
        return []
    gains = [_priced(table, band, prices, candidate_free, reference_free) for table in tables]
    shapes = [table.shape for table in tables]
    skipping = np.concatenate([[0.0], np.cumsum(np.where(reference_free, -prices.gap, 0.0))])
    # At node (i, j), i candidates and j references are behind; j reaches from `lower[i]` to `upper[i]`.
    # The longest link leads to row i from so many rows above, where the band may begin further left.
    lower = band.first[np.maximum(np.arange(rows + 1) - LONGEST, 0)]
    lower[0] = 0
    upper = np.append(np.minimum(band.last[:rows], columns), columns)
    worth = [skipping[lower[0] : upper[0] + 1]]
    moves = [np.full(len(worth[0]), _SKIP_REFERENCE, np.int8)]
    for i in range(1, rows + 1):
        low, high = int(lower[i]), int(upper[i])
        best = np.full(high - low + 1, -np.inf)
        move = np.full(high - low + 1, _SKIP_CANDIDATE, np.int8)
        before = worth[i - 1]
        at = int(lower[i - 1])
        best[max(at - low, 0) : at + len(before) - low] = before[max(low - at, 0) : high - at + 1]
        best -= prices.gap if candidate_free[i - 1] else 0.0
        for number, (p, q) in enumerate(shapes):
            if i < p:
                continue
            # From node (i − p, j) by cell (i − p, j) to node (i, j + q).
            start = max(int(lower[i - p]), int(band.first[i - p]), low - q)
            end = min(int(upper[i - p]) + 1, int(band.last[i - p]), high - q + 1)
            if start >= end:
                continue
            cell = int(band.offsets[i - p])
            node = int(lower[i - p])
            linked = worth[i - p][start - node : end - node] + gains[number][start + cell : end + cell]
            target = best[start + q - low : end + q - low]
            better = linked > target
            target[better] = linked[better]
            move[start + q - low : end + q - low][better] = number
        skipped = skipping[low : high + 1]
        reached = np.maximum.accumulate(best - skipped) + skipped
        move[reached > best + 1e-12] = _SKIP_REFERENCE
        worth.append(reached)
        moves.append(move)
    return _traced(moves, lower, shapes, rows, columns)


def _priced(table: Table, band: Band, prices: Prices, candidate_free: Booleans, reference_free: Booleans) -> Floats:
    """A table's gains less what links cost; −∞ for links that hold a segment that is not free."""
    gain = table.gain - prices.bar * table.weight - prices.extra * table.extra
    if not (candidate_free.all() and reference_free.all()):
        p, q = table.shape
        rows = _none_in_run(~candidate_free, p)
        columns = _none_in_run(~reference_free, q)
        inside = (band.rows < len(rows)) & (band.columns < len(columns))
        open_ = np.zeros(band.size, bool)
        open_[inside] = rows[band.rows[inside]] & columns[band.columns[inside]]
        gain[~open_] = -np.inf
    return gain


def _none_in_run(flags: Booleans, length: int) -> Booleans:
    """Whether none of the `length` flags from each place on is set."""
    if len(flags) < length:
        return np.zeros(0, bool)
    return np.convolve(flags, np.ones(length), "valid") < 0.5


def _traced(
    moves: list[NDArray[np.int8]],
    lower: Integers,
    shapes: list[tuple[int, int]],
    rows: int,
    columns: int,
) -> list[Pair]:
    path: list[Pair] = []
    i, j = rows, columns
    while i and j:
        move = moves[i][j - lower[i]]
        if move == _SKIP_CANDIDATE:
            i -= 1
        elif move == _SKIP_REFERENCE:
            j -= 1
        else:
            p, q = shapes[move]
            path.append((range(i - p, i), range(j - q, j)))
            i, j = i - p, j - q
    return path[::-1]
