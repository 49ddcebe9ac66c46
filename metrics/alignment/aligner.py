"""Two texts aligned: their links, and what led to them."""

from bisect import bisect_left
from collections.abc import Generator, Sequence
from operator import itemgetter

import numpy as np

from metrics.alignment.band import find_band, narrowed
from metrics.alignment.evidence import SIMPLE, Evidence, Pair, Prices, shapes_up_to
from metrics.alignment.features import Booleans, Features
from metrics.alignment.moves import MoveFinder, untouched
from metrics.alignment.path import PathFinder, tables_of
from metrics.model import Kind, Link, Linking, Progress, Segment

#: Times that prices are read off a path, before moves are looked for and behind that.
_FIRST, _AGAIN = 3, 1
#: Times that moves are looked for, each followed by the path around them.
_ROUNDS = 2


class Aligner:
    """Aligns two texts, neither of them empty and none of their segments blank.

    Inside, `sides` may be `turned`: pairs then name the reference's segments first; links never do.

    First a coarse path through all that may be compared at all, then links of every shape near it,
    then passages that were moved across, and the path again without those.
    """

    def __init__(self, candidate: Sequence[Segment], reference: Sequence[Segment], linking: Linking) -> None:
        # One order of the two for each pair of texts: ties fall the same way whichever is called candidate.
        self.turned = [s.text for s in candidate] > [s.text for s in reference]
        self.sides = (reference, candidate) if self.turned else (candidate, reference)
        self._linking = linking
        self.path: list[Pair] = []
        self.moves: list[Pair] = []

    def steps(self) -> Generator[Progress, None, None]:
        """Does it, and tells before each step what it is."""
        yield Progress("reading words", 0.0)
        ours, theirs = self.sides
        features = Features([s.text for s in ours], [s.text for s in theirs])
        yield Progress(f"comparing segments ({len(ours)} × {len(theirs)})", 0.3)
        self.evidence = Evidence(features, [s.block for s in ours], [s.block for s in theirs])
        self.prices = Prices(gap=self._linking.gap_cost)
        shapes = shapes_up_to(self._linking.longest_group)
        wide = find_band(features)
        coarse = PathFinder(self.evidence, tables_of(self.evidence, [s for s in SIMPLE if s in shapes], wide), wide)
        band = narrowed(wide, coarse.best(self.prices, self._free()))
        self._finder = PathFinder(self.evidence, tables_of(self.evidence, shapes, band), band)
        movers = MoveFinder(self.evidence, shapes) if self._linking.moves else None
        for number in range(_ROUNDS + 1):
            yield Progress("finding which answers which", 0.5 + 0.5 * number / (_ROUNDS + 1))
            free = self._free()
            self.prices = self._finder.read_prices(self.prices, free, _AGAIN if number else _FIRST)
            self.path = self._finder.best(self.prices, free)
            found = movers.find(self.path, self.moves, self.prices) if movers and number < _ROUNDS else []
            if not found:
                break
            self.moves = untouched(self.moves, found) + found

    def links(self) -> list[Link]:
        """The links that hold both sides, in no order."""
        pairs = [*self.path, *self.moves]
        crossing = self.crossing()
        cosines, _ = self.evidence.worths(pairs, self.prices)
        return [self.link(p, cosine, p in crossing) for p, cosine in zip(pairs, cosines.tolist(), strict=True)]

    def crossing(self) -> set[Pair]:
        """The moves that cross the path; others fill a gap that it left."""
        places = ([bisect_left(self.path, move[side], key=itemgetter(side)) for move in self.moves] for side in (0, 1))
        return {move for move, here, there in zip(self.moves, *places, strict=True) if here != there}

    def link(self, pair: Pair, cosine: float, moved: bool) -> Link:
        """A pair as a link."""
        ids = [tuple(side[k].id for k in group) for side, group in zip(self.sides, pair, strict=True)]
        ours, theirs = ids[::-1] if self.turned else ids
        if not all(pair):
            return Link(ours, theirs, Kind.ADDED if ours else Kind.OMITTED)
        return Link(ours, theirs, Kind.MOVED if moved else Kind.MATCH, round(cosine, 4))

    def without(self, pair: Pair) -> list[Pair]:
        """The links of the whole that is worth most if `pair` is no link, or its one segment not left alone."""
        moves = [move for move in self.moves if move != pair]
        return [*self._finder.best(self.prices, self._free(moves), pair), *moves]

    def _free(self, moves: Sequence[Pair] | None = None) -> tuple[Booleans, Booleans]:
        """For each segment whether it is in none of the moves."""
        free = np.ones(len(self.sides[0]), bool), np.ones(len(self.sides[1]), bool)
        for move in self.moves if moves is None else moves:
            for flags, group in zip(free, move, strict=True):
                flags[list(group)] = False
        return free
