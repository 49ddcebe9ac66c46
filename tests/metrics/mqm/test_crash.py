"""A process is killed in the middle of its work: nothing that was acknowledged is lost, and the file opens."""

import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from metrics.mqm import schema
from metrics.mqm.model import Act
from metrics.mqm.store import Session
from tests.metrics.mqm.reviewing import Worker, check_integrity, contents, forks, make_review, mark, often, unit
from tests.metrics.mqm.test_migrations import STEP, added

pytestmark = forks
UNITS = 150


def write_for_ever(pipe: Connection, path: Path, turn: int) -> None:
    """Opens, adopts, writes, takes back and closes, and tells of each when it is done."""
    while True:
        with Session.open(path, create=True) as session:
            pipe.send(("opened", turn))
            for place in range(12):
                act = session.annotate(mark(place, note=f"{turn} {place} " * 20))
                pipe.send(("wrote", act))
                if place % 5 == 4:
                    session.undo("ann")
                    pipe.send(("wrote", session.acts[-1]))
            turn += 1
            session.adopt(unit(place, f"turn {turn}") for place in range(UNITS))
            pipe.send(("adopted", turn))


@pytest.mark.parametrize("kills", often(15, 150))
def test_killed_at_any_moment(tmp_path: Path, kills: int) -> None:
    chance, path = random.Random(5), tmp_path / "a.review"
    known: list[Act] = []
    turn, stops = 0, {"nothing": 0, "opened": 0, "wrote": 0, "adopted": 0}
    for kill in range(kills):
        if kill % 10 == 0:
            path.unlink(missing_ok=True)
            known, turn = [], 0
        worker = Worker(write_for_ever, path, turn)
        if chance.random() < 0.8:
            # The first is the slowest: the others are to be killed at work.
            worker.pipe.poll(10)
        time.sleep(chance.random() ** 2 * 0.1)
        told = worker.kill()
        stops[told[-1][0] if told else "nothing"] += 1
        known += [what for kind, what in told if kind == "wrote"]
        turn = max([turn, *(what for kind, what in told if kind == "adopted")])
        if path.exists():
            with Session.open(path, create=True) as session:
                acts = {act.number: act for act in session.acts}
                assert all(acts.get(act.number) == act for act in known)
                # One more may be on disk that was not told of any more.
                assert len(acts) <= len(known) + 1
                assert [act.number for act in session.acts] == list(range(1, len(acts) + 1))
                known = list(session.acts)
                texts = {unit.candidate for unit in session.units}
                assert len(session.units) == (UNITS if texts else 0)
                assert texts <= {f"turn {turn}", f"turn {turn + 1}"}
                assert len(texts) == (1 if turn else len(texts))
                turn = max([turn, *(int(text.split()[1]) for text in texts)])
            check_integrity(path)
            assert list(contents(tmp_path)) == ["a.review"]
        else:
            assert not known
    # Otherwise they were killed at one and the same thing.
    assert kills < 100 or min(stops["wrote"], stops["opened"] + stops["nothing"], stops["adopted"]) > 3


def test_what_a_killed_process_left_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    worker = Worker(write_for_ever, path, 0)
    while worker.pipe.recv()[0] != "adopted":
        pass
    told = worker.kill()
    before = sorted(contents(tmp_path))
    with Session.open(path, readonly=True) as session:
        assert {act.number for kind, act in told if kind == "wrote"} <= {act.number for act in session.acts}
        assert len(session.units) == UNITS
        assert not session.damage
    assert sorted(contents(tmp_path)) == before


def open_once(_: Connection, path: Path) -> None:
    with Session.open(path, create=True):
        time.sleep(0.005)


@pytest.mark.parametrize("kills", often(10, 100))
def test_killed_while_it_makes_a_file(tmp_path: Path, kills: int) -> None:
    chance, path = random.Random(5), tmp_path / "a.review"
    states = set()
    for _ in range(kills):
        worker = Worker(open_once, path)
        began = time.monotonic()
        while not path.exists() and time.monotonic() - began < 10:
            pass
        time.sleep(chance.random() * 0.01)
        worker.kill()
        states.add(tuple(sorted((name, len(data)) for name, data in contents(tmp_path).items())))
        with Session.open(path, create=True) as session:
            assert not session.acts
        check_integrity(path)
        path.unlink()
        assert not contents(tmp_path)
    assert kills < 100 or len(states) > 2


@pytest.mark.parametrize("kills", often(8, 100))
def test_killed_while_it_migrates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int) -> None:
    path = tmp_path / "a.review"
    make_review(path, acts=50)
    old = path.read_bytes()
    numbers = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 3000)"
    slow = f"{numbers} INSERT INTO added SELECT i + 99 FROM n"
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, (*STEP, slow)))
    chance = random.Random(5)
    for _ in range(kills):
        path.write_bytes(old)
        worker = Worker(open_once, path)
        time.sleep(0.004 + chance.random() * 0.03)
        worker.kill()
        with Session.open(path) as session:
            assert len(session.acts) == 50
        assert added(path) == 3050
        check_integrity(path)
        assert list(contents(tmp_path)) == ["a.review"]
