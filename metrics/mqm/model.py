"""What flows through the human metric: units that are judged, and what reviewers say of them.

    Review → Unit → Annotation, Disposition → Act → State

All are frozen. Offsets are 0-based, half-open, and count code points of a unit's own text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from metrics.model import Kind, Severity


class Disposition(StrEnum):
    """What a passage turned out to be."""

    FINE = "fine"
    ERROR = "error"
    PARAPHRASE = "paraphrase"
    MISALIGNMENT = "misalignment"
    NOISE = "noise"

    @property
    def counts(self) -> bool:
        """Whether the passage tells something of the translation: misaligned ones and source noise do not."""
        return self not in (Disposition.MISALIGNMENT, Disposition.NOISE)


class Side(StrEnum):
    """Which text of a unit an annotation speaks of."""

    CANDIDATE = "candidate"
    REFERENCE = "reference"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage as it is judged: its texts with white space collapsed.

    `id` is `Passage.id`: a digest of both texts, and for repeats which of them it is. `position` is its 0-based place.
    `system`, `document`, `segment` and `source`, the text in the language translated from, are from an imported file,
    or empty. `line` is the 1-based line of the candidate's file, or of the reference's where the candidate has none; 0
    where it is unknown.
    """

    id: str
    position: int
    kind: Kind
    candidate: str
    reference: str
    system: str = ""
    document: str = ""
    segment: str = ""
    line: int = 0
    source: str = ""

    def text(self, side: Side) -> str:
        """The text of a side."""
        return {Side.CANDIDATE: self.candidate, Side.REFERENCE: self.reference, Side.SOURCE: self.source}[side]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A reviewer's mark.

    `id` is unique in all sessions. `start` and `end` are a range of the text of `side`; both 0 say that the mark is on
    the whole unit. `category` is an id of the typology, such as `accuracy/mistranslation`. `origin` is the kind of
    finding that proposed it, or empty. `at` is the UTC time of its last change, ISO 8601.
    """

    id: str
    unit: str
    reviewer: str
    side: Side
    start: int
    end: int
    category: str
    severity: Severity
    note: str = ""
    origin: str = ""
    at: str = ""


class Deed(StrEnum):
    """What an act does."""

    ANNOTATE = "annotate"
    REMOVE = "remove"
    DISPOSE = "dispose"
    DISMISS = "dismiss"
    SEE = "see"
    PATCH = "patch"
    UNDO = "undo"
    REDO = "redo"

    @property
    def undoable(self) -> bool:
        """Whether a reviewer can take it back: what was seen was seen."""
        return self not in (Deed.SEE, Deed.UNDO, Deed.REDO)


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the journal; `number` counts from 1 and never repeats, `at` is the UTC time, ISO 8601.

    `body` is, by deed: ANNOTATE the annotation's fields, its id old (changed) or new; REMOVE `{"id": …}`;
    DISPOSE `{"disposition": … | None}`; DISMISS `{"findings": [a kind, or KIND START-END START-END], "back": bool}`, of
    a unit, or of all without one; SEE nothing; UNDO and REDO `{"act": number}`. PATCH corrects the alignment:
    `metrics.corrections` has its form. It may also have `"annotations"`, the fields of those that it takes to another
    unit, that `"unit"` among them, and `"replaced"`, the units that are no more: what they were called is void.
    """

    number: int
    at: str
    reviewer: str
    deed: Deed
    unit: str
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class State:
    """What the journal amounts to.

    `dispositions` and `seen` are by unit and reviewer. `dismissed` has for (reviewer, unit or "", finding as in an act)
    the number of the act that dismissed it, negative where it brought it back; of all about a finding the latest
    decides. `patches` are in order. `undoable` and `redoable` are the acts that each reviewer would undo or redo next.
    """

    annotations: Mapping[str, Annotation]
    dispositions: Mapping[tuple[str, str], Disposition]
    seen: frozenset[tuple[str, str]]
    dismissed: Mapping[tuple[str, str, str], int]
    patches: tuple[Act, ...]
    undoable: Mapping[str, Act]
    redoable: Mapping[str, Act]
