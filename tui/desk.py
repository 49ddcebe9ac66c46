"""What a reviewer does on the screen, kept in a session as it is done."""

from pathlib import Path

from metrics.model import Passage, Review
from metrics.mqm.store import Session
from metrics.mqm.units import texts_of, units_of


class Desk:
    """One reviewer's place at a session; the file is made when there is something to review."""

    def __init__(self, path: Path, reviewer: str) -> None:
        """Raises `SessionError` and `UsageError` where `path` is there and cannot be used."""
        self.path = path
        self.reviewer = reviewer
        self._session: Session | None = None
        if path.exists():
            self._session = Session.open(path, create=True)

    def begin(self, review: Review) -> frozenset[int]:
        """Take the passages of `review` as those of the session; the positions of those that were seen before.

        Raises `UnwritableFile` where the session cannot be kept.
        """
        self.session.adopt(units_of(review), texts_of(review))
        return self._seen(review)

    def news(self, review: Review) -> frozenset[int] | None:
        """As `begin`, when another process has written since; None where none has. Raises `BleupencilError`."""
        return self._seen(review) if self.session.refresh() else None

    def _seen(self, review: Review) -> frozenset[int]:
        seen = {unit for unit, reviewer in self.session.state.seen if reviewer == self.reviewer}
        return frozenset(passage.position for passage in review.passages if passage.id in seen)

    def see(self, passage: Passage) -> None:
        """Note that the reviewer has had a passage on the screen. Raises `UnwritableFile`."""
        self.session.see(passage.id, self.reviewer)

    def close(self) -> None:
        """Leave; there is nothing to save."""
        if self._session is not None:
            self._session.close()

    @property
    def session(self) -> Session:
        """The session, open."""
        if self._session is None:
            self._session = Session.open(self.path, create=True)
        return self._session
