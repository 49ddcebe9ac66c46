"""The alignment screen: both texts beside each other, and which sentences answer which, to be mended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from metrics import corrections
from metrics.corrections import Correction
from metrics.errors import BleupencilError, UsageError
from metrics.model import Kind, Passage, Review
from metrics.wording import count
from tui.corrected import corrected
from tui.desk import Desk
from tui.mending import Cut, as_text, merged
from tui.rungs import CANDIDATE, REFERENCE, Rungs, Spot
from tui.said import percent
from tui.screens.commands import ReviewCommands, at_once, commands
from tui.screens.corrections import CorrectionsScreen
from tui.screens.help import HelpScreen
from tui.toast import tell
from tui.widgets.keybar import KeyBar
from tui.widgets.ladder import Ladder
from tui.widgets.linkpane import LinkPane
from tui.widgets.signs import LEFT_OUT

#: Marks what is chosen to be linked.
CHOSEN = "◆"
#: Terminal widths in cells from which the style sheet's classes hold.
_WIDTHS = [(0, "-narrow"), (100, "-wide")]
#: Seconds between two looks at whether others have changed the alignment.
_NEWS = 0.8

_MERGE = Binding.Group("Merge", compact=True)
_CUT = Binding.Group("Cut", compact=True)
_UNDO = Binding.Group("Undo", compact=True)


class AlignmentScreen(Screen[str | None]):
    """Returns the id of the passage that the cursor was on at last, or None where nothing became of it.

    The cursor is on a sentence, so that it stays where it is whatever becomes of the links.
    """

    CSS_PATH = "alignment.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ReviewCommands}
    BINDINGS: ClassVar[list[BindingType]] = at_once(
        [
            Binding("j,down", "move(1)", "Next", id="align.next", tooltip="Next link", show=False),
            Binding("k,up", "move(-1)", "Back", id="align.previous", tooltip="Previous link", show=False),
            Binding("m", "merge(1)", "Next", id="align.merge.next", group=_MERGE, tooltip="Merge with the next"),
            Binding(
                "M", "merge(-1)", "Back", id="align.merge.previous", group=_MERGE, tooltip="Merge with the previous"
            ),
            Binding("s", "split", "Split", id="align.split", tooltip="Split at the cut"),
            Binding(
                "left_square_bracket,left",
                "cut(0, 1)",
                "Left",
                id="align.cut.candidate",
                group=_CUT,
                tooltip="Move the cut of the candidate down",
            ),
            Binding(
                "right_square_bracket,right",
                "cut(1, 1)",
                "Right",
                id="align.cut.reference",
                group=_CUT,
                tooltip="Move the cut of the reference down",
            ),
            Binding("{", "cut(0, -1)", "Up", id="align.cut.candidate.up", tooltip="… of the candidate up", show=False),
            Binding("}", "cut(1, -1)", "Up", id="align.cut.reference.up", tooltip="… of the reference up", show=False),
            Binding("u", "unlink", "Unlink", id="align.unlink", tooltip="Unlink: every sentence stands alone"),
            Binding("space", "choose", "Pick", id="align.choose", tooltip="Choose for linking, or not"),
            Binding(
                "l", "link", "Link", id="align.link", tooltip="Link what is chosen; with one chosen, that and this"
            ),
            Binding("y,enter", "accept", "Accept", id="align.accept", tooltip="Accept: the link is right as it is"),
            Binding(
                "b",
                "mark('boilerplate')",
                "Furniture",
                id="align.boilerplate",
                tooltip="Furniture: not scored",
                show=False,
            ),
            Binding("t", "text", "Text", id="align.text", tooltip="Text after all, no furniture", show=False),
            Binding(
                "plus", "mark('added')", "Added", id="align.added", tooltip="Added: nothing answers it", show=False
            ),
            Binding(
                "o", "mark('omitted')", "Omitted", id="align.omitted", tooltip="Omitted: it has no answer", show=False
            ),
            Binding(
                "tab", "other", "Other half", id="align.other", tooltip="The other half of a moved link", show=False
            ),
            Binding("z", "turn(-1)", "Undo", id="align.undo", group=_UNDO, tooltip="Undo what you did last"),
            Binding("Z", "turn(1)", "Redo", id="align.redo", group=_UNDO, tooltip="Redo what you undid last"),
            Binding("J", "scroll(1)", "Down", id="align.scroll.down", tooltip="Scroll down", show=False),
            Binding("K", "scroll(-1)", "Up", id="align.scroll.up", tooltip="Scroll up", show=False),
            Binding("ctrl+d", "leap(1)", "Down", id="align.down", tooltip="Half a page down", show=False),
            Binding("ctrl+u", "leap(-1)", "Up", id="align.up", tooltip="Half a page up", show=False),
            Binding("g,home", "end(0)", "First", id="align.first", tooltip="Beginning of the texts", show=False),
            Binding("G,end", "end(1)", "Last", id="align.last", tooltip="End of the texts", show=False),
            Binding(
                "pagedown", "page(1)", "Page", id="align.page.down", tooltip="Page the link's texts down", show=False
            ),
            Binding("pageup", "page(-1)", "Page", id="align.page.up", tooltip="Page the link's texts up", show=False),
            Binding("L", "corrections", "List", id="align.list", tooltip="List all corrections", show=False),
            Binding("?,f1", "help", "Help", id="align.help", tooltip="Show keys and signs"),
            Binding("escape,q,a", "leave", "Close", id="align.close", tooltip="Back to the review"),
        ]
    )

    def __init__(self, desk: Desk, passage: Passage) -> None:
        """`passage` is one of the desk's review; the cursor begins on it."""
        super().__init__()
        self._desk = desk
        self._review: Review = desk.review
        self._rungs = Rungs(desk.review)
        self._begun = passage.id
        self._spot = _first(passage)
        self._cut = Cut.usual(passage)
        self._chosen: list[Spot] = []

    def compose(self) -> ComposeResult:
        """How good it is on the whole, the ladder, the link at the cursor, the keys."""
        yield Static(id="head")
        yield Ladder(self._review, self._rungs, self._spot, self._sign)
        yield LinkPane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show where the cursor is."""
        self._show()
        self.set_interval(_NEWS, self._take_up_news)

    @property
    def passage(self) -> Passage:
        """The passage that the cursor is on."""
        return self._rungs.passage(self._spot)

    def _sign(self, passage: Passage) -> str:
        if any(self._rungs.passage(spot).id == passage.id for spot in self._chosen):
            return CHOSEN
        return LEFT_OUT if self._desk.left_out(passage) else " "

    def _take_up_news(self) -> None:
        """Show what was done in other windows; the screen below looks for it."""
        if self._desk.review is not self._review:
            self._go(self._spot)

    def _go(self, spot: Spot) -> None:
        """Put the cursor on a spot, and show all as it is now."""
        before = self.passage.id
        self.app.clear_notifications()
        if self._desk.review is not self._review:
            self._review = self._desk.review
            self._rungs.follow(self._review)
        self._spot = spot
        if self.passage.id != before:
            self._cut = Cut.usual(self.passage)
        self._show()

    def _show(self) -> None:
        passage = self.passage
        self.query_one(Ladder).show(self._spot, self._cut if self._cut.divides(passage) else None)
        self.query_one("#head", Static).update(self._head())
        self.query_one(LinkPane).show(passage)

    def _head(self) -> Content:
        scores = self._desk.scores
        told = [f"{name} {scores[name].value:.1f}" for name in ("BLEU", "chrF") if name in scores]
        coverage = self._desk.coverage
        told.append(f"coverage {percent(coverage.candidate)} ⇄ {percent(coverage.reference)}")
        number = count(len(self._desk.session.journal.patches), "correction")
        return Content.assemble(("  ".join(told), "bold"), f" · {number}")

    def tell(self, message: str, severity: str = "information") -> None:
        """Say something in a toast."""
        tell(self, message, severity)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """What cannot be done is told."""
        try:
            yield
        except BleupencilError as error:
            self.tell(str(error), "warning" if type(error) is UsageError else "error")

    def _correct(self, correction: Correction) -> None:
        """Correct the alignment; the cursor stays on its sentence, or goes to the first that is linked otherwise."""
        self._desk.realign(correction)
        spots = {Spot(CANDIDATE, i) for link in correction.links for i in link.candidate}
        spots |= {Spot(REFERENCE, j) for link in correction.links for j in link.reference}
        self._go(self._spot if self._spot in spots else min(spots))

    @on(Ladder.RungClicked)
    def go_to_rung(self, event: Ladder.RungClicked) -> None:
        """Put the cursor on what was clicked."""
        self._go(event.spot)

    def action_move(self, step: int) -> None:
        """Go down or up by a rung."""
        here = self._rungs.at(self._spot)
        rung = self._rungs.after(here) if step > 0 else self._rungs.before(here)
        if rung is not None:
            self._go(rung.spot)

    def action_leap(self, direction: int) -> None:
        """Go down or up by half of what is in view."""
        self._go(self.query_one(Ladder).leap(direction))

    def action_end(self, which: int) -> None:
        """Go to the beginning or the end of the texts."""
        ends = self._rungs.ends()
        if ends is not None:
            self._go(ends[which])

    def action_scroll(self, rows: int) -> None:
        """Look further down or up."""
        self.query_one(Ladder).scroll_rows(rows)

    def action_page(self, direction: int) -> None:
        """Scroll the texts of the link by what fits."""
        self.query_one(LinkPane).page(direction)

    def action_other(self) -> None:
        """Go to the other half of the link: the first of its sentences that stand elsewhere."""
        here = self._rungs.at(self._spot)
        passage = here.passage
        spots = [Spot(CANDIDATE, i) for i in passage.candidate.segments]
        spots += [Spot(REFERENCE, j) for j in passage.reference.segments]
        away = [spot for spot in spots if not here.holds(spot)]
        if not away:
            self.tell("All of this link is here.")
            return
        self._go(next((spot for spot in away if spot > self._spot), away[0]))

    def action_merge(self, step: int) -> None:
        """Make one link of this one and the next or previous rung's."""
        other = self._rungs.neighbour(self._rungs.at(self._spot), step)
        if other is None:
            end, instead = ("last", "M") if step > 0 else ("first", "m")
            self.tell(f"This is the {end} link: {instead} merges it the other way.", "warning")
            return
        with self._kept():
            self._correct(merged(self._review, self.passage, other))

    def action_cut(self, side: int, step: int) -> None:
        """Move the cut of one side; behind the last place comes the first."""
        passage = self.passage
        if not (passage.candidate, passage.reference)[side].segments:
            self.tell(f"This link has nothing of the {('candidate', 'reference')[side]}.")
            return
        self._cut = self._cut.moved(passage, side, step)
        self._show()

    def action_split(self) -> None:
        """Make two links of one, at the cut."""
        with self._kept():
            self._correct(corrections.split(self._review, self.passage, *self._cut))

    def action_unlink(self) -> None:
        """Let each sentence stand alone."""
        with self._kept():
            self._correct(corrections.unlink(self._review, self.passage))

    def action_choose(self) -> None:
        """Choose what the cursor is on, or no longer."""
        rest = [spot for spot in self._chosen if self._rungs.passage(spot).id != self.passage.id]
        self._chosen = rest if len(rest) < len(self._chosen) else [*rest, self._spot]
        self._show()

    def action_link(self) -> None:
        """Link what is chosen; if that is one or nothing, with what the cursor is on."""
        chosen = {passage.id: passage for passage in map(self._rungs.passage, self._chosen)}
        if len(chosen) < 2:
            chosen[self.passage.id] = self.passage
        with self._kept():
            correction = corrections.link(self._review, list(chosen.values()))
            self._chosen = []
            self._correct(correction)

    def action_mark(self, kind: str) -> None:
        """Say of what kind the passage is."""
        with self._kept():
            self._correct(corrections.mark(self.passage, Kind(kind)))

    def action_text(self) -> None:
        """Say that furniture is text: linked where it has both sides."""
        with self._kept():
            self._correct(as_text(self._review, self.passage))

    def action_accept(self) -> None:
        """Say that the link is right as it is."""
        with self._kept():
            self._correct(corrections.accept(self.passage))

    def action_turn(self, direction: int) -> None:
        """Undo or redo; tells what that was, and goes to where it was, unless it changed what the cursor is on."""
        journal, who = self._desk.session.journal, self._desk.reviewer
        act = journal.undoable(who) if direction < 0 else journal.redoable(who)
        known = None if act is None else self._desk.passage(act.unit)
        with self._kept():
            turned = self._desk.undo() if direction < 0 else self._desk.redo()
            if turned is None:
                self.tell(f"Nothing to {'undo' if direction < 0 else 'redo'}.")
                return
            told, unit = turned
            before = self.passage
            self._go(self._spot)
            there = self._desk.passage(unit) or known
            if there is not None and self.passage is before and not _holds(there, self._spot):
                self._go(_first(there))
            self.tell(f"{'Undone' if direction < 0 else 'Redone'}: {told}.")

    def action_corrections(self) -> None:
        """List all corrections; go to the one that is chosen."""
        listed = corrected(self._desk.review, self._desk.session.journal.patches)
        self.app.push_screen(CorrectionsScreen(listed), self._go_to)

    def _go_to(self, name: str | None) -> None:
        passage = self._desk.passage(name) if name else None
        if passage is not None:
            self._go(_first(passage))

    def action_help(self) -> None:
        """Show the keys in force, and the signs."""
        self.app.push_screen(HelpScreen(commands(self)))

    def action_leave(self) -> None:
        """Back to the review, to the passage that the cursor is on."""
        self.dismiss(None if self.passage.id == self._begun else self.passage.id)


def _first(passage: Passage) -> Spot:
    """The first segment of a passage."""
    ours = passage.candidate.segments
    return Spot(CANDIDATE, ours[0]) if ours else Spot(REFERENCE, passage.reference.segments[0])


def _holds(passage: Passage, spot: Spot) -> bool:
    return spot.segment in (passage.candidate, passage.reference)[spot.side].segments
