"""What can be done by a key, gathered from the classes that say so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

#: The bindings by the name of the screen or widget in which they hold.
Acts = Mapping[str, Sequence[Binding]]
#: The group of those that hold wherever one is.
EVERYWHERE = "everywhere"


def known_acts() -> dict[str, tuple[Binding, ...]]:
    """The bindings of all screens and widgets of this program, one for each key, and those that hold everywhere."""
    groups: dict[str, tuple[Binding, ...]] = {}
    classes = tuple(_classes())
    for made in classes:
        if any(other is not made and issubclass(other, made) for other in classes):
            # What others are made from is on no screen itself.
            continue
        name = EVERYWHERE if issubclass(made, App) else _said(made.__name__)
        bindings = tuple(_bindings(made))
        if bindings:
            groups[name] = (*groups.get(name, ()), *bindings)
    return groups


def _classes() -> Iterator[type[DOMNode]]:
    """The app first, then what has bindings, in the order of the modules and of what these hold."""
    import tui.screens
    import tui.widgets

    names = ["tui.app"]
    for package in (tui.screens, tui.widgets):
        names += [f"{package.__name__}.{module.name}" for module in iter_modules(package.__path__)]
    for name in names:
        for value in vars(import_module(name)).values():
            if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__ == name:
                yield value


def _said(name: str) -> str:
    """The name of a class in plain words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.strip("_").removesuffix("Screen")).lower()


def _bindings(made: type[DOMNode]) -> Iterator[Binding]:
    """Those of a class and of what it is made from; where both bind a key, the class itself decides.

    Of Textual's own only the app's count: they hold before all others.
    """
    keys: dict[str, list[Binding]] = {}
    for base in reversed(made.__mro__):
        own: Any = vars(base).get("BINDINGS", ())
        if not issubclass(base, DOMNode) or not (base is App or base.__module__.startswith("tui.")):
            continue
        found: dict[str, list[Binding]] = {}
        for binding in Binding.make_bindings(own):
            found.setdefault(binding.key, []).append(binding)
        keys |= found
    if issubclass(made, App) and made.ENABLE_COMMAND_PALETTE:
        keys.setdefault(made.COMMAND_PALETTE_BINDING, []).append(
            Binding(made.COMMAND_PALETTE_BINDING, "command_palette", "palette", priority=True)
        )
    for bindings in keys.values():
        yield from bindings
