"""Starting without files: go on with a review, or choose two texts, by keyboard alone."""

import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from metrics.model import Kind, Pairing, Settings
from metrics.mqm.model import Disposition, Unit
from metrics.mqm.store import Session
from metrics.visible import clean
from tests.tui.builders import screen
from tui.recent import recent, remember
from tui.screens.start import Chosen, StartScreen
from tui.textfiles import choosable, completed, proposed_reference

NARROW, WIDE = (60, 20), (120, 40)


@pytest.fixture(autouse=True)
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a pair in it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "texts"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("harbour-candidate.txt", "harbour-reference.txt", "other.txt"):
        Path(name).write_text(f"The text of {name}.\n")
    return folder


def begun(candidate: str, options: Settings | None = None) -> None:
    """A review of a text, in which one passage of two is reviewed."""
    path = str(Path(candidate).with_suffix(".review"))
    with Session.open(path, create=True) as session:
        session.adopt([Unit("a", 0, Kind.MATCH, "One.", "One."), Unit("b", 1, Kind.MATCH, "Two.", "Two.")])
        session.dispose("b", "ana", Disposition.FINE)
    remember(path, candidate, "harbour-reference.txt", options)


class Start(App[None]):
    """Shows the screen alone, and keeps what it returns."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[Chosen | None] = []

    def on_mount(self) -> None:
        self.push_screen(StartScreen(recent(), "ana"), self.chosen.append)


@asynccontextmanager
async def opened(size: tuple[int, int] = (80, 24)) -> AsyncGenerator[Pilot[None], None]:
    async with Start().run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: "Files" in screen(pilot) and "──" in screen(pilot))
        yield pilot


async def until(pilot: Pilot[None], met: Callable[[], bool]) -> None:
    """Wait for what threads bring."""
    for _ in range(100):
        await pilot.pause(0.01)
        if met():
            return
    pytest.fail(screen(pilot))


async def write(pilot: Pilot[None], text: str) -> None:
    """Paste text, as terminals do; a key each would take longer."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(Paste(text))
    await pilot.pause()


def chosen(pilot: Pilot[None]) -> Sequence[Chosen | None]:
    assert isinstance(pilot.app, Start)
    return pilot.app.chosen


async def choose(pilot: Pilot[None], name: str) -> None:
    """Walk to a file in the tree and take it."""
    await until(pilot, lambda: name in screen(pilot))
    rows = [line for line in screen(pilot).splitlines() if "── " in line or "▾" in line]
    at = next(place for place, line in enumerate(rows) if name in line)
    await pilot.press("home", *["j"] * at, "enter")
    await pilot.pause(0.05)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_review_is_shown_with_its_progress_and_gone_on_with(size: tuple[int, int]) -> None:
    options = Settings(pairing=Pairing.LINES)
    begun("other.txt", options)
    begun("harbour-candidate.txt")
    async with opened(size) as pilot:
        await until(pilot, lambda: screen(pilot).count("1 of 2 reviewed · 0 marks · 20") == 2)
        assert "candidate.txt ⇄ harbour-reference.txt" in screen(pilot)
        await pilot.press("j", "enter")
        folder = os.getcwd()
        paths = (f"{folder}/{name}" for name in ("other.txt", "harbour-reference.txt", "other.review"))
        assert chosen(pilot) == [Chosen(*paths, options)]


async def test_a_review_whose_file_is_gone_is_told_and_can_be_taken_off() -> None:
    begun("harbour-candidate.txt")
    Path("harbour-candidate.review").unlink()
    async with opened() as pilot:
        assert "gone: " in screen(pilot)
        await pilot.press("enter")
        assert "is gone: choose the texts below" in " ".join(screen(pilot).split())
        await pilot.press("delete")
        assert "Recent" not in screen(pilot)
        assert chosen(pilot) == []
    assert recent() == ()


