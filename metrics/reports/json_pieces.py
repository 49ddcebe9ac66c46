"""JSON that is written piece by piece, and reads like what `json.dumps` makes of the whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def dumped(value: Any) -> str:
    """JSON as all reports have it: indented by one, characters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=1)


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
