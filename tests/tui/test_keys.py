"""Every key, driven as a reviewer would, judged by what stands on the terminal."""

import re

import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widgets import Static

from metrics.model import Kind
from tests.tui.builders import HARBOUR, Note, Row, cursor_row, lines, many, opened, screen, toast
from tui.content import LIT
from tui.screens.help import HelpScreen
from tui.screens.review import ReviewScreen

LONG = " ".join(f"Boat number {n} came in late and left again." for n in range(60))


def rank(pilot: Pilot[None]) -> int:
    return int(cursor_row(pilot).split()[0])


def place(pilot: Pilot[None]) -> str:
    """`3 of 8`, as the heading of the passage says."""
    found = re.search(r"(\d+ of \d+) · .* words?", screen(pilot))
    assert found is not None
    return found[1]


def lit(pilot: Pilot[None]) -> list[str]:
    """The words of both texts that the selected finding speaks of."""
    return [
        content.plain[span.start : span.end]
        for content in (side.query_one(".text", Static).content for side in pilot.app.screen.query("Side"))
        for span in content.spans
        if span.style == LIT
    ]


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
async def test_next_and_previous(down: str, up: str) -> None:
    async with opened() as pilot:
        assert cursor_row(pilot).startswith("1 ○ 14.0 ∅           Three")
        await pilot.press(up)
        assert rank(pilot) == 1
        await pilot.press(down, down)
        assert cursor_row(pilot).startswith("3 ○  5.3 =           Storm")
        assert place(pilot) == "3 of 8"
        assert "Storm season, which begins early" in screen(pilot)
        await pilot.press(up)
        assert cursor_row(pilot).startswith("2 ○  9.0 +           Nobody")
        await pilot.press(*[down] * 10)
        assert rank(pilot) == 8


@pytest.mark.parametrize(("first", "last"), [("g", "G"), ("home", "end")])
async def test_ends(first: str, last: str) -> None:
    async with opened(many(100)) as pilot:
        await pilot.press(last)
        assert place(pilot) == "100 of 100"
        await pilot.press(first)
        assert place(pilot) == "1 of 100"


async def test_half_pages() -> None:
    async with opened(many(100)) as pilot:
        rows = sum(" ○ " in line or " ● " in line for line in lines(pilot))
        await pilot.press("ctrl+d")
        down = rank(pilot)
        assert rows // 2 <= down <= rows // 2 + 2
        await pilot.press("ctrl+d", "ctrl+u")
        assert rank(pilot) == down
        await pilot.press("ctrl+u", "ctrl+u")
        assert rank(pilot) == 1
        await pilot.press("f", "ctrl+d")
        assert place(pilot) == f"{down} of 100"


async def test_worst_goes_by_risk_in_any_order() -> None:
    async with opened() as pilot:
        await pilot.press("w")
        assert "Nobody" in cursor_row(pilot)
        await pilot.press(*"oooo")
        assert "document order" in screen(pilot)
        await pilot.press("w")
        assert "Storm" in cursor_row(pilot)
        assert rank(pilot) == 6
        await pilot.press("W", "W")
        assert "Three" in cursor_row(pilot)


async def test_worst_skips_what_is_reviewed_and_begins_anew_at_the_end() -> None:
    async with opened() as pilot:
        await pilot.press("j", "e", "k", "w")
        assert "Storm" in cursor_row(pilot)
        await pilot.press("W")
        assert "Three" in cursor_row(pilot)
        await pilot.press("W")
        assert cursor_row(pilot).startswith("7 ○")
        await pilot.press("w")
        assert "Three" in cursor_row(pilot)


async def test_worst_says_when_nothing_is_left() -> None:
    async with opened(HARBOUR[2:4]) as pilot:
        await pilot.press("j", "e", "k", "w")
        assert "This is the last passage that is not reviewed." in toast(pilot)
        await pilot.press("e")
        assert "2 of 2 reviewed" in screen(pilot)
        assert "○" not in screen(pilot)
        before = cursor_row(pilot)
        await pilot.press("w", "W", "w")
        await pilot.pause()
        assert toast(pilot) == "All passages are reviewed."
        assert cursor_row(pilot) == before


