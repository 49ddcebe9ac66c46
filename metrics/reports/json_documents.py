"""JSON of a report: a document as `score --format json` prints it, schema 1, with gates and what people said."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import metrics
from metrics.model import Score
from metrics.reports.json_pieces import dumped, filled
from metrics.reports.json_report import SCHEMA, scores_json, scores_value
from metrics.reports.report import DocumentReport, Outcome, Report


def documents_json(report: Report) -> Iterator[str]:
    """One document has the keys of `scores_json`; several are in a list under `documents`, below `scores` of all.

    Each of several has a `name`, and a `system` where it is of one; `failures` are the pairs that could not be scored,
    `systems` are their standings, where there are several, and the report's `more` keys stand there, too. Where there
    are gates, `gates` has the name of each, whether it passed (null: no verdict) and what decided it;
    where people said something, passages have `annotations` and `dispositions`, and where they were asked, documents
    have `disagreements`, with both lists in full.
    """
    if only := report.only:
        if report.outcomes or only.outcomes or only.said or only.disagreements:
            yield dumped(_document(only, report.outcomes))
        else:
            yield scores_json(only.review, only.passages, only.left_out)
        return
    scores, coverage = report.totals
    whole = {
        "schema": SCHEMA,
        "version": metrics.__version__,
        "scores": _scores(scores),
        **({"coverage": asdict(coverage)} if coverage else {}),
        **_gates(report.outcomes),
        **_systems(report),
        **report.more,
        "failures": [{**_named(each.name, each.system), "message": each.message} for each in report.failures],
        "documents": [],
    }
    yield from filled(whole, (dumped(_named(each.called, each.system) | _document(each)) for each in report.documents))


def _systems(report: Report) -> dict[str, Any]:
    if not report.systems:
        return {}
    from metrics.reports.systems_table import systems_json

    return {"systems": systems_json(report.systems)}


def _named(name: str, system: str) -> dict[str, Any]:
    return {"name": name, **({"system": system} if system else {})}


def _document(document: DocumentReport, outcomes: tuple[Outcome, ...] = ()) -> dict[str, Any]:
    value = scores_value(document.review, document.passages, document.left_out)
    value |= _gates((*outcomes, *document.outcomes))
    for entry, told in zip(document.entries, value["passages"], strict=True):
        if entry.passage.id in document.said:
            told["annotations"] = [asdict(annotation) for annotation in entry.said.annotations]
            told["dispositions"] = dict(entry.said.dispositions)
    if document.disagreements:
        from metrics.reports.disagreements import disagreements_json

        value["disagreements"] = disagreements_json(document.disagreements)
    return value


def _scores(scores: Mapping[str, Score]) -> dict[str, Any]:
    return {name: {"score": score.value, "signature": score.signature} for name, score in scores.items()}


def _gates(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    if not outcomes:
        return {}
    return {"gates": [{"name": each.name, "passed": each.passed, "told": each.told} for each in outcomes]}
