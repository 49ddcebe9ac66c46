"""`bleupencil score`: the summary for a CI log, and the gates that fail a job."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from metrics.model import Review, Scope
from metrics.visible import clean
from tui.cli.configuration import ConfiguredCommand
from tui.cli.gating import LIMITED, drops_in, gate_options, gates_of, metrics_in, outcomes
from tui.cli.options import (
    glossary_option,
    order_option,
    pair_options,
    reviewed,
    scope_option,
    session_option,
    settings_from,
)
from tui.cli.reporting import check_reports, report_option, write

if TYPE_CHECKING:
    from metrics.baseline import Kept
    from metrics.gates import Outcome
    from tui.cli.comparing import Compared

_WORST = 10


@click.command(
    cls=ConfiguredCommand,
    short_help="Print scores, coverage and the worst passages.",
    epilog="""\b
Examples:
  bleupencil score samples/harbour/candidate.txt samples/harbour/reference.txt
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --min chrF=50 --max numbers=5
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --save-baseline /tmp/ufer.json
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --baseline /tmp/ufer.json --max-drop chrF=1
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --report html=/tmp/ufer.html""",
)
@pair_options
@scope_option
@glossary_option
@session_option
@order_option("risk")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="JSON holds every passage, in --order, with all that was found in it.",
)
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Print the first N passages of the order.  [default: {_WORST}; in JSON, all]",
)
@click.option(
    "--tokenize", metavar="NAME", help="sacreBLEU's tokenizer for BLEU.  [default: 13a; zh, char by language]"
)
@click.option("--lowercase", is_flag=True, help="Score without regard to case.")
@click.option(
    "--chrf-word-order",
    type=click.IntRange(0, 6),
    default=0,
    show_default=True,
    metavar="N",
    help="Word n-grams that chrF counts besides characters; 2 makes it chrF++.",
)
@click.option("--ter", is_flag=True, help="Score TER, too; slow on long passages.")
@report_option
@gate_options
@click.option(
    "--baseline",
    metavar="FILE",
    help="Compare with an earlier call on the same reference, as its --save-baseline or --format json wrote it.",
)
@click.option("--save-baseline", metavar="FILE", help="Keep what --baseline needs of this call, unless a gate fails.")
@click.option(
    "--n-resamples",
    type=click.IntRange(100, 1_000_000),
    metavar="N",
    help="How often the paired test draws.  [default: 1000; with --paired-ar 10000]",
)
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Of the paired test's draws.  [default: 12345]")
@click.option("--paired-ar", is_flag=True, help="Test by approximate randomization instead of the paired bootstrap.")
@click.pass_context
def score(
    ctx: click.Context,
    /,
    candidate: str,
    reference: str,
    scope: str,
    glossary: str | None,
    session: str | None,
    order: str,
    output: str,
    worst: int | None,
    tokenize: str | None,
    lowercase: bool,
    chrf_word_order: int,
    ter: bool,
    reports: tuple[str, ...],
    baseline: str | None,
    save_baseline: str | None,
    n_resamples: int | None,
    seed: int | None,
    paired_ar: bool,
    **others: Any,
) -> int:
    """Print scores, coverage and the worst passages of CANDIDATE against REFERENCE.

    Scores are sacreBLEU's, with their signatures. They count the whole document: what the candidate
    leaves out counts as an empty translation, and boilerplate is left out. Under each of the worst passages
    stands what its risk is the sum of, and what was found in it that matters most. One of the two may be '-',
    standard input. With --session the alignment is as reviewers corrected it, and what they found to be misaligned or
    source noise is left out, and said to be.

    What became of the gates (--min, --max, --max-drop) goes to standard error, whose last line then says PASS, FAIL or
    NO VERDICT, on what, and by how much. All options may be set in bleupencil.toml or below [tool.bleupencil] in
    pyproject.toml, here or in a folder above, as may CANDIDATE and REFERENCE; the command line wins.
    """
    from metrics.errors import UsageError
    from metrics.ranking import ordered
    from metrics.scoring import METRICS, TOKENIZERS

    if tokenize is not None and tokenize not in TOKENIZERS:
        raise UsageError(f"unknown tokenizer {tokenize!r}: choose from {', '.join(TOKENIZERS)}")
    instead = check_reports(reports)
    gates = gates_of(ctx)
    wanted = {"BLEU", "chrF", "chrF++", *metrics_in(gates), *(("TER",) if ter else ())}
    settings = settings_from(
        **{name: value for name, value in others.items() if name not in LIMITED},
        scope=Scope(scope),
        metrics=tuple(name for name in METRICS if name in wanted),
        tokenize=tokenize,
        lowercase=lowercase,
        chrf_word_order=chrf_word_order,
        glossary=glossary,
    )
    earlier = None
    if baseline is not None:
        from tui.cli.comparing import read_baseline

        earlier = read_baseline(baseline)
    said = None
    if session is None:
        review = reviewed(candidate, reference, settings)
    else:
        from tui.cli.session import judged_review

        said = judged_review(candidate, reference, settings, session)
        review = said.review
    left_out = {passage.id for passage, _ in said.left_out} if said else set()
    ranked = ordered((passage for passage in review.counted if passage.id not in left_out), order)
    kept = compared = None
    if earlier is not None or save_baseline is not None or output == "json":
        from metrics.baseline import keep
        from metrics.segment_keys import segment_keys

        kept = keep(review, segment_keys(review.reference_segments).keys, left_out)
    if earlier is not None and kept is not None:
        from tui.cli.comparing import compare

        compared = compare(
            earlier, review, kept, drops_in(gates), number=n_resamples, seed=seed, randomization=paired_ar
        )
    done = outcomes(gates, review, ranked, compared.changes if compared else {}, session)
    if reports:
        write(reports, review, ranked, order, _WORST if worst is None else worst, done, said)
    if output == "json" and kept is not None and not instead:
        from metrics.reports.json_report import scores_json

        listed = ranked if worst is None else ranked[:worst]
        more = _more(kept, compared, done)
        click.echo(scores_json(review, listed, said.left_out if said else None, more))
    elif not instead:
        from metrics.reports.summary import summary

        shown = ranked[: _WORST if worst is None else worst]
        click.echo(summary(review, shown, order, said.left_out if said else ()))
        if compared:
            from tui.cli.comparing import compared_text

            click.echo(f"\n{compared_text(compared)}")
    if said:
        said.check()
    if save_baseline is not None and kept is not None:
        _save(save_baseline, review, kept, done)
    if not done:
        return 0
    from metrics.gates import failed, outcome_lines

    for line in outcome_lines(done):
        click.echo(line, err=True)
    return int(failed(done))


def _more(kept: "Kept", compared: "Compared | None", done: "Sequence[Outcome]") -> dict[str, Any]:
    """What became of the gates, and what a later call compares with."""
    from metrics.baseline import kept_json

    more: dict[str, Any] = {}
    if compared:
        from tui.cli.comparing import compared_json

        more["comparison"] = compared_json(compared)
    if done:
        more["gates"] = [{"name": gate.name, "passed": gate.passed, "told": gate.told} for gate in done]
    return more | {"baseline": kept_json(kept)}


def _save(path: str, review: Review, kept: "Kept", done: "Sequence[Outcome]") -> None:
    """Keep a baseline, but not a worse one than the gates allow."""
    from metrics.baseline import baseline_json
    from metrics.gates import failed
    from tui.cli.comparing import save_baseline

    if failed(done):
        click.echo(f"bleupencil: {clean(path)} not written: a gate failed", err=True)
    else:
        save_baseline(path, baseline_json(review, kept))
