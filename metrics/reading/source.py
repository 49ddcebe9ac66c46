"""Where the bytes come from: a file or standard input, opened but not yet read."""

import sys
from dataclasses import dataclass
from pathlib import Path

from metrics.errors import MissingFile, UnreadableFile

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """An input that exists. `name` is what messages call it; `size` is in bytes, None when unknown."""

    path: str
    name: str
    size: int | None


def open_source(path: str) -> Source:
    """Looks at an input without reading it.

    Raises `MissingFile` where there is no file, with the nearest name there is or where a link leads, and
    `UnreadableFile` where the system refuses.
    """
    if path == STDIN:
        return Source(path, "<stdin>", None)
    if not path:
        raise MissingFile("a path is empty: name a text file")
    file = Path(path)
    try:
        if file.is_dir():
            raise MissingFile(f"{path} is a folder: name a text file in it{_example(file)}")
        status = file.stat()
    except FileNotFoundError:
        raise MissingFile(f"no such file: {path}{_nearest(file)}") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path}: {_reason(error)}: check the path and its permissions") from None
    return Source(path, path, status.st_size if file.is_file() else None)


def read_bytes(source: Source) -> bytes:
    """All bytes of an input. Raises `UnreadableFile`."""
    try:
        if source.path == STDIN:
            if sys.stdin is None:
                raise UnreadableFile(f"{source.name} is closed: name a file instead of '-'")
            return sys.stdin.buffer.read()
        return Path(source.path).read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{source.name}: {_reason(error)}: check the path and its permissions") from None


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]


def _nearest(file: Path) -> str:
    from difflib import get_close_matches

    if file.is_symlink():
        return f": it is a link to {file.readlink()}, which is not there: mend the link"
    try:
        names = [entry.name for entry in file.parent.iterdir()]
    except OSError:
        return f" ({file.parent} does not exist either)"
    close = get_close_matches(file.name, names, n=1)
    return f"; did you mean {file.with_name(close[0])}?" if close else ": check the path"


def _example(folder: Path) -> str:
    try:
        first = min((entry.name for entry in folder.iterdir() if entry.is_file()), default=None)
    except OSError:
        return ""
    return f", such as {folder / first}" if first else ""
