"""Help: the keys in force and what the signs mean."""

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from metrics.model import Change, Mark, Weight
from tui.content import LETTERS, marked
from tui.screens.commands import Command, at_once
from tui.widgets.signs import CURSOR, LEFT_OUT, MEANINGS, OPEN, POINTER, REVIEWED


class HelpScreen(ModalScreen[None]):
    """Made from the bindings of the screen below, so that it cannot be out of date."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = at_once(
        [
            Binding("escape,q,?,f1,enter", "dismiss", "Close", id="help.close"),
            Binding("j,down", "scroll(1)", "Scroll", id="help.down"),
            Binding("k,up", "scroll(-1)", "Scroll", id="help.up"),
            Binding("pagedown,space,ctrl+d", "page(1)", "Page", id="help.page.down"),
            Binding("pageup,ctrl+u", "page(-1)", "Page", id="help.page.up"),
            Binding("g,home", "end(-1)", "Top", id="help.top"),
            Binding("G,end", "end(1)", "Bottom", id="help.bottom"),
        ]
    )

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """Two tables that scroll, and the way out."""
        keys = [(" ".join(command.keys), command.binding.tooltip) for command in self._commands]
        keys += [("click", "Select a row of the queue"), ("wheel", "Scroll queue or passage")]
        signs = [(kind.sign, meaning) for kind, meaning in MEANINGS.items()]
        signs += [
            (f"{REVIEWED} {OPEN}", "reviewed by you, still open"),
            (LEFT_OUT, "misaligned or source noise: in no score"),
            (CURSOR, "the selected passage"),
            (POINTER, "the selected mark or finding"),
            ("✓", "linked or accepted by hand"),
            ("◆ ╌", "in the alignment: chosen for linking, where s splits"),
            (" ".join(LETTERS.values()), "severity of a mark, M|so|: " + ", ".join(LETTERS)),
        ]
        with Vertical(id="help"):
            with VerticalScroll(can_focus=False):
                yield Static(Content("Keys"), classes="title")
                yield Static(_table(keys))
                yield Static(Content("Signs"), classes="title")
                yield Static(_table(signs))
                yield Static(Content("Differing words"), classes="title")
                yield Static(self._marks())
                yield Static(Content("Risk"), classes="title")
                yield Static(
                    Content("penalty points: (1 − chrF) × words and what was found, summed up under the texts")
                )
            yield Static(Content("Esc closes, j and k scroll"), id="close")

    def _marks(self) -> Content:
        brackets = self.app.no_color or self.app.native_ansi_color
        examples = (
            ("replaced by others", Change.REPLACED, True),
            ("only in the candidate", Change.LONE, True),
            ("only in the reference", Change.LONE, False),
            ("moved", Change.MOVED, True),
            ("another case or form", Change.FORM, True),
        )
        return Content("   ").join(
            marked(
                text,
                [Mark(0, len(text), change, Weight.FAINT if change is Change.FORM else Weight.STRONG)],
                candidate=candidate,
                brackets=brackets,
            )
            for text, change, candidate in examples
        )

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by what fits."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=direction * max(1, scroll.size.height - 1), animate=False)

    def action_end(self, direction: int) -> None:
        """Scroll to the beginning or the end."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_to(y=scroll.max_scroll_y if direction > 0 else 0, animate=False)


def _table(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=13)
    for left, right in rows:
        table.add_row(Text(left, "bold"), Text(right))
    return table
