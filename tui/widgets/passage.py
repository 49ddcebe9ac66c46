"""The passage pane: what the two texts say, what differs, and what stands around it."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.reactive import var

from metrics.model import Finding, Kind, Passage, Review, Segment, Span
from metrics.mqm import model as mqm
from metrics.mqm.model import Annotation, Disposition
from metrics.mqm.proposals import finding_spans
from metrics.wording import count
from tui.content import Box, marked, plain
from tui.said import SAID, nothing_in
from tui.surroundings import surroundings
from tui.widgets.notes import Note, Notes
from tui.widgets.settled import SettledScroll, SettledText, SettledVertical


class Side(SettledVertical):
    """One text's share of the passage."""

    def __init__(self, side: str) -> None:
        """`side` is `candidate` or `reference`."""
        super().__init__(id=side)
        self.side = side
        self._shown = Content("")

    def compose(self) -> ComposeResult:
        """The place, the sentences before, the passage, the sentences after."""
        yield SettledText(classes="place")
        yield SettledText(classes="context before")
        yield SettledText(classes="text")
        yield SettledText(classes="context after")

    @property
    def line_width(self) -> int:
        """Cells of a line of text."""
        return self.query_one(".text").content_size.width

    def show(
        self,
        passage: Passage,
        lit: Span | None,
        hits: Sequence[Span],
        boxes: Sequence[Box],
        around: tuple[Content, Content],
    ) -> None:
        """Show this side of `passage`, with a range of it lit; brackets help where there is no colour."""
        ours = self.side == "candidate"
        excerpt, marks = (passage.candidate, passage.marks[0]) if ours else (passage.reference, passage.marks[1])
        place = f"{self.side}  line {excerpt.line}"
        if len(excerpt.segments) > 1:
            place += f" · {len(excerpt.segments)} sentences"
        if excerpt.text:
            brackets = self.app.no_color or self.app.native_ansi_color
            lit_ranges = [*hits, *([] if lit is None else [lit])]
            text = marked(excerpt.text, marks, candidate=ours, brackets=brackets, lit=lit_ranges, boxes=boxes)
        else:
            text = Content(f"({nothing_in(passage.kind, self.side, bool(excerpt.segments))})")
        before, after = around
        for part, content in ((".place", Content(place)), (".before", before), (".text", text), (".after", after)):
            static = self.query_one(part, SettledText)
            static.update(content)
            static.display = bool(content)
        self.query_one(".text").set_class(not excerpt.text, "-nothing")
        self._shown = text

    def line_of(self, offset: int) -> int:
        """The line of the passage's text, counted from 0, in which the character at `offset` stands."""
        text = self.query_one(".text")
        return self._shown[: offset + 1].get_height({}, text.content_size.width) - 1 if offset else 0


class PassagePane(Vertical):
    """The selected passage: place and figures above, candidate and reference below, then what is said of it."""

    review: var[Review | None] = var(None)
    passages: var[Sequence[Passage]] = var(())
    passage: var[Passage | None] = var(None)
    cursor: var[int] = var(0)
    context: var[int] = var(0)
    notes: var[tuple[Note, ...]] = var(())
    note: var[Note | None] = var(None)
    hits: var[tuple[Sequence[Span], Sequence[Span]]] = var(((), ()))
    disposition: var[Disposition | None] = var(None)
    #: The words that a mark is being made on.
    selection: var[tuple[mqm.Side, Span] | None] = var(None)

    #: The first line in view, as the reviewer left it; a higher terminal may not have so many to hide.
    _top = 0.0

    def __init__(self, label: Callable[[str], str], reviewer: str, is_taken: Callable[[Finding], bool]) -> None:
        """As `Notes` has them."""
        super().__init__()
        self._for_notes = label, reviewer, is_taken

    def compose(self) -> ComposeResult:
        """The heading stays; the texts scroll."""
        with SettledVertical(id="heading"):
            yield SettledText(id="place")
            yield SettledText(id="figures")
        with SettledScroll(id="texts", can_focus=False):
            yield Side("candidate")
            yield Side("reference")
        yield Notes(*self._for_notes).data_bind(PassagePane.passage, PassagePane.notes, PassagePane.note)

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

    def watch_notes(self) -> None:
        """Draw other boxes."""
        self._show()

    def watch_note(self) -> None:
        """Light up the words that a note speaks of, and bring them into view."""
        self._show()
        if self.note is not None:
            self.call_after_refresh(self._reveal_lit)

    def watch_selection(self) -> None:
        """Show the cursor, and bring it into view."""
        self._show()
        if self.selection is not None:
            self.call_after_refresh(self._reveal_lit)

    def watch_hits(self) -> None:
        """Light up what was searched for, and bring the first of it into view."""
        self._show()
        if any(self.hits):
            self.call_after_refresh(self._reveal_lit)

    def watch_disposition(self) -> None:
        """Tell what the passage is said to be."""
        self._show_heading()

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

    def line_width(self) -> int:
        """Cells of a line of the candidate's text."""
        return self.query(Side).first().line_width

    def _remember(self, top: float) -> None:
        # The layout cuts the place down to what there is to scroll; that is not the reviewer's doing.
        if top != min(self._top, self.texts.max_scroll_y):
            self._top = top

    def _show_heading(self) -> None:
        if self.review is None or self.passage is None:
            return
        passage, total = self.passage, len(self.passages)
        parts = [f"{self.cursor + 1} of {total}", f"{passage.kind.sign} {passage.kind}", count(passage.words, "word")]
        if passage.by_hand:
            parts.append("by hand")
        if self.disposition is not None:
            parts.append(SAID[self.disposition])
        place = " · ".join(parts)
        if passage.kind is Kind.BOILERPLATE:
            figures = "not scored"
        else:
            scores = (f"{name} {passage.scores[name]:.1f}" for name in ("chrF", "BLEU") if name in passage.scores)
            figures = " · ".join((*scores, f"risk {passage.risk:.1f}"))
        self.query_one("#place", SettledText).update(Content(place))
        self.query_one("#figures", SettledText).update(Content(figures))

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
        annotations = [note for note in self.notes if isinstance(note, Annotation) and note.end > note.start]
        for side, lit, hits, above, (_, below) in zip(sides, self._lit(), self.hits, before, around, strict=True):
            boxes = [Box(a.start, a.end, a.severity) for a in annotations if a.side == side.side]
            side.show(passage, lit, hits, boxes, (above, _sentences(below)))

    def _lit(self) -> tuple[Span | None, Span | None]:
        """The ranges of both texts of the passage that are being marked, or that the selected note speaks of."""
        review, passage, note = self.review, self.passage, self.note
        if self.selection is not None:
            side, span = self.selection
            return (span, None) if side is mqm.Side.CANDIDATE else (None, span)
        if review is None or passage is None or note is None:
            return None, None
        if isinstance(note, Finding):
            return finding_spans(review, passage, note)
        span = Span(note.start, note.end)
        return span if note.side is mqm.Side.CANDIDATE else None, span if note.side is mqm.Side.REFERENCE else None

    def _reveal_lit(self) -> None:
        """Scroll until the lit words are in view, those of the candidate first."""
        wanted = self._lit() if self._lit() != (None, None) else [next(iter(hits), None) for hits in self.hits]
        for side, lit in zip(self.query(Side), wanted, strict=True):
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
