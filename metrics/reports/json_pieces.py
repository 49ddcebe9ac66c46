"""JSON that is written piece by piece, and reads like what `json.dumps` makes of the whole."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

#: What JSON may hold as it is, and a terminal would obey: C1 controls, and what turns the direction of a text.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def dumped(value: Any) -> str:
    """JSON as all reports have it: indented by one, characters as they are but for such as a terminal would obey."""
    told = json.dumps(value, ensure_ascii=False, indent=1)
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", told)


def filled(whole: Mapping[str, Any], *lists: Iterable[str]) -> Iterator[str]:
    """`dumped(whole)`, whose last values must be as many empty lists, with `lists` in them, of what is `dumped`."""
    head, *rest = dumped(whole).rsplit("[]", len(lists))
    yield head
    line = head.rpartition("\n")[2]
    indent = "\n" + " " * (len(line) - len(line.lstrip()))
    for values, behind in zip(lists, rest, strict=True):
        sign = "["
        for value in values:
            # Line ends in texts are escaped, so these are those of the indentation.
            yield sign + f"{indent} " + value.replace("\n", f"{indent} ")
            sign = ","
        yield (f"{indent}]" if sign == "," else "[]") + behind
