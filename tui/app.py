"""The application behind `bleupencil review`."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from textual import on
from textual.app import App
from textual.filter import LineFilter

from metrics.errors import BleupencilError
from metrics.model import Settings
from metrics.mqm.typology import Typology
from metrics.mqm.units import session_path
from metrics.review import realigner_steps
from tui.config import keymap_path, remember_theme, remembered_theme
from tui.console import FewSigns, has_few_signs
from tui.desk import Desk
from tui.keymap import load_keymap
from tui.recent import recent, remember
from tui.screens.review import ReviewScreen
from tui.screens.start import Chosen, StartScreen

#: Seconds that a sentence about the keymap stays.
_READING = 15


class _Abandoned(ThreadPoolExecutor):
    """Threads that nobody waits for: leaving does not take as long as what they are in the middle of."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Lets go at once."""
        super().shutdown(wait=False, cancel_futures=True)


class BleupencilApp(App[None]):
    """Opens on the review of one pair, or on what there is to choose from.

    `failure` is what kept a review from being made.
    """

    TITLE = "bleupencil"
    # On the other side toasts would cover what they speak of: the notes of the passage.
    CSS = """
    ToastHolder {
        align-horizontal: left;
    }
    Toast {
        width: 40;
    }
    """

    def __init__(
        self, review: ReviewScreen | None, choose: Callable[[Chosen], ReviewScreen] | None = None, reviewer: str = ""
    ) -> None:
        """Without a `review`, `reviewer` chooses one, and goes back to the choice on leaving it.

        `choose` makes the screen of what was chosen; it raises `BleupencilError` where that cannot be opened.
        """
        super().__init__()
        assert review is not None or choose is not None
        self.failure: BaseException | None = None
        self._review = review
        self._choose = choose
        self._reviewer = reviewer
        self._few_signs = FewSigns()

    def on_mount(self) -> None:
        """Take up the user's ways, then show the first screen; a default screen's style sheet would not be read."""
        asyncio.get_running_loop().set_default_executor(_Abandoned())
        theme = remembered_theme()
        if "TEXTUAL_THEME" not in os.environ and theme in self.available_themes:
            self.theme = theme
        self.watch(self, "theme", remember_theme, init=False)
        keymap, troubles = load_keymap(keymap_path())
        self.set_keymap(keymap)
        if troubles:
            self.notify("\n".join(troubles), markup=False, severity="warning", timeout=_READING)
        if self._review is not None:
            self.push_screen(self._review)
        else:
            self._start("")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of Textual; on the Linux console signs that it lacks are replaced, too."""
        return [*super().get_line_filters(), *([self._few_signs] if has_few_signs() else [])]

    def _start(self, told: str) -> None:
        self.push_screen(StartScreen(recent(), self._reviewer, told), self._open)

    def _open(self, chosen: Chosen | None) -> None:
        if chosen is None or self._choose is None:
            self.exit()
            return
        try:
            self._review = self._choose(chosen)
        except BleupencilError as error:
            self._start(str(error))
            return
        self.push_screen(self._review)

    @on(ReviewScreen.ReviewMade)
    def remember_review(self) -> None:
        """Offer the review again when the program is started without files."""
        if self._review is not None:
            remember(self._review.desk.path, *self._review.pair, self._review.settings)

    @on(ReviewScreen.Left)
    def leave(self) -> None:
        """Go back to the choice, where there was one; else leave the program."""
        if self._choose is None:
            self.exit()
        else:
            self._begin_anew("")

    @on(ReviewScreen.PipelineFailed)
    def give_up(self, event: ReviewScreen.PipelineFailed) -> None:
        """Tell why there is no review: where another can be chosen, or by raising it once the screen is closed."""
        if self._choose is not None and isinstance(event.error, BleupencilError):
            self._begin_anew(str(event.error))
            return
        self.failure = event.error
        self.exit(return_code=3)

    def _begin_anew(self, told: str) -> None:
        if self._review is not None:
            self._review.desk.close()
            self._review.dismiss()
        self._start(told)


def run(candidate: str, reference: str, settings: Settings, desk: Desk, order: str = "risk") -> int:
    """Review a pair on the screen, the passages in `order` at first; the exit code, 0.

    Raises, once the screen is closed, what the pipeline raised: a `BleupencilError` where the input
    cannot be processed.
    """
    return _run(BleupencilApp(ReviewScreen(candidate, reference, settings, realigner_steps, desk, order)))


def start(settings: Settings, reviewer: str, order: str = "risk", typology: Typology | None = None) -> int:
    """Let the user choose what to review; the exit code, 0. `settings` are for pairs that were not reviewed before."""

    def choose(chosen: Chosen) -> ReviewScreen:
        path = Path(chosen.session) if chosen.session else session_path(chosen.candidate)
        desk = Desk(path, reviewer, typology)
        pair = chosen.candidate, chosen.reference
        return ReviewScreen(*pair, chosen.settings or settings, realigner_steps, desk, order)

    return _run(BleupencilApp(None, choose, reviewer))


def _run(app: BleupencilApp) -> int:
    app.run()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise RuntimeError("the screen broke")  # Textual has printed where.
    return 0
