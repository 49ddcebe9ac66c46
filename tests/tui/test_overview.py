"""The overview, as it is seen and worked by keys."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from textual.pilot import Pilot

from metrics.model import Kind, Review, Severity, Span
from metrics.mqm.model import Deed, Disposition, Side
from tests.tui.builders import (
    HARBOUR,
    HOSTILE,
    Row,
    app_on,
    close,
    cursor_row,
    lines,
    many,
    review,
    screen,
    settled,
    told,
    yielding,
)
from tui.app import BleupencilApp
from tui.desk import Desk
from tui.screens.overview import OverviewScreen
from tui.widgets.course import CourseStrip
from tui.widgets.dotplot import DotPlot

SECTIONS = ("document", "alignment", "scores", "findings", "scorecard")
FINE, ERROR, NOISE = Disposition.FINE, Disposition.ERROR, Disposition.NOISE


@asynccontextmanager
async def reviewing(
    made: Sequence[Row] | Review = HARBOUR, size: tuple[int, int] = (80, 24), said: dict[str, Disposition] | None = None
) -> AsyncGenerator[tuple[Pilot[None], Desk], None]:
    """The review screen, and its desk, after something was said of passages, by id."""
    running = app_on(yielding(made if isinstance(made, Review) else review(made)))
    async with running.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        desk = desk_of(running)
        for passage in desk.review.passages:
            if passage.id in (said or {}):
                desk.dispose(passage, (said or {})[passage.id])
        yield pilot, desk
    close(running)


def desk_of(running: BleupencilApp) -> Desk:
    assert running._review is not None
    return running._review.desk


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def row(pilot: Pilot[None], name: str) -> str:
    """What stands behind the name of a row of the strip, to the end of the line."""
    (found,) = [line for line in lines(pilot) if line.strip().startswith(f"{name} ")]
    return found[11:]


async def test_the_strip_shows_risk_kinds_and_what_is_said() -> None:
    async with reviewing(said={"p1": FINE, "p3": FINE, "p5": NOISE}) as (pilot, _):
        await press(pilot, "f2")
        assert "3 of 8 passages reviewed" in screen(pilot)
        assert "1 left out" in screen(pilot)
        columns = range(0, 48, 6)
        assert [row(pilot, "reviewed").ljust(48)[x] for x in columns] == list("·█·█·█··")
        kinds = row(pilot, "kind").ljust(48)
        assert ["".join(kinds[x : x + 6].split()) for x in columns] == ["▢", "", "", "∅", "≈", "", "+", ""]
        assert row(pilot, "left out").index("×") in range(30, 36)
        # The omitted passage has the highest risk; that of furniture, and of what is left out, is none.
        assert row(pilot, "worst").index("▼") in range(18, 24)
        assert row(pilot, "risk").split() == ["█████"]
        lowest = row(pilot, "0").ljust(48)
        assert [lowest[x] for x in (0, 6, 12, 18, 24, 30, 36, 42)] == list("  ███ █▄")


async def test_enter_goes_to_the_passage_under_the_cursor() -> None:
    async with reviewing() as (pilot, _):
        await press(pilot, "f2", "g")
        assert "1 of 8 · ▢ boilerplate" in screen(pilot)
        await press(pilot, "l", "right", "right", "l", "h")
        assert "4 of 8 · ∅ omitted · risk 14.0 · chrF 0.0" in screen(pilot)
        assert "Three fishing families" in screen(pilot)
        await press(pilot, "l", "enter")
        assert not isinstance(pilot.app.screen, OverviewScreen)
        assert "unwittingly" in screen(pilot)
        assert "near-miss" in cursor_row(pilot)


@pytest.mark.parametrize("key", ["escape", "q", "f2"])
async def test_leaving_changes_nothing(key: str) -> None:
    async with reviewing() as (pilot, _):
        before = cursor_row(pilot)
        await press(pilot, "f2", "G", key)
        assert not isinstance(pilot.app.screen, OverviewScreen)
        assert cursor_row(pilot) == before


async def test_the_cursor_begins_where_it_is_told_to() -> None:
    async with reviewing() as (pilot, desk):
        pilot.app.push_screen(OverviewScreen(desk, "p6"))
        await settled(pilot)
        assert "7 of 8 · + added" in screen(pilot)


async def test_the_dot_plot_shows_what_answers_what() -> None:
    async with reviewing() as (pilot, _):
        await press(pilot, "f2", "2", "g", "l", "l")
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


async def test_moved_blocks_stand_out_in_long_documents() -> None:
    async with reviewing(exchanged(600)) as (pilot, _):
        await press(pilot, "f2", "2")
        cells = [line.partition("│")[2] for line in lines(pilot) if "│" in line]
        middle = max(map(len, cells)) / 2
        rows = len(cells)
        for y, line in enumerate(cells):
            moved = [x for x, cell in enumerate(line) if cell == "≈"]
            kept = [x for x, cell in enumerate(line) if cell in "▀▄█"]
            assert bool(moved) == (y >= rows // 2)
            assert all(x < middle + 1 for x in moved)
            assert all(x > middle - 2 for x in kept)


async def test_scores_are_spread_in_bars_and_a_key_changes_the_number() -> None:
    async with reviewing(said={"p5": NOISE}) as (pilot, _):
        await press(pilot, "f2", "3")
        assert "chrF of 6 passages: median 69.8, lowest 0.0, highest 100.0" in screen(pilot)
        drawn = screen(pilot).split("scorecard\n")[1].split("└")[0]
        assert sorted(map(int, re.findall(r"(?<=[ │])\d(?!\d)", drawn.replace("0 │", "").replace("2 │", "")))) == [
            *[1] * 4,
            2,
        ]
        await press(pilot, "m")
        assert "BLEU of 6 passages" in screen(pilot)
        await press(pilot, "m")
        assert "risk of 6 passages" in screen(pilot)
        await press(pilot, "m")
        assert "chrF of 6 passages" in screen(pilot)


async def test_findings_that_are_dismissed_are_not_counted() -> None:
    async with reviewing() as (pilot, desk):
        await press(pilot, "f2", "4")
        bars = {line.split()[0]: line.split() for line in lines(pilot) if "█" in line}
        assert bars["number"][1] == "2"
        assert bars["near-miss"][1] == "1"
        assert len(bars["number"][2]) == pytest.approx(2 * len(bars["near-miss"][2]), abs=1)
        assert "in 1 passage" in screen(pilot)
        await press(pilot, "escape")
        desk.dismiss_kind("number")
        await press(pilot, "f2", "4")
        assert "number" not in screen(pilot)
        assert "2 findings dismissed: not counted" in screen(pilot)


async def test_the_scorecard_tells_its_verdict_and_the_pace() -> None:
    async with reviewing() as (pilot, desk):
        await press(pilot, "f2", "5")
        assert "none  calibrated: nothing that counts is reviewed" in told(pilot).replace("none calib", "none  calib")
        assert "not known before a minute of work" in screen(pilot)
        await press(pilot, "escape")
        start = datetime(2026, 11, 24, 9, tzinfo=UTC)
        for minute, passage in enumerate(desk.review.passages[1:5]):
            body = {"disposition": ERROR}
            at = (start + timedelta(minutes=minute)).isoformat()
            desk.session.record([("ana", Deed.DISPOSE, passage.id, body)], at)
        desk.annotate(desk.review.passages[2], Side.CANDIDATE, Span(0, 2), "accuracy/mistranslation", Severity.CRITICAL)
        await press(pilot, "f2", "5")
        assert "FAIL calibrated: 1 critical error: one is enough" in told(pilot)
        assert "1 critical · 0 major" in screen(pilot)
        assert re.search(r"Accuracy +1 █", screen(pilot))
        words = [p.candidate.words or p.reference.words for p in desk.review.passages[2:5]]
        assert f"words per hour {sum(words) * 20:,}" in told(pilot)
        assert f"{sum(words)} words in 3 min at work" in told(pilot)


async def test_large_terminals_show_all_sections_and_one_alone_by_its_number() -> None:
    async with reviewing(size=(120, 40)) as (pilot, _):
        await press(pilot, "f2")
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


async def test_keys_act_only_where_it_is_seen() -> None:
    async with reviewing() as (pilot, _):
        await press(pilot, "f2", "g", "3", "l", "l", "enter")
        assert isinstance(pilot.app.screen, OverviewScreen)
        await press(pilot, "1", "m")
        assert "1 of 8 · ▢ boilerplate" in screen(pilot)
        await press(pilot, "3")
        assert "chrF of 7 passages" in screen(pilot)


@pytest.mark.parametrize("size", [(60, 20), (250, 80), (20, 6)])
@pytest.mark.parametrize("rows", [(), HARBOUR[1:2], many(1_500)], ids=["empty", "one", "many"])
async def test_any_size_of_terminal_and_text_is_drawn(size: tuple[int, int], rows: Sequence[Row]) -> None:
    async with reviewing(rows, size) as (pilot, desk):
        pilot.app.push_screen(OverviewScreen(desk))
        await settled(pilot)
        for key in "12345":
            await press(pilot, key, "j")
            assert f"0 of {len(rows):,} passage" in screen(pilot)
        await press(pilot, "1", "G")
        if not rows:
            assert "There are no passages." in screen(pilot) or size == (20, 6)
        elif size[0] > 20:
            assert f" of {len(rows):,} · = match" in screen(pilot)
            assert "▲" in row(pilot, "left out") or "▲" in screen(pilot)


async def test_a_column_of_many_passages_leads_to_its_worst() -> None:
    rows = [line._replace(chrf=5.0) if number == 1_234 else line for number, line in enumerate(many(5_000))]
    async with reviewing(rows) as (pilot, _):
        await press(pilot, "f2")
        strip = pilot.app.screen.query_one(CourseStrip)
        column = next(x for x, cell in enumerate(row(pilot, "worst")) if cell == "▼")
        assert column == pytest.approx(strip.content_size.width * 1_234 / 5_000, abs=8)
        await pilot.click(CourseStrip, offset=(10 + column, 3))
        await settled(pilot)
        assert "1,235 of 5,000" in screen(pilot)
        await press(pilot, "l", "h")
        assert "1,235 of 5,000" in screen(pilot)


async def test_a_click_on_a_dot_goes_to_its_passage() -> None:
    async with reviewing() as (pilot, _):
        await press(pilot, "f2", "2")
        await pilot.click(DotPlot, offset=(4 + 13, 3))
        await settled(pilot)
        assert "5 of 8 · ≈ moved" in screen(pilot)


async def test_without_colour_the_same_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for colour in (True, False):
        if not colour:
            monkeypatch.setenv("NO_COLOR", "1")
        async with reviewing(size=(120, 40), said={"p1": FINE, "p5": NOISE}) as (pilot, _):
            await press(pilot, "f2", "l")
            seen.append(screen(pilot))
    assert seen[0] == seen[1]


async def test_hostile_texts_are_shown_and_not_obeyed() -> None:
    async with reviewing(HOSTILE) as (pilot, _):
        await press(pilot, "f2", "g")
        seen = [screen(pilot)]
        for _ in HOSTILE:
            await press(pilot, "l")
            seen.append(screen(pilot))
        everything = "".join(seen)
        assert "[/nope]" in everything
        assert "[@click=app.quit]safe[/]" in everything
        assert "␛[2J" in everything
        assert not {"\x1b", "\u202e", "\u200b", "\x07"} & set(everything)
