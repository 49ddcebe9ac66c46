"""What the command palette offers: every act of the screen by its name, and passages by their words."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from metrics.search import Search
from tui.content import opening, plain

if TYPE_CHECKING:
    from tui.screens.walking import WalkingScreen

#: Passages that the palette lists, cells of their texts, and passages looked at between two signs of life.
_LISTED, _CELLS, _BATCH = 12, 70, 1_000
#: Fewer characters are in nearly every passage.
_SHORTEST = 2


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


def at_once(bindings: Iterable[BindingType]) -> list[BindingType]:
    """The same bindings, obeyed in the order in which keys are pressed, however fast.

    Others are obeyed when a key has come back from the widget that has the focus: what opens a screen or a field would
    come after keys that are meant for it. `check_action` must refuse acts whose keys are wanted by a field.
    """
    return [replace(each, priority=True) if isinstance(each, Binding) else each for each in bindings]


class ReviewCommands(Provider):
    """Offers the screen's actions by their tooltips, and those that have no key."""

    def _commands(self) -> Iterator[tuple[str, str, partial[Coroutine[None, None, None]]]]:
        for binding, keys in commands(self.screen):
            # Those without an id are Textual's, and in the palette anyway.
            if binding.id is not None:
                run = partial(self.screen.run_action, binding.action)
                yield binding.tooltip, f"Key: {' or '.join(keys)}", run
        for name, action in getattr(self.screen, "KEYLESS", {}).items():
            yield name, "", partial(self.screen.run_action, action)

    async def discover(self) -> Hits:
        """Every action."""
        for name, keys, run in self._commands():
            yield DiscoveryHit(name, run, help=keys)

    async def search(self, query: str) -> Hits:
        """Actions whose name matches."""
        matcher = self.matcher(query)
        for name, keys, run in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=keys)


class PassageCommands(Provider):
    """Offers the passages of the queue that have the words typed, first come first."""

    async def search(self, query: str) -> Hits:
        """Passages with a hit on either side."""
        if len(query.strip()) < _SHORTEST:
            return
        screen = cast("WalkingScreen", self.screen)
        search, found = Search.compile(query.strip()), 0
        for row, passage in enumerate(screen.passages):
            if row % _BATCH == 0:
                await asyncio.sleep(0)
            ours, theirs = search.hits(passage)
            if ours or theirs:
                text, at = (passage.candidate.text, ours[0]) if ours else (passage.reference.text, theirs[0])
                shown = opening(text[max(0, at.start - _CELLS // 3) :], _CELLS).rstrip()
                # Below all actions: whose name matches is what was asked for.
                yield Hit(0.1, plain(shown), partial(screen.select_passage, passage.id), help=f"Passage {row + 1}")
                found += 1
                if found == _LISTED:
                    return
