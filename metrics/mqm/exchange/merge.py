"""A parcel comes into a session: what is there already is not added again."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from metrics.errors import BadExchange
from metrics.mqm.exchange.parcel import Parcel, counterpart, digest
from metrics.mqm.journal import annotation_of, body_of
from metrics.mqm.model import Act, Annotation, Deed, Side, Unit
from metrics.mqm.store import Session

Deeds = Iterator[tuple[str, str, Deed, str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: units and acts that were added, acts that were there already, and the oddities."""

    units: int
    acts: int
    annotations: int
    dispositions: int
    known: int
    oddities: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def merge(parcel: Parcel, session: Session, same: Callable[[Unit], Hashable] | None = None) -> Imported:
    """Add what a session does not have, in one transaction.

    Units are the same by their id, or where `same` is given by what it tells of them. An annotation is the same by its
    id, and one without by what it says; a later change wins, and what was taken away stays away. Acts of a journal are
    the same if nothing differs.
    Raises `BadExchange` for an annotation that does not fit the session's text, and what `Session` does.
    """
    with session.together():
        before = len(session.acts)
        there = {unit.id: unit for unit in (*session.former, *session.units)}
        if not there:
            for texts in parcel.texts:
                session.adopt((), texts)
        names = _names(parcel, there, same)
        last = max((unit.position for unit in there.values()), default=-1)
        new = [replace(u, position=u.position + last + 1) for u in parcel.units if names[u.id] not in there]
        session.add_units(new)
        session.add_units((u for u in parcel.former if u.id not in there), current=False)
        units = {unit.id: unit for unit in (*parcel.former, *new)} | there
        deeds = [*_acts(parcel, session), *_deeds(parcel, session, units, names)]
        for at, group in groupby(deeds, key=lambda deed: deed[0]):
            session.record((deed[1:] for deed in group), at)
        added = Counter(act.deed for act in session.acts[before:])
    said = len(parcel.acts) + len(parcel.annotations) + len(parcel.dispositions) + len(parcel.seen)
    return Imported(
        len(new), added.total(), added[Deed.ANNOTATE], added[Deed.DISPOSE], said - added.total(), parcel.oddities
    )


def _names(parcel: Parcel, there: Mapping[str, Unit], same: Callable[[Unit], Hashable] | None) -> dict[str, str]:
    """The ids that the session has for the parcel's units, or their own."""
    names = {unit.id: unit.id for unit in (*parcel.former, *parcel.units)}
    if same:
        known = {same(unit): name for name, unit in there.items()}
        names |= {unit.id: known.get(same(unit), unit.id) for unit in parcel.units if unit.id not in there}
    return names


def _acts(parcel: Parcel, session: Session) -> Deeds:
    """The acts of a journal that the session's lacks, in order, with what undoes which as it is numbered there."""
    there: dict[tuple[object, ...], list[int]] = {}
    for act in reversed(session.acts):
        there.setdefault(_same_act(act), []).append(act.number)
    numbers: dict[int, int] = {}
    following = session.acts[-1].number + 1 if session.acts else 1
    for act in parcel.acts:
        body = dict(act.body)
        if act.deed in (Deed.UNDO, Deed.REDO):
            body["act"] = numbers.get(body["act"], 0)
        act = replace(act, body=body)
        if found := there.get(_same_act(act)):
            numbers[act.number] = found.pop()
        else:
            numbers[act.number] = following
            following += 1
            yield act.at, act.reviewer, act.deed, act.unit, body


def _same_act(act: Act) -> tuple[object, ...]:
    body = body_of(annotation_of(act)) if act.deed is Deed.ANNOTATE else dict(act.body)
    return act.at, act.reviewer, act.deed, act.unit, json.dumps(body, sort_keys=True)


def _deeds(parcel: Parcel, session: Session, units: Mapping[str, Unit], names: Mapping[str, str]) -> Deeds:
    """What makes the session say what the parcel says."""
    state = session.state
    ever = {act.body["id"]: act.at for act in session.acts if act.deed is Deed.ANNOTATE}
    had = Counter(_content(a) for a in state.annotations.values())
    came = Counter[tuple[object, ...]]()
    sides = {unit.id: counterpart(unit)[0] for unit in parcel.units}
    for one in parcel.annotations:
        unit = units[names[one.unit]]
        one = replace(one, unit=unit.id, side=_side(one.side, sides[one.unit], unit))
        if one.end > len(unit.text(one.side)):
            raise BadExchange(
                f"{session.path}: unit {unit.id} has another text than the file: import into a session of its own"
            )
        if one.id:
            there = state.annotations.get(one.id)
            if there is not None and (replace(there, at=one.at) == one or one.at < there.at):
                continue
            # What was taken away since it was exported stays away.
            if there is None and one.id in ever and one.at <= ever[one.id]:
                continue
            at = "" if there is not None and one.at == there.at else one.at
        else:
            content = _content(one)
            came[content] += 1
            one = replace(one, id=digest(*map(str, content), str(came[content]), size=16))
            if came[content] <= had[content] or one.id in ever:
                continue
            at = one.at
        yield at, one.reviewer, Deed.ANNOTATE, one.unit, body_of(one)
    for (unit_id, reviewer), disposition in parcel.dispositions.items():
        name = names[unit_id]
        if state.dispositions.get((name, reviewer)) is not disposition:
            yield "", reviewer, Deed.DISPOSE, name, {"disposition": disposition}
    for unit_id, reviewer in parcel.seen:
        if (names[unit_id], reviewer) not in state.seen:
            yield "", reviewer, Deed.SEE, names[unit_id], {}


def _side(side: Side, other: Side, unit: Unit) -> Side:
    """The side of the session's unit: what the file has as source may be its reference."""
    return counterpart(unit)[0] if side is other else side


def _content(annotation: Annotation) -> tuple[object, ...]:
    a = annotation
    return a.unit, a.reviewer, a.side.value, a.start, a.end, a.category, a.severity.value
