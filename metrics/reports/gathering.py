"""All documents of a report in figures, by going through them once: what text, Markdown and HTML begin with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from sys import intern
from typing import NamedTuple

from metrics.model import Scope
from metrics.reports.first import First
from metrics.reports.report import DocumentReport, Figures, Report, Verdict
from metrics.visible import clean
from metrics.wording import count

#: How many gates on single documents are told of, failed ones first.
GATES = 20
#: How tables of documents are sorted, as `metrics.ranking.ORDERS` would say it.
BY = "risk per word, worst first"
#: How failures and gates come: by what a reader looks for.
_URGENCY = (False, None, True)


class Row(NamedTuple):
    """What a table of documents shows of one: names, cleaned, scores by metric, and the reference's coverage in 0…1."""

    name: str
    system: str
    scores: Mapping[str, float]
    coverage: float
    figures: Figures


@dataclass(slots=True)
class Gathered:
    """The figures of the documents that were seen.

    `systems` counts the documents of each, `signatures` are those of each metric in the order of their coming.
    `verdicts` counts the gates by what became of them.
    """

    rows: First[Row]
    systems: Counter[str] = field(default_factory=Counter)
    scopes: set[Scope] = field(default_factory=set)
    figures: Figures = field(default_factory=Figures)
    signatures: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    verdicts: Counter[bool | None] = field(default_factory=Counter)
    gates: First[Verdict] = field(default_factory=lambda: First(GATES))

    def add(self, place: int, document: DocumentReport) -> None:
        """Take in a document."""
        sums = document.sums
        self.systems[document.system] += 1
        self.scopes.add(document.review.settings.scope)
        self.figures += sums
        for name, score in document.review.scores.items():
            self.signatures[name][score.signature] = None
        path = document.review.candidate.path
        self._judge(place, (Verdict(document.title, path, outcome) for outcome in document.outcomes))
        self.rows.offer((-sums.risk_per_word, place), partial(_row, document, sums))

    def judge(self, report: Report) -> None:
        """Take in the gates on all together."""
        self._judge(-1, (Verdict("", "", outcome) for outcome in report.outcomes))

    def _judge(self, place: int, verdicts: Iterable[Verdict]) -> None:
        for number, verdict in enumerate(verdicts):
            passed = verdict.outcome.passed
            self.verdicts[passed] += 1
            # What was asked of all together stands first, whatever became of it.
            urgency = _URGENCY.index(passed) if place >= 0 else -1
            self.gates.offer((urgency, place, number), partial(_same, verdict))

    @property
    def passed(self) -> bool | None:
        """False where a gate failed, True where one passed and none failed, None where nothing was decided."""
        return False if self.verdicts[False] else True if self.verdicts[True] else None

    @property
    def several_systems(self) -> bool:
        """Whether documents are told apart by their systems."""
        return any(self.systems)


def gather(report: Report, most: int) -> Gathered:
    """The figures of all documents, with rows of the `most` that have the most risk per word."""
    gathered = Gathered(First(most))
    gathered.judge(report)
    for place, document in enumerate(report.documents):
        gathered.add(place, document)
    return gathered


def gates_told(report: Report, gathered: Gathered) -> list[Verdict]:
    """The gates to tell of: those of one document in their order, of several at most `GATES`, failed ones first."""
    return list(report.verdicts) if report.only else gathered.gates.kept


def gates_left(gathered: Gathered, told: Sequence[Verdict]) -> str:
    """How many gates are not told of, and how many of those passed; empty where there are none."""
    left = gathered.verdicts.total() - len(told)
    if not left:
        return ""
    passed = gathered.verdicts[True] - sum(verdict.outcome.passed is True for verdict in told)
    return f"… and {count(left, 'gate')} more, {'all' if passed == left else f'{passed:,}'} of which passed"


def unsummed(report: Report, gathered: Gathered) -> Iterator[tuple[str, str]]:
    """Metrics that documents have and all together have not, nor systems beside each other, and why."""
    scores = report.systems.systems[0].scores if report.systems else report.totals[0]
    for name, signatures in gathered.signatures.items():
        if name in scores:
            continue
        if len(signatures) > 1:
            yield name, f"no score of all, for those of the documents are made differently: {'; '.join(signatures)}"
        elif len(gathered.systems) > 1:
            yield name, "no score of all, for the documents are of several systems"
        else:
            yield name, "no score of all"


def _row(document: DocumentReport, sums: Figures) -> Row:
    review = document.review
    # Each document that is read brings names of its own, and there may be rows of thousands.
    scores = {intern(name): score.value for name, score in review.scores.items()}
    return Row(clean(document.called), clean(document.system), scores, review.coverage.reference, sums)


def _same(verdict: Verdict) -> Verdict:
    return verdict
