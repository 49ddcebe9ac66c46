"""Corrections of the alignment as they are meant on the screen, where one sentence stands below the other."""

from dataclasses import replace
from typing import NamedTuple, Self

from metrics import corrections
from metrics.corrections import Correction, What
from metrics.errors import UsageError
from metrics.model import Kind, Passage, Review


class Cut(NamedTuple):
    """Where a split cuts a passage: behind so many of its segments of each side."""

    candidate: int
    reference: int

    @classmethod
    def usual(cls, passage: Passage) -> Self:
        """Behind the first segment of each side."""
        return cls(min(1, len(passage.candidate.segments)), min(1, len(passage.reference.segments)))

    def moved(self, passage: Passage, side: int, step: int) -> Self:
        """With the cut of the candidate (0) or reference (1) so many places further; behind the last is the first."""
        places = len((passage.candidate, passage.reference)[side].segments) + 1
        cut = list(self)
        cut[side] = (cut[side] + step) % places
        return self._replace(candidate=cut[0], reference=cut[1])

    def divides(self, passage: Passage) -> bool:
        """Whether there is something on both sides of it."""
        return self not in ((0, 0), (len(passage.candidate.segments), len(passage.reference.segments)))


def merged(review: Review, passage: Passage, other: Passage) -> Correction:
    """Makes one link of two passages of which one stands right below the other.

    That is not always the next in the order of the document: the halves of a moved one stand elsewhere in it.
    """
    both = [passage, other]
    furniture = all(each.kind is Kind.BOILERPLATE for each in both)
    if not furniture and any(p.candidate.segments for p in both) and any(p.reference.segments for p in both):
        return replace(corrections.link(review, both), what=What.MERGE)
    make = corrections.merge_next if other.position > passage.position else corrections.merge_previous
    return make(review, passage)


def as_text(review: Review, passage: Passage) -> Correction:
    """Makes text of furniture, linked where it has both sides. Raises `UsageError` where it is text already."""
    if passage.kind is not Kind.BOILERPLATE:
        raise UsageError("this is text already: it can be marked as boilerplate")
    if passage.candidate.segments and passage.reference.segments:
        return corrections.link(review, [passage])
    return corrections.mark(passage, Kind.ADDED if passage.candidate.segments else Kind.OMITTED)
