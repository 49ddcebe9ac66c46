"""The best monotone path of links through two texts, at prices that suit them.

A path's worth is the sum of its links' gains and of what leaving the other segments alone adds, as in
the dynamic programming of Gale and Church (1993). The prices are read off the texts: where a first path
leaves hardly a segment alone, leaving one is dear, and two dissimilar sentences between two pairs are a
pair too; where adverts and cuts abound, it is cheap.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.band import Band
from metrics.alignment.evidence import Evidence, Pair, Prices, Shape, Table, shape_of
from metrics.alignment.features import Booleans, Floats, Integers

#: Added to counts, so that the rates of short texts stay moderate.
_PRIOR = 0.5
#: Leaving a segment alone where that is forbidden: finite, since such figures are summed up.
_FORBIDDEN = -1e6
_SKIPPED_CANDIDATE, _SKIPPED_REFERENCE = -1, -2

Flags = tuple[Booleans, Booleans]


def tables_of(evidence: Evidence, shapes: Sequence[Shape], band: Band) -> list[Table]:
    """The links of each shape that lie in the band."""
    dots = np.concatenate([*evidence.features.products(band.first, band.last), np.zeros(1)])
    evidence.remember(band.rows, band.columns, dots[:-1])
    out = []
    for shape in shapes:
        fits = np.ones(band.size, bool)
        for down in shape.candidate:
            for right in shape.reference:
                fits &= band.holds(down, right)
        i, j = band.rows[fits], band.columns[fits]
        out.append(evidence.table(shape, i, j, lambda i, j: dots[band.offsets[i] + j]))
    return out


class _Step(NamedTuple):
    """A link on a path: the table it is in, and its place there."""

    table: int
    place: int


class PathFinder:
    """Finds paths of the links in `tables`, at other prices or with other segments taken away.

    At node (i, j), i candidates and j references are behind. The nodes of a row are neighbours in one
    flat array; into each leads a link of every shape, or none where its gain is −∞.
    """

    def __init__(self, evidence: Evidence, tables: Sequence[Table], band: Band) -> None:
        self._evidence, self._tables = evidence, tables
        rows, columns = len(band.first), int(band.last[-1])
        reach = max(table.shape.rows for table in tables)
        # The longest link leads to row i from so many rows above, where the band may begin further left.
        self._lower = band.first[np.maximum(np.arange(rows + 1) - reach, 0)]
        self._lower[0] = 0
        self._upper = np.append(band.last, columns)
        self._starts = np.concatenate([[0], np.cumsum(self._upper - self._lower + 1)])
        self._targets = [self._node(t.i + t.shape.rows, t.j + t.shape.columns) for t in tables]
        self._sources = np.zeros((self._starts[-1], len(tables)), np.int32)
        for number, table in enumerate(tables):
            self._sources[self._targets[number], number] = self._node(table.i, table.j)

    def read_prices(self, prices: Prices, free: Flags, rounds: int) -> Prices:
        """`prices` with what the best path of the free segments tells: rates, and how alike links are."""
        for _ in range(rounds):
            steps = self._steps(prices, free)
            links = len(steps) + 2 * _PRIOR
            joined = sum(self._tables[step.table].shape.extra for step in steps)
            alone = int(free[0].sum() + free[1].sum()) - joined - 2 * len(steps)
            told = replace(
                prices,
                alone=float(np.log((alone + _PRIOR) / links)),
                joined=float(np.log((joined + _PRIOR) / links)),
                typical=float(np.median([self._tables[step.table].cosine[step.place] for step in steps] or [0.0])),
            )
            if told == prices:
                break
            prices = told
        return prices

    def best(self, prices: Prices, free: Flags, without: Pair | None = None) -> list[Pair]:
        """The links of the path that is worth most, in order.

        Segments that are not free stay out of every link, at no price. `without` is a link that may not
        be on the path; one with an empty side is a segment that may not be left alone.
        """
        out = []
        for number, place in self._steps(prices, free, without):
            table = self._tables[number]
            out.append(table.shape.at(int(table.i[place]), int(table.j[place])))
        return out

    def _steps(self, prices: Prices, free: Flags, without: Pair | None = None) -> list[_Step]:
        """Within a row only skipped references depend on each other, and with their prices summed up
        from the left, the best of them is a running maximum."""
        alone = self._alone(prices, free, without)
        gains = self._gains(prices, free, alone, without)
        skipping = np.concatenate([[0.0], np.cumsum(alone[1])])
        starts, lower, upper = self._starts.tolist(), self._lower.tolist(), self._upper.tolist()
        worth = np.full(starts[-1], -np.inf)
        came = np.full(starts[-1], _SKIPPED_REFERENCE, np.int8)
        worth[: starts[1]] = skipping[lower[0] : upper[0] + 1]
        each = np.arange(max(np.diff(self._starts)))
        for i in range(1, len(lower)):
            here = slice(starts[i], starts[i + 1])
            links = worth[self._sources[here]] + gains[here]
            move = links.argmax(axis=1)
            best = links[each[: len(move)], move]
            above = worth[starts[i - 1] : starts[i]][lower[i] - lower[i - 1] :] + alone[0][i - 1]
            shared = best[: len(above)]
            move[: len(above)][above > shared] = _SKIPPED_CANDIDATE
            np.maximum(shared, above, out=shared)
            skipped = skipping[lower[i] : upper[i] + 1]
            reached = np.maximum.accumulate(best - skipped) + skipped
            move[reached > best + 1e-9] = _SKIPPED_REFERENCE
            worth[here], came[here] = reached, move
        return self._traced(came)

    def _alone(self, prices: Prices, free: Flags, without: Pair | None) -> tuple[Floats, Floats]:
        ours, theirs = (
            np.where(flags, gain, 0.0) for flags, gain in zip(free, self._evidence.alone(prices), strict=True)
        )
        if without and not all(without):
            for side, group in zip((ours, theirs), without, strict=True):
                side[list(group)] = _FORBIDDEN
        return ours, theirs

    def _gains(
        self, prices: Prices, free: Flags, alone: tuple[Floats, Floats], without: Pair | None
    ) -> NDArray[np.float32]:
        """For each node and shape, what the link that leads there gains."""
        gains = np.full(self._sources.shape, -np.inf, np.float32)
        for number, table in enumerate(self._tables):
            gain = self._evidence.priced(table, prices, alone)
            for flags, members, first in zip(
                free, (table.shape.candidate, table.shape.reference), (table.i, table.j), strict=True
            ):
                if not flags.all():
                    for k in members:
                        gain[~flags[first + k]] = -np.inf
            if without and all(without) and table.shape == shape_of(without):
                gain[(table.i == without[0][0]) & (table.j == without[1][0])] = -np.inf
            gains[self._targets[number], number] = gain
        return gains

    def _node(self, i: Integers, j: Integers) -> Integers:
        return self._starts[i] + j - self._lower[i]

    def _traced(self, came: Integers) -> list[_Step]:
        starts, lower = self._starts.tolist(), self._lower.tolist()
        spans = [(table.shape.rows, table.shape.columns) for table in self._tables]
        nodes: list[int] = []
        moves: list[int] = []
        i, j = len(lower) - 1, int(self._upper[-1])
        while i and j:
            node = starts[i] + j - lower[i]
            move = int(came[node])
            if move == _SKIPPED_CANDIDATE:
                i -= 1
            elif move == _SKIPPED_REFERENCE:
                j -= 1
            else:
                nodes.append(node)
                moves.append(move)
                i, j = i - spans[move][0], j - spans[move][1]
        at, by = np.array(nodes[::-1], np.int64), np.array(moves[::-1], np.int64)
        places = np.zeros(len(at), np.int64)
        for number, targets in enumerate(self._targets):
            places[by == number] = np.searchsorted(targets, at[by == number])
        return list(map(_Step, by.tolist(), places.tolist()))
