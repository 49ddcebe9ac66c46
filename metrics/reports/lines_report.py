"""`file:line:column: severity: kind: message`, a line a remark, as compilers print and editors read it."""

from metrics.reports.remarks import LEVELS, Positions, remarks
from metrics.reports.report import Report
from metrics.visible import clean


def lines(report: Report) -> str:
    """What is to be told of each bad passage, in the order of the documents and their passages.

    The place is the candidate's, line and column from 1, columns in code points; what the candidate lacks is told
    where it would have stood. A critical or major error is an `error`, a minor one a `warning`, a neutral a `note`.
    """
    out = []
    for document in report.documents:
        positions = Positions(document.review.candidate)
        path = clean(document.review.candidate.path)
        for entry in document.entries:
            for remark in remarks(entry, report.label) if entry.bad else ():
                at = positions.at(remark.candidate.start)
                level = LEVELS[remark.severity]
                out.append(f"{path}:{at.line}:{at.column}: {level}: {clean(remark.kind)}: {clean(remark.message)}")
    return "".join(f"{line}\n" for line in out)
