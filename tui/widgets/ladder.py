"""The ladder: the sentences of both texts in two columns, with lines between those that are linked."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from metrics.model import Kind, Passage, Review
from tui.content import opening
from tui.mending import Cut
from tui.rungs import CANDIDATE, REFERENCE, Rung, Rungs, Spot
from tui.widgets.lanes import Lanes, Line
from tui.widgets.signs import CURSOR

#: Terminal lines of a sentence, at most: the current one stands below in full.
LINES = 2
#: Rows kept in view above and below the cursor.
MARGIN = 2
#: Says that a link is made or accepted by hand.
BY_HAND = "✓"
#: Fills the line at which a split would cut.
CUT = "╌"
_GUTTER = 3
#: By the least width: cells between the columns, and how many of them are for lines in steps.
_MIDDLES = ((100, 23, 5), (72, 17, 3), (0, 16, 2))


class _Row(NamedTuple):
    """One line of a rung; in the one where it `begins`, its sign and line stand."""

    rung: Rung
    texts: tuple[str, str]
    begins: bool


class _Block(NamedTuple):
    """A rung as it is shown. `teeth` are the rows, in the block, at which each side's sentences begin."""

    rows: tuple[_Row, ...]
    teeth: tuple[tuple[int, ...], tuple[int, ...]]


