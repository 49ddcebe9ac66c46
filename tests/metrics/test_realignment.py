"""Mending an alignment: what comes of a correction is what the pipeline makes of the corrected links."""

import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import corrections
from metrics.alignment import in_order
from metrics.corrections import Correction, What, body_of_correction, correction_of
from metrics.errors import UsageError
from metrics.languages import language_named
from metrics.model import Document, Kind, Link, OtherReference, Pairing, Passage, Review, Settings, Span
from metrics.realignment import Realigner
from metrics.review import realigner_steps, review_links, run
from metrics.segmentation import segment_lines
from tests.conftest import MakePair

LINES = Settings(pairing=Pairing.LINES)
#: Few, so that many repeat; one is blank, as in texts that are aligned by lines.
SENTENCES = (
    "The ferryman waited on the northern bank.",
    "A new winch pulls the cable twice an hour.",
    "In 1994 the boat broke loose.",
    "Nobody was hurt in 1996.",
    "Subscribe now",
    "",
)


def aligned(
    candidate: Sequence[str],
    reference: Sequence[str],
    links: Sequence[tuple[Sequence[int], Sequence[int], Kind]],
    asked: Settings = LINES,
    others: Sequence[OtherReference] = (),
) -> Realigner:
    """Two texts of these lines with these links; a line in none of them is added or omitted."""
    sides = [_document("c", candidate), _document("r", reference)]
    ours, theirs = map(segment_lines, sides)
    linked = [Link(tuple(mine), tuple(other), kind, 0.5 if kind.linked else 0.0) for mine, other, kind in links]
    everything = in_order(linked, len(ours), len(theirs))
    return run(review_links(sides[0], sides[1], ours, theirs, everything, language_named("en"), asked, None, others))


def another(
    lines: Sequence[str], links: Sequence[tuple[Sequence[int], Sequence[int]]], references: int
) -> OtherReference:
    """A further reference of these lines, linked like this to so many lines of the first."""
    document = _document("o", lines)
    linked = [Link(tuple(mine), tuple(other), Kind.MATCH, 0.5) for mine, other in links]
    return OtherReference(document, segment_lines(document), in_order(linked, len(lines), references))


def from_scratch(review: Review) -> Review:
    """What the pipeline makes of a review's links."""
    return run(
        review_links(
            review.candidate,
            review.reference,
            review.candidate_segments,
            review.reference_segments,
            review.links,
            language_named(review.language),
            review.settings,
            None,
            review.other_references,
        )
    ).review


def _document(name: str, lines: Sequence[str]) -> Document:
    text = "".join(f"{line}\n" for line in lines)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Document(name, text, "utf-8", tuple(blocks))


def sides(review: Review) -> list[tuple[list[int], list[int], Kind]]:
    """The links, in document order."""
    return [(list(p.candidate.segments), list(p.reference.segments), p.kind) for p in review.passages]


def corrected(realigner: Realigner, *made: Correction) -> Review:
    """The review with corrections, as they come back from a file."""
    bodies = [json.loads(json.dumps(body_of_correction(realigner.review, each))) for each in made]
    assert realigner.sync(list(enumerate(bodies, 1))).unfit == ()
    return realigner.review


def holding(review: Review, candidate: int | None = None, reference: int | None = None) -> Passage:
    """The passage with a segment."""
    return next(p for p in review.passages if candidate in p.candidate.segments or reference in p.reference.segments)


def five() -> Realigner:
    """Five lines a side: one moved up, one added, one omitted, furniture at the end."""
    ours = [
        "Late news of the ferry.",
        "The boat came in.",
        "Nobody was hurt.",
        "By our own reporter.",
        "Subscribe now.",
    ]
    theirs = ["The boats came in.", "Nobody was harmed.", "The cable held.", "The latest news of the ferry."]
    links = [((0,), (3,), Kind.MOVED), ((1,), (0,), Kind.MATCH), ((2,), (1,), Kind.MATCH), ((4,), (), Kind.BOILERPLATE)]
    return aligned(ours, theirs, links)


def test_the_example_is_as_it_says() -> None:
    assert sides(five().review) == [
        ([1], [0], Kind.MATCH),
        ([2], [1], Kind.MATCH),
        ([3], [], Kind.ADDED),
        ([4], [], Kind.BOILERPLATE),
        ([], [2], Kind.OMITTED),
        ([0], [3], Kind.MOVED),
    ]


