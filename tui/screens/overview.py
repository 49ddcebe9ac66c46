"""The overview: where a review stands, and where in the document the bad passages lie."""

from statistics import median
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from metrics.model import Passage
from metrics.overview import Bins
from metrics.wording import count
from tui.content import opening
from tui.desk import Desk
from tui.screens.commands import at_once, commands
from tui.screens.help import HelpScreen
from tui.survey import RISK, Counted, Said, Survey
from tui.widgets import course as strip
from tui.widgets import dotplot, figures
from tui.widgets.course import CourseStrip, PlaceChosen
from tui.widgets.dotplot import DotPlot
from tui.widgets.histogram import Bars
from tui.widgets.keybar import KeyBar
from tui.widgets.signs import LEFT_OUT, OPEN, POINTER, REVIEWED

SECTIONS = ("document", "alignment", "scores", "findings", "scorecard")
#: Numbers that may be above 100.
_UNBOUNDED = (RISK, "TER")
_WIDTHS = [(0, "-narrow"), (72, "-medium")]
_HEIGHTS = [(0, "-short"), (24, "-high")]
#: Terminals as wide and high as this show all sections at once.
_WIDE, _TALL = 110, 34
#: Columns of a section that are not its text's: two margins and the scroll bar.
_MARGINS = 3

_SECTION = Binding.Group("Section", compact=True)
_MOVE = Binding.Group("Move", compact=True)
_SCROLL = Binding.Group("Scroll", compact=True)


