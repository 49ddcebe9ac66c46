"""Every type that flows through the engine, in the order in which it flows.

    Document → Segment → Link → Passage → Review

All are frozen; none has behaviour beyond derived properties. Character offsets are 0-based,
half-open, and count code points of the decoded raw text, line ends as they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum
from math import fsum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range `[start, end)` of character offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read.

    `blocks` are its paragraphs, headings and other stand-alone lines in order: ranges of `text` that
    neither overlap nor hold outer white space. A sentence never crosses a block.
    """

    path: str
    text: str
    encoding: str
    blocks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or heading: `document.text[start:end]`, with white space collapsed in `text`.

    `id` is its 0-based place among the document's segments, `block` the index of its block.
    """

    id: int
    start: int
    end: int
    text: str
    block: int


class Kind(StrEnum):
    """What a link says about its segments."""

    MATCH = "match"
    MOVED = "moved"
    ADDED = "added"
    OMITTED = "omitted"
    BOILERPLATE = "boilerplate"

    @property
    def linked(self) -> bool:
        """Whether both sides hold text that answers each other."""
        return self in (Kind.MATCH, Kind.MOVED)

    @property
    def sign(self) -> str:
        """One character that tells the kind where there is no colour and little room."""
        return _SIGNS[self]


_SIGNS = {Kind.MATCH: "=", Kind.MOVED: "≈", Kind.ADDED: "+", Kind.OMITTED: "∅", Kind.BOILERPLATE: "▢"}


@dataclass(frozen=True, slots=True)
class Link:
    """Candidate segments that answer reference segments, by ascending id; either side may be empty.

    `similarity` is in 0…1, and 0 where a side is empty. `by_hand` says that a person made or accepted the link; where
    it then is a match or moved, its similarity is 1: a person said so.
    """

    candidate: tuple[int, ...]
    reference: tuple[int, ...]
    kind: Kind
    similarity: float = 0.0
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class OtherReference:
    """A further reference, and what of it says the same as the first one.

    `links` hold every segment of both once; `candidate` in them are segments of this reference, `reference` those of
    the first.
    """

    document: Document
    segments: tuple[Segment, ...]
    links: tuple[Link, ...]


class Place(NamedTuple):
    """Where a link or passage stands in the document: it comes before those with a larger place.

    `reference` is its first reference segment, and `candidate` then -1. Where it has none, `candidate` is its first
    candidate segment, and `reference` the first reference segment of the link that holds the nearest candidate segment
    before that one that is in a link with reference segments; -1 where there is none. So the places of all others stay
    as they are when links change, but for those that stand right behind.
    """

    reference: int
    candidate: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A word or a fragment of words that both sides share, and its part in their similarity, in 0…1."""

    text: str
    part: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One link, what ties it, and the best that would be there without it.

    `points` are the link's log-odds by what was looked at. `rivals` are the links that would take its
    place; `lead` is by how many points the whole is worth more as it is, and `reasons` how that comes
    about, leaving segments alone included.
    """

    link: Link
    words: tuple[Tie, ...]
    fragments: tuple[Tie, ...]
    points: Mapping[str, float]
    rivals: tuple[Link, ...]
    lead: float
    reasons: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One side of a passage.

    `start` and `end` enclose its segments in the raw text, and with them any between that another link
    holds; `text` has its own alone. An empty excerpt has no segments, and
    `start == end` is the place where its text would have stood. `line` is 1-based.
    """

    segments: tuple[int, ...]
    start: int
    end: int
    line: int
    text: str
    words: int


class Severity(StrEnum):
    """How much an error matters, as the MQM typology grades it, least first."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference that may change the meaning.

    `kind` is a name in `metrics.findings.KINDS`. `candidate` and `reference` are ranges of the raw texts,
    None where a side has nothing to show. `message` is one sentence, and quotes the texts: it is as little
    to be trusted as they are. `points` is what the finding adds to the risk.
    """

    kind: str
    severity: Severity
    candidate: Span | None
    reference: Span | None
    message: str
    points: float = 0.0


class Term(NamedTuple):
    """One summand of a passage's risk, in penalty points."""

    label: str
    points: float


class Rest(NamedTuple):
    """The content words of a passage without a match that no finding speaks of.

    `rarity` is the sum of theirs, each in 0…1; `unusual` counts those of the candidate that are made of letters
    as hardly a word of the reference is.
    """

    words: int = 0
    rarity: float = 0.0
    unusual: int = 0


class Change(Enum):
    """What a mark of the diff says of its words."""

    REPLACED = "replaced"
    LONE = "lone"
    MOVED = "moved"
    FORM = "form"


class Weight(IntEnum):
    """How much a differing word says: what a reader must not miss, what may matter, what hardly does."""

    FAINT = 0
    PLAIN = 1
    STRONG = 2


class Mark(NamedTuple):
    """Differing words, `text[start:end]` of a passage's side.

    They are replaced by others, lone (the other side has nothing in their place), moved, or differ in case
    or form alone.
    """

    start: int
    end: int
    change: Change
    weight: Weight