async def test_orders_keep_the_passage() -> None:
    async with opened() as pilot:
        await pilot.press("j", "j")
        seen = []
        for label in (
            "risk per word, worst",
            "chrF, lowest",
            "BLEU, lowest",
            "document order",
            "longest first",
            "risk, worst",
        ):
            await pilot.press("o")
            assert label in screen(pilot)
            assert "Storm" in cursor_row(pilot)
            seen.append(cursor_row(pilot).split()[:3])
        assert seen == [
            ["3", "○", "0.66"],
            ["3", "○", "41.0"],
            ["3", "○", "7.0"],
            ["6", "○", "5.3"],
            ["4", "○", "9"],
            ["3", "○", "5.3"],
        ]


async def test_context_grows_and_shrinks() -> None:
    def sentences(boats: str) -> list[int]:
        return [int(number) for number in re.findall(rf"{boats} (\d+) came in late", screen(pilot))]

    async with opened(many(30), size=(120, 50)) as pilot:
        await pilot.press(*"oooog", *"j" * 10, "f")
        assert sentences("Boat") == sentences("Ship") == [10]
        await pilot.press("}")
        assert sentences("Boat") == sentences("Ship") == [9, 10, 11]
        await pilot.press(*"}" * 9)
        assert sentences("Boat") == sentences("Ship") == list(range(5, 16))
        await pilot.press("g")
        assert sentences("Boat") == list(range(6))
        await pilot.press(*"{" * 3, "j", "j")
        assert sentences("Boat") == list(range(5))
        await pilot.press(*"{" * 5)
        assert sentences("Boat") == [2]


async def test_context_surrounds_the_place_of_what_is_missing() -> None:
    async with opened() as pilot:
        await pilot.press("}")
        text = screen(pilot)
        assert text.index("It took sixteen crews and two") < text.index("(nothing in the candidate answers this)")
        assert text.index("(nothing in the candidate") < text.index("We have unwittingly supported the")


async def test_fold_gives_the_room_to_the_passage() -> None:
    async with opened() as pilot:
        await pilot.press("j", "f")
        assert "risk, worst first" not in screen(pilot)
        assert any(line.startswith("  2 of 8 · + added") for line in lines(pilot))
        await pilot.press("j")
        assert any(line.startswith("  3 of 8 · = match") for line in lines(pilot))
        await pilot.press("f")
        assert rank(pilot) == 3


@pytest.mark.parametrize(("down", "up"), [("J", "K"), ("pagedown", "pageup")])
async def test_long_passages_scroll(down: str, up: str) -> None:
    async with opened([Row(LONG, LONG, 50), *HARBOUR]) as pilot:
        top = lines(pilot)
        assert any("Boat number 0 came" in line for line in top)
        await pilot.press(*[down] * 8)
        assert not any("Boat number 0 came" in line[36:] for line in lines(pilot))
        await pilot.press(*[up] * 8)
        assert lines(pilot) == top
        await pilot.press(down, "j")
        assert "candidate  line" in screen(pilot)


async def test_enter_shows_the_selection_again() -> None:
    async with opened([Row(LONG, LONG, 50), *many(60)]) as pilot:
        before = lines(pilot)
        await pilot.press("pagedown")
        pilot.app.screen.query_one("Queue").scroll_end(animate=False)
        await pilot.pause()
        assert lines(pilot) != before
        await pilot.press("enter")
        assert lines(pilot) == before


