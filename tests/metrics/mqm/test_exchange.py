"""Export and import: what comes back, what is told to be lost, and what is refused."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.model import Kind, Severity
from metrics.mqm.exchange import FORMATS, export_text, import_file
from metrics.mqm.exchange.parcel import Parcel, counterpart
from metrics.mqm.model import Annotation, Deed, Disposition, Side, Unit
from metrics.mqm.store import Session, Texts
from tests.metrics.mqm.parcels import AT, REVIEWERS, marks, parcels, small_session, texts

GOLDEN = Path(__file__).parent.parent / "golden"
STATE_FORMATS = ("marot", "csv", "tmx", "xliff")


def whole(text: str) -> str:
    return text.replace("\ud800", "\ufffd")


def plain(text: str) -> str:
    """What the tab-separated formats make of a text, told the long way round."""
    for tabbed, spaced in (("\t", " "), ("\n", " "), ("\r", " "), ("<v>", "‹v›"), ("</v>", "‹/v›")):
        text = text.replace(tabbed, spaced)
    return whole(text)


def as_written(parcel: Parcel, format: str) -> Parcel:
    """A parcel with the stand-ins for what a format cannot hold."""
    cell: Callable[[str], str] = {"marot": plain, "csv": whole}.get(format, str)
    free: Callable[[str], str] = {"csv": whole}.get(format, str)
    units = tuple(
        replace(
            unit,
            **{name: cell(getattr(unit, name)) for name in ("candidate", "source", "system", "document")},
            **{name: free(getattr(unit, name)) for name in ("reference", "segment")},
        )
        for unit in parcel.units
    )
    annotations = tuple(
        replace(
            a,
            reviewer=cell(a.reviewer),
            category=cell(a.category),
            note=free(a.note),
            origin=free(a.origin),
        )
        for a in parcel.annotations
    )
    dispositions = {(unit, cell(who)): what for (unit, who), what in parcel.dispositions.items()}
    return Parcel(units, annotations, dispositions, tuple((unit, cell(who)) for unit, who in parcel.seen))


@pytest.mark.parametrize("format", STATE_FORMATS)
@settings(deadline=None, max_examples=25)
@given(parcel=parcels())
def test_what_is_written_is_read_again(format: str, parcel: Parcel) -> None:
    text, _ = FORMATS[format].write(parcel)
    read = FORMATS[format].read(text.encode(), "file")
    expected = as_written(parcel, format)
    assert read.units == expected.units
    assert sorted(read.annotations, key=lambda a: a.id) == sorted(expected.annotations, key=lambda a: a.id)
    assert read.dispositions == expected.dispositions
    assert sorted(read.seen) == sorted(expected.seen)


@settings(deadline=None, max_examples=25)
@given(parcel=parcels())
def test_google_carries_marks_and_what_is_fine(parcel: Parcel) -> None:
    text, replaced = FORMATS["google"].write(parcel)
    assert {line.count("\t") for line in text.removesuffix("\n").split("\n")} == {8}
    read = FORMATS["google"].read(text.encode(), "file")
    units = {unit.id: unit for unit in parcel.units}
    came = {unit.id: unit for unit in read.units}

    def where(unit: Unit) -> tuple[str, ...]:
        return plain(unit.system), plain(unit.document), plain(counterpart(unit)[1]), plain(unit.candidate)

    def content(a: Annotation, unit: Unit) -> tuple[object, ...]:
        side, _ = counterpart(unit)
        place = (a.side is Side.CANDIDATE, a.start, a.end) if a.side in (Side.CANDIDATE, side) else (True, 0, 0)
        return where(unit), plain(a.reviewer), *place, plain(a.category), a.severity

    def as_source(unit: Unit) -> Unit:
        return replace(unit, source=counterpart(unit)[1])

    assert Counter(content(a, units[a.unit]) for a in parcel.annotations) == Counter(
        content(a, as_source(came[a.unit])) for a in read.annotations
    )
    marked = {(a.unit, a.reviewer) for a in parcel.annotations}
    fine = {w for w, what in parcel.dispositions.items() if what is Disposition.FINE} - marked
    assert Counter((where(units[unit]), plain(who)) for unit, who in fine) == Counter(
        (where(as_source(came[unit])), who) for unit, who in read.dispositions
    )
    cells = [*(t for u in parcel.units for t in where(u)), *(u.segment for u in parcel.units)]
    assert all(replaced.values())
    if not replaced:
        assert not any(plain(cell) != cell for cell in cells)


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_json_lines_carry_every_act_and_a_second_import_adds_nothing(tmp_path: Path, data: st.DataObject) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    unit = Unit("u", 0, data.draw(st.sampled_from(Kind)), *data.draw(st.tuples(texts, texts)))
    with (
        Session.open(tmp_path / "a.review", create=True) as one,
        Session.open(tmp_path / "b.review", create=True) as two,
    ):
        one.adopt([replace(unit, id="gone")])
        one.adopt([unit], Texts("c.txt", "12", "r.txt", "34", "de", {"pairing": "lines"}))
        two.see("other", "Zoe")
        for number, step in enumerate(data.draw(st.lists(st.integers(0, 6), max_size=10))):
            who = REVIEWERS[step % 2]
            if step < 3:
                one.annotate(Annotation(f"a{number % 3}", **{**data.draw(marks(unit, who)), "at": ""}))
            elif step < 5:
                one.undo(who)
            else:
                one.redo(who)
        path = tmp_path / "x.jsonl"
        text, losses = export_text(one, "jsonl")
        path.write_text(text, encoding="utf-8", newline="")
        assert losses == {}
        done = import_file(str(path), two)
        assert (done.units, done.acts, done.known) == (1, len(one.acts), 0)
        assert import_file(str(path), two).acts == 0
        for _ in range(2):
            assert two.state.annotations == one.state.annotations
            assert two.units == (unit,)
            assert two.former == one.former
            # What each would undo next is the same, too.
            undone = [[session.undo(who) for who in REVIEWERS[:2]] for session in (one, two)]
            assert [act and act.body for act in undone[0]] == [act and act.body for act in undone[1]]


def test_repeats_are_told_apart_by_their_place(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        session.add_units([Unit(name, place, Kind.MATCH, "Yes.", "No.") for place, name in enumerate("abc")])
        session.annotate(Annotation("a1", "b", "Ana", Side.CANDIDATE, 0, 3, "accuracy", Severity.MAJOR))
        session.annotate(Annotation("a2", "c", "Ana", Side.CANDIDATE, 0, 3, "accuracy", Severity.MAJOR))
        path = tmp_path / "x.tsv"
        path.write_text(export_text(session, "google")[0], encoding="utf-8")
        assert import_file(str(path), session).known == 2
        with Session.open(tmp_path / "b.review", create=True) as other:
            assert (import_file(str(path), other).units, len(other.state.annotations)) == (2, 2)


@pytest.mark.parametrize("format", FORMATS)
def test_a_session_goes_through_every_format(tmp_path: Path, format: str) -> None:
    suffix = FORMATS[format].suffixes[0]
    with small_session(tmp_path / "a.review", system="mt", document="d", segment="") as one:
        text, losses = export_text(one, format)
        (tmp_path / f"x{suffix}").write_text(text, encoding="utf-8", newline="")
        with Session.open(tmp_path / "b.review", create=True) as two:
            done = import_file(str(tmp_path / f"x{suffix}"), two)
            assert (done.annotations, done.known) == (3, 0)
            again = import_file(str(tmp_path / f"x{suffix}"), two)
            assert (again.units, again.acts) == (0, 0)
            if format == "google":
                assert [a.side for a in two.state.annotations.values()] == [Side.CANDIDATE, Side.SOURCE, Side.CANDIDATE]
                assert [unit.source for unit in two.units] == ["The ferry sailed at noon.", "Nobody was hurt."]
            else:
                assert two.units == one.units
                assert two.state.annotations == one.state.annotations
                assert two.state.dispositions == one.state.dispositions
                assert two.state.seen == one.state.seen
        # Back where it came from nothing is new, whether ids are carried or not.
        back = import_file(str(tmp_path / f"x{suffix}"), one)
        assert (back.units, back.acts) == (0, 0)
    told = {
        "jsonl": {},
        "google": {
            "earlier or undone acts": 2,
            "passages of which nothing was said": 1,
            "kinds of passages": 1,
            "references other than as sources": 2,
            "dispositions": 1,
            "marks of what was seen": 1,
            "notes": 1,
            "times of annotations": 3,
            "times of dispositions": 2,
        },
    }
    assert losses == told.get(format, {"earlier or undone acts": 2, "times of dispositions": 2})


def test_json_lines_as_written(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        session.adopt(
            [Unit("u1", 0, Kind.MATCH, 'A "quoted"\tferry 船 \x1b', "A ferry", line=3)],
            Texts("c.txt", "12", "r.txt", "34", "en", {"pairing": "sentences"}),
        )
        mark = {"id": "a1", "reviewer": "Ana", "side": "candidate", "start": 2, "end": 10, "category": "style/awkward"}
        session.record([("Ana", Deed.ANNOTATE, "u1", mark | {"severity": "minor", "note": "", "origin": ""})], AT)
        session.record(
            [("Ana", Deed.DISPOSE, "u1", {"disposition": "error"}), ("Ana", Deed.UNDO, "u1", {"act": 2})], AT
        )
        text, _ = export_text(session, "jsonl")
    text = re.sub(r'"version":"[^"]*"', '"version":"0"', text)
    assert text == (GOLDEN / "session.jsonl").read_text(encoding="utf-8")


def test_what_is_orphaned_is_told(tmp_path: Path) -> None:
    with small_session(tmp_path / "a.review") as session:
        session.adopt(session.units[1:])
        text, losses = export_text(session, "csv")
        assert "mistranslation" not in text
        assert losses["annotations and dispositions of passages that the texts no longer have"] == 4
        assert "mistranslation" in export_text(session, "jsonl")[0]
