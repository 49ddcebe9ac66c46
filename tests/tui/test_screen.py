"""Sizes, odd pairs and hostile texts."""

import re

import pytest
from rich.cells import cell_len

from metrics.model import Kind
from tests.tui.builders import HOSTILE, Row, cursor_row, lines, many, opened, screen
from tui.screens.review import ReviewScreen

EVERY_KEY = [
    "j",
    "k",
    "w",
    "W",
    "g",
    "G",
    "ctrl+d",
    "ctrl+u",
    "o",
    "}",
    "{",
    "f",
    "n",
    "N",
    "backslash",
    "j",
    "enter",
    "enter",
    "J",
    "pageup",
    "f",
]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_what_matters_fits(size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        await pilot.press("j", "j", "j")
        shown = lines(pilot)
        assert len(shown) == size[1]
        assert all(cell_len(line) <= size[0] for line in shown)
        text = "\n".join(shown)
        for told in (
            "bleupencil",
            "candidate.txt ⇄ reference.txt",
            "BLEU 31.4  chrF 58.2  coverage 76 %",
            "8 passages",
            "1 moved",
            "1 added",
            "1 omitted",
            "1 boilerplate",
            "0 of 7 reviewed",
            "4 of 8 · ≈ moved",
            "chrF 68.1 · BLEU 45.4 · risk 3.5",
            "candidate  line 5",
            "reference  line 5",
            "near-miss  “unwittingly” where",
            "? Help",
        ):
            assert told in text
        beside = any("candidate  line 5" in line and "reference  line 5" in line for line in shown)
        assert beside == (size[0] >= 120)


async def test_passages_beside_each_other_begin_in_one_line() -> None:
    rows = [
        Row("One short line.", " ".join(["A line that goes on and on."] * 9), 90),
        Row("Here the boats came in.", "There the ships came in.", 10),
        Row("The end.", "The end.", 100),
    ]
    async with opened(rows, size=(120, 40)) as pilot:
        await pilot.press("j")
        for _ in range(2):
            await pilot.press("}")
            await pilot.pause()
            assert any("Here the boats" in line and "There the ships" in line for line in lines(pilot))
        await pilot.resize_terminal(160, 40)
        await pilot.pause()
        assert any("Here the boats" in line and "There the ships" in line for line in lines(pilot))
        await pilot.press("f")
        await pilot.pause()
        assert any("Here the boats" in line and "There the ships" in line for line in lines(pilot))


async def test_long_names_give_way_to_scores() -> None:
    names = ("a/the-harbour-candidate-of-monday.txt", "b/the-harbour-reference-of-monday.txt")
    async with opened(names=names) as pilot:
        (title, counts, *_) = lines(pilot)
        assert re.fullmatch(r" bleupencil  the-ha…\S+ ⇄ the-\S*…\S+  BLEU 31.4  chrF 58.2  coverage 76 %", title)
        assert counts.endswith("0 of 7 reviewed")


async def test_names_that_are_the_same_are_told_apart() -> None:
    async with opened(names=("old/x.txt", "new/x.txt")) as pilot:
        assert "old/x.txt ⇄ new/x.txt" in screen(pilot)
    async with opened(names=("-", "new/x.txt")) as pilot:
        assert "standard input ⇄ x.txt" in screen(pilot)


@pytest.mark.slow
async def test_large_counts_keep_their_numbers() -> None:
    rows = [
        *many(1200),
        *(Row(f"Extra {n}.", "") for n in range(1111)),
        *(Row("", f"Gone {n}.") for n in range(1222)),
    ]
    for width in (60, 80):
        async with opened(rows, size=(width, 24)) as pilot:
            assert "3533 passages" in screen(pilot)
            assert re.search(r"\+ 1111|1111 added", screen(pilot))
            assert re.search(r"∅ 1222|1222 omitted", screen(pilot))
            assert "0 of 3533 reviewed" in screen(pilot)


@pytest.mark.slow
async def test_resizing_loses_nothing() -> None:
    long = " ".join(f"Boat number {n} came in late and left again." for n in range(30))
    async with opened([*many(60), Row(long, long, 50)], size=(80, 24)) as pilot:
        await pilot.press(*"oooow", "w", "G", "}", "}", *"JJJJJJ")
        shown = screen(pilot)
        assert "Boat number 0" not in shown.replace("= Boat number 0", "")
        for size in ((200, 60), (60, 20), (200, 60), (120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert cursor_row(pilot).split()[:3] == ["61", "○", "135.0"]
            assert "document order" in screen(pilot)
            if size[0] == 200:
                assert all(f"Boat {n} came in late" in screen(pilot) for n in (58, 59))
        assert screen(pilot) == shown
        await pilot.press("K")
        assert screen(pilot) != shown


@pytest.mark.slow
async def test_a_resize_keeps_the_cursor_in_view() -> None:
    async with opened(many(100), size=(80, 50)) as pilot:
        await pilot.press(*"j" * 40)
        await pilot.resize_terminal(80, 16)
        await pilot.pause()
        assert cursor_row(pilot).startswith("41 ○")
        await pilot.press("f")
        await pilot.resize_terminal(100, 20)
        await pilot.pause()
        await pilot.press("j", "f")
        await pilot.pause()
        assert cursor_row(pilot).startswith("42 ○")


@pytest.mark.slow
async def test_nothing_at_all() -> None:
    for size in ((60, 20), (200, 60)):
        async with opened([], size=size) as pilot:
            assert "Nothing to review: both texts are empty." in screen(pilot)
            await pilot.press(*EVERY_KEY)
            await pilot.pause()
            assert "Nothing to review" in screen(pilot)
            await pilot.press("?")
            await pilot.pause()
            assert "Show keys and signs" in screen(pilot)
            assert "Next passage" not in screen(pilot)
            await pilot.press("escape", "q")
            await pilot.pause()
            assert pilot.app.return_code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [Row("One boat.", "One boat.", 100, 100), Row("Two.", "Two.", 100, 100)],
            "The texts are identical.",
        ),
        ([Row("One boat.", ""), Row("Two.", "")], "The reference is empty"),
        ([Row("", "One boat."), Row("", "Two.")], "The candidate is empty"),
        ([Row("One boat.", ""), Row("", "Tea is ready.")], "No sentence of the candidate answers one"),
        (
            [Row("Menu", "", kind=Kind.BOILERPLATE), Row("", "Tea.")],
            "No sentence of the candidate answers one",
        ),
        (
            [Row("Menu", "", kind=Kind.BOILERPLATE), Row("A.", "A.", 100, 100)],
            "identical, sentence by sentence",
        ),
    ],
)
async def test_odd_pairs_are_named_and_walked(rows: list[Row], told: str) -> None:
    async with opened(rows, size=(60, 20)) as pilot:
        assert told in re.sub(r"\s+", " ", screen(pilot))
        await pilot.press(*EVERY_KEY, "w")
        await pilot.pause()
        assert cursor_row(pilot)
        texts = sum(row.kind is not Kind.BOILERPLATE for row in rows)
        await pilot.press("g", *["space"] * len(rows))
        assert f"{texts} of {texts} reviewed" in screen(pilot)