class OverviewScreen(Screen[str | None]):
    """Shows the review as it is when it is opened; returns the id of the passage to go to, or None.

    All sections show at once where there is room; else one, which fills the terminal.
    """

    CSS_PATH = "overview.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = at_once(
        [
            Binding("escape,q,f2", "leave", "Back", id="overview.leave", tooltip="Back to the passages"),
            *(
                Binding(
                    str(number),
                    f"section({number - 1})",
                    name.capitalize(),
                    id=f"overview.{name}",
                    group=_SECTION,
                    tooltip=f"Show the {name}, or all sections again",
                )
                for number, name in enumerate(SECTIONS, 1)
            ),
            Binding(
                "h,left", "move(-1)", "Left", id="overview.left", group=_MOVE, tooltip="To the left in the document"
            ),
            Binding("l,right", "move(1)", "Right", id="overview.right", group=_MOVE, tooltip="To the right"),
            Binding("g,home", "edge(0)", "First", id="overview.first", tooltip="Where the document begins", show=False),
            Binding("G,end", "edge(-1)", "Last", id="overview.last", tooltip="Where the document ends", show=False),
            Binding("enter", "go", "Go there", id="overview.go", tooltip="Go to the passage under the cursor"),
            Binding("m", "number", "Number", id="overview.number", tooltip="Show how another number is spread"),
            Binding("j,down", "scroll(1)", "Down", id="overview.down", tooltip="Scroll down", group=_SCROLL),
            Binding("k,up", "scroll(-1)", "Up", id="overview.up", tooltip="Scroll up", group=_SCROLL),
            Binding("?,f1", "help", "Help", id="overview.help", tooltip="Show keys and signs"),
        ]
    )

    section: var[int] = var(0, init=False)
    alone: var[bool] = var(False, init=False)
    place: var[int] = var(0, init=False)
    number: var[int] = var(0, init=False)

    class CountingDone(Message):
        """What takes long to count is counted."""

        def __init__(self, counted: Counted) -> None:
            self.counted = counted
            super().__init__()

    def __init__(self, desk: Desk, at: str | None = None) -> None:
        """The cursor is at first on the passage of the id `at`."""
        super().__init__()
        self._survey = Survey(desk)
        self._passages = self._survey.course.passages
        self._counting = False
        self._counted: Counted | None = None
        self._laid_out = Size()
        self._shown: list[str] = []
        self._painted = False
        self.set_reactive(OverviewScreen.place, self._survey.course.place(at) if at else 0)
        self._strip, self._dots, self._bars = CourseStrip(), DotPlot(), Bars()
        self._strip.course = self._survey.course
        self._spread = Static(classes="legend")
        self._findings, self._scorecard = Static(), Static()

    def compose(self) -> ComposeResult:
        """Progress, the names of the sections, room for those, and what the cursor is on."""
        yield Static(id="progress")
        yield Static(id="names")
        with Container(id="sections"):
            self._shown = self._sections()
            yield from map(self._made, self._shown)
        yield Static(id="caption")
        yield KeyBar()

    def _made(self, name: str) -> Widget:
        """A section as it is mounted when it first shows."""
        made: Widget
        match name:
            case "document":
                made = Vertical(self._strip, Static(Content(strip.LEGEND), classes="legend"))
            case "alignment":
                made = Vertical(self._dots, Static(Content(dotplot.LEGEND), classes="legend"))
            case "scores":
                made = Vertical(self._bars, self._spread)
            case "findings":
                made = VerticalScroll(self._findings, can_focus=False)
            case _:
                made = VerticalScroll(self._scorecard, can_focus=False)
        made.id = name
        made.add_class("section")
        made.border_title = f"{SECTIONS.index(name) + 1} {name}"
        return made

    def on_mount(self) -> None:
        """Show one section at once, and the rest when that is painted."""
        self.watch_section()
        self.watch_place()
        self.call_after_refresh(self._show_all)

    def _show_all(self) -> None:
        self._painted = True
        if self._shown != self._sections():
            self.watch_section()

    @work(thread=True, exclusive=True, group="count")
    def count(self, said: Said) -> None:
        """Count what takes long."""
        self.post_message(self.CountingDone(self._survey.count(said)))

    @on(CountingDone)
    def show_counted(self, event: CountingDone) -> None:
        """Show the scorecard."""
        self._counted = event.counted
        self._show_scorecard()

    def on_resize(self) -> None:
        """Fill the room that there is now."""
        if self._laid_out != self.app.size:
            self.watch_section()
            self.watch_place()

    @on(PlaceChosen)
    def choose_place(self, event: PlaceChosen) -> None:
        """Put the cursor where was clicked."""
        self.place = event.place

    @property
    def _together(self) -> bool:
        """Whether all sections show."""
        return self.app.size.width >= _WIDE and self.app.size.height >= _TALL and not self.alone

    def _shows(self, name: str) -> bool:
        return SECTIONS[self.section] == name or (self._together and self._painted)

    def _sections(self) -> list[str]:
        return [*filter(self._shows, SECTIONS)]

    def watch_section(self) -> None:
        """Show another section, or all."""
        self._laid_out = self.app.size
        self._show_sections()
        names = [
            (f"{POINTER if at == self.section else ' '}{at + 1} {name}", "bold reverse" if at == self.section else "")
            for at, name in enumerate(SECTIONS)
        ]
        self.query_one("#names", Static).update(Content("").join(Content.styled(*each) for each in names))
        self.query_one("#caption").display = self._shows("document") or self._shows("alignment")
        course, words = self._survey.course, self._survey.words
        progress = figures.progress(self._survey.done, words, int(course.left_out.sum()), self.app.size.width - 2)
        self.query_one("#progress", Static).update(progress)
        # What is not seen is not counted.
        if self._shows("alignment"):
            self._dots.dots = self._survey.dots
        if self._shows("scores"):
            self.watch_number()
        if self._shows("findings"):
            found = figures.findings(self._survey.tallies, self._survey.dismissed, self._room)
            self._findings.update(found)
        if self._shows("scorecard"):
            self._show_scorecard()

    def _show_sections(self) -> None:
        self.set_class(self._together, "-together")
        sections = self.query_one("#sections")
        there = {section.id: section for section in sections.children}
        shown = self._sections()
        new = [self._made(name) for name in shown if name not in there]
        for name, section in there.items():
            section.display = name in shown
        if new:
            sections.mount_all(new)
            sections.sort_children(key=lambda section: SECTIONS.index(section.id or ""))
        if self._shown != shown:
            self._shown = shown
            self.refresh_bindings()

    def watch_alone(self) -> None:
        """Give one section all room, or each some."""
        self.watch_section()

    def watch_place(self) -> None:
        """Tell what the cursor is on."""
        passage = self._passage
        if passage is None:
            self.query_one("#caption", Static).update(Content("There are no passages."))
            return
        self._dots.passage = passage
        self._strip.place = self.place
        course = self._survey.course
        said = f"{REVIEWED} reviewed" if course.reviewed[self.place] else f"{OPEN} open"
        parts = [
            f"{self.place + 1:,} of {len(self._passages):,}",
            f"{passage.kind.sign} {passage.kind}",
            f"risk {passage.risk:.1f}",
            *(f"{name} {passage.scores[name]:.1f}" for name in ("chrF", "BLEU") if name in passage.scores),
            f"{LEFT_OUT} left out" if course.left_out[self.place] else said,
        ]
        text = opening(passage.candidate.text or passage.reference.text, max(1, self.app.size.width - 2))
        self.query_one("#caption", Static).update(Content(f"{' · '.join(parts)}\n{text}"))

    def watch_number(self) -> None:
        """Show how a number is spread."""
        name = self._survey.names[self.number]
        values = self._survey.values(name)
        self._bars.top = None if name in _UNBOUNDED else 100.0
        self._bars.values = values
        said = f"{name} of {count(len(values), 'passage')}"
        if values:
            said += f": median {median(values):.1f}, lowest {min(values):.1f}, highest {max(values):.1f}"
        self._spread.update(Content(said))

    @property
    def _passage(self) -> Passage | None:
        return self._passages[self.place] if self._passages else None

    @property
    def _room(self) -> int:
        """Columns of a section's text."""
        return self.app.size.width // (2 if self._together else 1) - _MARGINS

    def _show_scorecard(self) -> None:
        told = Content("counting …")
        if self._counted is not None:
            reviewed, words = self._survey.words
            pace = figures.pace(self._counted.pace, words - reviewed, self._room)
            told = Content("\n").join([pace, figures.scorecard(self._counted.scorecard, self._room)])
        elif not self._counting:
            self._counting = True
            # The thread would keep the screen from being painted.
            self.call_after_refresh(lambda: self.count(self._survey.said()))
        self._scorecard.update(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what changes something that is seen."""
        if action in ("move", "edge", "go"):
            return bool(self._passages) and (self._shows("document") or self._shows("alignment"))
        if action == "number":
            return self._shows("scores")
        if action == "scroll":
            return self._shows("findings") or self._shows("scorecard")
        return True

    def action_help(self) -> None:
        """Show the keys in force, and the signs."""
        self.app.push_screen(HelpScreen(commands(self)))

    def action_leave(self) -> None:
        """Go back to where the reviewer was."""
        self.dismiss(None)

    def action_section(self, section: int) -> None:
        """Show a section, alone where all would have room; once more, all."""
        again = section == self.section and self.alone
        self.section, self.alone = section, not again

    def action_move(self, step: int) -> None:
        """Go to the worst passage of the next column of the strip, or of the one before."""
        bins = self._bins()
        column = min(max(bins.at(self.place) + step, 0), len(bins.starts) - 1)
        self.place = int(bins.worst[column])

    def action_edge(self, column: int) -> None:
        """Go to one end of the strip."""
        self.place = int(self._bins().worst[column])

    def _bins(self) -> Bins:
        shown = self._strip if self._shows("document") else self._dots
        return self._strip.bins(shown.content_size.width)

    def action_go(self) -> None:
        """Leave for the passage that the cursor is on."""
        assert self._passage is not None
        self.dismiss(self._passage.id)

    def action_number(self) -> None:
        """Show how the next number is spread."""
        self.number = (self.number + 1) % len(self._survey.names)

    def action_scroll(self, lines: int) -> None:
        """Scroll what is longer than the terminal."""
        for part in self.query("#findings, #scorecard").results(VerticalScroll):
            if self._shows(part.id or ""):
                part.scroll_relative(y=lines, animate=False)
