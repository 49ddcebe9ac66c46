"""`bleupencil export`: what reviewers said, for other programs."""

from pathlib import Path

import click

from metrics.visible import clean

#: The names in `metrics.mqm.exchange.FORMATS`, which is not loaded for them.
FORMAT_NAMES = ("google", "marot", "jsonl", "csv", "tmx", "xliff")


@click.command(
    short_help="Write what reviewers said as a file for other programs.",
    epilog="""\b
Examples:
  bleupencil export candidate.review --format csv --out candidate.csv
  bleupencil export candidate.review --format jsonl > candidate.jsonl""",
)
@click.argument("session")
@click.option(
    "--format",
    "output",
    type=click.Choice(FORMAT_NAMES),
    required=True,
    help="Google's MQM TSV, Marot's, JSON Lines (loses nothing), CSV for spreadsheets, TMX 1.4, or XLIFF 2.1 with ITS "
    "quality issues.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; it must not exist.  [default: standard output]",
)
def export(session: str, output: str, out: Path | None) -> int:
    """Print the annotations of SESSION, a review file, with their passages.

    What the format cannot carry is told on standard error. Of a damaged file all that can be read is written, and the
    exit status is 3.
    """
    from metrics.errors import DamagedSession, UnwritableFile
    from metrics.mqm.exchange import export_text
    from metrics.mqm.store import Session

    if out == Path("-"):
        out = None
    if out is not None and out.exists():
        raise UnwritableFile(f"{clean(str(out))} exists: choose another name, or remove it first")
    with Session.open(session, readonly=True) as opened:
        text, losses = export_text(opened, output)
        damage = opened.damage
    if out is None:
        click.echo(text, nl=False)
    else:
        _written(out, text)
    if losses:
        told = ", ".join(f"{what} ({count})" for what, count in losses.items())
        click.echo(f"bleupencil: {output} cannot carry {told}", err=True)
    if damage:
        raise DamagedSession(damage)
    return 0


def _written(out: Path, text: str) -> None:
    """A new file, whole or not at all."""
    from metrics.errors import UnwritableFile

    try:
        with out.open("x", encoding="utf-8", newline="") as file:
            try:
                file.write(text)
                file.flush()
            except BaseException:
                out.unlink()
                raise
    except FileExistsError:
        raise UnwritableFile(f"{clean(str(out))} exists: choose another name, or remove it first") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableFile(f"cannot write {clean(str(out))}: {reason}: choose another place") from None
