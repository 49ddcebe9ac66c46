"""Commands that open passages and read them out."""

from collections.abc import Iterator

from metrics.errors import UsageError
from metrics.model import Finding
from tui.plain.reading import (
    finding_read,
    findings_read,
    hits_read,
    mark_read,
    marks_read,
    passage_read,
    risk_read,
    row_read,
    words_read,
)
from tui.plain.typed import amount_in, number_in
from tui.plain.walk import Walk
from tui.said import LAST_OPEN, all_reviewed
from tui.surroundings import MAXIMUM_CONTEXT

#: Rows that a list has before and behind the open one, unless said otherwise.
_AROUND = 4
#: So many steps lead past the end of any queue.
_MANY = 1_000_000_000


def where(walk: Walk, _: str) -> Iterator[str]:
    """Read the open passage."""
    yield from passage_read(walk)
    yield from hits_read(walk)


def forward(walk: Walk, rest: str) -> Iterator[str]:
    """Go on in the queue."""
    yield from _step(walk, _steps(rest), "last")


def back(walk: Walk, rest: str) -> Iterator[str]:
    """Go back in the queue."""
    yield from _step(walk, -_steps(rest), "first")


def _steps(rest: str) -> int:
    return amount_in(rest, 1, _MANY) if rest else 1


def _step(walk: Walk, rows: int, end: str) -> Iterator[str]:
    before = walk.passage
    walk.go(walk.row + rows)
    if walk.passage is before:
        yield f"This is the {end} passage of the queue."
    else:
        yield from where(walk, "")


def first(walk: Walk, _: str) -> Iterator[str]:
    """Go to the beginning of the queue."""
    walk.go(0)
    yield from where(walk, "")


def last(walk: Walk, _: str) -> Iterator[str]:
    """Go to the end of the queue."""
    walk.go(len(walk.passages) - 1)
    yield from where(walk, "")


def go(walk: Walk, rest: str) -> Iterator[str]:
    """Go to a place of the queue."""
    walk.go(number_in(rest, "passage", len(walk.passages)) - 1)
    yield from where(walk, "")


def worst(walk: Walk, rest: str) -> Iterator[str]:
    """Go to the next passage by risk that is not reviewed."""
    if rest not in ("", "back"):
        raise UsageError("say 'worst', or 'worst back' for the other direction")
    yield from to_open(walk, -1 if rest else 1)


def worse(walk: Walk, _: str) -> Iterator[str]:
    """Go to the previous one."""
    yield from to_open(walk, -1)


def to_open(walk: Walk, by_risk: int = 0) -> Iterator[str]:
    """Go to the next passage that is not reviewed, of the queue or by risk."""
    here = walk.passage
    wanted = walk.next_open(by_risk)
    if wanted is not None:
        walk.go(walk.place_of(wanted) or 0)
        yield from where(walk, "")
    else:
        yield all_reviewed(walk.filtered) if walk.desk.reviewed(here) else LAST_OPEN


def next_note(walk: Walk, _: str) -> Iterator[str]:
    """Read the next mark or finding, or go to the next hit."""
    yield from _note(walk, 1)


def previous_note(walk: Walk, _: str) -> Iterator[str]:
    """Read the previous mark or finding, or go to the previous hit."""
    yield from _note(walk, -1)


def _note(walk: Walk, step: int) -> Iterator[str]:
    if walk.search is not None:
        yield from to_hit(walk, step)
        return
    notes = walk.notes()
    if not notes:
        yield "Nothing was found or marked in this passage."
        return
    at = notes.index(walk.note) if walk.note in notes else (-1 if step > 0 else 0)
    walk.note = note = notes[(at + step) % len(notes)]
    if isinstance(note, Finding):
        yield finding_read(walk, note, walk.passage.findings.index(note) + 1)
    else:
        yield mark_read(walk, note, notes.index(note) + 1)


def to_hit(walk: Walk, direction: int) -> Iterator[str]:
    """Go to the next passage with a hit, and tell which of them it is."""
    wanted = walk.next_hit(direction)
    if wanted is None:
        yield f"Only passages that the filter hides have it: {len(walk.found)}. 'filter all' shows them."
        return
    walk.go(walk.place_of(wanted) or 0)
    yield from at_hit(walk)


def at_hit(walk: Walk) -> Iterator[str]:
    """Which of the passages with a hit is open; then the passage."""
    rows = [row for row, passage in enumerate(walk.passages) if passage.id in walk.found]
    yield f"Hit {rows.index(walk.row) + 1} of {len(rows)} passages; n and N go on, 'clear' ends the search."
    yield from where(walk, "")


def around(walk: Walk, rest: str) -> Iterator[str]:
    """List the queue around the open passage."""
    rows = amount_in(rest, 1, _MANY) if rest else _AROUND
    for row in range(max(0, walk.row - rows), min(walk.row + rows + 1, len(walk.passages))):
        yield row_read(walk, row)


def context(walk: Walk, rest: str) -> Iterator[str]:
    """Read so many sentences before and behind the passage along with it."""
    walk.context = amount_in(rest, 0, MAXIMUM_CONTEXT)
    yield from where(walk, "")


def less_context(walk: Walk, _: str) -> Iterator[str]:
    """One sentence less."""
    yield from context(walk, str(max(0, walk.context - 1)))


def more_context(walk: Walk, _: str) -> Iterator[str]:
    """One sentence more."""
    yield from context(walk, str(min(walk.context + 1, MAXIMUM_CONTEXT)))


def words(walk: Walk, _: str) -> Iterator[str]:
    """Read the words with their numbers."""
    yield from words_read(walk.passage)


def findings(walk: Walk, _: str) -> Iterator[str]:
    """Read the findings."""
    yield from list(findings_read(walk)) or ["Nothing was found in this passage."]


def marks(walk: Walk, _: str) -> Iterator[str]:
    """Read the marks."""
    yield from list(marks_read(walk)) or ["Nothing is marked in this passage."]


def risk(walk: Walk, _: str) -> Iterator[str]:
    """Tell what the risk is the sum of."""
    yield risk_read(walk.passage)
