"""Work that tells what it is about to do, and can be left at each step."""

from collections.abc import Generator
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(steps: Generator[Any, None, Result]) -> Result:
    """What comes of `steps` in the end, whatever they tell on the way."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: Result = stop.value
            return result