def test_merging_joins_the_neighbours_in_the_document() -> None:
    realigner = five()
    before = realigner.review
    review = corrected(realigner, corrections.merge_next(before, holding(before, 1)))
    merged = review.passages[0]
    assert (merged.candidate.segments, merged.reference.segments) == ((1, 2), (0, 1))
    assert merged.candidate.text == "The boat came in. Nobody was hurt."
    assert (merged.kind, merged.similarity, merged.by_hand) == (Kind.MATCH, 1.0, True)
    assert merged.scores["chrF"] > 0
    assert merged.marks != ((), ())
    assert len(review.passages) == 5
    added = corrected(realigner, corrections.merge_previous(before, holding(before, 3)))
    assert ([2, 3], [1], Kind.MATCH) in sides(added)
    furniture = corrected(realigner, corrections.merge_next(before, holding(before, 3)))
    assert ([3, 4], [], Kind.ADDED) in sides(furniture)


def test_a_further_reference_follows_as_passages_are_regrouped() -> None:
    other = another(["Boats sank; ships, too.", "The end came."], [((0,), (0, 1)), ((1,), (2,))], 3)
    lines = ["One boat sank.", "Two ships sank.", "The end."]
    realigner = aligned(lines, lines, [((i,), (i,), Kind.MATCH) for i in range(3)], LINES, [other])
    before = realigner.review
    # Half a sentence answers neither of the two.
    assert [p.others for p in before.passages] == [(None,), (None,), ("The end came.",)]
    review = corrected(realigner, corrections.merge_next(before, before.passages[0]))
    assert [p.others for p in review.passages] == [("Boats sank; ships, too.",), ("The end came.",)]
    assert review == from_scratch(review)
    assert review.scores["BLEU"].signature.startswith("nrefs:2|")
    everything = corrected(
        realigner,
        corrections.merge_next(before, before.passages[0]),
        corrections.merge_previous(review, review.passages[1]),
    )
    assert [p.others for p in everything.passages] == [("Boats sank; ships, too. The end came.",)]
    omitted = corrected(realigner, corrections.unlink(before, before.passages[2]))
    assert [(p.kind, p.others) for p in omitted.passages[2:]] == [
        (Kind.ADDED, (None,)),
        (Kind.OMITTED, ("The end came.",)),
    ]
    assert omitted == from_scratch(omitted)


def test_a_further_reference_keeps_its_own_order_inside_a_passage() -> None:
    lines = ["One boat sank.", "Two ships sank."]
    other = another(["Ships sank.", "A boat sank."], [((1,), (0,)), ((0,), (1,))], 2)
    realigner = aligned(lines, lines, [((0, 1), (0, 1), Kind.MATCH)], LINES, [other])
    assert [p.others for p in realigner.review.passages] == [("Ships sank. A boat sank.",)]


def test_a_review_alone_is_enough_to_correct_it_by_all_its_references() -> None:
    lines = ["One boat sank.", "Two ships sank."]
    other = another(["A boat sank.", "Ships sank."], [((0,), (0,)), ((1,), (1,))], 2)
    made = aligned(lines, ["A ship.", "A boat."], [((i,), (i,), Kind.MATCH) for i in range(2)], LINES, [other]).review
    review = corrected(Realigner(pickle.loads(pickle.dumps(made))), corrections.merge_next(made, made.passages[0]))
    assert review == from_scratch(review)
    assert review.scores["BLEU"].signature.startswith("nrefs:2|")


def test_a_passage_has_no_neighbour_beyond_the_ends() -> None:
    review = five().review
    with pytest.raises(UsageError, match="first passage of the document: merge it with the next"):
        corrections.merge_previous(review, review.passages[0])
    with pytest.raises(UsageError, match="last passage of the document: merge it with the previous"):
        corrections.merge_next(review, review.passages[-1])


