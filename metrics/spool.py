"""A sequence that lies on the disk, for what is too much for the memory."""

import pickle
from array import array
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")


class Spool(Sequence[Item], Generic[Item]):
    """Items in the order in which they came; each access reads one anew from a temporary file without a name.

    Only what this process wrote is read, and nobody else can open the file.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="bleupencil-")  # noqa: SIM115  # It lives as long as the spool.
        self._starts = array("q", [0])

    def append(self, pickled: bytes) -> None:
        """Add an item, which comes as `pickle.dumps` made it: so it need not be made here. Raises `OSError`."""
        self._file.seek(self._starts[-1])
        self._file.write(pickled)
        self._starts.append(self._starts[-1] + len(pickled))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        self._file.seek(self._starts[index])
        item: Item = pickle.loads(self._file.read(self._starts[index + 1] - self._starts[index]))
        return item

    def __iter__(self) -> Iterator[Item]:
        return (self[k] for k in range(len(self)))
