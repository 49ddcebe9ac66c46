"""Pairs from a list: TSV, CSV or JSON Lines."""

import io
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import Any

from metrics.errors import BadPairs, UsageError
from metrics.languages import language_code
from metrics.pairs.pair import Pair
from metrics.reading import open_source
from metrics.reading.decoding import decode
from metrics.reading.source import STDIN, read_bytes
from metrics.reading.tables import read_rows, separator_of
from metrics.visible import clean

#: In the order that they have without a header. Further references are called reference2, reference3 and so on.
_COLUMNS = ("candidate", "reference", "id", "system", "language")
_REFERENCE = re.compile("reference([1-9][0-9]{0,2})?")
_SAMPLE_LINE = 'write {"candidate": "…", "reference": "…"} on one line'
#: What a first cell looks like that is rather the name of a column, such as hyp, than a path.
_WORD = re.compile(r"[^\W\d]+")
_LINE_END = re.compile("[\r\n]")
_JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says: single values by column, and references in their order."""

    number: int
    values: Mapping[str, str]
    references: tuple[str, ...]


@dataclass
class _List:
    """A list that is being read. `columns` holds what rows of names mean, `languages` what tags do, as they are met."""

    name: str
    folder: str
    columns: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)

    def bad(self, line: int, what: str, remedy: str) -> BadPairs:
        return BadPairs(f"{clean(self.name)}:{line}: {clean(what)}: {remedy}")


def read_pairs(path: str) -> tuple[Pair, ...]:
    """The pairs that a list names, in its order; `-` is standard input.

    The suffix tells the form (`.tsv`, `.csv`, `.jsonl`, `.ndjson`), or else the first line. A first line with a cell
    `candidate` or `reference` names the columns, in any order and case; without one they are candidate, reference, id,
    system and language, and all but two may be missing. Further references are in columns reference2, reference3 …, or
    in JSON Lines in a list. Empty lines, and lines that begin with `#`, are passed over.

    Paths are relative to the folder of the list, or to the working folder for `-`; whether they lead anywhere is not
    looked at. Unless it is given, the id is the candidate's path as it is written, or for a line with a system, which
    others are paired with by the id, the first reference's. Ids and systems are made printable.

    Raises `BadPairs`, with the line, for one that makes no sense, for an id that a system has twice, and for a list
    without pairs; and `MissingFile`, `UnreadableFile` and `NotText`.
    """
    source = open_source(path)
    text, _ = decode(read_bytes(source), source.name)
    listed = _List(source.name, "" if path == STDIN else os.path.dirname(path))
    pairs = tuple(_pairs(listed, _lines(listed, text, PurePath(path).suffix.lower())))
    if not pairs:
        raise BadPairs(f"{clean(listed.name)}: no pair in it: write a candidate, a tab and its reference on each line")
    return pairs


def _lines(listed: _List, text: str, suffix: str) -> Iterator[_Line]:
    first = next((line for line in re.finditer(r"[^\r\n]*\S[^\r\n]*", text) if not _is_comment(line[0])), None)
    begins = first[0] if first else ""
    if suffix in _JSON_LINES or (suffix not in (".tsv", ".csv") and begins.lstrip().startswith(("{", "["))):
        return _json_lines(listed, text)
    separator = "\t" if suffix == ".tsv" or "\t" in begins else separator_of(begins)
    return _table_lines(listed, text, separator)


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith("#")


def _table_lines(listed: _List, text: str, separator: str) -> Iterator[_Line]:
    def bad(line: int, what: str) -> BadPairs:
        return listed.bad(line, what, "double the quotation marks inside a quoted cell, and close it on its line")

    columns: tuple[str, ...] = ()
    for number, row in read_rows(text, separator, bad, comments=True):
        cells = [cell.strip() for cell in row]
        if not columns:
            header = _header(listed, number, cells)
            columns = header or _COLUMNS
            order = sorted((_rank(name), i) for i, name in enumerate(columns) if _rank(name))
            if header:
                continue
        if any(cells[len(columns) :]):
            raise listed.bad(number, f"{len(cells)} columns and not {len(columns)}", _columns_remedy(separator))
        values = dict(zip(columns, cells, strict=False))
        references = [cells[i] for _, i in order if i < len(cells)]
        if any(cells):
            # What a spreadsheet leaves empty is a further reference that there is none of.
            yield _Line(number, values, (*references[:1], *filter(None, references[1:])))


def _columns_remedy(separator: str) -> str:
    between = {"\t": "tabs", ";": "semicolons"}.get(separator, "commas")
    return f"put {between} between columns only, or name more columns on the first line"


def _header(listed: _List, number: int, cells: list[str]) -> tuple[str, ...]:
    """The columns that a first line names, or none where it is a pair."""
    certain = any(cell.casefold() == "candidate" or _REFERENCE.fullmatch(cell.casefold()) for cell in cells)
    if not certain and not all(map(_WORD.fullmatch, cells[:2])):
        return ()
    while cells and not cells[-1]:
        cells = cells[:-1]
    or_path = "" if certain else f"; or write ./{clean(cells[0])} if it is a file"
    columns = _columns(listed, number, tuple(cells), or_path)
    for name in ("candidate", "reference"):
        if name not in columns:
            raise listed.bad(number, f"no column {name!r}", "the first line names candidate and reference")
    return columns


def _columns(listed: _List, number: int, names: tuple[str, ...], or_else: str = "") -> tuple[str, ...]:
    """The columns that names stand for, each once; `or_else` is added to the remedy for an unknown one."""
    if names not in listed.columns:
        columns = tuple(_column(listed, number, name, or_else) for name in names)
        if twice := next((name for i, name in enumerate(columns) if name in columns[:i]), None):
            remedy = "call the second reference2" if twice == "reference" else "leave one out"
            raise listed.bad(number, f"{twice!r} twice", remedy)
        listed.columns[names] = columns
    return listed.columns[names]


def _column(listed: _List, number: int, given: str, or_else: str) -> str:
    """The column that a name stands for; reference1 is reference."""
    name = given.strip().casefold()
    if name == "reference1":
        return "reference"
    if name in _COLUMNS or _REFERENCE.fullmatch(name):
        return name
    from difflib import get_close_matches

    near = get_close_matches(name, _COLUMNS, n=1)
    guess = f"did you mean {near[0]}?" if near else f"choose from {', '.join(_COLUMNS)}"
    raise listed.bad(number, f"unknown column {given[:40]!r}", guess + or_else)


@cache
def _rank(column: str) -> int:
    """1 for the first reference, 2 for the second and so on, 0 for no reference."""
    found = _REFERENCE.fullmatch(column)
    return int(found[1] or 1) if found else 0


def _json_lines(listed: _List, text: str) -> Iterator[_Line]:
    # Tuples, so that a key that is there twice is seen, and an object is no list.
    decoder = json.JSONDecoder(object_pairs_hook=tuple)
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if not line.strip() or _is_comment(line):
            continue
        try:
            value = decoder.decode(line)
        except (ValueError, RecursionError):
            raise listed.bad(number, "no JSON, or not all of it", _SAMPLE_LINE) from None
        if not isinstance(value, tuple):
            raise listed.bad(number, "JSON, but no object", _SAMPLE_LINE)
        yield _json_line(listed, number, value)


def _json_line(listed: _List, number: int, pairs: tuple[tuple[str, Any], ...]) -> _Line:
    columns = _columns(listed, number, tuple(name for name, _ in pairs))
    values: dict[str, str] = {}
    references: list[tuple[int, list[str]]] = []
    for column, (_, value) in zip(columns, pairs, strict=True):
        if value is None:
            continue
        if type(value) is int and column in ("id", "system"):
            value = str(value)
        rank = _rank(column)
        texts = value if rank and isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in texts):
            raise listed.bad(number, f"{column} is no text", 'write it between "quotation marks"')
        if rank:
            references.append((rank, texts))
        else:
            values[column] = value
    ordered = [each for _, texts in sorted(references) for each in texts]
    return _Line(number, values, tuple(ordered))


def _pairs(listed: _List, lines: Iterator[_Line]) -> Iterator[Pair]:
    met: dict[str, dict[str, int]] = defaultdict(dict)
    for line in lines:
        pair = _pair(listed, line)
        before = met[pair.system].setdefault(pair.id, line.number)
        if before != line.number:
            of = f" of system {pair.system!r}" if pair.system else ""
            remedy = "give each an id of its own, or a candidate's further references as reference2 …"
            raise listed.bad(line.number, f"id {pair.id!r}{of} is on line {before} already", remedy)
        yield pair


def _pair(listed: _List, line: _Line) -> Pair:
    candidate = line.values.get("candidate", "")
    for i, path in enumerate((candidate, *(line.references or ("",)))):
        what = "reference" if i else "candidate"
        if not path:
            raise listed.bad(line.number, f"no {what}", "write the path of a text, or # before the line")
        if path == STDIN:
            raise listed.bad(line.number, f"{what} is '-'", "standard input cannot be one of many: name a file")
        if _LINE_END.search(path):
            raise listed.bad(line.number, f"{what} goes over several lines", "write its path on one")
    system = clean(line.values.get("system", ""))
    return Pair(
        clean(line.values.get("id") or (line.references[0] if system else candidate)),
        os.path.join(listed.folder, candidate),
        tuple(os.path.join(listed.folder, each) for each in line.references),
        system,
        _language(listed, line),
    )


def _language(listed: _List, line: _Line) -> str | None:
    given = line.values.get("language")
    if given and given not in listed.languages:
        try:
            listed.languages[given] = language_code(given)
        except UsageError as error:
            raise BadPairs(f"{clean(listed.name)}:{line.number}: {clean(str(error))}") from None
    return listed.languages[given] if given else None
