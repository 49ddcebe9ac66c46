"""`bleupencil report`: what a review came to, with what people said beside the metric."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from metrics.visible import clean
from tui.cli.reporting import check_reports, report_option, write
from tui.cli.request import line_width

if TYPE_CHECKING:
    from metrics.model import Settings
    from metrics.mqm.scorecard import Scorecard
    from metrics.mqm.store import Texts


@click.command(
    short_help="Print what a review came to, and where marks and metric disagree.",
    epilog="""\b
Examples:
  bleupencil report candidate.review
  bleupencil report candidate.review --reviewer ana --disagreements
  bleupencil report candidate.review --report html=review.html --report sarif=review.sarif""",
)
@click.argument("session")
@click.option("--candidate", metavar="FILE", help="Where the candidate is now.  [default: where it was reviewed]")
@click.option("--reference", metavar="FILE", help="Where the reference is now.  [default: where it was reviewed]")
@click.option(
    "--reviewer",
    metavar="NAME",
    help="Take what this one said alone: marks, verdict, and what scores leave out. Corrections of the alignment are "
    "everybody's.  [default: all]",
)
@report_option
@click.option("--disagreements", "only", is_flag=True, help="Print where marks and metric disagree, and nothing else.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Of --disagreements; JSON has all of them, unrounded.",
)
def report(
    session: str,
    candidate: str | None,
    reference: str | None,
    reviewer: str | None,
    reports: tuple[str, ...],
    only: bool,
    output: str,
) -> int:
    """Print what SESSION, a review file, came to: the summary as of 'score --session', the verdict as of 'mqm', and
    where marks and metric disagree.

    These are passages of the worst tenth by risk that were called fine or a paraphrase, and passages with a penalty in
    the better half by risk. A passage counts as reviewed when somebody gave it a disposition or marked something.

    The texts are those that the review was opened with last, read and linked as then. They are looked for where they
    were, and beside SESSION. Scores leave out what was called misaligned or source noise, unless another reviewer says
    something else of it; with --reviewer that one alone decides. Of a damaged file all that can be read is told, and
    the exit status is 3.
    """
    from metrics.errors import UsageError

    instead = check_reports(reports)
    if output != "text" and not only:
        raise UsageError("--format is for --disagreements; --report json writes the whole")
    if only and instead:
        raise UsageError("--disagreements and --report both go to standard output: write --report FORMAT=FILE")

    from metrics.mqm.scorecard import scorecard
    from metrics.mqm.store import Session
    from metrics.ranking import ordered
    from metrics.reports.report import SHOWN
    from tui.cli.session import judged_review

    with Session.open(session, readonly=True) as opened:
        if reviewer is not None and reviewer not in opened.reviewers and not opened.damage:
            names = ", ".join(opened.reviewers) or "nobody"
            raise UsageError(f"{clean(reviewer)!r} did nothing in {opened.path}: choose from {clean(names)}")
        texts = opened.texts[-1] if opened.texts else None
        card = scorecard(opened.units, opened.state, reviewer=reviewer)
        path, damage = opened.path, opened.damage
    said = judged_review(*_pair(session, path, damage, texts, candidate, reference), session, reviewer=reviewer)
    left_out = {passage.id for passage, _ in said.left_out}
    ranked = ordered(passage for passage in said.review.counted if passage.id not in left_out)
    if reports:
        write(reports, said.review, ranked, "risk", SHOWN, (), said)
    if not instead:
        from metrics.mqm.disagreement import disagreements
        from metrics.reports.disagreements import disagreements_json, disagreements_text

        found = disagreements(said.review, ranked, said.state)
        if output == "json":
            import json

            import metrics

            whole = {
                "schema": 1,
                "version": metrics.__version__,
                "session": session,
                "candidate": {"path": said.review.candidate.path},
                "reference": {"path": said.review.reference.path},
            }
            click.echo(json.dumps(whole | disagreements_json(found), ensure_ascii=False, indent=1))
        else:
            if not only:
                from metrics.reports.summary import summary

                click.echo(summary(said.review, ranked[:SHOWN], "risk", said.left_out, line_width()))
                click.echo(f"\n{_verdict(card)}\n")
            click.echo(disagreements_text(said.review, found))
    said.check()
    return 0


def _pair(
    session: str, name: str, damage: str, texts: "Texts | None", candidate: str | None, reference: str | None
) -> "tuple[str, str, Settings]":
    """The pair that a review file was opened with last, and how it was read and linked.

    Raises `MissingFile` for a text that is gone, and `SessionError` for one that is another, or where the file does not
    say which texts they are.
    """
    from metrics.errors import DamagedSession, SessionError
    from metrics.languages import LANGUAGES
    from metrics.model import Settings
    from metrics.mqm.units import settings_of
    from metrics.scoring import METRICS

    if texts is None:
        if damage:
            raise DamagedSession(damage)
        raise SessionError(
            f"{name} does not say which texts it is of: open them with 'bleupencil review CANDIDATE REFERENCE "
            f"--session {name}' first"
        )
    try:
        settings = settings_of(texts.settings)
    except (LookupError, TypeError, ValueError):
        raise SessionError(
            f"{name} does not say how its texts were read: open them with 'bleupencil review CANDIDATE REFERENCE "
            f"--session {name}' first"
        ) from None
    settings = replace(
        settings,
        # Another version may guess another language.
        language=texts.language if texts.language in LANGUAGES else settings.language,
        metrics=tuple(name for name in METRICS if name in (*Settings().metrics, *settings.metrics)),
    )
    if settings.glossary is not None:
        settings = replace(settings, glossary=_there(session, settings.glossary) or settings.glossary)
    ours = _text(session, name, "candidate", candidate, texts.candidate_path, texts.candidate_digest, settings)
    theirs = _text(session, name, "reference", reference, texts.reference_path, texts.reference_digest, settings)
    return ours, theirs, settings


def _text(
    session: str, name: str, side: str, given: str | None, recorded: str, digest: str, settings: "Settings"
) -> str:
    """The path of one side, whose text is the one that was reviewed."""
    from metrics.errors import MissingFile, SessionError
    from metrics.mqm.units import text_digest
    from metrics.reading import open_source, read
    from metrics.reading.source import STDIN

    if given == STDIN:
        raise MissingFile(f"--{side} is '-': name a file, for it is read twice")
    path = given if given is not None else _there(session, recorded)
    if path is None:
        raise MissingFile(f"{recorded}, the {side} of {name}, is gone: say where it is with --{side} FILE")
    if text_digest(read(open_source(path), settings.encoding).text) != digest:
        raise SessionError(
            f"{path} is not the {side} that {name} was opened with last: give that with --{side} FILE, or open the new "
            f"one with 'bleupencil review CANDIDATE REFERENCE --session {name}' first"
        )
    return path


def _there(session: str, recorded: str) -> str | None:
    """A file of a review: where it was, or else beside the review file."""
    from os.path import isfile

    beside = str(Path(session).parent / Path(recorded).name)
    return next((path for path in (recorded, beside) if isfile(path)), None)


def _verdict(card: "Scorecard") -> str:
    """As `mqm` prints it."""
    sign = {True: "PASS", False: "FAIL", None: "none"}[card.verdict.passed]
    return f"verdict  {sign}  {clean(card.total.results[-1].scheme.name)}: {card.verdict.reason}"
