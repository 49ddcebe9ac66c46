"""A sequence that lies on the disk, for what is too much for the memory."""

import pickle
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Generic, TypeVar, overload

from metrics.errors import UnwritableFile

Item = TypeVar("Item")


class Spool(Sequence[Item], Generic[Item]):
    """Items in the order in which they came; each access reads one anew from a temporary file without a name.

    Only what this process wrote is read, and nobody else can open the file.
    """

    def __init__(self) -> None:
        """Raises `UnwritableFile` where there is no place for temporary files."""
        with _writable():
            self._file = TemporaryFile(prefix="bleupencil-")  # noqa: SIM115  # It lives as long as the spool.
        self._starts = array("q", [0])

    def append(self, pickled: bytes) -> None:
        """Add an item, which comes as `pickle.dumps` made it: so it need not be made here. Raises `UnwritableFile`."""
        with _writable():
            self._file.seek(self._starts[-1])
            self._file.write(pickled)
            self._file.flush()
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


@contextmanager
def _writable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnwritableFile(f"cannot write a temporary file ({reason}): name a folder with room by TMPDIR") from None
