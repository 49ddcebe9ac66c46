"""Where human marks and the metric disagree: what risk puts first and people found good, and the other way round."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.model import Document, Excerpt, Passage, Review
from metrics.mqm.model import Disposition, State
from metrics.mqm.penalties import GOOGLE
from metrics.mqm.scorecard import Judged, Judgement, fitting, judged
from metrics.mqm.telling import annotation_told
from metrics.mqm.typology import Typology
from metrics.mqm.units import units_of
from metrics.visible import clean, columns
from metrics.wording import count

#: How many passages of each list are printed.
SHOWN = 10
_WIDTH = 100
_INDENT = " " * 5


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


def disagreements_text(review: Review, found: Disagreements) -> str:
    """Both lists for people, `SHOWN` of each at most."""
    return "\n".join(_lines(review, found))


def _lines(review: Review, found: Disagreements) -> Iterator[str]:
    yield (
        f"where marks and metric disagree: {found.reviewed} of {count(found.ranked, 'passage')} reviewed; risk and "
        "penalty are in points"
    )
    for title, some in (
        ("high risk, and found good (worst tenth by risk)", found.alarms),
        ("marked, and low risk (better half by risk)", found.misses),
    ):
        yield ""
        more = f", the first {SHOWN}" if len(some) > SHOWN else ""
        yield f"{title}: {len(some) or 'none'}{more}"
        for number, each in enumerate(some[:SHOWN], 1):
            passage = each.passage
            yield ""
            yield (
                f"{number:>3}. {passage.kind.sign} {passage.kind}  risk {passage.risk:.1f}, {each.rank} of "
                f"{found.ranked}  penalty {each.penalty:.1f}"
            )
            yield from _side(review.candidate, passage.candidate)
            yield from _side(review.reference, passage.reference)
            for told in _told(each, found.typology):
                yield from _wrapped(told)


def _side(document: Document, excerpt: Excerpt) -> Iterator[str]:
    if excerpt.segments:
        yield from _wrapped(f"{clean(document.path)}:{excerpt.line}  {clean(excerpt.text)}")


def _wrapped(text: str) -> Sequence[str]:
    wide = any(columns(character) > 1 for character in text)
    return textwrap.wrap(
        text,
        _WIDTH // 2 if wide else _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=f"{_INDENT}  ",
        max_lines=2,
        placeholder=" …",
        break_on_hyphens=False,
    )


def _told(each: Disagreement, typology: Typology) -> Iterator[str]:
    """What everybody said of a passage, a line each, fit to be shown."""
    for judgement in each.judgements:
        said = [judgement.disposition.value] if judgement.disposition else []
        for mark in judgement.annotations:
            side = each.passage.candidate if mark.side == "candidate" else each.passage.reference
            told = annotation_told(mark, side.text, typology)
            said.append(f"{told} ({mark.note})" if mark.note else told)
        yield clean(f"{judgement.reviewer}: {'; '.join(said)}")


def disagreements_json(review: Review, found: Disagreements) -> dict[str, Any]:
    """Both lists in full, for `json.dumps`; figures are unrounded, texts as they are."""

    def listed(some: Sequence[Disagreement]) -> list[dict[str, Any]]:
        return [
            {
                "id": each.passage.id,
                "kind": each.passage.kind.value,
                "rank": each.rank,
                "risk": each.passage.risk,
                "penalty": each.penalty,
                "candidate": _side_json(each.passage.candidate),
                "reference": _side_json(each.passage.reference),
                "said": [_judgement_json(judgement) for judgement in each.judgements],
            }
            for each in some
        ]

    return {
        "candidate": {"path": review.candidate.path},
        "reference": {"path": review.reference.path},
        "passages": {"reviewed": found.reviewed, "ranked": found.ranked},
        "found_good": listed(found.alarms),
        "low_risk": listed(found.misses),
    }


def _side_json(excerpt: Excerpt) -> dict[str, Any] | None:
    return {"line": excerpt.line, "text": excerpt.text} if excerpt.segments else None


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "reviewer": judgement.reviewer,
        "disposition": judgement.disposition.value if judgement.disposition else None,
        "annotations": [
            {
                "side": mark.side.value,
                "start": mark.start,
                "end": mark.end,
                "category": mark.category,
                "severity": mark.severity.value,
                "note": mark.note,
            }
            for mark in judgement.annotations
        ],
    }