async def test_ordinary_pairs_have_no_notice() -> None:
    async with opened() as pilot:
        assert not pilot.app.screen.query_one("#notice").display


@pytest.mark.slow
async def test_hostile_texts_are_shown_and_not_obeyed() -> None:
    names = ("c/[bold]\x1b[2J[/nope].txt", "r/\u202etxt.\udcff[@click=app.quit].txt")
    for size in ((60, 24), (200, 60)):
        async with opened(HOSTILE, size=size, names=names) as pilot:
            everything = screen(pilot)
            await pilot.press("n")
            for _ in HOSTILE:
                await pilot.press("j", "}")
                everything += re.sub(r"\s+", " ", screen(pilot))
            await pilot.press(*EVERY_KEY, *"w" * 6)
            await pilot.pause()
            everything += screen(pilot)
            assert isinstance(pilot.app.screen, ReviewScreen)
            assert not re.search(
                "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", everything
            )
            assert all(cell_len(line) <= size[0] for line in lines(pilot))
            for text in (
                "␛[2J",
                "[/nope]",
                "[bold]nothing[/bold]",
                "◦gnp.exe◦",
                "[sic]",
                "[50%]",
                "[red]red.",
            ):
                assert text in everything
            everything.encode("utf-8")
    async with opened(HOSTILE, size=(200, 60), names=names) as pilot:
        assert "[bold]␛[2J[◦nope].txt" not in lines(pilot)[0]
        assert "nope].txt ⇄" in lines(pilot)[0]


async def test_wide_characters_keep_the_columns() -> None:
    async with opened(HOSTILE) as pilot:
        shown = lines(pilot)
        assert any("港口" in line for line in shown)
        # The pane begins in the same column beside every row of the queue.
        assert all(cell_len(line) <= 80 for line in shown)
        row = next(
            line for line in shown if line.lstrip("▶ ").startswith(("1 ", "2 ", "3 ", "4 ", "5 ")) and "港" in line
        )
        assert cell_len(row[: row.index("…") + 1]) <= 34


async def test_without_colour_brackets_mark_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as pilot:
        await pilot.press(*"j" * 4)
        assert "It took [sixteen] crews and [two]" in screen(pilot)
        assert "‹sea›" in screen(pilot)
    monkeypatch.delenv("NO_COLOR")
    async with opened() as pilot:
        await pilot.press(*"j" * 4)
        assert "It took sixteen crews and two winters" in screen(pilot)
        pilot.app.theme = "ansi-dark"
        await pilot.pause()
        assert "It took [sixteen] crews and [two]" in screen(pilot)


@pytest.mark.slow
async def test_a_hundred_thousand_rows() -> None:
    async with opened(many(100_000)) as pilot:
        assert "1 of 100000 · = match" in screen(pilot)
        await pilot.press("G")
        await pilot.pause()
        assert cursor_row(pilot).startswith("100000 ○")
        await pilot.press("k", "w", "o", "ctrl+u", "g")
        await pilot.pause()
        assert cursor_row(pilot).startswith("1 ○ ")
        await pilot.click("Queue", offset=(4, 8))
        assert cursor_row(pilot).startswith("8 ○ ")
