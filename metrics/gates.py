"""What a job must come up to: limits on scores, coverage, findings and drops, and what became of each.

A gate has one of three outcomes: passed, failed, or no verdict, where what was measured is too little for one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from metrics.errors import UsageError
from metrics.model import Coverage, Score
from metrics.visible import clean
from metrics.wording import count

#: Scores of which less is better.
LOWER_IS_BETTER = frozenset({"TER"})
COVERAGE, CANDIDATE_COVERAGE, MQM = "coverage", "candidate-coverage", "MQM"
#: What floors may be set on besides scores, and how messages call it.
SHARES = {COVERAGE: "coverage of the reference", CANDIDATE_COVERAGE: "coverage of the candidate"}
#: A drop is told from chance below this p-value, if the 95 % interval of the difference does not hold 0 either.
ALPHA = 0.05
#: Fewer paired passages get no verdict. There, the bootstrap's interval is 6 % too narrow, √((n−1)/n) · z/t (Hesterberg
#: 2015, "What Teachers Should Know About the Bootstrap", The American Statistician 69), and more below.
SAMPLE_FLOOR = 30
#: A value that misses a limit by the last bit of a sum does not miss it.
_SLACK = 1e-9


class Bound(StrEnum):
    """What a gate limits: a value from below or above, or how much worse a score may be than the baseline's."""

    MIN = "min"
    MAX = "max"
    MAX_DROP = "max-drop"


