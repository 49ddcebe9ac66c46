"""The passage pane: what the two texts say, what differs, and what stands around it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.widgets import Static

from metrics.model import Excerpt, Finding, Kind, Passage, Review, Segment, Span
from metrics.places import Places
from tui.content import marked, plain
from tui.widgets.findings import FindingList

#: Sentences of context on each side, at most.
MAXIMUM_CONTEXT = 5


def surroundings(
    segments: Sequence[Segment], excerpt: Excerpt, count: int
) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Up to `count` segments before and after an excerpt, or around the place of an empty one."""
    if excerpt.segments:
        first, last = min(excerpt.segments), max(excerpt.segments) + 1
    else:
        first = bisect_right(segments, excerpt.start, key=lambda segment: segment.end)
        last = bisect_left(segments, excerpt.start, lo=first, key=lambda segment: segment.start)
    return segments[max(0, first - count) : first], segments[last : last + count]


class Side(Vertical):
    """One text's share of the passage."""

    def __init__(self, side: str) -> None:
        """`side` is `candidate` or `reference`."""
        super().__init__(id=side)
        self.side = side
        self._shown = Content("")

    def compose(self) -> ComposeResult:
        """The place, the sentences before, the passage, the sentences after."""
        yield Static(classes="place")
        yield Static(classes="context before")
        yield Static(classes="text")
        yield Static(classes="context after")

    @property
    def line_width(self) -> int:
        """Cells of a line of text."""
        return self.query_one(".text").content_size.width

    def show(self, passage: Passage, lit: Span | None, before: Content, after: Content) -> None:
        """Show this side of `passage`, with a range of it lit; brackets help where there is no colour."""
        ours = self.side == "candidate"
        excerpt, marks = (passage.candidate, passage.marks[0]) if ours else (passage.reference, passage.marks[1])
        place = f"{self.side}  line {excerpt.line}"
        if len(excerpt.segments) > 1:
            place += f" · {len(excerpt.segments)} sentences"
        if excerpt.text:
            brackets = self.app.no_color or self.app.native_ansi_color
            text = marked(excerpt.text, marks, candidate=ours, brackets=brackets, lit=lit)
        elif excerpt.segments:
            text = Content("(an empty line)")
        elif passage.kind is Kind.BOILERPLATE:
            text = Content("(site furniture: not compared)")
        else:
            text = Content(f"(nothing in the {self.side} answers this)")
        for part, content in ((".place", Content(place)), (".before", before), (".text", text), (".after", after)):
            static = self.query_one(part, Static)
            static.update(content)
            static.display = bool(content)
        self.query_one(".text").set_class(not excerpt.text, "-nothing")
        self._shown = text

    def line_of(self, offset: int) -> int:
        """The line of the passage's text, counted from 0, in which the character at `offset` stands."""
        text = self.query_one(".text")
        return self._shown[: offset + 1].get_height({}, text.content_size.width) - 1 if offset else 0


