"""From a path to a `Document`: one module per family of formats, one table of readers."""

from collections.abc import Callable
from pathlib import PurePath

from metrics.model import Document
from metrics.reading.plain import read_plain
from metrics.reading.source import Source, open_source

__all__ = ["READERS", "Source", "open_source", "read"]

Reader = Callable[[Source, str | None], Document]

#: Reader by file name suffix, in lower case; a suffix that is not here is read as plain text.
READERS: dict[str, Reader] = {".txt": read_plain}


def read(source: Source, encoding: str | None = None) -> Document:
    """The document behind `source`, by the reader for its suffix.

    Raises `UnreadableFile` and `NotText`, and `UsageError` for an encoding that Python does not have.
    """
    reader = READERS.get(PurePath(source.path).suffix.lower(), read_plain)
    return reader(source, encoding)
