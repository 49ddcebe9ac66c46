"""Sentence alignment: segments × segments → links.

A monotone path first, then passages that were moved across it, then the path again without them.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace

import numpy as np

from metrics.alignment.band import find_band, narrowed
from metrics.alignment.evidence import SHAPES, SIMPLE, Evidence, Pair, Prices
from metrics.alignment.features import Features
from metrics.alignment.moves import MoveFinder, untouched
from metrics.alignment.path import PathFinder, tables_of
from metrics.model import Kind, Link, Progress, Segment
from metrics.steps import run

#: Times that prices are read off a path, before moves are looked for and behind that.
_FIRST, _AGAIN = 3, 1
#: Times that moves are looked for, each followed by the path around them.
_ROUNDS = 2


Steps = Generator[Progress, None, tuple[Link, ...]]


def align(candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
    """What `align_steps` returns."""
    return run(align_steps(candidate, reference))


def align_steps(candidate: Sequence[Segment], reference: Sequence[Segment]) -> Steps:
    """Links that hold every segment exactly once, in the order of the reference.

    A segment that nothing answers is a link of its own, `ADDED` or `OMITTED`, and stands behind the
    one before it in its own text. Tells before each step what it is.
    """
    worded = [s for s in candidate if s.text.strip()], [s for s in reference if s.text.strip()]
    links: list[Link] = []
    if all(worded):
        # One order of the two for each pair of texts: ties fall the same way whichever is called candidate.
        if [s.text for s in worded[0]] > [s.text for s in worded[1]]:
            turned = yield from _links(worded[1], worded[0])
            links = [replace(link, candidate=link.reference, reference=link.candidate) for link in turned]
        else:
            links = yield from _links(*worded)
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


def _links(candidate: Sequence[Segment], reference: Sequence[Segment]) -> Generator[Progress, None, list[Link]]:
    """The links that hold both sides, in no order; no segment is blank."""
    yield Progress("reading words", 0.0)
    features = Features([s.text for s in candidate], [s.text for s in reference])
    yield Progress(f"comparing segments ({len(candidate)} × {len(reference)})", 0.3)
    evidence = Evidence(features, [s.block for s in candidate], [s.block for s in reference])
    free = np.ones(len(candidate), bool), np.ones(len(reference), bool)
    wide = find_band(features)
    first = PathFinder(evidence, tables_of(evidence, SIMPLE, wide), wide)
    prices = Prices()
    band = narrowed(wide, first.best(prices, free))
    finder = PathFinder(evidence, tables_of(evidence, SHAPES, band), band)
    movers = MoveFinder(evidence, SHAPES)
    moves: list[Pair] = []
    for number in range(_ROUNDS + 1):
        yield Progress("finding which answers which", 0.5 + 0.5 * number / (_ROUNDS + 1))
        free = np.ones(len(candidate), bool), np.ones(len(reference), bool)
        for move in moves:
            for flags, group in zip(free, move, strict=True):
                flags[list(group)] = False
        prices = finder.read_prices(prices, free, _AGAIN if number else _FIRST)
        path = finder.best(prices, free)
        found = movers.find(path, moves, prices) if number < _ROUNDS else []
        if not found:
            break
        moves = untouched(moves, found) + found
    kinds = [(pair, Kind.MATCH) for pair in path]
    kinds += [(pair, Kind.MOVED if any(_cross(pair, other) for other in path) else Kind.MATCH) for pair in moves]
    cosines, _ = evidence.worths([pair for pair, _ in kinds], prices)
    return [
        Link(
            tuple(candidate[i].id for i in ours), tuple(reference[j].id for j in theirs), kind, round(cosine, 4)
        )
        for ((ours, theirs), kind), cosine in zip(kinds, cosines.tolist(), strict=True)
    ]


def _cross(one: Pair, other: Pair) -> bool:
    return (one[0] < other[0]) != (one[1] < other[1])


def _kind_of_lines(candidate: str, reference: str) -> Kind:
    if bool(candidate.strip()) == bool(reference.strip()):
        return Kind.MATCH
    return Kind.ADDED if candidate.strip() else Kind.OMITTED
