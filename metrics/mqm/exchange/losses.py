"""What a format cannot carry, counted."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from metrics.mqm.exchange.parcel import Parcel, counterpart, kind_of
from metrics.mqm.model import Side


class Part(StrEnum):
    """What a session has and some formats have not, as a person is told of it."""

    ACTS = "earlier or undone acts"
    ORPHANED = "annotations and dispositions of passages that the texts no longer have"
    TEXTS = "sets of paths and settings of the texts"
    SILENT = "passages of which nothing was said"
    KINDS = "kinds of passages"
    REFERENCES = "references"
    AS_SOURCES = "references other than as sources"
    PLACES = "places in references"
    DISPOSITIONS = "dispositions"
    SEEN = "marks of what was seen"
    NOTES = "notes"
    ORIGINS = "findings that proposed an annotation"
    TIMES = "times of annotations"
    JUDGED = "times of dispositions"


def losses(parcel: Parcel, lacks: Collection[Part]) -> dict[str, int]:
    """How much of each part a parcel has; parts of which it has none are left out."""
    counts = {part.value: count(parcel) for part, count in _COUNTS.items() if part in lacks}
    return {part: count for part, count in counts.items() if count}


def _standing(parcel: Parcel) -> int:
    """How many acts what stands is from: each annotation, disposition and mark of what was seen has one."""
    said = len(parcel.annotations) + len(parcel.dispositions) + len(parcel.seen)
    return min(len(parcel.acts), said + parcel.orphaned)


def _silent(parcel: Parcel) -> int:
    return sum(not said.annotations and not said.fine for said in parcel.by_unit())


def _places(parcel: Parcel) -> int:
    sides = {unit.id: counterpart(unit)[0] for unit in parcel.units}
    return sum(a.side not in (Side.CANDIDATE, sides[a.unit]) for a in parcel.annotations)


_COUNTS: Mapping[Part, Callable[[Parcel], int]] = {
    Part.ACTS: lambda parcel: len(parcel.acts) - _standing(parcel),
    Part.ORPHANED: lambda parcel: parcel.orphaned,
    Part.TEXTS: lambda parcel: len(parcel.texts),
    Part.SILENT: _silent,
    Part.KINDS: lambda parcel: sum(u.kind is not kind_of(u.candidate, counterpart(u)[1]) for u in parcel.units),
    Part.REFERENCES: lambda parcel: sum(bool(u.source and u.reference) for u in parcel.units),
    Part.AS_SOURCES: lambda parcel: sum(bool(u.reference and not u.source) for u in parcel.units),
    Part.PLACES: _places,
    Part.DISPOSITIONS: lambda parcel: len(parcel.dispositions) - sum(len(said.fine) for said in parcel.by_unit()),
    Part.SEEN: lambda parcel: len(parcel.seen),
    Part.NOTES: lambda parcel: sum(bool(a.note) for a in parcel.annotations),
    Part.ORIGINS: lambda parcel: sum(bool(a.origin) for a in parcel.annotations),
    Part.TIMES: lambda parcel: len(parcel.annotations),
    Part.JUDGED: lambda parcel: len(parcel.dispositions),
}
