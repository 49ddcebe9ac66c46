"""`bleupencil mqm`: the scorecard of a review."""

from dataclasses import replace

import click

from tui.cli.options import Finite


@click.command(
    short_help="Print the scorecard of a review: errors, penalties, verdict.",
    epilog="""\b
Examples:
  bleupencil mqm candidate.review
  bleupencil mqm candidate.review --scheme raw --threshold 98 --fail
  bleupencil mqm candidate.review --reviewer ana --format json --per-unit""",
)
@click.argument("session")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="JSON has all figures unrounded.",
)
@click.option("--reviewer", metavar="NAME", help="Count what this one says alone.  [default: all]")
@click.option(
    "--scheme",
    metavar="NAME",
    help="Score by google, raw or calibrated alone, or by the scheme in a TOML file.  [default: by these three; the "
    "verdict is calibrated's]",
)
@click.option(
    "--typology",
    metavar="NAME",
    help="Count by core, google, or the typology in a TOML file.  [default: core or google, which knows more of the "
    "errors]",
)
@click.option(
    "--threshold",
    type=Finite(0, 100, max_open=True),
    metavar="SCORE",
    help="The lowest score that passes.  [default: raw 99, calibrated 95]",
)
@click.option(
    "--acceptable",
    type=Finite(0, 1000, min_open=True),
    metavar="POINTS",
    help="Penalty points per 1,000 words with which a calibrated score is the threshold.  [default: 10]",
)
@click.option(
    "--per-unit",
    is_flag=True,
    help="List the passages with their penalties, most points first, and what was said of texts that are gone.",
)
@click.option("--fail", is_flag=True, help="Exit with 1 unless the verdict is PASS.")
def mqm(
    session: str,
    output: str,
    reviewer: str | None,
    scheme: str | None,
    typology: str | None,
    threshold: float | None,
    acceptable: float | None,
    per_unit: bool,
    fail: bool,
) -> int:
    """Print the scorecard of SESSION, a review file.

    It has the errors by dimension and severity, the penalty and score by each scheme, and how much is reviewed: a
    passage is when somebody gave it a disposition or marked an error. What was found to be misaligned or source noise
    is left out, and said to be. A passage's penalty is the mean over its reviewers. One critical error fails. Of a
    damaged file all that can be read is counted, and the exit status is 3.

    \b
    google      points per passage: major 5, minor 1, non-translation 25, minor punctuation 0.1
    raw         100 × (1 − points / words): minor 1, major 5, critical 25
    calibrated  100 − points per 1,000 words × (100 − threshold) / acceptable points
    """
    from metrics.errors import DamagedSession, UsageError
    from metrics.mqm.penalties import SCHEMES, Formula, load_scheme
    from metrics.mqm.scorecard import scorecard
    from metrics.mqm.scorecard_report import scorecard_json, scorecard_text
    from metrics.mqm.store import Session
    from metrics.mqm.typology import load_typology
    from metrics.visible import clean

    schemes = [load_scheme(scheme)] if scheme is not None else list(SCHEMES.values())
    last = schemes[-1]
    if not last.formula.judges and (fail or threshold is not None):
        raise UsageError(f"{clean(last.name)} has no threshold: choose another --scheme, such as calibrated")
    if last.formula is not Formula.CALIBRATED and acceptable is not None:
        raise UsageError(f"{clean(last.name)} has no acceptable points: choose another --scheme, such as calibrated")
    schemes = [
        replace(
            each,
            threshold=each.threshold if threshold is None else threshold,
            acceptable=each.acceptable if acceptable is None else acceptable,
        )
        for each in schemes
    ]
    errors = load_typology(typology) if typology is not None else None
    with Session.open(session, readonly=True) as opened:
        if reviewer is not None and reviewer not in opened.reviewers and not opened.damage:
            names = ", ".join(opened.reviewers) or "nobody"
            raise UsageError(f"{clean(reviewer)!r} did nothing in {opened.path}: choose from {clean(names)}")
        card = scorecard(opened.units, opened.state, typology=errors, schemes=schemes, reviewer=reviewer)
        orphans = opened.orphans
        damage = opened.damage
    click.echo((scorecard_json if output == "json" else scorecard_text)(card, session, per_unit, orphans))
    if damage:
        raise DamagedSession(damage)
    if not fail or card.verdict.passed:
        return 0
    click.echo(f"FAIL  {clean(last.name)}: {card.verdict.reason}", err=True)
    return 1
