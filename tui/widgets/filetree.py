"""A tree of the folders and text files that there are."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text, TextType
from textual.binding import Binding, BindingType
from textual.widgets import DirectoryTree

from metrics.visible import clean
from tui.textfiles import choosable


class FileTree(DirectoryTree):
    """Shows names as they are, never as what they say; hidden files and those that are no text are left out."""

    # Pictures of folders are missing from many terminals' fonts.
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", id="files.down", tooltip="Next file", show=False),
        Binding("k", "cursor_up", "Up", id="files.up", tooltip="Previous file", show=False),
        Binding("backspace,h", "parent", "Up", id="files.parent", tooltip="Show the folder above"),
    ]

    def process_label(self, label: TextType) -> Text:
        """A name with nothing in it that a terminal would obey."""
        return Text(clean(str(label)))

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Folders and texts."""
        return choosable(paths)

    def show(self, folder: Path) -> None:
        """Make a folder the root, if it is not."""
        folder = folder.absolute()
        if Path(self.path) != folder:
            self.path = folder

    def action_parent(self) -> None:
        """Make the folder above the root."""
        self.show(Path(self.path).absolute().parent)
