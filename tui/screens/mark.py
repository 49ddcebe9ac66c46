"""Marking: a word cursor in the passage, and what is wrong with the words under it, by a few keys."""

from collections.abc import Callable, Iterable, Sequence
from string import ascii_lowercase
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input

from metrics.model import Passage, Severity, Span
from metrics.mqm.model import Side
from metrics.mqm.typology import Category, Typology
from metrics.words import pieces
from tui.screens.commands import at_once, commands
from tui.screens.help import HelpScreen
from tui.widgets.draftpanel import Draft, DraftPanel
from tui.widgets.keybar import KeyBar

#: Shows the range that the cursor is on, in the passage that lies open below.
Show = Callable[[Side, Span], None]

_WORD = Binding.Group("Word", compact=True)
_EXTEND = Binding.Group("Extend", compact=True)
_LINE = Binding.Group("Line", compact=True)
_DIFFERENCE = Binding.Group("Difference", compact=True)


def _with_subtypes(bindings: Iterable[Binding]) -> list[BindingType]:
    """The bindings, and before any on a letter one by which the letter is a subtype's, where that is awaited."""
    left, all_bindings = set(ascii_lowercase), []
    for binding in bindings:
        letters = left.intersection(binding.key.split(","))
        left -= letters
        all_bindings += [*map(_subtype_binding, sorted(letters)), binding]
    return at_once([*all_bindings, *map(_subtype_binding, sorted(left))])


def _subtype_binding(letter: str) -> Binding:
    return Binding(letter, f"subtype('{letter}')", show=False)


