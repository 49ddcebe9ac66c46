"""Typologies and penalty schemes as TOML: a preset by name, or a file of one's own."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.errors import BadDefinition, MissingFile, UsageError
from metrics.reading.source import open_source, read_bytes
from metrics.visible import clean

_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Entries:
    """A table of a definition; `where` names the file and the table, for messages."""

    where: str
    values: Mapping[str, Any]

    def only(self, *keys: str) -> None:
        """Raise `BadDefinition` for a key that is none of `keys`."""
        for key in self.values:
            if key not in keys:
                raise self.bad(f"unknown key {clean(key)!r}", f"write one of {', '.join(keys)}")

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.bad(f"no {key}", f'write {key} = "…"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.bad(f"{key} is no list of texts", f'write {key} = ["…", "…"]')
        return tuple(value)

    def number(self, key: str, default: float) -> float:
        """A number of 0 and up."""
        value = self.values.get(key, default)
        # NaN and infinity are TOML, too; neither can be summed up.
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise self.bad(f"{key} is no number of 0 and up", f"write {key} = {default:g} or another")
        return float(value)

    def table(self, key: str) -> "Entries":
        """A table inside; empty where it is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.bad(f"{key} is no table", f"write [{key}] and its entries below")
        return Entries(f"{self.where}: {key}", value)

    def tables(self, key: str, name: str) -> "tuple[Entries, ...]":
        """A list of tables; empty where it is not there. Messages call each `name` with its number."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.bad(f"{key} is no list of tables", f"write {name}s as tables")
        return tuple(
            Entries(f"{self.where}: {name} {number}{_called(each)}", each) for number, each in enumerate(value, 1)
        )

    def bad(self, what: str, remedy: str) -> BadDefinition:
        """The error that says what is wrong in this table."""
        return BadDefinition(f"{self.where}: {what}: {remedy}")


def read_definition(kind: str, path: str, presets: Sequence[str]) -> Entries:
    """The TOML file at `path`; `kind` and `presets` are for the message where there is none.

    Raises `UsageError` for what looks like the name of a preset and is none, `MissingFile`, `UnreadableFile`, and
    `BadDefinition` for what is no TOML.
    """
    try:
        source = open_source(path)
    except MissingFile as error:
        if path.endswith(".toml"):
            raise
        choices = ", ".join(presets)
        raise UsageError(f"unknown {kind} {clean(path)!r}: choose from {choices}, or name a TOML file") from error
    name = clean(source.name)
    raw = read_bytes(source)
    try:
        return Entries(name, tomllib.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadDefinition(f"{name}:{line}: not UTF-8: save the {kind} as UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        found = _LINE.search(told)
        line = int(found[1]) if found and found[1] else raw.count(b"\n") + 1
        what = clean(_LINE.sub("", told).strip().rstrip("."))
        raise BadDefinition(f"{name}:{line}: not TOML ({what}): mend the line") from None
    except RecursionError:
        raise BadDefinition(f"{name}: nested too deeply: write a {kind} as the documentation shows") from None


def _called(values: Mapping[str, Any]) -> str:
    called = values.get("id")
    return f" ({clean(called)})" if isinstance(called, str) else ""
