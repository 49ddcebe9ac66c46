"""Whether two sets of scores differ by more than chance: paired tests on kept statistics.

Both tests are sacreBLEU's (`sacrebleu.significance`), from sums of the passages' statistics instead of their texts. By
the same seed the bootstrap draws the same passages as the `sacrebleu` command with `SACREBLEU_SEED`, so its p-values
are the same; those of randomization are within sampling error.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from metrics.model import Score

RESAMPLES = 1_000
TRIALS = 10_000
SEED = 12345

#: Normal deviates of a two-sided α of 0.05, and of power 0.8.
_DETECTED = 1.959964 + 0.841621
#: Numbers drawn at a time: what bounds the memory.
_AT_A_TIME = 4_000_000

Statistics = Mapping[str, tuple[float, ...]]
Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


class Corpus(Protocol):
    """What makes scores of statistics, as `metrics.scoring.Scorer` does."""

    def corpus(self, statistics: Iterable[Statistics]) -> Mapping[str, Score]:
        """The scores of all together."""
        ...


class Estimate(NamedTuple):
    """A score's mean over the bootstrap's resamples, and half its 95 % percentile interval: what sacreBLEU prints."""

    mean: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Paired:
    """A metric's scores of the same `units` before and after, and what a paired test says of their difference.

    `interval` is the 95 % percentile interval of after − before over the bootstrap's resamples, `error` their standard
    deviation, in points. `p_value` is in 0…1.

    `detectable` is the smallest true difference, in points, that a sample like this tells from chance at a two-sided α
    of 0.05 in four of five cases (power 0.8): (z₀.₉₇₅ + z₀.₈) · error = 2.80 · error (Bloom 1995, "Minimum Detectable
    Effects", Evaluation Review 19; for corpora of NLP see Card et al. 2020, "With Little Power Comes Great
    Responsibility"). It is None where no resample shows a difference: nothing can be learned of the spread then.
    `estimates` are of the two scores themselves. All but the scores are None where no test was made.
    """

    metric: str
    before: float
    after: float
    units: int
    interval: tuple[float, float] | None = None
    error: float | None = None
    p_value: float | None = None
    detectable: float | None = None
    estimates: tuple[Estimate, Estimate] | None = None

    @property
    def difference(self) -> float:
        """After − before, in points."""
        return self.after - self.before


def without_test(before: Sequence[Statistics], after: Sequence[Statistics], scorer: Corpus) -> dict[str, Paired]:
    """The scores alone, for samples that are too small to be tested."""
    scores = scorer.corpus(before), scorer.corpus(after)
    return {name: Paired(name, was.value, scores[1][name].value, len(before)) for name, was in scores[0].items()}


def paired_test(
    before: Sequence[Statistics],
    after: Sequence[Statistics],
    scorer: Corpus,
    *,
    resamples: int = RESAMPLES,
    trials: int = 0,
    seed: int = SEED,
) -> dict[str, Paired]:
    """Test the difference of every metric by paired bootstrap (Koehn 2004, "Statistical Significance Tests for Machine
    Translation Evaluation"), or with `trials` by approximate randomization (Riezler and Maxwell 2005).

    `before` and `after` have the statistics of the same units in the same order, one at least; each has the same
    metrics, which are all that `scorer` has. `resamples`, 1 and up, are drawn by the bootstrap, which intervals always
    come from; `trials` are shuffles of the two sides.

    With d the difference and d* that of a resample or shuffle, the p-values are sacreBLEU's: the bootstrap's is
    (1 + how many resamples have |d*| − mean |d*| > |d|) / (1 + resamples), which counts one tail; randomization's is
    (1 + how many shuffles have |d*| > |d|) / (1 + trials), which takes a difference that a single unit makes, and no
    shuffle changes, for as certain as can be. So look at the interval, too. A difference that no resample has is given
    a p-value of 1.
    """
    if len(before) != len(after) or not before:
        raise ValueError(f"{len(before)} units cannot be paired with {len(after)}")
    table = _Table(before, after, scorer)
    was, now = table.scores(table.sums[None, :])
    drawn = _drawn(table, _resampled(len(before), resamples, seed))
    shuffled = {} if not trials else _shuffled_differences(table, trials, seed)
    results = {}
    for name in table.names:
        d = now[name][0] - was[name][0]
        differences = drawn[name][1] - drawn[name][0]
        if trials:
            exceeding = np.abs(shuffled[name]) > abs(d)
        else:
            absolute = np.abs(differences)
            exceeding = absolute - absolute.mean() > abs(d)
        error = float(differences.std(ddof=1)) if resamples > 1 else 0.0
        results[name] = Paired(
            name,
            float(was[name][0]),
            float(now[name][0]),
            len(before),
            _interval(differences),
            error,
            (int(exceeding.sum()) + 1) / (len(exceeding) + 1) if error else 1.0,
            _DETECTED * error if error else None,
            (_estimate(drawn[name][0]), _estimate(drawn[name][1])),
        )
    return results


def _interval(values: Vector) -> tuple[float, float]:
    """The 95 % percentile interval, by the ranks that sacreBLEU takes."""
    ordered = np.sort(values)
    tail = len(ordered) // 40
    return float(ordered[tail]), float(ordered[-1 - tail])


def _estimate(values: Vector) -> Estimate:
    low, high = _interval(values)
    return Estimate(float(values.mean()), (high - low) / 2)


class _Table:
    """All statistics as one row a unit: those before, metric by metric, then those after."""

    def __init__(self, before: Sequence[Statistics], after: Sequence[Statistics], scorer: Corpus) -> None:
        self.names = tuple(before[0])
        self._scorer = scorer
        self._widths = [len(before[0][name]) for name in self.names]
        self.half = sum(self._widths)
        self.rows: Matrix = np.array(
            [[value for side in pair for name in self.names for value in side[name]] for pair in _zipped(before, after)]
        )
        self.sums: Matrix = self.rows.sum(0)

    def scores(self, sums: Matrix) -> tuple[dict[str, Matrix], dict[str, Matrix]]:
        """The scores before and after, by metric, for each row of sums."""
        return self._side(sums[:, : self.half]), self._side(sums[:, self.half :])

    def _side(self, sums: Matrix) -> dict[str, Matrix]:
        scores: dict[str, list[float]] = {name: [] for name in self.names}
        for row in sums.tolist():
            statistics, start = {}, 0
            for name, width in zip(self.names, self._widths, strict=True):
                statistics[name] = tuple(row[start : start + width])
                start += width
            for name, score in self._scorer.corpus([statistics]).items():
                scores[name].append(score.value)
        return {name: np.array(values) for name, values in scores.items()}


def _zipped(before: Sequence[Statistics], after: Sequence[Statistics]) -> Iterator[tuple[Statistics, Statistics]]:
    return zip(before, after, strict=True)


def _resampled(units: int, resamples: int, seed: int) -> Iterator[Matrix]:
    """How often each resample has each unit, some resamples at a time."""
    generator = np.random.default_rng(seed)
    for size in _batches(units, resamples):
        draws = generator.integers(0, units, size=(size, units))
        yield np.array([np.bincount(row, minlength=units) for row in draws], dtype=np.float64)


def _drawn(table: _Table, weights: Iterable[Matrix]) -> dict[str, tuple[Vector, Vector]]:
    """The scores before and after by metric, for each row of weights of the units."""
    parts: dict[str, tuple[list[Vector], list[Vector]]] = {name: ([], []) for name in table.names}
    for batch in weights:
        for side, scores in enumerate(table.scores(batch @ table.rows)):
            for name, each in scores.items():
                parts[name][side].append(each)
    return {name: (np.concatenate(was), np.concatenate(now)) for name, (was, now) in parts.items()}


def _shuffled_differences(table: _Table, trials: int, seed: int) -> dict[str, Matrix]:
    """After − before by metric where each unit's sides are exchanged or not, as a coin falls."""
    generator = np.random.default_rng(seed)
    half = table.half
    exchanged = table.rows[:, half:] - table.rows[:, :half]
    parts: dict[str, list[Matrix]] = {name: [] for name in table.names}
    for size in _batches(len(table.rows), trials):
        moved = generator.integers(2, size=(size, len(table.rows)), dtype=np.int8).astype(np.float64) @ exchanged
        was, now = table.scores(np.hstack([table.sums[:half] + moved, table.sums[half:] - moved]))
        for name in table.names:
            parts[name].append(now[name] - was[name])
    return {name: np.concatenate(batches) for name, batches in parts.items()}


def _batches(units: int, number: int) -> Iterator[int]:
    size = max(1, _AT_A_TIME // units)
    for start in range(0, number, size):
        yield min(size, number - start)
