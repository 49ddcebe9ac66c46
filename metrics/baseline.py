"""What is kept of a review to compare a later one with: the statistics of its passages, and what they answer.

Two reviews of the same reference may group its segments differently, and the candidates add text in different places.
So passages are paired by the reference segments that they hold: those that share any, in either review, make one unit
together, and text that is added belongs to the segment that it stands behind. What all units hold on a side then adds
up to that side's own scores.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from math import isfinite
from operator import add
from typing import Any, NamedTuple

import metrics
from metrics.errors import BadBaseline
from metrics.model import Review, Score
from metrics.visible import clean

SCHEMA = 1

Statistics = Mapping[str, tuple[float, ...]]


class Row(NamedTuple):
    """A passage: indices of the reference segments that it hangs on, and its statistics, empty where it is not counted.

    An added passage hangs on the segment behind which it stands, or on the first.
    """

    segments: tuple[int, ...]
    statistics: Statistics


class SampleUnit(StrEnum):
    """What is drawn and shuffled by the paired tests, as one."""

    PASSAGES = "passages"
    DOCUMENTS = "documents"

    @property
    def noun(self) -> str:
        """One of them."""
        return self.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Kept:
    """The passages of a review; `names` are those of all reference segments, by content, in their order."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def summed(self) -> "Kept":
        """The whole document as one unit, whose name hangs on all of the reference."""
        name = blake2b("\n".join(self.names).encode(), digest_size=8).hexdigest()
        sums: dict[str, tuple[float, ...]] = {}
        for row in self.rows:
            for metric, vector in row.statistics.items():
                sums[metric] = tuple(map(add, sums[metric], vector)) if metric in sums else vector
        return Kept((name,), (Row((0,), sums),))


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier review as its file has it. `path` is printable; `signatures` are those of its scores, by metric."""

    path: str
    scope: str
    signatures: Mapping[str, str]
    kept: Kept
    unit: SampleUnit = SampleUnit.PASSAGES


@dataclass(frozen=True, slots=True)
class Pairs:
    """Units that both reviews have, by their statistics; passages that belong to none are counted as `unpaired`,
    those of the baseline and those of now."""

    before: tuple[Statistics, ...]
    after: tuple[Statistics, ...]
    unpaired: tuple[int, int]


def keep(review: Review, names: Sequence[str], left_out: Collection[str] = ()) -> Kept:
    """What to keep of a review. `names` are its reference segments' (`metrics.segment_keys`), `left_out` the ids of
    passages that do not count."""
    rows = []
    for passage in review.passages:
        counted = review.settings.scope.counts(passage.kind) and passage.id not in left_out
        segments = passage.reference.segments or ((max(0, passage.position.reference),) if names else ())
        if counted or passage.reference.segments:
            rows.append(Row(segments, passage.statistics if counted else {}))
    return Kept(tuple(names), tuple(rows))


def joined(documents: Iterable[tuple[str, Kept]], without: Collection[str] = ()) -> Kept:
    """What is kept of several documents, each with its id; names are theirs with the id in front.

    `without` are metrics that are left away.
    """
    names: list[str] = []
    rows: list[Row] = []
    for document, kept in documents:
        first = len(names)
        names += (f"{document}/{name}" for name in kept.names)
        for row in kept.rows:
            statistics = row.statistics
            if without:
                statistics = {name: vector for name, vector in statistics.items() if name not in without}
            rows.append(Row(tuple(first + k for k in row.segments), statistics))
    return Kept(tuple(names), tuple(rows))


def kept_json(kept: Kept, unit: SampleUnit = SampleUnit.PASSAGES) -> dict[str, Any]:
    """The value of the key `baseline` in a report; statistics are numbers with a space between."""
    return {
        **({} if unit is SampleUnit.PASSAGES else {"unit": unit}),
        "segments": list(kept.names),
        "passages": [
            {
                "reference": list(row.segments),
                "statistics": {name: " ".join(map(_number, vector)) for name, vector in row.statistics.items()},
            }
            for row in kept.rows
        ],
    }


def baseline_json(scores: Mapping[str, Score], scope: str, kept: Kept, unit: SampleUnit = SampleUnit.PASSAGES) -> str:
    """A file that `parse_baseline` reads: of a JSON report, what a comparison takes."""
    report = {
        "schema": SCHEMA,
        "version": metrics.__version__,
        "scope": scope,
        "scores": {name: {"score": score.value, "signature": score.signature} for name, score in scores.items()},
        "baseline": kept_json(kept, unit),
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def parse_baseline(raw: bytes, path: str) -> Baseline:
    """What `baseline_json` or `score --format json` wrote; `path` is for messages.

    Raises `BadBaseline` for anything else.
    """
    path = clean(path)
    try:
        report = json.loads(raw)
    except (ValueError, RecursionError):
        raise _bad(path, "it is no JSON") from None
    if not isinstance(report, dict) or not isinstance(report.get("baseline"), dict):
        raise _bad(path, "it has no passages' statistics")
    if report.get("schema") != SCHEMA:
        raise _bad(path, f"its schema is not {SCHEMA}")
    try:
        signatures = {str(name): str(score["signature"]) for name, score in report["scores"].items()}
        names = tuple(map(str, report["baseline"]["segments"]))
        rows = tuple(_rows(report["baseline"]["passages"], len(names), signatures))
        scope = str(report["scope"])
        unit = SampleUnit(report["baseline"].get("unit", SampleUnit.PASSAGES))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _bad(path, "it is damaged") from None
    return Baseline(path, scope, signatures, Kept(names, rows), unit)


def comparable(
    baseline: Baseline,
    scores: Mapping[str, Score],
    scope: str,
    wanted: Collection[str],
    unit: SampleUnit = SampleUnit.PASSAGES,
) -> tuple[str, ...]:
    """The metrics that both have and that can be compared, in the order of `scores`; all of `wanted` are among them.

    Raises `BadBaseline` where one of the two lacks one of those, or the baseline was kept by another unit, or was
    scored otherwise: by another scope, or, in what is wanted, with another signature but for sacreBLEU's version.
    """
    if baseline.unit is not unit:
        raise BadBaseline(f"{baseline.path}: kept by {baseline.unit}, and this is --by {unit}: score both alike")
    if baseline.scope != scope:
        raise BadBaseline(
            f"{baseline.path}: scored with --scope {clean(baseline.scope)}, and this with --scope {scope}: "
            "score both alike"
        )
    shared = [name for name in scores if name in baseline.signatures]
    for name in wanted or shared:
        if name not in scores:
            raise BadBaseline(
                f"{baseline.path}: {name} cannot be compared: the documents are not scored alike in it, which one "
                "--tokenize would do"
            )
        if name not in shared:
            raise _bad(baseline.path, f"it has no {name}")
        was, now = _settings(baseline.signatures[name]), _settings(scores[name].signature)
        if was != now:
            raise BadBaseline(
                f"{baseline.path}: {name} was scored with {clean('|'.join(sorted(was - now)))}, and now with "
                f"{'|'.join(sorted(now - was))}: score both alike"
            )
    if not shared:
        raise _bad(baseline.path, "it has none of the metrics asked for")
    return tuple(name for name in shared if _settings(baseline.signatures[name]) == _settings(scores[name].signature))


def pair(before: Kept, after: Kept, names: Sequence[str]) -> Pairs:
    """The units that both have, in the order of `after`, with the statistics of the metrics in `names`.

    A unit that neither side counts is none. Raises `BadBaseline` where the two have vectors of different lengths.
    """
    root = _connected(before, after)
    whole = set(before.names) & set(after.names)
    broken = {root(name) for name in {*before.names, *after.names} - whole}
    sums: list[dict[str, dict[str, tuple[float, ...]]]] = []
    unpaired = []
    for kept in (before, after):
        units: dict[str, dict[str, tuple[float, ...]]] = {}
        lost = 0
        for row in kept.rows:
            unit = root(kept.names[row.segments[0]])
            if row.statistics and unit in broken:
                lost += 1
            elif row.statistics:
                held = units.setdefault(unit, {})
                for name in names:
                    vector = row.statistics[name]
                    held[name] = tuple(map(add, held[name], vector)) if name in held else vector
        sums.append(units)
        unpaired.append(lost)
    order = [unit for unit in dict.fromkeys(map(root, after.names)) if unit in sums[0] or unit in sums[1]]
    zeros = _zeros([*sums[0].values(), *sums[1].values()])
    ours, theirs = (tuple(units.get(unit, zeros) for unit in order) for units in sums)
    return Pairs(ours, theirs, (unpaired[0], unpaired[1]))


class _Connected(dict[str, str]):
    """Which names belong together: each leads to another of its group, and the last to itself."""

    def __call__(self, name: str) -> str:
        while (parent := self.setdefault(name, name)) != name:
            self[name] = self.setdefault(parent, parent)
            name = parent
        return name


def _connected(*sides: Kept) -> _Connected:
    root = _Connected()
    for kept in sides:
        for row in kept.rows:
            first = root(kept.names[row.segments[0]])
            for segment in row.segments[1:]:
                root[root(kept.names[segment])] = first
    return root


def _zeros(units: Sequence[Statistics]) -> Statistics:
    """What a unit has that a side does not count."""
    zeros: dict[str, tuple[float, ...]] = {}
    for unit in units:
        for name, vector in unit.items():
            if len(zeros.setdefault(name, (0.0,) * len(vector))) != len(vector):
                raise BadBaseline(
                    f"the baseline keeps other statistics of {name} than are made now: write it anew with "
                    "'bleupencil score … --save-baseline FILE'"
                )
    return zeros


def _rows(passages: Sequence[Mapping[str, Any]], segments: int, metrics: Collection[str]) -> Iterator[Row]:
    """The passages of a file; raises what Python does where they are no such thing."""
    lengths: dict[str, int] = {}
    for passage in passages:
        ids = passage["reference"]
        if not ids or not all(type(k) is int and 0 <= k < segments for k in ids):
            raise ValueError("a passage that hangs on no segment")
        statistics = {name: tuple(map(float, text.split())) for name, text in passage["statistics"].items()}
        if statistics and set(statistics) != set(metrics):
            raise ValueError("a passage without all metrics")
        for name, vector in statistics.items():
            if lengths.setdefault(name, len(vector)) != len(vector) or not vector:
                raise ValueError("vectors of different lengths")
            if not all(isfinite(value) and value >= 0 for value in vector):
                raise ValueError("no count")
        yield Row(tuple(ids), statistics)


def _settings(signature: str) -> set[str]:
    return {part for part in signature.split("|") if not part.startswith("version:")}


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _bad(path: str, what: str) -> BadBaseline:
    return BadBaseline(f"{path}: no baseline: {what}: write one with 'bleupencil score … --save-baseline FILE'")
