"""What goes from a session to a file and back, whatever the format."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from types import MappingProxyType

from metrics.model import Kind
from metrics.mqm.model import Act, Annotation, Disposition, Side, Unit
from metrics.mqm.store import Session, Texts


@dataclass(frozen=True, slots=True)
class Said:
    """A unit, and what was said of it: annotations in their order, and by reviewer what it turned out to be.

    `fine` names those who found it fine and annotated nothing, `seen` those who said nothing of it.
    """

    unit: Unit
    annotations: list[Annotation]
    dispositions: Mapping[str, Disposition]
    fine: list[str]
    seen: list[str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """Units in document order, and what reviewers said of them.

    `dispositions` and `seen` are by unit and reviewer; `seen` has only what neither an annotation nor a disposition
    tells. `former` units are no longer in the texts; `orphaned` counts what was said of them. What comes from a file
    has either `acts` or what they amount to. Its annotations have no id, time or reviewer where the file has none;
    `oddities` counts what was read otherwise than it stands, by what that was.
    """

    units: tuple[Unit, ...]
    annotations: tuple[Annotation, ...] = ()
    dispositions: Mapping[tuple[str, str], Disposition] = field(default_factory=lambda: MappingProxyType({}))
    seen: tuple[tuple[str, str], ...] = ()
    acts: tuple[Act, ...] = ()
    texts: tuple[Texts, ...] = ()
    former: tuple[Unit, ...] = ()
    orphaned: int = 0
    oddities: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def language(self) -> str:
        """The language of candidate and reference, or `und` where nothing is known of it."""
        return (self.texts[-1].language if self.texts else "") or "und"

    def by_unit(self) -> Iterator[Said]:
        """Each unit with what was said of it, in order."""
        annotations: defaultdict[str, list[Annotation]] = defaultdict(list)
        for annotation in self.annotations:
            annotations[annotation.unit].append(annotation)
        dispositions: defaultdict[str, dict[str, Disposition]] = defaultdict(dict)
        for (unit, reviewer), disposition in self.dispositions.items():
            dispositions[unit][reviewer] = disposition
        seen: defaultdict[str, list[str]] = defaultdict(list)
        for unit, reviewer in self.seen:
            seen[unit].append(reviewer)
        for one in self.units:
            marked = {a.reviewer for a in annotations[one.id]}
            judged = dispositions[one.id]
            fine = [who for who, what in judged.items() if what is Disposition.FINE and who not in marked]
            yield Said(one, annotations[one.id], judged, fine, seen[one.id])


def parcel_of(session: Session) -> Parcel:
    """All that a session holds."""
    units, state = session.units, session.state
    places = {unit.id: place for place, unit in enumerate(units)}
    annotations = [a for a in state.annotations.values() if a.unit in places]
    dispositions = {where: what for where, what in state.dispositions.items() if where[0] in places}
    told = {(a.unit, a.reviewer) for a in annotations} | dispositions.keys()
    seen = [where for where in state.seen - told if where[0] in places]
    return Parcel(
        units,
        tuple(sorted(annotations, key=lambda a: places[a.unit])),
        {where: dispositions[where] for where in sorted(dispositions, key=lambda w: (places[w[0]], w[1]))},
        tuple(sorted(seen, key=lambda w: (places[w[0]], w[1]))),
        tuple(session.acts),
        session.texts,
        session.former,
        sum(len(orphan.annotations) + len(orphan.dispositions) for orphan in session.orphans),
    )


def counterpart(unit: Unit) -> tuple[Side, str]:
    """What the candidate is held against in a format of two texts: the source if there is one, else the reference."""
    return (Side.SOURCE, unit.source) if unit.source else (Side.REFERENCE, unit.reference)


def kind_of(candidate: str, other: str) -> Kind:
    """What two texts tell of their kind when nothing else does."""
    if candidate and other:
        return Kind.MATCH
    return Kind.ADDED if candidate else Kind.OMITTED


def digest(*parts: str, size: int = 8) -> str:
    """A name that is the same for the same parts; `size` in bytes."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
