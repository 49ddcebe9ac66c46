"""The review screen: the queue, the selected passage, and the keys that lead through them."""

from collections import Counter
from collections.abc import Callable, Generator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState, get_current_worker

from metrics.errors import BleupencilError
from metrics.model import Finding, Passage, Progress, Review, Settings
from metrics.ranking import ORDERS, ordered
from tui.desk import Desk
from tui.screens.commands import ReviewCommands, commands
from tui.screens.filter import ALL, FilterScreen
from tui.screens.help import HelpScreen
from tui.widgets.findings import FindingList
from tui.widgets.passage import MAXIMUM_CONTEXT, PassagePane
from tui.widgets.queue import Queue
from tui.widgets.summary import Summary, notice
from tui.widgets.working import Working

#: Yields what it is about to do, and returns what came of it.
Pipeline = Callable[[str, str, Settings], Generator[Progress, None, Review]]

#: Terminal widths in cells from which the style sheet's classes hold.
_WIDTHS = [(0, "-narrow"), (72, "-medium"), (120, "-wide")]

#: Seconds between two looks at what others wrote into the session.
_NEWS = 0.8

_MOVE = Binding.Group("Move", compact=True)
_WORST = Binding.Group("Unseen", compact=True)
_FINDING = Binding.Group("Finding", compact=True)


