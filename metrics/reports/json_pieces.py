"""JSON that is written piece by piece, and reads like what `json.dumps` makes of the whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def dumped(value: Any) -> str:
    """JSON as all reports have it: indented by one, characters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def filled(whole: Mapping[str, Any], values: Iterable[str]) -> Iterator[str]:
    """`dumped(whole)`, which must end in an empty list, with `values` in that list; they are `dumped` themselves."""
    before, _, after = dumped(whole).rpartition("[]")
    line = before.rpartition("\n")[2]
    indent = "\n" + " " * (len(line) - len(line.lstrip()))
    yield f"{before}["
    separator = ""
    for value in values:
        # Line ends in texts are escaped, so these are those of the indentation.
        yield separator + f"{indent} " + value.replace("\n", f"{indent} ")
        separator = ","
    yield (indent if separator else "") + f"]{after}"
