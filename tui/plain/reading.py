"""A passage as it is read out: one fact a line, what matters most first, every sign in words."""

from collections.abc import Iterator, Sequence

from metrics.model import Excerpt, Finding, Kind, Passage, Segment
from metrics.mqm.model import Annotation, Side
from metrics.mqm.telling import annotation_told, quoted
from metrics.selection import Filter, described
from metrics.wording import count
from metrics.words import pieces
from tui.desk import Desk
from tui.plain.differences import differences
from tui.plain.walk import Walk
from tui.said import SAID, nothing_in
from tui.surroundings import surroundings

#: Characters of a text that tell it from others in a list.
_OPENING = 60


def passage_read(walk: Walk) -> Iterator[str]:
    """The open passage: where and what it is, both texts, how they differ, what was found, what was marked."""
    passage, review = walk.passage, walk.desk.review
    yield f"{walk.row + 1} of {len(walk.passages)}, {_facts(walk.desk, passage)}."
    for name, segments, excerpt in (
        ("Candidate", review.candidate_segments, passage.candidate),
        ("Reference", review.reference_segments, passage.reference),
    ):
        before, after = surroundings(segments, excerpt, walk.context)
        yield from _context(f"{name} before", before)
        yield _text(name, passage.kind, excerpt)
        yield from _context(f"{name} after", after)
    if told := differences(passage):
        yield f"Differs: {'; '.join(told)}."
    yield from findings_read(walk)
    yield from marks_read(walk)


def row_read(walk: Walk, row: int) -> str:
    """One line of the queue."""
    passage = walk.passages[row]
    text = passage.candidate.text or passage.reference.text
    opening = text if len(text) <= _OPENING else text[: _OPENING - 1] + "…"
    here = "Here: " if row == walk.row else ""
    risk = "" if passage.kind is Kind.BOILERPLATE else f", risk {passage.risk:.1f}"
    return f"{here}{row + 1}, {passage.kind}{risk}, {_state(walk.desk, passage)}: {opening}"


def findings_read(walk: Walk) -> Iterator[str]:
    """The findings that are not dismissed; each keeps its number when others are."""
    passage = walk.passage
    shown = walk.desk.findings(passage)
    for number, finding in enumerate(passage.findings, 1):
        if finding in shown:
            yield finding_read(walk, finding, number)
    if dismissed := len(passage.findings) - len(shown):
        yield f"{count(dismissed, 'finding')} dismissed."


def finding_read(walk: Walk, finding: Finding, number: int) -> str:
    """One finding."""
    taken = " Taken." if walk.desk.taken(walk.passage, finding) is not None else ""
    return f"Finding {number}, {finding.kind}, {finding.severity}: {finding.message}.{taken}"


def marks_read(walk: Walk) -> Iterator[str]:
    """All reviewers' marks."""
    for number, mark in enumerate(walk.desk.annotations(walk.passage), 1):
        yield mark_read(walk, mark, number)


def mark_read(walk: Walk, mark: Annotation, number: int) -> str:
    """One mark."""
    return f"Mark {number}: {mark_told(walk, mark)}."


def mark_told(walk: Walk, mark: Annotation) -> str:
    """What a mark says, and whose it is if it is another's."""
    passage = walk.passage
    text = {Side.CANDIDATE: passage.candidate.text, Side.REFERENCE: passage.reference.text}.get(mark.side, "")
    told = annotation_told(mark, text, walk.desk.typology)
    if mark.side is not Side.CANDIDATE:
        told += f" in the {mark.side}"
    if mark.note:
        told += f", note: {mark.note}"
    if mark.reviewer != walk.desk.reviewer:
        told += f", by {mark.reviewer}"
    return told


def words_read(passage: Passage) -> Iterator[str]:
    """The words and punctuation marks of both sides with the numbers that `mark` knows them by."""
    for name, letter, text in (
        ("Candidate", "", passage.candidate.text),
        ("Reference", "r", passage.reference.text),
    ):
        listed = ", ".join(f"{letter}{number} {word.text}" for number, word in enumerate(pieces(text), 1))
        yield f"{name}: {listed or 'no words'}"


def risk_read(passage: Passage) -> str:
    """What the risk is the sum of."""
    terms = ", ".join(f"{term.label.replace(' ×', ' times ')} {term.points:.1f}" for term in passage.terms)
    return f"Risk {passage.risk:.1f}: {terms}." if terms else "Not scored."


def spoken(chosen: Filter) -> str:
    """A filter in words."""
    told = described(chosen).replace(" · ", ", ").replace("≥", "at least").replace("–", " to ")
    return told or "all passages"


def hits_read(walk: Walk) -> Iterator[str]:
    """The words of the open passage that were searched for."""
    if walk.search is None:
        return
    passage = walk.passage
    for name, text, hits in zip(
        ("candidate", "reference"),
        (passage.candidate.text, passage.reference.text),
        walk.search.hits(passage),
        strict=True,
    ):
        if hits:
            words = ", ".join(dict.fromkeys(quoted(text[hit.start : hit.end]) for hit in hits))
            yield f"Found in the {name}: {words}."


def _facts(desk: Desk, passage: Passage) -> str:
    parts = [str(passage.kind), count(passage.words, "word")]
    if passage.kind is Kind.BOILERPLATE:
        parts.append("not scored")
    else:
        parts += [f"{name} {passage.scores[name]:.1f}" for name in ("chrF", "BLEU") if name in passage.scores]
        parts.append(f"risk {passage.risk:.1f}")
    if passage.by_hand:
        parts.append("linked by hand")
    parts.append(_state(desk, passage))
    return ", ".join(parts)


def _state(desk: Desk, passage: Passage) -> str:
    disposition = desk.disposition(passage)
    if disposition is not None:
        return SAID[disposition]
    return "marked" if desk.reviewed(passage) else "not reviewed"


def _text(name: str, kind: Kind, excerpt: Excerpt) -> str:
    if not excerpt.text:
        return f"{name}: {nothing_in(kind, name.lower(), bool(excerpt.segments))}."
    sentences = f", {len(excerpt.segments)} sentences" if len(excerpt.segments) > 1 else ""
    return f"{name}, line {excerpt.line}{sentences}: {excerpt.text}"


def _context(label: str, segments: Sequence[Segment]) -> Iterator[str]:
    if segments:
        yield f"{label}: {' '.join(segment.text for segment in segments)}"
