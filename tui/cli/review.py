"""`bleupencil review`: the app, in a terminal, or the same review as a dialogue."""

import getpass
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from metrics.visible import clean
from tui.cli.options import glossary_option, optional_pair_options, order_option, scope_option, settings_from


@click.command(
    short_help="Step through the passages, worst first, in an app.",
    epilog="""\b
Examples:
  bleupencil review samples/harbour/candidate.txt samples/harbour/reference.txt
  bleupencil review
  bleupencil review samples/ufer/candidate.txt samples/ufer/reference.txt --plain --session /tmp/ufer.review
Inside, ? lists the keys and q leaves; in the dialogue, the words are help and quit.""",
)
@optional_pair_options
@scope_option
@glossary_option
@order_option("risk")
@click.option(
    "--session",
    metavar="FILE",
    help="The file that keeps what you do, at once.  [default: beside the candidate, with .review for .txt]",
)
@click.option("--reviewer", metavar="NAME", help="Who you are.  [default: your login name]")
@click.option(
    "--typology",
    metavar="NAME|FILE",
    help="What errors are called: core, google, or your own TOML file.  [default: what the marks so far are from, or "
    "core]",
)
@click.option(
    "--plain",
    is_flag=True,
    help="Review in a dialogue, a line in, lines out: for screen readers, dumb terminals and scripts.",
)
@click.option(
    "--keys", is_flag=True, help="Print all keys as a keymap, to be changed and kept where it says; then leave."
)
def review(
    candidate: str | None,
    reference: str | None,
    scope: str,
    glossary: str | None,
    order: str,
    session: str | None,
    reviewer: str | None,
    typology: str | None,
    plain: bool,
    keys: bool,
    **pair: Any,
) -> int:
    """Step through the passages of CANDIDATE against REFERENCE in a full-screen app, worst first.

    What you do is kept in a session file as you do it, and is there again when you come back. Without texts, the app
    lists recent reviews and lets you choose files. Needs a terminal; --plain does not. In CI, use 'bleupencil score'.
    """
    from metrics.errors import UsageError
    from metrics.model import Scope
    from metrics.mqm.typology import load_typology
    from metrics.reading import open_source

    if keys:
        from tui.config import keymap_path
        from tui.keymap import keymap_listing, load_keymap

        keymap, troubles = load_keymap(keymap_path())
        for trouble in troubles:
            click.echo(f"bleupencil: {clean(trouble)}", err=True)
        click.echo(f"# Lines of this, changed, belong in {clean(str(keymap_path()))}")
        click.echo(keymap_listing(keymap), nl=False)
        return 0
    if "-" in (candidate, reference):
        raise UsageError("review reads the keyboard on standard input: give it two files instead of '-'")
    for path in (candidate, reference, glossary):
        if path is not None:
            open_source(path)
    settings = settings_from(**pair, scope=Scope(scope), glossary=glossary)
    names = load_typology(typology) if typology else None
    if not plain and os.environ.get("TERM") in ("dumb", "unknown", ""):
        raise UsageError("this terminal (TERM) cannot show the app: use --plain for a dialogue")
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "review needs a terminal: use --plain for a dialogue, or 'bleupencil score', where there is none"
        )
    who = reviewer or _login()
    if candidate is None or reference is None:
        if candidate is not None or plain or session:
            raise UsageError("give the candidate and the reference, or without --plain and --session neither of them")
        from tui.app import start

        return start(settings, who, order, names)
    from metrics.mqm.units import session_path
    from tui.desk import Desk

    with closing(Desk(Path(session) if session else session_path(candidate), who, names)) as desk:
        if plain:
            from tui.plain.dialogue import run as talk

            return talk(candidate, reference, settings, desk, order)
        from tui.app import run

        return run(candidate, reference, settings, desk, order)


def _login() -> str:
    """Who the system takes the user for; it may not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
