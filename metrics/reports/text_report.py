"""Text for people: the summary of each document, and with several the scores of all, and what the gates said."""

from collections.abc import Iterator

from metrics.reports.report import VERDICTS, Report
from metrics.reports.summary import summary
from metrics.visible import clean
from metrics.wording import count


def text(report: Report) -> str:
    """As `score` prints it."""
    parts = [
        summary(each.review, each.passages[: report.shown], report.order, each.left_out or ())
        for each in report.documents
    ]
    if len(report.documents) > 1:
        parts.append("\n".join(_all(report)))
    if report.gates:
        parts.append("\n".join(_gates(report)))
    return "\n\n".join(parts)


def _all(report: Report) -> Iterator[str]:
    scores, coverage = report.totals
    yield f"{count(len(report.documents), 'document')} together"
    width = max(map(len, scores), default=0)
    for name, score in scores.items():
        yield f"{name:<{width}}  {score.value:6.2f}  {score.signature}"
    if coverage:
        ours, theirs = coverage.candidate, coverage.reference
        yield f"coverage  {theirs:.1%} of the references' words, {ours:.1%} of the candidates'"


def _gates(report: Report) -> Iterator[str]:
    for where, outcome in report.gates:
        place = f"{clean(where)}: " if where and len(report.documents) > 1 else ""
        yield f"{VERDICTS[outcome.passed]}  {place}{clean(outcome.told)}"
