"""What `agree` prints: text for people, and JSON, schema 1, where keys are added and never changed."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import metrics
from metrics.mqm.agreement import Agreement, Dispute, Pair
from metrics.mqm.coefficients import Figure
from metrics.mqm.model import Annotation, Side, Unit
from metrics.mqm.panel import LEVELS, Judgement, Panel
from metrics.mqm.span_agreement import SpanFigures
from metrics.visible import clean, columns
from metrics.wording import count

_WIDTH = 100
_LINES = 5
_QUOTED = 60


def agreement_text(panel: Panel, agreement: Agreement, worst: int) -> str:
    """The figures, and the first `worst` passages to adjudicate."""
    return "\n".join([*_head(panel, agreement), *_adjudication(panel, agreement, worst)])


def _head(panel: Panel, agreement: Agreement) -> Iterator[str]:
    names = [clean(judge.name) for judge in panel.judges]
    for name, judge in zip(_padded(["reviewer", *names])[1:], panel.judges, strict=True):
        marks = sum(len(judgement.annotations) for judgement in judge.judgements.values())
        reviewed = f"{len(judge.judgements):,} of {count(judge.passages, 'passage')}"
        yield f"{name}  {clean(judge.path)}: {reviewed} reviewed, {count(marks, 'mark')}"
    yield f"compared  {count(agreement.compared, 'passage')}; {agreement.alone:,} with one reviewer alone"
    yield ""
    yield "Krippendorff's α, all reviewers"
    yield from _coefficients(agreement.dispositions, agreement.severities, "nominal", "ordinal")
    if not agreement.pairs:
        yield f"Cohen's κ, and marks against each other: undefined: {clean(agreement.severities.reason)}"
    for pair in agreement.pairs:
        yield ""
        yield from _pair(names[pair.first], names[pair.second], pair)


def _pair(first: str, second: str, pair: Pair) -> Iterator[str]:
    alone = f"{pair.alone[0]:,} reviewed by {first} alone, {pair.alone[1]:,} by {second} alone"
    yield f"{first} and {second}: {count(pair.passages, 'passage')} in common; {alone}"
    if not pair.passages:
        yield "  all figures are undefined"
        return
    yield "  Cohen's κ"
    yield from _coefficients(pair.dispositions, pair.severities, "unweighted", "linear weights", "  ")
    yield f"  marks of {second} against those of {first}, the reference"
    yield f"    {'':<33}precision  recall      F1"
    for figures in pair.spans:
        numbers = (figures.precision, figures.recall, figures.f1)
        yield f"    {_counted(figures):<33}{_short(numbers[0]):>9}{_short(numbers[1]):>8}{_short(numbers[2]):>8}"
    for reason in dict.fromkeys(f.reason for figures in pair.spans for f in (figures.precision, figures.recall)):
        if reason:
            yield f"    –: {clean(reason)}"
    if pair.confusions:
        yield "  categories of spans that overlap"
        ones = _padded([first, *(clean(confusion.first) for confusion in pair.confusions)])
        others = _padded([second, *(clean(confusion.second) for confusion in pair.confusions)])
        for one, other, times in zip(ones, others, ["times", *(c.count for c in pair.confusions)], strict=True):
            yield f"    {one}  {other}  {times:>5}"


def _coefficients(
    dispositions: Figure, severities: Figure, nominal: str, ordinal: str, indent: str = ""
) -> Iterator[str]:
    for name, kind, figure in (("dispositions", nominal, dispositions), ("worst severities", ordinal, severities)):
        label = f"{name}, {kind}"
        if figure.value is None:
            yield f"{indent}  {label:<33}undefined: {clean(figure.reason)}"
        else:
            yield f"{indent}  {label:<33}{figure.value:>9.3f}  on {count(figure.count, 'passage')}"


def _counted(figures: SpanFigures) -> str:
    same = [name for name, wanted in (("category", figures.category), ("severity", figures.severity)) if wanted]
    by = "characters" if figures.by == "characters" else "overlapping spans"
    return f"  same {' and '.join(same)}" if same else by


def _short(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.3f}"


def _adjudication(panel: Panel, agreement: Agreement, worst: int) -> Iterator[str]:
    disputes = agreement.disputes
    if not disputes:
        if agreement.compared:
            yield ""
            yield "nothing to adjudicate"
        return
    yield ""
    shown = f", {worst:,} shown (--worst N shows more)" * (worst < len(disputes))
    yield f"to adjudicate: {count(len(disputes), 'passage')}, worst disagreement first{shown}"
    for rank, dispute in enumerate(disputes[:worst], 1):
        yield ""
        yield from _dispute(panel, rank, dispute)


def _dispute(panel: Panel, rank: int, dispute: Dispute) -> Iterator[str]:
    unit = panel.units[dispute.unit]
    said = " / ".join(_verdict(judgement) for judgement in dispute.judgements.values())
    yield f"{rank:>3}. {_place(unit)}: {said}"
    for side in Side:
        if side is Side.SOURCE and not unit.source:
            continue
        yield from _wrapped(f"{side.value}  {clean(unit.text(side)) or '(nothing)'}", " " * 5, " " * 16)
    for place, judgement in dispute.judgements.items():
        yield from _wrapped(f"{clean(panel.judges[place].name)}: {_verdict(judgement)}", " " * 5, " " * 7)
        for mark in judgement.annotations:
            yield from _wrapped(_mark(unit, mark), " " * 7, " " * 9)


def _place(unit: Unit) -> str:
    names = [clean(name) for name in (unit.system, unit.document, unit.segment) if name]
    if unit.line:
        names.append(f"line {unit.line}")
    return " ".join(names) or clean(unit.id)


def _verdict(judgement: Judgement) -> str:
    return f"{judgement.disposition or 'no disposition'}, {LEVELS[judgement.level]}"


def _mark(unit: Unit, mark: Annotation) -> str:
    text = unit.text(mark.side)
    if (mark.start, mark.end) == (0, len(text)):
        where = f"the whole {mark.side}"
    else:
        quoted = clean(text[mark.start : mark.end])
        quoted = quoted if len(quoted) <= _QUOTED else f"{quoted[:_QUOTED]}…"
        where = f"“{quoted}” in the {mark.side}, {mark.start}–{mark.end}"
    return f"{mark.severity} {clean(mark.category)}: {where}" + f" – {clean(mark.note)}" * bool(mark.note)


def agreement_json(panel: Panel, agreement: Agreement, worst: int | None = None) -> str:
    """All figures, with `null` and the reason for one that is undefined, and the first `worst` disputes, or all."""
    names = [judge.name for judge in panel.judges]
    return json.dumps(
        {
            "schema": 1,
            "version": metrics.__version__,
            "reviewers": [
                {
                    "name": judge.name,
                    "reviewer": judge.reviewer,
                    "path": judge.path,
                    "passages": judge.passages,
                    "reviewed": len(judge.judgements),
                    "marks": sum(len(judgement.annotations) for judgement in judge.judgements.values()),
                }
                for judge in panel.judges
            ],
            "compared": agreement.compared,
            "alone": agreement.alone,
            "alpha": {"dispositions": _figure(agreement.dispositions), "severities": _figure(agreement.severities)},
            "pairs": [_pair_fields(names, pair) for pair in agreement.pairs],
            "disputes": len(agreement.disputes),
            "adjudicate": [
                _dispute_fields(panel, rank, dispute) for rank, dispute in enumerate(agreement.disputes[:worst], 1)
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _figure(figure: Figure) -> dict[str, Any]:
    return {"value": figure.value, "count": figure.count} | ({"undefined": figure.reason} if figure.reason else {})


def _pair_fields(names: Sequence[str], pair: Pair) -> dict[str, Any]:
    return {
        "reference": names[pair.first],
        "other": names[pair.second],
        "passages": pair.passages,
        "reference_alone": pair.alone[0],
        "other_alone": pair.alone[1],
        "kappa": {"dispositions": _figure(pair.dispositions), "severities": _figure(pair.severities)},
        "spans": [
            {
                "by": figures.by,
                "category": figures.category,
                "severity": figures.severity,
                "precision": _figure(figures.precision),
                "recall": _figure(figures.recall),
                "f1": _figure(figures.f1),
            }
            for figures in pair.spans
        ],
        "confusions": [{"reference": c.first, "other": c.second, "count": c.count} for c in pair.confusions],
    }


def _dispute_fields(panel: Panel, rank: int, dispute: Dispute) -> dict[str, Any]:
    unit = panel.units[dispute.unit]
    return {
        "rank": rank,
        "id": unit.id,
        "system": unit.system,
        "document": unit.document,
        "segment": unit.segment,
        "line": unit.line,
        "candidate": unit.candidate,
        "reference": unit.reference,
        "source": unit.source,
        "steps": dispute.steps,
        "characters": dispute.characters,
        "judgements": [
            {
                "name": panel.judges[place].name,
                "disposition": judgement.disposition,
                "severity": LEVELS[judgement.level],
                "marks": [
                    {
                        "id": mark.id,
                        "side": mark.side,
                        "start": mark.start,
                        "end": mark.end,
                        "category": mark.category,
                        "severity": mark.severity,
                        "note": mark.note,
                    }
                    for mark in judgement.annotations
                ],
            }
            for place, judgement in dispute.judgements.items()
        ],
    }


def _wrapped(text: str, indent: str, hanging: str) -> Sequence[str]:
    wide = any(columns(character) > 1 for character in text)
    return textwrap.wrap(
        text,
        _WIDTH // 2 if wide else _WIDTH,
        initial_indent=indent,
        subsequent_indent=hanging,
        max_lines=_LINES,
        placeholder=" …",
        break_on_hyphens=False,
    )


def _padded(cells: Sequence[str]) -> list[str]:
    width = max(map(columns, cells))
    return [cell + " " * (width - columns(cell)) for cell in cells]
