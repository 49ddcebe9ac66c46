"""The findings of the selected passage, and the sum that its risk is."""

from itertools import accumulate

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from metrics.model import Finding, Passage, Severity
from metrics.ranking import risk_sum
from tui.content import LIT, plain
from tui.widgets.signs import POINTER


class FindingList(VerticalScroll, can_focus=False):
    """What the risk is the sum of, then one line a finding: its kind, what it says, its points."""

    passage: reactive[Passage | None] = reactive(None)
    finding: reactive[Finding | None] = reactive(None)

    class FindingClicked(Message):
        """A finding was clicked."""

        def __init__(self, finding: Finding) -> None:
            self.finding = finding
            super().__init__()

    def compose(self) -> ComposeResult:
        """All lines in one widget: they change with every passage."""
        yield Static()

    def watch_passage(self) -> None:
        """List other findings."""
        self._show()
        self.scroll_home(animate=False)

    def watch_finding(self) -> None:
        """Point at another finding, and bring it into view."""
        self._show()
        if self.passage is not None and self.finding in self.passage.findings:
            tops = self._tops()
            at = self.passage.findings.index(self.finding)
            region = Region(0, tops[at], 1, tops[at + 1] - tops[at])
            self.call_after_refresh(self.scroll_to_region, region, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Tell which finding was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or self.passage is None:
            return
        y = offset.y + self.scroll_offset.y
        tops = self._tops()
        for finding, top, bottom in zip(self.passage.findings, tops, tops[1:], strict=False):
            if top <= y < bottom:
                self.post_message(self.FindingClicked(finding))

    def on_resize(self) -> None:
        """Break lines anew."""
        self._show()

    def _show(self) -> None:
        passage = self.passage
        self.display = bool(passage and passage.terms)
        if passage is not None:
            lines = [line for entry in self._entries(passage) for line in entry]
            self.query_one(Static).update(Content("\n").join(lines))

    def _tops(self) -> list[int]:
        """The first line of each finding, and of what would come below."""
        assert self.passage is not None
        return list(accumulate(len(entry) for entry in self._entries(self.passage)))

    def _entries(self, passage: Passage) -> list[list[Content]]:
        """The lines of the sum, and of each finding."""
        width = max((len(finding.kind) for finding in passage.findings), default=0)
        room = self.query_one(Static).content_size.width
        return [
            _hanging(Content("  "), Content.styled(risk_sum(passage), "dim"), room),
            *(
                _hanging(
                    Content.assemble(
                        f"{POINTER if finding is self.finding else ' '} ",
                        (f"{finding.kind:<{width}}", _style(finding, finding is self.finding)),
                        "  ",
                    ),
                    Content.assemble(plain(finding.message), (f"  +{finding.points:.1f}", "dim")),
                    room,
                )
                for finding in passage.findings
            ),
        ]


def _hanging(head: Content, text: Content, width: int) -> list[Content]:
    """`text` behind `head`, its further lines below its first; in one line where the width is not known yet."""
    indent = head.cell_length
    first, *rest = text.wrap(width - indent) if width > indent else [text]
    return [head + first, *(Content(" " * indent) + line for line in rest)]


def _style(finding: Finding, selected: bool) -> str:
    weight = "" if finding.severity is Severity.MINOR else "bold"
    return f"{LIT} {weight}".strip() if selected else weight
