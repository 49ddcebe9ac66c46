"""`bleupencil score`: the summary for a CI log, and the thresholds that fail a job."""

from typing import Any

import click

from metrics.model import Review, Scope
from tui.cli.options import (
    Percent,
    glossary_option,
    order_option,
    pair_options,
    reviewed,
    scope_option,
    session_option,
    settings_from,
)

_WORST = 10


@click.command(
    short_help="Print scores, coverage and the worst passages.",
    epilog="""\b
Examples:
  bleupencil score samples/harbour/candidate.txt samples/harbour/reference.txt
  bleupencil score samples/ufer/candidate.txt samples/ufer/reference.txt --min-chrf 50 --min-coverage 80""",
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
@click.option("--min-bleu", type=Percent(), metavar="SCORE", help="Exit with 1 below this BLEU.")
@click.option("--min-chrf", type=Percent(), metavar="SCORE", help="Exit with 1 below this chrF.")
@click.option(
    "--min-coverage",
    type=Percent(),
    metavar="PERCENT",
    help="Exit with 1 when less of the reference's words is answered.",
)
def score(
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
    min_bleu: float | None,
    min_chrf: float | None,
    min_coverage: float | None,
    **pair: Any,
) -> int:
    """Print scores, coverage and the worst passages of CANDIDATE against REFERENCE.

    Scores are sacreBLEU's, with their signatures. They count the whole document: what the candidate
    leaves out counts as an empty translation, and boilerplate is left out. Under each of the worst passages
    stands what its risk is the sum of, and what was found in it that matters most. One of the two may be '-',
    standard input. Thresholds that are missed are told on standard error. With --session the alignment is as
    reviewers corrected it, and what they found to be misaligned or source noise is left out, and said to be.
    """
    from metrics.errors import UsageError
    from metrics.ranking import ordered
    from metrics.scoring import TOKENIZERS

    if tokenize is not None and tokenize not in TOKENIZERS:
        raise UsageError(f"unknown tokenizer {tokenize!r}: choose from {', '.join(TOKENIZERS)}")
    settings = settings_from(
        **pair,
        scope=Scope(scope),
        metrics=("BLEU", "chrF", "chrF++", *(("TER",) if ter else ())),
        tokenize=tokenize,
        lowercase=lowercase,
        chrf_word_order=chrf_word_order,
        glossary=glossary,
    )
    said = None
    if session is None:
        review = reviewed(candidate, reference, settings)
    else:
        from tui.cli.session import judged_review

        said = judged_review(candidate, reference, settings, session)
        review = said.review
    left_out = {passage.id for passage, _ in said.left_out} if said else set()
    ranked = ordered((passage for passage in review.counted if passage.id not in left_out), order)
    if output == "json":
        from metrics.reports.json_report import scores_json

        click.echo(scores_json(review, ranked if worst is None else ranked[:worst], said.left_out if said else None))
    else:
        from metrics.reports.summary import summary

        shown = ranked[: _WORST if worst is None else worst]
        click.echo(summary(review, shown, order, said.left_out if said else ()))
    if said:
        said.check()
    return _judged(review, min_bleu, min_chrf, min_coverage)


def _judged(review: Review, min_bleu: float | None, min_chrf: float | None, min_coverage: float | None) -> int:
    """1 when a threshold is missed, each told with how much is lacking, else 0."""
    missed = False
    for name, value, floor, option in (
        ("BLEU", review.scores["BLEU"].value, min_bleu, "--min-bleu"),
        ("chrF", review.scores["chrF"].value, min_chrf, "--min-chrf"),
        ("coverage of the reference", 100 * review.coverage.reference, min_coverage, "--min-coverage"),
    ):
        if floor is not None and value < floor:
            missed = True
            click.echo(f"FAIL  {name} {value:.2f} is {floor - value:.2f} below {option} {floor:g}", err=True)
    return int(missed)
