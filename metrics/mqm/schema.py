"""The tables of a review file, and how an older file becomes a newer one.

A file says by SQLite's `application_id` that it is a review, and by `user_version` how many of the steps it has.
The `checksum` of a row is the CRC-32 of its other columns' texts in UTF-8, in order, with a unit separator between.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any
from zlib import crc32

#: "BLPR", in four bytes.
APPLICATION_ID = 0x424C5052

#: Each is run once, in a transaction of its own with the new version. They are never changed, only added to.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE texts (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            version TEXT NOT NULL,
            candidate_path TEXT NOT NULL,
            candidate_digest TEXT NOT NULL,
            reference_path TEXT NOT NULL,
            reference_digest TEXT NOT NULL,
            language TEXT NOT NULL,
            settings TEXT NOT NULL,
            checksum INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE units (
            id TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            candidate TEXT NOT NULL,
            reference TEXT NOT NULL,
            system TEXT NOT NULL,
            document TEXT NOT NULL,
            segment TEXT NOT NULL,
            line INTEGER NOT NULL,
            source TEXT NOT NULL,
            current INTEGER NOT NULL,
            checksum INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE acts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            deed TEXT NOT NULL,
            unit TEXT NOT NULL,
            body TEXT NOT NULL,
            checksum INTEGER NOT NULL
        )
        """,
    ),
)


def version_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """The application id and the version of a file; both 0 for an empty one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def migrate(connection: sqlite3.Connection, steps: tuple[tuple[str, ...], ...] = STEPS) -> None:
    """Bring a file up to date; `connection` is in autocommit mode.

    Another process may do the same at this moment, so the version is read again inside each transaction.
    """
    while version_of(connection)[1] < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(connection)[1]
            if version < len(steps):
                for statement in steps[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def sealed(row: Sequence[str | int]) -> tuple[str | bytes | int, ...]:
    """A row as it is stored: with its checksum at the end, and as bytes the texts that have lone surrogates."""
    return (*(_storable(value) if isinstance(value, str) else value for value in row), _checksum(row))


def unsealed(row: Sequence[Any], checksum: int) -> Sequence[Any]:
    """A row as it was before it was stored. Raises `ValueError` where it is no longer the same."""
    values = [v.decode("utf-8", "surrogatepass") if isinstance(v, bytes) else v for v in row]
    if _checksum(values) != checksum:
        raise ValueError("a row does not fit its checksum")
    return values


def _storable(text: str) -> str | bytes:
    try:
        text.encode()
    except UnicodeEncodeError:
        # SQLite's text must be UTF-8, which lone surrogates are not.
        return text.encode("utf-8", "surrogatepass")
    return text


def _checksum(row: Sequence[str | int]) -> int:
    return crc32("\x1f".join(map(str, row)).encode("utf-8", "surrogatepass"))
