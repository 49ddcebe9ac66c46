"""JUnit's XML, as Jenkins, GitLab and GitHub's test reporters read it: a suite a document, a case a gate."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from metrics.reports.escaping import xml
from metrics.reports.remarks import Positions, remarks
from metrics.reports.report import DocumentReport, Failure, Outcome, Report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def junit(report: Report) -> Iterator[str]:
    """A case for each document and gate, and for the gates on all together; a document without gates has one case.

    A gate that failed is a `failure`, one without a verdict is `skipped`. Gates on all belong to the document where
    there is one only, else to a suite of their own, `all documents`. A suite's `system-out` has its scores and the
    worst passages that are bad, `file:line` first. A pair that could not be scored is a suite whose case is an `error`.
    """
    from xml.etree import ElementTree

    only = report.only is not None
    counts = Counter(errors=len(report.failures), tests=len(report.failures))
    if report.outcomes and not only:
        counts.update(_counts(report.outcomes))
    for document in report.documents:
        counts.update(_counts((*report.outcomes, *document.outcomes) if only else document.outcomes))
    names = ("tests", "failures", "skipped", "errors")
    root = ElementTree.Element("testsuites", {"name": "bleupencil", **{name: str(counts[name]) for name in names}})
    head = ElementTree.tostring(root, encoding="unicode").removesuffix(" />")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>\n'
    for document in report.documents:
        outcomes = (*report.outcomes, *document.outcomes) if only else document.outcomes
        suite = _suite(document.title, document.review.candidate.path, outcomes)
        ElementTree.SubElement(suite, "system-out").text = xml_lines(_told(report, document))
        yield _printed(suite)
    for failure in report.failures:
        yield _printed(_failed(failure))
    if report.outcomes and not only:
        yield _printed(_suite("all documents", "", report.outcomes))
    yield "</testsuites>\n"


def _printed(suite: "Element") -> str:
    from xml.etree import ElementTree

    ElementTree.indent(suite, " ", level=1)
    return f" {ElementTree.tostring(suite, encoding='unicode')}\n"


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """What a suite of these gates holds; without any it has one case."""
    return {
        "tests": len(outcomes) or 1,
        "failures": sum(outcome.passed is False for outcome in outcomes),
        "errors": 0,
        "skipped": sum(outcome.passed is None for outcome in outcomes),
    }


def _failed(failure: Failure) -> "Element":
    from xml.etree.ElementTree import SubElement

    suite = _suite(failure.title, "", ())
    suite.set("errors", "1")
    message = xml(failure.message)
    SubElement(suite[0], "error", {"type": "pair", "message": message}).text = message
    return suite


def xml_lines(lines: Sequence[str]) -> str:
    """Lines of text that XML can hold."""
    return "".join(f"{xml(line)}\n" for line in lines)


def _suite(name: str, path: str, outcomes: Sequence[Outcome]) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    counts = {key: str(number) for key, number in _counts(outcomes).items()}
    suite = Element("testsuite", {"name": xml(name), **counts, "time": "0"})
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
    for entry in islice((entry for entry in document.entries if entry.bad), report.shown):
        first, *more = remarks(entry, report.label)
        line = positions.at(first.candidate.start).line
        others = f" (and {len(more)} more)" if more else ""
        told.append(
            f"{review.candidate.path}:{line}: risk {entry.passage.risk:.1f}: {first.kind}: {first.message}{others}"
        )
    return told
