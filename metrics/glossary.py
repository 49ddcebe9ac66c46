"""Terms that a translation must use, read from a file of tab-separated lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from metrics.errors import BadGlossary, NotText, UsageError
from metrics.patterns import pattern
from metrics.reading.source import STDIN, open_source, read_bytes
from metrics.words import count_words

_BOM = "\ufeff"
#: What other tables have between their columns.
_SEPARATOR = pattern(r"^(?!\s*#).*?\w\s*([,;|])\s*\w", re.MULTILINE)
_LINE_END = pattern(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """`term` as the reference may have it, and what the candidate may say for it: what is wanted, then alternatives."""

    term: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Glossary:
    """The entries of a glossary, in the order of the file; `path` is where they were read."""

    path: str
    entries: tuple[Entry, ...]


def read_glossary(path: str) -> Glossary:
    """The glossary in a UTF-8 file.

    A line holds a term, a tab, the translation that is wanted for it and, behind another tab, alternatives
    that will do, with `|` between them. A line with a term alone wants the term itself. Lines that are empty or
    begin with `#` are comments.

    Raises `UsageError` for standard input, which is a text's, `MissingFile`, `UnreadableFile`, `NotText` and, for a
    line of another form, `BadGlossary`.
    """
    if path == STDIN:
        raise UsageError("--glossary -: standard input may be a text only: name a file")
    source = open_source(path)
    raw = read_bytes(source)
    try:
        text = raw.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotText(f"{source.name}:{line}: not UTF-8: save the glossary as UTF-8 text") from None
    return Glossary(source.name, tuple(_entries(text, source.name)))


def _entries(text: str, name: str) -> Iterator[Entry]:
    seen: dict[str, int] = {}
    if "\t" not in text and (other := _SEPARATOR.search(text)):
        place = f"{name}:{text.count(chr(10), 0, other.start()) + 1}"
        raise BadGlossary(f"{place}: {other[1]!r} between columns, and no tab in the file: put tabs there")
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{name}:{number}"
        columns = [column.strip() for column in line.split("\t")]
        # Spreadsheets fill lines up with empty columns.
        while len(columns) > 2 and not columns[-1]:
            columns.pop()
        if len(columns) > 3:
            raise BadGlossary(f"{where}: {len(columns)} columns: write term, translation and alternatives, no more")
        term, wanted = columns[0], columns[1] if len(columns) > 1 else columns[0]
        alternatives = columns[2].split("|") if len(columns) > 2 else []
        for what, column in (("term", term), ("translation", wanted)):
            if not count_words(column):
                raise BadGlossary(f"{where}: no {what}: write a word in its column, or # before the line")
        if term.casefold() in seen:
            raise BadGlossary(f"{where}: {term!r} is on line {seen[term.casefold()]} already: join the two lines")
        seen[term.casefold()] = number
        others = (alternative.strip() for alternative in alternatives)
        yield Entry(term, (wanted, *(other for other in others if count_words(other))))
