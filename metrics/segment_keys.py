"""Names for the segments of a text that hang on their content."""

from collections import Counter, deque
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from metrics.model import Segment
from metrics.passages import repeat_name


class SegmentKeys(NamedTuple):
    """For each segment its key, and for each key the id of its segment.

    A key is a digest of the segment's text, and for repeats, from the second on, which one: `ab12…`, `ab12…-2`.
    """

    keys: tuple[str, ...]
    ids: dict[str, int]


#: The sides that were asked for last: a text of 100,000 segments takes a second, and is asked for at each correction.
_LAST: deque[tuple[Sequence[Segment], SegmentKeys]] = deque(maxlen=4)


def segment_keys(segments: Sequence[Segment]) -> SegmentKeys:
    """The keys of all segments of a text."""
    for known, keys in tuple(_LAST):
        if known is segments:
            return keys
    repeats: Counter[str] = Counter()
    names = []
    for segment in segments:
        digest = blake2b(segment.text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        repeats[digest] += 1
        names.append(repeat_name(digest, repeats[digest]))
    keys = SegmentKeys(tuple(names), {name: segment.id for name, segment in zip(names, segments, strict=True)})
    _LAST.append((segments, keys))
    return keys
