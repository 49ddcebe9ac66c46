"""What is going to be marked, and what it may be called."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from metrics.model import Severity, Span
from metrics.mqm.model import Side
from metrics.mqm.telling import quoted
from metrics.mqm.typology import Category, Typology
from tui.content import plain

#: The keys of the severities.
_SEVERITIES = ((".", Severity.NEUTRAL), ("m", Severity.MINOR), ("M", Severity.MAJOR), ("c", Severity.CRITICAL))


class Draft(NamedTuple):
    """An annotation to be: a range of a side's text, `(0, 0)` for the whole passage, and what it says."""

    side: Side
    span: Span
    category: str
    severity: Severity
    note: str = ""


class DraftPanel(Vertical):
    """The draft in words, what its category means, what may be chosen now, and a field for the note."""

    def __init__(self, typology: Typology, note: str) -> None:
        """`note` is what the field begins with."""
        super().__init__()
        self._typology = typology
        self._note = note

    def compose(self) -> ComposeResult:
        """Three texts and the field, which is hidden until it is wanted."""
        yield Static(id="draft")
        yield Static(id="definition")
        yield Static(id="choices")
        field = Input(self._note, placeholder="a note; Enter goes back", id="note")
        field.display = False
        yield field

    def show(self, draft: Draft, text: str, pending: Category | None) -> None:
        """Show a draft; `text` is that of its side, `pending` the dimension of which a subtype may be chosen."""
        span = draft.span
        where = quoted(text[span.start : span.end]) if span.end > span.start else "the passage as a whole"
        parts = [
            Content.styled("mark ", "bold"),
            plain(where, "reverse"),
            Content(f" in the {draft.side} · "),
            plain(self._typology.label(draft.category), "bold"),
            Content(" · "),
            Content.styled(draft.severity.value, "bold"),
        ]
        if draft.note:
            parts += [Content(" · note: "), plain(quoted(draft.note))]
        category = self._typology.find(draft.category)
        self.query_one("#draft", Static).update(Content("").join(parts))
        self.query_one("#definition", Static).update(plain(category.definition if category else "", "dim"))
        self.query_one("#choices", Static).update(self._choices(draft, category, pending))

    def _choices(self, draft: Draft, chosen: Category | None, pending: Category | None) -> Content:
        here = () if chosen is None else (chosen.id, chosen.dimension)
        choices = self._typology.dimensions if pending is None else pending.subtypes
        lines = self._lines([_choice(each.key, each.name, each.id in here) for each in choices])
        if pending is not None:
            lines.append(plain(f"or none of them: {pending.name} alone"))
        else:
            lines += self._lines([_choice(key, each, each is draft.severity) for key, each in _SEVERITIES])
        return Content("\n").join(lines)

    def _lines(self, parts: Sequence[Content]) -> list[Content]:
        """The parts beside each other, each in one piece."""
        room, gap = self.content_size.width, Content("  ")
        lines = [parts[0]]
        for part in parts[1:]:
            if lines[-1].cell_length + gap.cell_length + part.cell_length <= room:
                lines[-1] = Content("").join([lines[-1], gap, part])
            else:
                lines.append(part)
        return lines


def _choice(key: str, name: str, here: bool) -> Content:
    return Content("").join([plain(key, "bold"), Content(" "), plain(name, "underline" if here else "")])
