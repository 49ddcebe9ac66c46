"""Mending the alignment by keyboard, judged by what stands on the terminal and by a pipeline that starts anew."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from metrics.errors import UnwritableFile
from metrics.languages import language_named
from metrics.model import Kind, Passage, Review
from metrics.mqm.store import Session
from metrics.review import realigner_steps, review_links
from metrics.steps import run
from tests.tui.builders import HOSTILE, Row, app_on, close, lines, many, opened, screen, settled
from tui.desk import Desk
from tui.said import percent
from tui.screens.alignment import AlignmentScreen
from tui.screens.help import HelpScreen
from tui.screens.review import ReviewScreen

CANDIDATE = (
    "Subscribe to the harbour letter",
    "The mayor opened the new quay on Monday.",
    "Nobody on the pier believed a word of this.",
    "It took sixteen crews and two winters to finish the wall.",
    "Storm season will put it to the test. It begins early.",
)
REFERENCE = (
    "On Monday the mayor opened the new quay.",
    "It took sixteen crews. It took two winters to finish the sea wall.",
    "The storm season will put it to the test.",
    "Three families lost their moorings.",
)


@asynccontextmanager
async def mending(
    path: Path,
    texts: tuple[Sequence[str], Sequence[str]] = (CANDIDATE, REFERENCE),
    size: tuple[int, int] = (100, 30),
) -> AsyncGenerator[Pilot[None], None]:
    """The alignment of two texts, a paragraph each, at its beginning."""
    names = []
    for side, paragraphs in zip(("c.txt", "r.txt"), texts, strict=True):
        (path / side).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        names.append(str(path / side))
    app = app_on(realigner_steps, (names[0], names[1]), path / "x.review")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("a", "g")
        yield pilot
    close(app)


def desk(pilot: Pilot[None]) -> Desk:
    return next(below.desk for below in pilot.app.screen_stack if isinstance(below, ReviewScreen))


def row(pilot: Pilot[None]) -> str:
    """The line at the cursor, without it."""
    (found,) = [line for line in lines(pilot) if line.startswith("▶")]
    return re.sub(r"\s+", " ", found.removeprefix("▶")).strip()


def line(pilot: Pilot[None], words: str) -> str:
    """The first line of the ladder with these words."""
    return next(re.sub(r"\s+", " ", each).strip() for each in lines(pilot) if words in each)


def links(review: Review) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(p.candidate.segments, p.reference.segments, p.kind.sign) for p in review.passages]


async def go_to(pilot: Pilot[None], words: str) -> None:
    """Move the cursor down to the rung of these words."""
    for _ in range(20):
        if words in row(pilot):
            return
        await pilot.press("j")
    raise AssertionError(f"no rung with {words}")


def assert_as_made_anew(pilot: Pilot[None]) -> None:
    """The review and the head line are what the whole pipeline makes of the links that there are now."""
    now = desk(pilot).review
    anew = run(
        review_links(
            now.candidate,
            now.reference,
            now.candidate_segments,
            now.reference_segments,
            now.links,
            language_named(now.language),
            now.settings,
        )
    ).review
    assert now.passages == anew.passages
    scores = "  ".join(f"{name} {anew.scores[name].value:.1f}" for name in ("BLEU", "chrF"))
    coverage = f"coverage {percent(anew.coverage.candidate)} ⇄ {percent(anew.coverage.reference)}"
    assert lines(pilot)[0].strip().startswith(f"{scores}  {coverage} · ")


async def test_both_texts_stand_in_their_order_with_what_links_them(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        assert links(desk(pilot).review) == [
            ((0,), (), "▢"),
            ((1,), (0,), "="),
            ((2,), (), "+"),
            ((3,), (1, 2), "="),
            ((4,), (3,), "="),
            ((5,), (), "+"),
            ((), (4,), "∅"),
        ]
        assert row(pilot) == "Subscribe to the harbour letter ▢"
        assert re.fullmatch(r"The mayor .* ─ = \d\d\.\d ─+ On Monday the .*", line(pilot, "The mayor"))
        assert re.fullmatch(r"Nobody on .* \+", line(pilot, "Nobody"))
        assert re.fullmatch(r"It took sixteen .* ─ = \d\d\.\d ─+┬ It took sixteen crews\.", line(pilot, "sixteen"))
        assert "└ It took two winters" in screen(pilot)
        assert line(pilot, "Three families") == "∅ Three families lost their moorings."
        assert_as_made_anew(pilot)


#: Where the cursor goes, the keys, a link that there is then, and the line at the cursor.
ACTS = [
    ("Nobody", "m", ((2, 3), (1, 2), "="), r"Nobody on .* ┬ = \d\d\.\d ✓ ─+┬ It took sixteen crews\."),
    ("Nobody", "M", ((1, 2), (0,), "="), r"The mayor .* ┬ = \d\d\.\d ✓ ─+ On Monday .*"),
    ("Storm", "m", ((4, 5), (3,), "="), r"Storm .* ┬ = \d\d\.\d ✓ ─+ The storm .*"),
    ("Three", "M", ((5,), (4,), "="), r"It begins early\. ─ = .* ✓ ─+ Three families .*"),
    ("sixteen", "s", ((3,), (1,), "="), r"It took sixteen .* ─ = \d\d\.\d ✓ ─+ It took sixteen crews\."),
    ("sixteen", "left s", ((3,), (2,), "="), r"It took sixteen .* ─ = \d\d\.\d ✓ ─+ It took two winters .*"),
    ("mayor", "u", ((1,), (), "+"), r"The mayor opened .* \+ ✓"),
    ("mayor", "plus", ((1,), (), "+"), r"The mayor opened .* \+ ✓"),
    ("sixteen", "o", ((), (1, 2), "∅"), r"It took sixteen .* \+ ✓"),
    ("Nobody", "b", ((2,), (), "▢"), r"Nobody on .* ▢ ✓"),
    ("Subscribe", "t", ((0,), (), "+"), r"Subscribe to .* \+ ✓"),
    ("mayor", "y", ((1,), (0,), "="), r"The mayor .* ─ = \d\d\.\d ✓ ─+ On Monday the .*"),
    ("Nobody", "space G l", ((2,), (4,), "≈"), r"≈ \d+\.\d ✓ └─+ Three families .*"),
]


@pytest.mark.slow
async def test_each_act_is_shown_scored_and_undone(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        before, head = desk(pilot).review, lines(pilot)[0]
        for words, keys, made, said in ACTS:
            await pilot.press("g")
            await go_to(pilot, words)
            *moves, act = keys.split()
            await pilot.press(*moves)
            here = row(pilot)
            await pilot.press(act)
            assert made in links(desk(pilot).review)
            assert re.match(said, row(pilot))
            assert "1 correction" in lines(pilot)[0]
            assert_as_made_anew(pilot)
            after = desk(pilot).review
            await pilot.press("z")
            assert desk(pilot).review.passages == before.passages
            assert "Undone: alignment: " in screen(pilot)
            assert lines(pilot)[0] == head
            assert row(pilot) == here
            await pilot.press("Z")
            assert desk(pilot).review.passages == after.passages
            assert "Redone: alignment: " in screen(pilot)
            assert re.match(said, row(pilot))
            await pilot.press("z")


@pytest.mark.slow
async def test_corrections_are_there_after_a_restart_and_undone_then(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        await go_to(pilot, "Nobody")
        await pilot.press("M", "m", "b")
        done = desk(pilot).review
        assert "3 corrections" in lines(pilot)[0]
    async with mending(tmp_path) as pilot:
        assert desk(pilot).review.passages == done.passages
        await pilot.press("z", "z", "z", "z")
        assert "Nothing to undo." in screen(pilot)
        assert "0 corrections" in lines(pilot)[0]
    anew = run(realigner_steps(str(tmp_path / "c.txt"), str(tmp_path / "r.txt"))).review
    async with mending(tmp_path) as pilot:
        assert desk(pilot).review.passages == anew.passages


#: Where the cursor goes, the keys, and what is said to the last of them.
NONSENSE = [
    ("Subscribe", "M", "This is the first link"),
    ("Subscribe", "G m", "This is the last link"),
    ("Nobody", "s", "a single sentence: there is nothing to split"),
    ("mayor", "s", "one part of the split would be empty"),
    ("Nobody", "u", "there is nothing to unlink"),
    ("mayor", "l", "this passage is linked already"),
    ("Nobody", "l", "a link needs both texts"),
    ("Nobody", "plus", "this passage is added already"),
    ("Nobody", "o", "this passage has no text of the reference"),
    ("mayor", "t", "this is text already"),
    ("mayor", "tab", "All of this link is here"),
    ("Nobody", "right", "This link has nothing of the reference"),
    ("Subscribe", "z", "Nothing to undo"),
    ("Subscribe", "Z", "Nothing to redo"),
    ("mayor", "y y", "made or accepted by hand already"),
]


@pytest.mark.slow
async def test_what_makes_no_sense_is_told(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        for words, keys, told in NONSENSE:
            await pilot.press("g")
            await go_to(pilot, words)
            await pilot.press(*keys.split()[:-1])
            before = desk(pilot).review
            await pilot.press(keys.split()[-1])
            shown = re.sub(r"[\s│▌]+", " ", screen(pilot))
            assert all(word in shown for word in told.split())
            assert desk(pilot).review is before
            assert isinstance(pilot.app.screen, AlignmentScreen)


async def test_the_cut_stands_between_sentences_and_goes_round(tmp_path: Path) -> None:
    def cuts(pilot: Pilot[None]) -> list[tuple[int, ...]]:
        return [tuple(m.start() > 40 for m in re.finditer("╌+", text)) for text in lines(pilot) if "╌" in text]

    def below_cut(pilot: Pilot[None]) -> str:
        shown = lines(pilot)
        at = next(i for i, text in enumerate(shown) if "╌" in text[45:])
        return shown[at + 1]

    async with mending(tmp_path) as pilot:
        assert cuts(pilot) == []
        await go_to(pilot, "sixteen")
        # Behind the only sentence of the candidate, between the two of the reference.
        assert sorted(cuts(pilot)) == [(False,), (True,)]
        assert "It took two winters" in below_cut(pilot)
        await pilot.press("right", "right")
        assert "It took sixteen crews." in below_cut(pilot)
        await pilot.press("right")
        assert "It took two winters" in below_cut(pilot)
        await pilot.press("}")
        assert "It took sixteen crews." in below_cut(pilot)
        await pilot.press("k")
        assert cuts(pilot) == []


async def test_chosen_ones_bear_a_sign_and_are_linked_together(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        await go_to(pilot, "Nobody")
        await pilot.press("space")
        assert row(pilot).startswith("◆ Nobody")
        await pilot.press("space")
        assert "◆" not in screen(pilot)
        await pilot.press("space")
        await go_to(pilot, "begins early")
        await pilot.press("space", "j", "space")
        assert sum("◆" in text for text in lines(pilot)) == 3
        await pilot.press("k", "k", "k", "k", "l")
        assert ((2, 5), (4,), "≈") in links(desk(pilot).review)
        assert "◆" not in screen(pilot)
        assert row(pilot).startswith("Nobody")
        assert_as_made_anew(pilot)


@pytest.mark.slow
async def test_a_moved_link_has_a_line_in_steps_or_says_where_its_other_half_is(tmp_path: Path) -> None:
    sentences = [
        f"Boat {n} of the {name} fleet came in late." for n, name in enumerate(["red", "blue", "green", "grey"])
    ]
    moved = "Nobody on the pier believed a single word of what the mayor had promised."
    texts = [moved, *sentences], [*sentences, moved]
    async with mending(tmp_path, texts) as pilot:
        assert ((0,), (4,), "≈") in links(desk(pilot).review)
        shown = screen(pilot)
        assert re.search(r"Nobody on the pier +[^\n]*─ ≈ 100 ─+┐", shown)
        assert re.search(r"└─+ Nobody on the pier", shown)
        assert "┼" in line(pilot, "Boat 1")
        await pilot.press("tab")
        assert re.fullmatch(r"≈ 100 └─+ Nobody on the pier .*", row(pilot))
        await pilot.press("tab")
        assert row(pilot).startswith("Nobody")
    fleet = [f"Boat {n} came in at {n + 7} with {n * 3} crates of fish." for n in range(40)]
    async with mending(tmp_path, ([moved, *fleet], [*fleet, moved])) as pilot:
        assert re.fullmatch(r"Nobody on the pier .* ─ ≈ ↓ line 81", row(pilot))
        await pilot.press("tab")
        assert re.fullmatch(r"≈ ↑ line 1 ─ Nobody on the pier .*", row(pilot))


async def test_leaving_opens_the_passage_that_the_cursor_was_on(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        await go_to(pilot, "Nobody")
        await pilot.press("M", "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
        passage = pilot.app.screen.passage
        assert isinstance(passage, Passage)
        assert passage.candidate.segments == (1, 2)
        await pilot.press("a", "?")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Merge with the next" in screen(pilot)
        await pilot.press("escape", "q")
        assert isinstance(pilot.app.screen, ReviewScreen)


@pytest.mark.slow
async def test_another_window_is_followed(tmp_path: Path) -> None:
    async with mending(tmp_path) as pilot:
        await go_to(pilot, "mayor")
        await pilot.press("u")
        with Session.open(tmp_path / "x.review") as elsewhere:
            elsewhere.undo("ana")
        await pilot.pause(2)
        assert re.fullmatch(r"The mayor .* ─ = \d\d\.\d ─+ On Monday the .*", row(pilot))
        assert "0 corrections" in lines(pilot)[0]


@pytest.mark.slow
async def test_hostile_and_wide_text_keeps_its_columns() -> None:
    marks = "e\u0301" * 400
    rows = (*HOSTILE, Row(f"{marks} {marks}", "नमस्ते दुनिया שלום עולם 👩‍👩‍👧 done", 20), Row("x" * 100_000, "y", 1))
    async with opened(rows) as pilot:
        await pilot.press("a")
        for size in ((60, 20), (80, 24), (250, 80)):
            await pilot.resize_terminal(*size)
            await pilot.press("g")
            for _ in rows:
                shown = lines(pilot)
                assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", "".join(shown))
                assert all(cell_len(text) <= size[0] for text in shown)
                # The lines begin at the same cell in every row.
                assert len({cell_len(text[: text.index("─")]) for text in shown if re.search("─ [=≈]", text)}) == 1
                await pilot.press("j")
        await pilot.press("G", *["pagedown"] * 4)
        assert "(90,000 characters more)" in screen(pilot)
        await pilot.press("g", "m", "z", "u", "tab")
        assert "[/nope]" in screen(pilot)


async def test_the_cursor_is_seen_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as pilot:
        await pilot.press("a", "g")
        assert row(pilot).startswith("Subscribe")
        assert "‹sixteen›" not in screen(pilot)
        await pilot.press("j", "j")
        assert row(pilot).startswith("It took sixteen")
        assert "[sixteen]" in screen(pilot)


@pytest.mark.slow
async def test_a_long_text_is_walked_and_scrolled() -> None:
    async with opened(many(2_000), size=(80, 24)) as pilot:
        await pilot.press("a", "G")
        assert row(pilot).startswith("Boat 1999 ")
        await pilot.press("ctrl+u", "k")
        assert not row(pilot).startswith("Boat 199 ")
        await pilot.press("g", "ctrl+d")
        number = int(row(pilot).split()[1])
        assert 3 <= number <= 12
        await pilot.press("J", "J", "J")
        assert row(pilot).startswith(f"Boat {number} ")
        assert "Boat 0 " not in screen(pilot)
        await pilot.press(*["K"] * 20)
        assert lines(pilot)[1].strip().startswith("Boat 0 ")
        await pilot.press("j")
        assert row(pilot).startswith(f"Boat {number + 1} ")
        await pilot.click("Ladder", offset=(5, 0))
        assert row(pilot) == re.sub(r"\s+", " ", lines(pilot)[1].lstrip("▶")).strip()


async def test_furniture_with_both_sides_is_text_again_when_linked() -> None:
    rows = (Row("Boat 1 came in late.", "Ship 1 came in late."), Row("Menu", "Menu", kind=Kind.BOILERPLATE))
    async with opened(rows) as pilot:
        await pilot.press("a", "G")
        assert row(pilot) == "▢ Menu"
        await pilot.press("t")
        assert re.fullmatch(r"Menu ─ = .* ✓ ─+ Menu", row(pilot))


async def test_where_nothing_can_be_kept_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with mending(tmp_path) as pilot:

        def full(*_: object) -> None:
            raise UnwritableFile("cannot write to x.review, the disk is full: make room")

        before = desk(pilot).review
        await go_to(pilot, "mayor")
        with monkeypatch.context() as patch:
            patch.setattr(Session, "record", full)
            await pilot.press("u")
        assert desk(pilot).review.passages == before.passages
        assert "cannot write to x.review" in screen(pilot)
        assert re.fullmatch(r"The mayor .* ─ = \d\d\.\d ─+ On Monday the .*", row(pilot))
        await pilot.press("u")
        assert "1 correction" in lines(pilot)[0]
