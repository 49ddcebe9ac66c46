"""The line for a pattern: what it says, and which messages it sends."""

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input

from tests.tui.builders import screen
from tui.widgets.searchbar import SearchBar


class Host(App[None]):
    """Keeps what the bar says."""

    AUTO_FOCUS = None
    BINDINGS = [("slash", "search", "")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, ...]] = []

    def compose(self) -> ComposeResult:
        yield Input("elsewhere")
        yield SearchBar()

    def on_mount(self) -> None:
        self.query_one(SearchBar).display = False

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Changed)
    @on(SearchBar.Submitted)
    def hear(self, event: SearchBar.Changed | SearchBar.Submitted) -> None:
        self.heard.append((type(event).__name__, event.pattern, "regex" if event.regex else "plain"))

    @on(SearchBar.Cancelled)
    def hear_cancelled(self) -> None:
        self.heard.append(("Cancelled",))


async def test_what_is_typed_is_told_and_submitted() -> None:
    app = Host()
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        assert "Search" not in screen(pilot)
        await pilot.press("slash", *"[a")
        assert "Search [a" in screen(pilot)
        await pilot.press("enter")
        assert "Search" not in screen(pilot)
        assert app.focused is None
    assert app.heard[-2:] == [("Changed", "[a", "plain"), ("Submitted", "[a", "plain")]


async def test_a_bad_expression_is_told_and_not_submitted() -> None:
    app = Host()
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("slash", "ctrl+r", *"(a")
        assert "Regular expression (a" in screen(pilot)
        assert "! not a regular expression: missing )" in screen(pilot)
        await pilot.press("enter")
        assert app.heard == [("Changed", "", "regex")]
        await pilot.press(")")
        assert "!" not in screen(pilot)
        await pilot.press("enter")
    assert app.heard[1:] == [("Changed", "(a)", "regex"), ("Submitted", "(a)", "regex")]


async def test_plain_text_is_no_expression() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("slash", "ctrl+r", "(", "ctrl+r")
        assert "!" not in screen(pilot)
        await pilot.press("enter")
    assert app.heard[-1] == ("Submitted", "(", "plain")


async def test_leaving_searches_nothing() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.query(Input).first().focus()
        await pilot.pause()
        app.query_one(SearchBar).open()
        await pilot.press("a", "escape")
        assert app.heard[-1] == ("Cancelled",)
        assert app.focused is app.query(Input).first()
        app.query_one(SearchBar).open()
        await pilot.press("enter")
        assert app.heard[-1] == ("Cancelled",)
        assert "Search" not in screen(pilot)


@pytest.mark.slow
async def test_earlier_searches_come_back() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        for pattern in ("sea", "wall", "sea"):
            await pilot.press("slash", *pattern, "enter")
        await pilot.press("slash")
        assert "Search Up and Down bring back earlier searches" in screen(pilot)
        await pilot.press("ctrl+r", *"q.", "enter", "slash", "ctrl+r", *"dr")
        assert "Search dr" in screen(pilot)
        for key, shown in (
            ("up", "Regular expression q."),
            ("up", "Search sea"),
            ("up", "Search wall"),
            ("up", "Search wall"),
            ("down", "Search sea"),
            ("down", "Regular expression q."),
            ("down", "Search dr"),
            ("down", "Search dr"),
        ):
            await pilot.press(key)
            assert shown in screen(pilot)
        await pilot.press("up", "enter")
    assert app.heard[-1] == ("Submitted", "q.", "regex")


async def test_the_screen_can_say_something_below() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("slash", "a")
        app.query_one(SearchBar).tell("[/nope]\x1b takes too long")
        await pilot.pause()
        assert "[/nope]␛ takes too long" in screen(pilot)
        await pilot.press("b")
        assert "nope" not in screen(pilot)
