"""Lines between two columns of text: brackets around groups, lines across, and steps in lanes of their own."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LEFT, RIGHT, UP, DOWN = 1, 2, 4, 8
#: Box drawing characters by the directions in which they go on.
_DRAWN = {
    0: " ",
    LEFT: "─",
    RIGHT: "─",
    UP: "│",
    DOWN: "│",
    LEFT | RIGHT: "─",
    UP | DOWN: "│",
    RIGHT | DOWN: "┌",
    LEFT | DOWN: "┐",
    RIGHT | UP: "└",
    LEFT | UP: "┘",
    RIGHT | UP | DOWN: "├",
    LEFT | UP | DOWN: "┤",
    LEFT | RIGHT | DOWN: "┬",
    LEFT | RIGHT | UP: "┴",
    LEFT | RIGHT | UP | DOWN: "┼",
}


class Line(NamedTuple):
    """A line in steps: `left` and `right` are the rows, 0-based, where it leaves the columns; neither is empty."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row."""
        return min(*self.left, *self.right), max(*self.left, *self.right)


class Lanes:
    """What stands between the columns: `width` cells in each row, 4 and more.

    The first and the last cell are for brackets, the `lanes` before the last but one for lines in steps.
    """

    def __init__(self, rows: int, width: int, lanes: int) -> None:
        self._cells = [[0] * width for _ in range(rows)]
        self._lanes = lanes
        self._taken: list[list[tuple[int, int]]] = [[] for _ in range(lanes)]

    def bracket(self, side: int, rows: Sequence[int]) -> None:
        """A bracket on the left (0) or right (1) that holds together what begins in these rows, one in each."""
        edge, text = (0, LEFT) if side == 0 else (-1, RIGHT)
        for row in range(rows[0], rows[-1] + 1):
            self._cells[row][edge] |= UP * (row > rows[0]) | DOWN * (row < rows[-1]) | text * (row in rows)

    def across(self, row: int) -> None:
        """A line from one column to the other."""
        self._run(row, 0, len(self._cells[row]) - 1)

    def step(self, line: Line) -> bool:
        """A line in steps, if a lane is free for it."""
        first, last = line.rows
        free = (i for i, taken in enumerate(self._taken) if all(last < start or end < first for start, end in taken))
        lane = next(free, None)
        if lane is None:
            return False
        self._taken[lane].append((first, last))
        width = len(self._cells[first])
        column = width - 2 - self._lanes + lane
        for row in range(first, last + 1):
            self._cells[row][column] |= UP * (row > first) | DOWN * (row < last)
        for row in line.left:
            self._run(row, 0, column)
        for row in line.right:
            self._run(row, column, width - 1)
        return True

    def _run(self, row: int, start: int, end: int) -> None:
        cells = self._cells[row]
        cells[start] |= RIGHT
        cells[end] |= LEFT
        for column in range(start + 1, end):
            cells[column] |= LEFT | RIGHT
        # At the edges it goes on to the text.
        if start == 0:
            cells[0] |= LEFT
        if end == len(cells) - 1:
            cells[end] |= RIGHT

    def drawn(self) -> Iterable[str]:
        """The rows as they are to be shown."""
        return ("".join(_DRAWN[cell] for cell in cells) for cells in self._cells)
