"""What holds for the whole program: keys and themes of the user's own, choosing, leaving and coming back."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from metrics.model import Settings
from metrics.mqm.typology import preset
from metrics.review import realigner_steps
from tests.tui.builders import app, close, cursor_row, opened, screen, settled, toast, told
from tui.app import BleupencilApp
from tui.config import keymap_path
from tui.desk import Desk
from tui.screens.review import ReviewScreen
from tui.screens.start import Chosen, StartScreen


async def until(pilot: Pilot[None], text: str) -> None:
    """Wait until `text` stands on the terminal."""
    for _ in range(100):
        if text in screen(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{text!r} is not in\n{screen(pilot)}")


async def test_keys_of_ones_own_and_what_is_wrong_with_them() -> None:
    keymap_path().parent.mkdir(parents=True, exist_ok=True)
    keymap_path().write_text('[keys]\nnext = "t"\n"dispose.fin" = "r"\n', encoding="utf-8")
    async with opened() as pilot:
        assert "dispose.fin" in toast(pilot)
        assert "dispose.fine" in toast(pilot)
        await pilot.press("t", "t")
        assert cursor_row(pilot).startswith("3 ")
        await pilot.press("j")
        assert cursor_row(pilot).startswith("3 ")


async def test_a_theme_is_remembered() -> None:
    async with opened() as pilot:
        pilot.app.theme = "textual-light"
        await pilot.pause()
    running = app()
    async with running.run_test() as pilot:
        await settled(pilot)
        assert pilot.app.theme == "textual-light"
    close(running)


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    candidate, reference = tmp_path / "boats.txt", tmp_path / "boats-ref.txt"
    candidate.write_text("The ferry to Holm came in late on Monday.\n", encoding="utf-8")
    reference.write_text("The ferry to Holm came in late on Tuesday.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return candidate, reference


def choosing() -> BleupencilApp:
    """The app as it starts without texts."""

    def choose(chosen: Chosen) -> ReviewScreen:
        desk = Desk(Path(chosen.session or "boats.review"), "ana", preset("core"))
        return ReviewScreen(chosen.candidate, chosen.reference, chosen.settings or Settings(), realigner_steps, desk)

    return BleupencilApp(None, choose, "ana")


async def test_a_pair_is_chosen_reviewed_left_and_taken_up_again(pair: tuple[Path, Path]) -> None:
    assert pair[0].exists()
    starting = choosing()
    async with starting.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, "candidate")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press(*"boats.txt", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, "0 of 1 reviewed")
        assert "boats-ref.txt" in screen(pilot)
        await pilot.press("e", "q")
        await until(pilot, "1 of 1 reviewed")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press("enter")
        await until(pilot, "match · 9 words · error")
        await pilot.press("q")
        await until(pilot, "Recent reviews")
        await pilot.press("escape")
        await pilot.pause()
    assert starting.return_code == 0


async def test_what_cannot_be_opened_is_told_where_it_was_chosen(pair: tuple[Path, Path]) -> None:
    pair[0].write_bytes(b"\x00\x01\x02" * 100)

    def choose(chosen: Chosen) -> ReviewScreen:
        desk = Desk(Path("boats.review"), "ana")
        return ReviewScreen(chosen.candidate, chosen.reference, Settings(), realigner_steps, desk)

    async with BleupencilApp(None, choose, "ana").run_test(size=(100, 30)) as pilot:
        await until(pilot, "candidate")
        pilot.app.screen.dismiss(Chosen(*map(str, pair)))
        await until(pilot, "a binary file")
        assert isinstance(pilot.app.screen, StartScreen)


@pytest.mark.slow
async def test_the_palette_finds_passages_by_their_words() -> None:
    async with opened() as pilot:
        await pilot.press("colon")
        await pilot.pause()
        await pilot.press(*"two winters")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.5)
        assert "Passage 5" in screen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert cursor_row(pilot).startswith("5 ")


async def test_a_passage_is_exported_and_nothing_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened() as pilot:
        for _ in range(2):
            await pilot.app.screen.run_action("export_passage('.md')")
        await pilot.app.screen.run_action("export_passage('.html')")
        await pilot.pause()
        assert "Written: " in told(pilot)
    files = sorted(path.suffix for path in tmp_path.iterdir())
    assert files == [".html", ".md", ".md"]
    assert all("Three fishing families" in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
