"""What a session keeps: units through changes of the texts, acts of several processes, and any text there is."""

import shutil
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.errors import UnwritableFile
from metrics.model import Kind
from metrics.mqm.model import Deed, Disposition, Unit
from metrics.mqm.store import Session, Texts
from tests.metrics.mqm.reviewing import Worker, contents, forks, make_review, mark, often, unit

TEXTS = Texts("a.txt", "1", "b.txt", "2", "en", {"metrics": ("BLEU", "chrF"), "linking": {"gap_cost": None}})
any_text = st.text(st.characters(), max_size=20)


# --- units --------------------------------------------------------------------------------------


def test_marks_stay_with_texts_that_stay(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        session.adopt([unit(0), unit(1), unit(2)])
        gone, kept = mark(1, note="gone"), mark(2, note="kept")
        session.annotate(gone)
        session.annotate(kept)
        session.dispose("u1", "bob", Disposition.ERROR)
        session.dispose("u0", "bob", Disposition.FINE)
        moved = replace(unit(2), position=0)
        new = Unit("new", 1, Kind.ADDED, "something else", "")
        session.adopt([moved, new])
    with Session.open(tmp_path / "a.review") as session:
        assert session.units == (moved, new)
        assert session.former == (unit(0), unit(1))
        assert set(session.state.annotations) == {gone.id, kept.id}
        first, second = session.orphans
        assert first.unit == unit(0)
        assert first.annotations == ()
        assert first.dispositions == {"bob": Disposition.FINE}
        assert second.unit == unit(1)
        assert second.unit.candidate == "candidate 1"
        assert [annotation.note for annotation in second.annotations] == ["gone"]
        assert second.dispositions == {"bob": Disposition.ERROR}
        session.adopt([unit(0), unit(1), unit(2)])
        assert session.units == (unit(0), unit(1), unit(2))
        assert session.orphans == ()


def test_of_units_with_one_id_the_last_is_kept(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        session.adopt([unit(0, "first"), unit(0, "second")])
        assert [u.candidate for u in session.units] == ["second"]
        session.add_units([unit(0, "third"), unit(1)])
        assert [u.candidate for u in session.units] == ["third", "candidate 1"]


def test_a_pair_is_noted_once(tmp_path: Path) -> None:
    path, other = tmp_path / "a.review", replace(TEXTS, candidate_digest="3")
    for texts in (TEXTS, TEXTS, other, TEXTS):
        with Session.open(path, create=True) as session:
            session.adopt([unit(0)], texts)
    with Session.open(path) as session:
        assert [texts.candidate_digest for texts in session.texts] == ["1", "3", "1"]
        assert session.texts[0].settings == {"metrics": ["BLEU", "chrF"], "linking": {"gap_cost": None}}


def test_adopting_what_is_there_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    make_review(path)
    with Session.open(path) as session:
        before = contents(tmp_path)
        session.adopt(session.units)
        assert contents(tmp_path) == before


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(any_text, any_text), max_size=5), any_text, any_text)
def test_every_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], note: str, who: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.review"
    units = tuple(
        Unit(f"{place}{first}", place, Kind.MATCH, first, second, second, first, second, source=first)
        for place, (first, second) in enumerate(pairs)
    )
    texts = Texts(note, who, who, note, "en", {note: who})
    with Session.open(path, create=True) as session:
        session.adopt(units, texts)
        session.annotate(replace(mark(0, who, note), unit=note))
    with Session.open(path, readonly=True) as session:
        assert session.units == units
        assert session.texts == (texts,)
        (found,) = session.state.annotations.values()
        assert (found.note, found.reviewer, found.unit) == (note, who, note)
        assert session.reviewers == (who,)
        assert not session.damage


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\0b\0", id="nul"),
        pytest.param("\ud800", id="high surrogate"),
        pytest.param("\udfff tail", id="low surrogate"),
        pytest.param("\ud83d\ude00", id="two surrogates that would be one character"),
        pytest.param("\U0001f600", id="astral"),
        pytest.param("\ufeff", id="byte order mark"),
        pytest.param("x" * 3_000_000, id="long"),
    ],
)
def test_hostile_and_long_texts_come_back(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.review"
    with Session.open(path, create=True) as session:
        session.adopt([unit(0, text)])
        session.annotate(mark(0, note=text))
    with Session.open(path, readonly=True) as session:
        assert session.units[0].candidate == text
        assert next(iter(session.state.annotations.values())).note == text


# --- acts ---------------------------------------------------------------------------------------


def test_acts_are_written_all_or_none(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    with Session.open(path, create=True) as session:
        with pytest.raises(ValueError, match="'splendid'"):
            session.record([("ann", Deed.SEE, "u0", {}), ("ann", Deed.DISPOSE, "u0", {"disposition": "splendid"})])
        with pytest.raises(TypeError):
            session.record([("ann", Deed.SEE, "u0", {}), ("ann", Deed.PATCH, "u0", {"what": object()})])
        with pytest.raises(KeyError):
            session.record([("ann", Deed.UNDO, "u0", {})])
        assert session.record([]) == ()

        def interrupt() -> None:
            with session.together():
                session.see("u0", "ann")
                session.adopt([unit(0)])
                assert session.acts
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupt()
        assert not session.acts
        assert not session.units
        with pytest.raises(FileNotFoundError), session.together():
            (tmp_path / "another file").read_text()
        assert session.see("u1", "ann").number == 1
    with Session.open(path) as session:
        assert [act.unit for act in session.acts] == ["u1"]


def write_many(pipe: Connection, path: Path, reviewer: str, acts: int) -> list[int]:
    with Session.open(path, create=True) as session:
        pipe.send(("ready", None))
        pipe.recv()
        numbers: list[int] = []
        # Until the other has written as well.
        while len(numbers) < acts or len(session.acts) == len(numbers):
            numbers.append(session.annotate(mark(1, reviewer)).number)
        for _ in range(acts // 10):
            undone = session.undo(reviewer)
            assert undone is not None
            assert undone.reviewer == reviewer
        return numbers


@forks
@pytest.mark.parametrize("acts", often(70, 500))
@pytest.mark.parametrize("reviewers", [("ann", "ann"), ("ann", "bob")])
def test_two_processes_write_at_once(tmp_path: Path, reviewers: tuple[str, str], acts: int) -> None:
    path = tmp_path / "a.review"
    workers = [Worker(write_many, path, reviewer, acts) for reviewer in reviewers]
    for worker in workers:
        assert worker.pipe.recv() == ("ready", None)
    for worker in workers:
        worker.pipe.send("go")
    first, second = (worker.result() for worker in workers)
    assert not set(first) & set(second)
    written, undone = len(first) + len(second), acts // 10
    assert list(contents(tmp_path)) == ["a.review"]
    with Session.open(path) as session:
        assert [act.number for act in session.acts] == list(range(1, written + 2 * undone + 1))
        assert len(session.state.annotations) == written - 2 * undone
        taken_back = [act.body["act"] for act in session.acts if act.deed is Deed.UNDO]
        assert len(set(taken_back)) == 2 * undone
        if reviewers == ("ann", "bob"):
            assert set(taken_back) == {*first[-undone:], *second[-undone:]}


def write_and_tell(pipe: Connection, path: Path) -> None:
    with Session.open(path, create=True) as session:
        for place in range(20):
            pipe.send(("wrote", (session.see(f"u{place}", "ann").number, time.monotonic())))
            pipe.recv()


@forks
@pytest.mark.parametrize("readonly", [True, False])
def test_others_acts_are_seen_within_a_second(tmp_path: Path, readonly: bool) -> None:
    path = tmp_path / "a.review"
    make_review(path, 0)
    with Session.open(path, readonly=readonly) as session:
        worker = Worker(write_and_tell, path)
        for _ in range(20):
            _, (number, at) = worker.pipe.recv()
            assert number in {act.number for act in session.refresh()}
            assert time.monotonic() - at < 1
            worker.pipe.send("next")
        worker.result()
        assert len(session.acts) == 20


def come_and_go(pipe: Connection, path: Path, reviewer: str) -> int:
    del pipe
    for round_ in range(12):
        with Session.open(path, create=True) as session:
            session.see("u0", reviewer)
            session.adopt([unit(0, f"{reviewer} {round_}")])
        with Session.open(path, readonly=True) as session:
            assert not session.damage
            session.units  # noqa: B018
    return 12


@forks
@pytest.mark.parametrize("processes", often(3, 8))
def test_processes_come_and_go(tmp_path: Path, processes: int) -> None:
    path = tmp_path / "a.review"
    workers = [Worker(come_and_go, path, f"r{place}") for place in range(processes)]
    acts = sum(worker.result() for worker in workers)
    with Session.open(path) as session:
        assert [act.number for act in session.acts] == list(range(1, acts + 1))
        assert len(session.units) == 1
    assert list(contents(tmp_path)) == ["a.review"]


# --- the file -----------------------------------------------------------------------------------


def test_a_closed_session_is_one_file_that_can_be_copied(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.review", tmp_path / "copies" / "b.review"
    copy.parent.mkdir()
    make_review(path)
    assert list(contents(tmp_path / "copies")) == []
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.review"]
    shutil.copy(path, copy)
    with Session.open(path) as session, Session.open(copy) as copied:
        assert copied.acts == session.acts
        assert copied.units == session.units


@pytest.mark.parametrize("helpers", [("-wal",), ("-wal", "-shm")])
@pytest.mark.parametrize("readonly", [True, False])
def test_a_copy_of_an_open_session_opens(tmp_path: Path, helpers: tuple[str, ...], readonly: bool) -> None:
    path, copies = tmp_path / "a.review", tmp_path / "copies"
    copies.mkdir()
    make_review(path)
    with Session.open(path) as session:
        session.annotate(mark(1, note="in the write-ahead log"))
        for helper in ("", *helpers):
            shutil.copy(f"{path}{helper}", copies / f"b.review{helper}")
        before = contents(copies)
        with Session.open(copies / "b.review", readonly=readonly) as copied:
            assert copied.acts == session.acts
            assert not copied.damage
    if readonly:
        assert {name: data for name, data in contents(copies).items() if name != "b.review-shm"} == {
            name: data for name, data in before.items() if name != "b.review-shm"
        }
        assert list(contents(copies)) == list(before)
    else:
        assert list(contents(copies)) == ["b.review"]


def test_nothing_is_written_to_a_file_that_is_no_longer_there(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    make_review(path)
    with Session.open(path) as session:
        path.rename(tmp_path / "b.review")
        make_review(tmp_path / "c.review")
        (tmp_path / "c.review").rename(path)
        with pytest.raises(UnwritableFile, match="moved or replaced while it was open: open it again"):
            session.see("u0", "ann")


@pytest.mark.slow
def test_a_hundred_thousand_units(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    units = [unit(place, "some twenty words " * 7 + str(place)) for place in range(100_000)]
    with Session.open(path, create=True) as session:
        begun = time.process_time()
        session.adopt(units)
        session.adopt(units)
        assert len(session.units) == 100_000
        assert time.process_time() - begun < 30
