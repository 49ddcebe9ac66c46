"""HTML for people: one file that needs nothing else, and can be read without its script."""

import sys
from array import array
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import metrics
from metrics.languages import language_named
from metrics.model import Document, Excerpt, Mark, Passage, Place, Review
from metrics.ranking import ORDERS, risk_sum
from metrics.reports.escaping import tagged
from metrics.reports.first import First
from metrics.reports.gathering import BY, Gathered, gates_left, gates_told, unsummed
from metrics.reports.remarks import annotation_told
from metrics.reports.report import VERDICTS, DocumentReport, Entry, Report
from metrics.visible import clean
from metrics.wording import count

if TYPE_CHECKING:
    from jinja2 import Template

#: The drawings' own units; a page may show them in any size.
WIDTH, HEIGHT = 600, 60
_PIECES, _RANGES = 100, 20
#: How many passages of several documents are in the page, and how many of the documents are drawn.
MOST, DRAWN = 1000, 20


class Bar(NamedTuple):
    """A bar of a drawing, in its units; `told` is what it says, `passage` the id of one that it leads to, if any."""

    x: float
    width: float
    height: float
    told: str
    top: bool = False
    passage: str = ""


class _Shown(NamedTuple):
    """A passage of the page: its document's place, its own in there, and what the template needs."""

    document: int
    position: Place
    told: dict[str, Any]


@dataclass(slots=True)
class _Page:
    """What the page needs of the documents, gathered by going through them once."""

    gathered: Gathered
    drawn: First[dict[str, Any]]
    shown: First[_Shown]
    chrf: "array[float]" = field(default_factory=lambda: array("d"))
    risk: "array[float]" = field(default_factory=lambda: array("d"))


def html(report: Report) -> Iterator[str]:
    """Summary, gates, distributions, where the risk lies in documents, where marks and metric disagree, and passages
    with diff, findings and marks, to which links lead.

    One document is there as a whole. Of several there are all in a table, `DRAWN` drawn, those with the most risk per
    word, and the first `MOST` passages of all. Texts are cleaned, then escaped by the template. The page's policy lets
    nothing be loaded, and nothing run or style it but its own script and style, which it knows by their digests.
    """
    only = report.only
    page = _page(report)
    gathered, shown = page.gathered, page.shown.kept
    anchors = {(each.document, each.told["passage"].id): f"p{rank}" for rank, each in enumerate(shown, 1)}
    for place, rank in enumerate(sorted(range(len(shown)), key=lambda k: (shown[k].document, shown[k].position))):
        shown[rank].told["place"] = place
    scores, coverage = report.totals
    style, script = (_asset("report.css"), _asset("report.js"))
    if not only:
        style, script = style + _asset("documents.css"), script + _asset("documents.js")
    told = gates_told(report, gathered)
    yield from _template().generate(
        version=metrics.__version__,
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        title=clean(only.review.candidate.path) if only else count(len(report.documents), "document"),
        verdict=VERDICTS[gathered.passed] if gathered.verdicts else "",
        gates=[(clean(title), clean(o.name), VERDICTS[o.passed], clean(o.told)) for title, _, o in told],
        more_gates=gates_left(gathered, told),
        several=only is None,
        failures=[(clean(each.title), clean(each.message)) for each in report.failures],
        scores=list(scores.values()),
        unsummed=[(clean(name), clean(why)) for name, why in unsummed(report, gathered)],
        coverage=coverage,
        standings=_standings(report),
        rows=gathered.rows.kept,
        by=BY,
        metrics=list(gathered.signatures),
        systems=gathered.several_systems,
        documents=page.drawn.kept,
        anchors=anchors,
        charts=list(_charts(page)),
        order=ORDERS[report.order].label,
        entries=[each.told for each in shown],
        left=max(gathered.figures.passages, page.shown.offered) - len(shown),
        kinds=list(dict.fromkeys(each.told["passage"].kind for each in shown)),
        findings=sorted({kind for each in shown for kind, *_ in each.told["findings"]}),
        width=WIDTH,
        height=HEIGHT,
    )


def _standings(report: Report) -> dict[str, Any] | None:
    if not report.systems:
        return None
    from metrics.reports.systems_table import explained, systems_rows

    heads, rows = systems_rows(report.systems)
    return {"heads": heads, "rows": rows, "explained": explained(report.systems)}


def _page(report: Report) -> _Page:
    several = report.only is None
    most, drawn = (MOST, DRAWN) if several else (sys.maxsize, 1)
    page = _Page(Gathered(First(sys.maxsize)), First(drawn), First(most))
    page.gathered.judge(report)
    for number, document in enumerate(report.documents):
        page.gathered.add(number, document)
        page.drawn.offer((-document.sums.risk_per_word, number), partial(_document, number, document))
        for rank, entry in enumerate(document.entries):
            page.shown.offer(report.key(number, rank, entry), partial(_entry, number, report, entry))
            if entry.passage.scores:
                page.chrf.append(entry.passage.scores.get("chrF", 0.0))
                page.risk.append(entry.passage.risk)
    if not page.shown.offered:
        for rank, entry in enumerate(report.picked or ()):
            page.shown.offer((rank,), partial(_entry, rank, report, entry))
    return page


def _entry(number: int, report: Report, entry: Entry) -> _Shown:
    return _Shown(number, entry.passage.position, _passage(report, entry))


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


def _document(number: int, document: DocumentReport) -> dict[str, Any]:
    review = document.review
    return {
        "number": number,
        "title": clean(document.title),
        "candidate": clean(review.candidate.path),
        "reference": clean(review.reference.path),
        "language": language_named(review.language).name,
        "lang": review.language,
        "passages": len(document.passages),
        "left_out": [
            (clean(passage.candidate.text or passage.reference.text), reason)
            for passage, reason in document.left_out or ()
        ],
        "strip": list(_strip(document)),
        "disagreements": _disagreements(document),
    }


def _disagreements(document: DocumentReport) -> dict[str, Any] | None:
    if not document.disagreements:
        return None
    from metrics.reports.disagreements import disagreement_rows, reviewed_of

    lists = list(disagreement_rows(document.review, document.disagreements))
    return {"reviewed": reviewed_of(document.disagreements), "lists": lists}


def _strip(document: DocumentReport) -> Iterator[Bar]:
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
        yield Bar(number * width, width, HEIGHT * risk / highest, told, top, passage.id if top else "")


def _charts(page: _Page) -> Iterator[dict[str, Any]]:
    """How chrF and risk are spread over the passages that are scored."""
    from metrics.overview import histogram

    if not page.chrf:
        return
    for name, values, top in (("chrF", page.chrf, 100.0), ("risk", page.risk, None)):
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
        yield {"name": name, "bars": bars, "top": f"{found.top:g}", "passages": len(values)}


def _passage(report: Report, entry: Entry) -> dict[str, Any]:
    review, passage = entry.document.review, entry.passage
    return {
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
