"""Keys of the user's own choice: a TOML file that says by which keys acts are done.

    [keys]
    next = "n,down"
    "finding.next" = "j"

What cannot be meant like that is told, a sentence each, and left out; the rest holds. Textual's own notice of clashes
(`App.handle_bindings_clash`) also tells of bindings that clash with themselves, so they are found here, beforehand.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.binding import Binding, Keymap

from metrics.visible import clean
from tui.acts import EVERYWHERE, Acts, known_acts
from tui.keys import key_named

#: What the user wrote, key by key in the order of the file.
_Wanted = dict[str, list[str]]


def load_keymap(path: Path, known: Acts | None = None) -> tuple[Keymap, list[str]]:
    """The keymap in a file for `App.set_keymap`, and what is wrong with the file; without a file there is neither.

    `known` are the acts by screen, those of the program unless given. An act of the user's choice never takes the key
    of another of the same screen, unless that has been given others.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        return {}, [f"{_named(path)}: cannot be read ({reason}): mend it, or remove it; the usual keys hold"]
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [_no_toml(path, error)]
    return _Reading(path, text, known_acts() if known is None else known).keymap(table)


def keymap_listing(keymap: Mapping[str, str] | None = None, known: Acts | None = None) -> str:
    """All acts with the keys that do them, as TOML to be pasted into the file; `keymap` is the one in force."""
    known, keymap = known_acts() if known is None else known, keymap or {}
    lines, listed = ["[keys]"], set[str]()
    for screen, bindings in known.items():
        acts = [name for name in _defaults(bindings) if name not in listed and name not in _fixed(bindings)]
        listed |= set(acts)
        if acts:
            lines += ["", f"# {screen}"]
        for name in acts:
            keys = keymap.get(name) or ",".join(_defaults(bindings)[name])
            binding = next(binding for binding in bindings if binding.id == name)
            meaning = clean(binding.tooltip or binding.description)
            lines.append(f'{_quoted(name)} = "{keys}"{f"  # {meaning}" if meaning else ""}')
    return "\n".join(lines) + "\n"


class _Reading:
    """One file as it is read; `told` is what is wrong with it."""

    def __init__(self, path: Path, text: str, known: Acts) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._known = known
        self._ids = {name for bindings in known.values() for name in _defaults(bindings)}
        self._fixed = {name for bindings in known.values() for name in _fixed(bindings)}
        self.told: list[str] = []

    def keymap(self, table: Mapping[str, Any]) -> tuple[Keymap, list[str]]:
        for name in table:
            if name != "keys":
                self._tell(name, f"{_shown(name)} is nothing that this file may have: write acts under [keys]")
        keys = table.get("keys", {})
        if not isinstance(keys, dict):
            self._tell("keys", 'keys is no table: write [keys], and under it lines such as next = "n,down"')
            keys = {}
        wanted = {name: keys for name, value in _flat(keys) if (keys := self._keys(name, value))}
        while clash := next(self._clashes(wanted), None):
            name, key = clash
            wanted[name].remove(key)
            if not wanted[name]:
                del wanted[name]
        return {name: ",".join(keys) for name, keys in self._with_neighbours(wanted).items()}, self.told

    def _keys(self, name: str, value: object) -> list[str]:
        """The keys that an entry names, in Textual's words."""
        if name not in self._ids:
            near = get_close_matches(name, self._ids, n=1)
            hint = f"did you mean {_quoted(near[0])}?" if near else "'bleupencil review --keys' lists all there are"
            self._tell(name, f"no act is called {_shown(name)}: {hint}")
            return []
        if name in self._fixed:
            self._tell(name, f"{_quoted(name)} stands for several acts, whose keys cannot be changed: remove the line")
            return []
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(key, str) for key in given):
            self._tell(name, f'the keys of {_quoted(name)} are no text: write {_quoted(name)} = "n,down" or the like')
            return []
        keys: list[str] = []
        for each in given:
            key, remedy = key_named(each if isinstance(value, list) and each == "," else each.strip())
            if key is None:
                self._tell(name, f"{_shown(each)} is no key that a terminal sends: {remedy}")
            elif key not in keys:
                keys.append(key)
        return keys

    def _clashes(self, wanted: _Wanted) -> Iterator[tuple[str, str]]:
        """Keys that an act must not have, told as they are met; what is left out may bring others about."""
        everywhere = self._known.get(EVERYWHERE, ())
        for screen, bindings in self._known.items():
            bindings = bindings if screen == EVERYWHERE else (*bindings, *everywhere)
            usual, acts = _in_force(bindings, {}), _in_force(bindings, wanted)
            for place, name in enumerate(wanted):
                for key in acts.get(name, ()):
                    # Between two entries of the file the later gives way.
                    before = [other for other in acts if other not in list(wanted)[place:] and key in acts[other]]
                    # Some share a key as they come, and are done at different times.
                    before = [other for other in before if not (key in usual[name] and key in usual[other])]
                    if before:
                        self._tell(name, _clash(name, key, before[0], before[0] in wanted, screen))
                        yield name, key

    def _with_neighbours(self, wanted: _Wanted) -> _Wanted:
        """Also the acts that share a key with one that is moved: Textual takes it from all of them together."""
        complete, size = dict(wanted), -1
        while len(complete) > size:
            size = len(complete)
            for bindings in self._known.values():
                acts = _defaults(bindings)
                moved = {key for name in complete for key in acts.get(name, ())}
                new = [name for name, keys in acts.items() if name not in self._fixed and moved & set(keys)]
                complete = {name: list(acts[name]) for name in new} | complete
        return complete

    def _tell(self, name: str, what: str) -> None:
        pattern = re.compile(rf"""\s*\[?\s*(?:keys\s*\.\s*)?["']?{re.escape(name)}["']?\s*[]=]""")
        line = next((number for number, line in enumerate(self._lines, 1) if pattern.match(line)), None)
        told = f"{_named(self._path)}{f':{line}' if line else ''}: {what}"
        if told not in self.told:
            self.told.append(told)


