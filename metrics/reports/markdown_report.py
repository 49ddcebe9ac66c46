"""Markdown for people: verdict, gates, scores, and the passages to read first or again; GitHub's, tables and all."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from metrics.diff import bracketed
from metrics.model import Document, Excerpt, Mark, Review
from metrics.ranking import ORDERS, risk_sum
from metrics.reports.escaping import code
from metrics.reports.escaping import markdown as escaped
from metrics.reports.gathering import BY, Gathered, gates_left, gates_told, gather, unsummed
from metrics.reports.remarks import annotation_told
from metrics.reports.report import VERDICTS, Entry, Report
from metrics.visible import clean
from metrics.wording import count

if TYPE_CHECKING:
    from metrics.mqm.disagreement import Disagreements

#: How many documents, and how many failures, are told of one by one.
TOLD = 50


def markdown(report: Report) -> Iterator[str]:
    """The whole report. Differing words stand in the brackets of `metrics.diff.BRACKETS`."""
    for number, part in enumerate(_parts(report)):
        yield f"\n{part}" if number else part


def markdown_within(report: Report, limit: int) -> str:
    """The report, of at most `limit` bytes in UTF-8: what does not fit is left away from the end, and said to be.

    Where not even the first part fits, it is empty.
    """
    parts = list(_parts(report))
    whole = "\n".join(parts)
    if _size(whole) <= limit:
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
    only = report.only
    gathered = gather(report, TOLD)
    verdict = f": {VERDICTS[gathered.passed]}" if gathered.verdicts else ""
    head = (f"## bleupencil{verdict}", *_gates(report, gathered), *_scores(report, gathered))
    yield "".join(f"{line}\n" for line in head)
    yield from _failures(report)
    if not only:
        yield from _documents(gathered)
    shown = report.worst(partial(_passage, report))
    if shown:
        label = ORDERS[report.order].label
        number = len(only.passages) if only else gathered.figures.passages
        yield f"### {len(shown)} of {count(number, 'passage')}: {label}\n"
    for rank, (kind, lines, _) in enumerate(shown, 1):
        yield "".join(f"{line}\n" for line in (f"#### {rank}. {kind}", *lines))
    if any(marked for _, _, marked in shown):
        yield "`[replaced]` `‹only here›` `{moved}`\n"
    if only and only.disagreements:
        yield "".join(f"{line}\n" for line in _disagreements(only.review, only.disagreements, report.shown))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _gates(report: Report, gathered: Gathered) -> Iterator[str]:
    told = gates_told(report, gathered)
    if not told:
        return
    several = report.only is None
    yield from _table(
        ("gate", "verdict", "figures", *(("document",) if several else ())),
        [
            (
                escaped(outcome.name),
                f"**{VERDICTS[outcome.passed]}**" if outcome.passed is False else VERDICTS[outcome.passed],
                escaped(outcome.told),
                *((escaped(title) or "all",) if several else ()),
            )
            for title, _, outcome in told
        ],
    )
    if left := gates_left(gathered, told):
        yield from ("", left)


def _scores(report: Report, gathered: Gathered) -> Iterator[str]:
    scores, coverage = report.totals
    rows = [(name, f"{score.value:.2f}", escaped(score.signature)) for name, score in scores.items()]
    rows += [(escaped(name), "–", escaped(why)) for name, why in unsummed(report, gathered)]
    if coverage:
        rows.append(("coverage", f"{coverage.reference:.1%}", "of the reference's words"))
    if rows:
        yield from _table(("metric", "score", ""), rows)
    if report.systems:
        from metrics.reports.systems_table import systems_markdown

        yield from ("", systems_markdown(report.systems))


def _failures(report: Report) -> Iterator[str]:
    if not report.failures:
        return
    yield f"### {count(len(report.failures), 'pair')} could not be scored\n"
    told = [f"- **{escaped(each.title)}** {escaped(each.message)}\n" for each in report.failures[:TOLD]]
    if left := len(report.failures) - len(told):
        told.append(f"- … and {left:,} more\n")
    yield "".join(told)


def _documents(gathered: Gathered) -> Iterator[str]:
    rows = gathered.rows.kept
    if not rows:
        return
    names = list(gathered.signatures)
    system = ("system",) if gathered.several_systems else ()
    yield f"### {len(rows)} of {count(gathered.rows.offered, 'document')}: {BY}\n"
    figures = ("coverage", "passages", "words", "findings", "risk per word")
    head, rule = list(_table(("document", *system, *names, *figures), ()))[1:]
    yield f"{head}\n{rule}"
    for number, each in enumerate(rows, 1):
        cells = [escaped(each.name), *((escaped(each.system),) if system else ())]
        cells += [f"{each.scores[name]:.2f}" if name in each.scores else "–" for name in names]
        sums = each.figures
        cells += [f"{each.coverage:.1%}", f"{sums.passages}", f"{sums.words}", f"{sums.findings}"]
        yield f"| {' | '.join(cells)} | {sums.risk_per_word:.3f} |" + "\n" * (number == len(rows))


def _disagreements(review: Review, found: "Disagreements", shown: int) -> Iterator[str]:
    from metrics.reports.disagreements import disagreement_rows, reviewed_of

    yield "### Where marks and metric disagree"
    yield ""
    yield reviewed_of(found)
    for title, rows in disagreement_rows(review, found, shown):
        yield ""
        yield f"**{escaped(title)}**"
        if rows:
            yield from _table(
                ("passage", "risk", "place by risk", "penalty", "what reviewers said", "text"),
                [
                    (
                        escaped(f"{each.passage.kind.sign} {each.passage.kind} {each.place}"),
                        each.risk,
                        each.rank,
                        each.penalty,
                        escaped(" · ".join(f"{who}: {what}" for who, what in each.said)),
                        escaped(each.text),
                    )
                    for each in rows
                ],
            )


def _passage(report: Report, entry: Entry) -> tuple[str, list[str], bool]:
    """The kind, all other lines, and whether words in them are marked."""
    passage = entry.passage
    return f"{passage.kind.sign} {passage.kind}", list(_told(report, entry)), any(any(side) for side in passage.marks)


def _told(report: Report, entry: Entry) -> Iterator[str]:
    review, passage = entry.document.review, entry.passage
    scores = [f"{name} {value:.1f}" for name, value in passage.scores.items()]
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
