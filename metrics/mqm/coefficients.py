"""Agreement beyond chance, by nltk's `AnnotationTask`; a figure that cannot be had says why.

Sources: J. Cohen 1960 (κ) and 1968 (weighted κ); K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.mqm.panel import LEVELS, Judge, Judgement

#: nltk's own form: who, of which passage, and what they say of it, which is a word or a place in `LEVELS`.
Rating = tuple[str, str, str | int]
Coefficient = Callable[[Sequence[Rating]], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or None and the reason why there is none.

    `count` is of what it rests on: passages for a coefficient, marks or characters for the others.
    """

    value: float | None
    reason: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """Something that reviewers are compared on.

    `answer` is None where a reviewer does not say. `kappa` is for two of them; `alpha`, for any number, takes
    passages that some did not review.
    """

    name: str
    answer: Callable[[Judgement], str | int | None]
    kappa: Coefficient
    alpha: Coefficient


def kappa(question: Question, judges: tuple[Judge, Judge]) -> Figure:
    """Cohen's κ of two reviewers, at most 1."""
    return _figure(question, judges, question.kappa)


def alpha(question: Question, judges: Sequence[Judge]) -> Figure:
    """Krippendorff's α of all reviewers, at most 1."""
    return _figure(question, judges, question.alpha)


def _figure(question: Question, judges: Sequence[Judge], coefficient: Coefficient) -> Figure:
    if len(judges) < 2:
        return Figure(None, f"{judges[0].name} is the only reviewer" if judges else "nobody has reviewed anything")
    ratings = _ratings(question, judges)
    if not ratings:
        who = f"{judges[0].name} and {judges[1].name}" if len(judges) == 2 else "two reviewers"
        reviewed = Counter(unit for judge in judges for unit in judge.judgements)
        if max(reviewed.values(), default=0) < 2:
            return Figure(None, f"there is no passage that {who} have in common")
        return Figure(None, f"there is no passage of which {who} both give a {question.name}")
    passages = len({unit for _, unit, _ in ratings})
    answers = {answer for *_, answer in ratings}
    if len(answers) == 1:
        (answer,) = answers
        word = LEVELS[answer] if isinstance(answer, int) else answer
        return Figure(None, f"all say '{word}' of every passage, and chance would have it so, too", passages)
    return Figure(float(coefficient(ratings)), "", passages)


def _ratings(question: Question, judges: Iterable[Judge]) -> list[Rating]:
    """What is said of passages of which at least two say something."""
    by_unit: dict[str, list[Rating]] = {}
    for place, judge in enumerate(judges):
        for unit, judgement in judge.judgements.items():
            answer = question.answer(judgement)
            if answer is not None:
                by_unit.setdefault(unit, []).append((str(place), unit, answer))
    return [rating for ratings in by_unit.values() if len(ratings) > 1 for rating in ratings]


def _task(ratings: Sequence[Rating], *distance: Callable[[Any, Any], float]) -> Any:
    from nltk.metrics.agreement import AnnotationTask

    return AnnotationTask(ratings, *distance)


def _kappa(ratings: Sequence[Rating]) -> float:
    return float(_task(ratings).kappa_pairwise("0", "1"))


def _weighted_kappa(ratings: Sequence[Rating]) -> float:
    # nltk's κ without weights would set distances against a chance that knows none.
    return float(_task(ratings, _share_of_the_way).weighted_kappa_pairwise("0", "1"))


def _share_of_the_way(one: int, other: int) -> float:
    return abs(one - other) / (len(LEVELS) - 1)


def _nominal_alpha(ratings: Sequence[Rating]) -> float:
    return float(_task(ratings).alpha())


def _ordinal_alpha(ratings: Sequence[Rating]) -> float:
    """With Krippendorff's distance of ranks: how many ratings lie between two, half of their own among them, squared.

    It is not in 0…1 as nltk asks, which α, a quotient of distances, does not mind.
    """
    counts = Counter(answer for *_, answer in ratings)

    def distance(one: int, other: int) -> float:
        between = sum(counts[rank] for rank in range(min(one, other), max(one, other) + 1))
        return float((between - (counts[one] + counts[other]) / 2) ** 2)

    return float(_task(ratings, distance).alpha())


def _disposition(judgement: Judgement) -> str | None:
    return judgement.disposition and judgement.disposition.value


def _level(judgement: Judgement) -> int:
    return judgement.level


DISPOSITIONS = Question("disposition", _disposition, _kappa, _nominal_alpha)
SEVERITIES = Question("worst severity", _level, _weighted_kappa, _ordinal_alpha)
