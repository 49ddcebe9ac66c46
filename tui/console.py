"""Signs for terminals that have few: on the Linux console each that its fonts lack gives way to an ASCII one."""

import os

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

#: One cell for one cell, and no two signs of a kind for the same.
_ASCII = str.maketrans(
    {
        "≈": "~",
        "∅": "-",
        "▢": "#",
        "●": "*",
        "○": "o",
        "×": "x",
        "▶": ">",
        "▸": ">",
        "⇄": "/",
        "…": ".",
        "␛": "?",
        "◦": "?",
        "✓": "v",
        "◆": "&",
        "╌": "-",
        "‹": "<",
        "›": ">",
        "↔": "=",
    }
)


class FewSigns(LineFilter):
    """Replaces signs wherever they stand, in texts under review too: the terminal could not show them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same cells with other signs."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(_ASCII), segment.style, segment.control)
            for segment in segments
        ]


def has_few_signs() -> bool:
    """Whether the terminal is the Linux console, whose fonts have 256 or 512 characters."""
    return os.environ.get("TERM", "") == "linux"
