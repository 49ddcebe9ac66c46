"""The pipeline in its thread: what it tells, how it is cancelled, how it fails."""

import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from metrics.errors import EmptyText, InputError, MissingFile
from metrics.model import Progress
from metrics.realignment import Realigner
from tests.tui.builders import HARBOUR, SETTINGS, app_on, review, screen, settled
from tui import app as door
from tui.app import BleupencilApp
from tui.desk import Desk

PAIR = ("c/candidate.txt", "r/reference.txt")


class Stepwise:
    """A pipeline that goes on when it is told to."""

    def __init__(self, *stages: Progress, failure: Exception | None = None) -> None:
        self.stages = stages
        self.failure = failure
        self.go = threading.Semaphore(0)
        self.ended = threading.Event()
        self.asked: tuple[object, ...] = ()

    def __call__(self, *asked: object) -> Generator[Progress, None, Realigner]:
        self.asked = asked
        try:
            for stage in self.stages:
                yield stage
                assert self.go.acquire(timeout=10)
            if self.failure is not None:
                raise self.failure
            return Realigner(review(HARBOUR))
        finally:
            self.ended.set()


async def shown(pilot: Pilot[None], text: str) -> None:
    """Wait until `text` stands on the terminal."""
    for _ in range(100):
        if text in screen(pilot):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{text!r} is not in\n{screen(pilot)}")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_it_tells_what_it_is_doing(size: tuple[int, int]) -> None:
    pipeline = Stepwise(Progress("Reading", 0.0), Progress("Aligning [b]x\x1b[0m[/nope]", 0.5))
    async with app_on(pipeline).run_test(size=size, notifications=True) as pilot:
        await shown(pilot, "Reading")
        assert "candidate.txt ⇄ reference.txt" in screen(pilot)
        assert "0%" in screen(pilot)
        assert "q cancels" in screen(pilot)
        await pilot.press("j", "w", "o", "}", "f", "enter", "G", "ctrl+d", "J")
        pipeline.go.release()
        await shown(pilot, "Aligning [b]x␛[0m[/nope]")
        await shown(pilot, "50%")
        pipeline.go.release()
        await settled(pilot)
        assert "0 of 7 reviewed" in screen(pilot)
        assert "q cancels" not in screen(pilot)
        assert pipeline.asked == (*PAIR, SETTINGS)


@pytest.mark.parametrize("keys", [["q"], ["ctrl+q"], ["?", "escape", "q"]])
async def test_it_can_be_cancelled(keys: list[str]) -> None:
    pipeline = Stepwise(*[Progress("Aligning", 0.5)] * 3)
    async with app_on(pipeline).run_test() as pilot:
        await shown(pilot, "Aligning")
        await pilot.press(*keys)
        await pilot.pause()
    pipeline.go.release()
    assert pipeline.ended.wait(10)
    # It was closed where it stood, and not run to its end.
    assert pipeline.go.acquire(blocking=False) is False
    assert pilot.app.return_code == 0
    assert isinstance(pilot.app, BleupencilApp)
    assert pilot.app.failure is None


@pytest.mark.parametrize("failure", [InputError("x.txt: no"), EmptyText("y.txt: nothing"), ZeroDivisionError("bug")])
async def test_failure_closes_the_screen_with_its_reason(failure: Exception) -> None:
    for stages in ([], [Progress("Reading", 0.0)]):
        pipeline = Stepwise(*stages, failure=failure)
        pipeline.go.release()
        app = app_on(pipeline)
        async with app.run_test() as pilot:
            await pilot.app.workers.wait_for_complete() if stages else None
            for _ in range(100):
                if not app.is_running:
                    break
                await pilot.pause(0.02)
        assert app.failure is failure
        assert app.return_code == 3


async def test_failure_behind_the_help_screen() -> None:
    pipeline = Stepwise(Progress("Reading", 0.0), failure=InputError("x.txt: no"))
    app = app_on(pipeline)
    async with app.run_test() as pilot:
        await shown(pilot, "Reading")
        await pilot.press("?")
        await shown(pilot, "Show keys")
        pipeline.go.release()
        assert pipeline.ended.wait(10)
        for _ in range(100):
            if app.failure is not None:
                break
            await pilot.pause(0.02)
    assert app.failure is pipeline.failure


async def test_result_behind_the_help_screen() -> None:
    pipeline = Stepwise(Progress("Reading", 0.0))
    async with app_on(pipeline).run_test() as pilot:
        await shown(pilot, "Reading")
        await pilot.press("?")
        await shown(pilot, "Show keys")
        assert "Next passage" not in screen(pilot)
        pipeline.go.release()
        await settled(pilot)
        await pilot.press("escape")
        await shown(pilot, "0 of 7 reviewed")
        await pilot.press("e")
        assert "1 of 7 reviewed" in screen(pilot)


def test_run_raises_what_went_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(BleupencilApp, "run", lambda self: App.run(self, headless=True))
    with pytest.raises(MissingFile, match=r"nowhere\.txt"):
        door.run("nowhere.txt", "nowhere-else.txt", SETTINGS, Desk(tmp_path / "x.review", "ana"))


def test_run_returns_zero_when_the_reviewer_leaves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    candidate, reference = tmp_path / "c.txt", tmp_path / "r.txt"
    candidate.write_text("A boat came in.\n", encoding="utf-8")
    reference.write_text("The boat came in.\n", encoding="utf-8")
    left = []

    async def leave(pilot: Pilot[None]) -> None:
        await settled(pilot)
        left.append(screen(pilot))
        await pilot.press("q")

    monkeypatch.setattr(BleupencilApp, "run", lambda self: App.run(self, headless=True, auto_pilot=leave))
    assert door.run(str(candidate), str(reference), SETTINGS, Desk(tmp_path / "x.review", "ana")) == 0
    assert "0 of 1 reviewed" in left[0]
    assert "A boat came in." in left[0]
