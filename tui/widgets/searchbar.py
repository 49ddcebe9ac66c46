"""Where a reviewer types what to search for."""

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from metrics.errors import UsageError
from metrics.search import Search
from metrics.visible import clean
from tui.content import plain


class Cleaned(Highlighter):
    """Shows what stands in an `Input` as `tui.content` does: it may have been pasted from a text under review."""

    def highlight(self, text: Text) -> None:
        """Replace, one for one, what a terminal would obey."""
        text.plain = clean(text.plain)


class SearchBar(Vertical):
    """A line to type in, hidden until `open`; below it what is wrong with the pattern.

    Enter and Esc hide it again and give the focus back.
    """

    DEFAULT_CSS = """
    SearchBar {
        height: auto;
        padding: 0 1;
        background: $panel;

        Horizontal {
            height: 1;
        }
        .mode {
            width: auto;
            padding-right: 1;
            text-style: bold;
        }
        Input {
            width: 1fr;
            background: $panel;
        }
        .told {
            display: none;
            height: auto;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "toggle_regex", "Regex", id="search.regex", tooltip="Plain text or regular expression"),
        Binding("up", "recall(-1)", "Earlier", id="search.earlier", tooltip="What was searched for before"),
        Binding("down", "recall(1)", "Later", id="search.later", tooltip="What was searched for after that"),
        Binding("escape", "cancel", "Back", id="search.cancel", tooltip="Do not search"),
    ]

    regex: reactive[bool] = reactive(False, init=False)

    class Changed(Message):
        """Another pattern stands there, and makes sense; `regex` is whether it is a regular expression."""

        def __init__(self, pattern: str, regex: bool) -> None:
            self.pattern = pattern
            self.regex = regex
            super().__init__()

    class Submitted(Message):
        """The pattern, which is not empty and makes sense, is to be searched for."""

        def __init__(self, pattern: str, regex: bool) -> None:
            self.pattern = pattern
            self.regex = regex
            super().__init__()

    class Cancelled(Message):
        """Nothing is to be searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._earlier: list[tuple[str, bool]] = []
        self._recalled = 0
        self._draft = "", False
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        """What is searched for, the pattern, and what is wrong with it."""
        with Horizontal():
            yield Static(_mode(False), classes="mode")
            yield Input(compact=True, highlighter=Cleaned(), select_on_focus=False)
        yield Static(classes="told")

    def open(self) -> None:
        """Show it, empty."""
        if not self.display:
            self._before = self.screen.focused
        self.display = True
        self._recalled = len(self._earlier)
        self._input.value = ""
        # The footer does not show these keys: every input has them, to scroll with.
        self._input.placeholder = "Up and Down bring back earlier searches" if self._earlier else ""
        self.tell("")
        # At once: the next key is meant for it.
        self.screen.set_focus(self._input)

    def close(self) -> None:
        """Hide it."""
        self.display = False
        self.screen.set_focus(self._before)

    def tell(self, message: str) -> None:
        """Show a line below the pattern, until it changes."""
        told = self.query_one(".told", Static)
        told.update(plain(message))
        told.display = bool(message)

    def watch_regex(self, regex: bool) -> None:
        """Name what is searched for."""
        self.query_one(".mode", Static).update(_mode(regex))
        self._check()

    @on(Input.Changed)
    def check(self, event: Input.Changed) -> None:
        """Tell what is typed, or what is wrong with it."""
        event.stop()
        self._check()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Search for what is typed; with nothing typed, go back."""
        event.stop()
        if not event.value:
            self.action_cancel()
        elif self._makes_sense():
            asked = event.value, self.regex
            self._earlier = [*(other for other in self._earlier if other != asked), asked]
            self.close()
            self.post_message(self.Submitted(*asked))
        else:
            self.app.bell()

    def action_toggle_regex(self) -> None:
        """Take the pattern for a regular expression, or for plain text again."""
        self.regex = not self.regex

    def action_recall(self, step: int) -> None:
        """Put an earlier search in place of what is typed, or behind the last that again."""
        if self._recalled == len(self._earlier):
            self._draft = self._input.value, self.regex
        self._recalled = max(0, min(self._recalled + step, len(self._earlier)))
        pattern, self.regex = [*self._earlier, self._draft][self._recalled]
        self._input.value = pattern
        self._input.cursor_position = len(pattern)

    def action_cancel(self) -> None:
        """Do not search."""
        self.close()
        self.post_message(self.Cancelled())

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def _check(self) -> None:
        if self.display and self._makes_sense():
            self.post_message(self.Changed(self._input.value, self.regex))

    def _makes_sense(self) -> bool:
        try:
            Search.compile(self._input.value, self.regex)
        except UsageError as error:
            self.tell(f"! {error}")
            return False
        self.tell("")
        return True


def _mode(regex: bool) -> Content:
    return Content("Regular expression" if regex else "Search")