class MarkScreen(ModalScreen[Draft | None]):
    """Returns the draft to be kept, or None for one that is dropped.

    It covers the lower part of the terminal; the passage above shows the cursor by way of `show`.
    """

    CSS_PATH = "mark.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = _with_subtypes(
        [
            Binding("enter", "keep", "Keep", id="mark.keep", tooltip="Keep the mark"),
            Binding("escape", "drop", "Drop", id="mark.drop", tooltip="Leave without a mark"),
            Binding("l,right", "word(1)", "Next", id="mark.next", group=_WORD, tooltip="Next word"),
            Binding("h,left", "word(-1)", "Back", id="mark.back", group=_WORD, tooltip="Previous word"),
            Binding("L,shift+right", "extend(1)", "More", id="mark.more", group=_EXTEND, tooltip="One word more"),
            Binding("H,shift+left", "extend(-1)", "Less", id="mark.less", group=_EXTEND, tooltip="One word less"),
            Binding("v", "hold", "Hold", id="mark.hold", tooltip="Begin or end extending with h and l"),
            Binding("tab", "side", "Side", id="mark.side", tooltip="The other text, such as for an omission"),
            Binding("j,down", "line(1)", "Down", id="mark.down", group=_LINE, tooltip="A line down", show=False),
            Binding("k,up", "line(-1)", "Up", id="mark.up", group=_LINE, tooltip="A line up", show=False),
            Binding(
                "n",
                "difference(1)",
                "Next",
                id="mark.difference",
                group=_DIFFERENCE,
                tooltip="Next difference",
                show=False,
            ),
            Binding(
                "N",
                "difference(-1)",
                "Back",
                id="mark.difference.back",
                group=_DIFFERENCE,
                tooltip="Previous difference",
                show=False,
            ),
            Binding("g,home", "word(-1000000)", "First", id="mark.first", tooltip="First word", show=False),
            Binding("G,end", "word(1000000)", "Last", id="mark.last", tooltip="Last word", show=False),
            Binding("asterisk", "whole", "Whole", id="mark.whole", tooltip="The passage as a whole", show=False),
            *(
                Binding(
                    str(n), f"dimension({n})", "Dimension", id=f"mark.dimension.{n}", tooltip="Dimension", show=False
                )
                for n in range(1, 10)
            ),
            Binding("full_stop", "severity('neutral')", "Neutral", id="mark.neutral", tooltip="Neutral", show=False),
            Binding("m", "severity('minor')", "Minor", id="mark.minor", tooltip="Minor", show=False),
            Binding("M", "severity('major')", "Major", id="mark.major", tooltip="Major", show=False),
            Binding("c", "severity('critical')", "Critical", id="mark.critical", tooltip="Critical", show=False),
            Binding("i", "note", "Note", id="mark.note", tooltip="Write a note"),
            Binding("?,f1", "help", "Help", id="mark.help", tooltip="Show keys and signs"),
        ]
    )

    side: var[Side] = var(Side.CANDIDATE)
    category: var[str] = var("")
    severity: var[Severity] = var(Severity.MINOR)
    #: The dimension of which a letter is awaited.
    pending: var[Category | None] = var(None)

    def __init__(
        self, passage: Passage, draft: Draft, typology: Typology, show: Show, width: Callable[[], int]
    ) -> None:
        """`draft` is what is offered first; `width` the cells of a line of the text as it is shown."""
        super().__init__()
        self._texts = {Side.CANDIDATE: passage.candidate.text, Side.REFERENCE: passage.reference.text}
        self._differing = {
            side: [Span(mark.start, mark.end) for mark in marks]
            for side, marks in zip((Side.CANDIDATE, Side.REFERENCE), passage.marks, strict=True)
        }
        self._words = {side: [Span(w.start, w.end) for w in pieces(text)] for side, text in self._texts.items()}
        self._typology = typology
        self._show, self._width = show, width
        self._note = draft.note
        #: Words of each side: where the range begins or ended to be extended, and where the cursor is.
        self._range = dict.fromkeys(self._words, (0, 0))
        self._holding = False
        self._is_whole = draft.span.start == draft.span.end
        self.set_reactive(MarkScreen.side, draft.side if self._words[draft.side] else self._other(draft.side))
        self.set_reactive(MarkScreen.category, draft.category)
        self.set_reactive(MarkScreen.severity, draft.severity)
        if not self._is_whole:
            self._range[self.side] = self._words_in(self.side, draft.span)

    def compose(self) -> ComposeResult:
        """What is going to be kept, what may be chosen, and the keys."""
        yield DraftPanel(self._typology, self._note)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show all that is offered."""
        # What is shown before the first layout is laid out as if it were one line.
        self.call_after_refresh(self._refresh)

    def on_resize(self) -> None:
        """Break the choices anew."""
        self._refresh()

    @property
    def span(self) -> Span:
        """The range that is chosen; `(0, 0)` for the whole passage."""
        words = self._words[self.side]
        if self._is_whole or not words:
            return Span(0, 0)
        first, last = sorted(self._range[self.side])
        return Span(words[first].start, words[last].end)

    def _other(self, side: Side) -> Side:
        return Side.REFERENCE if side is Side.CANDIDATE else Side.CANDIDATE

    def _words_in(self, side: Side, span: Span) -> tuple[int, int]:
        inside = [i for i, word in enumerate(self._words[side]) if word.start < span.end and word.end > span.start]
        return (inside[0], inside[-1]) if inside else (0, 0)

    def _refresh(self) -> None:
        self._show(self.side, self.span)
        if not self.is_mounted:
            return
        self.query_one(DraftPanel).show(self._draft, self._texts[self.side], self.pending)

    @property
    def _draft(self) -> Draft:
        return Draft(self.side, self.span, self.category, self.severity, self._note)

    def _move(self, to: int, extend: bool = False) -> None:
        words = self._words[self.side]
        if words:
            anchor, _ = self._range[self.side]
            to = max(0, min(to, len(words) - 1))
            self._range[self.side] = (anchor if extend or self._holding else to, to)
            self._is_whole = False
            self.pending = None
            self._refresh()

    def action_word(self, step: int) -> None:
        """Go to another word; from the whole passage, to where the cursor was."""
        self._move(self._range[self.side][1] + (0 if self._is_whole else step))

    def action_extend(self, step: int) -> None:
        """Let the range end another word on or back."""
        self._move(self._range[self.side][1] + step, extend=True)

    def action_hold(self) -> None:
        """Let the keys that move extend, or no longer."""
        self._holding = not self._holding

    def action_line(self, step: int) -> None:
        """Go to the word above or below, as nearly as words can be."""
        lines = self._lines()
        line, column = lines[self._range[self.side][1]]
        near = [(abs(other - column), i) for i, (at, other) in enumerate(lines) if at == line + step]
        if near:
            self._move(min(near)[1])

    def _lines(self) -> Sequence[tuple[int, int]]:
        """For each word the line and the cell in it, as a text of the width at hand is broken."""
        text, width = self._texts[self.side], max(1, self._width())
        places, line, column, end = [], 0, 0, 0
        for word in self._words[self.side]:
            gap, length = word.start - end, cell_len(text[word.start : word.end])
            if column and column + gap + length > width:
                line, column = line + 1, 0
            else:
                column += gap
            places.append((line, column))
            column, end = column + length, word.end
        return places

    def action_difference(self, direction: int) -> None:
        """Go to the next or previous differing words of this side."""
        here = self._words[self.side][self._range[self.side][1]].start if self._words[self.side] else 0
        starts = [(self._words_in(self.side, span), span.start) for span in self._differing[self.side]]
        ahead = [words for words, start in starts if (start > here if direction > 0 else start < here)]
        if ahead:
            first, last = ahead[0 if direction > 0 else -1]
            self._range[self.side] = last, first
            self._is_whole = False
            self._refresh()

    def action_side(self) -> None:
        """Go on in the other text; an empty one has no words to mark."""
        if self._words[self._other(self.side)]:
            self.side = self._other(self.side)
            self._holding = self._is_whole = False
            self._refresh()

    def action_whole(self) -> None:
        """Mark the passage as a whole."""
        self._is_whole = True
        self._refresh()

    def action_dimension(self, number: int) -> None:
        """Choose a dimension; a letter then chooses one of its subtypes."""
        if number <= len(self._typology.dimensions):
            dimension = self._typology.dimensions[number - 1]
            self.category = dimension.id
            self.pending = dimension if dimension.subtypes else None
            self._refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind a dimension, a letter is a subtype's; any other key has its own meaning then, too."""
        if isinstance(self.focused, Input):
            return action == "drop"
        if action == "subtype":
            return self._subtype(str(parameters[0])) is not None
        return super().check_action(action, parameters)

    def _subtype(self, letter: str) -> Category | None:
        subtypes = () if self.pending is None else self.pending.subtypes
        return next((each for each in subtypes if each.key == letter), None)

    def action_subtype(self, letter: str) -> None:
        """Choose a subtype of the dimension that was chosen."""
        subtype = self._subtype(letter)
        if subtype is not None:
            self.category, self.pending = subtype.id, None
            self._refresh()

    def action_severity(self, severity: str) -> None:
        """Choose how bad it is."""
        self.severity, self.pending = Severity(severity), None
        self._refresh()

    def action_note(self) -> None:
        """Write a note, or change it."""
        field = self.query_one(Input)
        field.display = True
        # At once: the next key is the note's.
        self.set_focus(field)

    @on(Input.Submitted)
    def take_note(self, event: Input.Submitted) -> None:
        """Go back to the keys."""
        self._note = event.value.strip()
        self._close_note()

    def _close_note(self) -> None:
        field = self.query_one(Input)
        field.value = self._note
        field.display = False
        self.set_focus(None)
        self._refresh()

    def action_keep(self) -> None:
        """Return the draft."""
        self.dismiss(self._draft)

    def action_help(self) -> None:
        """Show the keys in force, and the signs."""
        self.app.push_screen(HelpScreen(commands(self)))

    def action_drop(self) -> None:
        """Leave the note as it is, or drop the whole mark."""
        field = self.query_one(Input)
        if field is self.focused:
            self._note = field.value.strip()
            self._close_note()
        else:
            self.dismiss(None)
