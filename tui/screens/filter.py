"""Which findings to look at: a list of the kinds that there are."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from metrics.findings import KINDS

#: What the screen returns for all passages, with findings or without.
ALL = ""


class FilterScreen(ModalScreen[str | None]):
    """Returns the chosen kind, `ALL`, or None when nothing is to change."""

    CSS_PATH = "filter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,backslash", "dismiss", "Close", id="filter.close"),
        Binding("j", "move('down')", "Down", id="filter.down"),
        Binding("k", "move('up')", "Up", id="filter.up"),
    ]

    def __init__(self, counts: Sequence[tuple[str, int]], passages: int, chosen: str) -> None:
        """`counts` are how many passages have a finding of each kind, `passages` how many there are."""
        super().__init__()
        self._rows = [(ALL, "all", passages, "every passage")] + [
            (kind, kind, count, KINDS[kind]) for kind, count in counts
        ]
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The kinds, how many passages have them, and what they mean."""
        width = max(len(label) for _, label, _, _ in self._rows)
        with Vertical(id="filter"):
            yield Static(Content("Only passages with a finding of this kind"), classes="title")
            yield OptionList(
                *(
                    Option(
                        Content.assemble(
                            (f"{label:<{width}}  ", "bold"), f"{count:>5}  ", (KINDS.get(kind, meaning), "$text-muted")
                        ),
                        id=kind or None,
                    )
                    for kind, label, count, meaning in self._rows
                ),
                markup=False,
            )
            yield Static(Content("Enter chooses, Esc changes nothing"), id="close")

    def on_mount(self) -> None:
        """Begin at what is chosen now."""
        kinds = [kind for kind, *_ in self._rows]
        self.query_one(OptionList).highlighted = kinds.index(self._chosen) if self._chosen in kinds else 0

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Return what was chosen."""
        self.dismiss(event.option_id or ALL)

    def action_move(self, direction: str) -> None:
        """Move as the arrow keys do."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if direction == "down" else options.action_cursor_up()

    async def action_dismiss(self, result: str | None = None) -> None:
        """Change nothing."""
        self.dismiss(result)
