"""The scorecard for people, and as JSON, schema 1: keys are added, never changed."""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import metrics
from metrics.model import Severity
from metrics.mqm.penalties import Formula, Scheme, per_thousand
from metrics.mqm.scorecard import Judged, Result, Row, Scorecard, Tally
from metrics.mqm.store import Orphan
from metrics.visible import clean, columns
from metrics.wording import count

SCHEMA = 1
_WIDTH = 100
_LABEL = 44
_NAME = 20


def scorecard_text(card: Scorecard, session: str, per_unit: bool = False, orphans: Sequence[Orphan] = ()) -> str:
    """The scorecard, and with `per_unit` each passage that is reviewed and counts, most penalty points first.

    Below these stand the `orphans` with their old texts.
    """
    parts = [*_head(card, session), *_errors(card), *_scores(card), *_groups(card), *_verdict(card)]
    if per_unit:
        parts += ["", *_passages(card), *_orphans(orphans)]
    return "\n".join(parts)


def scorecard_json(card: Scorecard, session: str, per_unit: bool = False, orphans: Sequence[Orphan] = ()) -> str:
    """All of the scorecard, unrounded; with `per_unit` every passage, in document order, and the `orphans`."""
    report: dict[str, Any] = {
        "schema": SCHEMA,
        "version": metrics.__version__,
        "session": session,
        "typology": card.typology.name,
        "reviewers": card.reviewers,
        **_tally_json(card.total),
        "categories": [
            {
                "category": row.category,
                "label": row.label,
                "dimension": row.dimension.id if row.dimension else None,
                "known": row.known,
                "errors": row.errors,
            }
            for row in card.rows
        ],
        "stray": {"annotations": card.stray[0], "passages": card.stray[1]},
        "by_reviewer": [{"reviewer": tally.name, **_tally_json(tally)} for tally in card.by_reviewer],
        "by_system": [{"system": tally.name, **_tally_json(tally)} for tally in card.by_system],
        "verdict": {
            "scheme": card.total.results[-1].scheme.name,
            "passed": card.verdict.passed,
            "reason": card.verdict.reason,
        },
    }
    if per_unit:
        schemes = [result.scheme for result in card.total.results]
        report["units"] = [_unit_json(each, schemes) for each in card.passages]
        report["orphans"] = [_orphan_json(orphan) for orphan in orphans]
    return json.dumps(report, ensure_ascii=False, indent=1)


def _tally_json(tally: Tally) -> dict[str, Any]:
    names = ("reviewed", "counting", "all")
    return {
        "passages": dict(zip(names, tally.passages, strict=True)),
        "words": dict(zip(names, tally.words, strict=True)),
        "left_out": {
            reason: {"passages": passages, "words": words} for reason, (passages, words) in tally.left_out.items()
        },
        "errors": tally.errors,
        "schemes": [_result_json(result, tally.words[0]) for result in tally.results],
    }


def _result_json(result: Result, words: int) -> dict[str, Any]:
    scheme = result.scheme
    return {
        "scheme": scheme.name,
        "formula": scheme.formula,
        "penalty": result.penalty,
        "penalty_per_1000_words": per_thousand(result.penalty, words) if words else None,
        "score": result.score,
        "threshold": scheme.threshold if scheme.formula.judges else None,
        "acceptable": scheme.acceptable if scheme.formula is Formula.CALIBRATED else None,
    }


def _unit_json(judged: Judged, schemes: Sequence[Scheme]) -> dict[str, Any]:
    unit = judged.unit
    return {
        "id": unit.id,
        "position": unit.position,
        "system": unit.system,
        "document": unit.document,
        "segment": unit.segment,
        "line": unit.line,
        "left_out": judged.left_out or None,
        "penalties": {scheme.name: judged.penalty(scheme) for scheme in schemes},
        "reviewers": [
            {
                "reviewer": judgement.reviewer,
                "disposition": judgement.disposition,
                "annotations": len(judgement.annotations),
            }
            for judgement in judged.judgements
        ],
    }


def _orphan_json(orphan: Orphan) -> dict[str, Any]:
    return {
        "id": orphan.unit.id,
        "candidate": orphan.unit.candidate,
        "reference": orphan.unit.reference,
        "annotations": [asdict(annotation) for annotation in orphan.annotations],
        "dispositions": dict(orphan.dispositions),
    }


def _head(card: Scorecard, session: str) -> Iterator[str]:
    total = card.total
    reviewed, counting, everything = total.passages
    words, counting_words, all_words = total.words
    yield f"session    {clean(session)}: {count(everything, 'passage')}, {count(all_words, 'word')}"
    yield f"typology   {clean(card.typology.name)}"
    yield from _wrapped("reviewers  ", ", ".join(map(clean, card.reviewers)) or "none")
    share = f" ({words / counting_words:.1%})" if counting_words else ""
    yield f"reviewed   {words:,} of {count(counting_words, 'word')}{share} in {reviewed:,} of {counting:,} passages"
    if total.left_out:
        parts = (
            f"{reason}, {count(passages, 'passage')} of {count(words, 'word')}"
            for reason, (passages, words) in total.left_out.items()
        )
        yield from _wrapped("left out   ", "; ".join(parts))
    if card.stray[1]:
        marks, passages = count(card.stray[0], "annotation"), count(card.stray[1], "passage")
        yield f"orphaned   {marks} of {passages} that the texts no longer have: not counted; --per-unit lists them"


