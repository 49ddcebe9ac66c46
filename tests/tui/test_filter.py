"""The screen that says which passages to look at, judged by what stands on it and by what it returns."""

from math import inf

import pytest
from textual.app import App
from textual.pilot import Pilot

from metrics.model import Kind, Severity
from metrics.mqm.model import Disposition
from metrics.selection import EVERYTHING, Filter, Index, Standing
from tests.tui.builders import HARBOUR, HOSTILE, lines, review, screen
from tui.screens.filter import FilterScreen


class Host(App[None]):
    """Shows the screen, and keeps what it returns."""

    def __init__(self, index: Index, chosen: Filter = EVERYTHING) -> None:
        super().__init__()
        self.index, self.chosen = index, chosen
        self.returned: list[Filter | None] = []

    def on_mount(self) -> None:
        self.push_screen(FilterScreen(self.index, self.chosen), self.returned.append)


def harbour() -> Index:
    """Passage 2 is an error with a critical mark, 7 is fine."""
    index = Index(review(HARBOUR).passages)
    marked, fine = index.passages[2], index.passages[7]
    index.stand(marked, Standing(Disposition.ERROR, Severity.CRITICAL, True, marked.findings))
    index.stand(fine, Standing(Disposition.FINE, None, True, fine.findings))
    return index


def row(pilot: Pilot[None], label: str) -> tuple[str, str]:
    """Whether a choice is taken, and how many passages it would leave."""
    (line,) = [line for line in lines(pilot) if f"] {label} " in line]
    mark, _, rest = line.partition("] ")
    return mark[-1], rest.removeprefix(label).split()[0]


def here(pilot: Pilot[None]) -> str:
    """The choice under the cursor."""
    (line,) = [line for line in lines(pilot) if "▶" in line]
    return line.split("] ")[1].split("  ")[0].strip()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_choices_are_counted_and_returned(size: tuple[int, int]) -> None:
    app = Host(harbour())
    async with app.run_test(size=size, notifications=True) as pilot:
        assert "8 of 8 passages" in screen(pilot)
        assert row(pilot, "= match") == (" ", "4")
        assert row(pilot, "number") == (" ", "1")
        await pilot.press("space")
        assert row(pilot, "= match") == ("x", "4")
        assert "4 of 8 passages · match" in screen(pilot)
        # Kinds of passages add up; other fields count among those that are chosen.
        assert row(pilot, "+ added") == (" ", "1")
        assert row(pilot, "near-miss") == (" ", "0")
        await pilot.press("j", "space")
        assert "5 of 8 passages · match or moved" in screen(pilot)
        assert row(pilot, "near-miss") == (" ", "1")
        await pilot.press("k", "space")
        assert "1 of 8 passages · moved" in screen(pilot)
        await pilot.press("enter")
    assert app.returned == [Filter(kinds=frozenset({Kind.MOVED}))]


@pytest.mark.slow
async def test_every_field_can_be_chosen() -> None:
    app = Host(harbour())
    wanted = {"number": 1, "error": 1, "critical": 1, "reviewed": 1}
    async with app.run_test(size=(120, 40)) as pilot:
        assert row(pilot, "open")[1] == "6"
        assert row(pilot, "not reviewed")[1] == "6"
        # A mark outweighs findings, which are major here.
        assert (row(pilot, "critical")[1], row(pilot, "major")[1]) == ("1", "1")
        for label, count in wanted.items():
            labels = [line.split("] ")[1].split("  ")[0] for line in lines(pilot) if "] " in line]
            steps = labels.index(label) - labels.index(here(pilot))
            await pilot.press(*["down"] * steps, "space")
            assert row(pilot, label) == ("x", str(count))
        await pilot.press("tab", *"chrf>70 words 5-99", "enter")
    assert app.returned == [
        Filter(
            findings=frozenset({"number"}),
            dispositions=frozenset({Disposition.ERROR}),
            severities=frozenset({Severity.CRITICAL}),
            scores=(("chrF", 70.1, inf),),
            words=(5, 99),
            reviewed=True,
        )
    ]


async def test_it_begins_with_what_is_chosen() -> None:
    chosen = Filter(findings=frozenset({"number", "gone"}), scores=(("risk", 1.0, 20.0),), words=(2, 30), reviewed=True)
    app = Host(harbour(), chosen)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert "1 of 8 passages · gone or number · risk 1–20 · words 2–30 · reviewed" in screen(pilot)
        assert here(pilot) == "number"
        assert row(pilot, "gone") == ("x", "0")
        await pilot.press("enter")
    assert app.returned == [chosen]


async def test_reviewed_and_not_reviewed_exclude_each_other() -> None:
    app = Host(harbour())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G", "space")
        assert row(pilot, "not reviewed") == ("x", "6")
        await pilot.press("up", "space")
        assert (row(pilot, "reviewed"), row(pilot, "not reviewed")) == (("x", "2"), (" ", "6"))
        await pilot.press("space", "enter")
    assert app.returned == [EVERYTHING]


@pytest.mark.parametrize("key", ["escape", "q", "backslash"])
async def test_leaving_changes_nothing(key: str) -> None:
    app = Host(harbour(), Filter(reviewed=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", key)
    assert app.returned == [None]


async def test_a_key_clears_everything() -> None:
    app = Host(harbour(), Filter(kinds=frozenset({Kind.MATCH}), words=(1, 2), reviewed=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        assert "8 of 8 passages" in screen(pilot)
        assert row(pilot, "= match") == (" ", "4")
        await pilot.press("enter")
    assert app.returned == [EVERYTHING]


async def test_a_range_that_makes_no_sense_is_told_and_stays() -> None:
    app = Host(harbour())
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("tab", *"words<<7")
        assert "! “words<<7” is no range" in screen(pilot)
        await pilot.press("tab", "enter")
        assert app.returned == []
        # The cursor is where the mistake is.
        await pilot.press(*["backspace"] * 2, "7")
        assert "is no range" not in screen(pilot)
        assert "2 of 8 passages · words 0–6" in screen(pilot)
        await pilot.press("escape")
    assert app.returned == [None]


async def test_without_passages_there_is_nothing_to_count() -> None:
    app = Host(Index(()))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        assert "0 of 0 passages" in screen(pilot)
        assert "Something was found" not in screen(pilot)
        await pilot.press("space", "enter")
    assert app.returned == [Filter(kinds=frozenset({Kind.MATCH}))]


async def test_what_is_pasted_is_shown_not_obeyed() -> None:
    app = Host(Index(review(HOSTILE).passages))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("tab")
        pilot.app.screen.focused.insert_text_at_cursor("\x1b[2J[bold]\u202e")  # type: ignore[union-attr, attr-defined]
        await pilot.pause()
        assert "\x1b" not in screen(pilot)
        assert "\u202e" not in screen(pilot)
        assert "Ranges ␛[2J[bold]◦" in screen(pilot)
        assert "! “␛[2J[bold]◦” is no range" in screen(pilot)
