"""Keys pressed for `desk.py`, and how long it takes until their paint is there: in a pseudo-terminal, and by Pilot."""

import asyncio
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import ClassVar, NamedTuple

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from metrics.model import Pairing, Settings
from metrics.review import realigner_steps
from tui.app import BleupencilApp
from tui.desk import Desk
from tui.screens.review import ReviewScreen

SIZE = (120, 40)
WHO = "ana"
LANGUAGE = "en"
#: What is pressed in one round: a piece of a review, with all that a screen of 100,000 passages may find hard.
ACTS: dict[str, str] = {
    "move": "j j j j k k j j k k w w W w n n N n ctrl+d ctrl+d ctrl+u",
    "ends": "G g G g",
    "mark": "v 2 m enter j v l 1 M enter",
    "fine": "space space space space",
    "leave out": "A w s",
    "undo": "z z z Z Z Z z z",
    "sort": "o o o o o o",
    "filter": "backslash j space enter backslash c enter",
    "search": "slash w i c k enter n n",
    "align": "a m z q",
    "escape": "escape",
}
#: Silence after which a paint is taken to be complete, and how long it is waited for, in seconds.
QUIET, PATIENCE = 0.05, 3.0
#: How often it is asked to leave before it is killed; a dialogue may be open.
_LEAVES = 3

_BYTES = {"enter": "\r", "escape": "\x1b", "space": " ", "ctrl+d": "\x04", "ctrl+u": "\x15"}
_CHARACTERS = {"backslash": "\\", "slash": "/", "space": " ", "enter": "\r", "escape": "\x1b"}
#: What the summary says once there is a queue.
_USABLE = b" reviewed"


class Pressed(NamedTuple):
    """A key of an act, and the seconds until the first paint and the last; None where it painted nothing."""

    act: str
    key: str
    first: float | None
    last: float | None


@dataclass
class Session:
    """One run of the program, in seconds: `first` until something was there, `usable` until the queue was, and `shown`
    from the pipeline's end to that, where it is known. `peak` is the most memory, in MB."""

    first: float = 0.0
    usable: float = 0.0
    shown: float | None = None
    peak: float = 0.0
    pressed: list[Pressed] = field(default_factory=list)


def keys(rounds: int) -> Iterator[tuple[str, str]]:
    """The act and the key."""
    for _ in range(rounds):
        for act, pressed in ACTS.items():
            for key in pressed.split():
                yield act, key


def in_terminal(pair: tuple[str, str], session: Path, aligned: bool, rounds: int) -> Session:
    """The program as a user has it."""
    measured = Session()
    command = [sys.executable, "-m", "tui", "review", *pair, "--language", LANGUAGE, "--session", str(session)]
    began = perf_counter()
    with _terminal([*command, "--reviewer", WHO, *(["--aligned"] if aligned else [])]) as (mine, process):
        seen = b""
        while _USABLE not in seen:
            try:
                # The end of a word may come with the next bytes.
                seen = seen[-2000:] + os.read(mine, 1 << 16)
            except OSError:  # Linux says so when the other end is closed.
                raise RuntimeError(f"the program has ended: {seen.decode(errors='replace')}") from None
            if not measured.first and b"bleupencil" in seen:
                measured.first = perf_counter() - began
        measured.usable = (_drained(mine, PATIENCE)[1] or perf_counter()) - began
        for act, key in keys(rounds):
            _drained(mine, QUIET)
            pressed = perf_counter()
            os.write(mine, (_BYTES.get(key) or _CHARACTERS.get(key, key)).encode())
            painted = (None if at is None else at - pressed for at in _drained(mine, PATIENCE))
            measured.pressed.append(Pressed(act, key, *painted))
        measured.peak = _peak(process.pid)
        for _ in range(_LEAVES):
            if process.poll() is None:
                os.write(mine, b"q")
                _drained(mine, PATIENCE)
    return measured


def _drained(mine: int, patience: float) -> tuple[float | None, float | None]:
    """When the first and the last byte came before a silence; None where none came for as long as patience lasts."""
    first, last, wait = None, None, patience
    while select.select([mine], [], [], wait)[0]:
        try:
            os.read(mine, 1 << 16)
        except OSError:  # Linux says so when the other end is closed.
            break
        last, wait = perf_counter(), QUIET
        first = first or last
    return first, last


@contextmanager
def _terminal(command: list[str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    mine, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        yield mine, process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(mine)


def _peak(process: int | str) -> float:
    """The most memory that a process has had, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


class _Watched(BleupencilApp):
    """Notes when it painted; what a terminal would be sent is made, as it is where there is one.

    `painted` are the ends of the paints since it was cleared, `made` is when the pipeline was through.
    """

    painted: ClassVar[list[float]] = []
    made = 0.0

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.console)
        super()._display(screen, renderable)
        if renderable is not None:
            self.painted.append(perf_counter())


def by_pilot(pair: tuple[str, str], session: Path, aligned: bool, rounds: int) -> Session:
    """The app without a terminal, in this process."""
    return asyncio.run(_by_pilot(pair, session, aligned, rounds))


async def _by_pilot(pair: tuple[str, str], session: Path, aligned: bool, rounds: int) -> Session:
    measured = Session()
    desk = Desk(session, WHO)
    settings = Settings(language=LANGUAGE, pairing=Pairing.ALIGNED if aligned else Pairing.SENTENCES)

    def pipeline(*asked):  # type: ignore[no-untyped-def]
        made = yield from realigner_steps(*asked)
        app.made = perf_counter()
        return made

    screen = ReviewScreen(*pair, settings, pipeline, desk)
    app = _Watched(screen)
    began = perf_counter()
    async with app.run_test(size=SIZE, notifications=True):
        while not screen.passages:
            await asyncio.sleep(0.01)
            if app.failure is not None:
                raise app.failure
        await _settled(app)
        measured.first, measured.usable = app.painted[0] - began, app.painted[-1] - began
        measured.shown = app.painted[-1] - app.made
        if screen.passage is None or screen.passage.candidate.text[:10] not in _shown(app):
            raise RuntimeError("the passage is not on the screen")
        for act, key in keys(rounds):
            assert app._driver is not None
            event = events.Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None))
            event.set_sender(app)
            app.painted.clear()
            pressed = perf_counter()
            app._driver.send_message(event)
            await _settled(app)
            first, last = (app.painted[0], app.painted[-1]) if app.painted else (None, None)
            painted = (None if at is None else at - pressed for at in (first, last))
            measured.pressed.append(Pressed(act, key, *painted))
    desk.close()
    measured.peak = _peak("self")
    return measured


def _shown(app: BleupencilApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def _settled(app: _Watched) -> None:
    """Return when nothing has been painted for a while in which the app could have."""
    step, calm = 0.005, 0.0
    before = len(app.painted)
    while calm < QUIET:
        began = perf_counter()
        await asyncio.sleep(step)
        busy = perf_counter() - began > 2 * step
        calm = 0.0 if busy or len(app.painted) != before else calm + step
        before = len(app.painted)
