"""XML as TMX and XLIFF have it: written with what it cannot hold, read without what it may do."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from metrics.mqm.exchange.fields import bad
from metrics.visible import REPLACEMENT, clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# All that is no Char in XML 1.0, section 2.2, one by one.
_NO_CHARACTER = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff])")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def serialised(root: "Element", texts: Iterable[str]) -> str:
    """The text of a file, a line for each element; the contents of those whose tags are `texts` stand as they are."""
    from xml.etree import ElementTree

    _broken(root, frozenset(texts))
    # A parser turns a bare carriage return into a line feed.
    body = ElementTree.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _broken(element: "Element", texts: frozenset[str]) -> None:
    if len(element) and element.tag not in texts:
        element.text = "\n"
        for child in element:
            child.tail = "\n"
            _broken(child, texts)


def parsed(raw: bytes, name: str) -> "Element":
    """The root of an XML file. Raises `BadExchange`, for entities too: they can swell without end, or open files."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(raw)
    except ParseError as error:
        raise bad(name, error.position[0], f"no XML ({str(error).partition(':')[0]})", "export it again") from None
    except DefusedXmlException:
        raise bad(name, 1, "XML with entities of its own", "export it without them") from None
    except (ValueError, LookupError):
        raise bad(name, 1, "an encoding that is unknown or wrong", "save the file as UTF-8") from None
    return root


def append(element: "Element", text: str) -> None:
    """Add text behind what an element has."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def shown(text: str) -> str:
    """A text for people, without what XML cannot hold."""
    return _NO_CHARACTER.sub(REPLACEMENT, clean(text))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Runs of text that XML can hold, each with the character that follows and that it cannot, in hexadecimal."""
    parts = [*_NO_CHARACTER.split(text), ""]
    for run, character in zip(parts[::2], parts[1::2], strict=True):
        yield run, f"{ord(character):04X}" if character else ""


def character(code: str, name: str, place: str) -> str:
    """The character of a hexadecimal code. Raises `BadExchange`."""
    if re.fullmatch("[0-9A-Fa-f]{1,6}", code) and (number := int(code, 16)) < 0x110000:
        return chr(number)
    raise bad(name, place, f"no character has the code {code[:20]!r}", "use four to six hexadecimal digits")
