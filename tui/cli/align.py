"""`bleupencil align`: which sentences answer which."""

from pathlib import Path
from typing import Any

import click

from metrics.model import Scope
from metrics.visible import clean
from tui.cli.options import pair_options, reviewed, scope_option, settings_from


@click.command(
    short_help="Print which sentences answer which.",
    epilog="""\b
Examples:
  bleupencil align samples/harbour/candidate.txt samples/harbour/reference.txt
  bleupencil align samples/ufer/candidate.txt samples/ufer/reference.txt --format lines --out /tmp/ufer""",
)
@pair_options
@scope_option
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
    help="The folder for --format lines: candidate.txt and reference.txt are written there.",
)
def align(candidate: str, reference: str, scope: str, output: str, out: Path | None, **pair: Any) -> int:
    """Print the links between CANDIDATE and REFERENCE.

    Every sentence is in exactly one link: a match, moved, added, omitted, or boilerplate. One of the two
    texts may be '-', standard input.
    """
    from metrics.errors import UsageError

    if (output == "lines") != (out is not None):
        raise UsageError("--format lines and --out DIR go together: the lines are two files")
    review = reviewed(candidate, reference, settings_from(**pair, scope=Scope(scope), metrics=()))
    if output == "json":
        from metrics.reports.json_report import links_json

        click.echo(links_json(review))
        return 0
    from metrics.reports import links

    if out is not None:
        for path in links.write_lines(review, out):
            click.echo(clean(str(path)))
    else:
        printed = {"table": links.links_table, "tsv": links.links_tsv, "vecalign": links.links_vecalign}
        click.echo(printed[output](review))
    return 0
