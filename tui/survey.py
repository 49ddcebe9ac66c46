"""What the overview shows of a desk, each part counted when it is first asked for; free of Textual."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from metrics.model import Kind
from metrics.mqm.model import Act, State
from metrics.mqm.pace import Pace, pace
from metrics.mqm.scorecard import Scorecard, scorecard
from metrics.mqm.units import units_of
from metrics.overview import Course, Dots, Tally, course, dots, tallied
from tui.desk import Desk

#: The name of the one number of a passage that is no score.
RISK = "risk"


class Said(NamedTuple):
    """What a session holds."""

    acts: tuple[Act, ...]
    state: State


class Counted(NamedTuple):
    """What takes long to count."""

    scorecard: Scorecard
    pace: Pace


class Survey:
    """The review as it is when the survey is made. What is left out, as misaligned or as noise, is in no score."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._review = desk.review

    @cached_property
    def course(self) -> Course:
        """The passages in the order of the candidate."""
        passages = self._review.passages
        return course(passages, map(self._desk.reviewed, passages), map(self._desk.left_out, passages))

    @cached_property
    def dots(self) -> Dots:
        """The alignment; places are those of the course."""
        size = len(self._review.candidate_segments), len(self._review.reference_segments)
        return dots(self.course.passages, size)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The numbers that passages have: chrF first, the risk last."""
        scored = next((passage.scores for passage in self._review.passages if passage.scores), {})
        return (*sorted(scored, key=lambda name: name != "chrF"), RISK)

    def values(self, name: str) -> Sequence[float]:
        """A number of each passage that has scores and is not left out."""
        places = zip(self.course.passages, self.course.risk.tolist(), self.course.left_out.tolist(), strict=True)
        scored = ((passage, risk) for passage, risk, out in places if passage.scores and not out)
        return [risk if name == RISK else passage.scores[name] for passage, risk in scored]

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """What was found and not dismissed."""
        return tallied(map(self._desk.findings, self._review.passages))

    @cached_property
    def dismissed(self) -> int:
        """How many findings were dismissed."""
        found = sum(len(passage.findings) for passage in self._review.passages)
        return found - sum(tally.findings for tally in self.tallies)

    @cached_property
    def _words(self) -> dict[str, int]:
        """Words by passage: of the candidate, or of the reference where the candidate has none, as scorecards count."""
        return {p.id: p.candidate.words or p.reference.words for p in self._review.passages}

    @property
    def done(self) -> tuple[int, int]:
        """Passages that are reviewed, and all that are to be."""
        return self._desk.reviewed_count, self._desk.to_review_count

    @cached_property
    def words(self) -> tuple[int, int]:
        """Words that are reviewed, and all that are to be: furniture only where it is reviewed."""
        places = zip(self.course.passages, self.course.reviewed.tolist(), strict=True)
        words = [(self._words[p.id], done) for p, done in places if done or p.kind is not Kind.BOILERPLATE]
        return sum(number for number, done in words if done), sum(number for number, _ in words)

    def said(self) -> Said:
        """What reviewers did and said so far. The session belongs to the thread that this is called in."""
        return Said(tuple(self._desk.session.acts), self._desk.session.state)

    def count(self, said: Said) -> Counted:
        """The scorecard, for which the words of all texts are counted, and the pace. May run in any thread."""
        desk = self._desk
        card = scorecard(units_of(self._review), said.state, typology=desk.typology, reviewer=desk.reviewer)
        return Counted(card, pace(said.acts, desk.reviewer, self._words))
