"""The footer: the keys that can be pressed now."""

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer


class KeyBar(Footer):
    """Textual's footer, made anew only when there are other keys: that takes longer than what most keys do."""

    _listed: tuple[tuple[Binding, bool, str], ...] = ()

    def bindings_changed(self, screen: Screen[object]) -> None:
        """List the keys, unless they are listed already."""
        if screen is not self.screen or not screen.app.app_focus:
            # Textual's does nothing either, and is told again.
            super().bindings_changed(screen)
            return
        listed = tuple((binding, enabled, told) for _, binding, enabled, told in screen.active_bindings.values())
        if listed != self._listed:
            self._listed = listed
            super().bindings_changed(screen)
