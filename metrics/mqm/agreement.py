"""How far reviewers agree: on what passages turned out to be, on how bad they are, and on where the errors stand.

    Session → Panel → Pair, Dispute → Agreement

A passage is reviewed by whom it has a disposition or an annotation of, and is the same where its id is the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from metrics.mqm.coefficients import DISPOSITIONS, SEVERITIES, Figure, alpha, kappa
from metrics.mqm.panel import Judge, Judgement, Panel
from metrics.mqm.span_agreement import Confusion, SpanFigures, confusions, shared_characters, span_figures


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers, by their places in `Panel.judges`; the first is taken for the reference of the second.

    `passages` counts those that both reviewed, `alone` those that only the first did, and only the second.
    `dispositions` is Cohen's κ, `severities` his κ with weights that grow evenly with the steps between levels.
    """

    first: int
    second: int
    passages: int
    alone: tuple[int, int]
    dispositions: Figure
    severities: Figure
    spans: tuple[SpanFigures, ...]
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A passage on which reviewers differ, and what each who reviewed it says, by place in `Panel.judges`.

    `steps` lie between the mildest level and the worst, 0…4. `dispositions` counts the different ones. `characters`
    are those that one of two marks with a category and a severity and the other does not, summed over pairs.
    """

    unit: str
    steps: int
    dispositions: int
    characters: int
    judgements: Mapping[int, Judgement]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of a panel.

    `compared` passages have two reviewers or more, `alone` have one. `dispositions` and `severities` are
    Krippendorff's α over all reviewers, nominal and ordinal. `disputes` come worst first.
    """

    compared: int
    alone: int
    dispositions: Figure
    severities: Figure
    pairs: tuple[Pair, ...]
    disputes: tuple[Dispute, ...]


def agreement(panel: Panel) -> Agreement:
    """Compare the reviewers of `panel`, each with each, and all together."""
    reviewed = Counter(unit for judge in panel.judges for unit in judge.judgements)
    compared = sum(count > 1 for count in reviewed.values())
    return Agreement(
        compared=compared,
        alone=len(reviewed) - compared,
        dispositions=alpha(DISPOSITIONS, panel.judges),
        severities=alpha(SEVERITIES, panel.judges),
        pairs=tuple(_pair(panel.judges, *places) for places in combinations(range(len(panel.judges)), 2)),
        disputes=_disputes(panel),
    )


def _pair(judges: Sequence[Judge], first_place: int, second_place: int) -> Pair:
    first, second = judges[first_place], judges[second_place]
    common = first.judgements.keys() & second.judgements.keys()
    marks = {unit: first.judgements[unit].annotations for unit in common}
    other_marks = {unit: second.judgements[unit].annotations for unit in common}
    return Pair(
        first=first_place,
        second=second_place,
        passages=len(common),
        alone=(len(first.judgements) - len(common), len(second.judgements) - len(common)),
        dispositions=kappa(DISPOSITIONS, (first, second)),
        severities=kappa(SEVERITIES, (first, second)),
        spans=span_figures(marks, other_marks, (first.name, second.name)),
        confusions=confusions(marks, other_marks),
    )


def _disputes(panel: Panel) -> tuple[Dispute, ...]:
    by_unit: dict[str, dict[int, Judgement]] = {unit: {} for unit in panel.units}
    for place, judge in enumerate(panel.judges):
        for unit, judgement in judge.judgements.items():
            by_unit[unit][place] = judgement
    # Sorting keeps the order of the units, which is that of the texts, among equals.
    return tuple(
        sorted(
            (_dispute(unit, judgements) for unit, judgements in by_unit.items() if _differ(judgements)),
            key=_badness,
            reverse=True,
        )
    )


def _differ(judgements: Mapping[int, Judgement]) -> bool:
    marks = {
        frozenset((mark.side, mark.start, mark.end, mark.category, mark.severity) for mark in judgement.annotations)
        for judgement in judgements.values()
    }
    return len(marks) > 1 or len(_dispositions(judgements)) > 1


def _dispositions(judgements: Mapping[int, Judgement]) -> set[str]:
    return {judgement.disposition for judgement in judgements.values() if judgement.disposition is not None}


def _dispute(unit: str, judgements: Mapping[int, Judgement]) -> Dispute:
    levels = [judgement.level for judgement in judgements.values()]
    characters = 0
    for one, other in combinations(judgements.values(), 2):
        ones, others, both = shared_characters(one.annotations, other.annotations, category=True, severity=True)
        characters += ones + others - 2 * both
    return Dispute(unit, max(levels) - min(levels), len(_dispositions(judgements)), characters, judgements)


def _badness(dispute: Dispute) -> tuple[int, ...]:
    """By how far severities are apart, then how severe the worst is, then dispositions, then what is marked."""
    worst = max(judgement.level for judgement in dispute.judgements.values())
    return dispute.steps, worst, dispute.dispositions, dispute.characters
