"""What the engine is doing, on standard error, for as long as it does it."""

import shutil
import sys
import time
from collections.abc import Generator
from typing import Any, TypeVar

import click

from metrics.model import Progress
from metrics.visible import clean, columns
from metrics.wording import count

Result = TypeVar("Result")

#: Seconds between two lines where no bar can be drawn.
_NOW_AND_THEN = 30.0


def watched(steps: Generator[Progress, None, Result]) -> Result:
    """What comes of `steps`, each of them told on a terminal and wiped off afterwards."""
    shown = sys.stderr.isatty()
    width = shutil.get_terminal_size().columns - 7
    try:
        while True:
            progress = next(steps)
            if shown:
                click.echo(f"\r\x1b[K{progress.done:4.0%}  {_cut(clean(progress.message), width)}", nl=False, err=True)
    except StopIteration as stop:
        result: Result = stop.value
        return result
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)


class Meter:
    """How many of a number of things are done, on standard error: a bar with rate and time left on a terminal, else a
    line now and then. It is a context manager."""

    def __init__(self, total: int, noun: str) -> None:
        """`noun` is what they are called, in the singular."""
        self.done = 0
        self._total = total
        self._noun = noun
        self._start = self._told = time.monotonic()
        self._bar: Any = click.progressbar(
            length=total,
            file=sys.stderr,
            show_pos=True,
            show_percent=False,
            item_show_func=lambda _: self._rate(),
            hidden=not sys.stderr.isatty(),
            width=24,
        )

    def __enter__(self) -> "Meter":
        self._bar.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.__exit__(None, None, None)

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if not self._bar.hidden:
            self._bar.update(1)
        elif time.monotonic() - self._told >= _NOW_AND_THEN:
            self._told = time.monotonic()
            rate = self.done / (self._told - self._start)
            left = _duration((self._total - self.done) / rate)
            self.say(f"{self.done:,} of {count(self._total, self._noun)}, {self._rate()}, {left} left")

    def say(self, message: str) -> None:
        """A line of its own, above the bar."""
        wipe = "" if self._bar.hidden else "\r\x1b[K"
        click.echo(f"{wipe}bleupencil: {clean(message)}", err=True)

    def _rate(self) -> str:
        return f"{self.done / max(time.monotonic() - self._start, 1e-3):.1f} a second"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _cut(text: str, width: int) -> str:
    while columns(text) > max(width, 0):
        text = text[:-1]
    return text
