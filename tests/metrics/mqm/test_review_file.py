"""Files that cannot be used, or not wholly: one line that says what to do, and nothing is overwritten."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest

from metrics.errors import (
    BleupencilError,
    DamagedSession,
    MissingFile,
    NewerSession,
    NotASession,
    UnreadableFile,
    UnwritableFile,
)
from metrics.mqm import schema
from metrics.mqm.store import Session
from tests.metrics.mqm.reviewing import (
    Worker,
    as_nobody,
    contents,
    forks,
    locked,
    make_review,
    mark,
    often,
    open_folder,
)

ROOT = Path(__file__).parents[3]
__all__ = ["open_folder"]


def told(error: BaseException) -> str:
    """What a person reads of it; it is one line."""
    assert isinstance(error, BleupencilError), repr(error)
    assert len(str(error).splitlines()) == 1
    assert ": " in str(error)
    return str(error)


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


# --- no review ----------------------------------------------------------------------------------


def text_file(path: Path) -> None:
    path.write_text("This is no review.\n" * 300)


def short_file(path: Path) -> None:
    path.write_text("no")


def other_database(path: Path) -> None:
    execute(path, "CREATE TABLE acts (number INTEGER PRIMARY KEY)", "INSERT INTO acts VALUES (1)")


def other_with_a_log(path: Path) -> None:
    work = path.with_name("working.db")
    with closing(sqlite3.connect(work)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE other (number INTEGER)")
        connection.commit()
        for helper in ("", "-wal"):
            shutil.copy(f"{work}{helper}", f"{path}{helper}")
    work.unlink()


def other_version(path: Path) -> None:
    execute(path, "PRAGMA user_version = 1")


def newer(path: Path) -> None:
    make_review(path)
    execute(path, f"PRAGMA user_version = {len(schema.STEPS) + 1}", "DROP TABLE acts")


def older_than_any(path: Path) -> None:
    make_review(path)
    execute(path, "PRAGMA user_version = -1")


def without_version(path: Path) -> None:
    make_review(path)
    execute(path, "PRAGMA user_version = 0")


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("readonly", [True, False])
@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (text_file, NotASession, "x.review is no review: choose another file, or restore a copy of it"),
        (short_file, NotASession, "x.review is no review: choose another file, or restore a copy of it"),
        (other_database, NotASession, "x.review is a database, but no review: choose another file"),
        (other_with_a_log, NotASession, "x.review is a database, but no review: choose another file"),
        (other_version, NotASession, "x.review is a database, but no review: choose another file"),
        (newer, NewerSession, "x.review is of version 2, this program knows 1: use a newer bleupencil"),
        (folder, MissingFile, "x.review is a folder: name a review file in it"),
        pytest.param(
            pipe,
            NotASession,
            "x.review is no file: choose another one",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders"),
        ),
    ],
)
def test_what_is_no_review_is_left_alone(
    tmp_path: Path,
    make: Callable[[Path], None],
    kind: type[BleupencilError],
    message: str,
    create: bool,
    readonly: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("x.review"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(kind) as raised:
        Session.open("x.review", create=create, readonly=readonly)
    assert told(raised.value) == message
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("make", [older_than_any, without_version])
def test_a_version_that_cannot_be_is_damage(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "x.review"
    make(path)
    before = path.read_bytes()
    with pytest.raises(DamagedSession, match="restore a copy"):
        Session.open(path)
    assert path.read_bytes() == before
    with Session.open(path, readonly=True) as session:
        assert session.damage
        assert len(session.acts) == 10


def test_an_empty_file_becomes_a_review_where_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    path.touch()
    for options in ({}, {"readonly": True}, {"readonly": True, "create": True}):
        with pytest.raises(NotASession, match=r"x\.review is empty: open it with 'bleupencil review' first"):
            Session.open(path, **options)
        assert contents(tmp_path) == {"x.review": b""}
    with Session.open(path, create=True) as session:
        assert session.see("u1", "ann").number == 1


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    for options in ({}, {"readonly": True}, {"readonly": True, "create": True}):
        with pytest.raises(MissingFile, match=r"no such review: .*: check the path"):
            Session.open(tmp_path / "x.review", **options)
    with pytest.raises(MissingFile, match=r"no folder to make .* in: make it"):
        Session.open(tmp_path / "there" / "x.review", create=True)
    with pytest.raises(BleupencilError) as raised:
        Session.open(tmp_path / ("x" * 300), create=True)
    told(raised.value)
    assert not contents(tmp_path)


def test_an_odd_name(tmp_path: Path) -> None:
    path = tmp_path / "a %41?mode=memory#é\x1b\n.review"
    make_review(path)
    with Session.open(path, readonly=True) as session:
        assert len(session.acts) == 10
        assert session.path.isprintable()
    assert list(contents(tmp_path)) == [path.name]


# --- damage -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, Any]]:
    """A review's bytes, and what is in it."""
    path = tmp_path_factory.mktemp("sound") / "a.review"
    make_review(path, acts=150, units=80)
    with Session.open(path, readonly=True) as session:
        return path.read_bytes(), {"acts": session.acts, "units": session.units}


