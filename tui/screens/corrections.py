"""All corrections of the alignment that are in force, one line each."""

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

from tui.content import plain
from tui.corrected import Corrected
from tui.screens.commands import at_once


class CorrectionsScreen(ModalScreen[str | None]):
    """Returns the id of a passage that a correction made, to be opened; None for no change of place."""

    CSS_PATH = "corrections.tcss"
    BINDINGS: ClassVar[list[BindingType]] = at_once(
        [
            Binding("escape,q", "leave", "Back", id="corrections.leave", tooltip="Back to the passages"),
            Binding("j", "move('down')", "Down", id="corrections.down", tooltip="Next correction", show=False),
            Binding("k", "move('up')", "Up", id="corrections.up", tooltip="Previous correction", show=False),
        ]
    )

    def __init__(self, corrections: Sequence[Corrected]) -> None:
        """`corrections` are in the order in which they were made; the latest is shown first."""
        super().__init__()
        self._corrections = list(reversed(corrections))

    def compose(self) -> ComposeResult:
        """What was done, by whom, when, and to which words."""
        with Vertical(id="corrections"):
            yield Static(Content("Corrections of the alignment, latest first"), classes="title")
            if self._corrections:
                yield OptionList(
                    *(
                        Option(
                            Content.assemble(
                                (f"{each.what:<12}", "bold"),
                                plain(f"{each.reviewer}  {each.at:%Y-%m-%d %H:%M}  ", "dim"),
                                plain(each.text if each.passage else "it fits the texts no longer"),
                            )
                        )
                        for each in self._corrections
                    ),
                    markup=False,
                )
            else:
                yield Static(Content("None so far: a opens the alignment."))
            yield Static(Content("Enter goes there, Esc goes back; z undoes your latest act"), id="close")

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Return where the correction was made."""
        self.dismiss(self._corrections[event.option_index].passage)

    def action_move(self, direction: str) -> None:
        """Move as the arrow keys do."""
        for options in self.query(OptionList):
            options.action_cursor_down() if direction == "down" else options.action_cursor_up()

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
