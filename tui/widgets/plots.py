"""Drawing with characters: a canvas, the widget that shows one, and bars.

What is drawn with is in the fonts of the Linux console, too: whole and half blocks, no braille. What a colour says, a
sign or a place says as well.
"""

from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

Characters = NDArray[np.str_]
Flags = NDArray[np.bool_]

#: A cell by whether its upper and its lower half is drawn.
_HALVES = np.array([[" ", "▄"], ["▀", "█"]])
#: Names of the styles of cells; each but the first is a component class of the widget.
STYLES = ("", "axis", "bar", "worst", "moved", "omitted", "added", "cursor")


class Canvas:
    """Characters of one cell each, and the style of each: rows from the top, columns from the left."""

    def __init__(self, width: int, height: int) -> None:
        self.characters = np.full((height, width), " ", dtype="<U1")
        self.styles = np.zeros((height, width), dtype=np.uint8)

    def write(self, x: int, y: int, text: str, style: str = "") -> None:
        """Write a text of narrow characters; what does not fit is cut off."""
        height, width = self.characters.shape
        text = text[: max(0, width - x)]
        if 0 <= y < height and x >= 0:
            self.characters[y, x : x + len(text)] = list(text)
            self.styles[y, x : x + len(text)] = STYLES.index(style)

    def halves(self, x: int, y: int, drawn: Flags, style: str) -> None:
        """Draw where `drawn` has twice as many rows as the cells that it covers; the rest stays as it is."""
        cells = _HALVES[drawn[::2].astype(int), drawn[1::2].astype(int)]
        self.put(x, y, cells, cells != " ", style)

    def put(self, x: int, y: int, characters: Characters | str, where: Flags, style: str) -> None:
        """Set the cells of a rectangle where `where` says so; what does not fit is cut off."""
        area = self.characters[y : y + where.shape[0], x : x + where.shape[1]]
        rows, columns = area.shape
        where = where[:rows, :columns]
        area[where] = characters if isinstance(characters, str) else characters[:rows, :columns][where]
        self.styles[y : y + rows, x : x + columns][where] = STYLES.index(style)

    def runs(self, y: int) -> list[tuple[str, str]]:
        """A row as texts of one style each."""
        styles = self.styles[y]
        edges = [0, *(np.flatnonzero(np.diff(styles)) + 1).tolist(), len(styles)]
        row = "".join(self.characters[y].tolist())
        return [(row[a:b], STYLES[styles[a]]) for a, b in pairwise(edges) if b > a]


class Plot(Widget, can_focus=False):
    """Shows the canvas that `draw` makes for the room that there is, and makes another when `redraw` is called."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"plot--{style}" for style in STYLES if style}

    _canvas: Canvas | None = None

    def draw(self, width: int, height: int) -> Canvas:
        """The picture, `width` and `height` cells large, both 1 and up."""
        raise NotImplementedError

    def redraw(self) -> None:
        """What is shown has changed."""
        self._canvas = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the canvas."""
        width, height = self.content_size
        if not width or y >= height:
            return Strip.blank(width, self.rich_style)
        if self._canvas is None or self._canvas.characters.shape != (height, width):
            self._canvas = self.draw(width, height)
        runs = self._canvas.runs(y)
        # Looking a style up takes longer than drawing it.
        styles = {name: self._style(name) for name in {name for _, name in runs}}
        return Strip([Segment(text, styles[name]) for text, name in runs], width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"plot--{name}") if name else self.rich_style


def bar(share: float, cells: int) -> str:
    """A bar of a share in 0…1 of `cells`, in half cells; what is not nothing has a length."""
    halves = max(round(2 * share * cells), int(share > 0))
    return "█" * (halves // 2) + "▌" * (halves % 2)
