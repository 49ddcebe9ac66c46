"""Where links stand in the document."""

from collections.abc import Sequence

from metrics.model import Link, Place


def places_of(links: Sequence[Link]) -> list[Place]:
    """The place of each link, in the order of `links`, which together hold every candidate segment once."""
    answers: dict[int, int] = {}
    for link in links:
        if link.reference:
            answers.update(dict.fromkeys(link.candidate, link.reference[0]))
    behind: dict[int, int] = {}
    place = -1
    for i in range(max((link.candidate[-1] for link in links if link.candidate), default=-1) + 1):
        place = answers.get(i, place)
        behind[i] = place
    return [
        Place(link.reference[0], -1) if link.reference else Place(behind[link.candidate[0]], link.candidate[0])
        for link in links
    ]
