"""What the engine is doing, on standard error, for as long as it does it."""

import shutil
import sys
from collections.abc import Generator
from typing import TypeVar

import click

from metrics.model import Progress
from metrics.visible import clean, columns

Result = TypeVar("Result")


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


def _cut(text: str, width: int) -> str:
    while columns(text) > max(width, 0):
        text = text[:-1]
    return text
