"""HTML for people: one file that needs nothing else, and can be read without its script."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import metrics
from metrics.languages import language_named
from metrics.model import Document, Excerpt, Mark, Passage, Review
from metrics.ranking import ORDERS, risk_sum
from metrics.reports.escaping import tagged
from metrics.reports.remarks import annotation_told
from metrics.reports.report import VERDICTS, DocumentReport, Entry, Report
from metrics.visible import clean

if TYPE_CHECKING:
    from jinja2 import Template

#: The drawings' own units; a page may show them in any size.
WIDTH, HEIGHT = 600, 60
_PIECES, _RANGES = 100, 20


class Bar(NamedTuple):
    """A bar of a drawing, in its units; `told` is what it says, `anchor` the passage that it leads to, or nothing."""

    x: float
    width: float
    height: float
    told: str
    top: bool = False
    anchor: str = ""


def html(report: Report) -> str:
    """Summary, gates, distributions, a strip for each document, and all passages with diff, findings and marks.

    Texts are cleaned, then escaped by the template. The page's policy lets nothing be loaded, and nothing run or style
    it but its own script and style, which it knows by their digests.
    """
    entries = report.entries
    anchors = {(id(e.document), e.passage.id): f"p{rank}" for rank, e in enumerate(entries, 1)}
    places = _places(report, entries)
    scores, coverage = report.totals
    style, script = _asset("report.css"), _asset("report.js")
    order = ORDERS[report.order].label
    return _template().render(
        version=metrics.__version__,
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        title=_title(report),
        verdict=VERDICTS[report.passed] if report.gates else "",
        gates=[(clean(where), clean(o.name), VERDICTS[o.passed], clean(o.told)) for where, o in report.gates],
        several=len(report.documents) > 1,
        scores=list(scores.values()),
        coverage=coverage,
        documents=[_document(each, anchors) for each in report.documents],
        charts=list(_charts([entry.passage for entry in entries])),
        order=order,
        entries=[_passage(report, entry, rank, places[rank - 1]) for rank, entry in enumerate(entries, 1)],
        kinds=list(dict.fromkeys(entry.passage.kind for entry in entries)),
        findings=sorted({finding.kind for entry in entries for finding in entry.findings}),
        width=WIDTH,
        height=HEIGHT,
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_asset("report.html"))


@cache
def _asset(name: str) -> str:
    """A file of this program's own, which the page holds as it is."""
    return (files("metrics.reports") / "templates" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The source expression of CSP level 2 that allows an inline script or style of this text."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _title(report: Report) -> str:
    if len(report.documents) == 1:
        return clean(report.documents[0].review.candidate.path)
    return f"{len(report.documents)} documents"


def _document(document: DocumentReport, anchors: Mapping[tuple[int, str], str]) -> dict[str, Any]:
    review = document.review
    return {
        "candidate": clean(review.candidate.path),
        "reference": clean(review.reference.path),
        "language": language_named(review.language).name,
        "scores": list(review.scores.values()),
        "coverage": review.coverage,
        "passages": len(document.passages),
        "left_out": [
            (clean(passage.candidate.text or passage.reference.text), reason)
            for passage, reason in document.left_out or ()
        ],
        "strip": list(_strip(document, anchors)),
    }


def _strip(document: DocumentReport, anchors: Mapping[tuple[int, str], str]) -> Iterator[Bar]:
    """The document from its beginning to its end: the mean risk of pieces of equal length, the worst marked."""
    from metrics.overview import course

    passages = document.review.passages
    if not passages:
        return
    away = {passage.id for passage, _ in document.left_out or ()}
    along = course(passages, [p.id in document.said for p in passages], [p.id in away for p in passages])
    bins = along.bins(_PIECES)
    width = WIDTH / len(bins.starts)
    highest = max(bins.risk.tolist()) or 1.0
    for number, (risk, worst, top) in enumerate(
        zip(bins.risk.tolist(), bins.worst.tolist(), bins.top.tolist(), strict=True)
    ):
        passage = along.passages[worst]
        told = f"line {passage.candidate.line}: risk {passage.risk:.1f}"
        anchor = anchors.get((id(document), passage.id), "") if top else ""
        yield Bar(number * width, width, HEIGHT * risk / highest, told, top, anchor)


def _charts(passages: Sequence[Passage]) -> Iterator[dict[str, Any]]:
    """How chrF and risk are spread over the passages that are scored."""
    from metrics.overview import histogram

    scored = [passage for passage in passages if passage.scores]
    if not scored:
        return
    for name, values, top in (
        ("chrF", [passage.scores.get("chrF", 0.0) for passage in scored], 100.0),
        ("risk", [passage.risk for passage in scored], None),
    ):
        found = histogram(values, _RANGES, top)
        width, highest = WIDTH / len(found.counts), max(found.counts)
        bars = [
            Bar(
                at * width,
                width,
                HEIGHT * number / highest,
                f"{at * found.step:g} to {(at + 1) * found.step:g}: {number}",
            )
            for at, number in enumerate(found.counts)
        ]
        yield {"name": name, "bars": bars, "top": f"{found.top:g}", "passages": len(scored)}


def _places(report: Report, entries: Sequence[Entry]) -> list[int]:
    """By place in `entries`: the place in document order, one document behind the other."""
    number = {id(document): n for n, document in enumerate(report.documents)}
    inorder = sorted(range(len(entries)), key=lambda k: (number[id(entries[k].document)], entries[k].passage.position))
    places = [0] * len(entries)
    for place, k in enumerate(inorder):
        places[k] = place
    return places


def _passage(report: Report, entry: Entry, rank: int, place: int) -> dict[str, Any]:
    review, passage = entry.document.review, entry.passage
    return {
        "rank": rank,
        "place": place,
        "passage": passage,
        "sides": list(_sides(review, passage)),
        "language": review.language,
        "scores": [(name, f"{value:.1f}") for name, value in passage.scores.items()],
        "risk": risk_sum(passage),
        "findings": [(f.kind, f.severity, clean(f.message), f"{f.points:.1f}") for f in entry.findings],
        "marks": [tuple(map(clean, annotation_told(entry, each, report.label))) for each in entry.said.annotations],
        "dispositions": [(clean(who), what) for who, what in entry.said.dispositions],
    }


def _sides(review: Review, passage: Passage) -> Iterator[dict[str, Any]]:
    for name, document, excerpt, marks in (
        ("candidate", review.candidate, passage.candidate, passage.marks[0]),
        ("reference", review.reference, passage.reference, passage.marks[1]),
    ):
        yield _side(name, document, excerpt, marks)


def _side(name: str, document: Document, excerpt: Excerpt, marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "name": name,
        "place": f"{clean(document.path)}:{excerpt.line}",
        "pieces": list(tagged(excerpt.text, marks, name == "candidate")),
    }
