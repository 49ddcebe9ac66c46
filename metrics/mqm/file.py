"""A review's file as SQLite keeps it: opened without harm, read as far as it goes, written in whole transactions."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from metrics.errors import DamagedSession, MissingFile, NewerSession, NotASession, UnreadableFile, UnwritableFile
from metrics.mqm import schema
from metrics.visible import clean

#: Seconds to wait while another process writes; each of its transactions takes milliseconds.
_PATIENCE = 60.0
#: How many row numbers are tried to get past damage; they are further apart the more of them failed.
_LEAPS = 300
_HELPERS = ("-wal", "-shm", "-journal")
_NO_WAY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_BROKEN = (0, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH)

_Made = TypeVar("_Made")


class ReviewFile:
    """A review file that is open. It belongs to one thread.

    Until `begin` it is only looked at: it is not held between readings, and nothing is written, be it beside it.
    `empty` is whether there is nothing to read yet. `damage` tells of a file that is open for reading alone, once
    something turned out to be unreadable, what that was.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool, readonly: bool) -> None:
        """Raises `MissingFile`, `UnreadableFile`, `UnwritableFile`, `NotASession`, `NewerSession`, `DamagedSession`."""
        self.name = clean(str(path)) or "''"
        self.damage = ""
        self._readonly = readonly
        self._writer: sqlite3.Connection | None = None
        with _reached(self.name):
            self._file = Path(path).resolve()
            self.empty = not _found(self._file, self.name, create) or not self._file.stat().st_size
            if not self.empty:
                self._check(create)
            elif not create:
                raise self._empty()

    def begin(self, create: bool) -> None:
        """Open it for writing, and bring it up to date."""
        with _reached(self.name):
            self._writer = _writer(self._file, create)
            self._identity = self._identified()
            self.empty = False

    def _check(self, create: bool) -> None:
        """Look at the file without touching it: whose it is, of which version, and whether it is sound."""
        with self.noted(), self.reading() as connection:
            application, version = schema.version_of(connection)
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if application != schema.APPLICATION_ID and (version or tables):
                raise NotASession(f"{self.name} is a database, but no review: choose another file")
            if version > len(schema.STEPS):
                raise NewerSession(
                    f"{self.name} is of version {version}, this program knows {len(schema.STEPS)}: "
                    "use a newer bleupencil"
                )
            self.empty = not tables and not application
            if self.empty and not create:
                raise self._empty()
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok" or version < (1 if tables else 0):
                raise DamagedSession(_damaged(self.name, found.splitlines()[-1]))

    def _empty(self) -> NotASession:
        return NotASession(f"{self.name} is empty: open it with 'bleupencil review' first, or choose another file")

    def close(self) -> None:
        """Close the file; the last to do so leaves it alone, without the files that SQLite works with."""
        if self._writer is None:
            return
        # Fails where another process has the file open; that one tidies up.
        with suppress(sqlite3.Error):
            self._writer.execute("PRAGMA busy_timeout = 100")
            self._writer.execute("PRAGMA journal_mode = DELETE")
        self._writer.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with."""
        with _reached(self.name), ExitStack() as stack:
            yield self._writer or _reader(self._file, bool(self.damage), stack)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on disk when it is left without an error; or a part of the one that is open."""
        if self._writer is None:
            raise UnwritableFile(f"{self.name} is open for reading alone: open it for writing")
        if self._writer.in_transaction:
            yield self._writer
            return
        with _told(self.name):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                if self._identified() != self._identity:
                    raise UnwritableFile(f"{self.name} was moved or replaced while it was open: open it again")
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def _identified(self) -> tuple[int, int] | None:
        """Which file it is: what is written to one that no longer has its name is lost."""
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def rows(self, table: str, columns: Sequence[str], make: Callable[..., _Made], after: int = 0) -> Iterator[_Made]:
        """What `make` makes of each row after a `rowid`, in the order in which they came in.

        Of a damaged file that is open for reading alone, those that can be read; else raises `DamagedSession`.
        """
        query = f"SELECT rowid, checksum, {', '.join(columns)} FROM {table} WHERE rowid > ? ORDER BY rowid"
        leaps = 0
        with self.reading() as connection:
            while leaps < _LEAPS:
                leap = 1
                with self.noted(), _told(self.name):
                    for place, checksum, *row in connection.execute(query, (after,)):
                        # The tree of a damaged table may lead back to its own beginning, without end.
                        if place <= after:
                            raise ValueError("rows are out of order")
                        after, leap, leaps = place, 0, 0
                        yield make(*schema.unsealed(row, checksum))
                        leap = 1
                    return
                after += leap * (1 + leaps // 20)
                leaps += leap

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Goes on after damage where the file is open for reading alone."""
        try:
            yield
        except (DamagedSession, ValueError, LookupError, TypeError) as error:
            told = error if isinstance(error, DamagedSession) else DamagedSession(_damaged(self.name, str(error)))
            if not self._readonly:
                raise told from None
            self.damage = self.damage or str(told)


def _found(file: Path, name: str, create: bool) -> bool:
    """Whether a file is there."""
    if file.is_dir():
        raise MissingFile(f"{name} is a folder: name a review file in it")
    if not file.exists():
        if not create:
            raise MissingFile(f"no such review: {name}: check the path")
        if not file.parent.is_dir():
            raise MissingFile(f"no folder to make {name} in: make it, or choose another path")
        return False
    if not file.is_file():
        raise NotASession(f"{name} is no file: choose another one")
    return True


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE, isolation_level=None)


def _writer(file: Path, create: bool) -> sqlite3.Connection:
    patience = time.monotonic() + _PATIENCE
    while True:
        connection = _connect(file, "rwc" if create else "rw")
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            schema.migrate(connection, schema.STEPS)
            return connection
        except BaseException as error:
            connection.close()
            # SQLite does not wait when two switch the journal's mode at once.
            if _code(error) not in _HELD or time.monotonic() > patience:
                raise
        time.sleep(0.01)


def _reader(file: Path, damaged: bool, stack: ExitStack) -> sqlite3.Connection:
    """A connection that leaves the file and its folder as they are; the stack closes it.

    Where SQLite would have to write for it (to bring home what a killed process or a copied write-ahead log left, or
    to bring an older version up to date), it is one to a copy.
    """
    if _settled(file):
        connection = stack.enter_context(closing(_connect(file, "ro")))
        if damaged:
            # Lets SQLite read a file that is shorter than it says.
            connection.execute("PRAGMA writable_schema = ON")
        try:
            # All that is read then is of one moment.
            connection.execute("BEGIN")
            application, version = schema.version_of(connection)
        except sqlite3.OperationalError as error:
            if _code(error) not in _NO_WAY:
                raise
        else:
            if application != schema.APPLICATION_ID or not 0 < version < len(schema.STEPS):
                return connection
    folder = stack.enter_context(TemporaryDirectory(prefix="bleupencil-"))
    connection = stack.enter_context(closing(_connect(_copied(file, Path(folder)), "rw")))
    if damaged:
        connection.execute("PRAGMA writable_schema = ON")
    application, version = schema.version_of(connection)
    if application == schema.APPLICATION_ID and version > 0:
        schema.migrate(connection, schema.STEPS)
    return connection


def _settled(file: Path) -> bool:
    """Whether SQLite can read the file without making another beside it."""
    wal, shared, _ = (_beside(file, helper).exists() for helper in _HELPERS)
    if wal or shared:
        return wal and shared
    # A process that closes a file loses its locks on it, so this must not be done to one that is in use.
    with file.open("rb") as stream:
        # Byte 18 of the header is 2 where a write-ahead log is to be used.
        return stream.read(19)[18:] != b"\2"


def _copied(file: Path, folder: Path) -> Path:
    """A copy of the file, and of what SQLite left beside it, at a moment when nobody changed them."""
    patience = time.monotonic() + _PATIENCE
    while True:
        before = _states(file)
        for helper in ("", "-wal", "-journal"):
            target = folder / f"review{helper}"
            target.unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(_beside(file, helper), target)
        if before == _states(file) or time.monotonic() > patience:
            return folder / "review"
        time.sleep(0.01)


def _states(file: Path) -> list[tuple[int, int] | None]:
    states: list[tuple[int, int] | None] = []
    for helper in ("", *_HELPERS):
        try:
            status = _beside(file, helper).stat()
        except FileNotFoundError:
            states.append(None)
        else:
            states.append((status.st_size, status.st_mtime_ns))
    return states


def _beside(file: Path, helper: str) -> Path:
    return file.with_name(file.name + helper)


def _code(error: BaseException) -> int:
    """SQLite's primary code of an error; 0 for what Python's own module says."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF if isinstance(error, sqlite3.Error) else -1


def _damaged(name: str, what: str) -> str:
    return f"{name} is damaged ({clean(what)}): restore a copy, or save with 'bleupencil export' what can be read"


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Errors of SQLite as those that a person can mend."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        code = _code(error)
        if code == sqlite3.SQLITE_NOTADB:
            raise NotASession(f"{name} is no review: choose another file, or restore a copy of it") from None
        if code in _BROKEN:
            raise DamagedSession(_damaged(name, str(error))) from None
        if code in _NO_WAY:
            raise UnwritableFile(
                f"cannot write to {name}: name a file in a folder where you may write, or copy it there"
            ) from None
        if code == sqlite3.SQLITE_FULL:
            raise UnwritableFile(f"cannot write to {name}, the disk is full: make room; nothing is lost") from None
        if code in _HELD:
            raise UnwritableFile(f"cannot write to {name}: another program holds it; close that") from None
        raise UnwritableFile(f"cannot use {name}: {clean(str(error))}: copy it elsewhere and try again") from None


@contextmanager
def _reached(name: str) -> Iterator[None]:
    """Errors of the system, where nothing but the file itself is looked at, and those of SQLite."""
    try:
        with _told(name):
            yield
    except OSError as error:
        raise UnreadableFile(f"cannot read {name}: {error.strerror}: check the path and its permissions") from None
