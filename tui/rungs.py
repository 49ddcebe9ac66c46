"""Two aligned texts as one descends them: sentence by sentence in each one's own order, linked ones side by side."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from metrics.model import Kind, Passage, Review

CANDIDATE, REFERENCE = 0, 1
#: Passages that are compared at once, to find those that changed.
_CHUNK = 1_000

_position = attrgetter("position")


class Spot(NamedTuple):
    """A place in the texts: the segment of an id, of the candidate (side 0) or of the reference (side 1)."""

    side: int
    segment: int


class Rung(NamedTuple):
    """A match; or of any other passage what stands together on one side, for its other half stands elsewhere.

    `candidate` and `reference` are half-open ranges of segments' ids. An empty one tells where its text goes on.
    """

    passage: Passage
    candidate: tuple[int, int]
    reference: tuple[int, int]

    @property
    def spot(self) -> Spot:
        """Its first segment."""
        return Spot(CANDIDATE, self.candidate[0]) if self.has(CANDIDATE) else Spot(REFERENCE, self.reference[0])

    def span(self, side: int) -> tuple[int, int]:
        """The range of a side."""
        return self.reference if side else self.candidate

    def has(self, side: int) -> bool:
        """Whether anything stands on a side."""
        start, end = self.span(side)
        return end > start

    def holds(self, spot: Spot) -> bool:
        """Whether a segment stands in it."""
        start, end = self.span(spot.side)
        return start <= spot.segment < end


class Rungs:
    """The rungs of a review, made from where one is: none is looked at that is not asked for.

    Matches stand side by side. Between two of them come the candidate's sentences, then the reference's. Every segment
    stands on one rung; the links may cross in whatever way.
    """

    def __init__(self, review: Review) -> None:
        self._passages: tuple[Passage, ...] = ()
        ours: list[Passage | None] = [None] * len(review.candidate_segments)
        theirs: list[Passage | None] = [None] * len(review.reference_segments)
        self._holders = ours, theirs
        self.follow(review)

    def follow(self, review: Review) -> None:
        """Take up that links of the same texts have changed."""
        old, self._passages = self._passages, review.passages
        for start in range(0, len(self._passages), _CHUNK):
            some = self._passages[start : start + _CHUNK]
            at = bisect_left(old, some[0].position, key=_position)
            # Most are the same objects, which costs next to nothing to compare.
            if old[at : at + len(some)] != some:
                self._hold(some)

    def _hold(self, passages: Sequence[Passage]) -> None:
        ours, theirs = self._holders
        for passage in passages:
            for i in passage.candidate.segments:
                ours[i] = passage
            for j in passage.reference.segments:
                theirs[j] = passage

    def passage(self, spot: Spot) -> Passage:
        """The passage that holds a segment. Raises `IndexError` where there is no such segment."""
        passage = self._holders[spot.side][spot.segment]
        assert passage is not None
        return passage

    def size(self, side: int) -> int:
        """How many segments a side has."""
        return len(self._holders[side])

    def ends(self) -> tuple[Spot, Spot] | None:
        """The first and the last segment as one descends; None where there is none."""
        if not self._passages:
            return None
        last = self._above(self.size(CANDIDATE), self.size(REFERENCE))
        first = self._below(0, 0)
        assert first is not None
        assert last is not None
        return first.spot, last.spot

    def at(self, spot: Spot) -> Rung:
        """The rung on which a segment stands."""
        passage = self.passage(spot)
        if _steady(passage):
            return _whole(passage)
        start, end = self._together(spot, -1), self._together(spot, 1) + 1
        if spot.side == CANDIDATE:
            before = self._steady_from(CANDIDATE, start - 1, -1)
            here = before.reference.segments[-1] + 1 if before is not None else 0
            return Rung(passage, (start, end), (here, here))
        after = self._steady_from(REFERENCE, end, 1)
        here = after.candidate.segments[0] if after is not None else self.size(CANDIDATE)
        return Rung(passage, (here, here), (start, end))

    def after(self, rung: Rung) -> Rung | None:
        """The next rung, or None behind the last."""
        return self._below(rung.candidate[1], rung.reference[1])

    def before(self, rung: Rung) -> Rung | None:
        """The rung before, or None before the first."""
        return self._above(rung.candidate[0], rung.reference[0])

    def neighbour(self, rung: Rung, step: int) -> Passage | None:
        """The passage of the next rung below (1) or above (-1) that is of another one."""
        here: Rung | None = rung
        while here is not None and here.passage.id == rung.passage.id:
            here = self.after(here) if step > 0 else self.before(here)
        return None if here is None else here.passage

    def _below(self, i: int, j: int) -> Rung | None:
        """The rung that begins with candidate segment i or reference segment j, or both."""
        ours, theirs = self._holder(CANDIDATE, i), self._holder(REFERENCE, j)
        # Where matches cross, one of them is taken apart.
        if ours is not None and (not _steady(ours) or ours.reference.segments[0] < j):
            return self._candidate_rung(i, self._together(Spot(CANDIDATE, i), 1) + 1, j)
        if theirs is not None and (not _steady(theirs) or theirs.candidate.segments[0] < i):
            return self._reference_rung(j, self._together(Spot(REFERENCE, j), 1) + 1, i)
        if ours is not None and ours is theirs:
            return _whole(ours)
        if ours is not None:
            return self._candidate_rung(i, self._together(Spot(CANDIDATE, i), 1) + 1, j)
        return None if theirs is None else self._reference_rung(j, self._together(Spot(REFERENCE, j), 1) + 1, i)

    def _above(self, i: int, j: int) -> Rung | None:
        """The rung that ends before candidate segment i or reference segment j, or both: `_below`, backwards."""
        ours, theirs = self._holder(CANDIDATE, i - 1), self._holder(REFERENCE, j - 1)
        if theirs is not None and (not _steady(theirs) or theirs.candidate.segments[0] >= i):
            return self._reference_rung(self._together(Spot(REFERENCE, j - 1), -1), j, i)
        if ours is not None and (not _steady(ours) or ours.reference.segments[0] >= j):
            return self._candidate_rung(self._together(Spot(CANDIDATE, i - 1), -1), i, j)
        if ours is not None and ours is theirs:
            return _whole(ours)
        if theirs is not None:
            return self._reference_rung(self._together(Spot(REFERENCE, j - 1), -1), j, i)
        return None if ours is None else self._candidate_rung(self._together(Spot(CANDIDATE, i - 1), -1), i, j)

    def _candidate_rung(self, start: int, end: int, j: int) -> Rung:
        return Rung(self.passage(Spot(CANDIDATE, start)), (start, end), (j, j))

    def _reference_rung(self, start: int, end: int, i: int) -> Rung:
        return Rung(self.passage(Spot(REFERENCE, start)), (i, i), (start, end))

    def _holder(self, side: int, segment: int) -> Passage | None:
        return self._holders[side][segment] if 0 <= segment < self.size(side) else None

    def _together(self, spot: Spot, step: int) -> int:
        """The last segment, going by `step`, of those of the same passage that follow each other."""
        passage, segment = self.passage(spot), spot.segment
        while self._holder(spot.side, segment + step) is passage:
            segment += step
        return segment

    def _steady_from(self, side: int, segment: int, step: int) -> Passage | None:
        """The first match from a segment on."""
        while (passage := self._holder(side, segment)) is not None:
            if _steady(passage):
                return passage
            segment += step
        return None


def _steady(passage: Passage) -> bool:
    """Whether a passage stands side by side: others cross it, or have a hole."""
    return passage.kind is Kind.MATCH and _run(passage.candidate.segments) and _run(passage.reference.segments)


def _run(segments: Sequence[int]) -> bool:
    return bool(segments) and segments[-1] - segments[0] == len(segments) - 1


def _whole(passage: Passage) -> Rung:
    ours, theirs = passage.candidate.segments, passage.reference.segments
    return Rung(passage, (ours[0], ours[-1] + 1), (theirs[0], theirs[-1] + 1))
