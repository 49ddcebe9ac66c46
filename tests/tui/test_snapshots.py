"""Pictures of the screens: usual and hostile texts, two sizes, and without colour.

Those that are large, or differ little from others, are left to `pytest -m slow`.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.support import SAMPLES
from tests.tui.builders import HOSTILE, app, settled
from tui.screens.start import StartScreen

Compare = Callable[..., bool]
#: By name of a screen, the keys that lead to it.
WAYS = {
    "review": list("jjj}"),
    "mark": list("jjjv2"),
    "judged": [*"jjjy", "e"],
    "alignment": list("ajj"),
    "overview": ["f2"],
    "filter": ["backslash", "j", "space"],
    "help": ["question_mark"],
    "choice": list("jjjX"),
    "search": ["slash", *"the sea"],
}
SMALL, LARGE = (80, 24), (120, 40)


def after(*keys: str) -> Callable[[Pilot[None]], object]:
    async def drive(pilot: Pilot[None]) -> None:
        # The file tree's worker never ends.
        await (pilot.pause(0.5) if isinstance(pilot.app.screen, StartScreen) else settled(pilot))
        for key in keys:
            await pilot.press(key)
        # A cursor that blinks would be there in every other picture.
        for field in pilot.app.screen.query("Input"):
            field.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause()
        await pilot.pause()

    return drive


@pytest.mark.parametrize("name", [name for name in WAYS if name != "help"])
def test_small(snap_compare: Compare, name: str) -> None:
    assert snap_compare(app(), terminal_size=SMALL, run_before=after(*WAYS[name]))


@pytest.mark.slow
@pytest.mark.parametrize("name", WAYS)
def test_large(snap_compare: Compare, name: str) -> None:
    assert snap_compare(app(), terminal_size=LARGE, run_before=after(*WAYS[name]))


@pytest.mark.parametrize("name", ["mark"])
def test_without_colour(snap_compare: Compare, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(), terminal_size=SMALL, run_before=after(*WAYS[name]))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in WAYS if name != "mark"])
def test_all_without_colour(snap_compare: Compare, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(), terminal_size=SMALL, run_before=after(*WAYS[name]))


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.slow)])
def test_start(snap_compare: Compare, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLES.parent)

    class Start(App[None]):
        def on_mount(self) -> None:
            self.push_screen(StartScreen((), "ana", folder=Path("samples")))

    assert snap_compare(Start(), terminal_size=size, run_before=after("tab"))


def test_empty(snap_compare: Compare) -> None:
    assert snap_compare(app([]), terminal_size=SMALL, run_before=after())


def test_hostile(snap_compare: Compare) -> None:
    assert snap_compare(
        app(HOSTILE, names=("c/[bold]\x1b[2J[/nope].txt", "r/\u202etxt.\udcff.txt")),
        terminal_size=SMALL,
        run_before=after(*"}jjvle", "escape"),
    )
