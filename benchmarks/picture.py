"""Draws README's picture: the review app on the harbour sample, exported by Textual itself.

usage: python benchmarks/picture.py samples/review.svg
"""

import asyncio
import os
import sys
from pathlib import Path

from metrics.model import Settings
from tui.app import BleupencilApp
from tui.screens.review import ReviewScreen
from tui.widgets.queue import Queue

SIZE = (118, 30)
PASSAGE = "port’s 16 crews"


async def draw(out: Path) -> None:
    """Opens the app without a terminal, walks to a telling passage, and writes the screen as SVG."""
    app = BleupencilApp("samples/harbour/candidate.txt", "samples/harbour/reference.txt", Settings())
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        while not screen.passages:
            await pilot.pause(0.05)
        row = next(i for i, passage in enumerate(screen.passages) if PASSAGE in passage.candidate.text)
        screen.post_message(Queue.RowClicked(row))
        await pilot.press("n")
        await pilot.pause()
        out.write_text(app.export_screenshot(title="bleupencil"), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.environ.pop("NO_COLOR", None)
    asyncio.run(draw(Path(sys.argv[1])))
