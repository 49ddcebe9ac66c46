"""Between a passage's text, white space collapsed, and the raw text that it comes from."""

from bisect import bisect_left
from collections.abc import Sequence

from metrics.model import Document, Excerpt, Segment, Span


class Places:
    """Where the characters of an excerpt's text stand in the document.

    Both hold the same characters in the same order but for white space, so the n-th of one is the n-th of
    the other.
    """

    def __init__(self, document: Document, segments: Sequence[Segment], excerpt: Excerpt) -> None:
        self._excerpt = excerpt
        self._raw = [
            at
            for i in excerpt.segments
            for at in range(segments[i].start, segments[i].end)
            if not document.text[at].isspace()
        ]
        self._text = [at for at, character in enumerate(excerpt.text) if not character.isspace()]

    def raw(self, span: Span) -> Span:
        """The range of the document's text that a non-empty range of the excerpt's text is."""
        first, last = self._within(self._text, span)
        return Span(self._raw[first], self._raw[last - 1] + 1)

    def text(self, span: Span) -> Span:
        """The range of the excerpt's text that holds what of a range of the document's text is the excerpt's."""
        first, last = self._within(self._raw, span)
        if last <= first:
            return Span(0, 0)
        return Span(self._text[first], self._text[last - 1] + 1)

    @staticmethod
    def _within(places: Sequence[int], span: Span) -> tuple[int, int]:
        return bisect_left(places, span.start), bisect_left(places, span.end)
