"""The whole document from left to right: where the bad passages lie."""

import numpy as np
from textual import events
from textual.message import Message
from textual.reactive import reactive

from metrics.model import Kind
from metrics.overview import KINDS, Bins, Course, Integers
from tui.widgets.plots import Canvas, Plot
from tui.widgets.signs import LEFT_OUT

#: Columns that the names of rows take.
LEFT = 10
#: Rows other than those of the bars: the worst, kinds, what is reviewed and left out, the cursor.
_OTHERS = 5
#: More columns for one passage are a waste.
_WIDEST = 6
#: Kinds that have a sign, the one that matters most first.
_SIGNED = (Kind.OMITTED, Kind.MOVED, Kind.ADDED, Kind.BOILERPLATE)
_STYLES = {Kind.OMITTED: "omitted", Kind.MOVED: "moved", Kind.ADDED: "added", Kind.BOILERPLATE: "axis"}
WORST, ALL, SOME, NONE = "▼", "█", "▒", "·"

LEGEND = (
    f"{WORST} the worst   "
    + "   ".join(f"{kind.sign} {kind}" for kind in _SIGNED)
    + f"   {ALL} reviewed   {SOME} in part   {NONE} not   {LEFT_OUT} left out"
)


class PlaceChosen(Message):
    """A passage was clicked; `place` is its place in the course."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__()


class CourseStrip(Plot):
    """A column for each passage, or for some that follow each other: mean risk, kinds, whether they are reviewed."""

    course: reactive[Course | None] = reactive(None)
    place: reactive[int] = reactive(0)

    _bins: tuple[int, Bins] | None = None

    def watch_course(self) -> None:
        """Draw another."""
        self._bins = None
        self.redraw()

    def watch_place(self) -> None:
        """Put the cursor elsewhere."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or self.course is None or not self.course.passages:
            return
        bins = self.bins(self.content_size.width)
        edges = self._edges(bins, self.content_size.width)
        if 0 <= offset.x - LEFT < edges[-1]:
            piece = int(np.searchsorted(edges, offset.x - LEFT, side="right")) - 1
            self.post_message(PlaceChosen(int(bins.worst[piece])))

    def bins(self, width: int) -> Bins:
        """The pieces that stand in a column each, or in several; there must be a passage."""
        assert self.course is not None
        if self._bins is None or self._bins[0] != width:
            self._bins = width, self.course.bins(max(1, width - LEFT))
        return self._bins[1]

    def draw(self, width: int, height: int) -> Canvas:
        """As many rows for the bars as there are left."""
        canvas = Canvas(width, height)
        if self.course is None or not self.course.passages or width <= LEFT:
            return canvas
        bins = self.bins(width)
        edges = self._edges(bins, width)
        rows = max(1, height - _OTHERS)
        highest = float(bins.risk.max())
        self._name_rows(canvas, rows, highest)
        halves = np.ceil(2 * rows * bins.risk / (highest or 1.0) - 1e-9).astype(np.int64)
        cursor = bins.at(self.place)
        for piece in range(len(bins.starts)):
            start, end = int(edges[piece]), int(edges[piece + 1])
            thick = end - start - (end - start > 2)
            x, middle = LEFT + start, LEFT + start + (thick - 1) // 2
            if piece == cursor:
                for y in range(1, rows + 1):
                    canvas.write(middle, y, "│", "axis")
                canvas.write(middle, rows + 4, "▲", "cursor")
            drawn = np.repeat(np.arange(2 * rows)[::-1, None] < halves[piece], thick, axis=1)
            canvas.halves(x, 1, drawn, "worst" if bins.top[piece] else "bar")
            if bins.top[piece]:
                canvas.write(middle, 0, WORST, "worst")
            counts = bins.kinds[piece].tolist()
            # The commonest; of equally common ones the first.
            kind = max(_SIGNED, key=lambda kind: counts[KINDS.index(kind)])
            if counts[KINDS.index(kind)]:
                canvas.write(middle, rows + 1, kind.sign, _STYLES[kind])
            share = bins.reviewed[piece]
            canvas.write(x, rows + 2, (ALL if share == 1 else SOME if share else NONE) * thick, "axis")
            if bins.left_out[piece]:
                canvas.write(middle, rows + 3, LEFT_OUT, "axis")
        return canvas

    def _name_rows(self, canvas: Canvas, rows: int, highest: float) -> None:
        number = f"{highest:.1f}" if highest < 100 else f"{highest:.0f}"
        names = ("worst", f"risk {number:>4}", *[""] * (rows - 1), "kind", "reviewed", "left out")
        for y, name in enumerate(names):
            canvas.write(0, y, name, "axis")
        if rows > 1:
            canvas.write(0, rows, "0".rjust(LEFT - 1), "axis")

    def _edges(self, bins: Bins, width: int) -> Integers:
        """Where each piece begins, in columns behind the names, and where the last one ends."""
        pieces = len(bins.starts)
        columns = min(max(1, width - LEFT), _WIDEST * pieces)
        return np.arange(pieces + 1, dtype=np.int64) * columns // pieces
