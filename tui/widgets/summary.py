"""The summary: which texts, how good on the whole, what was found, how much of it is seen."""

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

NAME = "bleupencil"
ARROWS = " ⇄ "
#: Cells that a file's name needs to be told from another; with fewer the scores take a line of their own.
MINIMUM_NAME = 12


class Summary(Widget):
    """Two lines, or three where the terminal is narrow."""

    review: reactive[Review | None] = reactive(None, layout=True)
    seen: reactive[frozenset[int]] = reactive(frozenset())

    def __init__(self, candidate: str, reference: str) -> None:
        """The paths as the user gave them."""
        super().__init__()
        self._names = _names(candidate, reference)
        self._scores = ""
        self._counts: list[tuple[str, int, str]] = []

    def watch_review(self) -> None:
        """Count once, for counting takes long where passages are many."""
        if self.review is not None:
            self._scores = _scores(self.review)
            self._counts = _counts(self.review)

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
        scores, counts = self._scores, self._counts
        seen = f"{len(self.seen)} of {len(self.review.passages)} seen"
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


def notice(review: Review) -> str:
    """What to tell about texts that leave little to review; empty for others."""
    if not review.passages:
        return "Nothing to review: both texts are empty."
    if not review.candidate_segments:
        return "The candidate is empty: all of the reference is missing from it."
    if not review.reference_segments:
        return "The reference is empty: there is nothing to compare the candidate with."
    scored = [passage for passage in review.passages if passage.kind is not Kind.BOILERPLATE]
    if not any(passage.kind.linked for passage in scored):
        return "No sentence of the candidate answers one of the reference: are these the right two texts?"
    if all(p.kind is Kind.MATCH and p.candidate.text == p.reference.text for p in scored):
        same = review.candidate.text == review.reference.text
        return "The texts are identical." if same else "The texts are identical, sentence by sentence."
    return ""


def _names(candidate: str, reference: str) -> tuple[str, str]:
    """The files' names, or their paths where the names are the same; `-` is standard input."""
    paths = [PurePath("standard input" if path == "-" else path) for path in (candidate, reference)]
    if paths[0].name == paths[1].name:
        return str(paths[0]), str(paths[1])
    return paths[0].name, paths[1].name


def _scores(review: Review) -> str:
    scores = [f"{name} {review.scores[name].value:.1f}" for name in ("BLEU", "chrF") if name in review.scores]
    return "  ".join([*scores, f"coverage {_percent(review.coverage.reference)}"])


def _percent(share: float) -> str:
    # 99.9 % is not all, and 0.1 % is not nothing.
    return f"{min(max(round(100 * share), share > 0), 100 - (share < 1))} %"


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
