"""The command as tests call it."""

from collections.abc import Callable
from typing import NamedTuple


class Done(NamedTuple):
    """An exit status, and what was printed."""

    status: int
    out: str
    err: str


Call = Callable[..., Done]
