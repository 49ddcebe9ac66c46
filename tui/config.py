"""Where the program keeps what is the user's own: configuration, which they write, and state, which it remembers.

The folders are those of the system (`platformdirs`); the environment variables of the XDG directories move them where
that is usual. What is remembered is a convenience: where it cannot be read or written, the program does without.
"""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from platformdirs import user_config_dir, user_state_dir

_NAME = "bleupencil"
_THEME = "theme"
_LONGEST_THEME = 100


def keymap_path() -> Path:
    """The file in which users give keys to acts; it need not exist."""
    return _folder(user_config_dir(_NAME, appauthor=False)) / "keymap.toml"


def state_path(name: str) -> Path:
    """The file of that name in which the program remembers something; it need not exist."""
    return _folder(user_state_dir(_NAME, appauthor=False)) / name


def _folder(folder: str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        # Nobody is at home, so nothing will be found.
        return Path(folder)


def read_state(name: str) -> str | None:
    """What is remembered under that name; None where nothing is, or where it cannot be read."""
    try:
        return state_path(name).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def write_state(name: str, text: str) -> bool:
    """Remember `text` under that name; whether that was possible. A reader finds the old text or the new one whole."""
    path = state_path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = mkstemp(prefix=f".{name}-", dir=path.parent)
    except OSError:
        return False
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(temporary, path)
    except (OSError, ValueError):
        with suppress(OSError):
            os.unlink(temporary)
        return False
    return True


def remembered_theme() -> str | None:
    """The name of the theme that was chosen last, which may be none of those that there are now."""
    name = (read_state(_THEME) or "").strip()
    return name if name.isprintable() and 0 < len(name) <= _LONGEST_THEME else None


def remember_theme(name: str) -> None:
    """Remember the name of a theme."""
    write_state(_THEME, f"{name}\n")
