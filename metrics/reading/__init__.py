"""From a path to a `Document`: one module per family of formats, one table of readers."""

from collections.abc import Callable
from pathlib import Path, PurePath

from metrics.model import Document
from metrics.reading.decoding import may_be_text
from metrics.reading.plain import read_plain
from metrics.reading.source import Source, open_source

__all__ = ["READERS", "Source", "is_readable", "open_source", "read"]

Reader = Callable[[Source, str | None], Document]

#: Reader by file name suffix, in lower case; a suffix that is not here is read as plain text.
READERS: dict[str, Reader] = {".txt": read_plain}

#: Bytes that tell text from what is none.
_HEAD = 8192


def read(source: Source, encoding: str | None = None) -> Document:
    """The document behind `source`, by the reader for its suffix.

    Raises `UnreadableFile` and `NotText`, and `UsageError` for an encoding that Python does not have.
    """
    reader = READERS.get(PurePath(source.path).suffix.lower(), read_plain)
    return reader(source, encoding)


def is_readable(path: str) -> bool:
    """Whether a file is one for `read`: by its suffix, or else because it begins like text.

    Devices and pipes are not. What cannot be opened is: why it cannot is told when it is read.
    """
    file = Path(path)
    try:
        if file.exists() and not file.is_file():
            return False
        if file.suffix.lower() in READERS:
            return True
        with file.open("rb") as opened:
            return may_be_text(opened.read(_HEAD))
    except (OSError, ValueError):
        return True
