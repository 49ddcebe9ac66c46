"""Which pairs were reviewed of late, and how far the review of each has come."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from metrics.errors import BleupencilError
from metrics.model import Settings
from metrics.mqm.store import Session
from metrics.mqm.units import settings_of
from tui.config import read_state, state_path, write_state

#: More than that nobody looks through.
_MOST = 30
_FILE = "recent.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Recent:
    """A review that was begun: absolute paths of its file and of both texts, and how these were read and linked.

    `at` is the UTC time at which it was last opened, ISO 8601.
    """

    session: str
    candidate: str
    reference: str
    settings: Settings = field(default_factory=Settings)
    at: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Those of its three files that are no longer there."""
        return tuple(path for path in (self.session, self.candidate, self.reference) if not os.path.isfile(path))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a reviewer has come with a review.

    That is: passages reviewed of all that there are now, everybody's marks, and the time of the last act. `trouble` is
    one line on why the review file cannot be read, or empty.
    """

    reviewed: int = 0
    passages: int = 0
    annotations: int = 0
    last: datetime | None = None
    trouble: str = ""


def recent() -> tuple[Recent, ...]:
    """The reviews that were opened last, newest first, 30 at most; none where the list of them cannot be read."""
    return tuple(_entries()[0])


def remember(session: str | os.PathLike[str], candidate: str, reference: str, settings: Settings | None = None) -> None:
    """Put a review at the head of the list. Of two programs that do so at the same moment one may be forgotten.

    A list that cannot be read is set aside, as `recent.json.broken`, and begun anew.
    """
    paths = os.path.abspath(session), os.path.abspath(candidate), os.path.abspath(reference)
    settings = settings or Settings()
    if settings.glossary is not None:
        settings = replace(settings, glossary=os.path.abspath(settings.glossary))
    entry = Recent(*paths, settings, datetime.now(UTC).isoformat(timespec="seconds"))
    entries, sound = _entries()
    if not sound:
        path = state_path(_FILE)
        with suppress(OSError):
            os.replace(path, path.with_name(f"{_FILE}.broken"))
    _write([entry, *(other for other in entries if other.session != entry.session)])


def forget(session: str) -> None:
    """Take a review off the list; its file stays."""
    entries, sound = _entries()
    if sound:
        _write([entry for entry in entries if entry.session != session])


def standing(entry: Recent, reviewer: str) -> Standing:
    """How far a reviewer has come with a review; its file is read, all of it, and left as it is."""
    try:
        with Session.open(entry.session, readonly=True) as session:
            units = {unit.id for unit in session.units}
            journal = session.journal
            marked = {mark.unit for mark in journal.annotations.values() if mark.reviewer == reviewer}
            judged = {unit for unit, who in journal.dispositions if who == reviewer}
            last = _time(session.acts[-1].at) if session.acts else None
            reviewed = len(units & (marked | judged))
            return Standing(reviewed, len(units), len(journal.annotations), last, session.damage)
    except BleupencilError as error:
        return Standing(trouble=str(error))


def _time(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None


def _entries() -> tuple[list[Recent], bool]:
    """The list, and whether it could be read."""
    text = read_state(_FILE)
    if text is None:
        return [], not state_path(_FILE).exists()
    try:
        return list(_read(json.loads(text)))[:_MOST], True
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return [], False


def _read(value: Any) -> Iterator[Recent]:
    if value["schema"] != _SCHEMA:
        raise ValueError("of another version")
    for entry in value["sessions"]:
        paths = entry["session"], entry["candidate"], entry["reference"]
        if not all(isinstance(path, str) and path and "\0" not in path for path in paths):
            raise ValueError("no path")
        yield Recent(*paths, settings_of(entry["settings"]), str(entry["at"]))


def _write(entries: list[Recent]) -> None:
    value = {"schema": _SCHEMA, "sessions": [asdict(entry) for entry in entries[:_MOST]]}
    # ASCII alone: names of files may hold what UTF-8 cannot.
    write_state(_FILE, json.dumps(value, indent=1) + "\n")
