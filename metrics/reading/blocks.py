"""Paragraphs and headings of a plain text, whether its lines are hard-wrapped or whole paragraphs.

A blank line always ends a block. Between two lines without one, the question is whether the second
goes on with the first. Where nothing is wrapped, it does not. Where lines are wrapped at a width,
two kinds of file are met:

- *greedy*: a line ends because the next word did not fit, so a line with room to spare ends its block;
- *loose*: edited since, or made from a page whose links broke the lines. There a short line proves
  nothing by itself, and a block is seen by where it opens: often in a short line before a long one.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from metrics.model import Span
from metrics.patterns import pattern
from metrics.visible import columns
from metrics.words import is_unspaced

#: Wrapped lines end in a window of this many columns below the width, but for the last of a block.
_WINDOW = 12
_WIDTHS = range(24, 161)
#: Below this share of lines in the window, a text is not wrapped.
_IN_WINDOW = 0.3
#: A wrapped text has few lines that stick out: addresses, tables.
_OVERLONG = 0.1
#: In wrapped text most full lines end inside a sentence; in a text of one sentence a line, none.
_MID_SENTENCE = 0.35
#: And most of what follows them is in lower case, even where nouns are not; lines of verse begin with capitals.
_LOWER = 0.35
#: Share of lines that surely go on and are full, from which a file counts as greedy.
_GREEDY = 0.97
_OPENING, _AFTER_OPENING, _HEADING = 0.55, 0.75, 0.75

_TERMINAL = pattern(r"[.!?…:;。！？؟]['\"’”»)\]}」』）】]*$|[\])}）】]$")
_BULLET = pattern(r"[-*•·◦▪‣]\s")
_NUMBER = pattern(r"\d{1,2}[.)]\s")
_FIRST_WORD = pattern(r"\S+")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    size: int

    @property
    def terminal(self) -> bool:
        return _TERMINAL.search(self.text) is not None

    @property
    def first(self) -> str:
        """The first letter or digit, whatever quotation marks and dashes stand before it."""
        return next((character for character in self.text if character.isalnum()), "")

    @property
    def continues(self) -> bool:
        """Whether it surely goes on with a sentence begun before: it starts in lower case."""
        return self.first.islower()

    @property
    def caseless(self) -> bool:
        """Whether it starts in a script without capitals."""
        return self.first.isalpha() and not self.first.islower() and not self.first.isupper()


def find_blocks(text: str) -> tuple[Span, ...]:
    """The blocks of `text`, in order, as ranges without outer white space."""
    groups = _groups(text, len)
    width = _wrap_width(groups)
    in_columns = _groups(text, columns) if is_unspaced(text[:2000]) else groups
    if in_columns is not groups:
        width_in_columns = _wrap_width(in_columns)
        if width_in_columns and _spread(in_columns, width_in_columns) >= _spread(groups, width or 0):
            groups, width = in_columns, width_in_columns
    if not width:
        return tuple(Span(line.start, line.end) for group in groups for line in group)
    rule = _Rule(groups, width)
    blocks: list[Span] = []
    for group in groups:
        opening = 0
        for i in range(1, len(group) + 1):
            if i == len(group) or rule.breaks(group, i, opening):
                blocks.append(Span(group[opening].start, group[i - 1].end))
                opening = i
    return tuple(blocks)


class _Rule:
    """Whether a block ends between two lines of one file wrapped at `width`."""

    def __init__(self, groups: list[list[_Line]], width: int) -> None:
        self.width = width
        joined = [(a, b) for group in groups for a, b in pairwise(group) if _goes_on(a, b)]
        full = sum(self._full(a, b) for a, b in joined)
        self.greedy = full >= _GREEDY * len(joined)
        short = [a for a, b in joined if a.size < _OPENING * width and b.size > _AFTER_OPENING * width]
        self.short_openings = not self.greedy and len(short) >= 2

    def breaks(self, group: list[_Line], i: int, opening: int) -> bool:
        """Whether line i opens a block, when the block at hand was opened by line `opening`."""
        before, line = group[i - 1], group[i]
        if _BULLET.match(line.text) or (_NUMBER.match(line.text) and (before.terminal or _NUMBER.match(before.text))):
            return True
        full = self._full(before, line)
        if self.greedy:
            return not full and not line.continues
        if line.continues:
            return False
        if self._opens(group, i):
            return before.terminal or not full
        if self._opens(group, i - 1) or full:
            return False
        return before.terminal or (i - 1 == opening and before.size < _HEADING * self.width)

    def _opens(self, group: list[_Line], i: int) -> bool:
        """Whether a line looks like the short first line of a block."""
        return (
            self.short_openings
            and i + 1 < len(group)
            and group[i].size < _OPENING * self.width
            and group[i + 1].size > _AFTER_OPENING * self.width
            and not group[i].continues
        )

    def _full(self, line: _Line, after: _Line) -> bool:
        """Whether the first word of the line after would not have fitted."""
        if is_unspaced(after.first):
            return line.size + 5 > self.width  # a line may give up two wide characters to a full stop
        word = _FIRST_WORD.match(after.text)
        return line.size + 1 + (word.end() if word else 0) > self.width


def _goes_on(line: _Line, after: _Line) -> bool:
    return after.continues or (after.caseless and line.text[-1].isalpha() and not line.terminal)


def _groups(text: str, measure: Callable[[str], int]) -> list[list[_Line]]:
    """Runs of lines without a blank one between, each line measured."""
    groups: list[list[_Line]] = []
    offset, blank = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.index(stripped[0])
            line = _Line(start, start + len(stripped), stripped, measure(stripped))
            if blank:
                groups.append([line])
            else:
                groups[-1].append(line)
        blank = not stripped
        offset += len(raw)
    return groups


def _wrap_width(groups: list[list[_Line]]) -> int | None:
    """The width that lines were wrapped at, or None where they were not."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    sizes = Counter(line.size for line, _ in pairs)
    longer = sum(count for size, count in sizes.items() if size > _WIDTHS[-1])
    best, width = 0, None
    for top in reversed(_WIDTHS):
        if longer > _OVERLONG * len(pairs):
            break
        inside = sum(sizes[size] for size in range(top - _WINDOW, top + 1))
        if inside >= max(best, 2, _IN_WINDOW * len(pairs)):
            best, width = inside, top
        longer += sizes[top]
    if width is None:
        return None
    full = [(a, b) for a, b in pairs if width - _WINDOW <= a.size <= width]
    if sum(_goes_on(a, b) or not a.terminal for a, b in full) < _MID_SENTENCE * len(full):
        return None
    cased = [b for a, b in full if not a.terminal and not b.caseless and b.first.isalpha()]
    if sum(b.continues for b in cased) < _LOWER * len(cased):
        return None
    return width


def _spread(groups: list[list[_Line]], width: int) -> float:
    """Share of lines in the window below `width`."""
    sizes = [line.size for group in groups for line in group[:-1]]
    return sum(width - _WINDOW <= size <= width for size in sizes) / max(1, len(sizes))
