"""SARIF 2.1.0 (OASIS), as code scanning reads it: a result for each bad passage, a rule for each kind of finding."""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import metrics
from metrics.findings import KINDS
from metrics.model import Document, Span
from metrics.reports.remarks import LEVELS, LOW_SCORE, LOW_SCORE_HELP, Positions, Remark, remarks, worst
from metrics.reports.report import Entry, Report
from metrics.visible import clean

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What GitHub takes of a run; it shows 5,000.
MOST = 25_000


def sarif(report: Report) -> str:
    """One run. Results stand in the order of all passages, at the candidate's own lines and columns.

    A result's rule is what was marked first, or else what was found and costs most; its level is that of the worst
    remark. What else is to be told of the passage, and where the reference says it, are related locations.
    `partialFingerprints` hang on the texts of the passage alone, so they outlive edits elsewhere. Of more than `MOST`
    bad passages the first are taken, and a notification tells how many were left away.
    """
    entries = [entry for entry in report.entries if entry.bad]
    rules = [*KINDS, LOW_SCORE]
    help_texts = {**KINDS, LOW_SCORE: LOW_SCORE_HELP}
    for entry in entries[:MOST]:
        for annotation in entry.said.annotations:
            if annotation.category not in help_texts:
                rules.append(annotation.category)
                help_texts[annotation.category] = f"a reviewer marked: {report.label(annotation.category)}"
    numbers = {name: number for number, name in enumerate(rules)}
    positions = {
        id(each): (Positions(each.review.candidate), Positions(each.review.reference)) for each in report.documents
    }
    run = {
        "tool": {
            "driver": {
                "name": "bleupencil",
                "version": metrics.__version__,
                "semanticVersion": metrics.__version__,
                "rules": [_rule(name, help_texts[name]) for name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(entries) - MOST)],
        "results": [_result(report, entry, numbers, *positions[id(entry.document)]) for entry in entries[:MOST]],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _invocation(left: int) -> dict[str, Any]:
    told = f"{left} more passages are bad, and not among the results: a run may have {MOST:,}"
    notes = [{"level": "warning", "message": {"text": told}}] if left > 0 else []
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


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