def _defaults(bindings: Sequence[Binding]) -> dict[str, list[str]]:
    """The keys of each act that has a name."""
    acts: dict[str, list[str]] = {}
    for binding in bindings:
        if binding.id is not None:
            acts.setdefault(binding.id, []).append(binding.key)
    return acts


def _fixed(bindings: Sequence[Binding]) -> set[str]:
    """The names that stand for several acts of one screen: one key cannot do them all."""
    actions: defaultdict[str, set[str]] = defaultdict(set)
    for binding in bindings:
        if binding.id is not None:
            actions[binding.id].add(binding.action)
    return {name for name, several in actions.items() if len(several) > 1}


def _in_force(bindings: Sequence[Binding], wanted: _Wanted) -> dict[str, Sequence[str]]:
    """The keys of each act; those without a name go by what they are called."""
    acts: dict[str, list[str]] = {}
    for binding in bindings:
        name = binding.id or f"“{binding.description or binding.action}”"
        acts.setdefault(name, []).append(binding.key)
    return {name: wanted.get(name, keys) for name, keys in acts.items()}


def _clash(name: str, key: str, other: str, chosen: bool, screen: str) -> str:
    if chosen:
        return f"{_quoted(name)} has the key {key} of {_quoted(other)} ({screen}): give one of them another"
    if other.startswith("“"):
        return f"{_quoted(name)} cannot have {key}, the key of {other} ({screen}): choose another"
    return (
        f"{_quoted(name)} would take {key} from {_quoted(other)} ({screen}): choose another, or write what "
        f"{_quoted(other)} is to have"
    )


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    """The entries; TOML takes a name with a dot, without quotation marks, for tables in each other."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _quoted(name: str) -> str:
    """The name of an act as TOML has it."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'


def _shown(text: str) -> str:
    """What a user wrote, in a message."""
    text = clean(text)
    return json.dumps(text if len(text) <= 40 else f"{text[:39]}…", ensure_ascii=False)


def _named(path: Path) -> str:
    return clean(str(path))


def _no_toml(path: Path, error: tomllib.TOMLDecodeError) -> str:
    what = clean(str(error))
    found = re.search(r" \(at line (\d+), column \d+\)$", what)
    line = f":{found[1]}" if found else ""
    what = what[: found.start()] if found else what
    return f"{_named(path)}{line}: no TOML ({what}): mend it; names with a dot stand in quotation marks"
