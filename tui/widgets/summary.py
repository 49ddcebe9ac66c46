"""The summary: which texts, how good on the whole, what there is of each kind, how much of it is reviewed."""

from collections.abc import Sequence
from pathlib import PurePath

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from metrics.model import Kind, Review
from tui.content import shortened
from tui.desk import Desk
from tui.said import percent
from tui.widgets.signs import LEFT_OUT

NAME = "bleupencil"
ARROWS = " ⇄ "
#: Cells that a file's name needs to be told from another; with fewer the scores take a line of their own.
MINIMUM_NAME = 12


class Summary(Widget):
    """Two lines, or three where the terminal is narrow."""

    review: reactive[Review | None] = reactive(None, layout=True)
    tick: reactive[int] = reactive(0, repaint=False)

    def __init__(self, candidate: str, reference: str, desk: Desk) -> None:
        """The paths as the user gave them, and who knows the scores without what is left out."""
        super().__init__()
        self._desk = desk
        self._names = _names(candidate, reference)
        self._scores = ""
        self._reviewed = ""
        self._counts: list[tuple[str, int, str]] = []

    def watch_review(self) -> None:
        """Count once, for counting takes long where passages are many."""
        if self.review is not None:
            self._counts = _counts(self.review)
            self.watch_tick()

    def watch_tick(self) -> None:
        """Take up new scores and counts; most acts leave them as they are."""
        if self.review is not None:
            before = self._scores, self._reviewed
            self._scores, self._reviewed = _scores(self._desk), _reviewed(self._desk)
            if (self._scores, self._reviewed) != before:
                self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the width asks for."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        """The lines for the width at hand."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        room = width - len(NAME) - 2
        if self.review is None or not self.review.passages:
            return [self._title(room)]
        scores, counts, seen = self._scores, self._counts, self._reviewed
        beside = room - len(scores) - 2
        if beside >= sum(min(cell_len(name), MINIMUM_NAME) for name in self._names) + len(ARROWS):
            first = _spread(self._title(beside), Content.styled(scores, "bold"), width)
            return [first, _spread(_fitting(counts, width - len(seen) - 3), Content(seen), width)]
        second = _spread(Content.styled(scores, "bold"), Content(seen), width)
        return [self._title(room), second, _fitting(counts, width)]

    def _title(self, room: int) -> Content:
        room -= len(ARROWS)
        candidate, reference = self._names
        half = max(room // 2, room - cell_len(reference))
        candidate = shortened(candidate, half)
        reference = shortened(reference, room - cell_len(candidate))
        return Content.assemble((NAME, "bold $text-primary"), "  ", candidate, (ARROWS, "dim"), reference)


def _names(candidate: str, reference: str) -> tuple[str, str]:
    """The files' names, or their paths where the names are the same; `-` is standard input."""
    paths = [PurePath("standard input" if path == "-" else path) for path in (candidate, reference)]
    if paths[0].name == paths[1].name:
        return str(paths[0]), str(paths[1])
    return paths[0].name, paths[1].name


def _scores(desk: Desk) -> str:
    scores = [f"{name} {desk.scores[name].value:.1f}" for name in ("BLEU", "chrF") if name in desk.scores]
    return "  ".join([*scores, f"coverage {percent(desk.coverage.reference)}"])


def _reviewed(desk: Desk) -> str:
    seen = f"{desk.reviewed_count} of {desk.to_review_count} reviewed"
    return f"{LEFT_OUT} {desk.left_out_count} left out · {seen}" if desk.left_out_count else seen


def _counts(review: Review) -> list[tuple[str, int, str]]:
    kinds = (Kind.MOVED, Kind.ADDED, Kind.OMITTED, Kind.BOILERPLATE)
    total = len(review.passages)
    passages = ("", total, "passage" + "s" * (total != 1))
    return [passages, *((kind.sign, review.count(kind), str(kind)) for kind in kinds)]


def _fitting(counts: Sequence[tuple[str, int, str]], width: int) -> Content:
    """The counts with signs and words, or as many of both as fit; numbers are never left out."""
    first = f"{counts[0][1]} {counts[0][2]}"
    rest = counts[1:]
    variants = (
        "   ".join([first, *(f"{sign} {count} {word}" for sign, count, word in rest)]),
        " · ".join([first, *(f"{count} {word}" for _, count, word in rest)]),
        "  ".join([first, *(f"{sign} {count}" for sign, count, _ in rest)]),
    )
    return Content(next((variant for variant in variants if cell_len(variant) <= width), variants[-1]))


def _spread(left: Content, right: Content, width: int) -> Content:
    """Both ends of a line."""
    return left + Content(" " * max(1, width - left.cell_length - right.cell_length)) + right
