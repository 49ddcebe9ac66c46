"""Exchange: what reviewers said, to other programs and back.

Session → Parcel → text        export
bytes → Parcel → Session       import
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from metrics.errors import BadExchange, UsageError
from metrics.mqm.exchange import google, jsonl, marot, sheet, tmx, xliff
from metrics.mqm.exchange.losses import Part, losses
from metrics.mqm.exchange.merge import Imported, merge
from metrics.mqm.exchange.parcel import Parcel, digest, parcel_of
from metrics.mqm.exchange.rows import place_of
from metrics.mqm.model import Act, Deed, Disposition, Unit
from metrics.mqm.store import Session
from metrics.reading.source import open_source, read_bytes
from metrics.visible import clean
from metrics.wording import count

__all__ = ["FORMATS", "Format", "Imported", "export_text", "import_file", "merge", "read_file"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write down what reviewers said.

    `write` also counts what the text cannot hold of the characters; `lacks` is what it has no field for. `same` tells
    by what a unit is known when its id is not carried.
    """

    suffixes: tuple[str, ...]
    write: Callable[[Parcel], tuple[str, Counter[str]]]
    read: Callable[[bytes, str], Parcel]
    lacks: Collection[Part]
    same: Callable[[Unit], Hashable] | None = None


_STATE = frozenset({Part.ACTS, Part.ORPHANED, Part.TEXTS, Part.JUDGED})
FORMATS: Mapping[str, Format] = {
    "google": Format((".tsv",), google.write, google.read, frozenset(Part), place_of),
    "marot": Format((".tsv",), marot.write, marot.read, _STATE),
    "jsonl": Format((".jsonl",), jsonl.write, jsonl.read, frozenset()),
    "csv": Format((".csv",), sheet.write, sheet.read, _STATE),
    "tmx": Format((".tmx",), tmx.write, tmx.read, _STATE),
    "xliff": Format((".xlf", ".xliff"), xliff.write, xliff.read, _STATE),
}


def export_text(session: Session, format: str) -> tuple[str, dict[str, int]]:
    """What a session holds as the text of a file, to be written as UTF-8, and how much of what it cannot carry.

    Raises `UsageError` for an unknown format.
    """
    chosen = _format(format)
    parcel = parcel_of(session)
    text, replaced = chosen.write(parcel)
    return text, losses(parcel, chosen.lacks) | dict(replaced)


def import_file(path: str, session: Session, format: str | None = None, reviewer: str | None = None) -> Imported:
    """Add what a file holds to a session: all of it, or nothing where it raises `BadExchange`.

    What is there already is not added again. The format is told by the name or the first line unless it is given.
    With `reviewer` all is theirs. Raises what `read_file` and `merge` do.
    """
    format, parcel = read_file(path, format, reviewer)
    return merge(parcel, session, FORMATS[format].same)


def read_file(path: str, format: str | None = None, reviewer: str | None = None) -> tuple[str, Parcel]:
    """The format of a file and what it holds. Raises `BadExchange`, `UsageError`, `MissingFile`, `UnreadableFile`."""
    if reviewer is not None and not reviewer.strip():
        raise UsageError("the reviewer has no name: give --reviewer NAME, or leave it out")
    source = open_source(path)
    raw = read_bytes(source)
    format = format or _found(PurePath(path).suffix.lower(), raw, source.name)
    if not raw.strip():
        raise BadExchange(f"{clean(source.name)} is empty: export it again, or choose another file")
    parcel = _format(format).read(raw, source.name)
    if reviewer is not None:
        return format, _as(parcel, reviewer, source.name)
    nameless = sum(not a.reviewer for a in parcel.annotations) + sum(not who for _, who in parcel.dispositions)
    if nameless:
        raise BadExchange(f"{clean(source.name)}: no reviewer is named {count(nameless, 'time')}: give --reviewer NAME")
    return format, parcel


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise UsageError(f"unknown format {clean(name)!r}: use one of {', '.join(FORMATS)}")
    return FORMATS[name]


def _found(suffix: str, raw: bytes, name: str) -> str:
    """The format that a file's name tells, or of two of the same name its first line."""
    if suffix == ".tsv":
        first = raw.split(b"\n", 1)[0]
        return "marot" if first.count(b"\t") >= 9 or b"docSegId" in first else "google"
    for format, entry in FORMATS.items():
        if suffix in entry.suffixes:
            return format
    raise UsageError(f"{clean(name)}: the name does not tell the format: give --format {'|'.join(FORMATS)}")


def _as(parcel: Parcel, reviewer: str, name: str) -> Parcel:
    """The parcel as if `reviewer` had said it all. Another's annotations get other ids: the two are not the same."""

    def other(identity: str, who: object) -> str:
        return digest(identity, reviewer, size=16) if identity and who != reviewer else identity

    who_acted = {act.reviewer for act in parcel.acts} | {act.body.get("reviewer", act.reviewer) for act in parcel.acts}
    if len(who_acted) > 1:
        raise BadExchange(f"{clean(name)} has the journals of {len(who_acted)} reviewers: import it without --reviewer")

    def taken(act: Act) -> Act:
        body = dict(act.body)
        if act.deed in (Deed.ANNOTATE, Deed.REMOVE):
            body["id"] = other(body["id"], act.reviewer)
        if act.deed is Deed.ANNOTATE:
            body["reviewer"] = reviewer
        return replace(act, reviewer=reviewer, body=body)

    dispositions: dict[tuple[str, str], Disposition] = {}
    for (unit, _), what in parcel.dispositions.items():
        dispositions.setdefault((unit, reviewer), what)
    left_out = len(parcel.dispositions) - len(dispositions)
    told = Counter({"dispositions left out, for one reviewer has one of a passage": left_out})
    return replace(
        parcel,
        annotations=tuple(replace(a, reviewer=reviewer, id=other(a.id, a.reviewer)) for a in parcel.annotations),
        dispositions=dispositions,
        oddities=dict(parcel.oddities) | dict(+told),
        seen=tuple(dict.fromkeys((unit, reviewer) for unit, _ in parcel.seen)),
        acts=tuple(map(taken, parcel.acts)),
    )
