"""Why a link is what it is, for people."""

from collections.abc import Iterator, Mapping, Sequence

from metrics.model import Explanation, Kind, Link, Review, Segment, Tie
from metrics.visible import clean

#: Points that would be printed as nothing.
_NOTHING = 0.05


def explanation_text(review: Review, told: Explanation) -> str:
    """The link with its texts, what ties it, its points, and what would come next."""
    return "\n".join(_lines(review, told))


def _lines(review: Review, told: Explanation) -> Iterator[str]:
    link = told.link
    yield f"{_groups(link)}  {_kind(link)}"
    yield from _side("candidate", review.candidate_segments, link.candidate)
    yield from _side("reference", review.reference_segments, link.reference)
    if any(final.kind is Kind.BOILERPLATE and _shares(final, link) for final in review.links):
        yield "Nothing answers it firmly, and it looks like site furniture: it is not scored."
    if link.kind.linked:
        yield ""
        yield f"shared words      {_ties(told.words)}"
        yield f"shared n-grams    {_ties(told.fragments)}"
        yield f"points            {_sum(told.points)}"
    yield ""
    if not told.rivals:
        left = "to leave alone all that it holds" if link.kind.linked else "nothing that it could be linked with"
        yield f"next best         {left}: {_fewer(told.lead)}"
    for number, rival in enumerate(told.rivals):
        yield f"{'' if number else 'next best':18}{_groups(rival)}  {_kind(rival)}"
    if told.rivals:
        yield f"{'':18}{_fewer(told.lead)} for the whole text"
    yield f"{'it lost by' if told.lead >= 0 else 'its points':18}{_sum(told.reasons)}"


def _shares(one: Link, other: Link) -> bool:
    """Whether two links hold a segment in common."""
    return not (set(one.candidate).isdisjoint(other.candidate) and set(one.reference).isdisjoint(other.reference))


def _groups(link: Link) -> str:
    return f"{list(link.candidate)} ↔ {list(link.reference)}"


def _kind(link: Link) -> str:
    return f"{link.kind}, similarity {link.similarity:.2f}" if link.kind.linked else link.kind


def _side(name: str, segments: Sequence[Segment], ids: Sequence[int]) -> Iterator[str]:
    for k in ids:
        yield f"{name:10}{k:6}  {clean(segments[k].text)}"


def _ties(ties: Sequence[Tie]) -> str:
    return ", ".join(f"‹{clean(tie.text)}› {100 * tie.part:.0f} %" for tie in ties) or "none"


def _sum(points: Mapping[str, float]) -> str:
    told = [f"{label} {value:+.1f}" for label, value in points.items() if abs(value) >= _NOTHING]
    return f"{' · '.join(told) or 'nothing'} = {sum(points.values()):+.1f}"


def _fewer(lead: float) -> str:
    if lead >= 0:
        return f"{lead:.1f} points less"
    return f"{-lead:.1f} points more, at prices that were read off the text after the move had been found"
