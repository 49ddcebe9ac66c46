"""The review screen: the queue, the selected passage, and what is done with both of them."""

import gc
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
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
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from metrics.errors import BleupencilError
from metrics.model import Finding, Progress, Settings
from metrics.realignment import Realigner
from metrics.reports.passage_report import PassageSheet, exported_name, passage_html, passage_markdown, write_export
from metrics.selection import Index
from tui.corrected import corrected
from tui.desk import Desk
from tui.said import notice, orphaned, unfit
from tui.screens.commands import PassageCommands, ReviewCommands, at_once, commands
from tui.screens.help import HelpScreen
from tui.screens.judging import JudgingScreen
from tui.screens.walking import WalkingScreen
from tui.widgets.keybar import KeyBar
from tui.widgets.passage import PassagePane
from tui.widgets.queue import Queue
from tui.widgets.searchbar import SearchBar
from tui.widgets.summary import Summary
from tui.widgets.working import Working

#: Yields what it is about to do, and returns what came of it.
Pipeline = Callable[[str, str, Settings], Generator[Progress, None, Realigner]]

#: Terminal widths in cells from which the style sheet's classes hold.
_WIDTHS = [(0, "-narrow"), (72, "-medium"), (120, "-wide")]

#: Seconds between two looks at what others wrote into the session.
_NEWS = 0.8


#: What the footer names first, by ids of bindings; at 80 columns there is room for little more.
_FIRST = (
    "help",
    "quit",
    "next",
    "previous",
    "worst.next",
    "worst.back",
    "dispose.fine",
    "mark",
    "take",
    "dismiss",
    "undo",
    "redo",
    "align",
)


def _in_order(bindings: Iterable[BindingType]) -> list[BindingType]:
    """Those of `_FIRST` first."""
    places = {name: place for place, name in enumerate(_FIRST)}
    in_order = sorted(bindings, key=lambda binding: places.get(getattr(binding, "id", None) or "", len(places)))
    return at_once(in_order)


