"""What a review and its session amount to for one reviewer, kept up to date with every act."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from metrics.model import Coverage, Finding, Kind, Passage, Review, Score, Severity
from metrics.mqm.model import Act, Annotation, Deed, Disposition, Side
from metrics.mqm.proposals import is_dismissed, proposed_span
from metrics.mqm.scorecard import fitting
from metrics.mqm.store import Session
from metrics.mqm.typology import Typology
from metrics.mqm.units import texts_of, unit_of, units_of
from metrics.realignment import Realigner
from metrics.selection import Standing


@dataclass
class Changed:
    """What became of the review since it was last asked.

    Passages were replaced by others; of those in `touched`, by id, something was said; findings of `kinds` were
    dismissed everywhere or brought back.
    """

    removed: list[Passage] = field(default_factory=list)
    added: list[Passage] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)


class Ledger:
    """One reviewer's view of a session; the file is made when there is something to review."""

    def __init__(self, path: Path, reviewer: str, typology: Typology | None = None) -> None:
        """Raises `SessionError` and `UsageError` where `path` is there and cannot be used.

        Without a typology it is the one that fits what was marked.
        """
        self.path = path
        self.reviewer = reviewer
        self._session: Session | None = None
        if path.exists():
            self._session = Session.open(path, create=True)
        self._typology = typology
        self._changed = Changed()
        self._adopted: Review | None = None

    def prepare(self, realigner: Realigner) -> None:
        """Do what takes long of `begin`, in whichever thread: the file is opened for it, and closed again.

        Raises as `begin` does, and `SessionError` where the file cannot be used.
        """
        with Session.open(self.path, create=True) as session:
            self._adopt(session, realigner)

    def begin(self, realigner: Realigner) -> None:
        """Take the passages of a review as those of the session, as its corrections have them.

        Raises `UnwritableFile` where the session cannot be kept.
        """
        self._realigner = realigner
        self._typology = self._typology or fitting(self.session.state)
        self._adopt(self.session, realigner)
        self._passages = {passage.id: passage for passage in self.review.passages}
        self._texts = sum(passage.kind is not Kind.BOILERPLATE for passage in self.review.passages)
        self._reviewed: set[str] = set()
        self._judged_furniture: set[str] = set()
        self._left_out: dict[str, Passage] = {}
        self._figures: tuple[Mapping[str, Score], Coverage] | None = None
        journal = self.session.journal
        said = {unit for unit, _ in journal.dispositions} | {a.unit for a in journal.annotations.values()}
        said |= {unit for who, unit, _ in journal.dismissed if unit and who == self.reviewer}
        self._judge(said)
        # Looking for orphans reads all units there ever were.
        self.orphans = len(self.session.orphans) if said - self._passages.keys() else 0
        kinds = {finding for who, unit, finding in journal.dismissed if not unit and who == self.reviewer}
        self._changed = Changed(touched=said, kinds=kinds)

    def _adopt(self, session: Session, realigner: Realigner) -> None:
        """Apply a session's corrections; then keep the passages in it, unless that is done."""
        self.unfit = len(realigner.sync([(act.number, act.body) for act in session.journal.patches]).unfit)
        if realigner.review is not self._adopted:
            session.adopt(units_of(realigner.review), texts_of(realigner.review))
            self._adopted = realigner.review

    @property
    def session(self) -> Session:
        """The session, open."""
        if self._session is None:
            self._session = Session.open(self.path, create=True)
        return self._session

    @property
    def typology(self) -> Typology:
        """What errors are called."""
        assert self._typology is not None
        return self._typology

    @property
    def realigner(self) -> Realigner:
        """What corrects the alignment."""
        return self._realigner

    @property
    def review(self) -> Review:
        """The review, as it is corrected now."""
        return self._realigner.review

    @property
    def scores(self) -> Mapping[str, Score]:
        """The headline scores, without what is left out."""
        return self._now()[0]

    @property
    def coverage(self) -> Coverage:
        """The coverage, without what is left out."""
        return self._now()[1]

    def _now(self) -> tuple[Mapping[str, Score], Coverage]:
        if self._figures is None:
            self._figures = self._realigner.figures(self._left_out.values())
        return self._figures

    @property
    def reviewed_count(self) -> int:
        """How many passages this reviewer has judged."""
        return len(self._reviewed)

    @property
    def to_review_count(self) -> int:
        """How many passages are to be judged: all but furniture, of which what is judged counts, too."""
        return self._texts + len(self._judged_furniture)

    @property
    def left_out_count(self) -> int:
        """How many passages this reviewer found to be misaligned or noise: they are in no score."""
        return len(self._left_out)

    def passage(self, name: str) -> Passage | None:
        """The passage of an id."""
        return self._passages.get(name)

    def standing(self, passage: Passage) -> Standing:
        """What has become of a passage, in short."""
        worst = self.worst_mark(passage)
        return Standing(self.disposition(passage), worst, self.reviewed(passage), self.findings(passage))

    def seen(self, passage: Passage) -> bool:
        """Whether this reviewer has had it before them."""
        return (passage.id, self.reviewer) in self.session.journal.seen

    def reviewed(self, passage: Passage) -> bool:
        """Whether this reviewer has said what it is, or marked something in it."""
        return passage.id in self._reviewed

    def left_out(self, passage: Passage) -> bool:
        """Whether this reviewer found it to be misaligned or noise."""
        return passage.id in self._left_out

    def disposition(self, passage: Passage) -> Disposition | None:
        """What this reviewer says that it is."""
        return self.session.journal.dispositions.get((passage.id, self.reviewer))

    def annotations(self, passage: Passage) -> tuple[Annotation, ...]:
        """All reviewers' annotations, those of the candidate first, in the order of the text."""
        sides = list(Side)
        found = self.session.journal.annotations_of(passage.id)
        return tuple(sorted(found, key=lambda a: (sides.index(a.side), a.start, a.end)))

    @property
    def last_called(self) -> tuple[str, Severity] | None:
        """The category and severity of what this reviewer marked last, be it before a restart."""
        mine = (act for act in reversed(self.session.acts) if act.deed is Deed.ANNOTATE)
        last = next((act for act in mine if act.reviewer == self.reviewer), None)
        return None if last is None else (last.body["category"], Severity(last.body["severity"]))

    def worst_mark(self, passage: Passage) -> Severity | None:
        """The severity of the worst annotation."""
        order = list(Severity)
        found = self.session.journal.annotations_of(passage.id)
        return max((a.severity for a in found), key=order.index, default=None)

    def findings(self, passage: Passage) -> tuple[Finding, ...]:
        """What was found, but for what this reviewer dismissed."""
        if not self.session.journal.dismissed:
            return passage.findings
        said = self.session.journal.dismissed
        return tuple(
            each for each in passage.findings if not is_dismissed(said, self.reviewer, self.review, passage, each)
        )

    def taken(self, passage: Passage, finding: Finding) -> Annotation | None:
        """This reviewer's annotation that came of a finding."""
        side, span = proposed_span(self.review, passage, finding)
        return next(
            (
                a
                for a in self.session.journal.annotations_of(passage.id)
                if (a.reviewer, a.origin, a.side, a.start, a.end) == (self.reviewer, finding.kind, side, *span)
            ),
            None,
        )

    def news(self) -> bool:
        """Whether another process has written since; then it is taken up. Raises `BleupencilError`."""
        acts = self.session.refresh()
        if acts:
            numbers = {act.number: act for act in self.session.acts}
            turned = [numbers[act.body["act"]] for act in acts if act.deed in (Deed.UNDO, Deed.REDO)]
            self._follow((*acts, *turned))
        return bool(acts)

    def changed(self) -> Changed:
        """What became of the review since this was last asked."""
        changed, self._changed = self._changed, Changed()
        return changed

    def close(self) -> None:
        """Leave; there is nothing to save."""
        if self._session is not None:
            self._session.close()

    def _patches(self) -> list[tuple[int, Mapping[str, object]]]:
        return [(act.number, act.body) for act in self.session.journal.patches]

    def _follow(self, acts: Iterable[Act]) -> None:
        """Bring all that hangs on the journal up to date with acts that were done, undone or redone."""
        touched = {act.unit for act in acts}
        if any(act.deed is Deed.PATCH for act in acts):
            touched |= self._follow_patches()
        for act in acts:
            if act.deed is Deed.DISMISS and not act.unit:
                self._changed.kinds.update(act.body["findings"])
        self._changed.touched |= touched
        self._judge(touched)

    def _follow_patches(self) -> set[str]:
        """The ids of the passages that are no more or new."""
        changes = self._realigner.sync(self._patches())
        for passage in changes.removed:
            self._texts -= passage.kind is not Kind.BOILERPLATE
            self._reviewed.discard(passage.id)
            self._judged_furniture.discard(passage.id)
            del self._passages[passage.id]
            _move(passage, self._changed.added, self._changed.removed)
        for passage in changes.added:
            self._texts += passage.kind is not Kind.BOILERPLATE
            self._passages[passage.id] = passage
            _move(passage, self._changed.removed, self._changed.added)
        gone, new = ({passage.id: passage for passage in some} for some in (changes.removed, changes.added))
        place_of = attrgetter("position")
        places = {name: bisect_left(self.review.passages, p.position, key=place_of) for name, p in new.items()}
        with self.session.together():
            units = (unit_of(passage, 0) for name, passage in gone.items() if name not in new)
            self.session.add_units(units, current=False)
            self.session.add_units(unit_of(passage, places[name]) for name, passage in new.items())
        self._figures = None
        return {*gone, *new}

    def _judge(self, units: Iterable[str]) -> None:
        """Note which of these passages are reviewed now, and which are left out."""
        for unit in units:
            self._reviewed.discard(unit)
            self._judged_furniture.discard(unit)
            left = self._left_out.pop(unit, None)
            passage = self._passages.get(unit)
            if passage is not None:
                disposition = self.disposition(passage)
                marked = any(a.reviewer == self.reviewer for a in self.session.journal.annotations_of(unit))
                if disposition is not None or marked:
                    self._reviewed.add(unit)
                    if passage.kind is Kind.BOILERPLATE:
                        self._judged_furniture.add(unit)
                if disposition is not None and not disposition.counts:
                    self._left_out[unit] = passage
            if left is not self._left_out.get(unit):
                self._figures = None


def _move(passage: Passage, source: list[Passage], target: list[Passage]) -> None:
    """Note that a passage has come or gone; one that did both has done neither."""
    at = next((i for i, other in enumerate(source) if other is passage), None)
    if at is None:
        target.append(passage)
    else:
        del source[at]
