"""Where annotations go when the passages that they are on are cut or joined otherwise."""

from collections.abc import Iterable, Sequence
from typing import Any

from metrics.model import Passage, Review, Span
from metrics.mqm.journal import body_of
from metrics.mqm.model import Annotation, Side
from metrics.places import Places


def relocated(
    review: Review, before: Sequence[Passage], after: Sequence[Passage], annotations: Iterable[Annotation]
) -> list[dict[str, Any]]:
    """The fields of the annotations that go along with their words from passages to those that take their place.

    One whose words are divided goes where most of them are; one on a whole passage where the first of its side's text
    is. Those on a source, and those of passages that stay as they are, are not among them.
    """
    passages = {passage.id: passage for passage in before}
    bodies = []
    for annotation in annotations:
        place = _place(review, passages[annotation.unit], after, annotation)
        if place is not None and (place[0].id, *place[1]) != (annotation.unit, annotation.start, annotation.end):
            passage, span = place
            bodies.append(
                body_of(annotation) | {"unit": passage.id, "start": span.start, "end": span.end, "at": annotation.at}
            )
    return bodies


def _place(
    review: Review, passage: Passage, after: Sequence[Passage], annotation: Annotation
) -> tuple[Passage, Span] | None:
    if annotation.side is Side.SOURCE:
        return None
    whole = annotation.start == annotation.end
    text = (passage.candidate if annotation.side is Side.CANDIDATE else passage.reference).text
    if whole and not text:
        # The other side then says where the passage went.
        return next(((other, Span(0, 0)) for other in after if _shares(passage, other)), None)
    raw = _places(review, passage, annotation.side).raw(Span(0, 1) if whole else Span(annotation.start, annotation.end))
    found = [(other, _places(review, other, annotation.side).text(raw)) for other in after]
    passage, span = max(found, key=lambda each: each[1].end - each[1].start)
    if span.end == span.start:
        return None
    return passage, Span(0, 0) if whole else span


def _places(review: Review, passage: Passage, side: Side) -> Places:
    if side is Side.CANDIDATE:
        return Places(review.candidate, review.candidate_segments, passage.candidate)
    return Places(review.reference, review.reference_segments, passage.reference)


def _shares(one: Passage, other: Passage) -> bool:
    return any(
        set(ours.segments) & set(theirs.segments)
        for ours, theirs in ((one.candidate, other.candidate), (one.reference, other.reference))
    )