class ReviewScreen(JudgingScreen, inherit_bindings=False):
    """Makes the review of a pair, then lets the reviewer walk through it and say what they think."""

    CSS_PATH = "review.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ReviewCommands, PassageCommands}
    BINDINGS: ClassVar[list[BindingType]] = _in_order(
        [
            *Screen.BINDINGS,
            *WalkingScreen.BINDINGS,
            *JudgingScreen.BINDINGS,
            Binding("a", "align", "Align", id="align", tooltip="Mend the alignment around the passage"),
            Binding("f2", "overview", "Overview", id="overview", tooltip="Overview: plots, scorecard, progress"),
            Binding(
                "f12", "export_screen", "Export", id="export.screen", tooltip="Export the screen as SVG", show=False
            ),
            Binding("colon", "app.command_palette", "Palette", id="palette", tooltip="Every act by name", show=False),
            Binding("?,f1", "help", "Help", id="help", tooltip="Show keys and signs"),
            Binding("q", "leave", "Leave", id="quit", tooltip="Leave; there is nothing to save"),
        ]
    )
    #: What only the palette offers.
    KEYLESS: ClassVar[dict[str, str]] = {
        "List the corrections of the alignment": "corrections",
        "Export the passage as Markdown": "export_passage('.md')",
        "Export the passage as HTML": "export_passage('.html')",
    }

    progress: var[Progress] = var(Progress("Starting", 0.0))

    class StageReached(Message):
        """The pipeline is about to begin its next stage."""

        def __init__(self, progress: Progress) -> None:
            self.progress = progress
            super().__init__()

    class ReviewMade(Message):
        """The pipeline is through."""

        def __init__(self, realigner: Realigner, index: Index) -> None:
            self.realigner = realigner
            self.index = index
            super().__init__()

    class Left(Message):
        """The reviewer leaves."""

    class PipelineFailed(Message):
        """The pipeline gave up."""

        def __init__(self, error: BaseException) -> None:
            self.error = error
            super().__init__()

    def __init__(
        self, candidate: str, reference: str, settings: Settings, pipeline: Pipeline, desk: Desk, order: str = "risk"
    ) -> None:
        super().__init__(desk, order)
        self.pair = candidate, reference
        self.settings = settings
        self._pipeline = pipeline

    def compose(self) -> ComposeResult:
        """The summary above, queue and passage beside each other, the keys below."""
        yield Summary(*self.pair, self.desk).data_bind(ReviewScreen.review, ReviewScreen.tick)
        yield Static(id="notice")
        yield Static(id="filtered")
        yield Working().data_bind(ReviewScreen.progress)
        with Horizontal(id="body"):
            yield Queue(self.desk).data_bind(
                ReviewScreen.passages, ReviewScreen.order, ReviewScreen.cursor, ReviewScreen.tick
            )
            yield PassagePane(self._label, self.desk.reviewer, self._is_taken).data_bind(
                ReviewScreen.review,
                ReviewScreen.passages,
                ReviewScreen.passage,
                ReviewScreen.cursor,
                ReviewScreen.context,
                ReviewScreen.notes,
                ReviewScreen.note,
                ReviewScreen.hits,
                ReviewScreen.disposition,
            )
        yield SearchBar()
        yield KeyBar()

    def _label(self, category: str) -> str:
        return self.desk.typology.label(category)

    def _is_taken(self, finding: Finding) -> bool:
        return self.passage is not None and self.desk.taken(self.passage, finding) is not None

    def on_mount(self) -> None:
        """Start the pipeline."""
        self.add_class("-working")
        gc.unfreeze()
        self.make_review()

    @work(thread=True, exclusive=True, group="review", exit_on_error=False)
    def make_review(self) -> None:
        """Run the pipeline; everything it says arrives as a message."""
        worker = get_current_worker()
        stages = self._pipeline(*self.pair, self.settings)
        while not worker.is_cancelled:
            try:
                progress = next(stages)
            except StopIteration as finished:
                realigner: Realigner = finished.value
                self.post_message(self.StageReached(Progress("keeping what there is to review", 1.0)))
                self.desk.prepare(realigner)
                index = Index(realigner.review.passages)
                if not worker.is_cancelled:
                    self.post_message(self.ReviewMade(realigner, index))
                return
            self.post_message(self.StageReached(progress))
        stages.close()

    @on(Worker.StateChanged)
    def pass_failure_on(self, event: Worker.StateChanged) -> None:
        """Tell the app why there is nothing to review."""
        if event.worker.group == "review" and event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(self.PipelineFailed(event.worker.error))

    @on(StageReached)
    def show_stage(self, event: StageReached) -> None:
        """Tell what is being done."""
        self.progress = event.progress

    @on(ReviewMade)
    def show_review(self, event: ReviewMade) -> None:
        """Show the worst passage first."""
        desk, index = self.desk, event.index
        try:
            made = event.realigner.review.passages
            desk.begin(event.realigner)
        except BleupencilError as error:
            self.post_message(self.PipelineFailed(error))
            return
        if desk.review.passages is not made:
            index = Index(desk.review.passages)
        self.set_interval(_NEWS, self.take_up_news)
        self.remove_class("-working")
        self.set_class(not desk.review.passages, "-empty")
        told = (notice(desk.review), orphaned(desk.orphans), unfit(desk.unfit))
        text = " ".join(filter(None, told))
        self.query_one("#notice", Static).update(Content(text))
        self.query_one("#notice").display = bool(text)
        self.index = index
        self.follow()
        self.begin(desk.review)
        self.refresh_bindings()
        # Nothing of it is garbage soon; to look all of it through takes longer than a key may, where passages are many.
        gc.freeze()

    def take_up_news(self) -> None:
        """Show what was done elsewhere, by this reviewer or another one."""
        try:
            if not self.desk.news():
                return
        except BleupencilError as error:
            self.tell(str(error), "error")
            return
        self.follow()

    def action_help(self) -> None:
        """Show the keys in force, and the signs."""
        self.app.push_screen(HelpScreen(commands(self)))

    def action_leave(self) -> None:
        """Leave: everything is kept already."""
        self.post_message(self.Left())

    def action_export_screen(self) -> None:
        """Write the screen as SVG into the working folder."""
        self._export("bleupencil.svg", self.app.export_screenshot())

    def action_export_passage(self, suffix: str) -> None:
        """Write the passage, and what is said of it, as Markdown or HTML into the working folder."""
        passage, desk = self.passage, self.desk
        if passage is None:
            return
        sheet = PassageSheet(
            desk.review,
            passage,
            desk.findings(passage),
            desk.annotations(passage),
            desk.disposition(passage),
            self._label,
        )
        text = passage_markdown(sheet) if suffix == ".md" else passage_html(sheet)
        self._export(exported_name(desk.review, passage, suffix), text)

    def _export(self, name: str, text: str) -> None:
        try:
            path = write_export(Path.cwd(), name, text)
        except BleupencilError as error:
            self.tell(str(error), "error")
            return
        self.tell(f"Written: {path}")

    def action_align(self) -> None:
        """Mend the alignment around the passage; then go to where that was."""
        from tui.screens.alignment import AlignmentScreen

        assert self.passage is not None

        def done(name: str | None) -> None:
            self.follow()
            if name:
                self.select_passage(name)

        self.app.push_screen(AlignmentScreen(self.desk, self.passage), done)

    def action_corrections(self) -> None:
        """List the corrections of the alignment; one that is chosen is opened."""
        from tui.screens.corrections import CorrectionsScreen

        listed = corrected(self.desk.review, self.desk.session.journal.patches)
        self.app.push_screen(CorrectionsScreen(listed), lambda name: self.select_passage(name) if name else None)

    def action_overview(self) -> None:
        """Show the whole at a glance; a place chosen there is opened."""
        from tui.screens.overview import OverviewScreen

        here = None if self.passage is None else self.passage.id
        self.app.push_screen(OverviewScreen(self.desk, here), lambda name: self.select_passage(name) if name else None)

    def reveal(self) -> None:
        """Scroll back to the selected row and to the beginning of its passage."""
        self.select(self.cursor)
        self.query_one(Queue).show_cursor()
        self.query_one(PassagePane).texts.scroll_home(animate=False)
