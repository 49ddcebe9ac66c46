"""`bleupencil score`: the summary for a CI log, and the gates that fail a job."""

from typing import Any

import click

from metrics.model import Scope
from tui.cli.configuration import ConfiguredCommand
from tui.cli.gating import LIMITED, gate_options, gates_of, metrics_in
from tui.cli.inputs import Candidate, input_options, inputs_of
from tui.cli.options import (
    glossary_option,
    optional_pair_options,
    order_option,
    scope_option,
    session_option,
    settings_from,
)
from tui.cli.reporting import check_reports, report_option
from tui.cli.request import WORST, Request


@click.command(
    cls=ConfiguredCommand,
    short_help="Print scores, coverage and the worst passages.",
    epilog="""\b
Examples:
  bleupencil score samples/harbour/candidate.txt samples/harbour/reference.txt
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --min chrF=50 --max numbers=5
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --save-baseline /tmp/ufer.json
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --baseline /tmp/ufer.json --max-drop chrF=1
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --report html=/tmp/ufer.html
  bleupencil score --pairs samples/pairs.tsv --min chrF=50 --each""",
)
@optional_pair_options
@input_options
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
    help=f"Print the first N passages of the order.  [default: {WORST}; in JSON, all]",
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
    "--each", is_flag=True, help="Of many pairs, every one must come up to --min and --max, not only all together."
)
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
@click.option(
    "--by",
    "unit",
    type=click.Choice(["passages", "documents"]),
    default="passages",
    show_default=True,
    help="What the paired test draws, and what is kept for it.",
)
@click.option("--paired-ar", is_flag=True, help="Test by approximate randomization instead of the paired bootstrap.")
@click.pass_context
def score(
    ctx: click.Context,
    /,
    candidate: str | None,
    reference: str | None,
    candidates: tuple[Candidate, ...],
    references: tuple[str, ...],
    pairs: str | None,
    allow_missing: bool,
    jobs: int | None,
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
    each: bool,
    unit: str,
    n_resamples: int | None,
    seed: int | None,
    paired_ar: bool,
    **others: Any,
) -> int:
    """Print scores, coverage and the worst passages of CANDIDATE against REFERENCE.

    They are two texts, or two folders, whose files match by their path or, where that finds none, by the path without
    extension, language codes and words such as hyp or ref. Of many pairs, --pairs too, scores are printed of all
    together, which are those of the concatenation, and of the worst documents.

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
    inputs = inputs_of(candidate, reference, candidates, references, pairs)
    earlier = None
    if baseline is not None:
        from tui.cli.comparing import read_baseline

        earlier = read_baseline(baseline)
    request = Request(
        settings=settings,
        order=order,
        json=output == "json",
        worst=worst,
        gates=gates,
        each=each,
        reports=reports,
        instead=instead,
        session=session,
        baseline=earlier,
        save_baseline=save_baseline,
        unit=unit,
        n_resamples=n_resamples,
        seed=seed,
        paired_ar=paired_ar,
    )
    if inputs.single:
        from tui.cli.single import score_single

        return score_single(inputs.pairs[0], request)
    from tui.cli.many import score_many

    return score_many(inputs, request, jobs, allow_missing)
