"""One reviewer's place at a session: all that is done on the screen or in the dialogue, kept as it is done."""

from collections.abc import Iterable, Mapping, Sequence

from metrics.corrections import Correction, body_of_correction
from metrics.errors import UsageError
from metrics.model import Finding, Passage, Severity, Span
from metrics.mqm.journal import body_of
from metrics.mqm.model import Act, Annotation, Deed, Disposition, Side
from metrics.mqm.proposals import finding_key, proposed_category, proposed_span
from metrics.mqm.relocation import relocated
from metrics.mqm.store import new_id
from metrics.mqm.telling import act_told
from metrics.mqm.units import unit_of
from metrics.visible import clean
from tui.ledger import Ledger


class Desk(Ledger):
    """What one reviewer does.

    What a method returns from is on disk. All that write raise `UnwritableFile` where that cannot be, and then nothing
    is changed.
    """

    def see(self, passage: Passage) -> None:
        """Note that the reviewer has it before them."""
        if not self.seen(passage):
            self._do(Deed.SEE, passage.id, {})

    def annotate(
        self,
        passage: Passage,
        side: Side,
        span: Span,
        category: str,
        severity: Severity,
        note: str = "",
        origin: str = "",
    ) -> Annotation:
        """Mark a range of a side's text, or with an empty one the whole passage."""
        annotation = Annotation(new_id(), passage.id, self.reviewer, side, *span, category, severity, note, origin)
        self._do(Deed.ANNOTATE, passage.id, body_of(annotation))
        return annotation

    def change(self, annotation: Annotation) -> None:
        """Keep an annotation as it is given, in place of the one of the same id. Raises `UsageError` for another's."""
        self._check_mine(annotation)
        self._do(Deed.ANNOTATE, annotation.unit, body_of(annotation))

    def remove(self, annotation: Annotation) -> None:
        """Take an annotation away. Raises `UsageError` for another reviewer's."""
        self._check_mine(annotation)
        self._do(Deed.REMOVE, annotation.unit, {"id": annotation.id})

    def _check_mine(self, annotation: Annotation) -> None:
        if annotation.reviewer != self.reviewer:
            raise UsageError(f"this mark is {clean(annotation.reviewer)}’s: only they can change it or take it away")

    def dispose(self, passage: Passage, disposition: Disposition | None) -> None:
        """Say what a passage is, or with None that it is open again."""
        self._do(Deed.DISPOSE, passage.id, {"disposition": disposition})

    def take(self, passage: Passage, finding: Finding) -> Annotation:
        """Make a finding an annotation, its category and severity filled in."""
        side, span = proposed_span(self.review, passage, finding)
        category = proposed_category(finding, self.typology)
        return self.annotate(passage, side, span, category.id, finding.severity, origin=finding.kind)

    def dismiss(self, passage: Passage, finding: Finding) -> None:
        """Set one finding aside."""
        key = finding_key(self.review, passage, finding)
        self._do(Deed.DISMISS, passage.id, {"findings": [key]})

    def dismiss_kind(self, kind: str, passage: Passage | None = None) -> int:
        """Set aside all findings of a kind, in a passage or everywhere; how many that are."""
        some = self.review.passages if passage is None else (passage,)
        count = self.count_of_kind(kind, some)
        self._do(Deed.DISMISS, "" if passage is None else passage.id, {"findings": [kind]})
        return count

    def count_of_kind(self, kind: str, passages: Iterable[Passage]) -> int:
        """How many findings of a kind are not dismissed."""
        return sum(
            finding.kind == kind
            for passage in passages
            if any(finding.kind == kind for finding in passage.findings)
            for finding in self.findings(passage)
        )

    def bring_back(self, passage: Passage) -> int:
        """Show again what was dismissed in a passage, or everywhere of the kinds that it has; how many that are."""
        shown = self.findings(passage)
        keys = [finding_key(self.review, passage, each) for each in passage.findings if each not in shown]
        if keys:
            self._do(Deed.DISMISS, passage.id, {"findings": keys, "back": True})
        return len(keys)

    def realign(self, correction: Correction) -> Sequence[Passage]:
        """Correct the alignment; the passages that there are now in place of others.

        Annotations go along with their words. What was said of a passage as a whole holds no longer, for it is another.
        """
        body = body_of_correction(self.review, correction)
        patches = self._patches()
        changes = self._realigner.sync([*patches, (0, body)])
        try:
            kept = {passage.id for passage in changes.added}
            body |= {
                "annotations": relocated(
                    self.review,
                    changes.removed,
                    changes.added,
                    (a for passage in changes.removed for a in self.annotations(passage)),
                ),
                "replaced": [passage.id for passage in changes.removed if passage.id not in kept],
            }
        finally:
            self._realigner.sync(patches)
        unit = next(iter(body["replaced"]), changes.removed[0].id if changes.removed else "")
        self._do(Deed.PATCH, unit, body)
        return changes.added

    def undo(self) -> tuple[str, str] | None:
        """Take back what this reviewer did last; tells what that was and the id of its unit, None for nothing."""
        return self._turned(self.session.journal.undoable(self.reviewer), Deed.UNDO)

    def redo(self) -> tuple[str, str] | None:
        """Do again what this reviewer took back last; tells what that was and the id of its unit, None for nothing."""
        return self._turned(self.session.journal.redoable(self.reviewer), Deed.REDO)

    def _turned(self, act: Act | None, deed: Deed) -> tuple[str, str] | None:
        if act is None:
            return None
        before = self._annotation(act)
        turned = self.session.undo(self.reviewer) if deed is Deed.UNDO else self.session.redo(self.reviewer)
        if turned is None:
            return None
        self._follow((turned,))
        passage = self._passages.get(act.unit)
        unit = None if passage is None else unit_of(passage, 0)
        return act_told(act, unit, before or self._annotation(act), self.typology), act.unit

    def _annotation(self, act: Act) -> Annotation | None:
        return self.session.journal.annotations.get(act.body.get("id", ""))

    def _do(self, deed: Deed, unit: str, body: Mapping[str, object]) -> None:
        self._follow(self.session.record([(self.reviewer, deed, unit, body)]))
