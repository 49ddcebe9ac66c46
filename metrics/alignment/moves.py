"""Passages that were moved: found where the monotone path leaves segments alone, or links them badly.

A move is made only where the whole is worth more with it than without: the move itself, less a price
for being one of many places where the passage might have gone, and less what the links it takes
segments from lose. So it is never made at the cost of links that are worth more.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

import numpy as np

from metrics.alignment.evidence import Evidence, Group, Pair, Prices, Shape
from metrics.alignment.features import Floats, Integers, Vectors

#: What a move costs in log-odds, and more for each natural logarithm of the pairs it might have been.
_PRICE, _BY_PLACES = 0.2, 0.3
#: What another link in place of a moved one must be worth more.
_MENDED = 0.5
#: Passages move in blocks: what the next one costs beside a moved one.
_PRICE_BESIDE = 0.5
#: How far from a moved segment others are looked for that moved with it.
_REACH = 3
_NEIGHBOURS = range(-_REACH, _REACH + 1)
#: So much more may a group be worth than the two segments in it that were found to be alike.
_SLACK = 4.0
#: It leads the next best place for either side by this much cosine.
_LEAD = 0.05
#: Pairs this similar are not looked behind, and answers not looked at below this.
_FIRM, _FAINT = 0.5, 0.1
#: So many answers are looked at for a segment.
_FEW = 4
#: Features on more segments than this tell little of where a passage went, and would take most of the time.
_COMMON = 400

Segments = tuple[set[int], set[int]]


def _segments(links: Collection[Pair]) -> Segments:
    """All that links hold of either side."""
    return {i for link in links for i in link[0]}, {j for link in links for j in link[1]}


def _touches(link: Pair, segments: Segments) -> bool:
    return not (segments[0].isdisjoint(link[0]) and segments[1].isdisjoint(link[1]))


def untouched(links: Sequence[Pair], others: Sequence[Pair]) -> list[Pair]:
    """Those `links` that have no segment in common with the others."""
    segments = _segments(others)
    return [link for link in links if not _touches(link, segments)]


class MoveFinder:
    """Looks for answers across both texts, however far apart."""

    def __init__(self, evidence: Evidence, shapes: Sequence[Shape]) -> None:
        features = evidence.features
        self._evidence = evidence
        self._shapes = shapes
        self._seeds = [s for s in shapes if s.extra <= 1]
        self._sides = features.candidate, features.reference
        self._norms = features.candidate.norms(), features.reference.norms()
        self._postings = tuple(_Postings(vectors, features.frequency) for vectors in self._sides)
        self._answers = cache(self._answers_of)
        self._before: set[Pair] | None = None

    def find(self, path: Sequence[Pair], moves: Sequence[Pair], prices: Prices) -> list[Pair]:
        """Links across the order of `path`, best first, that are worth more than what they break.

        `moves` are those found before; to mend one costs nothing but what is lost. Asked again, it looks
        only where links have changed since, and beside them.
        """
        near = self._changes({*path, *moves})
        held = _Held([*path, *moves], self._evidence, prices)
        price = _PRICE + _BY_PLACES * float(np.log(1 + held.loose(0) * held.loose(1)))
        moved = _segments(moves)
        singles = held.promising(
            [pair for pair in self._singles(held) if near is None or _touches(pair, near)], price - _SLACK
        )
        around = {pair for (i,), (j,) in singles for pair in self._around(i, j)}.difference(path, moves)
        mending = {pair for pair in around if _touches(pair, moved)}
        seeds = {single for single in singles if held.loose_around(0, single[0]) and held.loose_around(1, single[1])}
        likely = {*held.promising(sorted(mending), _MENDED), *held.promising(sorted(around - mending), price)}
        found = sorted((-held.growth(pair), pair) for pair in likely | seeds)
        accepted: list[Pair] = []
        taken: Segments = (set(), set())
        for loss, pair in found:
            if _touches(pair, taken):
                continue
            window = held.loose_around(0, pair[0], taken[0]), held.loose_around(1, pair[1], taken[1])
            block, growth = self._block(window, held) if all(window) else ([], -np.inf)
            if max(-loss, growth) > (_MENDED if pair in mending else price) and self._leads(pair, held):
                accepted += block if growth > -loss else [pair]
                taken = _segments(accepted)
        return accepted

    def _changes(self, links: set[Pair]) -> Segments | None:
        """Segments whose links are others than the last time, and those beside them; None the first time."""
        before, self._before = self._before, links
        if before is None:
            return None
        changed = _segments(before ^ links)
        return {k + d for k in changed[0] for d in _NEIGHBOURS}, {k + d for k in changed[1] for d in _NEIGHBOURS}

    def _singles(self, held: "_Held") -> Iterator[Pair]:
        """Pairs of segments, not linked firmly, that may answer each other."""
        for i in range(len(self._sides[0])):
            if not held.firm(0, i):
                yield from (((i,), (j,)) for j in self._answers(i) if not held.firm(1, j))

    def _answers_of(self, i: int) -> list[int]:
        """References that candidate i may answer, the most similar ones of many."""
        cosines = self._cosines(0, i)
        answers = np.flatnonzero(cosines >= _FAINT)
        if len(answers) > _FEW:
            answers = np.sort(answers[np.argsort(-cosines[answers], kind="stable")[:_FEW]])
        return list(map(int, answers))

    def _cosines(self, side: int, k: int) -> Floats:
        """Cosines of a segment with all of the other side, but for what common features add."""
        dots = self._postings[1 - side].products(*self._sides[side].row(k))
        cosines: Floats = dots / (self._norms[side][k] * self._norms[1 - side])
        return cosines

    def _around(self, i: int, j: int) -> Iterator[Pair]:
        """The groups that hold a pair of segments."""
        for shape in self._seeds:
            for a in shape.candidate:
                for b in shape.reference:
                    yield from self._fitting(shape, i - a, j - b)

    def _fitting(self, shape: Shape, i: int, j: int) -> Iterator[Pair]:
        if min(i, j) >= 0 and i + shape.rows <= len(self._sides[0]) and j + shape.columns <= len(self._sides[1]):
            yield shape.at(i, j)

    def _leads(self, pair: Pair, held: "_Held") -> bool:
        """Whether no other place is nearly as similar: a repeated sentence is not a moved one.

        A place that is firmly linked is none, unless it is more similar.
        """
        best = rivals = taken = 0.0
        for side, here, there in ((0, *pair), (1, *pair[::-1])):
            firm = held.firm_segments(1 - side)
            for k in here:
                cosines = self._cosines(side, k)
                best = max(best, float(cosines[list(there)].max()))
                cosines[list(there)] = 0
                taken = max(taken, float(cosines[firm].max(initial=0)))
                cosines[firm] = 0
                rivals = max(rivals, float(cosines.max(initial=0)))
        return best - rivals >= _LEAD and best >= taken

    def _block(self, window: tuple[range, range], held: "_Held") -> tuple[list[Pair], float]:
        """The chain of links that is worth most in a window of loose segments, and its growth."""
        ours, theirs = window
        pairs = [
            shape.at(i, j)
            for shape in self._shapes
            for i in range(ours.start, ours.stop - shape.rows + 1)
            for j in range(theirs.start, theirs.stop - shape.columns + 1)
        ]
        ending: dict[tuple[int, int], list[Pair]] = {}
        for pair in held.promising(pairs, _PRICE_BESIDE):
            ending.setdefault((pair[0][-1], pair[1][-1]), []).append(pair)
        nothing: tuple[float, list[Pair]] = (0.0, [])
        best: dict[tuple[int, int], tuple[float, list[Pair]]] = {}
        for i in ours:
            for j in theirs:
                chains = [best.get((i - 1, j), nothing), best.get((i, j - 1), nothing)]
                for pair in ending.get((i, j), ()):
                    before, links = best.get((pair[0][0] - 1, pair[1][0] - 1), nothing)
                    chains.append((before + held.growth(pair) - _PRICE_BESIDE, [*links, pair]))
                best[i, j] = max(chains, key=lambda chain: chain[0])
        growth, links = best.get((ours.stop - 1, theirs.stop - 1), nothing)
        return links, growth + _PRICE_BESIDE


class _Held:
    """Which link holds each segment, and how much a change would be worth."""

    def __init__(self, links: Sequence[Pair], evidence: Evidence, prices: Prices) -> None:
        self._evidence, self._prices = evidence, prices
        self._alone = evidence.alone(prices)
        self._links: tuple[dict[int, Pair], dict[int, Pair]] = ({}, {})
        for link in links:
            for side, segments in enumerate(link):
                self._links[side].update(dict.fromkeys(segments, link))
        self._known: dict[Pair, float] = {}
        cosines = self._weigh(links)
        firm = [
            link
            for link, cosine in zip(links, cosines, strict=True)
            if len(link[0]) == len(link[1]) == 1 and cosine >= _FIRM
        ]
        self._firm = tuple(np.array(sorted(link[side][0] for link in firm), np.int64) for side in (0, 1))
        self._firmly = tuple(set(segments.tolist()) for segments in self._firm)

    def loose(self, side: int) -> int:
        """How many segments of a side are in no link."""
        return len(self._alone[side]) - len(self._links[side])

    def loose_around(self, side: int, group: Group, gone: Collection[int] = ()) -> range:
        """The run of segments in no link around a group of them, so far at most; empty around others."""

        def loose(k: int) -> bool:
            return 0 <= k < len(self._alone[side]) and k not in self._links[side] and k not in gone

        if not all(map(loose, group)):
            return range(0)
        start, stop = group[0], group[-1] + 1
        while group[0] - start < _REACH and loose(start - 1):
            start -= 1
        while stop - group[-1] <= _REACH and loose(stop):
            stop += 1
        return range(start, stop)

    def firm(self, side: int, k: int) -> bool:
        """Whether a segment is linked to a single one that it clearly answers."""
        return k in self._firmly[side]

    def firm_segments(self, side: int) -> Integers:
        """All segments of a side that are linked so."""
        return self._firm[side]

    def promising(self, pairs: Sequence[Pair], price: float) -> list[Pair]:
        """Those whose growth may be above a price, as if larger links lost nothing by what is taken from them."""
        self._weigh(pairs)
        likely = [pair for pair in pairs if self._known[pair] - self._loosened(pair) > price]
        return [
            pair
            for pair in likely
            if self._growth(pair, [k for k in self._broken(pair) if len(k[0] + k[1]) == 2]) > price
        ]

    def growth(self, pair: Pair) -> float:
        """How much the whole would be worth more with this link, and without what it breaks."""
        return self._growth(pair, self._broken(pair))

    def _growth(self, pair: Pair, broken: Sequence[Pair]) -> float:
        lost = sum(self._worth(link) - self._remains(link, pair) for link in broken)
        return float(self._worth(pair) - self._loosened(pair) - lost)

    def _broken(self, pair: Pair) -> list[Pair]:
        return sorted({self._links[side][k] for side in (0, 1) for k in pair[side] if k in self._links[side]})

    def _loosened(self, pair: Pair) -> float:
        """What leaving alone those of its segments that are in no link adds to the whole."""
        return float(sum(self._alone[side][k] for side in (0, 1) for k in pair[side] if k not in self._links[side]))

    def _weigh(self, pairs: Sequence[Pair]) -> Floats:
        cosines, worths = self._evidence.worths(pairs, self._prices)
        self._known.update(zip(pairs, worths.tolist(), strict=True))
        return cosines

    def _worth(self, pair: Pair) -> float:
        if pair not in self._known:
            self._weigh([pair])
        return self._known[pair]

    def _remains(self, link: Pair, gone: Pair) -> float:
        """What is left of a link when some of its segments go."""
        left: Pair = (_without(link[0], gone[0]), _without(link[1], gone[1]))
        alone = float(sum(self._alone[side][k] for side in (0, 1) for k in left[side]))
        return max(alone, self._worth(left)) if all(left) else alone


def _without(segments: Group, gone: Group) -> Group:
    return tuple(k for k in segments if k not in gone)


class _Postings:
    """For each feature that is not too common, the segments it is in."""

    def __init__(self, vectors: Vectors, frequency: Floats) -> None:
        kept = np.flatnonzero(frequency[vectors.ids] <= _COMMON)
        order = kept[np.argsort(vectors.ids[kept], kind="stable")]
        self._rows, self._values = vectors.rows()[order], vectors.values[order]
        counts = np.bincount(vectors.ids[order], minlength=len(frequency))
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._count = len(vectors)

    def products(self, ids: Integers, values: Floats) -> Floats:
        """Dot products of a vector with every segment."""
        lengths = self._starts[ids + 1] - self._starts[ids]
        places = np.arange(lengths.sum()) + np.repeat(self._starts[ids] - np.cumsum(lengths) + lengths, lengths)
        weights = self._values[places] * np.repeat(values, lengths)
        return np.bincount(self._rows[places], weights, self._count).astype(np.float64)
