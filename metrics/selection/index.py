"""The passages as columns of numbers, so that choosing and ordering touch no passage."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import nan
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from metrics.model import Finding, Kind, Passage, Severity
from metrics.mqm.model import Disposition
from metrics.ranking import ORDERS
from metrics.selection.filter import EVERYTHING, FIGURES, Figure, Filter

_KINDS = {kind: code for code, kind in enumerate(Kind)}
_SEVERITIES = {None: 0} | {severity: code for code, severity in enumerate(Severity, 1)}
_DISPOSITIONS = {None: 0} | {disposition: code for code, disposition in enumerate(Disposition, 1)}
_DOCUMENT = "document"

_Mask = NDArray[np.bool_]


class Standing(NamedTuple):
    """What has become of a passage: what the reviewer says that it is, the severity of its worst annotation, whether
    the reviewer said anything, and the findings that are not dismissed."""

    disposition: Disposition | None
    worst: Severity | None
    reviewed: bool
    findings: Sequence[Finding]


class Counts(NamedTuple):
    """How many passages pass, of how many, and how many would with a member of a field alone in that field.

    `findings` has the kinds that some passage has or had.
    """

    passing: int
    passages: int
    kinds: Mapping[Kind, int]
    findings: Mapping[str, int]
    dispositions: Mapping[Disposition | None, int]
    severities: Mapping[Severity, int]
    reviewed: Mapping[bool, int]


class Selected(Sequence[Passage]):
    """Passages by their rows: as good as a tuple, and made without touching any of them."""

    def __init__(self, passages: Sequence[Passage], rows: NDArray[np.intp]) -> None:
        self._passages = passages
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> "Selected": ...
    def __getitem__(self, at: int | slice) -> "Passage | Selected":
        if isinstance(at, slice):
            return Selected(self._passages, self.rows[at])
        return self._passages[int(self.rows[at])]

    def __iter__(self) -> Iterator[Passage]:
        return map(self._passages.__getitem__, self.rows.tolist())

    def place(self, row: int) -> int | None:
        """Where the passage of a row of the index is among these; None where it is not."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def next_place(self, place: int, rows: Iterable[int] | NDArray[np.intp], step: int = 1) -> int | None:
        """The place nearest behind `place`, or before it where `step` is negative, of a passage with one of these rows.

        Behind the last comes the first; `place` itself comes last of all, and may be -1. None where there is none.
        """
        wanted = np.zeros(len(self._passages), np.bool_)
        wanted[rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.intp)] = True
        found = np.flatnonzero(wanted[self.rows])
        if not len(found):
            return None
        at = np.searchsorted(found, place, "right") if step > 0 else np.searchsorted(found, place) - 1
        return int(found[at % len(found)])