class PassagePane(Vertical):
    """The selected passage: place and figures above, candidate and reference below, then what was found."""

    review: reactive[Review | None] = reactive(None)
    passages: reactive[tuple[Passage, ...]] = reactive(())
    passage: reactive[Passage | None] = reactive(None)
    cursor: reactive[int] = reactive(0)
    context: reactive[int] = reactive(0)
    finding: reactive[Finding | None] = reactive(None)

    #: The first line in view, as the reviewer left it; a higher terminal may not have so many to hide.
    _top = 0.0

    def compose(self) -> ComposeResult:
        """The heading stays; the texts scroll."""
        with Vertical(id="heading"):
            yield Static(id="place")
            yield Static(id="figures")
        with VerticalScroll(id="texts", can_focus=False):
            yield Side("candidate")
            yield Side("reference")
        yield FindingList().data_bind(PassagePane.passage, PassagePane.finding)

    def on_mount(self) -> None:
        """Marks are made differently in themes without colours of their own."""
        self.watch(self.app, "theme", self._show, init=False)
        self.watch(self.texts, "scroll_y", self._remember, init=False)

    def watch_passage(self) -> None:
        """Show another passage from its beginning."""
        self._show()
        self._top = 0.0
        self.texts.scroll_home(animate=False)

    def watch_passages(self) -> None:
        """The passage may be one of others now."""
        self._show_heading()

    def watch_cursor(self) -> None:
        """The passage may have another place now."""
        self._show_heading()

    def watch_finding(self) -> None:
        """Light up the words that a finding speaks of, and bring them into view."""
        self._show()
        if self.finding is not None:
            self.call_after_refresh(self._reveal_lit)

    def watch_context(self) -> None:
        """Show more or fewer sentences around the passage."""
        self._show()

    def on_resize(self) -> None:
        """Break lines anew, and take up the reviewer's place."""
        self._show()
        self.call_after_refresh(lambda: self.texts.scroll_to(y=self._top, animate=False))

    @property
    def texts(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#texts", VerticalScroll)

    def _remember(self, top: float) -> None:
        # The layout cuts the place down to what there is to scroll; that is not the reviewer's doing.
        if top != min(self._top, self.texts.max_scroll_y):
            self._top = top

    def _show_heading(self) -> None:
        if self.review is None or self.passage is None:
            return
        passage, total = self.passage, len(self.passages)
        words = f"{passage.words} word" + "s" * (passage.words != 1)
        place = f"{self.cursor + 1} of {total} · {passage.kind.sign} {passage.kind} · {words}"
        if passage.kind is Kind.BOILERPLATE:
            figures = "not scored"
        else:
            scores = (f"{name} {passage.scores[name]:.1f}" for name in ("chrF", "BLEU") if name in passage.scores)
            figures = " · ".join((*scores, f"risk {passage.risk:.1f}"))
        self.query_one("#place", Static).update(Content(place))
        self.query_one("#figures", Static).update(Content(figures))

    def _show(self) -> None:
        self._show_heading()
        if self.review is None or self.passage is None:
            return
        passage = self.passage
        sides = list(self.query(Side))
        around = (
            surroundings(self.review.candidate_segments, passage.candidate, self.context),
            surroundings(self.review.reference_segments, passage.reference, self.context),
        )
        before = [_sentences(segments) for segments, _ in around]
        if self.screen.has_class("-wide"):
            before = _level(before, [side.line_width for side in sides])
        for side, lit, above, (_, below) in zip(sides, self._lit(), before, around, strict=True):
            side.show(passage, lit, above, _sentences(below))

    def _lit(self) -> tuple[Span | None, Span | None]:
        """The ranges of both texts of the passage that the selected finding speaks of."""
        review, passage, finding = self.review, self.passage, self.finding
        if review is None or passage is None or finding is None:
            return None, None
        return (
            finding.candidate
            and Places(review.candidate, review.candidate_segments, passage.candidate).text(finding.candidate),
            finding.reference
            and Places(review.reference, review.reference_segments, passage.reference).text(finding.reference),
        )

    def _reveal_lit(self) -> None:
        """Scroll until the lit words are in view, those of the candidate first."""
        for side, lit in zip(self.query(Side), self._lit(), strict=True):
            if lit is not None:
                text = side.query_one(".text")
                line = side.virtual_region.y + text.virtual_region.y + side.line_of(lit.start)
                # With the lines around: a reader looks at words in their sentence.
                self.texts.scroll_to_region(Region(0, line - 1, 1, 4), animate=False)
                return


def _sentences(segments: Sequence[Segment]) -> Content:
    return Content("\n").join([plain(segment.text, "dim") for segment in segments])


def _level(contents: Sequence[Content], widths: Sequence[int]) -> list[Content]:
    """The contents below as many empty lines as make them end together."""
    heights = [
        content.get_height({}, width) if content and width else 0
        for content, width in zip(contents, widths, strict=True)
    ]
    return [
        Content("\n").join([Content(" ")] * (max(heights) - height) + [content] * bool(content))
        for content, height in zip(contents, heights, strict=True)
    ]