class ReviewScreen(Screen[None]):
    """Owns what is selected, in which order, with how much context, and what has been seen.

    A passage that has been shown counts as seen.
    """

    CSS_PATH = "review.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ReviewCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("?,f1", "help", "Help", id="help", tooltip="Show keys and signs"),
        Binding("j,down", "move(1)", "Next", id="next", group=_MOVE, tooltip="Next passage"),
        Binding("k,up", "move(-1)", "Previous", id="previous", group=_MOVE, tooltip="Previous passage"),
        Binding("w", "unseen(1)", "Next", id="unseen.next", group=_WORST, tooltip="Worst not seen"),
        Binding("W", "unseen(-1)", "Back", id="unseen.back", group=_WORST, tooltip="Next worse one not seen"),
        Binding("n", "finding(1)", "Next", id="finding.next", group=_FINDING, tooltip="Next finding of the passage"),
        Binding(
            "N", "finding(-1)", "Back", id="finding.back", group=_FINDING, tooltip="Previous finding of the passage"
        ),
        Binding("backslash", "filter", "Filter", id="filter", tooltip="Only passages with one kind of finding"),
        Binding("o", "cycle_order", "Order", id="order", tooltip="Queue in another order"),
        Binding("{", "context(-1)", "Less", id="context.less", tooltip="Less context", show=False),
        Binding("}", "context(1)", "More", id="context.more", tooltip="More context", show=False),
        Binding("f", "fold", "Fold", id="fold", tooltip="Fold the queue away or back", show=False),
        Binding("g,home", "first", "First", id="first", tooltip="First of the queue", show=False),
        Binding("G,end", "last", "Last", id="last", tooltip="Last of the queue", show=False),
        Binding("ctrl+d", "half_page(1)", "Down", id="down", tooltip="Half a page down", show=False),
        Binding("ctrl+u", "half_page(-1)", "Up", id="up", tooltip="Half a page up", show=False),
        Binding("enter", "reveal", "Reveal", id="reveal", tooltip="Back to the selected passage", show=False),
        Binding("J", "scroll(1)", "Scroll", id="scroll.down", tooltip="Scroll the passage down", show=False),
        Binding("K", "scroll(-1)", "Scroll", id="scroll.up", tooltip="Scroll the passage up", show=False),
        Binding("pagedown", "page(1)", "Page", id="page.down", tooltip="Page the passage down", show=False),
        Binding("pageup", "page(-1)", "Page", id="page.up", tooltip="Page the passage up", show=False),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="Quit"),
    ]

    progress: var[Progress] = var(Progress("Starting", 0.0))
    review: var[Review | None] = var(None)
    order: var[str] = var("risk")
    passages: var[tuple[Passage, ...]] = var(())
    cursor: var[int] = var(0)
    passage: var[Passage | None] = var(None)
    context: var[int] = var(0)
    seen: var[frozenset[int]] = var(frozenset())
    finding: var[Finding | None] = var(None)
    only: var[str] = var(ALL)

    class StageReached(Message):
        """The pipeline is about to begin its next stage."""

        def __init__(self, progress: Progress) -> None:
            self.progress = progress
            super().__init__()

    class ReviewMade(Message):
        """The pipeline is through."""

        def __init__(self, review: Review) -> None:
            self.review = review
            super().__init__()

    class PipelineFailed(Message):
        """The pipeline gave up."""

        def __init__(self, error: BaseException) -> None:
            self.error = error
            super().__init__()

    def __init__(
        self,
        candidate: str,
        reference: str,
        settings: Settings,
        pipeline: Pipeline,
        order: str = "risk",
        desk: Desk | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self.set_reactive(ReviewScreen.order, order)
        self._pair = candidate, reference
        self._settings = settings
        self._pipeline = pipeline
        self._orders: dict[tuple[str, str], tuple[Passage, ...]] = {}

    def compose(self) -> ComposeResult:
        """The summary above, queue and passage beside each other, the keys below."""
        yield Summary(*self._pair).data_bind(ReviewScreen.review, ReviewScreen.seen)
        yield Static(id="notice")
        yield Working().data_bind(ReviewScreen.progress)
        with Horizontal(id="body"):
            yield Queue().data_bind(
                ReviewScreen.passages, ReviewScreen.order, ReviewScreen.only, ReviewScreen.cursor, ReviewScreen.seen
            )
            yield PassagePane().data_bind(
                ReviewScreen.review,
                ReviewScreen.passages,
                ReviewScreen.passage,
                ReviewScreen.cursor,
                ReviewScreen.context,
                ReviewScreen.finding,
            )
        yield Footer()

    def on_mount(self) -> None:
        """Start the pipeline."""
        self.add_class("-working")
        self.make_review()

    @work(thread=True, exclusive=True, group="review", exit_on_error=False)
    def make_review(self) -> None:
        """Run the pipeline; everything it says arrives as a message."""
        worker = get_current_worker()
        stages = self._pipeline(*self._pair, self._settings)
        while not worker.is_cancelled:
            try:
                progress = next(stages)
            except StopIteration as finished:
                if not worker.is_cancelled:
                    self.post_message(self.ReviewMade(finished.value))
                return
            self.post_message(self.StageReached(progress))
        stages.close()

    @on(Worker.StateChanged)
    def pass_failure_on(self, event: Worker.StateChanged) -> None:
        """Tell the app why there is nothing to review."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(self.PipelineFailed(event.worker.error))

    @on(StageReached)
    def show_stage(self, event: StageReached) -> None:
        """Tell what is being done."""
        self.progress = event.progress

    @on(ReviewMade)
    def show_review(self, event: ReviewMade) -> None:
        """Show the worst passage first."""
        self.review = event.review
        told = [notice(event.review)]
        if self._desk is not None:
            try:
                self.seen = self._desk.begin(event.review)
            except BleupencilError as error:
                self.post_message(self.PipelineFailed(error))
                return
            told.append(_orphaned(len(self._desk.session.orphans)))
            self.set_interval(_NEWS, self.take_up_news)
        self.remove_class("-working")
        self.set_class(not event.review.passages, "-empty")
        text = " ".join(filter(None, told))
        self.query_one("#notice", Static).update(Content(text))
        self.query_one("#notice").display = bool(text)
        self.passages = self._in_order(self.order)
        unseen = (row for row, passage in enumerate(self.passages) if passage.position not in self.seen)
        self._select(next(unseen, 0))
        self.refresh_bindings()

    def take_up_news(self) -> None:
        """Show what the same reviewer did elsewhere."""
        assert self._desk is not None
        assert self.review is not None
        try:
            seen = self._desk.news(self.review)
        except BleupencilError as error:
            self._tell(str(error))
            return
        if seen is not None:
            self.seen |= seen

    @on(Queue.RowClicked)
    def select_row(self, event: Queue.RowClicked) -> None:
        """Select what was clicked."""
        self._select(event.row)

    @on(FindingList.FindingClicked)
    def select_finding(self, event: FindingList.FindingClicked) -> None:
        """Light up what was clicked."""
        self.finding = event.finding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Without passages only help and quit make sense."""
        if action in ("help", "quit") or not hasattr(self, f"action_{action}"):
            return True
        return bool(self.passages)

    def action_help(self) -> None:
        """Show the keys in force, and the signs."""
        self.app.push_screen(HelpScreen(commands(self)))

    def action_move(self, rows: int) -> None:
        """Go on or back in the queue."""
        self._select(self.cursor + rows)

    def action_first(self) -> None:
        """Go to the beginning of the queue."""
        self._select(0)

    def action_last(self) -> None:
        """Go to the end of the queue."""
        self._select(len(self.passages) - 1)

    def action_half_page(self, direction: int) -> None:
        """Go on or back by half of the rows that fit."""
        self._select(self.cursor + direction * max(1, self.query_one("#body").size.height // 2))

    def action_unseen(self, direction: int) -> None:
        """Go to the worst passage not seen, by risk whatever the order, or back to the next worse one not seen."""
        ranking = self._in_order("risk")
        ahead = ranking if direction > 0 else ranking[: self._place(ranking)][::-1]
        unseen = next((passage for passage in ahead if passage.position not in self.seen), None)
        if unseen is not None:
            self._select(self._place(self.passages, unseen))
            return
        all_seen = all(passage.position in self.seen for passage in self.passages)
        self._tell("All passages are seen." if all_seen else "Nothing worse is unseen.")

    def action_cycle_order(self) -> None:
        """Put the queue in another order; the same passage stays selected."""
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self.passages = self._in_order(self.order)
        self.cursor = self._place(self.passages)

    def action_finding(self, step: int) -> None:
        """Light up the next or previous finding of the passage; behind the last comes the first."""
        findings = self.passage.findings if self.passage is not None else ()
        if not findings:
            self._tell("Nothing was found in this passage.")
            return
        at = next((i for i, finding in enumerate(findings) if finding is self.finding), -1 if step > 0 else 0)
        # A toast would cover the list.
        self.app.clear_notifications()
        self.finding = findings[(at + step) % len(findings)]

    def action_filter(self) -> None:
        """Ask which kind of finding the queue is to show."""
        assert self.review is not None
        passages = self.review.passages
        counts = Counter(kind for passage in passages for kind in {finding.kind for finding in passage.findings})
        self.app.push_screen(FilterScreen(counts.most_common(), len(passages), self.only), self._show_only)

    def _show_only(self, kind: str | None) -> None:
        """Show the passages with a finding of a kind; the same one stays selected where it has one."""
        if kind is None:
            return
        self.only = kind
        self.passages = self._in_order(self.order)
        if self.passage in self.passages:
            self.cursor = self._place(self.passages)
        else:
            self._select(0)

    def action_context(self, sentences: int) -> None:
        """Show more or fewer sentences around the passage."""
        self.context = max(0, min(self.context + sentences, MAXIMUM_CONTEXT))

    def action_fold(self) -> None:
        """Give the queue's room to the passage, or back."""
        self.toggle_class("-folded")

    def action_reveal(self) -> None:
        """Scroll back to the selected row and to the beginning of its passage."""
        self._select(self.cursor)
        self.query_one(Queue).show_cursor()
        self.query_one(PassagePane).texts.scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll the passage by lines."""
        self.query_one(PassagePane).texts.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll the passage by as much as fits."""
        texts = self.query_one(PassagePane).texts
        texts.scroll_relative(y=direction * max(1, texts.size.height - 1), animate=False)

    def _select(self, cursor: int) -> None:
        if self.passages:
            self.cursor = max(0, min(cursor, len(self.passages) - 1))
            if self.passage is not self.passages[self.cursor]:
                self.finding = None
            self.passage = self.passages[self.cursor]
            if self.passage.position not in self.seen and self._is_kept(self.passage):
                self.seen |= {self.passage.position}

    def _is_kept(self, passage: Passage) -> bool:
        """Whether it is on disk, where there is a session, that the passage was seen; tells if not."""
        try:
            if self._desk is not None:
                self._desk.see(passage)
        except BleupencilError as error:
            self._tell(str(error))
            return False
        return True

    def _in_order(self, order: str) -> tuple[Passage, ...]:
        if (order, self.only) not in self._orders:
            assert self.review is not None
            self._orders[order, self.only] = tuple(
                passage
                for passage in ordered(self.review.passages, order)
                if self.only == ALL or any(finding.kind == self.only for finding in passage.findings)
            )
        return self._orders[order, self.only]

    def _tell(self, message: str) -> None:
        # Else a held key covers the screen with toasts.
        self.app.clear_notifications()
        self.notify(message, markup=False)

    def _place(self, passages: tuple[Passage, ...], passage: Passage | None = None) -> int:
        wanted = passage or self.passage
        return next(place for place, other in enumerate(passages) if other is wanted)


def _orphaned(count: int) -> str:
    """What the reviewer must know of passages that are gone, and of which something was said."""
    if not count:
        return ""
    passages = "1 passage" if count == 1 else f"{count} passages"
    kept = f"what was said of {passages} is kept, but fits nowhere"
    return f"The texts have changed: {kept} ('bleupencil mqm --per-unit' lists it)."
