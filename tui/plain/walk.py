"""Where the reviewer is: the queue, its order and filter, what is searched for, and which passage is open."""

from metrics.errors import UsageError
from metrics.model import Finding, Passage
from metrics.mqm.model import Annotation
from metrics.search import Search
from metrics.selection import EVERYTHING, Filter, Index, left_to_review
from tui.desk import Desk

Note = Annotation | Finding


class Walk:
    """One walk through a review. It begins at the worst passage that is not reviewed.

    Raises `UnwritableFile` where it cannot be kept that a passage was seen.
    """

    def __init__(self, desk: Desk, order: str) -> None:
        """`order` is one of `metrics.ranking.ORDERS`; the desk has begun."""
        self.desk = desk
        self.order = order
        self.chosen = EVERYTHING
        self.context = 0
        self.search: Search | None = None
        self.found: frozenset[str] = frozenset()
        self.index = Index(desk.review.passages)
        self.passages = self.index.selected(order)
        self.row = 0
        #: The finding or annotation that was heard last; acts without a number mean this one.
        self.note: Note | None = None
        self.follow()
        self.go(next((row for row, passage in enumerate(self.passages) if not desk.reviewed(passage)), 0))

    @property
    def passage(self) -> Passage:
        """The passage that is open. Raises `UsageError` where the queue is empty."""
        if not self.passages:
            raise UsageError(
                "no passage is in the queue: 'filter all' shows all of them"
                if self.chosen != EVERYTHING
                else "there is no passage to review"
            )
        return self.passages[self.row]

    @property
    def filtered(self) -> bool:
        """Whether a filter is in force."""
        return self.chosen != EVERYTHING

    def go(self, row: int) -> None:
        """Open the passage of a row, or of the nearest that there is."""
        if self.passages:
            before = self.passages[self.row] if self.row < len(self.passages) else None
            self.row = max(0, min(row, len(self.passages) - 1))
            if self.passage is not before:
                self.note = None
            self.desk.see(self.passage)

    def go_to(self, name: str) -> bool:
        """Open the passage of an id; a filter that hides it is cleared. Whether that was another one than before."""
        wanted = self.desk.passage(name)
        if wanted is None or (self.passages and wanted is self.passage):
            return False
        if self.place_of(wanted) is None:
            self.choose(EVERYTHING)
        self.go(self.place_of(wanted) or 0)
        return True

    def place_of(self, passage: Passage) -> int | None:
        """The row of a passage."""
        return self.passages.place(self.index.row(passage))

    def choose(self, chosen: Filter) -> None:
        """Let another filter through."""
        self.chosen = chosen
        self.requeue()

    def put_in(self, order: str) -> None:
        """Put the queue in another order."""
        self.order = order
        self.requeue()

    def requeue(self, wanted: Passage | None = None) -> None:
        """Make the queue anew; `wanted`, or else the same passage, is open where it is in it, or else the first."""
        before = self.passages[self.row] if self.passages else None
        wanted = wanted or before
        self.passages = self.index.selected(self.order, self.chosen)
        self.row = 0
        row = None if wanted is None or self.desk.passage(wanted.id) is not wanted else self.place_of(wanted)
        if self.passages and (before is None or self.passages[row or 0] is not before):
            self.note = None
            if before is not None:
                self.desk.see(self.passages[row or 0])
        self.row = row or 0

    def follow(self) -> bool:
        """Take up what became of the review; whether another passage is open now, for that one is no more."""
        changed = self.desk.changed()
        replaced = bool(changed.removed or changed.added)
        if replaced:
            self.index.change(changed.removed, changed.added)
        touched = {name: self.desk.passage(name) for name in changed.touched}
        if changed.kinds:
            touched |= {p.id: p for p in self.index.passages if any(f.kind in changed.kinds for f in p.findings)}
        for passage in touched.values():
            if passage is not None:
                self.index.stand(passage, self.desk.standing(passage))
        if not replaced or not self.passages:
            return False
        before = self.passages[self.row]
        same = self.desk.passage(before.id)
        wanted = same if same is not None or not changed.added else changed.added[0]
        if wanted is not None and self.index.selected(self.order, self.chosen).place(self.index.row(wanted)) is None:
            self.chosen = EVERYTHING
        self.requeue(wanted)
        return wanted is not before

    def notes(self) -> tuple[Note, ...]:
        """What can be said to be the one that is meant: annotations, then findings that are not dismissed."""
        return *self.desk.annotations(self.passage), *self.desk.findings(self.passage)

    def next_open(self, worst: int = 0) -> Passage | None:
        """The next passage that is not reviewed: of the queue, or by risk onwards (1) or back (-1); around the end."""
        ranking = self.index.selected("risk", self.chosen) if worst else self.passages
        here = next((row for row, other in enumerate(ranking) if other is self.passage), -1)
        ahead = [*ranking[here + 1 :], *ranking[: max(here, 0)]]
        if worst < 0:
            ahead.reverse()
        wanted = left_to_review(self.chosen)
        return next((p for p in ahead if p.kind in wanted.kinds and not self.desk.reviewed(p)), None)

    def next_hit(self, direction: int) -> Passage | None:
        """The next passage of the queue with a hit, onwards (1) or back (-1), around the end; this one comes last."""
        ahead = [*self.passages[self.row + 1 :], *self.passages[: self.row + 1]]
        if direction < 0:
            ahead = [*self.passages[: self.row][::-1], *self.passages[self.row :][::-1]]
        return next((each for each in ahead if each.id in self.found), None)