def test_splitting_undoes_a_merge() -> None:
    realigner = aligned(["One boat.", "Two boats."], ["A boat.", "Two ships."], [((0, 1), (0, 1), Kind.MATCH)])
    (whole,) = realigner.review.passages
    review = corrected(realigner, corrections.split(realigner.review, whole, 1, 1))
    assert sides(review) == [([0], [0], Kind.MATCH), ([1], [1], Kind.MATCH)]
    review = corrected(realigner, corrections.split(realigner.review, whole, 0, 1))
    assert sides(review) == [([], [0], Kind.OMITTED), ([0, 1], [1], Kind.MATCH)]
    for cut in ((0, 0), (2, 2)):
        with pytest.raises(UsageError, match="would be empty"):
            corrections.split(realigner.review, whole, *cut)
    with pytest.raises(UsageError, match="cannot split behind sentence 3"):
        corrections.split(realigner.review, whole, 3, 1)
    with pytest.raises(UsageError, match="single sentence"):
        corrections.split(five().review, holding(five().review, 3), 0, 0)


def test_a_split_of_what_is_moved_leaves_both_parts_moved() -> None:
    links = [((0, 1), (1, 2), Kind.MOVED), ((2,), (0,), Kind.MATCH)]
    realigner = aligned(["Two.", "Three.", "One."], ["One!", "Two!", "Three!"], links)
    review = corrected(realigner, corrections.split(realigner.review, holding(realigner.review, 0), 1, 1))
    assert sides(review) == [([2], [0], Kind.MATCH), ([0], [1], Kind.MOVED), ([1], [2], Kind.MOVED)]


def test_unlinking_leaves_each_sentence_alone() -> None:
    realigner = aligned(["One boat.", "Two boats."], ["A boat.", "Two ships."], [((0, 1), (0, 1), Kind.MATCH)])
    (whole,) = realigner.review.passages
    review = corrected(realigner, corrections.unlink(realigner.review, whole))
    assert sorted(sides(review)) == [
        ([], [0], Kind.OMITTED),
        ([], [1], Kind.OMITTED),
        ([0], [], Kind.ADDED),
        ([1], [], Kind.ADDED),
    ]
    assert review.coverage.candidate == review.coverage.reference == 0
    with pytest.raises(UsageError, match="nothing to unlink"):
        corrections.unlink(review, review.passages[0])


def test_linking_joins_what_stands_apart_and_tells_whether_it_is_moved() -> None:
    realigner = five()
    before = realigner.review
    near = corrected(realigner, corrections.link(before, [holding(before, 3), holding(before, reference=2)]))
    assert ([3], [2], Kind.MATCH) in sides(near)
    assert near.coverage.reference == 1
    realigner.sync([])
    apart = corrections.unlink(before, holding(before, 2))
    across = corrections.link(before, [holding(before, 0), holding(before, reference=2)])
    review = corrected(realigner, apart, across)
    assert ([0], [2, 3], Kind.MOVED) in sides(review)
    with pytest.raises(UsageError, match="choose a passage with text of the reference, too"):
        corrections.link(before, [holding(before, 3), holding(before, 4)])
    with pytest.raises(UsageError, match="choose a passage with text of the candidate, too"):
        corrections.link(before, [holding(before, reference=2)])
    with pytest.raises(UsageError, match="linked already"):
        corrections.link(before, [holding(before, 0)])


def test_an_omission_stands_elsewhere_once_the_match_before_it_is_gone() -> None:
    links = [((1,), (0,), Kind.MATCH), ((0,), (1,), Kind.MOVED)]
    realigner = aligned(["Two boats.", "One boat."], ["A boat.", "Two ships.", "The end."], links)
    before = realigner.review
    assert (holding(before, reference=2).candidate.start, holding(before, reference=2).candidate.line) == (20, 2)
    review = corrected(realigner, corrections.unlink(before, holding(before, 1)))
    assert (holding(review, reference=2).candidate.start, holding(review, reference=2).candidate.line) == (0, 1)


def test_what_is_added_stands_where_its_first_sentence_does() -> None:
    links = [((0, 2), (0,), Kind.MATCH), ((1,), (1,), Kind.MATCH)]
    realigner = aligned(["One", "Two boats.", "boat."], ["A boat.", "Two ships."], links)
    before = realigner.review
    wrong = corrections.mark(holding(before, 0), Kind.ADDED)
    right = corrections.accept(holding(before, 1))
    review = corrected(realigner, wrong, right)
    assert sides(review) == [([0, 2], [], Kind.ADDED), ([], [0], Kind.OMITTED), ([1], [1], Kind.MATCH)]
    assert review == from_scratch(review)


