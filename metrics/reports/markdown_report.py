"""Markdown for people: verdict, gates, scores, and the passages to read first; GitHub's, tables and all."""

from collections.abc import Iterator, Sequence

from metrics.diff import bracketed
from metrics.model import Document, Excerpt, Mark
from metrics.ranking import ORDERS, risk_sum
from metrics.reports.escaping import code
from metrics.reports.escaping import markdown as escaped
from metrics.reports.remarks import annotation_told
from metrics.reports.report import VERDICTS, Entry, Report
from metrics.visible import clean
from metrics.wording import count


def markdown(report: Report, limit: int | None = None) -> str:
    """The report, of at most `limit` bytes in UTF-8: what does not fit is left away from the end, and said to be.

    Differing words stand in the brackets of `metrics.diff.BRACKETS`. Where not even the first part fits, it is empty.
    """
    parts = list(_parts(report))
    whole = "\n".join(parts)
    if limit is None or _size(whole) <= limit:
        return whole
    note = "\n*The rest is left away: there is no room for more.*\n"
    kept: list[str] = []
    room = limit - _size(note)
    for part in parts:
        room -= _size(part) + 1
        if room < 0:
            break
        kept.append(part)
    return "\n".join([*kept, note]) if kept else ""


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _parts(report: Report) -> Iterator[str]:
    """Pieces that make sense without those behind them."""
    verdict = f": {VERDICTS[report.passed]}" if report.gates else ""
    yield "".join(f"{line}\n" for line in (f"## bleupencil{verdict}", *_gates(report), *_scores(report)))
    if len(report.documents) > 1:
        yield from _documents(report)
    entries = report.entries
    shown = entries[: report.shown]
    if shown:
        label = ORDERS[report.order].label
        yield f"### {len(shown)} of {count(len(entries), 'passage')}: {label}\n"
    for rank, entry in enumerate(shown, 1):
        yield "".join(f"{line}\n" for line in _passage(report, entry, rank))
    if any(any(side) for entry in shown for side in entry.passage.marks):
        yield "`[replaced]` `‹only here›` `{moved}`\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _gates(report: Report) -> Iterator[str]:
    gates = report.gates
    if gates:
        several = len(report.documents) > 1
        head = ("gate", "verdict", "figures", *(("document",) if several else ()))
        yield from _table(
            head,
            [
                (
                    escaped(outcome.name),
                    f"**{VERDICTS[outcome.passed]}**" if outcome.passed is False else VERDICTS[outcome.passed],
                    escaped(outcome.told),
                    *((escaped(where) or "all",) if several else ()),
                )
                for where, outcome in gates
            ],
        )


def _scores(report: Report) -> Iterator[str]:
    scores, coverage = report.totals
    rows = [(name, f"{score.value:.2f}", escaped(score.signature)) for name, score in scores.items()]
    if coverage:
        rows.append(("coverage", f"{coverage.reference:.1%}", "of the reference's words"))
    if rows:
        yield from _table(("metric", "score", ""), rows)


def _documents(report: Report) -> Iterator[str]:
    names = list(dict.fromkeys(name for each in report.documents for name in each.review.scores))
    yield f"### {count(len(report.documents), 'document')}\n"
    head, rule = list(_table(("document", *names, "coverage", "passages"), ()))[1:]
    yield f"{head}\n{rule}"
    for number, each in enumerate(report.documents, 1):
        review = each.review
        scores = (f"{review.scores[name].value:.2f}" if name in review.scores else "" for name in names)
        figures = [*scores, f"{review.coverage.reference:.1%}", str(len(each.passages))]
        yield f"| {escaped(review.candidate.path)} | {' | '.join(figures)} |" + "\n" * (number == len(report.documents))


def _passage(report: Report, entry: Entry, rank: int) -> Iterator[str]:
    review, passage = entry.document.review, entry.passage
    scores = [f"{name} {value:.1f}" for name, value in passage.scores.items()]
    yield f"#### {rank}. {passage.kind.sign} {passage.kind}"
    yield ""
    yield escaped(" · ".join([*scores, f"risk {risk_sum(passage)}"]))
    yield from _side(review.candidate, passage.candidate, passage.marks[0])
    yield from _side(review.reference, passage.reference, passage.marks[1])
    items = [(finding.kind, f"{finding.message} (+{finding.points:.1f})") for finding in entry.findings]
    items += [annotation_told(entry, each, report.label) for each in entry.said.annotations]
    items += [(what, who) for who, what in entry.said.dispositions]
    if items:
        yield ""
        yield from (f"- **{escaped(head)}** {escaped(rest)}".rstrip() for head, rest in items)


def _side(document: Document, excerpt: Excerpt, marks: Sequence[Mark]) -> Iterator[str]:
    yield ""
    yield code(f"{document.path}:{excerpt.line}")
    yield ""
    yield f"> {escaped(bracketed(clean(excerpt.text), marks))}" if excerpt.text else "> *nothing*"
