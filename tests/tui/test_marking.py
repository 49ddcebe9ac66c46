"""Marks, findings taken and dismissed, dispositions, undo: by keys, judged by the screen and by the session."""

from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from metrics.model import Severity
from metrics.mqm.model import Annotation, Disposition, Side
from metrics.mqm.store import Session
from tests.tui.builders import HARBOUR, HOSTILE, Row, cursor_row, opened, screen, toast, told


def marks(path: Path) -> list[Annotation]:
    with Session.open(path, readonly=True) as session:
        return list(session.state.annotations.values())


def dispositions(path: Path) -> dict[str, Disposition]:
    with Session.open(path, readonly=True) as session:
        return {unit: what for (unit, _), what in session.state.dispositions.items()}


async def to_lind(pilot: Pilot[None]) -> None:
    """To the passage with “unwittingly”, which is p4."""
    while "unwittingly" not in screen(pilot).split("candidate  line")[-1]:
        await pilot.press("j")


async def test_four_keys_mark_a_usual_error(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await to_lind(pilot)
        await pilot.press("v", "2", "m", "enter")
        (mark,) = marks(path)
        text = HARBOUR[4].candidate
        assert text[mark.start : mark.end] == "unwittingly"
        assert (mark.unit, mark.side, mark.category, mark.severity, mark.reviewer) == (
            "p4",
            Side.CANDIDATE,
            "accuracy/mistranslation",
            Severity.MINOR,
            "ana",
        )
        shown = screen(pilot)
        assert "m|unwittingly|" in shown
        assert "minor Accuracy/Mistranslation" in shown
        assert "1 of 7 reviewed" in shown


async def test_the_last_category_and_severity_are_offered_first_also_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await to_lind(pilot)
        await pilot.press("v", "3", "g", "M", "enter", "v", "G", "enter")
        assert [(a.category, a.severity) for a in marks(path)] == [("fluency/grammar", Severity.MAJOR)] * 2
    async with opened(path=path) as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert "Linguistic conventions/Grammar · major" in screen(pilot)


@pytest.mark.slow
async def test_words_are_chosen_by_moving_extending_and_by_side(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path, size=(120, 40)) as pilot:
        await to_lind(pilot)
        await pilot.press("v", "g", "l", "L", "shift+right", "H", "enter")
        await pilot.press("v", "g", "l", "v", "l", "l", "enter")
        await pilot.press("v", "tab", "G", "h", "M", "enter")
        await pilot.press("v", "asterisk", "c", "enter")
        ours, theirs = HARBOUR[4].candidate, HARBOUR[4].reference
        chosen = [(a.side, (ours if a.side is Side.CANDIDATE else theirs)[a.start : a.end]) for a in marks(path)]
        assert chosen == [
            (Side.CANDIDATE, "We have"),
            (Side.CANDIDATE, "We have unwittingly"),
            (Side.REFERENCE, "council"),
            (Side.CANDIDATE, ""),
        ]
        shown = screen(pilot)
        assert "M|council|" in shown
        assert "in the reference" in told(pilot)
        assert "the passage as a whole" in shown


async def test_an_omission_is_marked_in_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        assert "∅ omitted" in screen(pilot)
        await pilot.press("v", "2", "o", "M", "enter")
        (mark,) = marks(path)
        assert (mark.unit, mark.side, mark.category) == ("p3", Side.REFERENCE, "accuracy/omission")
        assert HARBOUR[3].reference[mark.start : mark.end] == "Three"


@pytest.mark.slow
async def test_a_note_is_written_and_what_is_dropped_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await pilot.press("v", "escape", "v", "i", *"q 2 [/]", "escape", "escape")
        assert marks(path) == []
        await pilot.press("v", "i", *"q 2 [/]", "enter", "enter")
        (mark,) = marks(path)
        assert mark.note == "q 2 [/]"
        assert "– q 2 [/]" in screen(pilot)


@pytest.mark.slow
async def test_marks_are_walked_edited_and_deleted(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await to_lind(pilot)
        await pilot.press("v", "2", "m", "enter", "v", "g", "3", "s", "enter")
        await pilot.press("d")
        assert "Select a mark with n or N first." in toast(pilot)
        await pilot.press("n")
        assert "▸ m" in screen(pilot)
        await pilot.press("n", "enter")
        await pilot.pause()
        assert "mark “unwittingly” in the candidate" in screen(pilot)
        await pilot.press("c", "L", "enter")
        changed = next(a for a in marks(path) if a.severity is Severity.CRITICAL)
        assert HARBOUR[4].candidate[changed.start : changed.end] == "unwittingly supported"
        await pilot.press("d")
        assert len(marks(path)) == 1
        await pilot.press("z")
        assert len(marks(path)) == 2


async def test_a_finding_is_taken_with_category_and_severity(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await pilot.press("G", "g", *"jjjj")
        assert "sixteen" in screen(pilot)
        await pilot.press("y")
        (mark,) = marks(path)
        assert HARBOUR[2].candidate[mark.start : mark.end] == "sixteen"
        assert (mark.category, mark.severity, mark.origin) == ("accuracy/mistranslation", Severity.MAJOR, "number")
        await pilot.press("y")
        assert [HARBOUR[2].candidate[a.start : a.end] for a in marks(path)] == ["sixteen", "two"]
        await pilot.press("escape", "y")
        assert "No finding of this passage is left." in toast(pilot)
        assert len(marks(path)) == 2


async def test_findings_are_dismissed_one_or_all_of_a_kind_and_brought_back(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path, size=(120, 40)) as pilot:
        await pilot.press(*"jjjj")
        await pilot.press("x")
        shown = told(pilot)
        assert "“sixteen” where" not in shown
        assert "“two” where" in shown
        assert "1 finding dismissed" in told(pilot)
        await pilot.press("B")
        assert "“sixteen” where" in told(pilot)
        await pilot.press("X")
        await pilot.pause()
        assert "here: 2" in told(pilot)
        await pilot.press("e")
        await pilot.pause()
        shown = told(pilot)
        assert "2 findings of kind number dismissed" in toast(pilot)
        assert "“two” where" not in shown
        assert not cursor_row(pilot).split()[3].startswith("number")
    async with opened(path=path, size=(120, 40)) as pilot:
        await pilot.press(*"jjjj")
        assert "2 findings dismissed" in told(pilot)
        await pilot.press("z")
        assert "findings of kind number brought back everywhere" not in told(pilot)
        assert "“two” where" in told(pilot)


@pytest.mark.parametrize(
    ("key", "disposition"),
    [("e", "error"), ("p", "paraphrase"), ("A", "misalignment"), ("s", "noise")],
)
async def test_a_disposition_is_one_key_and_taken_back_by_the_same(key: str, disposition: str, tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await pilot.press("j", key)
        assert dispositions(path) == {"p6": disposition}
        assert "1 of 7 reviewed" in screen(pilot)
        await pilot.press(key)
        assert dispositions(path) == {}
        assert "0 of 7 reviewed" in screen(pilot)


async def test_space_says_fine_and_goes_on_to_the_next_that_is_open(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await pilot.press("j", "space", "k")
        assert cursor_row(pilot).startswith("2 ●")
        await pilot.press("k", "space")
        assert cursor_row(pilot).startswith("3 ○")
        assert dispositions(path) == {"p3": "fine", "p6": "fine"}
        await pilot.press(*["space"] * 6)
        assert "7 of 7 reviewed" in screen(pilot)
        assert "All passages are reviewed." in toast(pilot)


async def test_misaligned_and_noise_leave_the_scores_for_all_to_see(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        assert "coverage 76 %" in screen(pilot)
        await pilot.press("A")
        shown = screen(pilot)
        assert "coverage 100 %" in shown
        assert "× 1 left out" in shown
        assert cursor_row(pilot).startswith("1 ×")
        assert "misaligned, left out" in shown
        await pilot.press("z")
        assert "coverage 76 %" in screen(pilot)
        assert "left out" not in screen(pilot)


async def test_undo_and_redo_tell_what_and_go_there_also_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await to_lind(pilot)
        await pilot.press("v", "2", "m", "enter", "space", "g")
    async with opened(path=path) as pilot:
        await pilot.press("g", "z")
        assert "Undone: passage called fine." in toast(pilot)
        assert "unwittingly" in cursor_row(pilot) or "We" in cursor_row(pilot)
        await pilot.press("z")
        assert "Undone: mark: minor Accuracy/Mistranslation on “unwittingly”." in toast(pilot)
        assert marks(path) == []
        await pilot.press("z")
        assert "Nothing to undo." in toast(pilot)
        await pilot.press("Z", "Z")
        assert "Redone: passage called fine." in toast(pilot)
        assert len(marks(path)) == 1
        assert dispositions(path) == {"p4": "fine"}
        await pilot.press("Z")
        assert "Nothing to redo." in toast(pilot)


@pytest.mark.slow
async def test_hostile_text_is_marked_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(HOSTILE, path=path) as pilot:
        for _ in HOSTILE:
            await pilot.press("v", "l", "L", "2", "m", "enter", "j")
        assert len(marks(path)) == len(HOSTILE)
        assert "\x1b" not in screen(pilot)


async def test_others_marks_are_shown_with_their_name(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path, reviewer="bo") as pilot:
        await pilot.press("v", "2", "o", "enter")
    async with opened(path=path) as pilot:
        shown = screen(pilot)
        assert "· bo" in shown
        assert "0 of 7 reviewed" in shown


async def test_a_long_sentence_is_walked_by_lines_and_differences() -> None:
    words = " ".join(f"word{n}" for n in range(200))
    async with opened([Row(words, words.replace("word150", "other"), 50)]) as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert "“word150”" in screen(pilot)
        await pilot.press("g", "j", "j")
        await pilot.pause()
        shown = screen(pilot).split("mark ")[-1]
        assert "“word0”" not in shown
        await pilot.press("n")
        await pilot.pause()
        assert "“word150”" in screen(pilot)


async def test_keys_pressed_in_one_go_are_obeyed_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path) as pilot:
        await to_lind(pilot)
        driver = pilot.app._driver
        assert driver is not None
        for key in ("v", "2", "m", "M", "i", "q", "space", "a"):
            driver.send_message(Key(key, " " if key == "space" else key))
        await pilot.pause(0.3)
        await pilot.press("enter", "enter")
        (mark,) = marks(path)
        assert (mark.category, mark.severity, mark.note) == ("accuracy/mistranslation", Severity.MAJOR, "q a")
        for key in ("slash", *"sea", "enter"):
            driver.send_message(Key(key, None if len(key) > 1 else key))
        for _ in range(50):
            await pilot.pause(0.1)
            if "with a hit" in toast(pilot):
                break
        assert "winters to finish" in screen(pilot)
        assert dispositions(path) == {}


async def test_others_marks_are_theirs(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with opened(path=path, reviewer="bo") as pilot:
        await pilot.press("v", "2", "o", "enter")
    async with opened(path=path) as pilot:
        await pilot.press("n", "d")
        assert "this mark is bo’s" in toast(pilot)
        assert len(marks(path)) == 1


async def test_what_is_open_survives_a_correction_beside_it(tmp_path: Path) -> None:
    rows = [Row("One boat came.", "One ship came.", 50), Row("Nobody believed it.", ""), Row("The end.", "The end.")]
    path = tmp_path / "x.review"
    async with opened(rows, path=path) as pilot:
        while "Nobody believed" not in cursor_row(pilot) and "Nobody" not in screen(pilot).split("candidate  line")[-1]:
            await pilot.press("j")
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("k", "u", "escape")
        await pilot.pause()
        assert pilot.app.is_running
        await pilot.press("j", "k", "w", "space", "z")
        assert pilot.app.is_running
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("L")
        await pilot.pause()
        assert "unlink" in screen(pilot)
        assert "One boat came." in screen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "1 correction" in screen(pilot)