def test_a_first_link_places_all_that_stands_behind_it() -> None:
    lines = [f"Boat {n}." for n in range(150)]
    realigner = aligned(lines, lines, [], Settings(pairing=Pairing.LINES, metrics=()))
    before = realigner.review
    review = corrected(realigner, corrections.link(before, [holding(before, 20), holding(before, reference=20)]))
    assert review == from_scratch(review)
    assert [p.candidate.segments for p in review.passages[:21]] == [(n,) for n in range(20)] + [()]
    assert holding(review, reference=21).candidate.line == 21
    realigner.sync([])
    assert realigner.sync([]).added == ()
    assert realigner.review is before


def test_marking_says_what_a_passage_is() -> None:
    realigner = five()
    before = realigner.review
    text = corrected(realigner, corrections.mark(holding(before, 4), Kind.ADDED))
    assert ([4], [], Kind.ADDED) in sides(text)
    assert text.coverage.boilerplate_words == 0
    wrong = corrected(realigner, corrections.mark(holding(before, 2), Kind.OMITTED))
    assert ([2], [], Kind.ADDED) in sides(wrong)
    assert ([], [1], Kind.OMITTED) in sides(wrong)
    for asked, kind, said in (
        (holding(before, 3), Kind.ADDED, "is added already"),
        (holding(before, 3), Kind.OMITTED, "no text of the reference: mark it as added"),
        (holding(before, reference=2), Kind.ADDED, "no text of the candidate: mark it as omitted"),
        (holding(before, 3), Kind.MATCH, "link or accept it"),
    ):
        with pytest.raises(UsageError, match=said):
            corrections.mark(asked, kind)


def test_furniture_of_both_texts_stays_one_passage_and_can_be_linked_again() -> None:
    realigner = five()
    before = realigner.review
    mark = corrections.mark(holding(before, 2), Kind.BOILERPLATE)
    review = corrected(realigner, mark)
    furniture = holding(review, 2)
    assert (furniture.kind, furniture.reference.segments, furniture.scores) == (Kind.BOILERPLATE, (1,), {})
    assert furniture.id == holding(before, 2).id
    assert review.coverage.boilerplate_words == before.coverage.boilerplate_words + 6
    again = corrections.link(review, [furniture])
    realigner.sync([(number, body_of_correction(before, each)) for number, each in enumerate((mark, again), 1)])
    assert holding(realigner.review, 2).kind is Kind.MATCH
    assert realigner.review.scores == before.scores


def test_accepting_keeps_a_link_and_says_who_made_it() -> None:
    realigner = five()
    before = realigner.review
    moved = holding(before, 0)
    review = corrected(realigner, corrections.accept(moved))
    assert (holding(review, 0).kind, holding(review, 0).similarity, holding(review, 0).by_hand) == (Kind.MOVED, 1, True)
    assert sides(review) == sides(before)
    assert review.scores == before.scores
    with pytest.raises(UsageError, match="already"):
        corrections.accept(holding(review, 0))


def test_what_a_correction_does_not_name_stays_linked_where_both_sides_remain() -> None:
    lines = ["One.", "Two.", "Three."]
    single = aligned(lines, lines, [((i,), (i,), Kind.MATCH) for i in range(3)])
    body = body_of_correction(single.review, corrections.merge_next(single.review, single.review.passages[0]))
    newer = aligned(lines, lines, [((0,), (0,), Kind.MATCH), ((1, 2), (1, 2), Kind.MATCH)])
    newer.sync([(1, body)])
    assert sides(newer.review) == [([0, 1], [0, 1], Kind.MATCH), ([2], [2], Kind.MATCH)]
    assert [p.by_hand for p in newer.review.passages] == [True, False]
    other = aligned(lines, lines, [((0,), (0,), Kind.MATCH), ((1, 2), (1,), Kind.MATCH)])
    other.sync([(1, body)])
    assert sides(other.review) == [([0, 1], [0, 1], Kind.MATCH), ([2], [], Kind.ADDED), ([], [2], Kind.OMITTED)]


def test_corrections_survive_edits_elsewhere_and_tell_what_they_do_not_fit() -> None:
    ours, theirs = ["Stop.", "One boat.", "Stop.", "Two boats."], ["Halt.", "A boat.", "Halt.", "Two ships."]
    one = aligned(ours, theirs, [((i,), (i,), Kind.MATCH) for i in range(4)])
    body = body_of_correction(one.review, corrections.merge_next(one.review, one.review.passages[2]))
    edited = aligned(["News.", *ours], ["News!", *theirs], [((i,), (i,), Kind.MATCH) for i in range(5)])
    assert edited.sync([(7, body)]).unfit == ()
    assert ([3, 4], [3, 4], Kind.MATCH) in sides(edited.review)
    shorter = aligned(ours[:3], theirs, [((i,), (i,), Kind.MATCH) for i in range(3)])
    before = shorter.review
    changes = shorter.sync([(7, body)])
    assert changes.unfit == (7,)
    assert changes.removed == changes.added == ()
    assert shorter.review is before


