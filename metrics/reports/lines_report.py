"""`file:line:column: severity: kind: message`, a line a remark, as compilers print and editors read it."""

from collections.abc import Iterator

from metrics.reports.remarks import LEVELS, Positions, remarks
from metrics.reports.report import Report
from metrics.visible import clean

#: The kind of what is told of a pair that could not be scored.
NOT_SCORED = "not-scored"


def lines(report: Report) -> Iterator[str]:
    """What is to be told of each bad passage, in the order of the documents and their passages.

    The place is the candidate's, line and column from 1, columns in code points; what the candidate lacks is told
    where it would have stood. A critical or major error is an `error`, a minor one a `warning`, a neutral a `note`.
    A pair that could not be scored comes before, as an error of its name.
    """
    for failure in report.failures:
        yield f"{clean(failure.title)}: error: {NOT_SCORED}: {clean(failure.message)}\n"
    for document in report.documents:
        positions = Positions(document.review.candidate)
        path = clean(document.review.candidate.path)
        for entry in document.entries:
            for remark in remarks(entry, report.label) if entry.bad else ():
                at = positions.at(remark.candidate.start)
                level = LEVELS[remark.severity]
                yield f"{path}:{at.line}:{at.column}: {level}: {clean(remark.kind)}: {clean(remark.message)}\n"
