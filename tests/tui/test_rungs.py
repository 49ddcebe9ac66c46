"""However links cross, both texts are descended in their own order, and climbed back the same way."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import corrections
from metrics.corrections import Correction, What, body_of_correction
from metrics.errors import UsageError
from metrics.model import Kind, Link, Passage, Review, Settings
from metrics.realignment import Realigner
from tests.tui.builders import Row, review
from tui.rungs import CANDIDATE, REFERENCE, Rung, Rungs, Spot


def corrected(made: Review, steps: list[tuple[int, int, int]], rungs: Rungs | None = None) -> Review:
    """The review with corrections that the numbers stand for; those that make no sense are left out."""
    realigner = Realigner(made)
    bodies: list[tuple[int, dict[str, object]]] = []
    for number, (what, first, second) in enumerate(steps):
        passages = realigner.review.passages
        one, other = passages[first % len(passages)], passages[second % len(passages)]
        try:
            correction = _correction(realigner.review, what, one, other)
        except UsageError:
            continue
        if all(link.candidate or link.reference for link in correction.links):
            bodies.append((number, body_of_correction(realigner.review, correction)))
            realigner.sync(bodies)
            if rungs is not None:
                rungs.follow(realigner.review)
    return realigner.review


def _correction(made: Review, what: int, one: Passage, other: Passage) -> Correction:
    if what == 0:
        return corrections.link(made, [one, other])
    if what == 1:
        return corrections.unlink(made, one)
    if what == 2:
        return corrections.mark(one, Kind.BOILERPLATE)
    # What a person accepted long ago, and now crosses other matches.
    crossing = Link(one.candidate.segments, other.reference.segments, Kind.MATCH, 1.0, True)
    return Correction(What.ACCEPT, (crossing,))


def descended(rungs: Rungs) -> list[Rung]:
    ends = rungs.ends()
    assert ends is not None
    found = [rungs.at(ends[0])]
    while (below := rungs.after(found[-1])) is not None:
        found.append(below)
    return found


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.sampled_from(["both", "candidate", "reference"]), min_size=1, max_size=8),
    steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)), max_size=6),
)
def test_every_sentence_stands_once_in_its_order(rows: list[str], steps: list[tuple[int, int, int]]) -> None:
    texts = [
        Row(f"ours {n}" if row != "reference" else "", f"theirs {n}" if row != "candidate" else "")
        for n, row in enumerate(rows)
    ]
    made = replace(review(texts), settings=Settings(metrics=()))
    rungs = Rungs(made)
    after = corrected(made, steps, rungs)
    found = descended(rungs)
    for side, segments in ((CANDIDATE, after.candidate_segments), (REFERENCE, after.reference_segments)):
        assert [i for rung in found for i in range(*rung.span(side))] == list(range(len(segments)))
        for rung in found:
            assert all(rungs.passage(Spot(side, i)).id == rung.passage.id for i in range(*rung.span(side)))
    climbed = found[-1:]
    while (above := rungs.before(climbed[-1])) is not None:
        climbed.append(above)
    assert climbed[::-1] == found
    assert [rungs.at(rung.spot) for rung in found] == found
    assert descended(Rungs(after)) == found


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.just(3), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=4))
def test_matches_that_cross_lose_no_sentence(steps: list[tuple[int, int, int]]) -> None:
    texts = [Row(f"ours {n}", f"theirs {n}") for n in range(6)]
    after = corrected(replace(review(texts), settings=Settings(metrics=())), steps)
    rungs = Rungs(after)
    for start in range(6):
        found = [rungs.at(Spot(CANDIDATE, start))]
        while (above := rungs.before(found[0])) is not None:
            found.insert(0, above)
        while (below := rungs.after(found[-1])) is not None:
            found.append(below)
        for side in (CANDIDATE, REFERENCE):
            assert [i for rung in found for i in range(*rung.span(side))] == list(range(6))