@dataclass(frozen=True, slots=True)
class Passage:
    """A link with its texts and what was measured on them.

    `id` hangs on the content, so it survives re-ranking and edits elsewhere; `position` is the place in
    the document, by which passages are in order. `similarity` and `by_hand` are those of the link.
    `scores` are sentence scores in 0…100 by metric name, and `statistics` the sums that sacreBLEU makes
    corpus scores of; both are empty for boilerplate. `terms` sum up to the risk. `findings` come with most
    points first. `marks` are the diff: those of the candidate and those of the reference, each in order and
    without overlap.

    `others` are the texts of further references, in their order; None where one has no text for this passage. What one
    has are its segments that are linked to segments of `reference`, in its own order. It has none where nothing of it
    is linked to them, and where one of the links holds segments of another passage, too: so nothing stands in two
    passages. Scores count all texts; all else looks at `reference` alone.
    """

    id: str
    position: Place
    kind: Kind
    similarity: float
    candidate: Excerpt
    reference: Excerpt
    scores: Mapping[str, float]
    statistics: Mapping[str, tuple[float, ...]]
    terms: tuple[Term, ...] = ()
    findings: tuple[Finding, ...] = ()
    marks: tuple[tuple[Mark, ...], tuple[Mark, ...]] = ((), ())
    by_hand: bool = False
    others: tuple[str | None, ...] = ()

    @property
    def risk(self) -> float:
        """Penalty points, 0 and up."""
        return fsum(term.points for term in self.terms)

    @property
    def risk_per_word(self) -> float:
        """Penalty points per word of the candidate, or of the reference where the candidate has none."""
        return self.risk / max(1, self.candidate.words or self.reference.words)

    @property
    def words(self) -> int:
        """Words of the longer side: what a reviewer has to read."""
        return max(self.candidate.words, self.reference.words)


@dataclass(frozen=True, slots=True)
class Score:
    """A document's score in 0…100 (TER: 0 and up, lower is better) with sacreBLEU's signature."""

    name: str
    value: float
    signature: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of each text is linked.

    `candidate` and `reference` are shares of words in 0…1, boilerplate left out, and 1 for a side
    without words. Word counts are sums over passages; `moved` counts passages.
    """

    candidate: float
    reference: float
    added_words: int
    omitted_words: int
    boilerplate_words: int
    moved: int


class Pairing(StrEnum):
    """How segments are made and linked."""

    SENTENCES = "sentences"
    LINES = "lines"
    ALIGNED = "aligned"


class Scope(StrEnum):
    """Which passages the headline scores count."""

    DOCUMENT = "document"
    ALIGNED = "aligned"

    def counts(self, kind: Kind) -> bool:
        """Whether passages of `kind` enter the headline scores."""
        return kind.linked if self is Scope.ALIGNED else kind is not Kind.BOILERPLATE


@dataclass(frozen=True, slots=True)
class Linking:
    """How links are looked for.

    `gap_cost` is what leaving a segment alone costs, in log-odds against linking it, or None to read it
    off the texts; `longest_group` the most segments of one side in a link, 1…4; `moves` whether passages
    are looked for across the main order.
    """

    gap_cost: float | None = None
    longest_group: int = 4
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides how a pair becomes a review.

    `language` is an ISO 639-1 code, or None to guess; `tokenize` one of sacreBLEU's BLEU
    tokenizers, or None for the language's own; `metrics` are names in `metrics.scoring.METRICS`: BLEU
    and chrF with or without others, or none to leave everything unscored. `encoding` is one of
    Python's, or None to find out. `glossary` is the path of a file as `metrics.glossary` reads it.
    """

    encoding: str | None = None
    pairing: Pairing = Pairing.SENTENCES
    linking: Linking = field(default_factory=Linking)
    language: str | None = None
    keep_boilerplate: bool = False
    scope: Scope = Scope.DOCUMENT
    metrics: tuple[str, ...] = ("BLEU", "chrF", "chrF++")
    tokenize: str | None = None
    lowercase: bool = False
    chrf_word_order: int = 0
    glossary: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the pipeline is about to do, and how much of all is done, in 0…1."""

    message: str
    done: float


@dataclass(frozen=True, slots=True)
class Review:
    """Everything known about a pair. `passages` are in document order, sorted by their positions: the reference's
    order, with what the candidate adds at the place where it stands there. `other_references` are those besides
    `reference`, which passages, findings and coverage are made with."""

    candidate: Document
    reference: Document
    candidate_segments: tuple[Segment, ...]
    reference_segments: tuple[Segment, ...]
    passages: tuple[Passage, ...]
    scores: Mapping[str, Score]
    coverage: Coverage
    language: str
    settings: Settings = field(default_factory=Settings)
    other_references: tuple[OtherReference, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """The passages' links, in their order."""
        return tuple(
            Link(p.candidate.segments, p.reference.segments, p.kind, p.similarity, p.by_hand) for p in self.passages
        )

    @property
    def counted(self) -> tuple[Passage, ...]:
        """The passages that the headline scores count, in document order."""
        return tuple(p for p in self.passages if self.settings.scope.counts(p.kind))

    def count(self, kind: Kind) -> int:
        """How many passages are of `kind`."""
        return sum(passage.kind is kind for passage in self.passages)
