"""Text for people: the summary of one document or of many, where people disagree with it, and what the gates said."""

from collections.abc import Iterator

from metrics.reports.gathering import Gathered, gates_left, gates_told, gather
from metrics.reports.report import VERDICTS, Report
from metrics.reports.several_summary import summary_lines
from metrics.reports.summary import summary
from metrics.visible import clean


def text(report: Report) -> Iterator[str]:
    """As `score` prints it, where marks and metric disagree in one document, and the gates; of many documents' gates
    those that failed first.
    """
    gathered = gather(report, report.shown)
    if only := report.only:
        yield summary(only.review, only.passages[: report.shown], report.order, only.left_out or ())
        if only.disagreements:
            from metrics.reports.disagreements import disagreements_text

            yield f"\n\n{disagreements_text(only.review, only.disagreements, report.shown)}"
    else:
        yield "\n".join(summary_lines(report, gathered))
    yield from (f"\n{line}" for line in _gates(report, gathered))


def _gates(report: Report, gathered: Gathered) -> Iterator[str]:
    told = gates_told(report, gathered)
    if told:
        yield ""
    for title, _, outcome in told:
        place = f"{clean(title)}: " if title and not report.only else ""
        yield f"{VERDICTS[outcome.passed]}  {place}{clean(outcome.told)}"
    if left := gates_left(gathered, told):
        yield left
