"""One of a few, by one key."""

from collections.abc import Mapping
from string import ascii_lowercase
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.content import plain
from tui.screens.commands import at_once


class ChoiceScreen(ModalScreen[str | None]):
    """Returns the key of what was chosen, or None."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = at_once(
        [
            *(Binding(letter, f"choose('{letter}')", show=False) for letter in ascii_lowercase),
            Binding("escape,q", "dismiss", "Close", id="choice.close", tooltip="Change nothing"),
        ]
    )

    def __init__(self, question: str, choices: Mapping[str, str]) -> None:
        """`choices` are what there is to choose from, by the letter that chooses it."""
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters that choose nothing may have another meaning."""
        return parameters[0] in self._choices if action == "choose" else super().check_action(action, parameters)

    def action_choose(self, key: str) -> None:
        """Return what was chosen."""
        self.dismiss(key)

    async def action_dismiss(self, result: str | None = None) -> None:
        """Change nothing."""
        self.dismiss(result)
