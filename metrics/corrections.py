"""What a person does to an alignment: statements about segments, made from passages, and kept by content.

A correction names segments, and says how they are linked. It says nothing of others.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from metrics.errors import UsageError
from metrics.model import Kind, Link, Passage, Review
from metrics.segment_keys import segment_keys
from metrics.wording import count


class What(StrEnum):
    """What a correction does."""

    MERGE = "merge"
    SPLIT = "split"
    UNLINK = "unlink"
    LINK = "link"
    BOILERPLATE = "boilerplate"
    ADDED = "added"
    OMITTED = "omitted"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Correction:
    """These segments are linked like this.

    `links` are all by hand. A `MATCH` among them says that its sides answer each other; whether it is moved then
    depends on the links around it, and is found where the correction is applied, but for `ACCEPT`, which keeps what is.
    """

    what: What
    links: tuple[Link, ...]


def merge_previous(review: Review, passage: Passage) -> Correction:
    """Make one link of a passage and the one before it in the document. Raises `UsageError` where there is none."""
    return _merge(review, passage, -1)


def merge_next(review: Review, passage: Passage) -> Correction:
    """Make one link of a passage and the one behind it in the document. Raises `UsageError` where there is none."""
    return _merge(review, passage, 1)


def _merge(review: Review, passage: Passage, step: int) -> Correction:
    at = bisect_left(review.passages, passage.position, key=attrgetter("position")) + step
    if not 0 <= at < len(review.passages):
        end, other = ("first", "next") if step < 0 else ("last", "previous")
        raise UsageError(f"this is the {end} passage of the document: merge it with the {other} one")
    both = [passage, review.passages[at]]
    furniture = all(each.kind is Kind.BOILERPLATE for each in both)
    return Correction(What.MERGE, (_joined(review, both, Kind.BOILERPLATE if furniture else None),))


def split(review: Review, passage: Passage, candidate: int, reference: int) -> Correction:
    """Make two links of one: the first has so many of the first segments of each side, the second the others.

    A part that has one side alone is added or omitted. Raises `UsageError` where a part would be empty.
    """
    ours, theirs = passage.candidate.segments, passage.reference.segments
    if len(ours) + len(theirs) < 2:
        raise UsageError("this passage is a single sentence: there is nothing to split")
    if not (0 <= candidate <= len(ours) and 0 <= reference <= len(theirs)):
        raise UsageError(
            f"cannot split behind sentence {candidate} and {reference}: this passage has "
            f"{len(ours)} of the candidate and {len(theirs)} of the reference"
        )
    parts = (ours[:candidate], theirs[:reference]), (ours[candidate:], theirs[reference:])
    if not all(map(any, parts)):
        raise UsageError("one part of the split would be empty: move the cursor between two sentences")
    furniture = Kind.BOILERPLATE if passage.kind is Kind.BOILERPLATE else None
    return Correction(What.SPLIT, tuple(_link(review, *part, furniture) for part in parts))


def unlink(review: Review, passage: Passage) -> Correction:
    """Let each segment of a passage stand alone, added or omitted: so each can be linked anew.

    (To keep the sentences of a side together, mark the passage as added or omitted.) Furniture stays what it is.
    Raises `UsageError` for a single segment.
    """
    ours, theirs = passage.candidate.segments, passage.reference.segments
    if len(ours) + len(theirs) < 2:
        raise UsageError("this passage is a single sentence: there is nothing to unlink")
    furniture = Kind.BOILERPLATE if passage.kind is Kind.BOILERPLATE else None
    alone = [_link(review, (i,), (), furniture) for i in ours] + [_link(review, (), (j,), furniture) for j in theirs]
    return Correction(What.UNLINK, tuple(alone))


def link(review: Review, passages: Sequence[Passage]) -> Correction:
    """Make one link of some passages, wherever they stand; of a single one where its sides are not linked yet.

    Raises `UsageError` where that is so already, or a side is missing.
    """
    chosen = list({passage.id: passage for passage in passages}.values())
    for side, empty in (
        ("candidate", not any(passage.candidate.segments for passage in chosen)),
        ("reference", not any(passage.reference.segments for passage in chosen)),
    ):
        if empty:
            raise UsageError(f"a link needs both texts: choose a passage with text of the {side}, too")
    if len(chosen) == 1 and chosen[0].kind.linked:
        raise UsageError("this passage is linked already: choose another one to link it with")
    return Correction(What.LINK, (_joined(review, chosen, None),))


def mark(passage: Passage, kind: Kind) -> Correction:
    """Say that a passage is boilerplate, added or omitted.

    A passage with both sides becomes one that is added and one that is omitted, whichever of the two is said; as
    boilerplate it stays one. Raises `UsageError` where it is of that kind already, or lacks the side.
    """
    ours, theirs = passage.candidate.segments, passage.reference.segments
    if passage.kind is kind:
        raise UsageError(f"this passage is {kind} already")
    if kind is Kind.BOILERPLATE:
        return Correction(What.BOILERPLATE, (Link(ours, theirs, kind, by_hand=True),))
    if kind.linked:
        raise UsageError(f"a passage cannot be marked as {kind}: link or accept it")
    if kind is Kind.ADDED and not ours:
        raise UsageError("this passage has no text of the candidate: mark it as omitted")
    if kind is Kind.OMITTED and not theirs:
        raise UsageError("this passage has no text of the reference: mark it as added")
    parts = Link(ours, (), Kind.ADDED, by_hand=True), Link((), theirs, Kind.OMITTED, by_hand=True)
    return Correction(What(kind.value), tuple(part for part in parts if part.candidate or part.reference))


def accept(passage: Passage) -> Correction:
    """Say that a passage's link is right as it is, whatever a newer aligner finds.

    Raises `UsageError` where a person made or accepted it already.
    """
    if passage.by_hand:
        raise UsageError("this link is made or accepted by hand already")
    ours, theirs = passage.candidate.segments, passage.reference.segments
    return Correction(What.ACCEPT, (Link(ours, theirs, passage.kind, float(passage.kind.linked), True),))


def body_of_correction(review: Review, correction: Correction) -> dict[str, Any]:
    """The correction as JSON has it, with its segments by their content: so it holds when others change.

    `{"what": …, "links": [{"candidate": [keys], "reference": [keys], "kind": …}]}`, keys as in `segment_keys`.
    """
    keys = segment_keys(review.candidate_segments).keys, segment_keys(review.reference_segments).keys
    return {
        "what": correction.what.value,
        "links": [
            {
                "candidate": [keys[0][i] for i in link.candidate],
                "reference": [keys[1][j] for j in link.reference],
                "kind": link.kind.value,
            }
            for link in correction.links
        ],
    }


def correction_of(review: Review, body: Mapping[str, Any]) -> Correction | None:
    """The correction that a body tells of; None where the texts have not all of its segments, or it makes no sense."""
    sides = segment_keys(review.candidate_segments).ids, segment_keys(review.reference_segments).ids
    try:
        links = tuple(
            _checked(
                tuple(sorted(sides[0][key] for key in each["candidate"])),
                tuple(sorted(sides[1][key] for key in each["reference"])),
                Kind(each["kind"]),
            )
            for each in body["links"]
        )
        what = What(body["what"])
    except (KeyError, ValueError, TypeError):
        return None
    for named in ([i for link in links for i in link.candidate], [j for link in links for j in link.reference]):
        if len(named) > len(set(named)):
            return None
    return Correction(what, links) if links else None


def _checked(ours: tuple[int, ...], theirs: tuple[int, ...], kind: Kind) -> Link:
    """A link by hand; `ValueError` where it lacks a side that its kind must have."""
    needed = {Kind.ADDED: bool(ours), Kind.OMITTED: bool(theirs), Kind.BOILERPLATE: bool(ours or theirs)}
    if not needed.get(kind, bool(ours and theirs)):
        raise ValueError(f"a link of kind {kind} with {count(len(ours + theirs), 'segment')} lacks a side")
    return Link(ours, theirs, kind, float(kind.linked), True)


def _joined(review: Review, passages: Sequence[Passage], kind: Kind | None) -> Link:
    ours = sorted(i for passage in passages for i in passage.candidate.segments)
    theirs = sorted(j for passage in passages for j in passage.reference.segments)
    return _link(review, tuple(ours), tuple(theirs), kind)


def _link(review: Review, ours: tuple[int, ...], theirs: tuple[int, ...], kind: Kind | None) -> Link:
    """Segments as a link by hand, of the kind that follows from them unless given: a blank line answers nothing."""
    if kind is None:
        words = (
            any(review.candidate_segments[i].text.strip() for i in ours),
            any(review.reference_segments[j].text.strip() for j in theirs),
        )
        if ours and theirs and words[0] == words[1]:
            kind = Kind.MATCH
        else:
            kind = Kind.ADDED if words[0] or not theirs else Kind.OMITTED
    return Link(ours, theirs, kind, float(kind.linked), True)
