"""The command that tells how the review stands."""

from collections.abc import Iterator

from metrics.model import Kind
from metrics.mqm.pace import pace
from metrics.mqm.scorecard import scorecard, unit_words
from metrics.wording import count
from tui.plain.walk import Walk
from tui.said import percent


def summary(walk: Walk, _: str) -> Iterator[str]:
    """Scores, coverage, progress, and the scorecard of this reviewer with its verdict."""
    desk, review = walk.desk, walk.desk.review
    coverage = desk.coverage
    yield f"{', '.join(f'{name} {score.value:.1f}' for name, score in desk.scores.items()) or 'No scores'}."
    yield (
        f"Coverage: {percent(coverage.reference)} of the reference's words, "
        f"{percent(coverage.candidate)} of the candidate's."
    )
    kinds = ", ".join(f"{review.count(kind)} {kind}" for kind in Kind if review.count(kind))
    yield f"{count(len(review.passages), 'passage')}{f': {kinds}' if kinds else ''}."
    left_out = f", {desk.left_out_count} left out of the scores" if desk.left_out_count else ""
    yield f"{desk.reviewed_count} of {desk.to_review_count} reviewed{left_out}."
    units = desk.session.units
    card = scorecard(units, desk.session.state, typology=desk.typology, reviewer=desk.reviewer)
    words, counting, _all = card.total.words
    yield f"{words} of {count(counting, 'word')} reviewed."
    errors = ", ".join(f"{number} {severity}" for severity, number in card.total.errors.items() if number)
    yield f"Errors marked: {errors or 'none'}."
    for result in card.total.results:
        score = "no score yet" if result.score is None else f"score {result.score:.2f}"
        yield f"{result.scheme.name}: {result.penalty:.1f} penalty points, {score}."
    verdict = {True: "pass", False: "fail", None: "none"}[card.verdict.passed]
    yield f"Verdict: {verdict}, {card.verdict.reason}."
    speed = pace(desk.session.acts, desk.reviewer, {unit.id: unit_words(unit) for unit in units}).words_per_hour
    if speed is not None:
        yield f"Pace: {speed:.0f} words per hour."
