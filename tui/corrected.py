"""The corrections of the alignment that are in force, as they are listed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from metrics.corrections import correction_of
from metrics.model import Link, Review
from metrics.mqm.model import Act


class Corrected(NamedTuple):
    """A correction: what was done, by whom and when, to which words, and the id of the passage they stand in now.

    Without a passage it fits the texts no longer.
    """

    what: str
    reviewer: str
    at: datetime
    text: str
    passage: str | None


def corrected(review: Review, patches: Iterable[Act]) -> tuple[Corrected, ...]:
    """The corrections of `patches`, which are in the order in which they were made."""
    sides: tuple[dict[int, str], dict[int, str]] = {}, {}
    for passage in review.passages:
        for side, excerpt in zip(sides, (passage.candidate, passage.reference), strict=True):
            side.update(dict.fromkeys(excerpt.segments, passage.id))
    listed = []
    for act in patches:
        correction = correction_of(review, act.body)
        text, name = ("", None) if correction is None else _place(review, correction.links[0], sides)
        listed.append(Corrected(str(act.body.get("what", "")), act.reviewer, _local(act.at), text, name))
    return tuple(listed)


def _place(review: Review, link: Link, sides: tuple[dict[int, str], dict[int, str]]) -> tuple[str, str]:
    if link.candidate:
        return review.candidate_segments[link.candidate[0]].text, sides[0][link.candidate[0]]
    return review.reference_segments[link.reference[0]].text, sides[1][link.reference[0]]


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone()