@pytest.mark.parametrize(
    "spoilt",
    [
        {"what": "explode"},
        {"links": []},
        {"links": 3},
        {"links": [{"candidate": [], "reference": [], "kind": "boilerplate"}]},
        {"links": [{"kind": "match"}]},
    ],
)
def test_a_body_that_makes_no_sense_is_no_correction(spoilt: dict[str, Any]) -> None:
    review = five().review
    body = body_of_correction(review, corrections.accept(review.passages[0]))
    assert correction_of(review, body) is not None
    assert correction_of(review, body | spoilt) is None
    twice = body | {"links": body["links"] * 2}
    assert correction_of(review, twice) is None


def test_a_review_made_by_hand_can_be_corrected() -> None:
    pipelines = five().review
    passages = (replace(p, id=f"p{n}", statistics={}) for n, p in enumerate(pipelines.passages))
    made = replace(pipelines, passages=tuple(passages), settings=Settings())
    realigner = Realigner(made)
    assert realigner.figures() == (made.scores, made.coverage)
    changes = realigner.sync([(1, body_of_correction(made, corrections.merge_next(made, made.passages[0])))])
    merged = changes.added[0]
    # What is added stands behind another reference sentence now.
    assert [p.id for p in changes.removed] == ["p0", "p1", "p2", "p3"]
    assert [p.id for p in changes.added] == [merged.id, "p2", "p3"]
    assert merged.scores["chrF"] > 0
    assert realigner.review.passages == (*changes.added, *made.passages[4:])
    assert realigner.review.scores["chrF"].value > 0
    realigner.sync([])
    assert realigner.review is made


def test_the_pipeline_makes_what_corrects_its_review(make_pair: MakePair) -> None:
    pair = make_pair("One boat came in.\n\nTwo boats sank.\n", "A boat came in.\n\nTwo ships sank.\n")
    realigner = run(realigner_steps(*pair))
    before = realigner.review
    review = corrected(realigner, corrections.merge_next(before, before.passages[0]))
    (merged,) = review.passages
    assert merged.findings == from_scratch(review).passages[0].findings
    scores, coverage = realigner.figures([merged])
    assert {score.value for score in scores.values()} == {0.0}
    assert coverage.candidate == 1


def test_only_what_changed_is_told_and_undone_in_one_step() -> None:
    realigner = five()
    before = realigner.review
    first, second = corrections.unlink(before, holding(before, 1)), corrections.accept(holding(before, 0))
    bodies = [(n, body_of_correction(before, each)) for n, each in ((3, first), (9, second))]
    realigner.sync(bodies)
    both = realigner.review
    changes = realigner.sync(bodies[1:])
    assert [p.id for p in changes.added if p.candidate.segments == (1,)] == [holding(before, 1).id]
    assert all(0 not in p.candidate.segments for p in (*changes.removed, *changes.added))
    realigner.sync(bodies)
    assert realigner.review == both


@st.composite
def texts(draw: st.DrawFn) -> Realigner:
    """Lines with some of them linked, at random: crossing, grouped, repeated, blank; some with further references."""
    ours, theirs = (draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9)) for _ in range(2))
    others = []
    for _ in range(draw(st.integers(0, 2))):
        lines = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
        cuts = sorted(draw(st.sets(st.integers(0, len(theirs)), max_size=len(lines) + 1)))
        groups = [range(*ends) for ends in pairwise(cuts)]
        others.append(another(lines, [((i,), group) for i, group in enumerate(groups)], len(theirs)))
    left = [list(range(len(ours))), list(range(len(theirs)))]
    links = []
    for kind in draw(st.lists(st.sampled_from([Kind.MATCH, Kind.MOVED]), max_size=6)):
        if all(left):
            groups = [sorted(draw(st.sets(st.sampled_from(side), min_size=1, max_size=2))) for side in left]
            left = [[i for i in side if i not in group] for side, group in zip(left, groups, strict=True)]
            links.append((groups[0], groups[1], kind))
    links += [([i], [], Kind.BOILERPLATE) for i in left[0] if draw(st.integers(0, 3)) == 0]
    return aligned(ours, theirs, links, LINES, others)


