"""How alike lines are that answer each other: the cosines of `Features`, without numpy.

A job that scores aligned lines needs nothing else of alignment, and numpy takes longer to load than most such jobs
take to compare.
"""

from collections import Counter
from collections.abc import Sequence
from math import fsum, log, sqrt

from metrics.alignment.fragments import Numbering, heft


def cosines_in_step(candidate: Sequence[str], reference: Sequence[str]) -> list[float]:
    """Cosine of candidate i with reference i, in 0…1; 1 where both are empty."""
    numbering = Numbering()
    ours, theirs = ([Counter(numbering.of(text)) for text in texts] for texts in (candidate, reference))
    frequency: Counter[int] = Counter()
    for counts in (*ours, *theirs):
        frequency.update(counts.keys())
    segments = len(ours) + len(theirs)
    weights = [heft(name) * log((segments + 1) / (frequency[k] + 0.5)) for name, k in numbering.numbers.items()]
    return [_cosine(one, other, weights) for one, other in zip(ours, theirs, strict=True)]


def _cosine(one: Counter[int], other: Counter[int], weights: Sequence[float]) -> float:
    if not one and not other:
        return 1.0
    norms = _norm(one, weights) * _norm(other, weights)
    shared = one.keys() & other.keys()
    return fsum(_value(one[k], weights[k]) * _value(other[k], weights[k]) for k in shared) / norms if norms else 0.0


def _norm(counts: Counter[int], weights: Sequence[float]) -> float:
    return sqrt(fsum(_value(count, weights[k]) ** 2 for k, count in counts.items()))


def _value(count: int, weight: float) -> float:
    return (1 + log(count)) * weight if count > 1 else weight
