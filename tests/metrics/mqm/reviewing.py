"""Sessions to test with, and other processes that use them."""

import multiprocessing
import os
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from metrics.model import Kind, Severity
from metrics.mqm.model import Annotation, Side, Unit
from metrics.mqm.store import Session, new_id

#: Nobody's user id, who may not write what others own.
NOBODY = 65534
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def often(usually: int, at_length: int) -> list[Any]:
    """How often a test does what it does: by default, and where there is time."""
    return [usually, pytest.param(at_length, marks=pytest.mark.slow)]


def unit(place: int, text: str = "") -> Unit:
    return Unit(f"u{place}", place, Kind.MATCH, text or f"candidate {place}", f"reference {place}", line=place + 1)


def mark(place: int, reviewer: str = "ann", note: str = "", name: str = "") -> Annotation:
    return Annotation(name or new_id(), f"u{place}", reviewer, Side.CANDIDATE, 0, 9, "accuracy", Severity.MINOR, note)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def make_review(path: Path, acts: int = 10, units: int = 10) -> None:
    """A review file that rests."""
    with Session.open(path, create=True) as session:
        session.adopt(unit(place) for place in range(units))
        for number in range(acts):
            session.annotate(mark(number % units, note=f"note {number} " * (number % 7)))


def check_integrity(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


class Worker:
    """A process of its own that calls a function with a pipe's end, which it may tell things by."""

    def __init__(self, work: Callable[..., Any], *arguments: Any) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=self._run, args=(work, theirs, arguments), daemon=True)
        self.process.start()
        theirs.close()

    @staticmethod
    def _run(work: Callable[..., Any], pipe: Connection, arguments: tuple[Any, ...]) -> None:
        try:
            pipe.send(("returned", work(pipe, *arguments)))
        except BaseException as error:
            pipe.send(("raised", (type(error).__name__, str(error), traceback.format_exc())))

    def kill(self) -> list[Any]:
        """Everything that it told before it was killed."""
        self.process.kill()
        self.process.join()
        told = []
        try:
            while self.pipe.poll():
                told.append(self.pipe.recv())
        except (EOFError, OSError):
            pass
        assert not [what for what in told if what[0] == "raised"], told[-1]
        return told

    def result(self) -> Any:
        """What the function returns; what it raises is raised as `AssertionError`."""
        while (told := self.pipe.recv())[0] not in ("returned", "raised"):
            pass
        self.process.join()
        assert told[0] == "returned", told[1][2]
        return told[1]


def as_nobody(work: Callable[[], Any]) -> Any:
    """What a function returns where its user may not write what root owns."""

    def change(_: Connection) -> Any:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return work()

    return work() if os.geteuid() else Worker(change).result()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nothing can be written in a folder, nor what is in it."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
