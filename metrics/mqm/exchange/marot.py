"""The tab-separated values of Marot, Google's viewer: the same rows, and behind them metadata as JSON.

Source: the data format in the README of github.com/google-research/google-research/tree/master/marot. What it has no
field for stands in an object of our own, `bleupencil`, which others pass over. A row without a rater and a severity
tells of its unit alone: here, the reference, and the dispositions.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from metrics.model import Kind
from metrics.mqm.exchange.fields import Fields, bad, decoded, from_json, said_in, to_json
from metrics.mqm.exchange.parcel import Parcel, counterpart
from metrics.mqm.exchange.rows import Row, Rows, cells_of, fine_row, place_of, plain, replaced, row_of
from metrics.mqm.model import Annotation, Disposition, Side, Unit

_HEADER = "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n"
_COLUMNS = 10
_OURS = "bleupencil"
#: The name under which a unit's reference stands.
_REFERENCE = "reference"
#: Milliseconds from 1970 to the end of the year 9999.
_LAST = 253_402_300_799_999


def write(parcel: Parcel) -> tuple[str, Counter[str]]:
    """The text of a file, and what other characters stand for in it."""
    rows = ("\t".join((*row, to_json(metadata))) + "\n" for row, metadata in _rows(parcel))
    return _HEADER + "".join(rows), replaced(parcel)


def _rows(parcel: Parcel) -> Iterator[tuple[Row, dict[str, Any]]]:
    for said in parcel.by_unit():
        unit = said.unit
        ours = {"unit": unit.id, "kind": unit.kind, "segment": unit.segment, "counterpart": counterpart(unit)[0]}
        system, document, place, segment, source, target = place_of(unit)
        judged = {plain(reviewer): disposition for reviewer, disposition in said.dispositions.items()}
        more = {"dispositions": judged, "seen": [plain(reviewer) for reviewer in said.seen]}
        yield Row(system, document, place, segment, "", source, target, "", ""), _of_unit(unit) | {_OURS: ours | more}
        for annotation in said.annotations:
            yield row_of(unit, annotation), _of_annotation(annotation, unit, ours)
        for reviewer in said.fine:
            yield fine_row(unit, reviewer), {_OURS: ours}


def _of_unit(unit: Unit) -> dict[str, Any]:
    if not unit.reference:
        return {}
    return {"segment": {"references": {_REFERENCE: unit.reference}, "primary_reference": _REFERENCE}}


def _of_annotation(annotation: Annotation, unit: Unit, ours: dict[str, Any]) -> dict[str, Any]:
    time = datetime.fromisoformat(annotation.at) if annotation.at else None
    side: dict[str, Any] = {"side": annotation.side}
    if annotation.side not in (Side.CANDIDATE, counterpart(unit)[0]):
        side |= {"start": annotation.start, "end": annotation.end}
    return {
        **(
            {"timestamp": round((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)} if time else {}
        ),
        **({"note": annotation.note} if annotation.note else {}),
        _OURS: ours | {"id": annotation.id, "origin": annotation.origin} | side,
    }


def read(raw: bytes, name: str) -> Parcel:
    """What a file holds. References are the primary ones; a tenth column that is no JSON object is a note."""
    lines: list[tuple[int, Row, Fields]] = []
    # A reference may stand in any row of its segment, of whatever system.
    references: dict[tuple[str, ...], str] = {}
    for line, cells in cells_of(decoded(raw, name)):
        if len(cells) not in (_COLUMNS - 1, _COLUMNS):
            raise bad(name, line, f"{len(cells)} columns", f"a row of marot has {_COLUMNS}, with tabs between")
        row, metadata = Row(*cells[: _COLUMNS - 1]), _metadata(cells, name, line)
        lines.append((line, row, metadata))
        if reference := _reference(metadata.fields("segment")):
            references[_segment(row, metadata)] = reference
    rows = Rows(name)
    dispositions: dict[tuple[str, str], Disposition] = {}
    seen: list[tuple[str, str]] = []
    for line, row, metadata in lines:
        ours = metadata.fields(_OURS)
        found = references.get(_segment(row, metadata))
        unit = rows.unit(row, **_known_unit(ours), **({"reference": found} if found else {}))
        if row.rater or row.severity:
            rows.add(line, row, unit, **_known_annotation(metadata, ours))
        judged, who_saw = said_in(ours, unit.id)
        dispositions |= judged
        seen += who_saw
    return rows.parcel(dispositions=dispositions, seen=tuple(seen))


def _segment(row: Row, metadata: Fields) -> tuple[str, ...]:
    """What has one reference: with us the unit, else a segment."""
    ours = metadata.fields(_OURS)
    return (ours.text("unit"),) if ours.values else (row.document, row.place, row.segment)


def _metadata(cells: list[str], name: str, line: int) -> Fields:
    text = "".join(cells[_COLUMNS - 1 :])
    if not text.startswith("{"):
        return Fields({"note": text}, name, line)
    return from_json(text, name, line)


def _known_unit(ours: Fields) -> dict[str, Any]:
    if not ours.values:
        return {}
    known = {"id": ours.text("unit"), "kind": ours.choice("kind", Kind), "segment": ours.text("segment")}
    if ours.choice("counterpart", Side) is Side.REFERENCE:
        known["source"] = ""
    return known


def _known_annotation(metadata: Fields, ours: Fields) -> dict[str, Any]:
    known = {key: ours.values[key] for key in ("id", "origin", "side", "start", "end") if key in ours.values}
    milliseconds = metadata.number("timestamp")
    if milliseconds > _LAST:
        raise metadata.bad("timestamp is past the year 9999", "write milliseconds since 1970")
    if milliseconds:
        known["at"] = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return known | {"note": metadata.text("note")}


def _reference(segment: Fields) -> str:
    primary = segment.text("primary_reference")
    return segment.fields("references").text(primary) or "".join(segment.fields("reference_tokens").texts(primary))
