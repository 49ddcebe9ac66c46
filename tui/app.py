"""The application behind `bleupencil review`."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from textual import on
from textual.app import App

from metrics.model import Settings
from tui.desk import Desk
from tui.screens.review import Pipeline, ReviewScreen


class _Abandoned(ThreadPoolExecutor):
    """Threads that nobody waits for: leaving does not take as long as what they are in the middle of."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Lets go at once."""
        super().shutdown(wait=False, cancel_futures=True)


class BleupencilApp(App[None]):
    """Opens on the review of one pair; `failure` is what kept it from being made."""

    TITLE = "bleupencil"

    def __init__(
        self,
        candidate: str,
        reference: str,
        settings: Settings,
        pipeline: Pipeline | None = None,
        order: str = "risk",
        desk: Desk | None = None,
    ) -> None:
        """`pipeline` is `metrics.review.review` unless given, `order` one of `metrics.ranking.ORDERS`.

        Without a `desk` nothing that the reviewer does is kept.
        """
        super().__init__()
        if pipeline is None:
            from metrics.review import review

            pipeline = review
        self.failure: BaseException | None = None
        self._review_screen = ReviewScreen(candidate, reference, settings, pipeline, order, desk)

    def on_mount(self) -> None:
        """Show the review; a default screen's style sheet would not be read."""
        asyncio.get_running_loop().set_default_executor(_Abandoned())
        self.push_screen(self._review_screen)

    @on(ReviewScreen.PipelineFailed)
    def leave(self, event: ReviewScreen.PipelineFailed) -> None:
        """Leave the screen to those who can tell the user more: `run` raises the failure."""
        self.failure = event.error
        self.exit(return_code=3)


def run(candidate: str, reference: str, settings: Settings, order: str = "risk", desk: Desk | None = None) -> int:
    """Review a pair on the screen, the passages in `order` at first; the exit code, 0.

    Raises, once the screen is closed, what the pipeline raised: a `BleupencilError` where the input
    cannot be processed.
    """
    app = BleupencilApp(candidate, reference, settings, order=order, desk=desk)
    app.run()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise RuntimeError("the screen broke")  # Textual has printed where.
    return 0
