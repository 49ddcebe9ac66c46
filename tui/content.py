"""The one door from untrusted text to the screen.

Texts under review, the names of their files and whatever quotes either are hostile: they may hold
terminal escapes, Textual markup, bidirectional overrides, lone surrogates and characters that
cannot be seen. What leaves this module is free of all that. It is never parsed as markup, and each
replaced character stays one character, so offsets into the text hold.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content, Span

from metrics.diff import BRACKETS, joined
from metrics.model import Change, Mark, Severity, Weight
from metrics.model import Span as Range
from metrics.visible import clean

#: Styles of differing words that matter. Lone words of the candidate are struck through, as an editor would.
_CHANGES: dict[Change, str] = {
    Change.REPLACED: "bold $text-warning",
    Change.LONE: "underline $text-error",
    Change.MOVED: "italic underline $text-accent",
    Change.FORM: "dim italic",
}
_ADDED = "strike $text-error"
_FAINT = "dim italic"
#: Style of the words that the selected finding or annotation speaks of, on top of all others.
LIT = "reverse"
#: Style of annotated words and of the box around them.
_BOXED = "underline"
_BOX = "bold $text-error"


class Box(NamedTuple):
    """Annotated words, `text[start:end]` of a passage's side, and how bad they are."""

    start: int
    end: int
    severity: Severity


#: A letter for each severity: the keys that choose it, but that a critical error stands out.
LETTERS: dict[Severity, str] = {
    Severity.NEUTRAL: ".",
    Severity.MINOR: "m",
    Severity.MAJOR: "M",
    Severity.CRITICAL: "C",
}


def plain(text: str, style: str = "") -> Content:
    """`text` as content in one style."""
    return Content.styled(clean(text), style)


def style_of(mark: Mark, *, candidate: bool) -> str:
    """The style of differing words of the candidate, or of the reference."""
    if mark.weight is Weight.FAINT:
        return _FAINT
    style = _ADDED if candidate and mark.change is Change.LONE else _CHANGES[mark.change]
    return f"bold {style}" if mark.weight is Weight.STRONG else f"{style} 75%"


def marked(
    text: str,
    marks: Iterable[Mark],
    *,
    candidate: bool,
    brackets: bool = False,
    lit: Iterable[Range] = (),
    boxes: Iterable[Box] = (),
) -> Content:
    """One side's `text` with its differing words marked, annotated words in boxes, `M|so|`, and ranges of it lit.

    `marks` are in order and do not overlap; boxes may. With `brackets`, for terminals without colour, marks stand
    in `metrics.diff.BRACKETS`.
    """
    shown, marks, boxes = clean(text), list(marks), list(boxes)
    signs: dict[int, str] = {}
    for box in boxes:
        signs[box.start] = signs.get(box.start, "") + f"{LETTERS[box.severity]}|"
        signs[box.end] = "|" + signs.get(box.end, "")
    if brackets:
        for run in joined(text, marks):
            left, right = BRACKETS[run[0].change]
            signs[run[0].start] = signs.get(run[0].start, "") + left
            signs[run[-1].end] = right + signs.get(run[-1].end, "")
    parts, at = [], 0
    for place in sorted(signs):
        parts += [shown[at:place], signs[place]]
        at = place
    places = sorted(signs)
    before = [0, *accumulate(len(signs[place]) for place in places)]

    def span(start: int, end: int, style: str) -> Span:
        # Offsets move by the brackets before them.
        return Span(start + before[bisect_right(places, start)], end + before[bisect_left(places, end)], style)

    spans = [span(mark.start, mark.end, style_of(mark, candidate=candidate)) for mark in marks]
    spans += [span(box.start, box.end, _BOXED) for box in boxes]
    spans += [
        Span(place + here, place + here + len(signs[place]), _BOX) for place, here in _boxed(boxes, places, before)
    ]
    spans += [span(*each, LIT) for each in lit if each.end > each.start]
    return Content("".join([*parts, shown[at:]]), spans)


def _boxed(boxes: Iterable[Box], places: list[int], before: list[int]) -> Iterable[tuple[int, int]]:
    """The places at which sides of boxes stand, and by how much what was inserted before moves them."""
    for place in {place for box in boxes for place in (box.start, box.end)}:
        yield place, before[bisect_left(places, place)]


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