async def test_a_review_file_that_cannot_be_opened_is_told() -> None:
    begun("harbour-candidate.txt")
    Path("harbour-candidate.review").write_bytes(b"no database" * 200)
    async with opened(WIDE) as pilot:
        await until(pilot, lambda: "is no review" in screen(pilot))
        await pilot.press("enter")
        assert " ".join(screen(pilot).split()).count("is no review: choose another file") == 2
        assert chosen(pilot) == []


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_two_texts_are_chosen_in_the_tree(size: tuple[int, int], texts: Path) -> None:
    async with opened(size) as pilot:
        await pilot.press("tab", "tab")
        await choose(pilot, "harbour-candidate.txt")
        assert "Enter begins, if this is the reference." in screen(pilot)
        await pilot.press("enter")
        assert chosen(pilot) == [Chosen(f"{texts}/harbour-candidate.txt", f"{texts}/harbour-reference.txt")]


async def test_another_reference_than_the_proposed_one(texts: Path) -> None:
    async with opened() as pilot:
        await pilot.press("tab", "tab")
        await choose(pilot, "harbour-candidate.txt")
        await pilot.press("tab")
        await choose(pilot, "other.txt")
        assert chosen(pilot) == [Chosen(f"{texts}/harbour-candidate.txt", f"{texts}/other.txt")]


async def test_two_paths_are_written_with_completion() -> None:
    async with opened() as pilot:
        await write(pilot, "har")
        await pilot.press("tab")
        assert "candidate  harbour-" in screen(pilot)
        await write(pilot, "c")
        await pilot.press("tab", "enter")
        assert "reference  harbour-reference.txt" in screen(pilot)
        await pilot.press("ctrl+u")
        await write(pilot, "o")
        await pilot.press("tab", "enter")
        assert chosen(pilot) == [Chosen("harbour-candidate.txt", "other.txt")]


async def test_where_nothing_can_be_completed_tab_goes_on() -> None:
    async with opened() as pilot:
        await write(pilot, "none")
        await pilot.press("tab")
        await write(pilot, "second")
        assert "reference  second" in screen(pilot)


async def test_what_cannot_be_reviewed_is_told() -> None:
    Path("picture.png").write_bytes(b"\x89PNG\r\n\0\0\0")
    Path("empty.txt").touch()
    os.mkfifo("pipe")
    Path("bad.txt").write_text("Text.\n")
    Path("bad.review").write_bytes(b"no database" * 200)
    cases = (
        ("", "", "The candidate is missing: write its path, or choose a file below."),
        ("harbour-candidat.txt", "", "no such file: harbour-candidat.txt; did you mean harbour-candidate.txt?"),
        ("picture.png", "", "picture.png: a binary file"),
        ("empty.txt", "", "empty.txt is empty: there is nothing to compare"),
        ("pipe", "", "pipe is no file: choose a text file"),
        ("x\x1b[2J[/nope]", "", "no such file: x␛[2J[/nope]"),
        ("other.txt", "./other.txt", "other.txt is the candidate already: choose another file for the reference"),
        ("other.txt", "nowhere/x.txt", "no such file: nowhere/x.txt (nowhere does not exist either)"),
        ("bad.txt", "other.txt", "bad.review is no review: choose another file"),
    )
    async with opened(WIDE) as pilot:
        for candidate, reference, told in cases:
            pilot.app.screen.query_one("#candidate").focus()
            await pilot.press("end", "ctrl+u")
            await write(pilot, candidate)
            await pilot.press("enter")
            if reference:
                await pilot.press("end", "ctrl+u")
                await write(pilot, reference)
                await pilot.press("enter")
            assert told in screen(pilot)
            assert chosen(pilot) == []


async def test_a_folder_is_looked_into(texts: Path) -> None:
    (texts / "in").mkdir()
    (texts / "in" / "inner.txt").write_text("Text.\n")
    async with opened() as pilot:
        await write(pilot, "in")
        await pilot.press("enter")
        await until(pilot, lambda: "inner.txt" in screen(pilot))
        await pilot.press("backspace")
        await until(pilot, lambda: "other.txt" in screen(pilot))


