"""Commands that mend the alignment."""

from collections.abc import Iterator

from metrics import corrections
from metrics.corrections import Correction
from metrics.errors import UsageError
from metrics.model import Excerpt, Kind, Segment
from tui.corrected import corrected
from tui.plain.moving import where
from tui.plain.reading import row_read
from tui.plain.typed import nearest, number_in
from tui.plain.walk import Walk

#: Passages before and behind in the document that are told along with the sentences of the open one.
_AROUND = 1
_USAGE = {
    "merge": "merge next, or merge previous",
    "split": "split 1 2: after 1 sentence of the candidate and 2 of the reference",
    "unlink": "unlink",
    "link": "link 7: with passage 7 of the queue",
    "boilerplate": "boilerplate",
    "added": "added",
    "omitted": "omitted",
    "accept": "accept",
}


def align(walk: Walk, rest: str) -> Iterator[str]:
    """Correct the alignment of the open passage, or without words tell of what it is made."""
    if not rest:
        yield from _sentences(walk)
        return
    name, *numbers = rest.split()
    if name not in _USAGE:
        raise UsageError(f"“{name}” corrects no alignment{nearest(name, _USAGE)}: say {', '.join(_USAGE)}")
    if name == "split" and len(numbers) != 2:
        raise UsageError(f"say how many sentences of each text the first part has: align {_USAGE['split']}")
    if name == "merge" and numbers not in (["next"], ["previous"]):
        raise UsageError(f"say which way to merge: align {_USAGE['merge']}")
    if name == "link" and not numbers:
        raise UsageError(f"say which passages of the queue to link with: align {_USAGE['link']}")
    if numbers and name not in ("split", "merge", "link"):
        raise UsageError(f"nothing follows 'align {name}', for it is about the open passage")
    made = walk.desk.realign(_correction(walk, name, numbers))
    walk.follow()
    if made:
        walk.go_to(made[0].id)
    scores = ", ".join(f"{each} {score.value:.1f}" for each, score in walk.desk.scores.items())
    yield f"Alignment: {name}; {scores} now; z takes it back."
    yield from where(walk, "")


def _correction(walk: Walk, name: str, rest: list[str]) -> Correction:
    """Raises `UsageError` where it makes no sense."""
    review, passage = walk.desk.review, walk.passage
    if name == "merge":
        return (corrections.merge_next if rest == ["next"] else corrections.merge_previous)(review, passage)
    if name == "split":
        ours, theirs = (
            0 if each == "0" else number_in(each, "sentence", len(excerpt.segments))
            for each, excerpt in zip(rest, (passage.candidate, passage.reference), strict=True)
        )
        return corrections.split(review, passage, ours, theirs)
    if name == "link":
        others = [walk.passages[number_in(each, "passage", len(walk.passages)) - 1] for each in rest]
        return corrections.link(review, [passage, *others])
    if name in (Kind.BOILERPLATE, Kind.ADDED, Kind.OMITTED):
        return corrections.mark(passage, Kind(name))
    return corrections.unlink(review, passage) if name == "unlink" else corrections.accept(passage)


def _sentences(walk: Walk) -> Iterator[str]:
    review, passage = walk.desk.review, walk.passage
    yield f"This passage is {passage.kind}{', linked by hand' if passage.by_hand else ''}."
    yield from _side("Candidate", review.candidate_segments, passage.candidate)
    yield from _side("Reference", review.reference_segments, passage.reference)
    here = walk.index.row(passage)
    for name, row in (("Previous in the document", here - _AROUND), ("Next in the document", here + _AROUND)):
        if 0 <= row < len(walk.index.passages):
            other = walk.index.passages[row]
            place = walk.place_of(other)
            yield f"{name}: {'hidden by the filter' if place is None else row_read(walk, place)}"
    yield f"Say align and one of: {'; '.join(_USAGE.values())}."


def _side(name: str, segments: tuple[Segment, ...], excerpt: Excerpt) -> Iterator[str]:
    for number, segment in enumerate(excerpt.segments, 1):
        yield f"{name} sentence {number}: {segments[segment].text}"


def listed(walk: Walk, _: str) -> Iterator[str]:
    """Tell all corrections that are in force, the latest first."""
    made = corrected(walk.desk.review, walk.desk.session.journal.patches)
    if not made:
        yield "The alignment is not corrected."
    for each in reversed(made):
        text = f"“{each.text}”" if each.passage else "it fits the texts no longer"
        yield f"{each.what} by {each.reviewer}, {each.at:%Y-%m-%d %H:%M}: {text}"