MAKERS: tuple[Callable[[st.DrawFn, Review, Passage], Correction], ...] = (
    lambda _, review, passage: corrections.merge_previous(review, passage),
    lambda _, review, passage: corrections.merge_next(review, passage),
    lambda draw, review, passage: corrections.split(review, passage, draw(_UP_TO_3), draw(_UP_TO_3)),
    lambda _, review, passage: corrections.unlink(review, passage),
    lambda draw, review, passage: corrections.link(review, [passage, draw(st.sampled_from(review.passages))]),
    lambda draw, _, passage: corrections.mark(passage, draw(st.sampled_from(Kind))),
    lambda _, __, passage: corrections.accept(passage),
)
_UP_TO_3 = st.integers(0, 3)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_is_corrected_the_review_is_as_from_scratch_and_goes_back(data: st.DataObject) -> None:
    realigner = data.draw(texts())
    original = realigner.review
    bodies: list[tuple[int, dict[str, Any]]] = []
    reached = [original]
    for number in range(1, data.draw(st.integers(1, 5)) + 1):
        before = realigner.review
        passage = data.draw(st.sampled_from(before.passages))
        try:
            correction = data.draw(st.sampled_from(MAKERS))(data.draw, before, passage)
        except UsageError:
            continue
        body = json.loads(json.dumps(body_of_correction(before, correction)))
        found = correction_of(before, body)
        assert found is not None
        assert (found.what, [link.candidate for link in found.links]) == (
            correction.what,
            [link.candidate for link in correction.links],
        )
        bodies.append((number, body))
        changes = realigner.sync(bodies)
        check(realigner, before, correction, changes.removed, changes.added)
        reached.append(realigner.review)
    drop = data.draw(st.integers(0, len(bodies)))
    kept = bodies[:drop] + bodies[drop + 1 :]
    realigner.sync(kept)
    assert realigner.review == from_scratch(realigner.review)
    for count in data.draw(st.permutations(range(len(reached)))):
        realigner.sync(bodies[:count])
        assert realigner.review == reached[count]
    realigner.sync([])
    assert realigner.review is original


def check(
    realigner: Realigner,
    before: Review,
    correction: Correction,
    removed: Sequence[Passage],
    added: Sequence[Passage],
) -> None:
    """All that must hold behind a correction."""
    after = realigner.review
    expected = from_scratch(after)
    assert after.passages == expected.passages
    assert after == expected
    assert realigner.totals.coverage() == expected.coverage
    assert [p.position for p in after.passages] == sorted(p.position for p in after.passages)
    for segments, side in (
        (after.candidate_segments, [i for link in after.links for i in link.candidate]),
        (after.reference_segments, [j for link in after.links for j in link.reference]),
    ):
        assert sorted(side) == [segment.id for segment in segments]
    there = {(link.candidate, link.reference): link for link in after.links}
    for link in correction.links:
        made = there[link.candidate, link.reference]
        assert made.by_hand
        assert made.kind is link.kind or (correction.what is not What.ACCEPT and made.kind is Kind.MOVED)
    changed, gone = {p.id for p in added}, {p.id for p in removed}
    unchanged = [p for p in after.passages if p.id not in changed]
    assert [p for p in before.passages if p.id not in gone] == unchanged
    some = after.passages[::2]
    alone = [p for p in after.passages if p not in some]
    figures = realigner.figures(some)
    assert figures[1] == type(realigner.totals)(after.settings.scope, alone).coverage()


@settings(deadline=None, max_examples=60)
@given(texts())
def test_passages_are_where_their_positions_say(realigner: Realigner) -> None:
    passages = realigner.review.passages
    for before, after in pairwise(passages):
        assert before.position < after.position
    for place, passage in enumerate(passages):
        if passage.reference.segments:
            continue
        linked = [
            p.reference.segments[0]
            for p in sorted(passages, key=lambda p: p.candidate.segments)
            for i in p.candidate.segments
            if p.reference.segments and i < passage.candidate.segments[0]
        ]
        assert bool(linked) == (passage.position.reference >= 0)
        if linked:
            assert passages[place - 1].position.reference == passage.position.reference
