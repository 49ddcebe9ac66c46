"""The one door from untrusted text to the screen.

Texts under review, the names of their files and whatever quotes either are hostile: they may hold
terminal escapes, Textual markup, bidirectional overrides, lone surrogates and characters that
cannot be seen. What leaves this module is free of all that. It is never parsed as markup, and each
replaced character stays one character, so offsets into the text hold.
"""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from textual.content import Content, Span

from metrics.diff import BRACKETS, Mark
from metrics.visible import clean

#: Styles of differing words: replaced by others, and without a counterpart.
REPLACED = "bold $text-warning"
LONE = "underline $text-error"


def plain(text: str, style: str = "") -> Content:
    """`text` as content in one style."""
    return Content.styled(clean(text), style)


def marked(text: str, marks: Iterable[Mark], *, brackets: bool) -> Content:
    """`text` with its differing words marked.

    `marks` are in order and do not overlap. With `brackets`, for terminals without colour, they stand
    in `metrics.diff.BRACKETS`.
    """
    shown = clean(text)
    parts: list[str] = []
    spans: list[Span] = []
    length = copied = 0

    def put(part: str) -> None:
        nonlocal length
        parts.append(part)
        length += len(part)

    for mark in marks:
        put(shown[copied : mark.start])
        start, copied = length, mark.end
        left, right = BRACKETS[mark.lone] if brackets else ("", "")
        put(left + shown[mark.start : mark.end] + right)
        style = LONE if mark.lone else REPLACED
        spans.append(Span(start, length, f"{style} underline" if brackets else style))
    put(shown[copied:])
    return Content("".join(parts), spans)


def opening(text: str, cells: int) -> str:
    """The beginning of `text`, cleaned, cut or padded to exactly `cells` terminal cells."""
    shown = clean(text[: 4 * cells + 1])
    if cell_len(shown) <= cells:
        return set_cell_size(shown, cells)
    return set_cell_size(set_cell_size(shown, cells - 1).rstrip() + "…", cells) if cells > 0 else ""


def shortened(name: str, cells: int) -> str:
    """`name`, cleaned, in at most `cells` terminal cells: both ends stay, for names differ in either."""
    shown = clean(name)
    if cell_len(shown) <= cells:
        return shown
    if cells < 1:
        return ""
    tail = (cells - 1) // 2
    end = shown[len(shown) - tail :]
    while cell_len(end) > tail:
        end = end[1:]
    return set_cell_size(shown, cells - 1 - cell_len(end)).rstrip() + "…" + end
