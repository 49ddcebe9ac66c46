"""What is shown while a pair is being aligned and scored."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import ProgressBar, Static

from metrics.model import Progress
from tui.content import plain


class Working(Vertical):
    """The stage at hand, how much is done, and the way out."""

    progress: reactive[Progress] = reactive(Progress("Starting", 0.0))

    def compose(self) -> ComposeResult:
        """Three lines."""
        yield Static(id="stage")
        yield ProgressBar(total=1.0, show_eta=False)
        yield Static(Content("q cancels"), id="cancel")

    def watch_progress(self) -> None:
        """Tell the stage and move the bar."""
        self.query_one("#stage", Static).update(plain(self.progress.message))
        self.query_one(ProgressBar).update(progress=self.progress.done)
