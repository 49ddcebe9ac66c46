"""A pair as its reviewers left it: alignment corrected, passages left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from metrics.errors import DamagedSession
from metrics.model import Passage, Review, Settings
from metrics.mqm.model import Disposition, State
from metrics.mqm.scorecard import fitting, judged
from metrics.mqm.store import Session
from metrics.mqm.units import units_of
from metrics.review import realigner_steps, require_texts
from metrics.wording import count
from tui.cli.progress import watched


@dataclass(frozen=True, slots=True)
class Said:
    """A review as corrected; its scores and coverage are without `left_out`, passages and why each is.

    `state` is what the reviewers did. `damage` is what is wrong with the review file; empty where nothing is.
    """

    review: Review
    left_out: tuple[tuple[Passage, str], ...]
    state: State
    damage: str

    def check(self) -> None:
        """Raises `DamagedSession` where the file is damaged: what could be read of it is told by then."""
        if self.damage:
            raise DamagedSession(self.damage)


def judged_review(
    candidate: str,
    reference: str,
    settings: Settings,
    session: str,
    others: Sequence[str] = (),
    reviewer: str | None = None,
) -> Said:
    """The review of a pair with what a review file says of it; corrections that do not fit are told.

    `others` are paths of further references. With `reviewer` it is as if nobody else had said anything of the passages;
    corrections of the alignment are everybody's, for all judge the same passages.

    A passage is left out where a reviewer found it to be misaligned or source noise and none says something that
    counts. Raises `SessionError` and `UsageError`, besides what the pipeline raises.
    """
    with Session.open(session, readonly=True) as opened:
        state = opened.state if reviewer is None else _by(opened.state, reviewer)
        path, damage = opened.path, opened.damage
    realigner = watched(realigner_steps(candidate, reference, settings, others))
    require_texts(realigner.review)
    unfit = realigner.sync([(act.number, act.body) for act in state.patches]).unfit
    if unfit:
        click.echo(
            f"bleupencil: {count(len(unfit), 'correction')} of the alignment in {path} left away: the texts no longer "
            "have the sentences; correct it anew with 'bleupencil review'",
            err=True,
        )
    review = realigner.review
    reasons = {
        each.unit.id: each.left_out
        for each in judged(units_of(review), state, fitting(state))
        if each.left_out in (Disposition.MISALIGNMENT, Disposition.NOISE)
    }
    left_out = tuple((passage, reasons[passage.id]) for passage in review.passages if passage.id in reasons)
    scores, coverage = realigner.figures(passage for passage, _ in left_out)
    return Said(replace(review, scores=scores, coverage=coverage), left_out, state, damage)


def _by(state: State, reviewer: str) -> State:
    """The state with what one reviewer said alone."""
    return replace(
        state,
        annotations={key: mark for key, mark in state.annotations.items() if mark.reviewer == reviewer},
        dispositions={key: said for key, said in state.dispositions.items() if key[1] == reviewer},
        dismissed={key: act for key, act in state.dismissed.items() if key[0] == reviewer},
    )
