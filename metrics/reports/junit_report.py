"""JUnit's XML, as Jenkins, GitLab and GitHub's test reporters read it: a suite a document, a case a gate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from metrics.reports.escaping import xml
from metrics.reports.remarks import Positions, remarks
from metrics.reports.report import DocumentReport, Outcome, Report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def junit(report: Report) -> str:
    """A case for each document and gate, and for the gates on all together; a document without gates has one case.

    A gate that failed is a `failure`, one without a verdict is `skipped`. Gates on all belong to the document where
    there is one only, else to a suite of their own, `all documents`. A suite's `system-out` has its scores and the
    worst passages that are bad, `file:line` first.
    """
    from xml.etree import ElementTree

    root = ElementTree.Element("testsuites", name="bleupencil")
    only = len(report.documents) == 1
    for document in report.documents:
        outcomes = (*report.outcomes, *document.outcomes) if only else document.outcomes
        path = document.review.candidate.path
        suite = _suite(root, path, path, outcomes)
        ElementTree.SubElement(suite, "system-out").text = xml_lines(_told(report, document))
    if report.outcomes and not only:
        _suite(root, "all documents", "", report.outcomes)
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("errors", "0")
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def xml_lines(lines: Sequence[str]) -> str:
    """Lines of text that XML can hold."""
    return "".join(f"{xml(line)}\n" for line in lines)


def _suite(root: "Element", name: str, path: str, outcomes: Sequence[Outcome]) -> "Element":
    from xml.etree.ElementTree import SubElement

    failures = sum(outcome.passed is False for outcome in outcomes)
    skipped = sum(outcome.passed is None for outcome in outcomes)
    counts = {"tests": len(outcomes) or 1, "failures": failures, "errors": 0, "skipped": skipped}
    suite = SubElement(
        root, "testsuite", {"name": xml(name), **{key: str(n) for key, n in counts.items()}, "time": "0"}
    )
    names = [outcome.name for outcome in outcomes] or ["scored"]
    file = {"file": xml(path)} if path else {}
    cases = [
        SubElement(suite, "testcase", {"name": xml(each), "classname": xml(name), **file, "time": "0"})
        for each in names
    ]
    for case, outcome in zip(cases, outcomes, strict=False):
        if outcome.passed is False:
            failure = SubElement(case, "failure", {"type": "gate", "message": xml(outcome.told)})
            failure.text = xml(outcome.told)
        elif outcome.passed is None:
            SubElement(case, "skipped", {"message": xml(outcome.told)})
    return suite


def _told(report: Report, document: DocumentReport) -> list[str]:
    review = document.review
    told = [f"{score.name} {score.value:.2f}  {score.signature}" for score in review.scores.values()]
    told.append(f"coverage {review.coverage.reference:.1%} of the reference's words")
    positions = Positions(review.candidate)
    for entry in [entry for entry in document.entries if entry.bad][: report.shown]:
        first, *more = remarks(entry, report.label)
        line = positions.at(first.candidate.start).line
        others = f" (and {len(more)} more)" if more else ""
        told.append(
            f"{review.candidate.path}:{line}: risk {entry.passage.risk:.1f}: {first.kind}: {first.message}{others}"
        )
    return told
