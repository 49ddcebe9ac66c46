"""`bleupencil agree`: how far reviewers agree, and what is left to settle between them."""

from contextlib import ExitStack

import click

from metrics.visible import clean

_WORST = 10


@click.command(
    short_help="Compare reviewers: agreement, and passages to adjudicate.",
    epilog="""\b
Examples:
  bleupencil agree ana.review ben.review
  bleupencil agree team.review --reviewer ana --reviewer ben --format json""",
)
@click.argument("sessions", nargs=-1, required=True, metavar="SESSION...")
@click.option(
    "--reviewer",
    "names",
    multiple=True,
    metavar="NAME",
    help="Compare this one with the others that are named; the first is the reference.  [default: all]",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="JSON holds every passage to adjudicate.",
)
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Print the first N passages to adjudicate.  [default: {_WORST}; in JSON, all]",
)
def agree(sessions: tuple[str, ...], names: tuple[str, ...], output: str, worst: int | None) -> int:
    """Compare the reviewers of one or more review files, each with each.

    Only passages count that both have reviewed: marked, or said what they are. Dispositions and worst severities
    are compared by Cohen's κ and Krippendorff's α; marks by precision, recall and F1, where the one who comes
    first is the reference; F1 is the same either way. Under the figures stand the passages to adjudicate, the worst
    disagreement first. A figure that is undefined says why. Of a damaged file all that can be read is compared, and
    the exit status is 3.
    """
    from metrics.errors import DamagedSession
    from metrics.mqm.agreement import agreement
    from metrics.mqm.agreement_report import agreement_json, agreement_text
    from metrics.mqm.panel import only, panel
    from metrics.mqm.store import Session

    with ExitStack() as stack:
        opened = [stack.enter_context(Session.open(path, readonly=True)) for path in sessions]
        found = panel(opened)
        damage = "; ".join(dict.fromkeys(session.damage for session in opened if session.damage))
    for reviewer, path, other in found.copies:
        click.echo(
            f"bleupencil: {clean(reviewer)} in {path} is left out: all of it is in {other}, which counts", err=True
        )
    chosen = only(found, names)
    compared = agreement(chosen)
    if output == "json":
        click.echo(agreement_json(chosen, compared, worst))
    else:
        click.echo(agreement_text(chosen, compared, _WORST if worst is None else worst))
    if damage:
        raise DamagedSession(damage)
    return 0
