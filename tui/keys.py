"""Names of keys, as users write them and as Textual has them."""

from collections.abc import Mapping
from difflib import get_close_matches

from textual.binding import Binding
from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, key_to_character

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
#: Keys with a name of their own. Terminals send the enter key for what is called return.
_NAMED = frozenset(name for key in Keys if (name := key.value).isalnum() and name != "return")
#: How the same keys are called elsewhere.
_ELSEWHERE: Mapping[str, str] = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "bksp": "backspace",
    "spacebar": "space",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
    "win": "super",
}
#: Terminals send for these what they send for the other key.
_SAME = {alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases} | {"ctrl+h": "backspace"}


def key_named(name: str) -> tuple[str | None, str]:
    """Textual's name of a key; or None, and what to write instead.

    A key is one character, a name such as `space`, `f2` or `question_mark`, or these after `ctrl+`, `alt+`, `shift+`.
    """
    if not name:
        return None, 'name one, and write "comma" for that key itself'
    if name in _SAME:
        return None, f'it sends "{_SAME[name]}" instead: write that'
    *modifiers, base = _parts(name)
    key = _base(base)
    if key is not None and len(key) == 1 and modifiers == ["shift"] and key.isalpha():
        return None, f'write "{key.upper()}"'
    if key is not None and len(key) == 1 and modifiers:
        # Terminals tell no capital letters from small ones here.
        base, key = key.lower(), key if key == key.lower() else None
    if key is not None and all(modifier in _MODIFIERS for modifier in modifiers):
        return "+".join([*sorted(set(modifiers)), key]), ""
    parts = [*(_near(modifier, _MODIFIERS) for modifier in modifiers), base if _base(base) else _near(base, _NAMED)]
    if None in parts:
        return None, 'write one character, or a name such as "space", "f2" or "ctrl+d"'
    return None, f'did you mean "{"+".join(part for part in parts if part)}"?'


def _parts(name: str) -> list[str]:
    """The modifiers and the key, which may be the plus sign itself."""
    if name == "+" or name.endswith("++"):
        return [*name[:-1].rstrip("+").split("+"), "+"] if name != "+" else ["+"]
    return name.split("+")


def _base(name: str) -> str | None:
    """Textual's name of a key without modifiers."""
    if name in _NAMED or name in REPLACED_KEYS:
        return name
    character = name if len(name) == 1 else key_to_character(name)
    if character is None or len(character) != 1 or not (character.isprintable() or character == " "):
        return None
    # Of a character there are several names, and one that Textual knows it by.
    (binding,) = Binding.make_bindings([Binding({",": "comma", " ": "space"}.get(character, character), "")])
    return binding.key


def _near(name: str, names: frozenset[str] | tuple[str, ...]) -> str | None:
    if name.lower() in names:
        return name.lower()
    if name.lower() in _ELSEWHERE:
        return _ELSEWHERE[name.lower()]
    near = get_close_matches(name.lower(), names, n=1)
    return near[0] if near else None