class Index:
    """Passages in document order, and what became of them; rows are their 0-based places in that order."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """`passages` are sorted by `position`. Nothing has been said of them, and no finding is dismissed."""
        self._passages = list(passages)
        self._columns = _columns(self._passages)
        self._names: dict[str, int] = {}
        self._found: _Mask = np.zeros((0, len(self._passages)), np.bool_)
        self._name(self._passages)
        self._found = self._kinds_found([passage.findings for passage in self._passages])
        self._orders: dict[str, NDArray[np.intp]] = {}

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages as they are now."""
        return self._passages

    def row(self, passage: Passage) -> int:
        """The row of a passage. Raises `KeyError` where it is none of these."""
        row = bisect_left(self._passages, passage.position, key=lambda other: other.position)
        while row < len(self._passages) and self._passages[row].position == passage.position:
            if self._passages[row].id == passage.id:
                return row
            row += 1
        raise KeyError(passage.id)

    def stand(self, passage: Passage, standing: Standing) -> None:
        """Note what has become of one passage. Raises `KeyError` where it is none of these."""
        self.stand_all(lambda _: standing, (passage,))

    def stand_all(self, standing: Callable[[Passage], Standing], passages: Iterable[Passage] | None = None) -> None:
        """Note what has become of every passage, or of some. Raises `KeyError` where one is none of these."""
        some = self._passages if passages is None else list(passages)
        rows = np.arange(len(some)) if passages is None else np.array([self.row(each) for each in some], np.intp)
        standings = [standing(passage) for passage in some]
        columns = self._columns
        columns["disposition"][rows] = [_DISPOSITIONS[each.disposition] for each in standings]
        columns["marked"][rows] = [_SEVERITIES[each.worst] for each in standings]
        columns["reviewed"][rows] = [each.reviewed for each in standings]
        columns["found"][rows] = [_worst(each.findings) for each in standings]
        self._found[:, rows] = self._kinds_found([each.findings for each in standings])

    def change(self, removed: Iterable[Passage], added: Iterable[Passage]) -> None:
        """Take passages out and put others in; of those nothing has been said. Raises `KeyError` for a foreign one."""
        gone = sorted({self.row(passage) for passage in removed})
        new = sorted(added, key=lambda passage: passage.position)
        left = self._passages.copy()
        for row in reversed(gone):
            del left[row]
        places = [bisect_left(left, passage.position, key=lambda other: other.position) for passage in new]
        for place, passage in reversed(list(zip(places, new, strict=True))):
            left.insert(place, passage)
        self._name(new)
        found = self._kinds_found([passage.findings for passage in new])
        self._found = np.insert(np.delete(self._found, gone, axis=1), places, found, axis=1)
        self._columns = {
            name: np.insert(np.delete(self._columns[name], gone), places, column)
            for name, column in _columns(new).items()
        }
        self._passages = left
        self._orders.clear()

    def rows(self, order: str = "risk", chosen: Filter = EVERYTHING) -> NDArray[np.intp]:
        """The rows of the passages that pass, in the order that `metrics.ranking.ordered` would put them in."""
        ranked = self._order(order)
        masks = self._masks(chosen)
        return ranked[_all(masks.values(), len(ranked))[ranked]] if masks else ranked.copy()

    def selected(self, order: str = "risk", chosen: Filter = EVERYTHING) -> Selected:
        """The passages that pass, in that order."""
        return Selected(self._passages, self.rows(order, chosen))

    def counts(self, chosen: Filter = EVERYTHING) -> Counts:
        """How many passages pass, and how many have what: each field is counted among those that pass by the others."""
        masks, size = self._masks(chosen), len(self._passages)

        def others(field: str) -> _Mask:
            return _all((mask for name, mask in masks.items() if name != field), size)

        def coded(field: str, column: NDArray[np.int8], codes: int) -> list[int]:
            counted: list[int] = np.bincount(column[others(field)], minlength=codes).tolist()
            return counted

        kinds = coded("kinds", self._columns["kind"], len(_KINDS))
        dispositions = coded("dispositions", self._columns["disposition"], len(_DISPOSITIONS))
        severities = coded("severities", self._severity(), len(_SEVERITIES))
        reviewed = coded("reviewed", self._columns["reviewed"], 2)
        found = np.count_nonzero(self._found & others("findings"), axis=1).tolist()
        return Counts(
            int(np.count_nonzero(_all(masks.values(), size))),
            size,
            {kind: kinds[code] for kind, code in _KINDS.items()},
            {name: found[row] for name, row in self._names.items()},
            {disposition: dispositions[code] for disposition, code in _DISPOSITIONS.items()},
            {severity: severities[code] for severity, code in _SEVERITIES.items() if severity is not None},
            {bool(said): count for said, count in enumerate(reviewed)},
        )

    def _order(self, order: str) -> NDArray[np.intp]:
        if order not in self._orders:
            if order == _DOCUMENT:
                ranked = np.arange(len(self._passages))
            else:
                ranked = np.argsort(self._columns[f"order {order}"], kind="stable")
                furniture = self._columns["kind"][ranked] == _KINDS[Kind.BOILERPLATE]
                ranked = np.concatenate((ranked[~furniture], ranked[furniture]))
            self._orders[order] = ranked
        return self._orders[order]

    def _masks(self, chosen: Filter) -> dict[str, _Mask]:
        """Who passes by each field that is a bar."""
        columns = self._columns
        masks: dict[str, _Mask] = {}
        if chosen.kinds:
            masks["kinds"] = _among(columns["kind"], {_KINDS[kind] for kind in chosen.kinds})
        if chosen.findings:
            named = [self._names[name] for name in chosen.findings if name in self._names]
            masks["findings"] = np.logical_or.reduce(self._found[named], axis=0)
        if chosen.dispositions:
            codes = {_DISPOSITIONS[disposition] for disposition in chosen.dispositions}
            masks["dispositions"] = _among(columns["disposition"], codes)
        if chosen.severities:
            masks["severities"] = _among(self._severity(), {_SEVERITIES[severity] for severity in chosen.severities})
        for at, (name, low, high) in enumerate(chosen.scores):
            numbers = columns[f"figure {name}"]
            masks[f"scores {at}"] = (numbers >= low) & (numbers <= high)
        if chosen.words is not None:
            least, most = chosen.words
            masks["words"] = (columns["words"] >= least) & (columns["words"] <= most)
        if chosen.reviewed is not None:
            masks["reviewed"] = _among(columns["reviewed"], {int(chosen.reviewed)})
        return masks

    def _severity(self) -> NDArray[np.int8]:
        severity: NDArray[np.int8] = self._columns["found"].copy()
        np.copyto(severity, marked := self._columns["marked"], where=marked > 0)
        return severity

    def _name(self, passages: Iterable[Passage]) -> None:
        """Make room for the kinds of findings that these passages have."""
        kinds = {finding.kind for passage in passages for finding in passage.findings}
        for kind in sorted(kinds - self._names.keys()):
            self._names[kind] = len(self._names)
        room = np.zeros((len(self._names) - len(self._found), self._found.shape[1]), np.bool_)
        self._found = np.concatenate((self._found, room))

    def _kinds_found(self, findings: Sequence[Sequence[Finding]]) -> _Mask:
        """Which kinds of findings are among those of each passage: a row for a kind, a column for a passage."""
        at: dict[str, list[int]] = {name: [] for name in self._names}
        for column, some in enumerate(findings):
            for finding in some:
                at[finding.kind].append(column)
        found = np.zeros((len(self._names), len(findings)), np.bool_)
        for name, columns in at.items():
            found[self._names[name], columns] = True
        return found


