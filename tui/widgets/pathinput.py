"""A line to write a path in."""

import asyncio
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from metrics.visible import clean
from tui.textfiles import completed


class PathInput(Input):
    """Completes what is written to a path that there is; a file chosen elsewhere keeps its name, however shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab",
            "complete",
            "Complete",
            id="path.complete",
            tooltip="Complete the path, or go on where that cannot be",
            show=False,
        )
    ]

    def __init__(self, id: str, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, suggester=_Paths(), compact=True, select_on_focus=False, id=id)
        self._chosen: Path | None = None

    def validate_value(self, value: str) -> str:
        """Nothing that a terminal would obey is taken in, be it pasted."""
        return clean(value)

    @property
    def path(self) -> Path | None:
        """The path that is written here; None without one."""
        if self._chosen is not None and self.value == clean(str(self._chosen)):
            return self._chosen
        if not self.value.strip():
            return None
        try:
            return Path(self.value).expanduser()
        except RuntimeError:
            return Path(self.value)

    def choose(self, path: Path) -> None:
        """Write a path."""
        self._chosen = path
        self.value = str(path)
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Complete the path; go on to what comes next where there is nothing to complete."""
        further = completed(self.value) if self.cursor_at_end else None
        if further is None:
            self.screen.focus_next()
        else:
            self.value = further
            self.cursor_position = len(self.value)


class _Paths(Suggester):
    """Offers what `completed` finds; folders change, so nothing is remembered."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(completed, value)
