"""XLIFF 2.1 with the localization quality issues of ITS 2.0.

Sources: XLIFF Version 2.1, OASIS Standard, 13 February 2018; Internationalization Tag Set 2.0, W3C Recommendation,
29 October 2013, section 8.17. The candidate is the `target`; `source` is the source, or in its absence the reference.
Each annotation on a range of either is a mark with an issue's attributes, and what ITS has no attribute for stands in
metadata as JSON. Issues that other programs add are read as well.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from metrics.model import Severity
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
from metrics.mqm.exchange.inline import CORE, ITS, Inline, Marked, fill, inline
from metrics.mqm.exchange.markup import XML_ID, XML_SPACE, parsed, serialised, shown
from metrics.mqm.exchange.parcel import Parcel, Said, counterpart
from metrics.mqm.model import Annotation, Disposition, Side, Unit
from metrics.mqm.typology import spelled

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MDA = "{urn:oasis:names:tc:xliff:metadata:2.0}"
_OURS = "bleupencil"
_ISSUE = f"{ITS}locQualityIssue"
_REFERENCE = f"{ITS}locQualityIssuesRef"
# In the namespace on elements of others, without one on ITS's own.
_TYPE, _COMMENT, _SEVERITY = "locQualityIssueType", "locQualityIssueComment", "locQualityIssueSeverity"
#: ITS counts severity from 0 to 100.
_SEVERITIES = {Severity.NEUTRAL: 0, Severity.MINOR: 33, Severity.MAJOR: 67, Severity.CRITICAL: 100}
#: ITS types by the subtype of a category, or else by its dimension; where neither is here, `other`.
_TYPES = {
    **{
        name: name
        for name in ("terminology", "mistranslation", "omission", "untranslated", "addition", "inconsistency")
    },
    **{name: name for name in ("grammar", "style", "register", "formatting", "markup")},
    "accuracy": "mistranslation",
    "untranslated-text": "untranslated",
    "spelling": "misspelling",
    "punctuation": "typographical",
    "character-encoding": "characters",
    "inconsistent-external-reference": "inconsistency",
    "locale-convention": "locale-violation",
    "culture-specific": "locale-specific-content",
    "design": "formatting",
    "truncation-text-expansion": "length",
}


def write(parcel: Parcel) -> tuple[str, Counter[str]]:
    """The text of a file; all characters have a place in it."""
    from xml.etree import ElementTree
    from xml.etree.ElementTree import Element, SubElement

    for prefix, namespace in (("", CORE), ("its", ITS), ("mda", _MDA)):
        ElementTree.register_namespace(prefix, namespace[1:-1])
    source = "und" if any(unit.source for unit in parcel.units) else parcel.language
    attributes = {"version": "2.1", "srcLang": source, "trgLang": parcel.language, f"{ITS}version": "2.0"}
    root = Element(f"{CORE}xliff", attributes)
    file = SubElement(root, f"{CORE}file", id="f1")
    for number, said in enumerate(parcel.by_unit(), 1):
        _write_unit(SubElement(file, f"{CORE}unit", {"id": f"u{number}", XML_SPACE: "preserve"}), said)
    return serialised(root, [f"{CORE}source", f"{CORE}target"]), Counter()


def _write_unit(element: "Element", said: Said) -> None:
    from xml.etree.ElementTree import Element, SubElement

    unit = said.unit
    side, text = counterpart(unit)
    marks: dict[Side, list[Inline]] = {side: [], Side.CANDIDATE: []}
    issues = Element(f"{ITS}locQualityIssues", {XML_ID: f"{element.get('id')}-issues"})
    metadata = Element(f"{_MDA}metadata")
    group = SubElement(metadata, f"{_MDA}metaGroup", category=_OURS)
    more = {"counterpart": side, "reference": unit.reference if side is Side.SOURCE else ""}
    SubElement(group, f"{_MDA}meta", type="unit").text = to_json(properties(said) | more)
    for number, one in enumerate(said.annotations, 1):
        values = annotation_values(one)
        if one.side in marks and (one.start, one.end) != (0, 0):
            values["mark"] = f"m{number}"
            del values["start"], values["end"]
            marks[one.side].append(Inline(values["mark"], one.start, one.end, _issue(one, ITS)))
        else:
            SubElement(issues, _ISSUE, _issue(one))
        SubElement(group, f"{_MDA}meta", type="annotation").text = to_json(values)
    if len(issues):
        element.set(_REFERENCE, f"#{element.get('id')}-issues")
        element.append(issues)
    element.append(metadata)
    judged = said.annotations or said.dispositions
    state = "reviewed" if judged else "translated" if unit.candidate else "initial"
    segment = SubElement(element, f"{CORE}segment", state=state)
    fill(SubElement(segment, f"{CORE}source"), text, marks[side])
    fill(SubElement(segment, f"{CORE}target"), unit.candidate, marks[Side.CANDIDATE])


def _issue(annotation: Annotation, prefix: str = "") -> dict[str, str]:
    """The attributes of an issue. The comment is for people: the note as it is stands in the metadata."""
    parts = spelled(annotation.category).split("/")
    comment = " · ".join(filter(None, (annotation.reviewer, annotation.category, annotation.note)))
    return {
        f"{prefix}{_TYPE}": _TYPES.get(parts[-1]) or _TYPES.get(parts[0]) or "other",
        f"{prefix}{_COMMENT}": shown(comment),
        f"{prefix}{_SEVERITY}": str(_SEVERITIES[annotation.severity]),
    }


def read(raw: bytes, name: str) -> Parcel:
    """What a file holds; the segments of a unit are one text. Issues of other programs have no reviewer."""
    root = parsed(raw, name)
    if root.tag != f"{CORE}xliff":
        raise bad(name, 1, "no XLIFF 2", "save it as XLIFF 2.0 or 2.1")
    units: dict[str, Unit] = {}
    annotations: list[Annotation] = []
    dispositions: dict[tuple[str, str], Disposition] = {}
    seen: list[tuple[str, str]] = []
    for number, element in enumerate(root.iter(f"{CORE}unit"), 1):
        reader = _Reader(element, name, f"unit {number}")
        unit = reader.unit(len(units))
        units[unit.id] = unit
        annotations += reader.annotations(unit)
        judged, who_saw = said_in(reader.properties, unit.id)
        dispositions |= judged
        seen += who_saw
    return Parcel(tuple(units.values()), tuple(annotations), dispositions, tuple(seen))


class _Reader:
    """A unit of a file."""

    def __init__(self, element: "Element", name: str, place: str) -> None:
        self._name, self._place, self._element = name, place, element
        metas = [meta for group in element.iter(f"{_MDA}metaGroup") if group.get("category") == _OURS for meta in group]
        kinds: dict[str, list[Fields]] = {"unit": [], "annotation": []}
        for meta in metas:
            kinds.setdefault(meta.get("type", ""), []).append(from_json(meta.text or "", name, place))
        self.properties = kinds["unit"][0] if kinds["unit"] else Fields({}, name, place)
        self._ours = kinds["annotation"]
        self._source = self._joined("source")
        self._target = self._joined("target")
        self._side = self.properties.choice("counterpart", Side, Side.SOURCE)

    def _joined(self, tag: str) -> Marked:
        """The text of all segments and of what stands between them."""
        whole = Marked()
        for part in self._element:
            if part.tag in (f"{CORE}segment", f"{CORE}ignorable"):
                whole.add(inline(part.find(f"{CORE}{tag}"), self._name, self._place))
        return whole

    def unit(self, position: int) -> Unit:
        values = {**self.properties.values, self._side: self._source.text, "candidate": self._target.text}
        if not self.properties.values:
            values["segment"] = self._element.get("id", "")
        return unit_from(Fields({**values, "position": position}, self._name, self._place))

    def annotations(self, unit: Unit) -> Iterator[Annotation]:
        """Ours, then those that other programs have added."""
        ours: set[str] = set()
        for fields in self._ours:
            mark = fields.text("mark")
            found = self._side_of(mark)
            if mark and not found:
                # Another program has taken the mark away, and with it the issue.
                continue
            ours.add(mark)
            place = {"side": found[0], "start": found[1].start, "end": found[1].end} if found else {}
            yield annotation_from(Fields({**fields.values, **place}, self._name, self._place), unit)
        for side, marked in ((self._side, self._source), (Side.CANDIDATE, self._target)):
            for mark, one in marked.marks.items():
                if mark not in ours:
                    yield from self._foreign(one.attributes, unit, {"side": side, "start": one.start, "end": one.end})
        if "" not in ours:
            yield from self._foreign(self._element.attrib, unit, {"side": Side.CANDIDATE})

    def _side_of(self, mark: str) -> tuple[Side, Inline] | None:
        for side, marked in ((self._side, self._source), (Side.CANDIDATE, self._target)):
            if mark in marked.marks:
                return side, marked.marks[mark]
        return None

    def _foreign(self, attributes: Mapping[str, str], unit: Unit, where: dict[str, Any]) -> Iterator[Annotation]:
        """The issues that attributes hold, or refer to."""
        own = {key.removeprefix(ITS): value for key, value in attributes.items() if key.startswith(ITS)}
        issues: list[Mapping[str, str]] = [own] if _TYPE in own or _COMMENT in own else []
        for group in self._element.iter(f"{ITS}locQualityIssues"):
            if attributes.get(_REFERENCE) == f"#{group.get(XML_ID)}":
                issues += [issue.attrib for issue in group.iter(_ISSUE)]
        for issue in issues:
            values = {
                **where,
                "category": issue.get(_TYPE, "other"),
                "severity": self._severity(issue.get(_SEVERITY, "")),
                "note": issue.get(_COMMENT, ""),
            }
            yield annotation_from(Fields(values, self._name, self._place), unit)

    def _severity(self, text: str) -> Severity:
        """The severity that is nearest to a figure in 0…100; minor where there is none."""
        try:
            figure = float(text or _SEVERITIES[Severity.MINOR])
        except ValueError:
            figure = -1
        if not 0 <= figure <= 100:
            raise bad(self._name, self._place, f"severity {text[:40]!r}", "write a number from 0 to 100")
        return min(_SEVERITIES, key=lambda severity: abs(_SEVERITIES[severity] - figure))
