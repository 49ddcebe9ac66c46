"""The queue: one row for each passage, in the order in which they are to be read."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from metrics.model import Kind, Passage
from metrics.ranking import ORDERS
from tui.content import opening
from tui.desk import Desk
from tui.widgets.signs import CURSOR, LEFT_OUT, OPEN, REVIEWED

#: Rows kept in view above and below the cursor.
MARGIN = 2
#: Fewer cells than these say nothing of a passage; the row then ends with the sign.
MINIMUM_OPENING = 6
#: Rows that need not be drawn anew when they come into view again.
_DRAWN = 1_000
#: Passages that are looked at to measure columns, and those of them at either end.
_MEASURED, _ENDS = 2_000, 100


class Look(NamedTuple):
    """All that a row of a passage shows that changes while the queue stays as it is."""

    passage: str
    here: bool
    seen: bool
    standing: str
    found: str


class Column(NamedTuple):
    """What the queue shows of a passage besides its rank: a number, `None` where it has none."""

    label: str
    number: Callable[[Passage], float | None]
    decimals: int = 1


_RISK = Column("risk", lambda passage: passage.risk)
#: By the names of `metrics.ranking.ORDERS`: the number that decides, or else the risk.
COLUMNS: dict[str, Column] = {
    "risk-per-word": Column("risk per word", lambda passage: passage.risk_per_word, 2),
    "chrf": Column("chrF", lambda passage: passage.scores.get("chrF")),
    "bleu": Column("BLEU", lambda passage: passage.scores.get("BLEU")),
    "length": Column("words", lambda passage: float(passage.words), 0),
}


class Queue(ScrollView, can_focus=False):
    """The rows under the name of their order; only those in view are rendered, however many there are."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue--cursor",
        "queue--quiet",
        "queue--number",
        "queue--found",
        "queue--moved",
        "queue--omitted",
        "queue--added",
    }

    passages: reactive[Sequence[Passage]] = reactive((), layout=True)
    order: reactive[str] = reactive("risk")
    cursor: reactive[int] = reactive(0, repaint=False)
    tick: reactive[int] = reactive(0, repaint=False)

    class RowClicked(Message):
        """A row was clicked; `row` is its 0-based place in the queue."""

        def __init__(self, row: int) -> None:
            self.row = row
            super().__init__()

    _number_width = 1
    _found_width = 0

    def __init__(self, desk: Desk) -> None:
        """The desk knows what was said of each passage; only those in view are asked for."""
        super().__init__()
        self._desk = desk
        #: How each row in view was drawn last, and rows as they were drawn.
        self._looks: dict[int, Look] = {}
        self._strips: LRUCache[tuple[int, int, Look], Strip] = LRUCache(_DRAWN)
        self._laid_out: tuple[Size, ...] = ()

    def watch_passages(self) -> None:
        """Make room for the new rows."""
        self.virtual_size = Size(1, len(self.passages))
        self._measure()
        self.show_cursor()

    def watch_order(self) -> None:
        """Name the order, and make room for its numbers."""
        self.border_title = ORDERS[self.order].label
        self._measure()

    def watch_cursor(self, before: int, after: int) -> None:
        """Follow the cursor."""
        self.refresh_line(before)
        self.refresh_line(after)
        self.show_cursor()

    def watch_tick(self) -> None:
        """Draw anew the rows in view that look different now."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for row in range(top, min(top + height, len(self.passages))):
            if self._looks.get(row) != self._look(row):
                self.refresh_line(row)

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        # Textual forgets the border when it compares sizes, and would draw the scroll bar again behind every layout.
        laid_out = size, self.virtual_size, container_size
        if laid_out == self._laid_out:
            return False
        self._laid_out = laid_out
        return super()._size_updated(size, virtual_size, container_size, layout)

    def notify_style_update(self) -> None:
        """Draw all rows anew."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < len(self.passages):
            self.post_message(self.RowClicked(offset.y + self.scroll_offset.y))

    def show_cursor(self) -> None:
        """Scroll as little as shows the cursor's row with its neighbours."""
        height = self.scrollable_content_region.height
        margin = min(MARGIN, (height - 1) // 2)
        if height:
            top = max(min(self.scroll_offset.y, self.cursor - margin), self.cursor + margin + 1 - height)
            self.scroll_to(y=top, animate=False)

    def render_line(self, y: int) -> Strip:
        """The row at `y`, counted from the first one in view."""
        row, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if row >= len(self.passages):
            return Strip.blank(width, self.rich_style)
        look = self._looks[row] = self._look(row)
        strip = self._strips.get((row, width, look))
        if strip is None:
            strip = self._strips[row, width, look] = self._draw(row, width, look)
        return strip

    def _look(self, row: int) -> Look:
        passage = self.passages[row]
        seen, standing = self._desk.seen(passage), self._standing(passage)
        return Look(passage.id, row == self.cursor, seen, standing, self._found(passage))

    def _draw(self, row: int, width: int, look: Look) -> Strip:
        passage, here, found = self.passages[row], look.here, look.found
        base = self.get_component_rich_style("queue--cursor") if here else self.rich_style

        def style(name: str) -> Style:
            return base if here else self.get_component_rich_style(f"queue--{name}")

        quiet = style("quiet")
        kind = quiet if passage.kind in (Kind.MATCH, Kind.BOILERPLATE) else style(passage.kind)
        segments = [
            Segment(f"{CURSOR if here else ' '} {row + 1:>{len(str(len(self.passages)))}} ", quiet),
            Segment(f"{look.standing} ", quiet),
            Segment(f"{self._number(passage):>{self._number_width}} ", style("number")),
            Segment(f"{passage.kind.sign} ", kind),
        ]
        left = width - sum(segment.cell_length for segment in segments)
        text = passage.candidate.text or passage.reference.text
        words = quiet if look.seen or passage.kind is Kind.BOILERPLATE else base
        if self._found_width and left > self._found_width + MINIMUM_OPENING:
            segments.append(Segment(f"{found:<{self._found_width}} ", style("found")))
            left -= self._found_width + 1
        elif found:
            text, words = found, style("found")
        if left >= MINIMUM_OPENING:
            segments.append(Segment(opening(text, left), words))
        return Strip(segments).adjust_cell_length(width, base)

    def _standing(self, passage: Passage) -> str:
        """The sign of what this reviewer said of it."""
        if self._desk.left_out(passage):
            return LEFT_OUT
        return REVIEWED if self._desk.reviewed(passage) else OPEN

    def _found(self, passage: Passage) -> str:
        """What matters most of what was found."""
        return next((finding.kind for finding in self._desk.findings(passage)), "")

    def _number(self, passage: Passage) -> str:
        column = COLUMNS.get(self.order, _RISK)
        number = None if passage.kind is Kind.BOILERPLATE else column.number(passage)
        return "–" if number is None else f"{number:.{column.decimals}f}"

    def _measure(self) -> None:
        self._strips.clear()
        self._looks.clear()
        column = COLUMNS.get(self.order, _RISK)
        some = _sample(self.passages)
        largest = max((column.number(passage) or 0.0 for passage in some), default=0.0)
        self._number_width = len(f"{largest:.{column.decimals}f}")
        self._found_width = max((len(self._found(passage)) for passage in some), default=0)


def _sample(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Those that tell how wide columns must be: all, or of many those at both ends and some between."""
    if len(passages) <= _MEASURED:
        return passages
    step = len(passages) // _MEASURED
    return [*passages[:_ENDS], *passages[::step], *passages[-_ENDS:]]
