"""SARIF 2.1.0 (OASIS), as code scanning reads it: a result for each bad passage, a rule for each kind of finding."""

import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import metrics
from metrics.findings import KINDS
from metrics.model import Document, Span
from metrics.reports.first import First
from metrics.reports.json_pieces import dumped, filled
from metrics.reports.remarks import (
    LEVELS,
    LOW_SCORE,
    LOW_SCORE_HELP,
    LatestPositions,
    Positions,
    Remark,
    remarks,
    worst,
)
from metrics.reports.report import Entry, Report
from metrics.visible import clean

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What GitHub takes of a run; it shows 5,000.
MOST = 25_000
#: Bytes that GitHub takes of a file, compressed by gzip.
LARGEST = 10_000_000
#: What is left of them for all that is not a result.
_ROOM = 0.9


def sarif(report: Report) -> Iterator[str]:
    """One run. Results stand in the order of all passages, at the candidate's own lines and columns.

    A result's rule is what was marked first, or else what was found and costs most; its level is that of the worst
    remark. What else is to be told of the passage, and where the reference says it, are related locations.
    `partialFingerprints` hang on the texts of the passage alone, so they outlive edits elsewhere. Of more than `MOST`
    bad passages, or `LARGEST` bytes, the first are taken, and a notification tells how many were left away. `artifacts`
    are the candidates, where there are several documents; pairs that could not be scored are notifications of an
    execution without success.
    """
    rules = {**KINDS, LOW_SCORE: LOW_SCORE_HELP}
    numbers = {name: number for number, name in enumerate(rules)}
    first: First[str] = First(MOST)
    places = LatestPositions()
    for key, entry in report.keyed():
        if entry.bad:
            first.offer(key, partial(_dumped, report, entry, rules, numbers, places))
    results = _fitting(first.kept)
    artifacts = [] if report.only else [_artifacts(report)]
    run = {
        "tool": {
            "driver": {
                "name": "bleupencil",
                "version": metrics.__version__,
                "semanticVersion": metrics.__version__,
                "rules": [_rule(name, told) for name, told in rules.items()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, first.offered - len(results))],
        **({"artifacts": []} if artifacts else {}),
        "results": [],
    }
    yield from filled({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, *artifacts, results)


def _fitting(results: list[str]) -> list[str]:
    """As many of the first results as `LARGEST` leaves room for."""
    packer, size = zlib.compressobj(), 0
    for number, result in enumerate(results):
        size += len(packer.compress(result.encode("utf-8", "backslashreplace")))
        if size > _ROOM * LARGEST:
            return results[:number]
    return results


def _invocation(report: Report, left: int) -> dict[str, Any]:
    notes = [
        {"level": "error", "message": {"text": _message(f"{each.title} could not be scored: {each.message}")}}
        for each in report.failures
    ]
    if left > 0:
        told = f"{left} more passages are bad, and not among the results: a run may have {MOST:,}"
        told += f", and a file {LARGEST // 1_000_000} MB when it is compressed"
        notes.append({"level": "warning", "message": {"text": told}})
    return {"executionSuccessful": not report.failures, "toolExecutionNotifications": notes}


def _artifacts(report: Report) -> Iterator[str]:
    """The candidates as JSON, each once: the standard's schema wants them to differ."""
    seen: set[tuple[str, str]] = set()
    for document in report.documents:
        told = _uri(document.review.candidate.path), _message(document.title)
        if told not in seen:
            seen.add(told)
            uri, title = told
            yield dumped({"location": {"uri": uri}, "roles": ["analysisTarget"], "description": {"text": title}})


def _dumped(
    report: Report, entry: Entry, rules: dict[str, str], numbers: dict[str, int], places: LatestPositions
) -> str:
    """A result as JSON; categories that nobody marked before become rules."""
    for annotation in entry.said.annotations:
        if annotation.category not in rules:
            numbers[annotation.category] = len(rules)
            rules[annotation.category] = f"a reviewer marked: {report.label(annotation.category)}"
    review = entry.document.review
    return dumped(_result(report, entry, numbers, places.of(review.candidate), places.of(review.reference)))


def _rule(name: str, told: str) -> dict[str, Any]:
    sentence = _message(f"{told[0].upper()}{told[1:]}.")
    return {
        "id": clean(name),
        "name": "".join(part.capitalize() for part in clean(name).replace("/", "-").split("-")),
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": sentence},
        "help": {"text": sentence},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["translation"]},
    }


def _result(
    report: Report, entry: Entry, rules: Mapping[str, int], ours: Positions, theirs: Positions
) -> dict[str, Any]:
    review, passage = entry.document.review, entry.passage
    told = remarks(entry, report.label)
    first, *more = told
    related = [((review.candidate, ours, remark.candidate), _told(remark)) for remark in more]
    related += [
        ((review.reference, theirs, remark.reference), f"in the reference: {_told(remark)}")
        for remark in told
        if remark.reference is not None
    ]
    return {
        "ruleId": clean(first.kind),
        "ruleIndex": rules[first.kind],
        "level": LEVELS[worst(told)],
        "message": {"text": _message("; ".join(map(_told, told)))},
        "locations": [{"physicalLocation": _place(review.candidate, ours, first.candidate)}],
        "relatedLocations": [
            {"id": number, "physicalLocation": _place(*where), "message": {"text": _message(what)}}
            for number, (where, what) in enumerate(related, 1)
        ],
        "partialFingerprints": {"primaryLocationLineHash": passage.id, "bleupencilPassage/v1": passage.id},
        "properties": {"risk": passage.risk, "kind": passage.kind, "scores": dict(passage.scores)},
    }


def _told(remark: Remark) -> str:
    return f"{remark.kind}: {remark.message}"


def _message(text: str) -> str:
    """`text` as a plain text message: links and placeholders (SARIF 2.1.0, 3.11.5 and 3.11.6) are none in it."""
    for sign in "\\[]":
        text = text.replace(sign, f"\\{sign}")
    return clean(text).replace("{", "{{").replace("}", "}}")


def _place(document: Document, positions: Positions, span: Span) -> dict[str, Any]:
    start, end = positions.region(span)
    return {
        "artifactLocation": {"uri": _uri(document.path)},
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    }


def _uri(path: str) -> str:
    """A relative path as a relative reference, an absolute one as a file's URI; GitHub takes both."""
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    # Without ./ what stands before a colon would be a scheme.
    uri = quote(pure.as_posix(), errors="surrogateescape", safe="/")
    return uri or "."
