"""The gaps between linked text, and what the surroundings of each line in them say."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from metrics.furniture.lines import Line, is_ended, read_line
from metrics.model import Document, Segment
from metrics.patterns import pattern
from metrics.words import UNSPACED, is_unspaced

#: A linked segment with neither a linked neighbour nor final punctuation counts as the article's only from
#: this many characters on: a word of the menu finds its like in any article.
_FIRM = 40
#: Words from which a text's first line without final punctuation is its title.
_TITLE = 4
#: This many furniture-like lines away from the article, a line is wholly beyond it.
_BEYOND = 6

_PIECES = pattern(r" [|•·»›–—-]+ | ?[|•·:»›｜：] ?")
_TOPIC_WORD, _TOPIC_WORD_AMONG_UNSPACED = pattern(r"[^\W\d_]{4,}"), pattern(rf"[^\W\d_{UNSPACED}]{{4,}}")
_TOPIC_PAIR = pattern(rf"(?=([{UNSPACED}]{{2}}))")
#: Words are compared by so many letters, which takes off most endings.
_STEM = 5


class Place(StrEnum):
    """Where a gap lies among the linked text; `ALONE` where nothing is linked."""

    BEFORE = "before"
    BETWEEN = "between"
    AFTER = "after"
    ALONE = "alone"

    @property
    def follows_text(self) -> bool:
        """Whether linked text stands before the gap."""
        return self in (Place.BETWEEN, Place.AFTER)

    @property
    def precedes_text(self) -> bool:
        """Whether linked text stands behind the gap."""
        return self in (Place.BEFORE, Place.BETWEEN)


@dataclass(slots=True)
class Gap:
    """Lines that follow each other with no linked text between them."""

    place: Place
    lines: list[Line] = field(default_factory=list)


def find_gaps(
    document: Document, segments: Sequence[Segment], linked: Collection[int], other: Sequence[Segment]
) -> list[Gap]:
    """The gaps of a text, with all evidence on their lines."""
    gaps = list(_gaps(segments, linked))
    lines: list[Line | None] = [None] * len(segments)
    for gap in gaps:
        for line in gap.lines:
            lines[line.segment.id] = line
        _weigh_distance(gap)
    _weigh_neighbours(document, segments, lines)
    repeats = Counter(piece for line in filter(None, lines) for piece in _pieces(line.segment.text))
    topic = {word for segment in other for word in _topic(segment.text)}
    for line in filter(None, lines):
        text = line.segment.text
        if line.segment.id == 0 and not line.ended and line.size >= _TITLE:
            line.evidence["title"] = 1.0
        if line.sentence:
            repeated = sum(len(piece) for piece in _pieces(text) if repeats[piece] > 1)
            line.evidence["repeated"] = repeated / len(text)
        words = _topic(text)
        if words:
            line.evidence["topic"] = sum(word in topic for word in words) / len(words)
    return gaps


def _gaps(segments: Sequence[Segment], linked: Collection[int]) -> Iterator[Gap]:
    answered = [False, *(segment.id in linked for segment in segments), False]
    gap = Gap(Place.ALONE)
    for i, segment in enumerate(segments, 1):
        if not answered[i]:
            gap.lines.append(read_line(segment))
        elif answered[i - 1] or answered[i + 1] or len(segment.text) >= _FIRM or is_ended(segment.text):
            if gap.lines:
                gap.place = Place.BETWEEN if gap.place is Place.AFTER else Place.BEFORE
                yield gap
            gap = Gap(Place.AFTER)
    if gap.lines:
        yield gap


def _weigh_distance(gap: Gap) -> None:
    """How much furniture lies between a line and the nearest linked text, in either direction."""
    away = [_BEYOND if gap.place is not Place.ALONE else 0] * len(gap.lines)
    for from_text, indices in (
        (gap.place.follows_text, range(len(away))),
        (gap.place.precedes_text, range(len(away) - 1, -1, -1)),
    ):
        passed = 0
        for i in indices if from_text else ():
            away[i] = min(away[i], passed)
            passed += _likeness(gap.lines[i])
    for line, distance in zip(gap.lines, away, strict=True):
        if distance:
            line.evidence["sentence beyond" if line.ended else "line beyond"] = distance / _BEYOND


def _likeness(line: Line) -> int:
    """1 for a furniture-like line, 0 for another; a dated copyright line closes the page by itself."""
    evidence = line.evidence
    if line.sentence:
        return 0
    if "rights" in evidence and "date" in evidence:
        return _BEYOND
    return int(
        line.credit
        or "date" in evidence
        or "rights" in evidence
        or evidence.get("wording", 0.0) > 0.4
        or ("label" in evidence and "colon" not in evidence)
    )


def _weigh_neighbours(document: Document, segments: Sequence[Segment], lines: Sequence[Line | None]) -> None:
    """Credits speak for captions beside them, linked text for what stands in one line with it."""
    for i in range(1, len(segments)):
        before, after = lines[i - 1], lines[i]
        same_block = segments[i - 1].block == segments[i].block
        between = document.text[segments[i - 1].end : segments[i].start]
        same_line = same_block and "\n" not in between and "\r" not in between
        if before is not None and after is not None:
            after.joined = same_line
            if after.credit:
                before.evidence["before credit"] = 1.0
            if before.credit and not same_block and before.evidence.get("wording", 0.0) > 0.5:
                after.evidence["after credit"] = 1.0
        elif same_line:
            for line in (before, after):
                if line is not None:
                    line.evidence["beside linked"] = 1.0


def _pieces(text: str) -> set[str]:
    """The parts that separators cut a line into: a headline apart from the site's name."""
    return {piece for piece in _PIECES.split(text.casefold()) if piece}


def _topic(text: str) -> list[str]:
    folded = text.casefold()
    mixed = is_unspaced(folded)
    words = [word[:_STEM] for word in (_TOPIC_WORD_AMONG_UNSPACED if mixed else _TOPIC_WORD).findall(folded)]
    return words + _TOPIC_PAIR.findall(folded) if mixed else words
