"""The sentences around a passage, on each side in its own order."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from metrics.model import Excerpt, Segment

#: Sentences of context on each side, at most.
MAXIMUM_CONTEXT = 5


def surroundings(
    segments: Sequence[Segment], excerpt: Excerpt, count: int
) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Up to `count` segments before and after an excerpt, or around the place of an empty one."""
    if excerpt.segments:
        first, last = min(excerpt.segments), max(excerpt.segments) + 1
    else:
        first = bisect_right(segments, excerpt.start, key=lambda segment: segment.end)
        last = bisect_left(segments, excerpt.start, lo=first, key=lambda segment: segment.start)
    return segments[max(0, first - count) : first], segments[last : last + count]