class Ladder(Widget, can_focus=False):
    """Only what is in view is made, however long the texts are."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ladder--cursor",
        "ladder--quiet",
        "ladder--match",
        "ladder--moved",
        "ladder--added",
        "ladder--omitted",
        "ladder--boilerplate",
    }

    class RungClicked(Message):
        """A rung was clicked, that of this spot."""

        def __init__(self, spot: Spot) -> None:
            self.spot = spot
            super().__init__()

    def __init__(self, review: Review, rungs: Rungs, spot: Spot, sign: Callable[[Passage], str]) -> None:
        """`rungs` are of `review`, `spot` is where the cursor is; `sign` is one cell that tells of a passage."""
        super().__init__()
        self._texts = review.candidate_segments, review.reference_segments
        self._rungs = rungs
        self._sign = sign
        self._spot = spot
        self._cut: Cut | None = None
        self._top: tuple[Rung, int] = rungs.at(spot), 0
        self._strips: list[Strip] = []
        self._shown: list[Rung] = []

    def show(self, spot: Spot, cut: Cut | None) -> None:
        """Move the cursor to a spot, with the place of a cut in its passage, and look at all rungs again."""
        # Whatever becomes of those above, this one stays in its row.
        row = next((row for row, rung in enumerate(self._shown) if rung.holds(spot)), self.size.height // 3)
        self._spot, self._cut = spot, cut
        self._reveal(row)
        self._draw()

    def scroll_rows(self, rows: int) -> None:
        """Look further down, or up; the cursor stays on its rung."""
        self._top = self._moved(self._top, rows)
        self._fill()
        self._draw()

    def leap(self, direction: int) -> Spot:
        """Where the cursor comes to when it goes down (1) or up (-1) by half the view, and by one rung at least."""
        rung, rows = self._rungs.at(self._spot), 0
        while (further := self._rungs.after(rung) if direction > 0 else self._rungs.before(rung)) is not None:
            rows += self._height(rung)
            rung = further
            if rows >= self.size.height // 2:
                break
        return rung.spot

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._reveal(self.size.height // 3)
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Tell which rung was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._shown):
            self.post_message(self.RungClicked(self._shown[offset.y].spot))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down."""
        event.stop()
        self.scroll_rows(LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        event.stop()
        self.scroll_rows(-LINES)

    def render_line(self, y: int) -> Strip:
        """The row at `y`, counted from the first one in view."""
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def _widths(self) -> tuple[int, int, int]:
        """Cells of a column of text, of what is between them, and lanes in that."""
        width = self.size.width
        middle, lanes = next((middle, lanes) for least, middle, lanes in _MIDDLES if width >= least)
        return max(1, (width - _GUTTER - middle) // 2 - 1), middle, lanes

    def _block(self, rung: Rung) -> _Block:
        """A rung's lines; of that at the cursor also the cuts."""
        width = self._widths()[0]
        cut = self._cut if self._cut is not None and rung.passage.id == self._rungs.passage(self._spot).id else None
        sides, teeth = zip(*(self._column(rung, side, cut, width) for side in (CANDIDATE, REFERENCE)), strict=True)
        # Both sides begin in the same row: there the line goes across.
        down = [max((other[0] for other in teeth if other), default=0) - mine[0] if mine else 0 for mine in teeth]
        sides = tuple([""] * by + lines for by, lines in zip(down, sides, strict=True))
        height = max(map(len, sides))
        filled = (lines + [""] * (height - len(lines)) for lines in sides)
        left, right = (tuple(row + by for row in mine) for by, mine in zip(down, teeth, strict=True))
        begins = (left or right)[0]
        rows = enumerate(zip(*filled, strict=True))
        return _Block(tuple(_Row(rung, texts, row == begins) for row, texts in rows), (left, right))

    def _column(self, rung: Rung, side: int, cut: Cut | None, width: int) -> tuple[list[str], tuple[int, ...]]:
        lines: list[str] = []
        teeth = []
        excerpt = rung.passage.reference if side else rung.passage.candidate
        segments = excerpt.segments
        behind = None if cut is None else segments[cut[side] :][:1]
        for segment in range(*rung.span(side)):
            if behind == (segment,):
                lines.append(CUT * width)
            teeth.append(len(lines))
            lines += folded(self._texts[side][segment].text, width)
            if behind == () and segments[-1] == segment:
                lines.append(CUT * width)
        return lines, tuple(teeth)

    def _height(self, rung: Rung) -> int:
        return len(self._block(rung).rows)

    def _moved(self, top: tuple[Rung, int], rows: int) -> tuple[Rung, int]:
        """The rung and the row of it that are so many rows further down or up, as far as there are any."""
        rung, row = top
        row += rows
        while row < 0:
            above = self._rungs.before(rung)
            if above is None:
                return rung, 0
            rung, row = above, row + self._height(above)
        while row >= (height := self._height(rung)):
            below = self._rungs.after(rung)
            if below is None:
                return rung, height - 1
            rung, row = below, row - height
        return rung, row

    def _blocks(self) -> list[_Block]:
        """What fills the view from its top on."""
        here: Rung | None = self._top[0]
        blocks, rows = [], -self._top[1]
        while here is not None and rows < self.size.height:
            blocks.append(self._block(here))
            rows += len(blocks[-1].rows)
            here = self._rungs.after(here)
        return blocks

    def _reveal(self, row: int) -> None:
        """Bring the cursor's rung to a row of the view, or to the nearest one that leaves room for its neighbours."""
        height, here = self.size.height, self._rungs.at(self._spot)
        margin = min(MARGIN, max(0, (height - self._height(here)) // 2))
        row = max(margin, min(row, height - margin - self._height(here)))
        self._top = self._moved((here, 0), -row)
        self._fill()

    def _fill(self) -> None:
        """Leave no room below the last rung while there are others above."""
        rows = sum(len(block.rows) for block in self._blocks()) - self._top[1]
        if rows < self.size.height:
            self._top = self._moved(self._top, rows - self.size.height)

    def _draw(self) -> None:
        blocks, hidden = self._blocks(), self._top[1]
        rows = [row for block in blocks for row in block.rows]
        drawn, labels = self._lines(blocks)
        window = slice(hidden, hidden + self.size.height)
        self._shown = [row.rung for row in rows[window]]
        self._strips = [self._strip(*row) for row in list(zip(rows, drawn, labels, strict=True))[window]]
        self.refresh()

    def _lines(self, blocks: Sequence[_Block]) -> tuple[list[str], list[str]]:
        """What is drawn between the columns in each row, and the label that stands in it."""
        _, width, number = self._widths()
        lanes = Lanes(sum(len(block.rows) for block in blocks), width, number)
        labels: dict[int, tuple[Rung, str]] = {}
        halves: dict[str, tuple[list[int], list[int]]] = {}
        start = 0
        for block in blocks:
            rung = block.rows[0].rung
            begins = start + next(place for place, row in enumerate(block.rows) if row.begins)
            for side, teeth in enumerate(block.teeth):
                if len(teeth) > 1:
                    lanes.bracket(side, [start + row for row in teeth])
            labels[begins] = rung, _label(rung.passage)
            if rung.has(CANDIDATE) and rung.has(REFERENCE):
                lanes.across(begins)
            elif rung.passage.kind.linked:
                halves.setdefault(rung.passage.id, ([], []))[rung.has(REFERENCE)].append(begins)
            start += len(block.rows)
        for left, right in sorted(halves.values(), key=lambda sides: min(sides[0] + sides[1])):
            if not (left and right and lanes.step(Line(tuple(left), tuple(right)))):
                for row in (*left, *right):
                    rung = labels[row][0]
                    labels[row] = rung, _elsewhere(rung, width - number - 5)
                    lanes.bracket(int(rung.has(REFERENCE)), [row])
        texts = [labels[row][1] if row in labels else "" for row in range(start)]
        return list(lanes.drawn()), texts

    def _strip(self, row: _Row, drawn: str, label: str) -> Strip:
        width, passage = self._widths()[0], row.rung.passage
        here = passage.id == self._rungs.passage(self._spot).id
        base = self.get_component_rich_style("ladder--cursor") if here else self.rich_style

        def style(name: str) -> Style:
            return base if here else self.get_component_rich_style(f"ladder--{name}")

        cursor = CURSOR if row.begins and row.rung.holds(self._spot) else " "
        sign = self._sign(passage) if row.begins else " "
        said = f" {label} " if label else ""
        middle = drawn[0] + said + drawn[1 + cell_len(said) :]
        words = style("quiet") if passage.kind is Kind.BOILERPLATE else base
        left, right = (Segment(set_cell_size(text, width), words) for text in row.texts)
        between = Segment(f" {middle} ", style(passage.kind.value))
        segments = [Segment(f"{cursor}{sign} ", base), left, between, right]
        return Strip(segments).adjust_cell_length(self.size.width, base)


def _label(passage: Passage) -> str:
    """The kind's sign, the score of what is linked, and whether a person said so."""
    score = passage.scores.get("chrF") if passage.kind.linked else None
    parts = [
        passage.kind.sign,
        "" if score is None else f"{score:.1f}".replace("100.0", "100"),
        BY_HAND if passage.by_hand else "",
    ]
    return " ".join(filter(None, parts))


def _elsewhere(rung: Rung, width: int) -> str:
    """Where the other half of a link stands, in as many words as fit."""
    passage = rung.passage
    if rung.has(CANDIDATE):
        other, below = passage.reference, passage.reference.segments[0] >= rung.reference[0]
    else:
        other, below = passage.candidate, passage.candidate.segments[0] >= rung.candidate[0]
    arrow = "↓" if below else "↑"
    said = f"{passage.kind.sign} {arrow} line {other.line}"
    return said if cell_len(said) <= width else f"{passage.kind.sign} {arrow}{other.line}"


@lru_cache(maxsize=4_096)
def folded(text: str, width: int) -> list[str]:
    """The beginning of a text, cleaned, in at most `LINES` lines of so many cells."""
    lines = [line.plain.rstrip() for line in Content(opening(text, LINES * width + 1).rstrip()).wrap(width)]
    if len(lines) > LINES:
        lines[LINES - 1 :] = [opening(f"{lines[LINES - 1]} {lines[LINES]}", width - 1).rstrip(" …") + "…"]
    return lines or [""]
