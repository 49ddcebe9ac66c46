"""Finding text files: which of a folder's files are text, what a half-written path may become, what answers a file."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from metrics.errors import EmptyText, NotText, UnreadableFile
from metrics.mqm.store import SUFFIX
from metrics.reading.decoding import decode
from metrics.reading.source import open_source
from metrics.visible import clean

#: So many bytes show whether a file is text.
_HEAD = 1024
#: A name, or a part of one, that begins with "ref".
_REFERENCE = re.compile(r"(?<![^\W\d_])ref", re.IGNORECASE)


def check_text(path: Path) -> None:
    """See that a file can be read as text, by its beginning.

    Raises `MissingFile`, `UnreadableFile`, `NotText` and `EmptyText`.
    """
    name = str(path)
    open_source(name)
    try:
        if not path.is_file():
            raise UnreadableFile(f"{name} is no file: choose a text file")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(f"{name}: {error.strerror}: check its permissions, or choose another") from None
    if not head:
        raise EmptyText(f"{name} is empty: there is nothing to compare")
    # In Latin 1 everything is text, be it cut in the middle of a character; only UTF-16 has zeros in it.
    decode(head, name, None if b"\0" in head else "latin-1")


def choosable(paths: Iterable[Path]) -> Iterator[Path]:
    """The folders and text files among `paths`; hidden ones and review files are left out."""
    for path in paths:
        if path.name.startswith(".") or path.suffix == SUFFIX:
            continue
        try:
            mode = path.stat().st_mode
            if stat.S_ISREG(mode):
                check_text(path)
            elif not stat.S_ISDIR(mode):
                continue
        except (OSError, ValueError, NotText, UnreadableFile, EmptyText):
            continue
        yield path


def completed(given: str) -> str | None:
    """A path as it was begun, continued to the first name in the alphabet that fits; None where none does.

    Of several names it goes as far as they agree, if that is further. Names that cannot be typed are left out.
    """
    folder, begun = os.path.split(given)
    if not given:
        return None
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            names = sorted(
                f"{entry.name}{os.sep if entry.is_dir() else ''}"
                for entry in entries
                if entry.name.startswith(begun)
                and (begun or not entry.name.startswith("."))
                and clean(entry.name) == entry.name
            )
    except (OSError, ValueError):
        return None
    # What is there in full need not be continued.
    names = [name for name in names if name != begun]
    if not names:
        return None
    # What the first and the last in the alphabet agree in, all between them do.
    agreed = next((at for at, pair in enumerate(zip(names[0], names[-1], strict=False)) if pair[0] != pair[1]), None)
    return os.path.join(folder, names[0] if agreed is None or agreed <= len(begun) else names[0][:agreed])


def proposed_reference(candidate: Path) -> Path | None:
    """The text file beside a candidate that has "ref" in its name; of several, the one named most like it."""
    try:
        beside = [path for path in candidate.parent.iterdir() if _REFERENCE.search(path.name)]
    except OSError:
        return None
    found = [path for path in choosable(beside) if path.is_file() and not same_file(path, candidate)]
    return max(
        sorted(found),
        key=lambda path: SequenceMatcher(None, path.name, candidate.name, autojunk=False).ratio(),
        default=None,
    )


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False