def check_damaged(path: Path, damaged: bytes, whole: dict[str, Any]) -> int:
    """How many acts can still be read; all where the session opens for writing."""
    read = 0
    for readonly in (True, False):
        path.write_bytes(damaged)
        try:
            session = Session.open(path, readonly=readonly)
        except BleupencilError as error:
            told(error)
            assert contents(path.parent) == {path.name: damaged}
            continue
        with session:
            if readonly and session.damage:
                assert len(session.damage.splitlines()) == 1
                assert all(act in whole["acts"] for act in session.acts)
                assert all(unit in whole["units"] for unit in session.units)
            else:
                assert session.acts == whole["acts"]
                try:
                    assert session.units == whole["units"] or session.damage
                except DamagedSession as error:
                    told(error)
            read = len(session.acts)
    assert list(contents(path.parent)) == [path.name]
    return read


@pytest.mark.parametrize("step", [2560, pytest.param(512, marks=pytest.mark.slow)])
def test_cut_anywhere(tmp_path: Path, sound: tuple[bytes, dict[str, Any]], step: int) -> None:
    data, whole = sound
    read = [check_damaged(tmp_path / "a.review", data[:size], whole) for size in range(512, len(data), step)]
    # What stands before the cut is read.
    assert max(read) > 100
    assert any(0 < count < 100 for count in read)


@pytest.mark.parametrize("times", often(30, 400))
def test_overwritten_anywhere(tmp_path: Path, sound: tuple[bytes, dict[str, Any]], times: int) -> None:
    data, whole = sound
    chance, read = random.Random(5), []
    for _ in range(times):
        size = chance.choice([1, 4, 60, 512, 4096])
        place = chance.randrange(len(data) - size)
        damaged = data[:place] + chance.randbytes(size) + data[place + size :]
        read.append(check_damaged(tmp_path / "a.review", damaged, whole))
    assert any(count > 100 for count in read)


def test_a_changed_letter_is_damage(tmp_path: Path, sound: tuple[bytes, dict[str, Any]]) -> None:
    data, whole = sound
    path = tmp_path / "a.review"
    path.write_bytes(data.replace(b"note 41 note", b"note 91 note", 1))
    with pytest.raises(
        DamagedSession, match=r"is damaged \(a row does not fit its checksum\): restore a copy, or save"
    ):
        Session.open(path)
    with Session.open(path, readonly=True) as session:
        assert len(session.acts) == len(whole["acts"]) - 1
        assert "checksum" in session.damage
        with pytest.raises(UnwritableFile, match="open for reading alone"):
            session.see("u1", "ann")


# --- where nothing can be written ---------------------------------------------------------------


def open_both_ways(path: Path) -> Callable[[], tuple[str, int, str]]:
    def work() -> tuple[str, int, str]:
        try:
            Session.open(path)
            message = ""
        except UnwritableFile as error:
            message = told(error)
        with Session.open(path, readonly=True) as session:
            return message, len(session.acts), session.damage

    return work


@forks
def test_a_folder_where_nothing_can_be_written(open_folder: Path) -> None:
    path = open_folder / "a.review"
    make_review(path)
    before = contents(open_folder)
    with locked(open_folder):
        message, acts, damage = as_nobody(open_both_ways(path))
    assert message == f"cannot write to {path}: name a file in a folder where you may write, or copy it there"
    assert (acts, damage) == (10, "")
    assert contents(open_folder) == before


@forks
@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_a_file_that_cannot_be_written(open_folder: Path, mode: int) -> None:
    path = open_folder / "a.review"
    make_review(path)
    before = contents(open_folder)
    path.chmod(mode)
    open_folder.chmod(0o777 if mode == 0o444 else 0o555)
    message, acts, damage = as_nobody(open_both_ways(path))
    open_folder.chmod(0o755)
    assert message == f"cannot write to {path}: name a file in a folder where you may write, or copy it there"
    assert (acts, damage) == (10, "")
    assert contents(open_folder) == before


