"""What is said of the selected passage: annotations, what was found, and the sum that its risk is."""

from collections.abc import Callable
from itertools import accumulate

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var

from metrics.model import Finding, Passage, Severity
from metrics.mqm.model import Annotation, Side
from metrics.mqm.telling import quoted
from metrics.ranking import risk_sum
from metrics.wording import count
from tui.content import LETTERS, LIT, plain
from tui.widgets.settled import SettledScroll, SettledText
from tui.widgets.signs import POINTER, TAKEN

#: What can be selected of a passage.
Note = Annotation | Finding


class Notes(SettledScroll, can_focus=False):
    """One line an annotation and a finding, and what the risk is the sum of."""

    passage: var[Passage | None] = var(None)
    notes: var[tuple[Note, ...]] = var(())
    note: var[Note | None] = var(None)

    class NoteClicked(Message):
        """A line was clicked."""

        def __init__(self, note: Note) -> None:
            self.note = note
            super().__init__()

    def __init__(self, label: Callable[[str], str], reviewer: str, is_taken: Callable[[Finding], bool]) -> None:
        """`label` names a category; annotations of others than `reviewer` say whose they are.

        `is_taken` says of a finding of the passage whether the reviewer made it a mark.
        """
        super().__init__()
        self._label = label
        self._reviewer = reviewer
        self._is_taken = is_taken

    def compose(self) -> ComposeResult:
        """All lines in one widget: they change with every passage."""
        yield SettledText()

    def watch_passage(self) -> None:
        """Begin at the top."""
        self._show()
        self.scroll_home(animate=False)

    def watch_notes(self) -> None:
        """List others."""
        self._show()

    def watch_note(self) -> None:
        """Point at another one, and bring it into view."""
        self._show()
        if self.note in self.notes:
            tops = self._tops()
            at = self.notes.index(self.note)
            region = Region(0, tops[at], 1, tops[at + 1] - tops[at])
            self.call_after_refresh(self.scroll_to_region, region, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Tell which line was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        y = offset.y + self.scroll_offset.y
        tops = self._tops()
        for note, top, bottom in zip(self.notes, tops, tops[1:], strict=False):
            if top <= y < bottom:
                self.post_message(self.NoteClicked(note))

    def on_resize(self) -> None:
        """Break lines anew."""
        self._show()

    def _show(self) -> None:
        lines = [line for entry in self._entries() for line in entry]
        self.display = bool(lines)
        self.query_one(SettledText).update(Content("\n").join(lines))

    def _tops(self) -> list[int]:
        """The first line of each note, and of what comes below."""
        return list(accumulate((len(entry) for entry in self._entries()[1:]), initial=len(self._entries()[0])))

    def _entries(self) -> list[list[Content]]:
        """The lines of the sum, and of each note; without a sum where nothing is scored."""
        room = self.query_one(SettledText).content_size.width
        passage = self.passage
        findings = [note for note in self.notes if isinstance(note, Finding)]
        width = max((len(finding.kind) for finding in findings), default=0)
        first: list[Content] = []
        if passage is not None and passage.terms:
            dismissed = len(passage.findings) - len(findings)
            told = risk_sum(passage) + (f" · {count(dismissed, 'finding')} dismissed" if dismissed else "")
            first = _hanging(Content("  "), Content.styled(told, "dim"), room)
        return [first, *(_hanging(*self._line(note, width), room) for note in self.notes)]

    def _line(self, note: Note, width: int) -> tuple[Content, Content]:
        """How a line begins, and what it says."""
        here = note == self.note
        pointer = f"{POINTER if here else ' '} "
        if isinstance(note, Finding):
            head = Content.assemble(pointer, (f"{note.kind:<{width}}", _style(note, here)), "  ")
            taken = f" · {TAKEN} marked" if self._is_taken(note) else ""
            return head, Content.assemble(plain(note.message), (f"  +{note.points:.1f}{taken}", "dim"))
        letter = (LETTERS[note.severity], f"bold {LIT}" if here else "bold $text-error")
        return Content.assemble(pointer, letter, " "), self._said(note)

    def _said(self, annotation: Annotation) -> Content:
        passage = self.passage
        text = ""
        if passage is not None and annotation.end > annotation.start:
            texts = {Side.CANDIDATE: passage.candidate.text, Side.REFERENCE: passage.reference.text}
            text = texts.get(annotation.side, "")[annotation.start : annotation.end]
        parts = [
            plain(f"{annotation.severity} {self._label(annotation.category)}", "bold"),
            plain(f"  {quoted(text)}" if text else "  the passage as a whole"),
        ]
        if annotation.side is not Side.CANDIDATE:
            parts.append(Content(f" in the {annotation.side}"))
        if annotation.note:
            parts.append(plain(f" – {annotation.note}"))
        if annotation.reviewer != self._reviewer:
            parts.append(plain(f" · {annotation.reviewer}", "dim"))
        return Content("").join(parts)


def _hanging(head: Content, text: Content, width: int) -> list[Content]:
    """`text` behind `head`, its further lines below its first; in one line where the width is not known yet."""
    indent = head.cell_length
    first, *rest = text.wrap(width - indent) if width > indent else [text]
    return [head + first, *(Content(" " * indent) + line for line in rest)]


def _style(finding: Finding, selected: bool) -> str:
    weight = "" if finding.severity is Severity.MINOR else "bold"
    return f"{LIT} {weight}".strip() if selected else weight
