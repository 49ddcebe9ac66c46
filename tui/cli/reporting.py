"""`--report`: what people and other programs read of a review."""

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from metrics.model import Passage, Review

if TYPE_CHECKING:
    from metrics.gates import Outcome
    from metrics.mqm.model import State
    from metrics.reports.report import Said
    from tui.cli.session import Said as Judged

Command = TypeVar("Command", bound=Callable[..., Any])


def report_option(command: Command) -> Command:
    """Which reports are written, and where they go."""
    from metrics.reports import FORMATS

    option = click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT[=FILE]",
        help=f"Write a report, as often as wanted: {', '.join(FORMATS)}. Without a file it takes the place of the "
        "summary.",
    )
    return option(command)


def check_reports(specs: Sequence[str]) -> bool:
    """Whether one of the reports takes the place of the summary. Raises `UsageError` before anything is done."""
    if not specs:
        return False
    from metrics.reports.writing import destinations

    return any(each.path is None for each in destinations(specs))


def write(
    specs: Sequence[str],
    review: Review,
    passages: Sequence[Passage],
    order: str,
    shown: int,
    done: "Sequence[Outcome]",
    judged: "Judged | None",
) -> None:
    """Write all reports. Raises `UsageError`, and `UnwritableFile` where one cannot be written."""
    from metrics.mqm.disagreement import disagreements
    from metrics.mqm.scorecard import fitting
    from metrics.ranking import ordered
    from metrics.reports.report import DocumentReport, Report
    from metrics.reports.writing import write_reports

    document = DocumentReport(
        review,
        tuple(passages),
        _said(review, judged.state) if judged else {},
        judged.left_out if judged else None,
        tuple(done),
        disagreements=disagreements(review, ordered(passages), judged.state) if judged else None,
    )
    label = fitting(judged.state).label if judged else str
    write_reports(specs, Report((document,), order, shown=shown, label=label), sys.stdout)


def _said(review: Review, state: "State") -> "Mapping[str, Said]":
    """What reviewers said, by passage."""
    from metrics.mqm.model import Annotation, Disposition
    from metrics.mqm.proposals import is_dismissed
    from metrics.reports.report import Said

    annotations: defaultdict[str, list[Annotation]] = defaultdict(list)
    dispositions: defaultdict[str, list[tuple[str, Disposition]]] = defaultdict(list)
    for annotation in state.annotations.values():
        annotations[annotation.unit].append(annotation)
    for (unit, reviewer), disposition in state.dispositions.items():
        dispositions[unit].append((reviewer, disposition))
    reviewers = {reviewer for reviewer, _, _ in state.dismissed}
    said = {}
    for passage in review.passages:
        dismissed = tuple(
            finding
            for finding in passage.findings
            if any(is_dismissed(state.dismissed, who, review, passage, finding) for who in reviewers)
        )
        if passage.id in annotations or passage.id in dispositions or dismissed:
            said[passage.id] = Said(tuple(annotations[passage.id]), tuple(dispositions[passage.id]), dismissed)
    return said
