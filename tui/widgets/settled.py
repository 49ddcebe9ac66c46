"""Widgets that are laid out once where Textual would do it twice, and not at all where nothing has changed.

Textual's widgets ask for a further layout when they got another size by one. Those around them have had their share in
the first, so nothing comes of it but time; a scroll bar that comes or goes asks for one by itself.
"""

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.visual import VisualType
from textual.widgets import Static


class SettledVertical(Vertical):
    """A column."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)


class SettledScroll(VerticalScroll):
    """A column that scrolls."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)


class SettledText(Static):
    """Text that is drawn anew only where it is another."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show `content`."""
        before = self.content
        # What is equal may have other styles.
        if not (isinstance(content, Content) and isinstance(before, Content) and before.is_same(content)):
            super().update(content, layout=layout)