async def test_a_click_selects_a_row_and_the_wheel_scrolls() -> None:
    async with opened(many(100)) as pilot:
        await pilot.click("Queue", offset=(10, 5))
        await pilot.pause()
        assert rank(pilot) == 5
        assert place(pilot) == "5 of 100"
        await pilot.click("Queue", offset=(10, 0))
        assert rank(pilot) == 5
        before = lines(pilot)
        queue = pilot.app.screen.query_one("Queue")
        for _ in range(5):
            queue.post_message(MouseScrollDown(queue, 10, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert lines(pilot)[4:-1] != before[4:-1]
        await pilot.click("Queue", offset=(10, 5))
        assert rank(pilot) > 5
        assert place(pilot) == f"{rank(pilot)} of 100"


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_the_keys_in_force(key: str) -> None:
    async with opened(size=(80, 90)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = screen(pilot)
        for binding in ReviewScreen.BINDINGS:
            assert binding.tooltip in shown
        for told in ("Every act by name", "Select a row", "∅", "replaced by others"):
            assert told in shown
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_help_scrolls_where_it_does_not_fit() -> None:
    async with opened() as pilot:
        await pilot.press("?")
        await pilot.pause()
        assert "Show keys and signs" in screen(pilot)
        assert "Risk" not in screen(pilot)
        await pilot.press("G")
        await pilot.pause()
        assert "Risk" in screen(pilot)
        await pilot.press("g", "j", "pagedown", "pageup", "k")
        await pilot.pause()
        assert "Show keys and signs" in screen(pilot)
        await pilot.press("q")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert pilot.app.is_running


async def test_palette_does_what_keys_do() -> None:
    async with opened() as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"last of the queue")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert rank(pilot) == 8


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quit(key: str) -> None:
    async with opened() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert pilot.app.return_code == 0
        assert not pilot.app.is_running


async def test_the_footer_offers_only_what_can_be_done() -> None:
    async with opened() as pilot:
        footer = lines(pilot)[-1]
        for hint in ("? Help", "q Leave", "jk Move", "wW Worst", "space Fine", "v Mark", "yx Take", "zZ Undo"):
            assert hint in footer
    async with opened([]) as pilot:
        footer = lines(pilot)[-1]
        assert "? Help" in footer
        assert "q Leave" in footer
        assert "Move" not in footer
        assert "Finding" not in footer


async def test_the_queue_shows_the_worst_finding_in_a_word() -> None:
    async with opened() as pilot:
        rows = [line[:34] for line in lines(pilot) if " ○ " in line or " ● " in line]
        assert [row.split()[4] for row in rows if "It t" in row or "We" in row] == ["near-miss", "number"]
    async with opened(size=(60, 20)) as pilot:
        rows = [line[:20] for line in lines(pilot) if " ○ " in line or " ● " in line]
        assert sum(row.rstrip().endswith("number") for row in rows) == 1


async def test_findings_light_up_their_words_one_after_the_other() -> None:
    async with opened() as pilot:
        await pilot.press("n")
        assert "Nothing was found or marked in this passage." in toast(pilot)
        await pilot.press(*"jjjj")
        assert "“sixteen” where the reference" in screen(pilot)
        assert lit(pilot) == []
        assert "▸" not in screen(pilot)
        for key, words in (
            ("n", ["sixteen", "sixty-one"]),
            ("n", ["two", "three"]),
            ("n", ["sixteen", "sixty-one"]),
            ("N", ["two", "three"]),
            ("N", ["sixteen", "sixty-one"]),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert lit(pilot) == words
            assert screen(pilot).count("▸ number") == 1
        await pilot.press("j")
        await pilot.pause()
        assert lit(pilot) == []


async def test_a_finding_beyond_the_view_is_scrolled_to() -> None:
    text = f"{LONG} Here sixteen boats sank. {LONG}"
    note = Note("number", "sixteen", "", "the reference does not have “sixteen”")
    async with opened([Row(text, LONG, 50, notes=(note,)), *HARBOUR]) as pilot:
        assert "Here sixteen boats" not in screen(pilot)
        await pilot.press("n")
        await pilot.pause()
        await pilot.pause()
        assert "Here sixteen boats" in re.sub(r"\s+", " ", screen(pilot).replace("▌", ""))


async def test_a_click_selects_a_finding() -> None:
    async with opened(size=(120, 40)) as pilot:
        await pilot.press(*"jjjj")
        await pilot.pause()
        await pilot.click("Notes", offset=(10, 2))
        await pilot.pause()
        assert lit(pilot) == ["two", "three"]


async def test_boilerplate_is_shown_last_and_not_scored() -> None:
    async with opened() as pilot:
        await pilot.press("G")
        assert cursor_row(pilot).startswith(f"8 ○    – ▢           {HARBOUR[0].candidate[:5]}")
        assert "▢ boilerplate" in screen(pilot)
        assert "not scored" in screen(pilot)
        assert HARBOUR[0].kind is Kind.BOILERPLATE
