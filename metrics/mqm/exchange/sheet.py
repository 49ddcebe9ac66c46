"""Comma-separated values for spreadsheets, RFC 4180: a row for each annotation, or what else a reviewer said of a unit.

What a spreadsheet would take for a formula gets an apostrophe in front, which comes off again on import.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from metrics.mqm.exchange.fields import (
    HALVES,
    Fields,
    annotation_from,
    annotation_values,
    bad,
    decoded,
    unit_from,
    values_of,
    whole,
)
from metrics.mqm.exchange.parcel import Parcel
from metrics.mqm.model import Annotation, Disposition, Unit
from metrics.reading.tables import read_rows, separator_of

_UNIT = ("system", "document", "segment", "line", "kind", "source", "candidate", "reference")
_SAID = ("reviewer", "disposition")
_ANNOTATION = ("severity", "category", "side", "start", "end", "note", "origin", "at", "id")
#: `marked` is for the reader, and not read back; `unit` is the unit's id.
COLUMNS = (*_UNIT, *_SAID, *_ANNOTATION[:5], "marked", *_ANNOTATION[5:], "unit")
# Source: OWASP, “CSV Injection”: what spreadsheets begin a formula with, full width too.
_FORMULA = re.compile("'*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")
_BOM = "\ufeff"


def write(parcel: Parcel) -> tuple[str, Counter[str]]:
    """The text of a file, and what other characters stand for in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_defused(str(row.get(column, ""))) for column in COLUMNS] for row in _rows(parcel))
    written, halves = whole(text.getvalue())
    return _BOM + written, +Counter({HALVES: halves})


def _rows(parcel: Parcel) -> Iterator[dict[str, Any]]:
    for said in parcel.by_unit():
        unit = values_of(said.unit) | {"unit": said.unit.id}
        del unit["id"]
        judged = {who: unit | {"reviewer": who, "disposition": what} for who, what in said.dispositions.items()}
        for one in said.annotations:
            marked = said.unit.text(one.side)[one.start : one.end]
            yield judged.get(one.reviewer, unit) | annotation_values(one) | {"marked": marked}
        marking = {one.reviewer for one in said.annotations}
        yield from (row for who, row in judged.items() if who not in marking)
        yield from (unit | {"reviewer": who} for who in said.seen)
        if not (said.annotations or judged or said.seen):
            yield unit


def _defused(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read(raw: bytes, name: str) -> Parcel:
    """What a file holds; columns are known by their names, and may be fewer than `COLUMNS` and in any order.

    Comma, semicolon and tab are known as separators.
    """
    units: dict[str, Unit] = {}
    annotations: dict[object, Annotation] = {}
    dispositions: dict[tuple[str, str], Disposition] = {}
    seen: dict[tuple[str, str], None] = {}
    for number, fields in enumerate(_fields(decoded(raw, name), name)):
        unit = unit_from(
            Fields({**fields.values, "id": fields.text("unit"), "position": len(units)}, name, fields.line)
        )
        unit = units.setdefault(unit.id, unit)
        where = unit.id, fields.text("reviewer")
        if fields.text("severity"):
            annotation = annotation_from(fields, unit)
            annotations[annotation.id or number] = annotation
        if fields.text("disposition"):
            dispositions[where] = fields.choice("disposition", Disposition)
        if fields.text("reviewer"):
            seen[where] = None
    told = {(a.unit, a.reviewer) for a in annotations.values()} | dispositions.keys()
    silent = tuple(where for where in seen if where not in told)
    return Parcel(tuple(units.values()), tuple(annotations.values()), dispositions, silent)


def _fields(text: str, name: str) -> Iterator[Fields]:
    header: list[str] = []
    separator = separator_of(text.split("\n", 1)[0])
    for line, row in read_rows(text, separator, lambda line, what: bad(name, line, what, "save it as CSV again")):
        if not header:
            header = [cell.strip().lower() for cell in row]
            if "candidate" not in header:
                raise bad(
                    name, line, "no column 'candidate'", f"the first line names the columns: {', '.join(COLUMNS)}"
                )
        elif len(row) != len(header):
            raise bad(name, line, f"{len(row)} columns", f"the first line names {len(header)}")
        else:
            yield Fields(dict(zip(header, map(_armed, row), strict=True)), name, line)
