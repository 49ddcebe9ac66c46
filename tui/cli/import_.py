"""`bleupencil import`: what reviewers said elsewhere, into a review."""

import click

from metrics.visible import clean
from tui.cli.export import FORMAT_NAMES


@click.command(
    "import",
    short_help="Add annotations from a file to a review.",
    epilog="""\b
Examples:
  bleupencil import colleague.jsonl --into candidate.review
  bleupencil import mqm_newstest.tsv --into newstest.review --format google""",
)
@click.argument("file")
@click.option("--into", "session", metavar="SESSION", required=True, help="The review file; made if there is none.")
@click.option(
    "--format",
    "given",
    type=click.Choice(FORMAT_NAMES),
    help="The format of FILE.  [default: by its name, and of .tsv by the first line]",
)
@click.option("--reviewer", metavar="NAME", help="Whose annotations these are.  [default: whom FILE names]")
def import_(file: str, session: str, given: str | None, reviewer: str | None) -> int:
    """Add to SESSION the passages and annotations of FILE that it does not have yet.

    All of them or, where a line makes no sense, none. FILE may be '-', standard input. Formats are those of
    'bleupencil export'.
    """
    from metrics.mqm.exchange import FORMATS, merge, read_file
    from metrics.mqm.store import Session
    from metrics.wording import count

    found, parcel = read_file(file, given, reviewer)
    with Session.open(session, create=True) as opened:
        done = merge(parcel, opened, FORMATS[found].same)
    others = done.acts - done.annotations - done.dispositions
    click.echo(
        f"{clean(session)}: added {count(done.units, 'passage')}, {count(done.annotations, 'annotation')}, "
        f"{count(done.dispositions, 'disposition')}, {count(others, 'other act')}; "
        f"there already: {count(done.known, 'act')}"
    )
    for what, times in done.oddities.items():
        click.echo(f"bleupencil: {clean(file)}: {what} ({times})", err=True)
    return 0
