"""From links to passages: which texts they hold, where those stand, and what they are called."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from metrics.model import Document, Excerpt, Kind, Link, OtherReference, Passage, Place, Segment
from metrics.words import count_words

#: Behind these, no space follows: the script has none.
_UNSPACED_ENDS = ("。", "！", "？", "；", "」", "』", "】", "）")

_LINE_END = re.compile(r"\r\n|\r|\n")


class Maker:
    """Makes the passages of a pair of texts, none of them measured yet."""

    def __init__(
        self,
        candidate: Document,
        reference: Document,
        ours: Sequence[Segment],
        theirs: Sequence[Segment],
        others: Sequence[OtherReference] = (),
    ) -> None:
        """The two texts and all their segments, and further references."""
        self._segments = ours, theirs
        self._lines = _line_starts(candidate.text), _line_starts(reference.text)
        self._others = [_Answers(other) for other in others]

    def passages(self, links: Sequence[Link], places: Sequence[Place]) -> list[Passage]:
        """A passage a link, named; `links` are in document order.

        An empty side stands behind the last match of the candidate, or the last text of the reference.
        """
        repeats: Counter[str] = Counter()
        at = (0, 0)
        passages = []
        for link, place in zip(links, places, strict=True):
            passage = self.passage(link, place, at)
            repeats[passage.id] += 1
            if repeats[passage.id] > 1:
                passage = replace(passage, id=repeat_name(passage.id, repeats[passage.id]))
            passages.append(passage)
            at = behind(passage, at)
        return passages

    def passage(self, link: Link, place: Place, at: tuple[int, int] = (0, 0)) -> Passage:
        """A link's passage, its id the digest of its texts; an empty side stands at its offset in `at`."""
        ours, theirs = self._excerpt(0, link.candidate, at[0]), self._excerpt(1, link.reference, at[1])
        texts = f"{ours.text}\x1f{theirs.text}".encode("utf-8", "surrogatepass")
        digest = blake2b(texts, digest_size=8).hexdigest()
        others = tuple(other.to(link.reference) for other in self._others)
        return Passage(
            digest, place, link.kind, link.similarity, ours, theirs, {}, {}, by_hand=link.by_hand, others=others
        )

    def put(self, passage: Passage, at: tuple[int, int]) -> Passage:
        """The passage with its empty sides at these offsets."""
        if not passage.candidate.segments and passage.candidate.start != at[0]:
            passage = replace(passage, candidate=self._moved(0, passage.candidate, at[0]))
        if not passage.reference.segments and passage.reference.start != at[1]:
            passage = replace(passage, reference=self._moved(1, passage.reference, at[1]))
        return passage

    def _moved(self, side: int, empty: Excerpt, at: int) -> Excerpt:
        return replace(empty, start=at, end=at, line=bisect_right(self._lines[side], at))

    def _excerpt(self, side: int, ids: Sequence[int], otherwise: int) -> Excerpt:
        segments = [self._segments[side][i] for i in ids]
        start = segments[0].start if segments else otherwise
        text = _joined(segments)
        return Excerpt(
            segments=tuple(ids),
            start=start,
            end=segments[-1].end if segments else otherwise,
            line=bisect_right(self._lines[side], start),
            text=text,
            words=count_words(text),
        )


class _Answers:
    """The texts with which a further reference answers segments of the first one, as `Passage.others` has them."""

    def __init__(self, other: OtherReference) -> None:
        self._segments = other.segments
        self._links = {j: link for link in other.links if link.candidate for j in link.reference}

    def to(self, ids: Sequence[int]) -> str | None:
        """The text for a passage that holds these segments of the first reference."""
        links = {link.reference: link for j in ids if (link := self._links.get(j))}
        if not links or not all(set(reference) <= set(ids) for reference in links):
            return None
        return _joined([self._segments[i] for i in sorted(i for link in links.values() for i in link.candidate)])


def behind(passage: Passage, at: tuple[int, int]) -> tuple[int, int]:
    """Where the empty sides of what follows a passage stand, when its own would have stood at `at`."""
    return (
        passage.candidate.end if passage.kind is Kind.MATCH else at[0],
        passage.reference.end if passage.reference.segments else at[1],
    )


def repeat_name(digest: str, number: int) -> str:
    """The id of the number-th passage, or the key of the number-th segment, of the same text; numbers begin at 1."""
    return digest if number == 1 else f"{digest}-{number}"


def digest_in(name: str) -> str:
    """The digest that an id is made of."""
    return name.partition("-")[0]


def _joined(segments: Sequence[Segment]) -> str:
    text = ""
    for part in segments:
        text += part.text if not text or text.endswith(_UNSPACED_ENDS) else f" {part.text}"
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
