"""What is done on the screen is in the session, and there again after a restart."""

import gc
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from threading import Thread

import pytest
from textual.pilot import Pilot

from metrics.corrections import merge_next
from metrics.errors import UnwritableFile, UsageError
from metrics.mqm.model import Disposition
from metrics.mqm.store import Session
from metrics.mqm.units import units_of
from metrics.realignment import Realigner
from tests.tui.builders import HARBOUR, Row, app_on, cursor_row, lines, opened, review, screen, settled, yielding
from tui.desk import Desk


def at_desk(
    path: Path, rows: Sequence[Row] = HARBOUR, reviewer: str = "ana"
) -> AbstractAsyncContextManager[Pilot[None]]:
    return opened(rows, path=path, reviewer=reviewer)


async def test_what_was_done_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with at_desk(path) as pilot:
        await pilot.press("j", "e", "k", "space")
        assert "2 of 7 reviewed" in screen(pilot)
        with Session.open(path, readonly=True) as session:
            assert len(session.state.seen) == 3
            assert len(session.units) == len(HARBOUR)
    async with at_desk(path) as pilot:
        assert "2 of 7 reviewed" in screen(pilot)
        assert cursor_row(pilot).startswith("3 ○")
    async with at_desk(path, reviewer="bo") as pilot:
        assert "0 of 7 reviewed" in screen(pilot)
        assert cursor_row(pilot).startswith("1 ○")


@pytest.mark.slow
async def test_two_windows_of_one_reviewer_see_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with at_desk(path) as pilot:
        with Session.open(path) as elsewhere:
            elsewhere.dispose(elsewhere.units[1].id, "ana", Disposition.FINE)
            elsewhere.dispose(elsewhere.units[7].id, "bo", Disposition.FINE)
        await pilot.pause(1)
        assert "1 of 7 reviewed" in screen(pilot)
        await pilot.press("e")
        assert "2 of 7 reviewed" in screen(pilot)
        with Session.open(path) as elsewhere:
            elsewhere.undo("ana")
        await pilot.pause(1)
        assert "1 of 7 reviewed" in screen(pilot)


async def test_changed_texts_keep_what_fits_and_tell_what_does_not(tmp_path: Path) -> None:
    path = tmp_path / "x.review"
    async with at_desk(path):
        pass
    with Session.open(path) as session:
        for unit in session.units[1:3]:
            session.dispose(unit.id, "ana", Disposition.FINE)
    changed = [*HARBOUR[:2], HARBOUR[2]._replace(candidate="It took crews."), *HARBOUR[3:]]
    # The ids of passages built by hand hang on their places, those of the pipeline on their texts.
    async with at_desk(path, changed[:2]) as pilot:
        assert "what was said of 1 passage is kept" in screen(pilot).replace("\n", "").replace("  ", " ")
    async with at_desk(path) as pilot:
        assert "is kept, but fits nowhere" not in screen(pilot)


async def test_what_cannot_be_kept_is_not_shown_as_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(tmp_path / "x.review") as pilot:

        def full(*_: object) -> None:
            raise UnwritableFile("cannot write to x.review, the disk is full: make room")

        monkeypatch.setattr(Session, "record", full)
        for keys in (["e"], ["v", "enter"], ["j"], ["space"], ["z"]):
            await pilot.press(*keys)
            await pilot.pause()
            assert "0 of 7 reviewed" in screen(pilot)
            if keys != ["z"]:
                assert "cannot write to x.review" in screen(pilot)
        monkeypatch.undo()
        await pilot.press("e")
        assert "1 of 7 reviewed" in screen(pilot)


async def test_a_session_that_cannot_be_made_closes_the_screen(tmp_path: Path) -> None:
    folder = tmp_path / "file.txt"
    folder.write_text("no folder")
    app = app_on(yielding(review()), path=folder / "x.review")
    async with app.run_test() as pilot:
        await settled(pilot)
    assert isinstance(app.failure, UsageError)


def test_what_is_prepared_in_another_thread_is_all_in_the_file(tmp_path: Path) -> None:
    path, made = tmp_path / "x.review", review()
    desk = Desk(path, "ana")
    realigner = Realigner(made)
    thread = Thread(target=desk.prepare, args=(realigner,))
    thread.start()
    thread.join()
    with Session.open(path, readonly=True) as session:
        assert session.units == units_of(made)
    desk.begin(realigner)
    desk.realign(merge_next(made, made.passages[0]))
    amended = desk.review
    desk.close()

    again = Desk(path, "ana")
    realigner = Realigner(made)
    again.prepare(realigner)
    again.begin(realigner)
    assert again.review.links == amended.links
    again.close()
    with Session.open(path, readonly=True) as session:
        assert session.units == units_of(amended)


async def test_what_was_made_is_not_looked_through_for_garbage(tmp_path: Path) -> None:
    gc.unfreeze()
    async with at_desk(tmp_path / "x.review"):
        assert gc.get_freeze_count() > 0


async def test_rows_follow_the_theme(tmp_path: Path) -> None:
    def colours(pilot: Pilot[None]) -> set[object]:
        (row,) = [strip for strip in pilot.app.screen._compositor.render_strips() if " Nobody on" in strip.text]
        return {segment.style and segment.style.bgcolor for segment in row}

    async with at_desk(tmp_path / "x.review") as pilot:
        dark = colours(pilot)
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert not dark & colours(pilot)


async def test_the_footer_lists_what_can_be_done_now(tmp_path: Path) -> None:
    async with at_desk(tmp_path / "x.review") as pilot:
        assert "Fine" in lines(pilot)[-1]
        await pilot.press("backslash", "G", "k", "space", "enter")
        await pilot.pause()
        assert "0 of 8" in screen(pilot)
        assert "Fine" not in lines(pilot)[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert "Fine" in lines(pilot)[-1]
