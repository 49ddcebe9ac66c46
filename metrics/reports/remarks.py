"""What is to be told of a passage, one by one and each at its place: for compilers' formats."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from metrics.model import Document, Severity, Span
from metrics.mqm.model import Annotation, Side
from metrics.places import Places
from metrics.reports.report import Entry

#: The kind of a remark on a passage that has a high risk, or was called an error, and nothing more.
LOW_SCORE = "low-score"
LOW_SCORE_HELP = "the passage is unlike the reference as a whole, though nothing in particular was found"

#: What compilers call a severity.
LEVELS: dict[Severity, str] = {
    Severity.NEUTRAL: "note",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_SEVERITIES = list(Severity)


class Remark(NamedTuple):
    """One thing to tell of a passage.

    `kind` is one of `metrics.findings.KINDS`, `LOW_SCORE` or a category of the typology. `candidate` is a range of the
    candidate's raw text, empty where it lacks something; `reference` one of the reference's, or None.
    """

    severity: Severity
    kind: str
    message: str
    candidate: Span
    reference: Span | None = None


def remarks(entry: Entry, label: Callable[[str], str]) -> list[Remark]:
    """What reviewers marked, then what was found, most points first; for a bad passage there is always one."""
    passage = entry.passage
    whole = Span(passage.candidate.start, passage.candidate.end)
    told = [_marked(entry, annotation, label, whole) for annotation in entry.said.annotations]
    told += [
        Remark(f.severity, f.kind, f.message, f.candidate if f.candidate is not None else whole, f.reference)
        for f in entry.findings
    ]
    if not told:
        scores = ", ".join(f"{name} {value:.1f}" for name, value in passage.scores.items())
        theirs = Span(passage.reference.start, passage.reference.end) if passage.reference.text else None
        told = [Remark(Severity.MINOR, LOW_SCORE, f"{scores}, with a risk of {passage.risk:.1f}", whole, theirs)]
    return told


def worst(told: Sequence[Remark]) -> Severity:
    """The highest severity of some remarks, of one at least."""
    return max((remark.severity for remark in told), key=_SEVERITIES.index)


def marked_words(entry: Entry, annotation: Annotation) -> str:
    """The words that an annotation is on, empty for the whole passage and for a source text, which is not at hand."""
    if annotation.side is Side.SOURCE:
        return ""
    passage = entry.passage
    excerpt = passage.candidate if annotation.side is Side.CANDIDATE else passage.reference
    return excerpt.text[annotation.start : annotation.end]


def annotation_told(entry: Entry, annotation: Annotation, label: Callable[[str], str]) -> tuple[str, str]:
    """An annotation for people: its severity and category, and where it is, by whom and with which note."""
    words = marked_words(entry, annotation)
    where = f"“{words}” of the {annotation.side}" if words else "the passage"
    note = f": {annotation.note}" if annotation.note else ""
    return f"{annotation.severity} {label(annotation.category)}", f"on {where}, {annotation.reviewer}{note}"


def _marked(entry: Entry, annotation: Annotation, label: Callable[[str], str], whole: Span) -> Remark:
    review, passage = entry.document.review, entry.passage
    words = marked_words(entry, annotation)
    message = " ".join(annotation_told(entry, annotation, label))
    ours, theirs = whole, None
    if words.strip():
        of_candidate = annotation.side is Side.CANDIDATE
        document, segments, excerpt = (
            (review.candidate, review.candidate_segments, passage.candidate)
            if of_candidate
            else (review.reference, review.reference_segments, passage.reference)
        )
        raw = Places(document, segments, excerpt).raw(Span(annotation.start, annotation.end))
        ours, theirs = (raw, None) if of_candidate else (whole, raw)
    return Remark(annotation.severity, annotation.category, message, ours, theirs)


class Position(NamedTuple):
    """A line and a column, both from 1; columns count code points."""

    line: int
    column: int


class Positions:
    """Where the characters of a text stand. Lines end with CR LF, CR or LF, as for `Excerpt.line`."""

    def __init__(self, document: Document) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(document.text))]

    def at(self, offset: int) -> Position:
        """The position of a character, or of the end of the text."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def region(self, span: Span) -> tuple[Position, Position]:
        """Where a range begins, and where it ends, exclusive."""
        return self.at(span.start), self.at(span.end)


class LatestPositions:
    """The positions of the texts that were asked for last: of as many as one document has."""

    def __init__(self) -> None:
        self._known: list[tuple[Document, Positions]] = []

    def of(self, document: Document) -> Positions:
        """Where the characters of a text stand."""
        for known, positions in self._known:
            if known is document:
                return positions
        positions = Positions(document)
        self._known = [*self._known[-1:], (document, positions)]
        return positions
