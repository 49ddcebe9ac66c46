"""Sentence alignment: segments × segments → links.

A monotone path first, then passages that were moved across it, then the path again without them.
"""

from collections.abc import Generator, Sequence
from operator import itemgetter

from metrics.alignment.in_step import cosines_in_step
from metrics.model import Kind, Link, Linking, Progress, Segment
from metrics.placing import places_of
from metrics.steps import run

Steps = Generator[Progress, None, tuple[Link, ...]]


def align(
    candidate: Sequence[Segment], reference: Sequence[Segment], linking: Linking | None = None
) -> tuple[Link, ...]:
    """What `align_steps` returns."""
    return run(align_steps(candidate, reference, linking or Linking()))


def align_steps(candidate: Sequence[Segment], reference: Sequence[Segment], linking: Linking) -> Steps:
    """Links that hold every segment exactly once, in the order of the reference.

    A segment that nothing answers is a link of its own, `ADDED` or `OMITTED`, and stands behind the
    one before it in its own text. Tells before each step what it is.
    """
    worded = [s for s in candidate if s.text.strip()], [s for s in reference if s.text.strip()]
    links: list[Link] = []
    if all(worded):
        from metrics.alignment.aligner import Aligner

        aligner = Aligner(*worded, linking)
        yield from aligner.steps()
        links = aligner.links()
    return in_order(links, len(candidate), len(reference))


def align_lines(candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
    """Line i with line i, for two texts of the same length.

    Where one side of a pair is blank, the pair is `ADDED` or `OMITTED`, and still holds both lines.
    """
    similarity = cosines_in_step([s.text for s in candidate], [s.text for s in reference])
    return tuple(
        Link((ours.id,), (theirs.id,), _kind_of_lines(ours.text, theirs.text), round(cosine, 4))
        for ours, theirs, cosine in zip(candidate, reference, similarity, strict=True)
    )


def in_order(links: Sequence[Link], candidates: int, references: int) -> tuple[Link, ...]:
    """`links`, which hold both sides, with one for every segment they leave out, in document order."""
    ours = {i for link in links for i in link.candidate}
    theirs = {j for link in links for j in link.reference}
    everything = [*links]
    everything += [Link((), (j,), Kind.OMITTED) for j in range(references) if j not in theirs]
    everything += [Link((i,), (), Kind.ADDED) for i in range(candidates) if i not in ours]
    placed = sorted(zip(places_of(everything), everything, strict=True), key=itemgetter(0))
    return tuple(link for _, link in placed)


def _kind_of_lines(candidate: str, reference: str) -> Kind:
    if bool(candidate.strip()) == bool(reference.strip()):
        return Kind.MATCH
    return Kind.ADDED if candidate.strip() else Kind.OMITTED
