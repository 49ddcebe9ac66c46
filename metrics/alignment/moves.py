"""Passages that were moved: found where the monotone path leaves segments alone, or links them badly.

A path and its moves are worth the sum of their links, less the price of each segment left alone. A
move is made only where that sum grows by it, so never at the cost of links that are worth more.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from metrics.alignment.features import Features, Floats, Integers, Vectors
from metrics.alignment.groups import Groups, Prices
from metrics.alignment.path import Pair, share

#: A moved passage must be at least this similar, and more so the more places it might have come from.
_SIMILAR, _PER_DECADE = 0.2, 0.025
#: It leads the next best place for either side by this much.
_LEAD = 0.08
#: Passages move in blocks: right beside a moved one, this part of a typical link's cosine is enough.
_BESIDE = 0.3
#: Pairs this similar are not looked behind, nor answers looked at below this part of the bar.
_FIRM, _PART = 0.5, 0.7
#: So many answers are looked at for a segment; who has more has been repeated, not moved.
_FEW = 12
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
#: Features on more segments than this tell little of where a passage went, and would take most of the time.
_COMMON = 400


class MoveFinder:
    """Looks for answers across both texts, however far apart."""

    def __init__(self, features: Features, groups: Groups) -> None:
        self._groups = groups
        self._sides = features.candidate, features.reference
        self._norms = features.candidate.norms(), features.reference.norms()
        self._postings = tuple(_Postings(vectors, features.frequency) for vectors in self._sides)

    def find(self, links: Sequence[Pair], prices: Prices) -> list[Pair]:
        """Links across the order of `links`, best first, that are worth more than what they break."""
        held = _Held(links, self._groups, prices)
        loose = (len(self._sides[0]) - held.count(0)) * (len(self._sides[1]) - held.count(1))
        bar = _SIMILAR + _PER_DECADE * np.log10(max(1, loose))
        open_rows = [i for i in range(len(self._sides[0])) if not held.firm(0, i)]
        singles = [(i, j) for i in open_rows for j in self._answers(i, bar) if not held.firm(1, j)]
        pairs = {pair for single in singles for pair in self._around(*single)}
        pairs -= set(links)
        found = [(held.growth(*pair), pair) for pair in pairs if self._groups.cosine(*pair) >= bar]
        found = [item for item in found if item[0] > 0]
        found.sort(key=lambda item: (-item[0], item[1][0].start, item[1][1].start))
        accepted: list[Pair] = []
        for _, pair in found:
            if not any(share(pair, other) for other in accepted) and self._leads(*pair):
                accepted.append(pair)
                accepted += self._block(pair, accepted, held, _BESIDE * prices.typical)
        return accepted

    def _answers(self, i: int, bar: float) -> list[int]:
        """References that candidate i may answer, the most similar ones of many."""
        cosines = self._cosines(0, i)
        answers = np.flatnonzero(cosines >= _PART * bar)
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
        for p, q in _SHAPES:
            for ours in range(max(0, i - p + 1), min(i, len(self._sides[0]) - p) + 1):
                for theirs in range(max(0, j - q + 1), min(j, len(self._sides[1]) - q) + 1):
                    yield range(ours, ours + p), range(theirs, theirs + q)

    def _leads(self, ours: range, theirs: range) -> bool:
        """Whether no other place is nearly as similar: a repeated sentence is not a moved one."""
        best = rivals = 0.0
        for side, here, there in ((0, ours, theirs), (1, theirs, ours)):
            for k in here:
                cosines = self._cosines(side, k)
                best = max(best, float(cosines[there.start : there.stop].max()))
                cosines[there.start : there.stop] = 0
                rivals = max(rivals, float(cosines.max(initial=0)))
        return best - rivals >= _LEAD

    def _block(self, seed: Pair, taken: Sequence[Pair], held: "_Held", bar: float) -> list[Pair]:
        """What moved together with `seed`, before and behind it."""
        block: list[Pair] = []
        for forward in (True, False):
            last = seed
            while True:
                beside = [
                    (held.growth(*pair), pair)
                    for pair in self._beside(last, forward)
                    if self._groups.cosine(*pair) >= bar and not any(share(pair, other) for other in (*taken, *block))
                ]
                best = max(beside, key=lambda item: item[0], default=(0.0, seed))
                if best[0] <= 0:
                    break
                last = best[1]
                block.append(last)
        return block

    def _beside(self, pair: Pair, forward: bool) -> Iterator[Pair]:
        ours, theirs = pair
        for p, q in _SHAPES:
            i, j = (ours.stop, theirs.stop) if forward else (ours.start - p, theirs.start - q)
            if i >= 0 and j >= 0 and i + p <= len(self._sides[0]) and j + q <= len(self._sides[1]):
                yield range(i, i + p), range(j, j + q)


class _Held:
    """Which link holds each segment, and how much a change would be worth."""

    def __init__(self, links: Sequence[Pair], groups: Groups, prices: Prices) -> None:
        self._groups, self._prices = groups, prices
        self._by_segment: tuple[dict[int, Pair], dict[int, Pair]] = ({}, {})
        for link in links:
            for side, segments in enumerate(link):
                self._by_segment[side].update(dict.fromkeys(segments, link))
        self._worth = cache(self._linked)

    def count(self, side: int) -> int:
        """How many segments of a side are in a link."""
        return len(self._by_segment[side])

    def firm(self, side: int, k: int) -> bool:
        """Whether a segment is linked to a single one that it clearly answers."""
        link = self._by_segment[side].get(k)
        return link is not None and len(link[0]) == len(link[1]) == 1 and self._groups.cosine(*link) >= _FIRM

    def growth(self, ours: range, theirs: range) -> float:
        """How much the whole would be worth more with this link, and without what it breaks."""
        broken = {self._by_segment[0].get(i) for i in ours} | {self._by_segment[1].get(j) for j in theirs}
        before = after = 0.0
        alone = len(ours) + len(theirs)
        for link in broken - {None}:
            assert link is not None
            before += self._worth(*link)
            alone -= sum(k in ours for k in link[0]) + sum(k in theirs for k in link[1])
            after += self._remains(link, ours, theirs)
        return self._worth(ours, theirs) + after - before + alone * self._prices.gap

    def _linked(self, ours: range, theirs: range) -> float:
        return self._groups.worth(ours, theirs, self._prices)

    def _remains(self, link: Pair, ours: range, theirs: range) -> float:
        """What is left of a link when some of its segments go."""
        mine, other = _longest_left(link[0], ours), _longest_left(link[1], theirs)
        left = sum(k not in ours for k in link[0]) + sum(k not in theirs for k in link[1])
        alone = -self._prices.gap * left
        if not mine or not other:
            return alone
        kept = self._worth(mine, other) - self._prices.gap * (left - len(mine) - len(other))
        return max(alone, kept)


def _longest_left(segments: range, gone: range) -> range:
    """The longest run of `segments` that are not gone."""
    if gone.stop <= segments.start or segments.stop <= gone.start:
        return segments
    before, behind = range(segments.start, gone.start), range(gone.stop, segments.stop)
    return max(before, behind, key=len)


class _Postings:
    """For each feature that is not too common, the segments it is in."""

    def __init__(self, vectors: Vectors, frequency: Floats) -> None:
        kept = np.flatnonzero(frequency[vectors.ids] <= _COMMON)
        order = kept[np.argsort(vectors.ids[kept], kind="stable")]
        rows = np.repeat(np.arange(len(vectors)), np.diff(vectors.starts))
        self._rows, self._values = rows[order], vectors.values[order]
        counts = np.bincount(vectors.ids[order], minlength=len(frequency))
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._count = len(vectors)

    def products(self, ids: Integers, values: Floats) -> Floats:
        """Dot products of a vector with every segment."""
        lengths = self._starts[ids + 1] - self._starts[ids]
        places = np.arange(lengths.sum()) + np.repeat(self._starts[ids] - np.cumsum(lengths) + lengths, lengths)
        weights = self._values[places] * np.repeat(values, lengths)
        return np.bincount(self._rows[places], weights, self._count).astype(np.float64)
