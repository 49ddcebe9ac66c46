"""The command palette's share of the actions: every key with a tooltip is a command too."""

from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any, NamedTuple

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen


class Command(NamedTuple):
    """An action that can be done now, and the keys that do it."""

    binding: Binding
    keys: tuple[str, ...]


def commands(screen: Screen[Any]) -> list[Command]:
    """The actions of a screen's bindings in force, in their order; those without a tooltip are Textual's."""
    found: dict[str, list[Binding]] = {}
    for active in screen.active_bindings.values():
        if active.binding.tooltip:
            found.setdefault(active.binding.action.removeprefix("app."), []).append(active.binding)
    return [
        Command(bindings[0], tuple(screen.app.get_key_display(binding) for binding in bindings))
        for bindings in found.values()
    ]


class ReviewCommands(Provider):
    """Offers the review screen's actions by their tooltips."""

    def _commands(self) -> Iterator[tuple[str, str, partial[Coroutine[None, None, None]]]]:
        for binding, keys in commands(self.screen):
            # Those without an id are Textual's, and in the palette anyway.
            if binding.id is not None:
                run = partial(self.screen.run_action, binding.action)
                yield binding.tooltip, f"Key: {' or '.join(keys)}", run

    async def discover(self) -> Hits:
        """Every action."""
        for name, keys, run in self._commands():
            yield DiscoveryHit(name, run, help=keys)

    async def search(self, query: str) -> Hits:
        """Actions whose tooltip matches."""
        matcher = self.matcher(query)
        for name, keys, run in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=keys)
