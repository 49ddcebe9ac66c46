"""Regular expressions that are compiled where they are first used.

All that the engine has take longer to compile than a short text takes to score, and a text needs few of them.
"""

import re
from typing import Any, cast


class _Late:
    """A pattern in waiting."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Python comes here for what it has not found: each method once, and no call pays for the waiting.
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, in all that is asked of it by name."""
    return cast("re.Pattern[str]", _Late(text, flags))
