"""`bleupencil review`: the app, in a terminal."""

import getpass
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from tui.cli.options import glossary_option, order_option, pair_options, scope_option, settings_from


@click.command(
    short_help="Step through the passages, worst first, in an app.",
    epilog="""\b
Example:
  bleupencil review samples/harbour/candidate.txt samples/harbour/reference.txt
Inside, ? lists the keys and q leaves.""",
)
@pair_options
@scope_option
@glossary_option
@order_option("risk")
@click.option(
    "--session",
    metavar="FILE",
    help="The file that keeps what you do, at once.  [default: beside the candidate, with .review for .txt]",
)
@click.option("--reviewer", metavar="NAME", help="Who you are.  [default: your login name]")
def review(
    candidate: str,
    reference: str,
    scope: str,
    glossary: str | None,
    order: str,
    session: str | None,
    reviewer: str | None,
    **pair: Any,
) -> int:
    """Step through the passages of CANDIDATE against REFERENCE in a full-screen app, worst first.

    What you do is kept in a session file as you do it, and is there again when you come back. Needs a terminal;
    in CI, use 'bleupencil score'.
    """
    from metrics.errors import UsageError
    from metrics.model import Scope
    from metrics.reading import open_source

    if "-" in (candidate, reference):
        raise UsageError("review reads the keyboard on standard input: give it two files instead of '-'")
    for path in (candidate, reference, *([] if glossary is None else [glossary])):
        open_source(path)
    settings = settings_from(**pair, scope=Scope(scope), glossary=glossary)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review needs a terminal: use 'bleupencil score' where there is none")
    from metrics.mqm.units import session_path
    from tui.app import run
    from tui.desk import Desk

    with closing(Desk(Path(session) if session else session_path(candidate), reviewer or _login())) as desk:
        return run(candidate, reference, settings, order, desk)


def _login() -> str:
    """Who the system takes the user for; it may not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
