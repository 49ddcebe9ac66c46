"""What the program says in passing."""

from typing import Any

from textual.screen import Screen

from tui.content import plain


def tell(screen: Screen[Any], message: str, severity: str = "information") -> None:
    """Say something in a toast, which takes the place of the one before: a held key would pile them up."""
    screen.app.clear_notifications()
    screen.notify(plain(message).plain, severity=severity, markup=False)  # type: ignore[arg-type]
