"""The gates of `bleupencil score`: its options for them, and what they come to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

from metrics.model import Review
from tui.cli.configuration import Limit, LimitType, configuration_of
from tui.cli.options import Percent

if TYPE_CHECKING:
    from metrics.gates import Gate, Outcome
    from metrics.significance import Paired

Command = TypeVar("Command", bound=Callable[..., Any])

#: Parameters that hold several limits, by what they bound.
_LIMITS = {"floors": "min", "ceilings": "max", "drops": "max-drop"}
#: Parameters that hold a limit on one thing, as `--min` would.
_SHORT = {"min_bleu": "BLEU", "min_chrf": "chrF", "min_coverage": "coverage", "min_mqm": "MQM"}

#: The parameters that `gate_options` adds.
LIMITED = frozenset({*_LIMITS, *_SHORT})


def gate_options(command: Command) -> Command:
    """What the texts must come up to."""
    decorators = (
        click.option(
            "--min",
            "floors",
            type=LimitType(),
            multiple=True,
            metavar="METRIC=VALUE",
            help="Exit with 1 below this value: BLEU, chrF, chrF++, coverage (of the reference's words) or "
            "candidate-coverage. Repeatable.",
        ),
        click.option(
            "--max",
            "ceilings",
            type=LimitType(),
            multiple=True,
            metavar="KIND=COUNT",
            help="Exit with 1 above this many findings of a kind, such as numbers, negations or omissions, or above "
            "this TER. Repeatable.",
        ),
        click.option("--min-bleu", type=Percent(), metavar="SCORE", help="The same as --min BLEU=SCORE."),
        click.option("--min-chrf", type=Percent(), metavar="SCORE", help="The same as --min chrF=SCORE."),
        click.option("--min-coverage", type=Percent(), metavar="PERCENT", help="The same as --min coverage=PERCENT."),
        click.option(
            "--min-mqm",
            type=Percent(),
            metavar="SCORE",
            help="Exit with 1 when the reviewers' marks in --session come to a calibrated score below this, or to a "
            "critical error.",
        ),
        click.option(
            "--max-drop",
            "drops",
            type=LimitType(),
            multiple=True,
            metavar="METRIC=POINTS",
            help="Exit with 1 when this metric is more than so many points worse than in --baseline, and a paired "
            "test tells that from chance: p < 0.05, and a 95 % interval without 0. Repeatable.",
        ),
    )
    return reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)


def gates_of(ctx: click.Context) -> "tuple[Gate, ...]":
    """The gates of a call: those of the command line, and of the configuration what these leave open.

    Raises `UsageError` for one on something that there is not, and for one that lacks what it is to look at.
    """
    if not any(ctx.params[name] not in (None, ()) for name in (*_LIMITS, *_SHORT)):
        return ()
    configuration = configuration_of(ctx)
    typed = {
        name: value
        for name, value in ctx.params.items()
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    }
    gates = list(_gates(typed, "--{}"))
    theirs = {(gate.bound, gate.on) for gate in gates}
    configured = _gates(configuration.values, f"{{}} of {configuration.path}")
    gates += [gate for gate in configured if (gate.bound, gate.on) not in theirs]
    _check(gates, ctx.params)
    return tuple(gates)


def metrics_in(gates: "Iterable[Gate]") -> list[str]:
    """The metrics that gates ask for."""
    from metrics.scoring import METRICS

    return [gate.on for gate in gates if gate.on in METRICS]


def drops_in(gates: "Iterable[Gate]") -> list[str]:
    """The metrics whose drop is limited."""
    return [gate.on for gate in gates if gate.bound == "max-drop"]


def outcomes(
    gates: "Sequence[Gate]",
    values: Mapping[str, float],
    found: Mapping[str, int],
    changes: "Mapping[str, Paired]",
    judge_mqm: "Callable[[Gate], Outcome] | None" = None,
    unit: str = "passage",
) -> "tuple[Outcome, ...]":
    """What becomes of gates: `values` and `found` as `metrics.gates.hold` takes them, `changes` against the
    baseline by so many of a `unit`."""
    if not gates:
        return ()
    from metrics.gates import MQM, Bound, hold, judge_drop

    done = []
    for gate in gates:
        if gate.bound is Bound.MAX_DROP:
            done.append(judge_drop(gate, changes[gate.on], unit))
        elif gate.on == MQM:
            assert judge_mqm is not None
            done.append(judge_mqm(gate))
        else:
            done.append(hold(gate, values, found))
    return tuple(done)


def _gates(values: Mapping[str, Any], option: str) -> "Iterable[Gate]":
    from metrics.gates import MQM, Bound, Gate, gate_on
    from metrics.scoring import METRICS

    for parameter, name in _LIMITS.items():
        limits: Sequence[Limit] = values.get(parameter) or ()
        kinds: Iterable[str] = ()
        if limits and parameter == "ceilings":
            from metrics.findings import KINDS as kinds
        for limit in limits:
            told = option.format(f"{name} {limit.name}={limit.number:g}")
            yield gate_on(Bound(name), limit.name, limit.number, told, METRICS, tuple(kinds))
    for parameter, on in _SHORT.items():
        if (value := values.get(parameter)) is not None:
            told = option.format(f"{parameter.replace('_', '-')} {value:g}")
            yield Gate(Bound.MIN, MQM, value, told) if on == MQM else gate_on(Bound.MIN, on, value, told, METRICS)


def _check(gates: "Iterable[Gate]", parameters: Mapping[str, Any]) -> None:
    from metrics.errors import UsageError
    from metrics.gates import MQM, Bound

    for gate in gates:
        if gate.bound is Bound.MAX_DROP and parameters["baseline"] is None:
            raise UsageError(f"{gate.option}: a drop from what? Name it with --baseline FILE")
        if gate.on == MQM and parameters["session"] is None:
            raise UsageError(f"{gate.option}: whose marks? Name the review file with --session FILE")


def judge_mqm(gate: "Gate", review: Review, session: str) -> "Outcome":
    """Hold the scorecard's last score against a limit; a critical error fails whatever the score is."""
    from metrics.gates import Outcome, judge
    from metrics.model import Severity
    from metrics.mqm.scorecard import scorecard
    from metrics.mqm.store import Session
    from metrics.mqm.units import units_of
    from metrics.wording import count

    with Session.open(session, readonly=True) as opened:
        total = scorecard(units_of(review), opened.state).total
    if critical := total.errors[Severity.CRITICAL]:
        told = count(critical, "critical error")
        return Outcome(gate.name, False, f"MQM: {told} under {gate.option}: one is enough to fail", told)
    return judge(gate, total.results[-1].score, "nothing that counts is reviewed")
