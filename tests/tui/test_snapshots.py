"""Four pictures: a usual terminal, a wide one, no text, hostile texts."""

from collections.abc import Callable

from textual.pilot import Pilot

from tests.tui.builders import HOSTILE, app, settled


def after(*keys: str) -> Callable[[Pilot[None]], object]:
    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press(*keys)
        await pilot.pause()

    return drive


def test_usual(snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(app(), terminal_size=(80, 24), run_before=after(*"jjj}"))


def test_wide(snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(app(), terminal_size=(120, 40), run_before=after(*"jjjj}}"))


def test_empty(snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(app([]), terminal_size=(80, 24), run_before=after())


def test_hostile(snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(
        app(HOSTILE, names=("c/[bold]\x1b[2J[/nope].txt", "r/\u202etxt.\udcff.txt")),
        terminal_size=(80, 24),
        run_before=after(*"}jj"),
    )
