"""Units and annotations as names and values, and their checks: what every format has in some dress."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from metrics.errors import BadExchange
from metrics.model import Kind, Severity
from metrics.mqm.exchange.parcel import Said, digest, kind_of
from metrics.mqm.model import Act, Annotation, Disposition, Side, Unit
from metrics.mqm.store import Texts
from metrics.visible import clean

Choice = TypeVar("Choice", bound=StrEnum)

#: What `whole` counts.
HALVES = "half characters, for which U+FFFD stands"
#: The largest number that every reader of JSON takes for what it is.
_LARGEST = 2**53 - 1
# What a line of text, or XML, may not hold as it is.
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def bad(name: str, line: int | str, what: str, remedy: str) -> BadExchange:
    """The error that a line, or another place, of a file makes no sense."""
    return BadExchange(f"{clean(name)}:{line}: {clean(what)}: {remedy}")


def decoded(raw: bytes, name: str) -> str:
    """The text of a file. Raises `BadExchange` where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise bad(name, line, "bytes that are not UTF-8", "save the file as UTF-8") from None


@dataclass(frozen=True, slots=True)
class Fields:
    """Values from a place in a file, untrusted. What is absent is empty, or 0; every door raises `BadExchange`."""

    values: Mapping[str, Any]
    name: str
    line: int | str

    def text(self, key: str) -> str:
        """Any text."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.bad(f"{key} is no text", "write text")
        return value

    def number(self, key: str) -> int:
        """A whole number, 0 and up; digits stand for one."""
        value = self.values.get(key) or 0
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,16}", value):
            value = int(value)
        if type(value) is not int or not 0 <= value <= _LARGEST:
            raise self.bad(f"{key} is no number: {str(value)[:40]!r}", "write a whole number, 0 or more")
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of a few names, in whatever case."""
        value = self.text(key).strip().lower()
        if not value and default is not None:
            return default
        try:
            return kind(value)
        except ValueError:
            raise self.bad(f"unknown {key} {value[:40]!r}", f"use one of {', '.join(kind)}") from None

    def time(self, key: str) -> str:
        """A time in ISO 8601, as it stands, or nothing."""
        value = self.text(key)
        try:
            if value:
                datetime.fromisoformat(value)
        except ValueError:
            raise self.bad(f"{key} is no time: {value[:40]!r}", "use ISO 8601: 2026-11-24T09:30:00+00:00") from None
        return value

    def fields(self, key: str) -> "Fields":
        """An object in this one, such as JSON has."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.bad(f"{key} is no JSON object", "export the file again")
        return Fields(value, self.name, self.line)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.bad(f"{key} is no list of texts", "export the file again")
        return tuple(values)

    def bad(self, what: str, remedy: str) -> BadExchange:
        """The error that something here makes no sense."""
        return bad(self.name, self.line, what, remedy)


def from_json(text: str, name: str, line: int | str) -> Fields:
    """A JSON object. Raises `BadExchange` for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise bad(name, line, "no JSON, or not all of it", "export the file again, or remove the line") from None
    if not isinstance(value, dict):
        raise bad(name, line, "JSON, but no object", "export the file again, or remove the line")
    return Fields(value, name, line)


def whole(text: str) -> tuple[str, int]:
    """A text as UTF-8 can hold it, and how many half characters (lone surrogates) U+FFFD stands for."""
    return _SURROGATE.subn("\ufffd", text)


def to_json(value: Mapping[str, Any]) -> str:
    """JSON on one line, which any text file and any XML can hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def values_of(value: Unit | Annotation | Act | Texts) -> dict[str, Any]:
    """The fields of a value by their names, not copied."""
    return {name: getattr(value, name) for name in value.__slots__}


def unit_from(fields: Fields) -> Unit:
    """A unit; one without an id gets one that hangs on its texts and names, and one without a kind the likely one."""
    candidate, reference, source = map(fields.text, ("candidate", "reference", "source"))
    unit = Unit(
        fields.text("id"),
        fields.number("position"),
        fields.choice("kind", Kind, kind_of(candidate, source or reference)),
        candidate,
        reference,
        fields.text("system"),
        fields.text("document"),
        fields.text("segment"),
        fields.number("line"),
        source,
    )
    return unit if unit.id else replace(unit, id=unit_id(unit))


def unit_id(unit: Unit) -> str:
    """An id for a unit that comes without: a digest of its texts and of where it stands."""
    texts = unit.source, unit.candidate, unit.reference
    return digest(*texts, unit.system, unit.document, unit.segment, str(unit.line))


def annotation_values(annotation: Annotation) -> dict[str, Any]:
    """The fields of an annotation but for its unit."""
    values = values_of(annotation)
    del values["unit"]
    return values


def annotation_from(fields: Fields, unit: Unit | str) -> Annotation:
    """An annotation of `unit`, whose range lies in its text; where only the unit's id is known, that is not checked."""
    annotation = Annotation(
        fields.text("id"),
        unit if isinstance(unit, str) else unit.id,
        fields.text("reviewer"),
        fields.choice("side", Side, Side.CANDIDATE),
        fields.number("start"),
        fields.number("end"),
        fields.text("category"),
        fields.choice("severity", Severity),
        fields.text("note"),
        fields.text("origin"),
        fields.time("at"),
    )
    length = annotation.end if isinstance(unit, str) else len(unit.text(annotation.side))
    if not annotation.start <= annotation.end <= length:
        where = f"{annotation.start} to {annotation.end} is no range of the {annotation.side}"
        raise fields.bad(where, "correct start and end")
    return annotation


def properties(said: Said) -> dict[str, Any]:
    """What most formats have no field for: a unit's names, and what was said of it besides annotations."""
    names = ("id", "kind", "system", "document", "segment", "line")
    values = {name: getattr(said.unit, name) for name in names}
    return values | {"dispositions": dict(said.dispositions), "seen": said.seen}


def said_in(values: Fields, unit: str) -> tuple[dict[tuple[str, str], Disposition], list[tuple[str, str]]]:
    """The dispositions, and who saw the unit, in its properties."""
    judged = values.fields("dispositions")
    dispositions = {(unit, reviewer): judged.choice(reviewer, Disposition) for reviewer in judged.values}
    return dispositions, [(unit, reviewer) for reviewer in values.texts("seen")]
