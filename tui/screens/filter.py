"""Which passages to look at: all that a filter can ask for, with what each choice would leave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from metrics.errors import UsageError
from metrics.findings import KINDS
from metrics.model import Kind, Severity
from metrics.mqm.model import Disposition
from metrics.selection import EVERYTHING, Counts, Filter, Index, described, ranges_told, read_ranges
from metrics.selection.ranges import EXAMPLE
from tui.content import plain
from tui.widgets.searchbar import Cleaned
from tui.widgets.signs import CURSOR, MEANINGS

_DISPOSITIONS: dict[Disposition | None, str] = {
    None: "nothing is said of the passage as a whole",
    Disposition.FINE: "nothing to mend",
    Disposition.ERROR: "wrong as a whole",
    Disposition.PARAPHRASE: "other words for the same",
    Disposition.MISALIGNMENT: "the two sides do not answer each other",
    Disposition.NOISE: "no part of the text",
}
_REVIEWED = {True: "something is said or marked", False: "nothing is said or marked yet"}


@dataclass(frozen=True)
class _Choice:
    """One member of a field of the filter."""

    field: str
    member: Kind | str | Disposition | Severity | bool | None
    label: str
    meaning: str = ""


class _Choices(OptionList):
    """Space and a click choose; Enter is left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "Choose", id="filter.choose", tooltip="Choose this, or no longer"),
        Binding("enter", "apply", "Apply", id="filter.apply", tooltip="Look at these passages"),
        Binding("j,down", "cursor_down", "Down", show=False, id="filter.down", tooltip="Next choice"),
        Binding("k,up", "cursor_up", "Up", show=False, id="filter.up", tooltip="Previous choice"),
        Binding("g,home", "first", "First", show=False, id="filter.first", tooltip="First choice"),
        Binding("G,end", "last", "Last", show=False, id="filter.last", tooltip="Last choice"),
        Binding("c,delete", "clear", "Clear", id="filter.clear", tooltip="Clear all choices and ranges"),
    ]

    class Applied(Message):
        """The choices are to be in force."""

    class Cleared(Message):
        """Nothing is to be chosen any more."""

    def action_apply(self) -> None:
        """Ask for the choices to be in force."""
        self.post_message(self.Applied())

    def action_clear(self) -> None:
        """Ask for nothing to be chosen."""
        self.post_message(self.Cleared())