def _columns(passages: Sequence[Passage]) -> dict[str, NDArray[Any]]:
    """What of passages never changes, and what nobody has said of them yet."""
    size = len(passages)
    columns: dict[str, NDArray[Any]] = {
        "kind": _small(_KINDS[passage.kind] for passage in passages),
        "words": np.fromiter((passage.words for passage in passages), np.int64, size),
        "found": _small(_worst(passage.findings) for passage in passages),
        "marked": np.zeros(size, np.int8),
        "disposition": np.zeros(size, np.int8),
        "reviewed": np.zeros(size, np.int8),
    }
    for name, order in ORDERS.items():
        if name != _DOCUMENT:
            columns[f"order {name}"] = np.fromiter(map(order.key, passages), np.float64, size)
    for name, figure in FIGURES.items():
        columns[f"figure {name}"] = np.fromiter((_shown(passage, figure) for passage in passages), np.float64, size)
    return columns


def _shown(passage: Passage, figure: Figure) -> float:
    number = figure.number(passage)
    return nan if number is None else round(number, figure.decimals)


def _small(codes: Iterable[int]) -> NDArray[np.int8]:
    return np.fromiter(codes, np.int8)


def _worst(findings: Iterable[Finding]) -> int:
    return max((_SEVERITIES[finding.severity] for finding in findings), default=0)


def _among(column: NDArray[np.int8], codes: Iterable[int]) -> _Mask:
    wanted = np.zeros(np.iinfo(np.int8).max + 1, np.bool_)
    wanted[list(codes)] = True
    return wanted[column]


def _all(masks: Iterable[_Mask], size: int) -> _Mask:
    passing = np.ones(size, np.bool_)
    for mask in masks:
        passing &= mask
    return passing
