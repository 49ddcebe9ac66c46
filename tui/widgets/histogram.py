"""How the scores of passages are spread."""

from collections.abc import Sequence

import numpy as np
from textual.reactive import reactive

from metrics.overview import Histogram, histogram
from tui.widgets.plots import Canvas, Plot

#: More ranges tell nothing more of a hundred passages.
_MOST = 20
#: How many ranges lie between two numbers of the axis.
_APART = (1, 2, 4, 5, 10)
#: Rows below the bars: the axis and its numbers.
_FOOT = 2


class Bars(Plot):
    """A bar for each range of values, how many there are above it, the values below.

    `top` is where the ranges end, or None for the largest value.
    """

    values: reactive[Sequence[float]] = reactive(())
    top: reactive[float | None] = reactive(None)

    def watch_values(self) -> None:
        """Draw others."""
        self.redraw()

    def watch_top(self) -> None:
        """Draw in other ranges."""
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """The bars, as wide as all have room for."""
        canvas = Canvas(width, height)
        found = histogram(self.values, _MOST, self.top)
        highest = max(found.counts)
        left = len(f"{highest:,}") + 2
        cell = (width - left - 1) // len(found.counts)
        base = height - _FOOT
        if cell < 1 or base < 1:
            return canvas
        self._axes(canvas, found, left, cell, base)
        numbers = max(len(f"{count:,}") for count in found.counts) < cell and base > 2
        rows = base - numbers
        thick = cell - (cell > 2)
        for place, count in enumerate(found.counts):
            halves = max(round(2 * rows * count / highest), 1) if count else 0
            drawn = np.repeat(np.arange(2 * rows)[::-1, None] < halves, thick, axis=1)
            canvas.halves(left + place * cell, base - rows, drawn, "bar")
            if numbers and count:
                y = base - (halves + 1) // 2 - 1
                canvas.write(left + place * cell, y, f"{count:,}".center(thick), "axis")
        return canvas

    def _axes(self, canvas: Canvas, found: Histogram, left: int, cell: int, base: int) -> None:
        highest = f"{max(found.counts):,}"
        for y in range(base):
            canvas.write(left - 1, y, "│", "axis")
        canvas.write(0, 0, highest, "axis")
        canvas.write(len(highest) - 1, base - 1, "0" if base > 1 else "", "axis")
        canvas.write(left, base, "─" * (cell * len(found.counts)), "axis")
        labels = [f"{found.step * edge:g}" for edge in range(len(found.counts) + 1)]
        apart = next(n for n in _APART if n * cell > max(map(len, labels)) or n == _APART[-1])
        for edge in range(0, len(labels), apart):
            x, label = left + cell * edge - (edge == 0), labels[edge]
            canvas.write(x, base, "┴" if edge else "└", "axis")
            canvas.write(max(0, x - len(label) // 2), base + 1, label, "axis")
