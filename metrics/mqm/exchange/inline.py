"""Text with marks inside, as XLIFF 2 has it: `mrk` where marks nest, `sm` and `em` where they cross."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrics.mqm.exchange.fields import bad
from metrics.mqm.exchange.markup import append, character, pieces

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
#: Marks deeper inside each other are written as if they crossed: readers and writers of XML recur.
_DEEPEST = 40


@dataclass
class Inline:
    """A mark on a range of a text. `inner` are the marks in it, in order."""

    id: str
    start: int
    end: int
    attributes: Mapping[str, str]
    inner: "list[Inline]" = field(default_factory=list)


def fill(element: "Element", text: str, marks: Iterable[Inline]) -> None:
    """Write a text and its marks into an empty element."""
    root = Inline("", 0, len(text), {})
    crossing: list[Inline] = []
    inside = [root]
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        while len(inside) > 1 and inside[-1].end <= mark.start:
            inside.pop()
        if mark.end <= inside[-1].end and len(inside) <= _DEEPEST:
            inside[-1].inner.append(mark)
            inside.append(mark)
        else:
            crossing.append(mark)
    points = [(mark.start, "sm", {**_attributes(mark)}) for mark in crossing]
    points += [(mark.end, "em", {"startRef": mark.id}) for mark in crossing]
    # An empty mark's start comes before its end: the sort is stable, and starts are listed first.
    _Writer(text, sorted(points, key=lambda point: point[0])).write(element, root)


def _attributes(mark: Inline) -> dict[str, str]:
    return {"id": mark.id, "type": "its:any", **mark.attributes}


class _Writer:
    def __init__(self, text: str, points: list[tuple[int, str, dict[str, str]]]) -> None:
        self._text = text
        self._points = points
        self._place = 0

    def write(self, element: "Element", mark: Inline) -> None:
        from xml.etree.ElementTree import SubElement

        for inner in mark.inner:
            self._run(element, inner.start)
            self.write(SubElement(element, f"{CORE}mrk", _attributes(inner)), inner)
        self._run(element, mark.end)

    def _run(self, element: "Element", end: int) -> None:
        """The text up to `end`, with the points in it."""
        from xml.etree.ElementTree import SubElement

        while self._points and self._points[0][0] <= end:
            place, tag, attributes = self._points.pop(0)
            self._plain(element, place)
            SubElement(element, f"{CORE}{tag}", attributes)
        self._plain(element, end)

    def _plain(self, element: "Element", end: int) -> None:
        from xml.etree.ElementTree import SubElement

        for run, code in pieces(self._text[self._place : end]):
            append(element, run)
            if code:
                SubElement(element, f"{CORE}cp", hex=code)
        self._place = end


@dataclass
class Marked:
    """A text that was read, and the marks in it, in the order of their starts."""

    text: str = ""
    marks: dict[str, Inline] = field(default_factory=dict)

    def add(self, other: "Marked") -> None:
        """Put another text behind this one."""
        for mark in other.marks.values():
            mark.start += len(self.text)
            mark.end += len(self.text)
        self.marks |= other.marks
        self.text += other.text


def inline(element: "Element | None", name: str, place: str) -> Marked:
    """The text of an element and its marks; what stands for codes of other formats is left out.

    Raises `BadExchange`.
    """
    read = Marked()
    if element is not None:
        try:
            _read(element, read, name, place)
        except RecursionError:
            raise bad(name, place, "marks inside marks without end", "export the file again") from None
    return read


def _read(element: "Element", read: Marked, name: str, place: str) -> None:
    read.text += element.text or ""
    for child in element:
        tag = child.tag.removeprefix(CORE)
        key = child.get("id", "")
        if tag == "cp":
            read.text += character(child.get("hex", ""), name, place)
        elif tag in ("mrk", "sm"):
            mark = read.marks[key] = Inline(key, len(read.text), len(read.text), child.attrib)
            if tag == "mrk":
                _read(child, read, name, place)
                mark.end = len(read.text)
        elif tag == "em":
            if child.get("startRef", "") in read.marks:
                read.marks[child.get("startRef", "")].end = len(read.text)
        elif tag == "pc":
            _read(child, read, name, place)
        read.text += child.tail or ""
