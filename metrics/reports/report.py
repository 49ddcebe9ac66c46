"""What every report is made from: reviews with their passages in order, what people said of them, and the gates."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from metrics.model import Coverage, Finding, Kind, Passage, Review, Score
from metrics.mqm.model import Annotation, Disposition
from metrics.ranking import ORDERS

#: A passage of this risk or more is bad though nothing was found in it: what one major error costs (Freitag et al.
#: 2021).
BAD_RISK = 5.0
#: How many passages reports show that are read from top to bottom.
SHOWN = 10


class Outcome(Protocol):
    """What became of a gate: `passed` is None where there is no verdict, `told` one sentence for a person."""

    @property
    def name(self) -> str:
        """What the gate is called."""

    @property
    def passed(self) -> bool | None:
        """Whether it passed."""

    @property
    def told(self) -> str:
        """The figures that decided it."""


#: By `Outcome.passed`, as logs print them.
VERDICTS: Mapping[bool | None, str] = MappingProxyType({True: "PASS", False: "FAIL", None: "no verdict"})


@dataclass(frozen=True, slots=True)
class Said:
    """What reviewers said of a passage; `dispositions` are by reviewer.

    `dismissed` are those of the passage's findings that somebody called wrong; reports leave them out.
    """

    annotations: tuple[Annotation, ...] = ()
    dispositions: tuple[tuple[str, Disposition], ...] = ()
    dismissed: tuple[Finding, ...] = ()


_NOTHING = Said()


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One review: the passages to be told of, in the order chosen, and its own gates.

    `said` is by `Passage.id`. `left_out` are passages that reviewers left out of scores and coverage, and why; None
    where no reviewer was asked.
    """

    review: Review
    passages: tuple[Passage, ...]
    said: Mapping[str, Said] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[tuple[Passage, str], ...] | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def entries(self) -> Iterator["Entry"]:
        """Its passages with what was said of each."""
        return (Entry(self, passage, self.said.get(passage.id, _NOTHING)) for passage in self.passages)


class Entry(NamedTuple):
    """A passage of a report."""

    document: DocumentReport
    passage: Passage
    said: Said

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found and not dismissed, most points first."""
        return tuple(finding for finding in self.passage.findings if finding not in self.said.dismissed)

    @property
    def bad(self) -> bool:
        """Whether tools are told of it.

        It is where a reviewer marked something or called it an error; where none said anything, if it has a finding
        or `BAD_RISK`.
        """
        found = self.said
        if found.annotations or any(what is Disposition.ERROR for _, what in found.dispositions):
            return True
        return not found.dispositions and (bool(self.findings) or self.passage.risk >= BAD_RISK)


@dataclass(frozen=True, slots=True)
class Report:
    """One or several reviews.

    `order`, of `metrics.ranking.ORDERS`, is that of the documents' passages, and merges those of several. `scores` and
    `coverage` are those of all together; for one document its own stand in for them. `outcomes` are those of the gates
    on all together. `shown` is how many passages reports show that are read from top to bottom. `label` says how a
    category is printed (`Typology.label`).
    """

    documents: tuple[DocumentReport, ...]
    order: str = "risk"
    scores: Mapping[str, Score] = field(default_factory=lambda: MappingProxyType({}))
    coverage: Coverage | None = None
    outcomes: tuple[Outcome, ...] = ()
    shown: int = SHOWN
    label: Callable[[str], str] = str

    @property
    def totals(self) -> tuple[Mapping[str, Score], Coverage | None]:
        """Scores and coverage of all together."""
        if len(self.documents) == 1:
            review = self.documents[0].review
            return self.scores or review.scores, self.coverage or review.coverage
        return self.scores, self.coverage

    @property
    def entries(self) -> list[Entry]:
        """The passages of all documents in one order."""
        entries = [entry for document in self.documents for entry in document.entries]
        if len(self.documents) == 1 or self.order == "document":
            return entries
        key = ORDERS[self.order].key
        return sorted(entries, key=lambda entry: (entry.passage.kind is Kind.BOILERPLATE, key(entry.passage)))

    @property
    def gates(self) -> list[tuple[str, Outcome]]:
        """Every gate, with the candidate's path, or with nothing where it is on all together."""
        own = [(each.review.candidate.path, outcome) for each in self.documents for outcome in each.outcomes]
        return [*(("", outcome) for outcome in self.outcomes), *own]

    @property
    def passed(self) -> bool | None:
        """False where a gate failed, True where one passed and none failed, None where nothing was decided."""
        verdicts = [outcome.passed for _, outcome in self.gates]
        return False if False in verdicts else True if True in verdicts else None