def _errors(card: Scorecard) -> Iterator[str]:
    yield ""
    title = "errors of all reviewers" if len(card.reviewers) > 1 else "errors"
    yield f"{title:<{_LABEL}}" + "".join(f"{severity:>10}" for severity in Severity) + f"{'all':>10}"
    places = [*card.typology.dimensions, None]
    for dimension in places:
        rows = [row for row in card.rows if row.dimension is dimension]
        if dimension is None and not rows:
            continue
        name = clean(dimension.name) if dimension else f"not in {clean(card.typology.name)}"
        yield _cells(name, _summed(rows))
        for row in rows:
            if dimension is None or row.category != dimension.id:
                name = clean(row.label).removeprefix(f"{clean(dimension.name)}/" if dimension else "")
                unknown = f" (not in {clean(card.typology.name)})" if dimension and not row.known else ""
                yield _cells(f"  {name}{unknown}", row.errors)
    yield _cells("all", card.total.errors)


def _summed(rows: Sequence[Row]) -> Mapping[Severity, int]:
    return {severity: sum(row.errors[severity] for row in rows) for severity in Severity}


def _cells(label: str, errors: Mapping[Severity, int]) -> str:
    return _padded(label, _LABEL) + "".join(f"{n:>10,}" for n in (*errors.values(), sum(errors.values())))


def _scores(card: Scorecard) -> Iterator[str]:
    yield ""
    yield f"{'scheme':<{_NAME}}{'penalty':>10}{'per 1,000 words':>17}{'score':>9}"
    for result in card.total.results:
        words = card.total.words[0]
        per = f"{per_thousand(result.penalty, words):.2f}" if words else "–"
        name = _padded(clean(result.scheme.name), _NAME)
        yield f"{name}{result.penalty:>10,.2f}{per:>17}{_score(result):>9}  {_meaning(result.scheme)}"


def _meaning(scheme: Scheme) -> str:
    if scheme.formula is Formula.MEAN:
        return "points per passage, lower is better"
    if scheme.formula is Formula.RAW:
        return f"of 100, threshold {scheme.threshold:g}"
    return f"of 100, threshold {scheme.threshold:g} at {scheme.acceptable:g} points per 1,000 words"


def _score(result: Result) -> str:
    return "–" if result.score is None else f"{result.score:.2f}"


def _groups(card: Scorecard) -> Iterator[str]:
    for title, tallies in (("reviewer", card.by_reviewer), ("system", card.by_system)):
        if tallies:
            yield ""
            names = "".join(
                f"{_padded(clean(result.scheme.name)[:11], 11, right=True)}" for result in card.total.results
            )
            yield f"{title:<{_NAME}}{'passages':>9}{'words':>9}{'left out':>10}{'errors':>8}{names}"
        for tally in tallies:
            out = tally.passages[2] - tally.passages[1]
            scores = "".join(f"{_score(result):>11}" for result in tally.results)
            counts = f"{tally.passages[0]:>9,}{tally.words[0]:>9,}{out:>10,}{sum(tally.errors.values()):>8,}"
            yield f"{_padded(clean(tally.name) or '(none)', _NAME)}{counts}{scores}"


def _verdict(card: Scorecard) -> Iterator[str]:
    verdict = card.verdict
    sign = {True: "PASS", False: "FAIL", None: "none"}[verdict.passed]
    yield ""
    yield f"verdict  {sign}  {clean(card.total.results[-1].scheme.name)}: {verdict.reason}"


def _passages(card: Scorecard) -> Iterator[str]:
    schemes = [result.scheme for result in card.total.results]
    reviewed = [each for each in card.passages if each.counting]
    penalties = {each.unit.id: [each.penalty(scheme) or 0.0 for scheme in schemes] for each in reviewed}
    yield "".join(_padded(clean(scheme.name)[:10], 11, right=True) for scheme in schemes) + "  passage"
    for each in sorted(reviewed, key=lambda each: (-penalties[each.unit.id][-1], each.unit.position)):
        values = "".join(f"{value:>11.2f}" for value in penalties[each.unit.id])
        room = _WIDTH - len(values) - 2
        yield f"{values}  {_cut(f'{_place(each)}{clean(each.unit.candidate or each.unit.reference)}', room)}"


def _orphans(orphans: Sequence[Orphan]) -> Iterator[str]:
    if orphans:
        yield ""
        yield "orphaned: what was said of texts that are there no longer"
    for orphan in orphans:
        unit = orphan.unit
        yield ""
        yield from _wrapped("  candidate  ", clean(unit.candidate) or "(nothing)")
        yield from _wrapped("  reference  ", clean(unit.reference) or "(nothing)")
        for reviewer, disposition in orphan.dispositions.items():
            yield f"    {clean(reviewer)}: {disposition}"
        for mark in orphan.annotations:
            words = unit.text(mark.side)[mark.start : mark.end]
            quoted = f"“{words}” in the {mark.side}" if words else "all of it"
            note = f" – {mark.note}" if mark.note else ""
            yield from _wrapped(
                f"    {clean(mark.reviewer)}: ", clean(f"{mark.severity} {mark.category}: {quoted}{note}")
            )


def _place(judged: Judged) -> str:
    unit = judged.unit
    names = " ".join(clean(name) for name in (unit.system, unit.document, unit.segment) if name)
    return f"{names or f'line {unit.line}' if unit.line or names else f'#{unit.position + 1}'}: "


def _cut(text: str, room: int) -> str:
    """`text` in at most `room` columns."""
    # What combines takes no column, but nobody looks for ten of it on one letter.
    head = text[: 10 * room]
    if columns(head) <= room and head == text:
        return text
    while columns(head) >= room:
        head = head[:-1]
    return f"{head}…"


def _padded(text: str, width: int, right: bool = False) -> str:
    text = _cut(text, width - 1)
    room = " " * (width - columns(text))
    return room + text if right else text + room


def _wrapped(label: str, text: str) -> Sequence[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=label, subsequent_indent=" " * len(label))
