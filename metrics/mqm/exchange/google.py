"""The tab-separated values of Google's MQM releases, as `metrics.mqm.exchange.rows` tells of them."""

from collections import Counter
from collections.abc import Iterator

from metrics.mqm.exchange.fields import bad, decoded
from metrics.mqm.exchange.parcel import Parcel
from metrics.mqm.exchange.rows import Row, Rows, cells_of, fine_row, replaced, row_of

_HEADER = Row("system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity")


def write(parcel: Parcel) -> tuple[str, Counter[str]]:
    """The text of a file, and what other characters stand for in it."""
    return "".join("\t".join(row) + "\n" for row in (_HEADER, *_rows(parcel))), replaced(parcel)


def _rows(parcel: Parcel) -> Iterator[Row]:
    for said in parcel.by_unit():
        yield from (row_of(said.unit, annotation) for annotation in said.annotations)
        yield from (fine_row(said.unit, reviewer) for reviewer in said.fine)


def read(raw: bytes, name: str) -> Parcel:
    """What a file holds: a unit for each text of a system, and for a row without an error that it is fine."""
    rows = Rows(name)
    for line, cells in cells_of(decoded(raw, name)):
        if len(cells) != len(_HEADER):
            raise bad(name, line, f"{len(cells)} columns", f"a row of google has {len(_HEADER)}, with tabs between")
        row = Row(*cells)
        rows.add(line, row, rows.unit(row))
    return rows.parcel()
