"""A whole review by keyboard, over several sittings, compared with what the review file says in the end."""

import json
from pathlib import Path
from textwrap import wrap

import pytest
from textual.pilot import Pilot

from metrics.model import Kind, Review, Settings, Severity
from metrics.mqm.model import Deed, Disposition, Side
from metrics.mqm.store import Session
from metrics.review import realigner_steps
from tests.tui.builders import cursor_row, screen, settled, toast
from tui.app import BleupencilApp
from tui.cli import run
from tui.desk import Desk
from tui.screens.review import ReviewScreen

CANDIDATE = """
The ferry to Holm did not sail on Friday because of the storm.

Its captain, Ada Bergström, had asked for 16 new life jackets.

Advertisement

The company has repaired the ramp. It paid for the work itself.

Passengers waited in the hall until the evening.
"""
REFERENCE = """
The ferry to Holm sailed on Friday despite the storm.

Its captain, Ada Bergström, had asked for sixty-one new life jackets.

The company repaired the ramp and paid for the work itself.

Passengers waited in the hall until the evening, and nobody complained.
"""


class Sitting:
    """The app on the pair, from start to leaving."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "holm.review"
        desk = Desk(self.path, "ana")
        pair = str(folder / "candidate.txt"), str(folder / "reference.txt")
        self.screen = ReviewScreen(*pair, Settings(language="en"), realigner_steps, desk)
        self.app = BleupencilApp(self.screen)

    @property
    def review(self) -> Review:
        return self.screen.desk.review


async def to(pilot: Pilot[None], words: str) -> None:
    """Open the passage with these words."""
    await pilot.press("slash", *words, "enter")
    await pilot.pause()
    await pilot.press("escape")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "candidate.txt").write_text(CANDIDATE, encoding="utf-8")
    (tmp_path / "reference.txt").write_text(
        "\n\n".join("\n".join(wrap(line, 40)) for line in REFERENCE.split("\n\n")), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
async def test_from_the_first_mark_to_the_export(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = Sitting(folder)
    async with one.app.run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        # Mark, take a finding, judge, undo.
        await to(pilot, "Friday")
        await pilot.press("v", "2", "m", "M", "enter")
        await to(pilot, "jackets")
        await pilot.press("y")
        await to(pilot, "Passengers")
        await pilot.press("p", "z")
        assert toast(pilot) == "Undone: passage called paraphrase."
        await pilot.press("Z", "e")
        assert "3 of " in screen(pilot)
        before = one.review.scores
        # Mend the alignment: the furniture is text after all, and misaligned for now.
        await to(pilot, "Advertisement")
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("t")
        await pilot.press("escape")
        await pilot.pause()
        assert one.review.scores["BLEU"].value < before["BLEU"].value
        await pilot.press("A")
        assert "× 1 left out" in screen(pilot)
        assert one.screen.desk.scores["BLEU"].value == before["BLEU"].value
        kinds = [passage.kind for passage in one.review.passages]
    one.screen.desk.close()

    two = Sitting(folder)
    async with two.app.run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        # All of it is there again.
        assert [passage.kind for passage in two.review.passages] == kinds
        assert "× 1 left out" in screen(pilot)
        # Filter by what was said.
        await pilot.press("backslash")
        await pilot.pause()
        await pilot.press("tab", *"chrF>=0 words 3-99", "enter")
        await pilot.pause()
        await pilot.pause()
        assert f"of {len(kinds)} · chrF" in screen(pilot)
        assert "Advertisement" not in cursor_row(pilot)
        await pilot.press("escape")
        assert "Esc clears" not in screen(pilot)
        # Undo over the restart, and do it again.
        await pilot.press("z", "z")
        assert "left out" not in screen(pilot)
        assert Kind.BOILERPLATE in [passage.kind for passage in two.review.passages]
        await pilot.press("Z", "Z", "f12")
        assert (folder / "bleupencil.svg").read_text(encoding="utf-8").startswith("<svg")
    two.screen.desk.close()

    with Session.open(two.path, readonly=True) as session:
        state, units = session.state, {unit.id: unit for unit in session.units}
        assert session.orphans == ()
    (mark, taken) = state.annotations.values()
    assert (mark.side, mark.category, mark.severity) == (Side.CANDIDATE, "accuracy/mistranslation", Severity.MAJOR)
    assert "Friday" in units[mark.unit].candidate
    assert (taken.origin, units[taken.unit].candidate[taken.start : taken.end]) == ("number", "16")
    said = {units[unit].candidate.split()[0]: what for (unit, _), what in state.dispositions.items()}
    assert said == {"Passengers": Disposition.ERROR, "Advertisement": Disposition.MISALIGNMENT}
    assert [act.body["what"] for act in state.patches] == ["added"]
    assert [act.deed for act in session.acts if act.deed in (Deed.UNDO, Deed.REDO)] == [
        Deed.UNDO,
        Deed.REDO,
        *[Deed.UNDO] * 2,
        *[Deed.REDO] * 2,
    ]

    # The commands say the same.
    pair = [str(folder / name) for name in ("candidate.txt", "reference.txt")]
    assert run(["align", *pair, "--language", "en", "--session", str(two.path), "--format", "json"]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    assert [link["kind"] for link in links] == [kind.value for kind in kinds]
    assert [link for link in links if link.get("by_hand")]
    assert run(["score", *pair, "--language", "en", "--session", str(two.path), "--format", "json"]) == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    assert scores["BLEU"]["score"] == two.screen.desk.scores["BLEU"].value
    assert run(["export", str(two.path), "--format", "jsonl"]) == 0
    exported = capsys.readouterr().out
    assert taken.id in exported
    assert '"merge"' not in exported
