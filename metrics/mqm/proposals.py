"""Findings as proposals of annotations: what a reviewer would call each, and how one is told from another."""

from collections.abc import Mapping

from metrics.model import Finding, Passage, Review, Span
from metrics.mqm.model import Side
from metrics.mqm.typology import Category, Typology
from metrics.places import Places

#: By kind of finding: names of the category, the one that says most first; some typology has it under another name.
_CATEGORIES: dict[str, tuple[str, ...]] = {
    "untranslated": ("accuracy/untranslated", "accuracy"),
    "mojibake": ("fluency/character-encoding", "fluency"),
    "unknown": ("fluency/spelling", "fluency"),
    "cut": ("accuracy/omission", "accuracy"),
    "omission": ("accuracy/omission", "accuracy"),
    "addition": ("accuracy/addition", "accuracy"),
    "doubled": ("accuracy/addition", "accuracy"),
    "fragment": ("fluency/spelling", "fluency"),
    "unbalanced": ("fluency/punctuation", "fluency"),
    "quotation": ("fluency/punctuation", "fluency"),
    "term": ("terminology/termbase", "terminology/inappropriate-for-context", "terminology"),
}
#: Kinds that tell of words in place of others, even where those are not known.
_REPLACED = ("near-miss", "order", "attribution")
_OMITTED, _ADDED = ("accuracy/omission", "accuracy"), ("accuracy/addition", "accuracy")
_OTHERWISE = ("accuracy/mistranslation", "accuracy")


def proposed_category(finding: Finding, typology: Typology) -> Category:
    """What a finding is as an error; where a typology has nothing like it, its first category."""
    if finding.kind in _CATEGORIES:
        names = _CATEGORIES[finding.kind]
    elif finding.candidate is None:
        names = _OMITTED
    else:
        names = _ADDED if finding.reference is None and finding.kind not in _REPLACED else _OTHERWISE
    found = (typology.find(name) for name in names)
    return next((category for category in found if category), None) or next(iter(typology.categories))


def proposed_span(review: Review, passage: Passage, finding: Finding) -> tuple[Side, Span]:
    """The side, and the range of its text, that a finding speaks of: the candidate's where there is one.

    The range is `(0, 0)`, the whole passage, where a finding has no place.
    """
    ours, theirs = finding_spans(review, passage, finding)
    if ours is not None:
        return Side.CANDIDATE, ours
    if theirs is not None:
        return Side.REFERENCE, theirs
    return (Side.CANDIDATE if passage.candidate.text else Side.REFERENCE), Span(0, 0)


def finding_spans(review: Review, passage: Passage, finding: Finding) -> tuple[Span | None, Span | None]:
    """The ranges of the passage's two texts that a finding speaks of."""
    sides = (
        (review.candidate, review.candidate_segments, passage.candidate, finding.candidate),
        (review.reference, review.reference_segments, passage.reference, finding.reference),
    )
    ours, theirs = (
        span and Places(document, segments, excerpt).text(span) for document, segments, excerpt, span in sides
    )
    return ours, theirs


def finding_key(review: Review, passage: Passage, finding: Finding) -> str:
    """How a dismissal names one finding of a passage, `KIND START-END START-END`: ranges of its texts, or `-`."""
    spans = finding_spans(review, passage, finding)
    return " ".join([finding.kind, *("-" if span is None else f"{span.start}-{span.end}" for span in spans)])


def is_dismissed(
    said: Mapping[tuple[str, str, str], int], reviewer: str, review: Review, passage: Passage, finding: Finding
) -> bool:
    """Whether a reviewer dismissed a finding; `said` is `State.dismissed`.

    What was said last of it, alone, among those of its kind in the passage or of all passages, decides.
    """
    wheres = (passage.id, finding.kind), ("", finding.kind), (passage.id, finding_key(review, passage, finding))
    return max((said.get((reviewer, *where), 0) for where in wheres), key=abs) > 0
