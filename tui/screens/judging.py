"""What the reviewer says of passages: marks, findings taken and dismissed, dispositions, and all of it undone."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from metrics.errors import BleupencilError
from metrics.model import Change, Finding, Passage, Severity, Span, Weight
from metrics.mqm.model import Annotation, Disposition, Side
from metrics.mqm.proposals import proposed_span
from metrics.wording import count
from metrics.words import pieces
from tui.said import SAID
from tui.screens.choice import ChoiceScreen
from tui.screens.mark import MarkScreen
from tui.screens.walking import WalkingScreen
from tui.widgets.draftpanel import Draft
from tui.widgets.notes import Notes
from tui.widgets.passage import PassagePane

#: Lines of the panel in which marks are made, the keys left aside.
_PANEL = 8
_TAKE = Binding.Group("Take", compact=True)
_UNDO = Binding.Group("Undo", compact=True)


class JudgingScreen(WalkingScreen):
    """Whatever is said is kept before it is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "dispose('fine', True)", "Fine", id="dispose.fine", tooltip="Fine, and on to the next"),
        Binding("e", "dispose('error')", "Error", id="dispose.error", tooltip="The passage is wrong", show=False),
        Binding(
            "p",
            "dispose('paraphrase')",
            "Paraphrase",
            id="dispose.paraphrase",
            tooltip="Acceptable paraphrase",
            show=False,
        ),
        Binding(
            "A",
            "dispose('misalignment')",
            "Misaligned",
            id="dispose.misalignment",
            tooltip="Misaligned: leave it out of the scores",
            show=False,
        ),
        Binding(
            "s",
            "dispose('noise')",
            "Noise",
            id="dispose.noise",
            tooltip="Source noise: leave it out of the scores",
            show=False,
        ),
        Binding("v", "mark", "Mark", id="mark", tooltip="Mark words as an error"),
        Binding(
            "enter", "edit", "Edit", id="edit", tooltip="Edit the selected mark, or show the selection", show=False
        ),
        Binding("d,delete", "delete", "Delete", id="delete", tooltip="Delete the selected mark", show=False),
        Binding("y", "take", "Yes", id="take", group=_TAKE, tooltip="Make the finding a mark"),
        Binding("x", "set_aside", "No", id="dismiss", group=_TAKE, tooltip="Dismiss the finding"),
        Binding("X", "set_kind_aside", "Never", id="dismiss.kind", tooltip="Dismiss findings of that kind", show=False),
        Binding("B", "bring_back", "Back", id="bring.back", tooltip="Bring dismissed findings back", show=False),
        Binding("z", "turn(-1)", "Undo", id="undo", group=_UNDO, tooltip="Undo what you did last"),
        Binding("Z", "turn(1)", "Redo", id="redo", group=_UNDO, tooltip="Redo what you undid last"),
    ]

    def keep(self, act: Callable[[], object]) -> bool:
        """Do something and show it; where it cannot be kept, that is told, and nothing is changed."""
        try:
            act()
        except BleupencilError as error:
            self.tell(str(error), "error")
            return False
        self.follow()
        return True

    def follow(self) -> None:
        """Show what became of the review."""
        changed = self.desk.changed()
        replaced = bool(changed.removed or changed.added)
        if replaced:
            self.review = self.desk.review
            self.index.change(changed.removed, changed.added)
        touched = {name: passage for name in changed.touched if (passage := self.desk.passage(name))}
        if changed.kinds:
            touched |= {p.id: p for p in self.index.passages if any(f.kind in changed.kinds for f in p.findings)}
        self.index.stand_all(self.desk.standing, touched.values())
        if replaced:
            here = self.passage and self.desk.passage(self.passage.id)
            if here is not None:
                # The same to a reader, but perhaps in another place.
                self.passage = here
            self.requeue()
            if here is None and changed.added:
                self.select_passage(changed.added[0].id)
        if touched:
            self.refresh_notes()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot be done now is not offered; what is typed into a field is no act at all."""
        if isinstance(self.focused, Input):
            return False
        if action in ("help", "leave", "export_screen") or not hasattr(self, f"action_{action}"):
            return super().check_action(action, parameters)
        if action in ("clear", "filter", "turn", "overview", "align"):
            return self.review is not None and bool(self.review.passages)
        return bool(self.passages)

    def action_dispose(self, what: str, go_on: bool = False) -> None:
        """Say what the passage is; said again, it is open again."""
        passage = self.passage
        assert passage is not None
        disposition = Disposition(what)
        again = self.desk.disposition(passage) is disposition
        if not self.keep(lambda: self.desk.dispose(passage, None if again and not go_on else disposition)):
            return
        if go_on:
            self.go_on()
        else:
            self.tell("Open again." if again else f"{SAID[disposition].capitalize()}.")

    def action_mark(self) -> None:
        """Mark words: those of the selected finding, or the first that differ."""
        assert self.passage is not None
        first = next(iter(self.desk.typology.categories)).id
        category, severity = self.desk.last_called or (first, Severity.MINOR)
        side, span = self._suspect(self.passage)
        self._open_mark(Draft(side, span, category, severity), self._keep_new)

    def _suspect(self, passage: Passage) -> tuple[Side, Span]:
        """Where a mark is likely to go."""
        assert self.review is not None
        if isinstance(self.note, Finding):
            side, span = proposed_span(self.review, passage, self.note)
            if span.end > span.start:
                return side, span
        for side, marks in zip((Side.CANDIDATE, Side.REFERENCE), passage.marks, strict=True):
            telling = [mark for mark in marks if mark.weight is not Weight.FAINT and mark.change is not Change.FORM]
            if telling:
                worst = max(telling, key=lambda mark: mark.weight)
                return side, Span(worst.start, worst.end)
        side = Side.CANDIDATE if passage.candidate.text.strip() else Side.REFERENCE
        first = next(iter(pieces(passage.candidate.text or passage.reference.text)), None)
        return side, Span(0, 0) if first is None else Span(first.start, first.end)

    def _open_mark(self, draft: Draft, keep: Callable[[Passage, Draft], None]) -> None:
        passage, pane = self.passage, self.query_one(PassagePane)
        assert passage is not None
        is_open = True

        def show(side: Side, span: Span) -> None:
            # What was to be shown may come late.
            if is_open:
                pane.selection = side, span

        def done(made: Draft | None) -> None:
            nonlocal is_open
            is_open, pane.selection = False, None
            self._make_room(False)
            if made is not None:
                self.keep(lambda: keep(passage, made))

        self._make_room(True)
        self.app.clear_notifications()
        self.app.push_screen(MarkScreen(passage, draft, self.desk.typology, show, pane.line_width), done)

    def _make_room(self, room: bool) -> None:
        """Let the text end above the panel in which marks are made, or reach down again."""
        # A class of the screen would have the styles of all its widgets looked up, which takes longer than a key may.
        self.query_one("#body").styles.margin = (0, 0, _PANEL if room else 0, 0)
        self.query_one(Notes).styles.max_height = 0 if room else None

    def _keep_new(self, passage: Passage, draft: Draft) -> None:
        origin = self.note.kind if isinstance(self.note, Finding) else ""
        self.desk.annotate(passage, *draft, origin=origin)

    def action_edit(self) -> None:
        """Edit the selected mark; without one, scroll back to the selection."""
        note = self.note
        if not isinstance(note, Annotation):
            self.reveal()
        elif note.side is Side.SOURCE:
            self.tell("This mark is on the source, which is not shown: only d can take it away.")
        else:
            draft = Draft(note.side, Span(note.start, note.end), note.category, note.severity, note.note)
            self._open_mark(draft, lambda _, made: self._change(note, made))

    def _change(self, note: Annotation, made: Draft) -> None:
        self.desk.change(
            replace(
                note,
                side=made.side,
                start=made.span.start,
                end=made.span.end,
                category=made.category,
                severity=made.severity,
                note=made.note,
            )
        )

    def action_delete(self) -> None:
        """Take the selected mark away."""
        if not isinstance(self.note, Annotation):
            self.tell("Select a mark with n or N first.")
            return
        note = self.note
        if self.keep(lambda: self.desk.remove(note)):
            self.tell("Deleted; z brings it back.")

    def _finding(self) -> Finding | None:
        """The selected finding, or the first that is not taken yet; tells where there is none."""
        if isinstance(self.note, Finding):
            return self.note
        assert self.passage is not None
        findings = [note for note in self.notes if isinstance(note, Finding)]
        fresh = next((each for each in findings if self.desk.taken(self.passage, each) is None), None)
        if fresh is None:
            self.tell("No finding of this passage is left.")
        return fresh

    def action_take(self) -> None:
        """Make a finding a mark, its category and severity filled in; then select the next one."""
        finding, passage = self._finding(), self.passage
        if finding is None or passage is None:
            return
        if self.desk.taken(passage, finding) is not None:
            self.tell("This finding is a mark already.")
            return
        if self.keep(lambda: self.desk.take(passage, finding)):
            made = self.desk.taken(passage, finding)
            assert made is not None
            self.tell(f"Marked: {made.severity} {self.desk.typology.label(made.category)}.")
            self.note = self._following(finding)

    def action_set_aside(self) -> None:
        """Set a finding aside; then select the next one."""
        finding, passage = self._finding(), self.passage
        if finding is None or passage is None:
            return
        after = self._following(finding)
        if self.keep(lambda: self.desk.dismiss(passage, finding)):
            self.note = after if after in self.notes else None

    def _following(self, finding: Finding) -> Finding | None:
        findings = [note for note in self.notes if isinstance(note, Finding)]
        at = findings.index(finding) if finding in findings else -1
        return findings[at + 1] if 0 <= at < len(findings) - 1 else None

    def action_set_kind_aside(self) -> None:
        """Ask where to set aside all findings of the kind of the selected one."""
        finding, passage = self._finding(), self.passage
        if finding is None or passage is None:
            return
        assert self.review is not None
        kind = finding.kind
        here = self.desk.count_of_kind(kind, [passage])
        everywhere = self.desk.count_of_kind(kind, self.review.passages)
        choices = {"h": f"here: {here}", "e": f"everywhere: {everywhere}"}

        def done(where: str | None) -> None:
            if where is None:
                return
            number = here if where == "h" else everywhere
            if self.keep(lambda: self.desk.dismiss_kind(kind, passage if where == "h" else None)):
                self.tell(f"{count(number, 'finding')} of kind {kind} dismissed; z brings them back.")

        self.app.push_screen(ChoiceScreen(f"Dismiss findings of kind {kind}", choices), done)

    def action_bring_back(self) -> None:
        """Show again what was dismissed in this passage."""
        passage = self.passage
        assert passage is not None
        dismissed = len(passage.findings) - len(self.desk.findings(passage))
        if self.keep(lambda: self.desk.bring_back(passage)):
            told = f"{count(dismissed, 'finding')} brought back."
            self.tell(told if dismissed else "Nothing is dismissed in this passage.")

    def action_turn(self, direction: int) -> None:
        """Undo or redo, be it what was done before a restart; tells what that was, and goes to where it was."""
        turned: list[tuple[str, str] | None] = []
        if not self.keep(lambda: turned.append(self.desk.undo() if direction < 0 else self.desk.redo())):
            return
        if turned[0] is None:
            self.tell(f"Nothing to {'undo' if direction < 0 else 'redo'}.")
            return
        told, unit = turned[0]
        if unit and (self.passage is None or self.passage.id != unit):
            self.select_passage(unit)
        self.tell(f"{'Undone' if direction < 0 else 'Redone'}: {told}.")

    def reveal(self) -> None:
        """Scroll back to the selected row and to the beginning of its passage."""
        raise NotImplementedError
