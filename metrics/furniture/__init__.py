"""Site furniture: what a page prints around an article, told from text that the other side lacks.

Linked text parts a page into gaps. Each line in a gap has evidence for and against being furniture, from
its shape, its wording, its place and its neighbours; `weights` sums it up. Furniture comes in runs, so a
gap's lines are judged together: each turn from text to furniture or back has its price, and the most
plausible sequence wins (Viterbi 1967, "Error bounds for convolutional codes").
"""

from collections.abc import Collection, Sequence

from metrics.furniture.gaps import Gap, find_gaps
from metrics.furniture.weights import EVIDENCE, JOINED, PLACES, TURNS
from metrics.model import Document, Segment


def find_furniture(
    document: Document, segments: Sequence[Segment], linked: Collection[int], other: Sequence[Segment]
) -> frozenset[int]:
    """The ids of those `segments` that are furniture; none of them is in `linked`.

    `segments` are all of the document's, in order, `linked` the ids of those that stand in a link, and
    `other` the segments of the other text.
    """
    return frozenset(
        line.segment.id
        for gap in find_gaps(document, segments, frozenset(linked), other)
        for line, is_furniture in zip(gap.lines, _judge(gap), strict=True)
        if is_furniture
    )


def _judge(gap: Gap) -> list[bool]:
    """Whether each line of a gap is furniture, by the best sequence of the two states."""
    turn = TURNS[gap.place]
    text, furniture = 0.0, turn if gap.place.follows_text else 0.0
    turned: list[tuple[bool, bool]] = []
    for i, line in enumerate(gap.lines):
        price = turn + JOINED if line.joined else turn
        if i:
            turned.append((furniture + price > text, text + price > furniture))
            text, furniture = max(text, furniture + price), max(furniture, text + price)
        furniture += PLACES[gap.place] + sum(EVIDENCE[name] * value for name, value in line.evidence.items())
    state = furniture + (turn if gap.place.precedes_text else 0.0) > text
    states = [state]
    for to_text, to_furniture in reversed(turned):
        state ^= to_furniture if state else to_text
        states.append(state)
    return states[::-1]
