"""`bleupencil score --baseline`: an earlier review of the same reference, and how the scores have changed."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

from metrics.baseline import Baseline, Kept, SampleUnit, comparable, pair, parse_baseline
from metrics.errors import BadBaseline, UnwritableFile, UsageError
from metrics.gates import SAMPLE_FLOOR, p_told
from metrics.languages import UNKNOWN
from metrics.model import Score, Settings
from metrics.reading.source import STDIN, open_source, read_bytes
from metrics.scoring import Scorer
from metrics.significance import RESAMPLES, SEED, TRIALS, Paired, paired_test, without_test
from metrics.wording import count


@dataclass(frozen=True, slots=True)
class Compared:
    """The metrics' changes from a baseline over the passages that both have; `unpaired` are the others' numbers, the
    baseline's and those of now. `method` and `number` say what the p-values are from, `unit` what was drawn."""

    path: str
    changes: Mapping[str, Paired]
    unpaired: tuple[int, int]
    method: str
    number: int
    seed: int
    unit: SampleUnit


def read_baseline(path: str) -> Baseline:
    """Raises `UsageError` for standard input, `MissingFile`, `UnreadableFile`, and `InputError` for another file."""
    if path == STDIN:
        raise UsageError("--baseline: standard input may be a text only: name a file")
    source = open_source(path)
    return parse_baseline(read_bytes(source), source.name)


class PairedTest(NamedTuple):
    """How the paired test is made: how often it draws, from which seed, and whether by approximate randomization."""

    number: int
    seed: int
    randomization: bool


def test_of(number: int | None, seed: int | None, randomization: bool) -> PairedTest:
    """The test that options ask for, with sacreBLEU's numbers where they do not say."""
    usual = TRIALS if randomization else RESAMPLES
    return PairedTest(number or usual, SEED if seed is None else seed, randomization)


def compare(
    baseline: Baseline,
    scores: Mapping[str, Score],
    settings: Settings,
    kept: Kept,
    wanted: Collection[str],
    test: PairedTest,
    unit: SampleUnit = SampleUnit.PASSAGES,
) -> Compared:
    """Test the changes of all metrics that both have; below the sample floor nothing is tested.

    Raises `InputError` where the two cannot be compared, or not in one of the `wanted` metrics.
    """
    names = comparable(baseline, scores, settings.scope, wanted, unit)
    pairs = pair(baseline.kept, kept, names)
    if not pairs.after:
        raise BadBaseline(
            f"{baseline.path}: no {unit.noun} in common with what is scored now, by name and reference: it is of other "
            "texts; keep a new one with --save-baseline"
        )
    # Sums become scores alike in every language.
    scorer = Scorer(replace(settings, metrics=names), UNKNOWN)
    if len(pairs.after) < SAMPLE_FLOOR:
        changes = without_test(pairs.before, pairs.after, scorer)
    elif test.randomization:
        changes = paired_test(pairs.before, pairs.after, scorer, trials=test.number, seed=test.seed)
    else:
        changes = paired_test(pairs.before, pairs.after, scorer, resamples=test.number, seed=test.seed)
    method = "approximate randomization" if test.randomization else "paired bootstrap"
    return Compared(baseline.path, changes, pairs.unpaired, method, test.number, test.seed, unit)


def compared_text(compared: Compared) -> str:
    """A line a metric: before, after, difference, interval, p-value, and what the sample could have shown."""
    return "\n".join(_lines(compared))


def _lines(compared: Compared) -> Iterator[str]:
    units = next(iter(compared.changes.values())).units
    yield f"against {compared.path}: {count(units, compared.unit.noun)} paired{_unpaired(compared.unpaired)}"
    width = max(map(len, compared.changes))
    tested = False
    for name, change in compared.changes.items():
        line = f"{name:<{width}}  {change.before:6.2f} → {change.after:6.2f}  {change.difference:+6.2f}"
        if change.interval is not None and change.p_value is not None:
            tested = True
            if change.detectable is None:
                line += f"  no {compared.unit.noun} differs"
            else:
                low, high = change.interval
                line += (
                    f"  95 % {low:+.2f}…{high:+.2f}  {p_told(change.p_value)}  shows {change.detectable:.2f} and more"
                )
        yield line
    if tested:
        yield f"{compared.method}, {compared.number:,} draws, seed {compared.seed}"
    else:
        yield f"no test: it takes {SAMPLE_FLOOR} paired {compared.unit}"


def _unpaired(unpaired: tuple[int, int]) -> str:
    told = [
        f"{number} {whose}" for number, whose in zip(unpaired, ("of the baseline", "of now"), strict=True) if number
    ]
    return f"; left out, for their reference is another: {', '.join(told)}" if told else ""


def compared_json(compared: Compared) -> dict[str, Any]:
    """The value of the key `comparison` in a report."""
    return {
        "baseline": compared.path,
        "method": compared.method,
        "draws": compared.number,
        "seed": compared.seed,
        "unpaired": {"baseline": compared.unpaired[0], "now": compared.unpaired[1]},
        "metrics": {
            name: {
                "before": change.before,
                "after": change.after,
                "difference": change.difference,
                str(compared.unit): change.units,
                "interval": change.interval,
                "p_value": change.p_value,
                "standard_error": change.error,
                "detectable": change.detectable,
            }
            for name, change in compared.changes.items()
        },
    }


def save_baseline(path: str, text: str) -> None:
    """Write a baseline; where that fails, one that was there stays. Raises `UnwritableFile`."""
    try:
        target = Path(os.path.realpath(path))  # links stay links, devices and pipes what they are
        if target.exists() and not target.is_file():
            target.write_text(f"{text}\n", encoding="utf-8", newline="\n")
            return
        beside = target.with_name(f".bleupencil-{token_hex(8)}")
        try:
            beside.write_text(f"{text}\n", encoding="utf-8", newline="\n")
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableFile(f"cannot write to {path}: {reason}: choose another --save-baseline") from None
