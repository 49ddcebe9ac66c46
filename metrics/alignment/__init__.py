"""Sentence alignment: segments × segments → links.

A monotone path first, then passages that were moved across it, then the path again without them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from metrics.alignment.features import Features
from metrics.alignment.groups import tables
from metrics.alignment.moves import find_moves
from metrics.alignment.path import Pair, best_path
from metrics.model import Kind, Link, Segment

_ROUNDS = 3


def align(candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
    """Links that hold every segment exactly once, in the order of the reference.

    A segment that nothing answers is a link of its own, `ADDED` or `OMITTED`, and stands behind the
    one before it in its own text.
    """
    if not candidate or not reference:
        return in_order([], len(candidate), len(reference))
    if [s.text for s in candidate] > [s.text for s in reference]:
        # One order of the two for each pair of texts: ties fall the same way whichever is called candidate.
        links = [replace(k, candidate=k.reference, reference=k.candidate) for k in _links(reference, candidate)]
    else:
        links = _links(candidate, reference)
    return in_order(links, len(candidate), len(reference))


def align_lines(candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
    """Line i with line i, for two texts of the same length.

    Where one side of a pair is blank, the pair is `ADDED` or `OMITTED`, and still holds both lines.
    """
    similarity = Features([s.text for s in candidate], [s.text for s in reference]).cosines_in_step()
    return tuple(
        Link((ours.id,), (theirs.id,), _kind_of_lines(ours.text, theirs.text), round(float(cosine), 4))
        for ours, theirs, cosine in zip(candidate, reference, similarity, strict=True)
    )


def in_order(links: list[Link], candidates: int, references: int) -> tuple[Link, ...]:
    """`links`, which hold both sides, with one for every segment they leave out, by the reference.

    What the reference lacks stands behind the segment before it in the candidate.
    """
    answered = {i: link.reference[0] for link in links for i in link.candidate}
    theirs = {j for link in links for j in link.reference}
    placed = [(link.reference[0], 0, link) for link in links]
    placed += [(j, 0, Link((), (j,), Kind.OMITTED)) for j in range(references) if j not in theirs]
    place, behind = -1, 0
    for i in range(candidates):
        if i in answered:
            place, behind = answered[i], 0
        else:
            behind += 1
            placed.append((place, behind, Link((i,), (), Kind.ADDED)))
    return tuple(link for _, _, link in sorted(placed, key=lambda item: item[:2]))


def _links(candidate: Sequence[Segment], reference: Sequence[Segment]) -> list[Link]:
    """The links that hold both sides, in no order."""
    features = Features([s.text for s in candidate], [s.text for s in reference])
    shapes = tables(features, [s.block for s in candidate], [s.block for s in reference])
    taken_c, taken_r = np.zeros(len(candidate), bool), np.zeros(len(reference), bool)
    moves: list[Pair] = []
    path = best_path(shapes, taken_c, taken_r)
    for _ in range(_ROUNDS):
        found = find_moves(shapes, [*path, *moves])
        if not found:
            break
        moves = [move for move in moves if not any(_share(move, new) for new in found)] + found
        taken_c[:], taken_r[:] = False, False
        for ours, theirs in moves:
            taken_c[ours.start : ours.stop] = True
            taken_r[theirs.start : theirs.stop] = True
        path = best_path(shapes, taken_c, taken_r)
    cosine = {table.shape: table.cosine for table in shapes}
    kinds = [(pair, Kind.MATCH) for pair in path]
    kinds += [(pair, Kind.MOVED if any(_cross(pair, other) for other in path) else Kind.MATCH) for pair in moves]
    return [
        Link(
            tuple(ours), tuple(theirs), kind, round(float(cosine[len(ours), len(theirs)][ours.start, theirs.start]), 4)
        )
        for (ours, theirs), kind in kinds
    ]


def _share(one: Pair, other: Pair) -> bool:
    return any(max(a.start, b.start) < min(a.stop, b.stop) for a, b in zip(one, other, strict=True))


def _cross(one: Pair, other: Pair) -> bool:
    return (one[0].start < other[0].start) != (one[1].start < other[1].start)


def _kind_of_lines(candidate: str, reference: str) -> Kind:
    if bool(candidate.strip()) == bool(reference.strip()):
        return Kind.MATCH
    return Kind.ADDED if candidate.strip() else Kind.OMITTED
