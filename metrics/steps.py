"""Work that tells what it is about to do, and can be left at each step."""

from collections.abc import Generator
from dataclasses import replace
from typing import Any, TypeVar

from metrics.model import Progress

Result = TypeVar("Result")


def run(steps: Generator[Any, None, Result]) -> Result:
    """What comes of `steps` in the end, whatever they tell on the way."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: Result = stop.value
            return result


def within(steps: Generator[Progress, None, Result], start: float, end: float) -> Generator[Progress, None, Result]:
    """`steps` as the part of a whole from `start` to `end`, both in 0…1."""
    while True:
        try:
            progress = next(steps)
        except StopIteration as stop:
            result: Result = stop.value
            return result
        yield replace(progress, done=start + (end - start) * progress.done)
