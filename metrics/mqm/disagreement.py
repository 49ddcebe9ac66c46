"""Where human marks and the metric disagree: what risk puts first and people found good, and the other way round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from metrics.model import Passage, Review
from metrics.mqm.model import Disposition, Side, State
from metrics.mqm.penalties import GOOGLE
from metrics.mqm.scorecard import Judged, Judgement, fitting, judged
from metrics.mqm.telling import annotation_told
from metrics.mqm.typology import Typology
from metrics.mqm.units import units_of


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage, its place by risk, 1 the worst, its penalty in points, and what was said of it."""

    passage: Passage
    rank: int
    penalty: float
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Both lists, the worst disagreement first.

    `alarms` are passages of the worst tenth by risk that reviewers found good: no penalty, and none called an error.
    They come by risk, the highest first. `misses` have a penalty, and their risk is in the better half; they come by
    penalty, the highest first. `reviewed` of `ranked` passages were judged at all.
    """

    alarms: tuple[Disagreement, ...]
    misses: tuple[Disagreement, ...]
    reviewed: int
    ranked: int
    typology: Typology

    def said(self, each: Disagreement) -> Iterator[tuple[str, str]]:
        """Each reviewer of a passage, and what that one said; as little to be trusted as the texts."""
        for judgement in each.judgements:
            said = [judgement.disposition.value] if judgement.disposition else []
            for mark in judgement.annotations:
                side = each.passage.candidate if mark.side is Side.CANDIDATE else each.passage.reference
                # The text translated from is not at hand.
                there = replace(mark, start=0, end=0) if mark.side is Side.SOURCE else mark
                told = annotation_told(there, side.text, self.typology)
                said.append(f"{told} ({mark.note})" if mark.note else told)
            yield judgement.reviewer, "; ".join(said)


def disagreements(review: Review, ranked: Sequence[Passage], state: State) -> Disagreements:
    """What reviewers say against `ranked`, the passages that count, by risk, the worst first.

    The penalty is by Google's weights (Freitag et al. 2021), in whose points risk is, too. Passages that nobody judged
    are in no list. In the better half are those with the risk of its first passage, or less, so that equal risks are
    on one side.
    """
    typology = fitting(state)
    said = {each.unit.id: each for each in judged(units_of(review), state, typology)}
    last_of_worst = -(-len(ranked) // 10)
    better = (len(ranked) + 1) // 2
    bound = ranked[better].risk if better < len(ranked) else float("-inf")
    alarms, misses, reviewed = [], [], 0
    for rank, passage in enumerate(ranked, 1):
        each = said[passage.id]
        penalty = each.penalty(GOOGLE)
        if penalty is None:
            continue
        reviewed += 1
        found = Disagreement(passage, rank, penalty, each.judgements)
        if penalty:
            if passage.risk <= bound:
                misses.append(found)
        elif rank <= last_of_worst and passage.risk > max(bound, 0.0) and not _called_error(each):
            alarms.append(found)
    misses.sort(key=lambda miss: (-miss.penalty, -miss.rank))
    return Disagreements(tuple(alarms), tuple(misses), reviewed, len(ranked), typology)


def _called_error(each: Judged) -> bool:
    return any(judgement.disposition is Disposition.ERROR for judgement in each.judgements)
