"""TMX 1.4b: a `tu` for each unit, a `tuv` for each of its texts.

Source: TMX 1.4b Specification, OSCAR Recommendation, 26 April 2005. Candidate and reference share a language, so a
`prop` of the type `x-role` tells which is which. What reviewers said stands in properties as JSON, and in notes for
people, which are not read back.
"""

from collections import Counter
from typing import TYPE_CHECKING

import metrics
from metrics.mqm.exchange.fields import (
    Fields,
    annotation_from,
    annotation_values,
    bad,
    from_json,
    properties,
    said_in,
    to_json,
    unit_from,
)
from metrics.mqm.exchange.markup import XML_LANG, append, character, parsed, pieces, serialised, shown
from metrics.mqm.exchange.parcel import Parcel, counterpart
from metrics.mqm.model import Annotation, Disposition, Side, Unit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROLE = "x-role"
_UNIT = "x-bleupencil-unit"
_ANNOTATION = "x-bleupencil-annotation"
#: The type of a placeholder for a character that XML cannot hold.
_CODE = "x-code-point"


def write(parcel: Parcel) -> tuple[str, Counter[str]]:
    """The text of a file; all characters have a place in it."""
    from xml.etree.ElementTree import Element, SubElement

    root = Element("tmx", version="1.4")
    header = {"creationtool": "bleupencil", "creationtoolversion": metrics.__version__, "segtype": "sentence"}
    kinds = {"o-tmf": "bleupencil", "adminlang": "en", "srclang": "*all*", "datatype": "plaintext"}
    SubElement(root, "header", header | kinds)
    body = SubElement(root, "body")
    for said in parcel.by_unit():
        unit = said.unit
        tu = SubElement(body, "tu", tuid=shown(unit.id))
        for one in said.annotations:
            SubElement(tu, "note").text = _note(one, unit)
        SubElement(tu, "prop", type=_UNIT).text = to_json(properties(said))
        for one in said.annotations:
            SubElement(tu, "prop", type=_ANNOTATION).text = to_json(annotation_values(one))
        other = counterpart(unit)[0]
        for side in (other, Side.CANDIDATE, *({Side.REFERENCE} - {other} if unit.reference else ())):
            tuv = SubElement(tu, "tuv", {XML_LANG: "und" if side is Side.SOURCE else parcel.language})
            SubElement(tuv, "prop", type=_ROLE).text = side
            _fill(SubElement(tuv, "seg"), unit.text(side))
    return serialised(root, ["seg"]), Counter()


def _note(annotation: Annotation, unit: Unit) -> str:
    marked = unit.text(annotation.side)[annotation.start : annotation.end]
    words = f" “{marked}”" if marked else ""
    note = f": {annotation.note}" if annotation.note else ""
    return shown(f"{annotation.reviewer}, {annotation.severity}, {annotation.category}{words}{note}")


def _fill(seg: "Element", text: str) -> None:
    from xml.etree.ElementTree import SubElement

    for run, code in pieces(text):
        append(seg, run)
        if code:
            SubElement(seg, "ph", type=_CODE).text = code


def read(raw: bytes, name: str) -> Parcel:
    """What a file holds that bleupencil exported: others tell nothing of roles."""
    root = parsed(raw, name)
    if root.tag != "tmx":
        raise bad(name, 1, "no TMX", "import what bleupencil exported as tmx")
    units: dict[str, Unit] = {}
    annotations: list[Annotation] = []
    dispositions: dict[tuple[str, str], Disposition] = {}
    seen: list[tuple[str, str]] = []
    for number, tu in enumerate(root.iter("tu"), 1):
        place = f"unit {number}"
        texts = {_property(tuv, _ROLE): _text(tuv.find("seg"), name, place) for tuv in tu.iter("tuv")}
        if Side.CANDIDATE not in texts:
            raise bad(name, place, f"no text has the {_ROLE} 'candidate'", "import what bleupencil exported as tmx")
        values = from_json(_property(tu, _UNIT) or "{}", name, place)
        unit = unit_from(Fields({**values.values, **texts, "position": len(units)}, name, place))
        units[unit.id] = unit
        said = [prop.text or "" for prop in tu.findall("prop") if prop.get("type") == _ANNOTATION]
        annotations += [annotation_from(from_json(text, name, place), unit) for text in said]
        judged, who_saw = said_in(values, unit.id)
        dispositions |= judged
        seen += who_saw
    return Parcel(tuple(units.values()), tuple(annotations), dispositions, tuple(seen))


def _property(element: "Element", kind: str) -> str:
    return next((prop.text or "" for prop in element.findall("prop") if prop.get("type") == kind), "")


def _text(seg: "Element | None", name: str, place: str) -> str:
    if seg is None:
        return ""
    text = seg.text or ""
    for child in seg:
        if child.tag == "ph" and child.get("type") == _CODE:
            text += character(child.text or "", name, place)
        text += child.tail or ""
    return text
