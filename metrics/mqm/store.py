"""The review file: one SQLite database that keeps every act of every reviewer.

What `Session` returns from is on disk. Several processes may have the file open: each writes in turn and sees
what the others wrote at its next `refresh`.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any, Self
from uuid import uuid4

import metrics
from metrics.model import Kind
from metrics.mqm.file import ReviewFile
from metrics.mqm.journal import Journal, body_of, fold
from metrics.mqm.model import Act, Annotation, Deed, Disposition, State, Unit
from metrics.mqm.schema import sealed

SUFFIX = ".review"


@dataclass(frozen=True, slots=True)
class Texts:
    """The pair that a session's units come from: paths as given, digests of the raw texts, how they were read."""

    candidate_path: str
    candidate_digest: str
    reference_path: str
    reference_digest: str
    language: str = ""
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Orphan:
    """A unit that the texts no longer have, and what reviewers said of it."""

    unit: Unit
    annotations: tuple[Annotation, ...]
    dispositions: Mapping[str, Disposition]


# The columns of each table, but for the checksum.
_ACT = ("number", "at", "reviewer", "deed", "unit", "body")
_UNIT = (*(column.name for column in fields(Unit)), "current")
_TEXTS = ("at", "version", *(column.name for column in fields(Texts)))


class Session:
    """A review file that is open. Close it, or use it as a context manager; it belongs to one thread."""

    def __init__(self, file: ReviewFile) -> None:
        """Use `Session.open`."""
        self._file = file
        self._acts: list[Act] = []
        self.journal = Journal()
        self._state: State | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = False, readonly: bool = False) -> Self:
        """Open a review file, making it with `create` where there is none.

        With `readonly` nothing is written, and of a damaged file what can be read is: `damage` then tells what is
        wrong. Raises `MissingFile`, `UnreadableFile`, `UnwritableFile`, `NotASession`, `NewerSession` and
        `DamagedSession`.
        """
        file = ReviewFile(path, create=create and not readonly, readonly=readonly)
        session = cls(file)
        # A file is read before it is opened for writing: what is damaged stays as it is.
        if not file.empty:
            session.refresh()
        if readonly:
            return session
        file.begin(create)
        try:
            session.refresh()
        except BaseException:
            session.close()
            raise
        return session

    @property
    def path(self) -> str:
        """The path as given, fit to be shown."""
        return self._file.name

    @property
    def damage(self) -> str:
        """What is wrong with the file, as far as it is read; empty where nothing is."""
        return self._file.damage

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is left to save."""
        self._file.close()

    @property
    def acts(self) -> Sequence[Act]:
        """The journal, as far as it is read."""
        return self._acts

    @property
    def state(self) -> State:
        """What the journal amounts to, as far as it is read: a copy, which takes time where much was said."""
        if self._state is None:
            self._state = self.journal.state()
        return self._state

    def refresh(self) -> tuple[Act, ...]:
        """Read what this and other processes have written since; returns the new acts."""
        last = self._acts[-1].number if self._acts else 0
        new = tuple(self._file.rows("acts", _ACT, _act, last))
        if new:
            self._acts += new
            for act in new:
                self.journal.add(act)
            self._state = None
        return new

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the texts as they are now, in document order."""
        return self._units(current=True)

    @property
    def former(self) -> tuple[Unit, ...]:
        """Units that the texts no longer have, whether something was said of them or not."""
        return self._units(current=False)

    @property
    def orphans(self) -> tuple[Orphan, ...]:
        """What was said of units that the texts no longer have."""
        annotations: defaultdict[str, list[Annotation]] = defaultdict(list)
        dispositions: defaultdict[str, dict[str, Disposition]] = defaultdict(dict)
        for annotation in self.state.annotations.values():
            annotations[annotation.unit].append(annotation)
        for (unit, reviewer), disposition in self.state.dispositions.items():
            dispositions[unit][reviewer] = disposition
        return tuple(
            Orphan(unit, tuple(annotations[unit.id]), dispositions[unit.id])
            for unit in self.former
            if unit.id in annotations or unit.id in dispositions
        )

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Everybody who did something, first come first."""
        return tuple(dict.fromkeys(act.reviewer for act in self._acts))

    @property
    def texts(self) -> tuple[Texts, ...]:
        """The pairs that the session was opened with, first to last."""
        return tuple(self._file.rows("texts", _TEXTS, _texts))

    def _units(self, current: bool) -> tuple[Unit, ...]:
        units = (unit for unit, here in self._file.rows("units", _UNIT, _unit) if here is current)
        return tuple(sorted(units, key=lambda unit: (unit.position, unit.id)))

    def adopt(self, units: Iterable[Unit], texts: Texts | None = None) -> None:
        """Take `units` as those of the texts as they are now.

        Units with the same id keep what was said of them; those that are no longer there stay as orphans.
        """
        new = {unit.id: unit for unit in units}
        with self._file.writing():
            known = {unit.id: unit for unit in self.units}
            self._write_units((unit for unit in known.values() if unit.id not in new), False)
            self._write_units((unit for unit in new.values() if known.get(unit.id) != unit), True)
            if texts is not None and (not (pairs := self.texts) or pairs[-1] != _texts("", "", *_texts_row(texts))):
                self._insert("texts", _TEXTS, [(_now(), metrics.__version__, *_texts_row(texts))])

    def add_units(self, units: Iterable[Unit], current: bool = True) -> None:
        """Add units to those that are there, as `former` ones without `current`; one of the same id is replaced."""
        with self._file.writing():
            self._write_units(units, current)

    def _write_units(self, units: Iterable[Unit], current: bool) -> None:
        rows = ([*(getattr(unit, name) for name in _UNIT[:-1]), int(current)] for unit in units)
        self._insert("units", _UNIT, rows)

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        places = ", ".join("?" for _ in (*columns, "checksum"))
        with self._file.writing() as connection:
            connection.executemany(
                f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}, checksum) VALUES ({places})", map(sealed, rows)
            )

    def annotate(self, annotation: Annotation) -> Act:
        """Add an annotation, or change the one of the same id."""
        return self.record([(annotation.reviewer, Deed.ANNOTATE, annotation.unit, body_of(annotation))])[0]

    def remove(self, annotation: Annotation, reviewer: str) -> Act:
        """Take an annotation away."""
        return self.record([(reviewer, Deed.REMOVE, annotation.unit, {"id": annotation.id})])[0]

    def dispose(self, unit: str, reviewer: str, disposition: Disposition | None) -> Act:
        """Say what a unit turned out to be, or with None that it is open again."""
        return self.record([(reviewer, Deed.DISPOSE, unit, {"disposition": disposition})])[0]

    def see(self, unit: str, reviewer: str) -> Act:
        """Note that a reviewer has had a unit before them."""
        return self.record([(reviewer, Deed.SEE, unit, {})])[0]

    def undo(self, reviewer: str) -> Act | None:
        """Undo the reviewer's last act that is not undone; returns that act, or None where there is none."""
        return self._turn(reviewer, Deed.UNDO)

    def redo(self, reviewer: str) -> Act | None:
        """Do the act again that the reviewer undid last; returns that act, or None where there is none."""
        return self._turn(reviewer, Deed.REDO)

    def _turn(self, reviewer: str, deed: Deed) -> Act | None:
        with self.together():
            found = (self.journal.undoable if deed is Deed.UNDO else self.journal.redoable)(reviewer)
            if found is not None:
                self.record([(reviewer, deed, found.unit, {"act": found.number})])
        return found

    def record(self, deeds: Iterable[tuple[str, Deed, str, Mapping[str, Any]]], at: str = "") -> tuple[Act, ...]:
        """Write acts, `(reviewer, deed, unit, body)` each, all of them or none; they are on disk on return.

        `at` is when they were done, if that was not now. What another process wrote is read along with them, and is
        not among what the next `refresh` returns.
        """
        at = at or _now()
        rows = [(at, who, deed, unit, json.dumps(dict(body), ensure_ascii=False)) for who, deed, unit, body in deeds]
        # What cannot be read again must never be written.
        fold([_act(0, *row) for row in rows])
        with self._file.writing() as connection:
            (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM acts").fetchone()
            self._insert("acts", _ACT, [(number, *row) for number, row in enumerate(rows, last + 1)])
        return tuple(act for act in self.refresh() if last < act.number <= last + len(rows))

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside comes to be at its end, or none of it; meanwhile nobody else writes."""
        count = len(self._acts)
        try:
            with self._file.writing():
                self.refresh()
                yield
        except BaseException:
            if len(self._acts) > count:
                del self._acts[count:]
                self.journal = Journal(self._acts)
                self._state = None
            raise


def new_id() -> str:
    """An id that no annotation of any session has."""
    return uuid4().hex


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _act(number: int, at: str, reviewer: str, deed: str, unit: str, body: str) -> Act:
    return Act(number, at, reviewer, Deed(deed), unit, json.loads(body))


def _unit(name: str, position: int, kind: str, *rest: Any) -> tuple[Unit, bool]:
    *texts, current = rest
    return Unit(name, position, Kind(kind), *texts), bool(current)


def _texts(_at: str, _version: str, first: str, digest: str, second: str, other: str, *rest: str) -> Texts:
    language, settings = rest
    return Texts(first, digest, second, other, language, json.loads(settings))


def _texts_row(texts: Texts) -> tuple[str, ...]:
    names = (getattr(texts, name) for name in _TEXTS[2:-1])
    return (*names, json.dumps(dict(texts.settings), ensure_ascii=False))
