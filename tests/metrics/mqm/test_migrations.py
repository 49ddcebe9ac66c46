"""Old files become new ones: once, wholly or not at all, whoever does it."""

import shutil
import sqlite3
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from metrics.errors import DamagedSession
from metrics.mqm import schema
from metrics.mqm.store import Session
from tests.metrics.mqm.reviewing import Worker, check_integrity, contents, forks, make_review, often

STEP = (
    "CREATE TABLE added (number INTEGER PRIMARY KEY)",
    "INSERT INTO added SELECT number FROM acts",
    "ALTER TABLE units ADD COLUMN more TEXT NOT NULL DEFAULT ''",
)
BROKEN = (*STEP, "INSERT INTO nowhere VALUES (1)")


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return schema.version_of(connection)[1]


def added(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM added").fetchone()
        return int(count)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of one version ago."""
    path = tmp_path / "a.review"
    make_review(path)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, STEP))
    return path


def test_from_nothing_to_version_1(tmp_path: Path) -> None:
    """What a process leaves that is killed while it makes a file: a database with nothing in it."""
    path = tmp_path / "a.review"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        assert schema.version_of(connection) == (0, 0)
        for helper in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{helper}", f"{path}.copy{helper}")
    path = path.with_name("a.review.copy")
    assert path.stat().st_size
    with Session.open(path, create=True) as session:
        assert session.see("u1", "ann").number == 1
    assert version(path) == len(schema.STEPS)
    check_integrity(path)


def test_from_version_1_to_the_next(old: Path) -> None:
    with Session.open(old) as session:
        assert len(session.acts) == 10
        assert len(session.units) == 10
        assert session.see("u1", "ann").number == 11
    assert version(old) == 2
    assert added(old) == 10
    check_integrity(old)


def test_an_old_file_can_be_read_and_stays_as_it_is(old: Path) -> None:
    before = contents(old.parent)
    with Session.open(old, readonly=True) as session:
        assert len(session.acts) == 10
        assert len(session.units) == 10
        assert not session.damage
    assert contents(old.parent) == before


def test_a_step_that_fails_leaves_the_old_version(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(old.parent)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS[:-1], BROKEN))
        with pytest.raises(DamagedSession, match="no such table: nowhere"):
            Session.open(old)
        assert contents(old.parent) == before
        with closing(sqlite3.connect(old, isolation_level=None)) as connection:
            with pytest.raises(sqlite3.OperationalError, match="nowhere"):
                schema.migrate(connection, schema.STEPS)
            assert schema.version_of(connection) == (schema.APPLICATION_ID, 1)
            assert not connection.execute("SELECT * FROM sqlite_schema WHERE name = 'added'").fetchall()
    with Session.open(old) as session:
        assert len(session.acts) == 10


def open_at_once(pipe: Connection, path: Path) -> int:
    pipe.send("ready")
    pipe.recv()
    with Session.open(path) as session:
        session.see("u1", "ann")
        return len(session.acts)


@forks
@pytest.mark.parametrize("times", often(4, 40))
def test_two_processes_migrate_at_once(old: Path, times: int) -> None:
    sound = old.read_bytes()
    for _ in range(times):
        old.write_bytes(sound)
        workers = [Worker(open_at_once, old) for _ in range(2)]
        for worker in workers:
            worker.pipe.recv()
        for worker in workers:
            worker.pipe.send("go")
        assert {worker.result() for worker in workers} <= {11, 12}
        assert version(old) == 2
        assert added(old) == 10
        check_integrity(old)
        with Session.open(old) as session:
            assert len(session.acts) == 12
