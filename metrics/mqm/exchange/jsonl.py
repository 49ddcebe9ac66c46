"""JSON Lines of our own: units, texts and every act of the journal, so that nothing is lost.

Each line is an object with a `type`: first `session` with the schema's number, then `texts`, `unit` and `act`. Fields
are those of the classes in `metrics.mqm`; a unit also tells whether it is in the texts as they are now. Schema 1; keys
are added, never changed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import metrics
from metrics.mqm.exchange.fields import Fields, annotation_from, decoded, from_json, to_json, unit_from, values_of
from metrics.mqm.exchange.parcel import Parcel
from metrics.mqm.journal import Journal, body_of
from metrics.mqm.model import Act, Deed, Disposition, Unit
from metrics.mqm.store import Texts

SCHEMA = 1


def write(parcel: Parcel) -> tuple[str, Counter[str]]:
    """The text of a file; nothing is lost."""
    return "".join(f"{to_json(line)}\n" for line in _lines(parcel)), Counter()


def _lines(parcel: Parcel) -> Iterator[dict[str, Any]]:
    yield {"type": "session", "schema": SCHEMA, "version": metrics.__version__}
    for texts in parcel.texts:
        yield {"type": "texts", **values_of(texts), "settings": dict(texts.settings)}
    for current, units in ((True, parcel.units), (False, parcel.former)):
        for unit in units:
            yield {"type": "unit", "current": current, **values_of(unit)}
    for act in parcel.acts:
        yield {"type": "act", **values_of(act), "body": dict(act.body)}


def read(raw: bytes, name: str) -> Parcel:
    """What a file holds."""
    texts: list[Texts] = []
    units: dict[bool, list[Unit]] = {True: [], False: []}
    acts: list[Act] = []
    known: dict[str, Unit] = {}
    for number, line in enumerate(decoded(raw, name).split("\n"), 1):
        if not line.strip():
            continue
        fields = from_json(line, name, number)
        match fields.text("type"):
            case "session":
                if fields.number("schema") > SCHEMA:
                    raise fields.bad(f"schema {fields.number('schema')}", "use a newer bleupencil")
            case "texts":
                texts.append(_texts(fields))
            case "unit":
                unit = unit_from(fields)
                known[unit.id] = unit
                units[fields.values.get("current") is not False].append(unit)
            case "act":
                acts.append(_act(fields, known, acts[-1].number if acts else 0))
            case other:
                raise fields.bad(f"unknown type {other[:40]!r}", "use session, texts, unit or act")
    return Parcel(tuple(units[True]), acts=tuple(acts), texts=tuple(texts), former=tuple(units[False]))


def _texts(fields: Fields) -> Texts:
    candidate = fields.text("candidate_path"), fields.text("candidate_digest")
    reference = fields.text("reference_path"), fields.text("reference_digest")
    return Texts(*candidate, *reference, fields.text("language"), fields.fields("settings").values)


def _act(fields: Fields, units: Mapping[str, Unit], last: int) -> Act:
    """An act that comes after the one numbered `last`, and of which the journal can make sense."""
    again = "export the session again"
    deed, unit, reviewer = fields.choice("deed", Deed), fields.text("unit"), fields.text("reviewer")
    number, at, body = fields.number("number"), fields.time("at"), fields.fields("body")
    if number <= last or not reviewer or not at:
        raise fields.bad("an act without reviewer or time, or out of order", again)
    kept = dict(body.values)
    if deed is Deed.ANNOTATE:
        annotation = annotation_from(
            Fields({"reviewer": reviewer, **kept}, fields.name, fields.line), units.get(unit, unit)
        )
        kept = body_of(annotation)
    elif deed is Deed.DISPOSE:
        kept = {"disposition": kept.get("disposition") and body.choice("disposition", Disposition)}
    elif deed in (Deed.UNDO, Deed.REDO):
        kept = {"act": body.number("act")}
        if not 0 < kept["act"] < number:
            raise fields.bad("an act that undoes none before it", again)
    if deed in (Deed.ANNOTATE, Deed.REMOVE) and not body.text("id"):
        raise fields.bad("an act without the id of its annotation", again)
    act = Act(number, at, reviewer, deed, unit, kept)
    try:
        Journal([act])
    except (LookupError, TypeError, ValueError, AttributeError):
        raise fields.bad(f"an act that does not say what it is to {deed}", again) from None
    return act
