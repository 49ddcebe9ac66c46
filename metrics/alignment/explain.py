"""Why a link is what it is: what ties its sides, what that is worth, and what came next."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from metrics.alignment.aligner import Aligner
from metrics.alignment.evidence import WEIGHTS, Pair, shape_of
from metrics.alignment.fragments import is_whole
from metrics.errors import UsageError
from metrics.model import Explanation, Linking, Segment, Tie
from metrics.steps import run

#: Words and fragments that are told, at most.
_MOST = 8
#: What a person reads for the names in `WEIGHTS`; all others belong to the grouping.
_LABELS = {name: "similarity" for name in WEIGHTS if name.startswith(("likeness", "size"))} | {
    "length": "length",
    "length beyond 1.6": "length",
    "sentences": "sentences",
    "ends": "last mark",
}
_GROUPING, _ALONE = "grouping", "left alone"


def explain(
    candidate: Sequence[Segment], reference: Sequence[Segment], linking: Linking, side: int, segment: int
) -> Explanation:
    """Aligns again and explains the link that holds a segment of the candidate (side 0) or the reference (1).

    Raises `UsageError` where there is no such segment, or nothing to align it with.
    """
    chosen = (candidate, reference)[side]
    if not 0 <= segment < len(chosen):
        raise UsageError(f"there is no segment {segment}: ids are 0 to {len(chosen) - 1}, as 'align' prints them")
    sides = [s for s in candidate if s.text.strip()], [s for s in reference if s.text.strip()]
    if not all(sides) or not chosen[segment].text.strip():
        raise UsageError(f"segment {segment} is blank or has nothing to be aligned with: there is nothing to explain")
    aligner = Aligner(*sides, linking)
    run(aligner.steps())
    side ^= aligner.turned
    place = next(number for number, s in enumerate(aligner.sides[side]) if s.id == segment)
    whole = [*aligner.path, *aligner.moves]
    alone: Pair = ((), (place,)) if side else ((place,), ())
    pair = next((link for link in whole if place in link[side]), alone)
    other = aligner.without(pair)
    lost, won = sorted(set(whole) - set(other)), sorted(set(other) - set(whole))
    among = [*lost, *won, pair]
    before, after = _points(aligner, lost, among), _points(aligner, won, among)
    reasons = {label: before.get(label, 0.0) - after.get(label, 0.0) for label in {**before, **after}}
    rivals, _ = aligner.evidence.worths(won, aligner.prices)
    linked = all(pair)
    similarity = float(aligner.evidence.worths([pair], aligner.prices)[0][0]) if linked else 0.0
    words, fragments = _ties(aligner, pair) if linked else ((), ())
    return Explanation(
        aligner.link(pair, similarity, pair in aligner.crossing()),
        words,
        fragments,
        _points(aligner, [pair] if linked else [], [pair]),
        tuple(aligner.link(link, cosine, False) for link, cosine in zip(won, rivals.tolist(), strict=True)),
        sum(reasons.values()),
        reasons,
    )


def _ties(aligner: Aligner, pair: Pair) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
    """The words and the fragments that add most to the product of the two groups."""
    features = aligner.evidence.features
    ids, products = features.shared(*pair)
    order = np.argsort(-products, kind="stable")
    words: list[Tie] = []
    fragments: list[Tie] = []
    for k in order.tolist():
        name = features.names[ids[k]]
        whole = is_whole(name)
        kept = words if whole else fragments
        if len(kept) < _MOST:
            kept.append(Tie(name.strip() if whole else name, float(products[k] / products.sum())))
    return tuple(words), tuple(fragments)


def _points(aligner: Aligner, links: Sequence[Pair], among: Sequence[Pair]) -> dict[str, float]:
    """Points of some links by label, and of leaving alone what they do not hold of others."""
    points: defaultdict[str, float] = defaultdict(float)
    prices, evidence = aligner.prices, aligner.evidence
    for link in links:
        shape = shape_of(link)
        terms = evidence.terms(shape, np.array([link[0][0]]), np.array([link[1][0]]), evidence.dots)
        cosine = terms.pop("cosine")
        terms["likeness against typical"] = prices.typical * cosine
        terms["extra by rate"] = prices.joined * shape.extra * np.ones(1)
        for name, values in terms.items():
            points[_LABELS.get(name, _GROUPING)] += WEIGHTS[name] * float(values[0])
    for side, alone in enumerate(evidence.alone(prices)):
        held = {k for link in links for k in link[side]}
        left = {k for link in among for k in link[side]} - held
        points[_ALONE] += float(sum(alone[k] for k in left))
    return dict(points)
