"""Where the reviewer is: the queue, its order and filter, what is searched for, and which passage is open."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from textual import on
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from metrics.errors import BleupencilError
from metrics.model import Passage, Review, Span
from metrics.mqm.model import Disposition
from metrics.ranking import ORDERS
from metrics.search import Search
from metrics.selection import EVERYTHING, Filter, Index, Selected, described, left_to_review
from metrics.wording import count
from tui.content import plain
from tui.desk import Desk
from tui.said import LAST_OPEN, all_reviewed
from tui.screens.filter import FilterScreen
from tui.surroundings import MAXIMUM_CONTEXT
from tui.toast import tell
from tui.widgets.notes import Note, Notes
from tui.widgets.passage import PassagePane
from tui.widgets.queue import Queue
from tui.widgets.searchbar import SearchBar

_MOVE = Binding.Group("Move", compact=True)
_WORST = Binding.Group("Worst", compact=True)
_NOTE = Binding.Group("Note", compact=True)


class WalkingScreen(Screen[None]):
    """Owns what is selected, in which order, with how much context."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Next", id="next", group=_MOVE, tooltip="Next passage"),
        Binding("k,up", "move(-1)", "Previous", id="previous", group=_MOVE, tooltip="Previous passage"),
        Binding("w", "worst(1)", "Next", id="worst.next", group=_WORST, tooltip="Next worst not reviewed"),
        Binding("W", "worst(-1)", "Back", id="worst.back", group=_WORST, tooltip="Previous worse not reviewed"),
        Binding("n", "note(1)", "Next", id="note.next", group=_NOTE, tooltip="Next mark, finding or hit"),
        Binding("N", "note(-1)", "Back", id="note.back", group=_NOTE, tooltip="Previous mark, finding or hit"),
        Binding("backslash", "filter", "Filter", id="filter", tooltip="Only some of the passages"),
        Binding("slash", "search", "Search", id="search", tooltip="Search both texts"),
        Binding("escape", "clear", "Clear", id="clear", tooltip="Clear search, then filter", show=False),
        Binding("o", "cycle_order", "Order", id="order", tooltip="Queue in another order"),
        Binding("{", "context(-1)", "Less", id="context.less", tooltip="Less context", show=False),
        Binding("}", "context(1)", "More", id="context.more", tooltip="More context", show=False),
        Binding("f", "fold", "Fold", id="fold", tooltip="Fold the queue away or back", show=False),
        Binding("g,home", "first", "First", id="first", tooltip="First of the queue", show=False),
        Binding("G,end", "last", "Last", id="last", tooltip="Last of the queue", show=False),
        Binding("ctrl+d", "half_page(1)", "Down", id="down", tooltip="Half a page down", show=False),
        Binding("ctrl+u", "half_page(-1)", "Up", id="up", tooltip="Half a page up", show=False),
        Binding("J", "scroll(1)", "Scroll", id="scroll.down", tooltip="Scroll the passage down", show=False),
        Binding("K", "scroll(-1)", "Scroll", id="scroll.up", tooltip="Scroll the passage up", show=False),
        Binding("pagedown", "page(1)", "Page", id="page.down", tooltip="Page the passage down", show=False),
        Binding("pageup", "page(-1)", "Page", id="page.up", tooltip="Page the passage up", show=False),
    ]

    review: var[Review | None] = var(None)
    order: var[str] = var("risk")
    chosen: var[Filter] = var(EVERYTHING)
    passages: var[Sequence[Passage]] = var(())
    cursor: var[int] = var(0)
    passage: var[Passage | None] = var(None)
    context: var[int] = var(0)
    notes: var[tuple[Note, ...]] = var(())
    note: var[Note | None] = var(None)
    hits: var[tuple[Sequence[Span], Sequence[Span]]] = var(((), ()))
    disposition: var[Disposition | None] = var(None)
    #: Knows which passages pass a filter, and their order.
    index: Index
    #: Goes up whenever something was said of a passage, be it one that is not open.
    tick: var[int] = var(0)

    def __init__(self, desk: Desk, order: str) -> None:
        super().__init__()
        self.desk = desk
        self.set_reactive(WalkingScreen.order, order)
        self._queues: dict[tuple[str, Filter], Selected] = {}
        self._search: Search | None = None
        #: Rows of the index with a hit.
        self._found: Sequence[int] = ()

    def begin(self, review: Review) -> None:
        """Show the worst passage that is not reviewed."""
        self.review = review
        self.passages = self.queue(self.order)
        fresh = (row for row, passage in enumerate(self.passages) if not self.desk.reviewed(passage))
        self.select(next(fresh, 0))

    def queue(self, order: str) -> Selected:
        """The passages that the filter lets through, in an order."""
        if (order, self.chosen) not in self._queues:
            self._queues[order, self.chosen] = self.index.selected(order, self.chosen)
        return self._queues[order, self.chosen]

    def requeue(self) -> None:
        """Make the queue anew, and search again; the same passage stays selected where it is in it."""
        self._queues.clear()
        if self._search is not None:
            try:
                self._found = self._search.rows(self.index.passages)
            except BleupencilError:
                self._end_search()
        self.show_queue()

    def show_queue(self) -> None:
        """Show the queue by order and filter; the same passage stays selected where it is in it."""
        before = bool(self.passages)
        self.passages = self.queue(self.order)
        if bool(self.passages) is not before:
            # With nothing to look at, there is little that can be done.
            self.refresh_bindings()
        here = self.place_of(self.passage)
        self.select(0) if here is None else self.set_cursor(here)
        self._tell_filter()

    def set_cursor(self, row: int) -> None:
        """Select what is open anyway in another row."""
        self.cursor = row

    def select(self, row: int) -> None:
        """Open the passage of a row, or of the nearest that there is."""
        if not self.passages:
            self.passage, self.notes = None, ()
            return
        self.cursor = max(0, min(row, len(self.passages) - 1))
        passage = self.passages[self.cursor]
        if self.passage is not passage:
            self.note = None
            self.passage = passage
        try:
            self.hits = self._hits_in(passage)
            self.desk.see(passage)
        except BleupencilError as error:
            self.tell(str(error), "error")
        self.refresh_notes()

    def _hits_in(self, passage: Passage) -> tuple[Sequence[Span], Sequence[Span]]:
        return ((), ()) if self._search is None else self._search.hits(passage)

    def select_passage(self, name: str) -> None:
        """Open the passage of an id; a filter that hides it is cleared."""
        wanted = self.desk.passage(name)
        if wanted is None:
            return
        if self.place_of(wanted) is None:
            self.chosen = EVERYTHING
            self.show_queue()
        self.select(self.place_of(wanted) or 0)

    def refresh_notes(self) -> None:
        """Show what is said of the open passage now; a note that is still there stays selected."""
        passage = self.passage
        if passage is None:
            return
        self.notes = (*self.desk.annotations(passage), *self.desk.findings(passage))
        self.disposition = self.desk.disposition(passage)
        if self.note not in self.notes:
            name = getattr(self.note, "id", None)
            self.note = next((note for note in self.notes if name and getattr(note, "id", None) == name), None)
        self.tick += 1

    def place_of(self, passage: Passage | None) -> int | None:
        """The row of a passage in the queue."""
        here = None if passage is None else self.desk.passage(passage.id)
        return None if here is None else self.queue(self.order).place(self.index.row(here))

    def tell(self, message: str, severity: str = "information") -> None:
        """Say something in a toast."""
        tell(self, message, severity)

    def _tell_filter(self) -> None:
        total = len(self.review.passages) if self.review is not None else 0
        parts = []
        if self._search is not None:
            parts.append(f"search: {self._search.pattern} · Esc ends it")
        if self.chosen != EVERYTHING:
            parts.append(f"{len(self.passages)} of {total} · {described(self.chosen)} · Esc clears")
        line = self.query_one("#filtered", Static)
        line.display = bool(parts)
        line.update(plain(" · ".join(parts)))

    @on(Queue.RowClicked)
    def select_row(self, event: Queue.RowClicked) -> None:
        """Select what was clicked."""
        self.select(event.row)

    @on(Notes.NoteClicked)
    def select_note(self, event: Notes.NoteClicked) -> None:
        """Light up what was clicked."""
        self.note = event.note

    def action_move(self, rows: int) -> None:
        """Go on or back in the queue."""
        self.select(self.cursor + rows)

    def action_first(self) -> None:
        """Go to the beginning of the queue."""
        self.select(0)

    def action_last(self) -> None:
        """Go to the end of the queue."""
        self.select(len(self.passages) - 1)

    def action_half_page(self, direction: int) -> None:
        """Go half a page on or back in the queue."""
        # The queue may be folded away.
        self.select(self.cursor + direction * max(1, self.query_one("#body").size.height // 2))

    def action_worst(self, direction: int) -> None:
        """Go to the next passage by risk that is not reviewed; behind the last comes the worst."""
        ranking = self.queue("risk")
        here = None if self.passage is None else ranking.place(self.index.row(self.passage))
        self._go_to_open(ranking, -1 if here is None else here, direction)

    def go_on(self) -> None:
        """Go to the next passage of the queue that is not reviewed; behind the last comes the first."""
        self._go_to_open(self.queue(self.order), self.cursor, 1)

    def _go_to_open(self, among: Selected, here: int, direction: int) -> None:
        place = among.next_place(here, self.index.rows("document", left_to_review(self.chosen)), direction)
        if place is None:
            self.tell(all_reviewed(self.chosen != EVERYTHING))
        elif place == here:
            self.tell(LAST_OPEN)
        else:
            self.select(self.place_of(among[place]) or 0)

    def action_cycle_order(self) -> None:
        """Put the queue in another order; the same passage stays selected."""
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self.show_queue()

    def action_note(self, step: int) -> None:
        """Light up the next or previous note of the passage, or go to the next passage with a hit."""
        if self._search is not None:
            self._go_to_hit(step, self.cursor)
            return
        if not self.notes:
            self.tell("Nothing was found or marked in this passage.")
            return
        at = next((i for i, note in enumerate(self.notes) if note is self.note), -1 if step > 0 else 0)
        # A toast would cover the list.
        self.app.clear_notifications()
        self.note = self.notes[(at + step) % len(self.notes)]

    def action_filter(self) -> None:
        """Ask which passages the queue is to show."""
        self.app.push_screen(FilterScreen(self.index, self.chosen), self._show_chosen)

    def _show_chosen(self, chosen: Filter | None) -> None:
        if chosen is not None:
            self.chosen = chosen
            self.requeue()

    def action_search(self) -> None:
        """Ask what to search for."""
        self.app.clear_notifications()
        self.query_one(SearchBar).open()

    @on(SearchBar.Submitted)
    def search(self, event: SearchBar.Submitted) -> None:
        """Go to the first passage from here on that has what was searched for."""
        assert self.review is not None
        try:
            search = Search.compile(event.pattern, event.regex)
            self._found = search.rows(self.index.passages)
        except BleupencilError as error:
            self.tell(str(error), "error")
            return
        self._search = search
        self._tell_filter()
        # The open passage may have it.
        self._go_to_hit(1, self.cursor - 1)

    def _go_to_hit(self, direction: int, before: int) -> None:
        queue = self.queue(self.order)
        place = queue.next_place(before, self._found, direction) if self._found else None
        if place is not None:
            self.select(place)
            hits = np.flatnonzero(np.isin(queue.rows, self._found))
            nth = int(np.searchsorted(hits, place)) + 1
            self.tell(f"{nth} of {count(len(hits), 'passage')} with a hit; Esc ends the search.")
        elif self._found:
            self.tell(f"Only passages that the filter hides have it: {len(self._found)}. Esc clears the search.")
        else:
            self._end_search()
            self.tell("No passage has it.")

    def _end_search(self) -> None:
        self._search, self._found, self.hits = None, (), ((), ())
        self._tell_filter()

    def action_clear(self) -> None:
        """End the search; without one, show all passages again; without a filter, let go of the note."""
        if self._search is not None:
            self._end_search()
            self.app.clear_notifications()
        elif self.chosen != EVERYTHING:
            self.chosen = EVERYTHING
            self.requeue()
        else:
            self.note = None

    def action_context(self, sentences: int) -> None:
        """Show more or fewer sentences around the passage."""
        self.context = max(0, min(self.context + sentences, MAXIMUM_CONTEXT))

    def action_fold(self) -> None:
        """Give the queue's room to the passage, or back."""
        self.toggle_class("-folded")

    def action_scroll(self, lines: int) -> None:
        """Scroll the passage by lines."""
        self.query_one(PassagePane).texts.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll the passage by as much as fits."""
        texts = self.query_one(PassagePane).texts
        texts.scroll_relative(y=direction * max(1, texts.size.height - 1), animate=False)
