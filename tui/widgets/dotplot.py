"""The alignment as a dot plot: candidate sentences from left to right, reference sentences from top to bottom."""

import numpy as np
from textual import events
from textual.reactive import reactive

from metrics.model import Kind, Passage
from metrics.overview import Dots, Flags, Integers
from tui.widgets.course import PlaceChosen
from tui.widgets.plots import Canvas, Plot
from tui.widgets.signs import CURSOR

#: Columns that a candidate sentence takes at most; a reference sentence takes one row.
_WIDEST = 4
#: Rows below the dots: the axis, the cursor, the numbers of sentences.
_FOOT = 3

LEGEND = (
    f"█ answer each other   {Kind.MOVED.sign} moved   {Kind.OMITTED.sign} omitted   "
    f"{Kind.ADDED.sign} added   {Kind.BOILERPLATE.sign} boilerplate"
)


class DotPlot(Plot):
    """A dot where a candidate sentence answers a reference sentence; what was moved is off the diagonal.

    Where there are more sentences than cells, a cell stands for several. `passage` is where the cursor is.
    """

    dots: reactive[Dots | None] = reactive(None)
    passage: reactive[Passage | None] = reactive(None)

    def watch_dots(self) -> None:
        """Draw others."""
        self.redraw()

    def watch_passage(self) -> None:
        """Put the cursor elsewhere."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Tell which passage has the dot that is next to where was clicked."""
        offset, dots = event.get_content_offset(self), self.dots
        if offset is None or dots is None or not len(dots.place):
            return
        columns, rows, left = self._room(dots, *self.content_size)
        if columns > 0 and rows > 0:
            x = dots.candidate * columns // dots.size[0] - (offset.x - left)
            y = dots.reference * rows // dots.size[1] - offset.y
            self.post_message(PlaceChosen(int(dots.place[np.argmin(x**2 + y**2)])))

    def draw(self, width: int, height: int) -> Canvas:
        """The dots, in half rows; moved ones are signs, which hide others of their cell."""
        canvas = Canvas(width, height)
        if self.dots is None:
            return canvas
        dots = self.dots
        columns, rows, left = self._room(dots, width, height)
        if columns < 1 or rows < 1:
            return canvas
        self._axes(canvas, dots, columns, rows, left)
        shape = 2 * rows, columns
        canvas.halves(left, 0, _raster(dots, ~dots.moved, shape), "bar")
        moved = _raster(dots, dots.moved, shape)
        canvas.put(left, 0, Kind.MOVED.sign, moved[::2] | moved[1::2], "moved")
        across, down = dots.boilerplate
        for ids, kind, style in ((across, Kind.BOILERPLATE, "axis"), (dots.added, Kind.ADDED, "added")):
            canvas.put(left, rows, kind.sign, _covered(ids, dots.size[0], columns)[None, :], style)
        for ids, kind, style in ((down, Kind.BOILERPLATE, "axis"), (dots.omitted, Kind.OMITTED, "omitted")):
            canvas.put(left - 2, 0, kind.sign, _covered(ids, dots.size[1], rows)[:, None], style)
        if self.passage is not None:
            self._point(canvas, dots, self.passage, (columns, rows, left))
        return canvas

    def _room(self, dots: Dots, width: int, height: int) -> tuple[int, int, int]:
        """Columns and rows of dots, and the columns before them."""
        left = len(f"{dots.size[1]:,}") + 3
        return min(width - left, _WIDEST * dots.size[0]), min(height - _FOOT, dots.size[1]), left

    def _axes(self, canvas: Canvas, dots: Dots, columns: int, rows: int, left: int) -> None:
        for y in range(rows):
            canvas.write(left - 1, y, "│", "axis")
        canvas.write(left - 1, rows, "└" + "─" * columns, "axis")
        number = f"{dots.size[1]:,}"
        canvas.write(0, rows - 1, number, "axis")
        canvas.write(0, 0, "1".rjust(len(number)), "axis")
        last = f"{dots.size[0]:,}"
        label = "1  candidate →  reference ↓"
        room = columns - len(last) - 1
        canvas.write(left, rows + 2, label if len(label) <= room else "1"[:room], "axis")
        canvas.write(left + columns - len(last), rows + 2, last, "axis")

    def _point(self, canvas: Canvas, dots: Dots, passage: Passage, room: tuple[int, int, int]) -> None:
        """Show the cursor: at both axes, and on the dots between."""
        columns, rows, left = room
        across = _covered(np.array(passage.candidate.segments, dtype=np.int64), dots.size[0], columns)
        down = _covered(np.array(passage.reference.segments, dtype=np.int64), dots.size[1], rows)
        canvas.put(left, rows + 1, "▲", across[None, :], "cursor")
        canvas.put(left - 3, 0, CURSOR, down[:, None], "cursor")
        cells = down[:, None] & across[None, :]
        canvas.put(left, 0, canvas.characters[:rows, left : left + columns], cells, "cursor")


def _covered(ids: Integers, segments: int, cells: int) -> Flags:
    """The cells of an axis that segments take, at least one each."""
    covered = np.zeros(cells, dtype=np.bool_)
    starts = ids * cells // max(1, segments)
    ends = np.maximum(starts + 1, (ids + 1) * cells // max(1, segments))
    for step in range(-(-cells // max(1, segments))):
        covered[(starts + step)[starts + step < ends]] = True
    return covered


def _raster(dots: Dots, which: Flags, shape: tuple[int, int]) -> Flags:
    """The half rows and columns that some of the dots take."""
    drawn = np.zeros(shape, dtype=np.bool_)
    ids = dots.reference[which], dots.candidate[which]
    starts = [each * cells // max(1, n) for each, cells, n in zip(ids, shape, dots.size[::-1], strict=True)]
    ends = [
        np.maximum(start + 1, (each + 1) * cells // max(1, n))
        for start, each, cells, n in zip(starts, ids, shape, dots.size[::-1], strict=True)
    ]
    down, across = (-(-cells // max(1, n)) for cells, n in zip(shape, dots.size[::-1], strict=True))
    for y in range(down):
        for x in range(across):
            inside = (starts[0] + y < ends[0]) & (starts[1] + x < ends[1])
            drawn[starts[0][inside] + y, starts[1][inside] + x] = True
    return drawn
