"""What a call of `bleupencil score` asks for, and how it ends, be it one pair or many."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from metrics.model import Settings
from metrics.visible import clean

if TYPE_CHECKING:
    from metrics.baseline import Baseline
    from metrics.gates import Gate, Outcome
    from tui.cli.comparing import Compared

WORST = 10


@dataclass(frozen=True, slots=True)
class Request:
    """The options of a call. `worst` is how many passages are asked for, None where nothing is said.

    `reports` are as `--report` has them; `instead` says that one of them takes the place of the summary. The last three
    are those of the paired test.
    """

    settings: Settings
    order: str
    json: bool
    worst: int | None
    gates: "tuple[Gate, ...]"
    each: bool
    reports: tuple[str, ...]
    instead: bool
    session: str | None
    baseline: "Baseline | None"
    save_baseline: str | None
    unit: str
    n_resamples: int | None
    seed: int | None
    paired_ar: bool

    @property
    def shown(self) -> int:
        """How many passages are printed for people."""
        return WORST if self.worst is None else self.worst

    @property
    def keeps(self) -> bool:
        """Whether statistics are wanted that a later call compares with, or this one."""
        return self.baseline is not None or self.save_baseline is not None or self.json

    def save(self, text: Callable[[], str], done: "Sequence[Outcome]", incomplete: bool = False) -> None:
        """Keep a baseline where one is asked for, but not a worse one than the gates allow, nor one of a part.

        `text` makes it. Raises `UnwritableFile`.
        """
        if self.save_baseline is None:
            return
        from metrics.gates import failed
        from tui.cli.comparing import save_baseline

        if incomplete or failed(done):
            why = "not all could be scored" if incomplete else "a gate failed"
            click.echo(f"bleupencil: {clean(self.save_baseline)} not written: {why}", err=True)
        else:
            save_baseline(self.save_baseline, text())


def line_width() -> int:
    """How many columns the lines of a summary may have: those of a terminal, where there is a narrow one."""
    from metrics.reports.summary import WIDTH

    return min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH


def more_json(
    baseline: Mapping[str, Any] | None, compared: "Compared | None", done: "Sequence[Outcome]" = ()
) -> dict[str, Any]:
    """Keys of a JSON report: what became of the gates, and what a later call compares with."""
    more: dict[str, Any] = {}
    if compared:
        from tui.cli.comparing import compared_json

        more["comparison"] = compared_json(compared)
    if done:
        more["gates"] = [{"name": gate.name, "passed": gate.passed, "told": gate.told} for gate in done]
    return more if baseline is None else more | {"baseline": baseline}


def concluded(done: "Sequence[Outcome]") -> int:
    """Say what became of the gates; the exit status that they come to."""
    if not done:
        return 0
    from metrics.gates import failed, outcome_lines

    for line in outcome_lines(done):
        click.echo(line, err=True)
    return int(failed(done))
