"""Undo and redo against a naive journal, and what they mean."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.mqm.journal import annotation_of, body_of, fold
from metrics.mqm.model import Act, Annotation, Deed, Disposition, State
from metrics.mqm.store import Session
from tests.metrics.mqm.reviewing import mark

REVIEWERS = ("ann", "bob")
steps = st.tuples(
    st.sampled_from(
        ["add", "change", "remove", "dispose", "clear", "see", "dismiss", "patch", "undo", "redo", "undo", "redo"]
    ),
    st.sampled_from(REVIEWERS),
    st.integers(0, 3),
)


class Naive:
    """What each reviewer did as a list, and how much of it is not undone."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Act]] = {reviewer: [] for reviewer in REVIEWERS}
        self.kept = dict.fromkeys(REVIEWERS, 0)
        self.seen: list[Act] = []

    def add(self, act: Act) -> None:
        if act.deed is not Deed.PATCH:
            self.seen.append(act)
        if act.deed is Deed.SEE:
            return
        self.lists[act.reviewer] = [*self.lists[act.reviewer][: self.kept[act.reviewer]], act]
        self.kept[act.reviewer] += 1

    def undo(self, reviewer: str) -> Act | None:
        if not self.kept[reviewer]:
            return None
        self.kept[reviewer] -= 1
        return self.lists[reviewer][self.kept[reviewer]]

    def redo(self, reviewer: str) -> Act | None:
        if self.kept[reviewer] == len(self.lists[reviewer]):
            return None
        self.kept[reviewer] += 1
        return self.lists[reviewer][self.kept[reviewer] - 1]

    def agrees(self, state: State) -> None:
        done = sorted(
            (act for who, acts in self.lists.items() for act in acts[: self.kept[who]]), key=lambda act: act.number
        )
        annotations: dict[str, Annotation] = {}
        dispositions: dict[tuple[str, str], Disposition] = {}
        dismissed: dict[tuple[str, str, str], int] = {}
        for act in done:
            if act.deed is Deed.ANNOTATE:
                annotations[act.body["id"]] = annotation_of(act)
            elif act.deed is Deed.REMOVE:
                annotations.pop(act.body["id"], None)
            elif act.deed is Deed.DISPOSE:
                dispositions.pop((act.unit, act.reviewer), None)
                if act.body["disposition"] is not None:
                    dispositions[act.unit, act.reviewer] = Disposition(act.body["disposition"])
            elif act.deed is Deed.DISMISS:
                number = -act.number if act.body["back"] else act.number
                dismissed |= {(act.reviewer, act.unit, each): number for each in act.body["findings"]}
            else:
                dispositions = {at: what for at, what in dispositions.items() if at[0] not in act.body["replaced"]}
                for body in act.body["annotations"]:
                    where = {name: body[name] for name in ("unit", "start", "end", "note", "reviewer")}
                    before = mark(0, name=body["id"])
                    annotations[body["id"]] = replace(before, **where, at=body["at"])
        assert state.annotations == annotations
        assert state.dispositions == dispositions
        assert state.dismissed == dismissed
        assert state.patches == tuple(act for act in done if act.deed is Deed.PATCH)
        assert state.seen == {(act.unit, act.reviewer) for act in self.seen}
        for who, acts in self.lists.items():
            assert state.undoable.get(who) == (acts[self.kept[who] - 1] if self.kept[who] else None)
            assert state.redoable.get(who) == (acts[self.kept[who]] if self.kept[who] < len(acts) else None)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(steps, st.just(("reopen", "ann", 0))), max_size=30))
def test_a_session_is_what_a_naive_journal_says(script: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        path, naive, names = Path(folder, "a.review"), Naive(), count()
        session = Session.open(path, create=True)
        for what, who, place in script:
            known = sorted(session.state.annotations.values(), key=lambda annotation: annotation.id)
            if what == "undo":
                assert session.undo(who) == naive.undo(who)
            elif what == "redo":
                assert session.redo(who) == naive.redo(who)
            elif what == "reopen":
                session.close()
                session = Session.open(path)
            elif what == "add":
                naive.add(session.annotate(mark(place, who, name=str(next(names)))))
            elif what in ("change", "remove") and known:
                found = known[place % len(known)]
                naive.add(
                    session.annotate(replace(found, note=f"{who} {next(names)}", reviewer=who))
                    if what == "change"
                    else session.remove(found, who)
                )
            elif what == "dispose":
                naive.add(session.dispose(f"u{place}", who, list(Disposition)[place]))
            elif what == "clear":
                naive.add(session.dispose(f"u{place}", who, None))
            elif what == "see":
                naive.add(session.see(f"u{place}", who))
            elif what == "patch":
                moved = [
                    body_of(one) | {"unit": f"u{place}", "start": place, "at": one.at} for one in known[: place % 2]
                ]
                body = {"what": "merge", "annotations": moved, "replaced": [f"u{place - 1}"]}
                naive.add(session.record([(who, Deed.PATCH, "", body)])[0])
            elif what == "dismiss":
                body = {"findings": ["number", f"number 1-{place} -"][: 1 + place % 2], "back": place == 3}
                naive.add(session.record([(who, Deed.DISMISS, f"u{place}" if place else "", body)])[0])
            naive.agrees(session.state)
            for unit in {annotation.unit for annotation in session.state.annotations.values()}:
                of_unit = [a for a in session.state.annotations.values() if a.unit == unit]
                assert list(session.journal.annotations_of(unit)) == of_unit
        before = session.state
        session.close()
        with Session.open(path, readonly=True) as again:
            assert again.state == before


def test_undo_goes_back_to_the_first_act_and_redo_to_the_last(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    with Session.open(path, create=True) as session:
        session.record([("ann", Deed.DISPOSE, f"u{place}", {"disposition": "fine"}) for place in range(60)])
        full = session.state
        for left in reversed(range(60)):
            assert session.undo("ann")
            assert len(session.state.dispositions) == left
        assert session.undo("ann") is None
    with Session.open(path) as session:
        for _ in range(60):
            assert session.redo("ann")
        assert session.redo("ann") is None
        assert session.state.dispositions == full.dispositions
        assert [act.number for act in session.acts] == list(range(1, 181))


def test_a_mark_changed_twice_and_undone_once_is_the_middle_one(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        first = mark(1, note="first")
        for note in ("first", "second", "third"):
            session.annotate(replace(first, note=note))
        session.undo("ann")
        assert session.state.annotations[first.id].note == "second"
        session.remove(first, "ann")
        assert not session.state.annotations
        session.undo("ann")
        assert session.state.annotations[first.id].note == "second"
        assert session.redo("ann") is not None
        assert not session.state.annotations


def test_undo_is_each_reviewers_own(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        session.annotate(mark(1, "ann"))
        theirs = mark(1, "bob")
        session.annotate(theirs)
        session.undo("ann")
        assert set(session.state.annotations) == {theirs.id}
        assert session.undo("ann") is None
        assert session.undo("cid") is None


def test_another_process_has_undone_it_already() -> None:
    done = Act(1, "", "ann", Deed.DISPOSE, "u1", {"disposition": "fine"})
    before = Act(2, "", "ann", Deed.DISPOSE, "u2", {"disposition": "fine"})
    back = [Act(number, "", "ann", Deed.UNDO, "u2", {"act": 2}) for number in (3, 4)]
    assert fold([done, before, *back]).dispositions == {("u1", "ann"): Disposition.FINE}
