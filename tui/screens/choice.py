"""One of a few, by one key."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.content import plain


class ChoiceScreen(ModalScreen[str | None]):
    """Returns the key of what was chosen, or None."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="choice.close", tooltip="Change nothing"),
    ]

    def __init__(self, question: str, choices: Mapping[str, str]) -> None:
        """`choices` are what there is to choose from, by the character that chooses it."""
        super().__init__()
        self._question = question
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The question, a line for each choice, and the way out."""
        with Vertical(id="choice"):
            yield Static(plain(self._question), classes="title")
            for key, meaning in self._choices.items():
                yield Static(Content.assemble((f"{key}  ", "bold"), plain(meaning)))
            yield Static(Content("Esc changes nothing"), id="close")

    def on_key(self, event: events.Key) -> None:
        """Return what was chosen."""
        if event.character in self._choices:
            event.stop()
            event.prevent_default()
            self.dismiss(event.character)

    async def action_dismiss(self, result: str | None = None) -> None:
        """Change nothing."""
        self.dismiss(result)
