"""Comma-separated values for spreadsheets, RFC 4180: a row a passage; no cell is a formula."""

import csv
import io
from collections.abc import Iterator

from metrics.reports.escaping import cell
from metrics.reports.remarks import annotation_told
from metrics.reports.report import Entry, Report

_BEFORE = ("candidate_file", "line", "reference_file", "reference_line", "rank", "passage", "kind", "words", "risk")
_AFTER = ("findings", "marks", "dispositions", "candidate", "reference")
_SEVERAL = ("name", "system")
#: Spreadsheets take a file for UTF-8 by it.
_BOM = "\ufeff"


def rows(report: Report) -> Iterator[str]:
    """The passages in the order of the documents and their passages; columns between risk and findings are scores.

    Texts are cleaned, and what a spreadsheet would take for a formula has an apostrophe in front. Where there are
    several documents, their names and systems stand in the last columns. A pair that could not be scored has no
    passage, and so no row.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    last = () if report.only else _SEVERAL
    names = list(dict.fromkeys(n for each in report.documents for p in each.passages for n in p.scores))
    writer.writerow([*_BEFORE, *names, *_AFTER, *last])
    yield _BOM + _taken(text)
    for document in report.documents:
        own = (document.called, document.system) if last else ()
        for rank, entry in enumerate(document.entries, 1):
            writer.writerow([cell(value) for value in (*_row(report, entry, rank, names), *own)])
        yield _taken(text)


def _taken(text: io.StringIO) -> str:
    """What was written since the last time."""
    told = text.getvalue()
    text.seek(0)
    text.truncate()
    return told


def _row(report: Report, entry: Entry, rank: int, names: list[str]) -> Iterator[str]:
    review, passage = entry.document.review, entry.passage
    yield review.candidate.path
    yield str(passage.candidate.line)
    yield review.reference.path
    yield str(passage.reference.line)
    yield str(rank)
    yield passage.id
    yield passage.kind
    yield str(passage.words)
    yield f"{passage.risk:.3f}"
    for name in names:
        yield f"{passage.scores[name]:.3f}" if name in passage.scores else ""
    yield "; ".join(f"{finding.kind}: {finding.message}" for finding in entry.findings)
    yield "; ".join(" ".join(annotation_told(entry, each, report.label)) for each in entry.said.annotations)
    yield "; ".join(f"{who}: {what}" for who, what in entry.said.dispositions)
    yield passage.candidate.text
    yield passage.reference.text
