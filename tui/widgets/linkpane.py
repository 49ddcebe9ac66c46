"""The link at the cursor: what it is, and its texts in full."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from metrics.model import Excerpt, Passage
from metrics.wording import count
from tui.content import marked
from tui.said import nothing_in
from tui.widgets.ladder import BY_HAND

#: Characters of a side that are shown: more would keep the next key waiting.
_MOST = 10_000


class LinkPane(Vertical):
    """One line that tells what the link is, and both texts below, beside each other, with what differs marked.

    Of very long ones it shows the beginning.
    """

    def compose(self) -> ComposeResult:
        """The line and the texts."""
        yield Static(id="link")
        with VerticalScroll(id="texts", can_focus=False), Horizontal(id="both"):
            yield Static(id="candidate")
            yield Static(id="reference")

    def show(self, passage: Passage) -> None:
        """Show the link of a passage."""
        self.query_one("#link", Static).update(Content(_told(passage)))
        self.query_one("#texts").scroll_home(animate=False)
        brackets = self.app.no_color or self.app.native_ansi_color
        sides = ("candidate", passage.candidate), ("reference", passage.reference)
        for (side, excerpt), marks in zip(sides, passage.marks, strict=True):
            text = self.query_one(f"#{side}", Static)
            text.set_class(not excerpt.text, "-nothing")
            if excerpt.text:
                near = [mark for mark in marks if mark.end <= _MOST]
                shown = marked(excerpt.text[:_MOST], near, candidate=side == "candidate", brackets=brackets)
                rest = len(excerpt.text) - _MOST
                text.update(shown if rest <= 0 else shown + f"… ({count(rest, 'character')} more)")
            else:
                text.update(Content(f"({nothing_in(passage.kind, side, bool(excerpt.segments))})"))

    def page(self, direction: int) -> None:
        """Scroll the texts by what fits."""
        texts = self.query_one("#texts")
        texts.scroll_relative(y=direction * max(1, texts.size.height - 1), animate=False)


def _told(passage: Passage) -> str:
    """What a link is, in a line."""
    parts = [f"{passage.kind.sign} {passage.kind}"]
    if passage.kind.linked and "chrF" in passage.scores:
        parts.append(f"chrF {passage.scores['chrF']:.1f}")
    if passage.by_hand:
        parts.append(f"{BY_HAND} by hand")
    sides = ("candidate", passage.candidate), ("reference", passage.reference)
    return " · ".join([*parts, *(f"{side} {_place(excerpt)}" for side, excerpt in sides if excerpt.segments)])


def _place(excerpt: Excerpt) -> str:
    number = len(excerpt.segments)
    return f"line {excerpt.line}" + (f", {count(number, 'sentence')}" if number > 1 else "")
