"""The summary of many documents for people: what `score` prints of folders and lists of pairs."""

from collections.abc import Iterator, Sequence
from functools import partial

from metrics.model import Scope
from metrics.ranking import ORDERS
from metrics.reports.first import First
from metrics.reports.gathering import BY, Gathered, Row, gather, unsummed
from metrics.reports.report import Entry, Report
from metrics.reports.summary import WIDTH, passage_lines, ranked, score_lines, wrapped
from metrics.visible import clean, columns
from metrics.wording import count

#: How many failures and systems are told of one by one.
TOLD = 10
_INDENT = " " * 10
_GAP = "  "
_HEAD = ("passages", "words", "BLEU", "chrF", "coverage", "findings", "risk/word")
#: Columns that go first where there is no room for names.
_SPARED = ("words", "findings")
_LONGEST_SYSTEM, _SHORTEST_NAME = 12, 12


def several_summary(report: Report, width: int = WIDTH) -> str:
    """How many documents, which failed, scores and figures of all, the worst documents, and the worst passages.

    Lines have `width` columns at most, but for signatures and paths of passages.
    """
    return "\n".join(summary_lines(report, gather(report, report.shown), width))


def summary_lines(report: Report, gathered: Gathered, width: int = WIDTH) -> Iterator[str]:
    """The lines of `several_summary`."""
    yield from _documents(report, gathered, width)
    yield from _scores(report, gathered, width)
    yield from _figures(report, gathered, width)
    yield from _table(gathered, width)
    worst = report.worst(partial(_passage, width))
    if worst:
        yield ""
        yield f"{len(worst)} of {count(gathered.figures.passages, 'passage')}: {ORDERS[report.order].label}"
    for rank, lines in enumerate(worst, 1):
        yield from ranked(rank, lines)


def _passage(width: int, entry: Entry) -> list[str]:
    return passage_lines(entry.document.review, entry.passage, width)


def _documents(report: Report, gathered: Gathered, width: int) -> Iterator[str]:
    told = f"{len(report.documents):,}"
    if gathered.several_systems:
        systems = [f"{number:,} of {clean(name)}" for name, number in gathered.systems.most_common(TOLD)]
        more = len(gathered.systems) - len(systems)
        told += f" of {count(len(gathered.systems), 'system')}: {', '.join(systems)}"
        told += f", and of {more:,} more" * (more > 0)
    yield from wrapped(told, _INDENT, f"{'documents':10}", width)
    if not report.failures:
        return
    yield f"{'failed':10}{len(report.failures):,}"
    for number, failure in enumerate(report.failures):
        if number == TOLD:
            yield f"{_INDENT}… and {len(report.failures) - TOLD:,} more"
            break
        yield from wrapped(f"{clean(failure.title)}: {clean(failure.message)}", f"{_INDENT}  ", _INDENT, width)


def _scores(report: Report, gathered: Gathered, width: int) -> Iterator[str]:
    scores, _ = report.totals
    missing = list(unsummed(report, gathered))
    if scores or missing or report.systems:
        yield ""
    if Scope.ALIGNED in gathered.scopes:
        yield "scores of the linked passages alone (--scope aligned)"
    longest = max((len(name) for name, _ in missing), default=0)
    yield from score_lines(scores, longest)
    longest = max(longest, *map(len, scores), 0)
    if report.systems:
        from metrics.reports.systems_table import systems_text

        yield systems_text(report.systems, width)
    for name, why in missing:
        yield from wrapped(why, " " * (longest + 10), f"{name:<{longest}}  {'–':>6}  ", width)


def _figures(report: Report, gathered: Gathered, width: int) -> Iterator[str]:
    if not report.documents:
        return
    yield ""
    _, coverage = report.totals
    sums = gathered.figures
    if coverage:
        ours, theirs = coverage.candidate, coverage.reference
        yield f"coverage  {theirs:.1%} of the references' words, {ours:.1%} of the candidates'"
    told = (
        f"{sums.passages:,} with {count(sums.findings, 'finding')} in {count(sums.words, 'word')} of the references; "
        f"risk per word {sums.risk_per_word:.3f}"
    )
    yield from wrapped(told, _INDENT, "passages  ", width)
    if coverage:
        yield (
            f"{_INDENT}{coverage.moved:,} moved, {count(coverage.added_words, 'word')} added, "
            f"{count(coverage.omitted_words, 'word')} omitted"
        )
    if coverage and coverage.boilerplate_words:
        yield f"left out  {count(coverage.boilerplate_words, 'word')} of boilerplate; --keep-boilerplate scores them"


def _table(gathered: Gathered, width: int) -> Iterator[str]:
    rows: First[Row] = gathered.rows
    if not rows.kept:
        return
    yield ""
    yield f"{len(rows.kept)} of {count(rows.offered, 'document')}: {BY}"
    yield ""
    systems = gathered.several_systems
    cells: list[tuple[str, ...]] = [("", "document", *(("system",) if systems else ()), *_HEAD)]
    for rank, each in enumerate(rows.kept, 1):
        system = (shortened(each.system, _LONGEST_SYSTEM),) if systems else ()
        cells.append((f"{rank:>3}.", each.name, *system, *_cells(each)))
    room = _room(cells, width)
    for head in _SPARED:
        if room < _SHORTEST_NAME:
            at = cells[0].index(head)
            cells = [(*row[:at], *row[at + 1 :]) for row in cells]
            room = _room(cells, width)
    cells = [(first, shortened(name, max(_SHORTEST_NAME, room)), *more) for first, name, *more in cells]
    yield from _aligned(cells, left=3 if systems else 2)


def _room(rows: Sequence[Sequence[str]], width: int) -> int:
    """What the other columns leave to the names."""
    rest = [max(columns(row[at]) for row in rows) for at in range(len(rows[0])) if at != 1]
    return width - sum(rest) - len(_GAP) * len(rest)


def _cells(each: Row) -> Iterator[str]:
    yield f"{each.figures.passages}"
    yield f"{each.figures.words}"
    for name in ("BLEU", "chrF"):
        yield f"{each.scores[name]:.2f}" if name in each.scores else "–"
    yield f"{each.coverage:.1%}"
    yield f"{each.figures.findings}"
    yield f"{each.figures.risk_per_word:.3f}"


def _aligned(rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    """Rows in columns, the first `left` of which begin together; those behind end together."""
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = []
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - columns(cell))
            cells.append(f"{cell}{space}" if at < left else f"{space}{cell}")
        yield _GAP.join(cells).rstrip()


def shortened(text: str, width: int) -> str:
    """`text`, which is clean, in at most `width` terminal columns: where it is too long, its middle gives way to “…”.

    Of what is left the end has the most: names of files differ there.
    """
    if columns(text) <= width:
        return text
    end = text
    while end and columns(end) > (width - 1) * 2 // 3:
        end = end[1:]
    begin = text
    while begin and columns(begin) > width - 1 - columns(end):
        begin = begin[:-1]
    return f"{begin}…{end}"
