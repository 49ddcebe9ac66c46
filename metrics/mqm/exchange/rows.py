"""Rows of tab-separated values, one a marked error, as Google's releases and Marot have them.

Sources: github.com/google/wmt-mqm-human-evaluation and the data format in Marot's README, github.com/google-research/
google-research/tree/master/marot. Cells are unquoted, and an error is enclosed in `<v>` and `</v>` in the target, or in
the source. There is no way to write a tab, the end of a line or a literal mark: other characters stand in.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from metrics.mqm.exchange.fields import HALVES, Fields, annotation_from, bad, unit_id, whole
from metrics.mqm.exchange.parcel import Parcel, counterpart, kind_of
from metrics.mqm.model import Annotation, Disposition, Side, Unit

NO_ERROR = "No-error"
_MARK = re.compile("</?v>")
_SPACES = str.maketrans(dict.fromkeys("\t\n\r", " "))


class Row(NamedTuple):
    """The cells of a row, but for Marot's metadata. `place` is the segment's number in its document."""

    system: str
    document: str
    place: str
    segment: str
    rater: str
    source: str
    target: str
    category: str
    severity: str


class Place(NamedTuple):
    """A unit as its row names it: what makes it the same unit when the row comes back."""

    system: str
    document: str
    place: str
    segment: str
    source: str
    target: str


def place_of(unit: Unit) -> Place:
    """How rows name a unit. One without a segment gets its number in the session, from 1."""
    segment = unit.segment or str(unit.position + 1)
    cells = unit.system, unit.document, str(unit.line), segment, counterpart(unit)[1], unit.candidate
    return Place(*map(plain, cells))


def plain(text: str) -> str:
    """`text` as a cell can hold it, of the same length: spaces for tabs and line ends, `‹v›` for `<v>`."""
    return _MARK.sub(lambda match: f"‹{match[0][1:-1]}›", whole(text)[0].translate(_SPACES))


def without_marks(text: str) -> str:
    """A cell's text."""
    return _MARK.sub("", text)


def row_of(unit: Unit, annotation: Annotation) -> Row:
    """The row of an annotation; one on the whole unit marks nothing in the target."""
    system, document, place, segment, source, target = place_of(unit)
    whole = annotation.start == annotation.end == 0
    if annotation.side is Side.CANDIDATE and not whole:
        target = _marked(target, annotation)
    elif annotation.side is counterpart(unit)[0]:
        source = _marked(source, annotation)
    category, severity = plain(annotation.category), annotation.severity.capitalize()
    return Row(system, document, place, segment, plain(annotation.reviewer), source, target, category, severity)


def fine_row(unit: Unit, reviewer: str) -> Row:
    """The row of a unit that a reviewer found fine."""
    system, document, place, segment, source, target = place_of(unit)
    return Row(system, document, place, segment, plain(reviewer), source, target, NO_ERROR, NO_ERROR)


def _marked(text: str, annotation: Annotation) -> str:
    start, end = annotation.start, annotation.end
    return f"{text[:start]}<v>{text[start:end]}</v>{text[end:]}"


def replaced(parcel: Parcel) -> Counter[str]:
    """What the cells of a parcel cannot hold."""
    cells = [cell for u in parcel.units for cell in (u.system, u.document, u.segment, counterpart(u)[1], u.candidate)]
    cells += [cell for a in parcel.annotations for cell in (a.reviewer, a.category)]
    cells += [reviewer for said in parcel.by_unit() for reviewer in said.fine]
    losses = Counter[str]()
    for cell in cells:
        losses["tabs and line ends, for which spaces stand"] += sum(map(cell.count, "\t\n\r"))
        losses["literal <v> and </v>, for which ‹v› and ‹/v› stand"] += len(_MARK.findall(cell))
        losses[HALVES] += whole(cell)[1]
    return +losses


def cells_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, numbered from 1, without a header."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if line and not (number == 1 and line.startswith("system\tdoc")):
            yield number, line.split("\t")


@dataclass
class Rows:
    """Units and what is said of them, as rows come in from the file `name`.

    Raises `BadExchange` for a row that makes no sense.
    """

    name: str
    units: dict[Any, Unit] = field(default_factory=dict)
    annotations: list[Annotation] = field(default_factory=list)
    fine: list[tuple[str, str]] = field(default_factory=list)
    oddities: Counter[str] = field(default_factory=Counter)

    def unit(self, row: Row, **known: Any) -> Unit:
        """The unit of a row; `known` are fields that are told elsewhere than in the cells."""
        source, target = without_marks(row.source), without_marks(row.target)
        key = known.get("id") or Place(row.system, row.document, row.place, row.segment, source, target)
        if key not in self.units:
            digits = re.fullmatch("0|[1-9][0-9]{0,15}", row.place)
            self.oddities["numbers of segments in their documents that are none, and are not kept"] += not digits
            unit = Unit(
                id="",
                position=len(self.units),
                kind=kind_of(target, source),
                candidate=target,
                reference="",
                system=row.system,
                document=row.document,
                segment=row.segment,
                line=int(row.place) if digits else 0,
                source=source,
            )
            unit = replace(unit, **known)
            self.units[key] = unit if unit.id else replace(unit, id=unit_id(unit))
        return self.units[key]

    def add(self, line: int, row: Row, unit: Unit, **known: Any) -> None:
        """What a row says of its unit; `known` are fields of the annotation."""
        severity = row.severity.strip().lower().replace("_", "-").replace(" ", "-")
        if severity == NO_ERROR.lower():
            self.fine.append((unit.id, row.rater))
            return
        sources, targets = self._spans(line, row.source), self._spans(line, row.target)
        self.oddities["rows with several marks, of which the range from first to last is taken"] += (
            len(sources) + len(targets) > 1
        )
        side, spans = (Side.CANDIDATE, targets) if targets or not sources else (counterpart(unit)[0], sources)
        values: dict[str, Any] = {"severity": severity, "category": row.category, "reviewer": row.rater, "side": side}
        if spans:
            values |= {"start": spans[0][0], "end": spans[-1][1]}
        self.annotations.append(annotation_from(Fields({**values, **known}, self.name, line), unit))

    def _spans(self, line: int, text: str) -> list[tuple[int, int]]:
        """The places that a text marks, as ranges of the text without its marks."""
        spans: list[tuple[int, int]] = []
        start: int | None = None
        length = 0
        for piece in re.split("(</?v>)", text):
            if piece == "<v>" and start is None:
                start = length
            elif piece == "</v>" and start is not None:
                spans.append((start, length))
                start = None
            elif _MARK.fullmatch(piece):
                raise bad(self.name, line, f"a {piece} without its partner", "mark each error as <v>…</v>")
            else:
                length += len(piece)
        if start is not None:
            # Google's own files have such marks.
            self.oddities["marks without an end, taken to reach to the end of the text"] += 1
            spans.append((start, length))
        return spans

    def parcel(self, **others: Any) -> Parcel:
        """All that came in; `others` are further fields of the parcel."""
        dispositions = dict.fromkeys(self.fine, Disposition.FINE) | others.pop("dispositions", {})
        units = tuple(self.units.values())
        return Parcel(units, tuple(self.annotations), dispositions, oddities=+self.oddities, **others)