@forks
def test_a_file_that_cannot_be_read(open_folder: Path) -> None:
    path = open_folder / "a.review"
    make_review(path)
    path.chmod(0)

    def work() -> list[str]:
        messages = []
        for readonly in (True, False):
            with pytest.raises(UnreadableFile) as raised:
                Session.open(path, readonly=readonly)
            messages.append(told(raised.value))
        return messages

    message = f"cannot read {path}: Permission denied: check the path and its permissions"
    assert as_nobody(work) == [message, message]


@forks
@pytest.mark.parametrize("helpers", [("-wal",), ("-wal", "-shm")])
def test_what_a_killed_process_left_is_read_where_nothing_can_be_written(
    open_folder: Path, tmp_path: Path, helpers: tuple[str, ...]
) -> None:
    path = open_folder / "a.review"
    with Session.open(tmp_path / "a.review", create=True) as session:
        for place in range(20):
            session.annotate(mark(place))
        for helper in ("", *helpers):
            shutil.copy(f"{session.path}{helper}", f"{path}{helper}")
    before = contents(open_folder)
    with locked(open_folder):
        _, acts, damage = as_nobody(open_both_ways(path))
    assert (acts, damage) == (20, "")
    assert contents(open_folder) == before


@forks
def test_reading_what_another_writes_in_a_folder_of_theirs(open_folder: Path) -> None:
    path = open_folder / "a.review"
    with Session.open(path, create=True) as session:
        session.see("u1", "ann")

        def work() -> list[int]:
            with Session.open(path, readonly=True) as reading:
                counts = [len(reading.acts)]
                pipe_.send("first")
                pipe_.recv()
                reading.refresh()
                return [*counts, len(reading.acts)]

        def begin(pipe: Any) -> Any:
            nonlocal pipe_
            pipe_ = pipe
            if not os.geteuid():
                os.setuid(65534)
            return work()

        pipe_: Any = None
        worker = Worker(begin)
        assert worker.pipe.recv() == "first"
        names = sorted(contents(open_folder))
        session.see("u2", "ann")
        worker.pipe.send("second")
        assert worker.result() == [1, 2]
        assert sorted(contents(open_folder)) == names
    assert list(contents(open_folder)) == ["a.review"]


# --- a full disk --------------------------------------------------------------------------------


def _write_until_it_fails(session: Session) -> NoReturn:
    while True:
        session.annotate(mark(1))


def test_no_room_for_another_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.review"
    make_review(path)
    connect = sqlite3.connect

    def connect_to_a_small_disk(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 12")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_a_small_disk)
    with Session.open(path) as session:
        with pytest.raises(UnwritableFile, match="the disk is full: make room; nothing is lost") as raised:
            _write_until_it_fails(session)
        told(raised.value)
        acts = list(session.acts)
        assert len(acts) > 10
    monkeypatch.undo()
    with Session.open(path) as session:
        assert session.acts == acts
        assert session.see("u1", "ann").number == len(acts) + 1


FULL = """
import sys
from pathlib import Path
from metrics.errors import UnwritableFile
from metrics.mqm.store import Session
from tests.metrics.mqm.reviewing import mark

folder = Path(sys.argv[1])
ballast = folder / "ballast"
ballast.write_bytes(bytes(120_000))
session = Session.open(folder / "a.review", create=True)
try:
    while True:
        session.annotate(mark(1, note="some more words " * 9))
except UnwritableFile as error:
    print(error)
count = len(session.acts)
with Session.open(folder / "a.review", readonly=True) as reading:
    print(count > 5, len(reading.acts) == count, repr(reading.damage))
try:
    Session.open(folder / "b.review", create=True)
except UnwritableFile as error:
    print(error)
print(session.path == str(folder / "a.review") and len(session.refresh()))
ballast.unlink()
print(session.see("u1", "ann").number == count + 1)
session.close()
with Session.open(folder / "a.review") as session:
    print(len(session.acts) == count + 1)
print([path.name for path in folder.iterdir() if path.name.startswith("a.")])
"""


def test_a_full_disk(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=400k tmpfs {tmp_path}"
    inside = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*inside, mount], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    script = f'{mount} && exec "$0" -c "$1" {tmp_path}'
    done = subprocess.run(
        [*inside, script, sys.executable, FULL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert not done.stderr
    first, reading, second, refreshed, again, reopened, left = done.stdout.splitlines()
    assert first == f"cannot write to {tmp_path}/a.review, the disk is full: make room; nothing is lost"
    assert reading == "True True ''"
    assert second.startswith(f"cannot write to {tmp_path}/b.review, the disk is full")
    assert refreshed == "0"
    assert again == "True"
    assert reopened == "True"
    assert left == "['a.review']"
