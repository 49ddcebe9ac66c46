"""What every report is made from: reviews with their passages in order, what people said of them, and the gates."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import fsum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from metrics.model import Coverage, Finding, Kind, Passage, Review, Score
from metrics.mqm.model import Annotation, Disposition
from metrics.ranking import ORDERS
from metrics.reports.first import First

if TYPE_CHECKING:
    from metrics.mqm.disagreement import Disagreements
    from metrics.systems import Standings

T = TypeVar("T")

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
class Figures:
    """What a table of documents shows of one, whether its passages are at hand or not.

    `passages` are those that count. `words` are the reference's in them, `risk` the sum of their penalty points, and
    `findings` how many were found in them.
    """

    passages: int = 0
    words: int = 0
    risk: float = 0.0
    findings: int = 0

    @property
    def risk_per_word(self) -> float:
        """Penalty points per word of the reference."""
        return self.risk / max(1, self.words)

    def __add__(self, other: "Figures") -> "Figures":
        """The figures of both together."""
        return Figures(
            self.passages + other.passages,
            self.words + other.words,
            self.risk + other.risk,
            self.findings + other.findings,
        )


def figures(review: Review, passages: Iterable[Passage]) -> Figures:
    """The figures of some passages of a review, those left away that its scope does not count."""
    counted = [passage for passage in passages if review.settings.scope.counts(passage.kind)]
    return Figures(
        len(counted),
        sum(passage.reference.words for passage in counted),
        fsum(passage.risk for passage in counted),
        sum(len(passage.findings) for passage in counted),
    )


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One review: the passages to be told of, in the order chosen, and its own gates.

    `said` is by `Passage.id`. `left_out` are passages that reviewers left out of scores and coverage, and why; None
    where no reviewer was asked, as are `disagreements`, the passages in which reviewers and risk differ. `name` is what
    it is called among several, and `system` which one it is of; both are empty where there is one only. `figures` are
    given where the passages are not at hand.
    """

    review: Review
    passages: tuple[Passage, ...]
    said: Mapping[str, Said] = field(default_factory=dict)
    left_out: tuple[tuple[Passage, str], ...] | None = None
    outcomes: tuple[Outcome, ...] = ()
    name: str = ""
    system: str = ""
    figures: Figures | None = None
    disagreements: "Disagreements | None" = None

    @property
    def called(self) -> str:
        """Its name, or else the candidate's path."""
        return self.name or self.review.candidate.path

    @property
    def title(self) -> str:
        """What it is called among those of all systems."""
        return titled(self.system, self.called)

    @property
    def sums(self) -> Figures:
        """The figures given, or else those of its passages."""
        return self.figures or figures(self.review, self.passages)

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
class Failure:
    """A pair that could not be scored: `message` is one line that says why."""

    name: str
    message: str
    system: str = ""

    @property
    def title(self) -> str:
        """What it is called among those of all systems."""
        return titled(self.system, self.name)


def titled(system: str, name: str) -> str:
    """What a document of a system is called."""
    return f"{system}: {name}" if system else name


class Verdict(NamedTuple):
    """What became of a gate, and on which document: its title and its candidate's path, empty for all together."""

    title: str
    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """One or several reviews.

    `documents` may be read from disk at each access, and many: who goes through them keeps none, and goes as seldom
    as can be. `order`, of `metrics.ranking.ORDERS`, is that of the documents' passages, and merges those of several.
    `scores` and `coverage` are those of all together; for one document its own stand in for them. `outcomes` are those
    of the gates on all together. `shown` is how many passages reports show that are read from top to bottom. `label`
    says how a category is printed (`Typology.label`). `failures` are pairs that could not be scored. `picked` are the
    first `shown` passages of all in their order where they are known, and those of the documents not at hand.
    """

    documents: Sequence[DocumentReport]
    order: str = "risk"
    scores: Mapping[str, Score] = field(default_factory=lambda: MappingProxyType({}))
    coverage: Coverage | None = None
    outcomes: tuple[Outcome, ...] = ()
    shown: int = SHOWN
    label: Callable[[str], str] = str
    failures: Sequence[Failure] = ()
    picked: tuple[Entry, ...] | None = None
    systems: "Standings | None" = None
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def only(self) -> DocumentReport | None:
        """The document of a report on one; None where there are several, or one that has a name among others."""
        if len(self.documents) != 1 or self.failures:
            return None
        document = self.documents[0]
        return None if document.name or document.system else document

    @property
    def totals(self) -> tuple[Mapping[str, Score], Coverage | None]:
        """Scores and coverage of all together."""
        if len(self.documents) == 1:
            review = self.documents[0].review
            return self.scores or review.scores, self.coverage or review.coverage
        return self.scores, self.coverage

    def key(self, number: int, rank: int, entry: Entry) -> tuple[Any, ...]:
        """By what the passages of all documents are sorted: of the document `number` the passage at `rank`, from 0."""
        if self.order == "document":
            return number, rank
        return entry.passage.kind is Kind.BOILERPLATE, ORDERS[self.order].key(entry.passage), number, rank

    def keyed(self) -> Iterator[tuple[tuple[Any, ...], Entry]]:
        """The passages of all documents, one document after the other, each with its key; or else those picked."""
        none = True
        for number, document in enumerate(self.documents):
            for rank, entry in enumerate(document.entries):
                none = False
                yield self.key(number, rank, entry), entry
        if none:
            yield from (((rank,), entry) for rank, entry in enumerate(self.picked or ()))

    def worst(self, make: Callable[[Entry], T]) -> list[T]:
        """What `make` makes of the first `shown` passages of all, in their order."""
        if self.picked is not None:
            return [make(entry) for entry in self.picked[: self.shown]]
        first: First[T] = First(self.shown)
        for key, entry in self.keyed():
            first.offer(key, partial(make, entry))
        return first.kept

    @property
    def verdicts(self) -> Iterator[Verdict]:
        """What became of every gate, of those on all together first."""
        yield from (Verdict("", "", outcome) for outcome in self.outcomes)
        for document in self.documents:
            path = document.review.candidate.path
            yield from (Verdict(document.title, path, outcome) for outcome in document.outcomes)
