"""Several systems that translated the same: their scores, and whether they differ from the first one's by chance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metrics.baseline import Kept, SampleUnit, pair
from metrics.gates import SAMPLE_FLOOR
from metrics.model import Score
from metrics.significance import RESAMPLES, SEED, Corpus, Estimate, Paired, paired_test, without_test


@dataclass(frozen=True, slots=True)
class SystemScore:
    """One metric of one system: the score of everything, the bootstrap's estimate of it, and the p-value of its
    difference from the first system.

    The estimate is None where no test was made, the p-value there and for the first system.
    """

    score: Score
    estimate: Estimate | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A system's scores by metric. `units` are the passages or documents that could be paired with the first one's.

    `unpaired` are the passages or documents that could not, for their reference is another: the first system's and its
    own.
    """

    name: str
    scores: Mapping[str, SystemScore]
    units: int
    unpaired: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Standings:
    """All systems, the first of which is the baseline.

    `method` names the paired test, made with so many `draws` from a `seed`, and `unit` what was drawn, in the singular.
    """

    systems: tuple[System, ...]
    method: str
    draws: int
    seed: int
    unit: str


def compare_systems(
    kept: Mapping[str, Kept],
    scores: Mapping[str, Mapping[str, Score]],
    scorer: Corpus,
    *,
    resamples: int = RESAMPLES,
    trials: int = 0,
    seed: int = SEED,
    unit: SampleUnit = SampleUnit.PASSAGES,
) -> Standings:
    """Every system beside the first; `kept` and `scores` are by name, and all have the metrics of `scorer`.

    The tests are those of `metrics.significance.paired_test`, over the units that a system has in common with the
    first; the first one's own estimates are over all that it has. With less than `SAMPLE_FLOOR` units nothing is
    tested. Raises `BadBaseline` where two systems have vectors of different lengths.
    """
    systems = tuple(_systems(kept, scores, scorer, resamples, trials, seed))
    method = "approximate randomization" if trials else "paired bootstrap"
    return Standings(systems, method, trials or resamples, seed, unit.noun)


def _systems(
    kept: Mapping[str, Kept],
    scores: Mapping[str, Mapping[str, Score]],
    scorer: Corpus,
    resamples: int,
    trials: int,
    seed: int,
) -> Iterator[System]:
    first = next(iter(kept))
    for name, own in kept.items():
        pairs = pair(kept[first], own, tuple(scores[name]))
        units = len(pairs.after)
        if units < SAMPLE_FLOOR:
            changes: Mapping[str, Paired] = without_test(pairs.before, pairs.after, scorer)
        else:
            draws = trials if name != first else 0
            changes = paired_test(pairs.before, pairs.after, scorer, resamples=resamples, trials=draws, seed=seed)
        yield System(
            name,
            {metric: _beside(score, changes[metric], held=name != first) for metric, score in scores[name].items()},
            units,
            pairs.unpaired,
        )


def _beside(score: Score, change: Paired, held: bool) -> SystemScore:
    estimate = change.estimates[1] if change.estimates else None
    return SystemScore(score, estimate, change.p_value if held else None)