class FilterScreen(ModalScreen[Filter | None]):
    """Returns the filter to be in force, or None when nothing is to change.

    Beside each choice stands how many passages would pass with it, by all that is chosen in other fields.
    """

    CSS_PATH = "filter.tcss"
    AUTO_FOCUS = "_Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "switch", "Ranges", id="filter.switch", tooltip="To the ranges and back"),
        Binding("escape,q,backslash", "cancel", "Back", id="filter.close", tooltip="Change nothing"),
    ]

    def __init__(self, index: Index, chosen: Filter) -> None:
        super().__init__()
        self._index = index
        self._chosen = replace(chosen, scores=(), words=None)
        self._ranges = ", ".join(ranges_told(chosen))
        self._choices: list[_Choice | None] = list(_choices(index.counts(), chosen))

    def compose(self) -> ComposeResult:
        """How many pass, what there is to choose, ranges to be typed, and the keys."""
        with Vertical(id="filter"):
            yield Static(id="passing", classes="title")
            yield _Choices(markup=False)
            with Horizontal(id="ranges"):
                yield Static(Content("Ranges "), classes="title")
                yield Input(self._ranges, compact=True, select_on_focus=False, highlighter=Cleaned())
            yield Static(id="told")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at what is chosen, or at the first choice."""
        choices = self.query_one(_Choices)
        counts = self._index.counts()
        for at, choice in enumerate(self._choices):
            prompt = self._prompt(choice, counts, False) if choice else Content(self._heading(at))
            choices.add_option(Option(prompt, disabled=choice is None))
        chosen = (at for at, choice in enumerate(self._choices) if choice and self._is_chosen(choice))
        choices.highlighted = next(chosen, 1)
        self._show()

    @on(OptionList.OptionSelected)
    def toggle(self, event: OptionList.OptionSelected) -> None:
        """Choose what was not chosen, or the other way round."""
        choice = self._choices[event.option_index]
        assert choice is not None
        if choice.field == "reviewed":
            # To want both is to want neither.
            wanted = None if self._is_chosen(choice) else bool(choice.member)
            self._chosen = replace(self._chosen, reviewed=wanted)
        else:
            members = getattr(self._chosen, choice.field) ^ {choice.member}
            self._chosen = replace(self._chosen, **{choice.field: members})
        self._show()

    @on(OptionList.OptionHighlighted)
    @on(Input.Changed)
    def show_choices(self) -> None:
        """Follow the cursor, and what is typed."""
        self._show()

    @on(_Choices.Cleared)
    def clear(self) -> None:
        """Choose nothing, which lets everything pass."""
        self._chosen = EVERYTHING
        self.query_one(Input).value = ""
        self._show()

    @on(_Choices.Applied)
    @on(Input.Submitted)
    def apply(self) -> None:
        """Return the filter, unless its ranges make no sense."""
        chosen = self._filter()
        if isinstance(chosen, Filter):
            self.dismiss(chosen)
        else:
            self.query_one(Input).focus()
            self.app.bell()

    def action_switch(self) -> None:
        """Go to the ranges, or back to the choices."""
        self.query_one(_Choices if self.query_one(Input).has_focus else Input).focus()

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def _filter(self) -> Filter | UsageError:
        try:
            ranges = read_ranges(self.query_one(Input).value)
        except UsageError as error:
            return error
        return replace(self._chosen, scores=ranges.scores, words=ranges.words)

    def _show(self) -> None:
        chosen = self._filter()
        # What is half typed is no range yet: the counts are those without.
        counts = self._index.counts(chosen if isinstance(chosen, Filter) else self._chosen)
        passing = Content(f"{counts.passing:,} of {counts.passages:,} passages")
        told = plain(described(chosen if isinstance(chosen, Filter) else self._chosen), "not bold")
        self.query_one("#passing", Static).update(Content(" · ").join([passing, told]) if told else passing)
        choices = self.query_one(_Choices)
        for at, choice in enumerate(self._choices):
            prompt = choice and self._prompt(choice, counts, at == choices.highlighted)
            if prompt and prompt != choices.get_option_at_index(at).prompt:
                choices.replace_option_prompt_at_index(at, prompt)
        error = None if isinstance(chosen, Filter) else plain(f"! {chosen}", "bold $text-error")
        self.query_one("#told", Static).update(error or plain(f"such as {EXAMPLE}  Enter applies", "$text-muted"))

    def _is_chosen(self, choice: _Choice) -> bool:
        if choice.field == "reviewed":
            return self._chosen.reviewed is choice.member
        return choice.member in getattr(self._chosen, choice.field)

    def _prompt(self, choice: _Choice, counts: Counts, here: bool) -> Content:
        count = getattr(counts, choice.field).get(choice.member, 0)
        return Content.assemble(
            f"{CURSOR if here else ' '} [{'x' if self._is_chosen(choice) else ' '}] ",
            plain(f"{choice.label:<14}", "bold"),
            f"{count:>8,}  ",
            plain(choice.meaning, "$text-muted"),
        )

    def _heading(self, at: int) -> str:
        """What the choices below a heading are."""
        below = self._choices[at + 1]
        assert below is not None
        return _HEADINGS[below.field]


_HEADINGS = {
    "kinds": "Kind of passage",
    "findings": "Something was found",
    "dispositions": "You say that it is",
    "severities": "Worst mark, or worst finding where nothing is marked",
    "reviewed": "Reviewed by you",
}


def _choices(counts: Counts, chosen: Filter) -> Iterator[_Choice | None]:
    """Every field's, with None for the heading of each; of findings those that there are, most first."""
    yield None
    for kind in Kind:
        yield _Choice("kinds", kind, f"{kind.sign} {kind}", MEANINGS[kind].partition(": ")[2])
    found = {name: count for name, count in counts.findings.items() if count or name in chosen.findings}
    found |= {name: 0 for name in chosen.findings if name not in found}
    if found:
        yield None
    for name in sorted(found, key=lambda name: (-found[name], name)):
        yield _Choice("findings", name, name, KINDS.get(name, ""))
    yield None
    for disposition, meaning in _DISPOSITIONS.items():
        yield _Choice("dispositions", disposition, disposition or "open", meaning)
    yield None
    for severity in reversed(Severity):
        yield _Choice("severities", severity, severity)
    yield None
    for reviewed, meaning in _REVIEWED.items():
        yield _Choice("reviewed", reviewed, "reviewed" if reviewed else "not reviewed", meaning)
