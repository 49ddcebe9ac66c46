"""The overview, as it is seen and worked by keys."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from metrics.model import Kind, Review, Severity
from metrics.mqm.journal import body_of
from metrics.mqm.model import Annotation, Deed, Disposition, Side
from metrics.realignment import Realigner
from tests.tui.builders import HARBOUR, HOSTILE, Row, cursor_row, lines, many, opened, review, screen, settled, told
from tui.desk import Desk
from tui.screens.overview import OverviewScreen
from tui.widgets.course import CourseStrip
from tui.widgets.dotplot import DotPlot

SECTIONS = ("document", "alignment", "scores", "findings", "scorecard")
FINE, ERROR, NOISE = Disposition.FINE, Disposition.ERROR, Disposition.NOISE


class Host(App[None]):
    """Shows the overview alone; `left` is what it returned."""

    def __init__(self, desk: Desk, at: str | None = None) -> None:
        super().__init__()
        self.left: list[str | None] = []
        self.overview = OverviewScreen(desk, at)

    def on_mount(self) -> None:
        self.push_screen(self.overview, self.left.append)


def desk_at(folder: Path, made: Sequence[Row] | Review = HARBOUR, said: dict[str, Disposition] | None = None) -> Desk:
    """A desk, after something was said of passages, by id."""
    desk = Desk(folder / "x.review", "ana")
    desk.begin(Realigner(made if isinstance(made, Review) else review(made)))
    for passage in desk.review.passages:
        if passage.id in (said or {}):
            desk.dispose(passage, (said or {})[passage.id])
    return desk


@asynccontextmanager
async def shown(
    desk: Desk, size: tuple[int, int] = (80, 24), at: str | None = None
) -> AsyncGenerator[Pilot[None], None]:
    async with Host(desk, at).run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        yield pilot


def left(pilot: Pilot[None]) -> list[str | None]:
    assert isinstance(pilot.app, Host)
    return pilot.app.left


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def row(pilot: Pilot[None], name: str) -> str:
    """What stands behind the name of a row of the strip, to the end of the line."""
    (found,) = [line for line in lines(pilot) if line.strip().startswith(f"{name} ")]
    return found[11:]


def time(minute: int) -> str:
    """A time of a morning, as acts have it."""
    return (datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(minutes=minute)).isoformat()


async def test_the_strip_shows_risk_kinds_and_what_is_said(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path, said={"p1": FINE, "p3": FINE, "p5": NOISE})) as pilot:
        assert "3 of 7 passages reviewed" in screen(pilot)
        assert "1 left out" in screen(pilot)
        columns = range(0, 48, 6)
        assert [row(pilot, "reviewed").ljust(48)[x] for x in columns] == list("·█·█·█··")
        kinds = row(pilot, "kind").ljust(48)
        assert ["".join(kinds[x : x + 6].split()) for x in columns] == ["▢", "", "", "∅", "≈", "", "+", ""]
        assert row(pilot, "left out").index("×") in range(30, 36)
        # The omitted passage has the highest risk; that of furniture, and of what is left out, is none.
        assert row(pilot, "worst").index("▼") in range(18, 24)
        assert row(pilot, "risk").split() == ["│", "█████"]
        lowest = row(pilot, "0").ljust(48)
        assert [lowest[x] for x in (0, 6, 12, 18, 24, 30, 36, 42)] == list("  ███ █▄")


async def test_enter_goes_to_the_passage_under_the_cursor_and_leaving_nowhere() -> None:
    async with opened() as pilot:
        await press(pilot, "f2", "g")
        assert "1 of 8 · ▢ boilerplate" in screen(pilot)
        await press(pilot, "l", "right", "right", "l", "h")
        assert "4 of 8 · ∅ omitted · risk 14.0 · chrF 0.0" in screen(pilot)
        assert "Three fishing families" in screen(pilot)
        await press(pilot, "l", "enter")
        for key in ("escape", "q", "f2"):
            assert not isinstance(pilot.app.screen, OverviewScreen)
            assert "near-miss" in cursor_row(pilot)
            await press(pilot, "f2", "G", key)


async def test_the_cursor_begins_where_it_is_told_to(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path), at="p6") as pilot:
        assert "7 of 8 · + added" in screen(pilot)
        await press(pilot, "enter")
        assert left(pilot) == ["p6"]


async def test_the_dot_plot_shows_what_answers_what(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path)) as pilot:
        await press(pilot, "2", "g", "l", "l")
        plot = [line.rstrip() for line in lines(pilot) if "│" in line or "└" in line]
        assert [line.strip() for line in plot] == [
            "1  │    ████",
            "▶ │        ████",
            "∅│",
            "│            ≈≈≈≈",
            "│                ████",
            "6  │                        ████",
            "└▢▢▢▢────────────────++++────",
        ]
        assert any(line.endswith("     " + "▲" * 4) for line in lines(pilot))
        await press(pilot, "l")
        assert "∅ omitted" in screen(pilot).splitlines()[-3]
        assert "▶∅│" in screen(pilot)
        assert "▲" not in screen(pilot)


def exchanged(count: int) -> Review:
    """Two halves of a text that stand in the other order in the candidate; the second counts as moved."""
    made = review(many(count))
    half = count // 2
    candidates = [passage.candidate for passage in made.passages]
    turned = [*candidates[half:], *candidates[:half]]
    passages = tuple(
        replace(passage, candidate=turned[place], kind=Kind.MOVED if place >= half else Kind.MATCH)
        for place, passage in enumerate(made.passages)
    )
    return replace(made, passages=passages)


async def test_moved_blocks_stand_out_in_long_documents(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path, exchanged(300))) as pilot:
        await press(pilot, "2")
        cells = [line.partition("│")[2] for line in lines(pilot) if "│" in line]
        middle = max(map(len, cells)) / 2
        rows = len(cells)
        for y, line in enumerate(cells):
            moved = [x for x, cell in enumerate(line) if cell == "≈"]
            kept = [x for x, cell in enumerate(line) if cell in "▀▄█"]
            assert bool(moved) == (y >= rows // 2)
            assert all(x < middle + 1 for x in moved)
            assert all(x > middle - 2 for x in kept)


async def test_scores_are_spread_in_bars_and_a_key_changes_the_number(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path, said={"p5": NOISE})) as pilot:
        # Where it is not seen, nothing changes.
        await press(pilot, "g", "m", "3", "l", "enter")
        assert left(pilot) == []
        assert "chrF of 6 passages: median 69.8, lowest 0.0, highest 100.0" in screen(pilot)
        above = [line.partition("│")[2] for line in lines(pilot) if "│" in line]
        assert sorted(" ".join(above).replace("█", " ").replace("▄", " ").split()) == ["1", "1", "1", "1", "2"]
        for name in ("BLEU", "risk", "chrF"):
            await press(pilot, "m")
            assert f"{name} of 6 passages" in screen(pilot)
        await press(pilot, "1")
        assert "1 of 8 · ▢ boilerplate" in screen(pilot)


async def test_findings_that_are_dismissed_are_not_counted(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    async with shown(desk) as pilot:
        await press(pilot, "4")
        bars = {line.split()[0]: line.split() for line in lines(pilot) if "█" in line}
        assert bars["number"][1] == "2"
        assert bars["near-miss"][1] == "1"
        assert len(bars["number"][2]) == pytest.approx(2 * len(bars["near-miss"][2]), abs=1)
        assert "in 1 passage" in screen(pilot)
    desk.dismiss_kind("number")
    async with shown(desk) as pilot:
        await press(pilot, "4")
        assert "number" not in screen(pilot)
        assert "2 findings dismissed: not counted" in screen(pilot)


async def test_the_scorecard_tells_its_verdict_and_the_pace(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    async with shown(desk) as pilot:
        await press(pilot, "5")
        assert "none calibrated: nothing that counts is reviewed" in told(pilot)
        assert "not known before a minute of work" in screen(pilot)
    passages = desk.review.passages[1:5]
    for minute, passage in enumerate(passages):
        desk.session.record([("ana", Deed.DISPOSE, passage.id, {"disposition": ERROR})], time(minute))
    worst = Annotation("x", "p2", "ana", Side.CANDIDATE, 0, 2, "accuracy/mistranslation", Severity.CRITICAL)
    desk.session.record([("ana", Deed.ANNOTATE, "p2", body_of(worst))], time(3))
    async with shown(desk) as pilot:
        await press(pilot, "5")
        assert "FAIL calibrated: 1 critical error: one is enough" in told(pilot)
        assert "1 critical · 0 major" in screen(pilot)
        assert re.search(r"Accuracy +1 █", screen(pilot))
        words = sum(p.candidate.words or p.reference.words for p in passages[1:])
        assert f"words per hour {words * 20:,} {words} words in 3 min at work" in told(pilot)


async def test_large_terminals_show_all_sections_and_one_alone_by_its_number(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path), (120, 40)) as pilot:
        for number, name in enumerate(SECTIONS, 1):
            assert f"{number} {name}" in screen(pilot)
        assert "chrF of 7 passages" in screen(pilot)
        assert "words per hour" in screen(pilot)
        await press(pilot, "4")
        assert "chrF of 7 passages" not in screen(pilot)
        assert "near-miss" in screen(pilot)
        await press(pilot, "4")
        assert "chrF of 7 passages" in screen(pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "chrF of 7 passages" not in screen(pilot)
        assert "▸4 findings" in screen(pilot)
        await press(pilot, "1")
        await pilot.resize_terminal(120, 40)
        await press(pilot, "1")
        assert all(f"{number} {name}" in screen(pilot) for number, name in enumerate(SECTIONS, 1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "size"), [((), (60, 20)), (HARBOUR[1:2], (250, 80)), (many(300), (60, 20)), (many(300), (250, 80))]
)
async def test_any_size_of_terminal_and_text_is_drawn(
    size: tuple[int, int], rows: Sequence[Row], tmp_path: Path
) -> None:
    async with shown(desk_at(tmp_path, rows), size) as pilot:
        await press(pilot, "2", "3", "4", "5", "1", "G")
        assert f"0 of {len(rows):,} passages reviewed".replace("1 passages", "1 passage") in screen(pilot)
        assert f" of {len(rows):,} · = match" in screen(pilot) if rows else "There are no passages." in screen(pilot)
        assert ("▲" in screen(pilot)) is bool(rows)
        # Smaller than anybody works with, and yet no reason to end.
        await pilot.resize_terminal(20, 6)
        await press(pilot, "2", "3", "4", "5")
        assert "0 of" in screen(pilot)


async def test_a_column_of_many_passages_leads_to_its_worst(tmp_path: Path) -> None:
    rows = [line._replace(chrf=5.0) if number == 1_234 else line for number, line in enumerate(many(6_000))]
    async with shown(desk_at(tmp_path, rows)) as pilot:
        strip = pilot.app.screen.query_one(CourseStrip)
        column = next(x for x, cell in enumerate(row(pilot, "worst")) if cell == "▼")
        assert column == pytest.approx(strip.content_size.width * 1_234 / 6_000, abs=8)
        await pilot.click(CourseStrip, offset=(10 + column, 3))
        await settled(pilot)
        assert "1,235 of 6,000" in screen(pilot)
        await press(pilot, "l", "h")
        assert "1,235 of 6,000" in screen(pilot)


async def test_a_click_on_a_dot_goes_to_its_passage(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path)) as pilot:
        await press(pilot, "2")
        await pilot.click(DotPlot, offset=(4 + 13, 3))
        await settled(pilot)
        assert "5 of 8 · ≈ moved" in screen(pilot)


async def test_without_colour_the_same_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    desk, seen = desk_at(tmp_path, said={"p1": FINE, "p5": NOISE}), []
    for colour in (True, False):
        if not colour:
            monkeypatch.setenv("NO_COLOR", "1")
        async with shown(desk, (120, 40)) as pilot:
            await press(pilot, "l")
            seen.append(screen(pilot))
    assert seen[0] == seen[1]


async def test_hostile_texts_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    async with shown(desk_at(tmp_path, HOSTILE)) as pilot:
        await press(pilot, "g")
        seen = [screen(pilot)]
        for _ in HOSTILE:
            await press(pilot, "l")
            seen.append(screen(pilot))
        everything = "".join(seen)
        assert "[/nope]" in everything
        assert "[@click=app.quit]safe[/]" in everything
        assert "␛[2J" in everything
        assert not {"\x1b", "\u202e", "\u200b", "\x07"} & set(everything)
