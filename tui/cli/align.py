"""`bleupencil align`: which sentences answer which."""

import re
from collections.abc import Set
from pathlib import Path
from typing import Any

import click

from metrics.model import Pairing, Review, Scope
from metrics.visible import clean
from tui.cli.options import order_option, pair_options, reviewed, scope_option, session_option, settings_from

#: Orders that need no score.
_UNSCORED = ("document", "length")


@click.command(
    short_help="Print which sentences answer which.",
    epilog="""\b
Examples:
  bleupencil align samples/harbour/candidate.txt samples/harbour/reference.txt
  bleupencil align samples/harbour/candidate.txt samples/harbour/reference.txt --explain r10
  bleupencil align samples/ufer/candidate.txt samples/ufer/reference.txt --format lines --out /tmp/ufer""",
)
@pair_options
@scope_option
@session_option
@order_option("document")
@click.option(
    "--reference",
    "others",
    multiple=True,
    metavar="FILE",
    help="A further reference, aligned with REFERENCE; as often as wanted. For --format lines and json.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "tsv", "vecalign", "lines"]),
    default="table",
    show_default=True,
    help="'lines' writes two files of equal length, line answering line, that sacrebleu scores to the figures of "
    "'score'; only they depend on --scope.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder for --format lines: candidate.txt and reference.txt are written there, and of further references "
    "reference2.txt and so on.",
)
@click.option(
    "--explain",
    metavar="ID",
    help="Tell why one link is as it is: 12 is the link that holds segment 12 of the candidate, r12 of the reference.",
)
def align(
    candidate: str,
    reference: str,
    scope: str,
    session: str | None,
    order: str,
    others: tuple[str, ...],
    output: str,
    out: Path | None,
    explain: str | None,
    **pair: Any,
) -> int:
    """Print the links between CANDIDATE and REFERENCE.

    Every sentence is in exactly one link: a match, moved, added, omitted, or boilerplate. One of the two
    texts may be '-', standard input. With --session the links are as reviewers corrected them, and
    --format lines leaves out what they found to be misaligned or source noise.
    """
    from metrics.errors import UsageError

    if (output == "lines") != (out is not None):
        raise UsageError("--format lines and --out DIR go together: the lines are files of their own")
    if others and output not in ("lines", "json"):
        raise UsageError("--reference: further references are for --format lines and json, which alone tell of them")
    if explain is not None:
        if output != "table":
            raise UsageError("--explain prints text: leave --format away")
        if session is not None:
            raise UsageError("--explain tells how a link was found, not how it was corrected: leave --session away")
        click.echo(_explained(candidate, reference, explain, pair))
        return 0
    metrics = () if order in _UNSCORED else ("BLEU", "chrF")
    settings = settings_from(**pair, scope=Scope(scope), metrics=metrics)
    if session is None:
        _print(reviewed(candidate, reference, settings, others), order, output, out, frozenset())
        return 0
    from tui.cli.session import judged_review

    said = judged_review(candidate, reference, settings, session, others)
    left_out = frozenset(passage.id for passage, _ in said.left_out)
    _print(said.review, order, output, out, left_out)
    said.check()
    return 0


def _print(review: Review, order: str, output: str, out: Path | None, left_out: Set[str]) -> None:
    """Print the links; lines, which are there to be scored, without the passages of the ids in `left_out`."""
    from metrics.ranking import ordered
    from metrics.reports import links
    from metrics.reports.json_report import links_json

    passages = ordered(review.passages, order)
    if out is not None:
        counted = [passage for passage in passages if passage.id not in left_out]
        for path in links.write_lines(counted, review.settings.scope, out):
            click.echo(clean(str(path)))
    elif output == "json":
        click.echo(links_json(review, passages))
    else:
        printed = {"table": links.links_table, "tsv": links.links_tsv, "vecalign": links.links_vecalign}
        click.echo(printed[output](passages))


def _explained(candidate: str, reference: str, asked: str, pair: dict[str, Any]) -> str:
    """The explanation of the link that holds the segment asked for."""
    from metrics.alignment.explain import explain
    from metrics.errors import UsageError
    from metrics.reports.explanation import explanation_text

    found = re.fullmatch(r"(r?)(\d{1,9})", asked)
    if not found:
        raise UsageError(
            f"--explain {clean(asked)}: give a segment's id as in the table, or r and one of the reference's"
        )
    settings = settings_from(**pair, metrics=())
    if settings.pairing is Pairing.ALIGNED:
        raise UsageError("--explain tells how a link was found: --aligned looks for none")
    review = reviewed(candidate, reference, settings)
    segments = review.candidate_segments, review.reference_segments
    told = explain(*segments, settings.linking, int(bool(found[1])), int(found[2]))
    return explanation_text(review, told)