async def test_escape_leaves() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        assert chosen(pilot) == [None]


@pytest.mark.slow
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_hostile_names_are_shown_and_can_be_chosen(size: tuple[int, int], texts: Path) -> None:
    names = ("[bold]x[", "a\x1b[2Jb", "\u202egnp", "[@click=app.quit]c", "\ud800".encode("utf-8", "surrogatepass"))
    for name in names:
        (texts / os.fsdecode(name)).write_text("Text.\n")
    for name in ("other.txt", "harbour-candidate.txt", "harbour-reference.txt"):
        (texts / name).unlink()
    (texts / "\nref\x1b[2J[nope]").write_text("Text.\n")
    candidate = texts / "a\x1b[2Jb"
    begun(candidate.name)
    Path(candidate.with_suffix(".review")).unlink()
    async with opened(size) as pilot:
        await pilot.press("shift+tab")
        await choose(pilot, "␛[2Jb")
        shown = screen(pilot)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "␊ref␛[2J[nope]" in shown
        await pilot.press("enter")
        assert chosen(pilot) == [Chosen(str(candidate), str(texts / "\nref\x1b[2J[nope]"))]


async def test_the_keyboard_shows_where_it_acts_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    begun("harbour-candidate.txt")
    async with opened() as pilot:
        assert "╔═ Recent" in screen(pilot)
        assert "╔═ Files" not in screen(pilot)
        await pilot.press("shift+tab")
        assert "╔═ Files" in screen(pilot)
        assert "╔═ Recent" not in screen(pilot)


def test_what_is_no_text_is_not_offered(texts: Path) -> None:
    (texts / "folder").mkdir()
    (texts / ".hidden.txt").write_text("Text.\n")
    (texts / "picture.png").write_bytes(b"\x89PNG\r\n\0\0\0")
    (texts / "office.docx").write_bytes(b"PK\x03\x04")
    (texts / "a.review").write_text("Text.\n")
    (texts / "cut.txt").write_bytes(("é" * 2000).encode())
    (texts / "wide.txt").write_bytes("Text.\n".encode("utf-16"))
    (texts / "old.txt").write_bytes("Grüße".encode("cp1252"))
    (texts / "nowhere").symlink_to("missing")
    os.mkfifo(texts / "pipe")
    offered = {path.name for path in choosable(texts.iterdir())}
    pair = {"harbour-candidate.txt", "harbour-reference.txt", "other.txt"}
    assert offered == pair | {"folder", "cut.txt", "wide.txt", "old.txt"}


@pytest.mark.parametrize(
    ("names", "candidate", "proposed"),
    [
        (["a.txt", "ref.txt"], "a.txt", "ref.txt"),
        (["b-mt.txt", "a-ref.txt", "b-ref.txt"], "b-mt.txt", "b-ref.txt"),
        (["a.txt", "prefix.txt"], "a.txt", None),
        (["a_ref.txt"], "a_ref.txt", None),
        (["a.txt", "REFERENCE"], "a.txt", "REFERENCE"),
    ],
)
def test_a_reference_is_proposed(names: list[str], candidate: str, proposed: str | None, tmp_path: Path) -> None:
    folder = tmp_path / "pair"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("Text.\n")
    found = proposed_reference(folder / candidate)
    assert (found.name if found else None) == proposed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    names=st.sets(st.text("abR.\x1b\u202eé", min_size=1, max_size=4).filter(lambda n: n.strip(".")), max_size=5),
    given_=st.text("abR.é", max_size=4),
)
def test_a_completion_begins_what_is_there(
    names: set[str], given_: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("names")
    for name in names:
        (folder / name).touch()
    found = completed(f"{folder}/{given_}")
    fitting = {name for name in names if name.startswith(given_) and clean(name) == name and (given_ or name[0] != ".")}
    if found is None:
        assert fitting <= {given_}
    else:
        name = found.removeprefix(f"{folder}/")
        assert len(name) > len(given_)
        assert any(each.startswith(name) for each in fitting)
