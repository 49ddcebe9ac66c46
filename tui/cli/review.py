"""`bleupencil review`: the app, in a terminal."""

import sys
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
def review(candidate: str, reference: str, scope: str, glossary: str | None, order: str, **pair: Any) -> int:
    """Step through the passages of CANDIDATE against REFERENCE in a full-screen app, worst first.

    Needs a terminal; in CI, use 'bleupencil score'.
    """
    from metrics.errors import UsageError
    from metrics.model import Scope
    from metrics.reading import open_source

    if "-" in (candidate, reference):
        raise UsageError("review reads the keyboard on standard input: give it two files instead of '-'")
    for path in (candidate, reference, *([glossary] if glossary else ())):
        open_source(path)
    settings = settings_from(**pair, scope=Scope(scope), glossary=glossary)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review needs a terminal: use 'bleupencil score' where there is none")
    from tui.app import run

    return run(candidate, reference, settings, order)