@dataclass(frozen=True, slots=True)
class Gate:
    """A limit on what `on` names: a metric, a share of `SHARES`, `MQM`, or a kind of finding.

    `limit` is in 0…100 for scores and shares (TER, drops: 0 and up), and a whole number for kinds of findings, which
    `counts` tells. `option` is how it was asked for, for messages.
    """

    bound: Bound
    on: str
    limit: float
    option: str
    counts: bool = False

    @property
    def name(self) -> str:
        """What outcomes call it, such as `min BLEU`."""
        return f"{self.bound} {self.on}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a gate; `passed` is None where there is no verdict.

    `told` is one sentence for a person. `by` is by how much, as it is printed; empty where there is no verdict.
    """

    name: str
    passed: bool | None
    told: str
    by: str = ""


class Change(Protocol):
    """What a paired test finds, as `metrics.significance.Paired` has it; the p-value is None where none was made."""

    @property
    def before(self) -> float: ...
    @property
    def after(self) -> float: ...
    @property
    def units(self) -> int: ...
    @property
    def interval(self) -> tuple[float, float] | None: ...
    @property
    def p_value(self) -> float | None: ...
    @property
    def detectable(self) -> float | None: ...


def gate_on(
    bound: Bound, name: str, limit: float, option: str, metrics: Collection[str], kinds: Collection[str] = ()
) -> Gate:
    """The gate that somebody means by a name in any case, kinds of findings in the plural, too.

    Raises `UsageError` for a name that there is not, for a bound that the value cannot have, and for a limit that is
    out of range.
    """
    scores = [each for each in metrics if bound is Bound.MAX_DROP or (each in LOWER_IS_BETTER) is (bound is Bound.MAX)]
    counted = list(kinds) if bound is Bound.MAX else []
    known = {each.casefold(): each for each in (*scores, *(SHARES if bound is Bound.MIN else ()), *counted)}
    for kind in counted:
        known |= {plural.casefold(): kind for plural in _plurals(kind) if plural.casefold() not in known}
    on = known.get(name.casefold())
    if on is None:
        raise UsageError(f"{option}: {_no_such(bound, name, known, metrics)}")
    counts = on in counted
    if counts and (limit < 0 or limit != int(limit)):
        raise UsageError(f"{option}: {limit:g} is no count: give a whole number of 0 and up")
    top = float("inf") if bound is Bound.MAX else 100.0
    if not 0 <= limit <= top:
        raise UsageError(
            f"{option}: {limit:g} is out of range: give a number {'of 0 and up' if top > 100 else '0…100'}"
        )
    return Gate(bound, on, limit, option, counts)


def measures(scores: Mapping[str, Score], coverage: Coverage) -> dict[str, float]:
    """What floors and ceilings other than counts look at, by name; shares in percent."""
    values = {name: score.value for name, score in scores.items()}
    return values | {COVERAGE: 100 * coverage.reference, CANDIDATE_COVERAGE: 100 * coverage.candidate}


def hold(gate: Gate, values: Mapping[str, float], found: Mapping[str, int]) -> Outcome:
    """What becomes of a gate on a score, a share or findings; `found` counts these by kind, as `values` are `measures`.

    A score that is not there has no verdict.
    """
    if gate.counts:
        return judge(gate, found.get(gate.on, 0))
    return judge(gate, values.get(gate.on), "the documents are not scored alike, which one --tokenize would do")


def judge(gate: Gate, value: float | None, why_none: str = "") -> Outcome:
    """Hold a value against its limit. A value of None has no verdict, and `why_none` says why."""
    if value is None:
        return Outcome(gate.name, None, f"{gate.on} has no verdict under {gate.option}: {why_none}")
    lead = value - gate.limit if gate.bound is Bound.MIN else gate.limit - value
    if abs(lead) < _SLACK:
        lead = 0.0
    if gate.counts:
        by = f"{abs(lead):.0f}"
        than = "as many as" if not lead else f"{by} {'fewer' if lead > 0 else 'more'} than"
        return Outcome(gate.name, lead >= 0, f"{gate.on}: {value:.0f} found, {than} {gate.option}", by)
    by = _points(abs(lead))
    side = "above" if (lead > 0) is (gate.bound is Bound.MIN) else "below"
    place = f"is {by} {side}" if lead else "is at"
    return Outcome(gate.name, lead >= 0, f"{SHARES.get(gate.on, gate.on)} {value:.2f} {place} {gate.option}", by)


def judge_drop(gate: Gate, change: Change, unit: str = "passage") -> Outcome:
    """Hold a change of a score against the drop that is allowed.

    It fails where the drop is larger and is told from chance: by a p-value below `ALPHA`, and an interval without 0.
    Either alone errs, the bootstrap's p-value because it counts one tail, that of randomization where few passages
    differ. Where the drop is larger and may be chance, or where less than `SAMPLE_FLOOR` passages could be paired,
    there is no verdict. `unit` is what was paired.
    """
    drop = worsening(gate.on, change)
    by = _points(abs(gate.limit - drop))
    moved = "is as it was" if not drop else f"is {_points(abs(drop))} {'worse' if drop > 0 else 'better'}"
    told = f"{gate.on} {change.after:.2f} {moved} than {change.before:.2f}" if drop else f"{gate.on} {moved}"
    if change.units < SAMPLE_FLOOR or change.p_value is None:
        told = told if change.units else f"{gate.on} cannot be compared"
        few = f"{count(change.units, f'paired {unit}')}, and a verdict takes {SAMPLE_FLOOR}"
        return Outcome(gate.name, None, f"{told}: no verdict under {gate.option}: {few}")
    detail = count(change.units, unit)
    if change.interval is not None and change.detectable is not None:
        low, high = change.interval
        detail = f"95 % {low:+.2f}…{high:+.2f}, {p_told(change.p_value)}, {detail}"
    shows = ""
    if change.detectable is not None and change.detectable > gate.limit:
        shows = f"; so few or unlike {unit}s show drops of {_points(change.detectable)} and more"
    if drop <= gate.limit + _SLACK:
        return Outcome(gate.name, True, f"{told}, within {gate.option} ({detail}{shows})", by)
    if change.p_value < ALPHA and change.interval is not None and not change.interval[0] <= 0 <= change.interval[1]:
        return Outcome(gate.name, False, f"{told}, {by} more than {gate.option} ({detail})", by)
    return Outcome(gate.name, None, f"{told}, {by} more than {gate.option}, which may be chance ({detail}{shows})")


def worsening(metric: str, change: Change) -> float:
    """By how many points a score got worse; below 0 where it got better."""
    fall = change.before - change.after
    return -fall if metric in LOWER_IS_BETTER else fall


def p_told(value: float) -> str:
    """A p-value as it is printed."""
    return f"p {value:.3f}" if value >= 0.001 else "p < 0.001"


def failed(outcomes: Iterable[Outcome]) -> bool:
    """Whether a gate failed; one without a verdict did not."""
    return any(outcome.passed is False for outcome in outcomes)


def outcome_lines(outcomes: Collection[Outcome]) -> list[str]:
    """The end of a log: a line a gate, and the last for all, which says PASS or FAIL, which gate, and by how much.

    One gate has the last line alone; no gate has none. Where no gate has a verdict, neither has the last line.
    """
    lines = [f"{_WORDS[outcome.passed]}  {outcome.told}" for outcome in outcomes]
    if len(outcomes) < 2:
        return lines
    verdict = False if failed(outcomes) else True if any(outcome.passed for outcome in outcomes) else None
    deciding = [outcome for outcome in outcomes if outcome.passed is verdict]
    parts = [f"{outcome.name} by {outcome.by}" if outcome.by else outcome.name for outcome in deciding]
    last = f"{_WORDS[verdict]}  {', '.join(parts)}"
    undecided = [outcome.name for outcome in outcomes if outcome.passed is None]
    if undecided and verdict is not None:
        last += f"; no verdict on {', '.join(undecided)}"
    return [*lines, last]


_WORDS: Mapping[bool | None, str] = {True: "PASS", False: "FAIL", None: "NO VERDICT"}


def _plurals(kind: str) -> tuple[str, ...]:
    return (f"{kind}s", f"{kind}es", f"{kind.removesuffix('y')}ies")


def _no_such(bound: Bound, name: str, known: Mapping[str, str], metrics: Collection[str]) -> str:
    scores = {each.casefold(): each for each in metrics}
    if (score := scores.get(name.casefold())) is not None:
        better, other = ("lower", "max") if score in LOWER_IS_BETTER else ("higher", "min")
        return f"{score} is better the {better} it is: write --{other} {score}=…"
    if bound is Bound.MAX and name.casefold() in SHARES:
        return f"{name.casefold()} is better the higher it is: write --min {name.casefold()}=…"
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), known, n=1)
    hint = f"did you mean {known[near[0]]}?" if near else f"choose from {', '.join(dict.fromkeys(known.values()))}"
    return f"there is no {clean(name)!r}: {hint}"


def _points(value: float) -> str:
    """Two decimals, or more where these would be zeros."""
    return f"{value:.2f}" if value >= 0.005 or not value else f"{value:.1g}"
