"""The first of many, without keeping the many."""

from bisect import insort
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class First(Generic[T]):
    """What is made of the first `most` of all that is offered, in the order of keys of which no two are equal.

    Nothing is made of what does not come so far, and what was made of it is dropped where others come before.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[Any, T]] = []
        self.offered = 0

    def offer(self, key: Any, make: Callable[[], T]) -> None:
        """Keep what `make` makes, if `key` is among the first."""
        self.offered += 1
        if not self.open(key):
            return
        insort(self._kept, (key, make()))
        del self._kept[self._most :]

    def open(self, key: Any) -> bool:
        """Whether something with this key would be kept."""
        return self._most > 0 and (len(self._kept) < self._most or key < self._kept[-1][0])

    @property
    def kept(self) -> list[T]:
        """What was made of the first, in their order."""
        return [made for _, made in self._kept]

    @property
    def left(self) -> int:
        """How many were offered and not kept."""
        return self.offered - len(self._kept)
