"""Draws README's picture: the review app on the harbour sample, exported by Textual itself.

usage: python benchmarks/picture.py samples/review.svg
"""

import asyncio
import os
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics.model import Settings
from metrics.review import realigner_steps
from tui.app import BleupencilApp
from tui.desk import Desk
from tui.screens.review import ReviewScreen
from tui.widgets.queue import Queue

SIZE = (118, 30)
PASSAGE = "port’s 16 crews"


async def draw(out: Path) -> None:
    """Opens the app without a terminal, walks to a telling passage, and writes the screen as SVG."""
    with TemporaryDirectory() as folder:
        # Nothing of what is done for the picture stays with the user.
        os.environ |= {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder}
        pair = "samples/harbour/candidate.txt", "samples/harbour/reference.txt"
        with closing(Desk(Path(folder, "picture.review"), "ana")) as desk:
            screen = ReviewScreen(*pair, Settings(), realigner_steps, desk)
            app = BleupencilApp(screen)
            async with app.run_test(size=SIZE) as pilot:
                while not screen.passages:
                    await pilot.pause(0.05)
                row = next(i for i, passage in enumerate(screen.passages) if PASSAGE in passage.candidate.text)
                screen.post_message(Queue.RowClicked(row))
                await pilot.pause()
                # Take the finding as a mark, then light up another one.
                await pilot.press("y", "n", "n")
                app.clear_notifications()
                await pilot.pause(0.5)
                out.write_text(app.export_screenshot(title="bleupencil"), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.environ.pop("NO_COLOR", None)
    asyncio.run(draw(Path(sys.argv[1])))
