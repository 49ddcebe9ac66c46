"""Alignment: against brute force on tiny texts, against hand-made links on samples, and its promises."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.alignment import align, align_lines
from metrics.alignment.band import band_of, find_band, narrowed
from metrics.alignment.evidence import SHAPES, Evidence, Pair, Prices, Shape
from metrics.alignment.explain import explain
from metrics.alignment.features import Features
from metrics.alignment.path import PathFinder, tables_of
from metrics.errors import UsageError
from metrics.model import Kind, Link, Linking, Segment
from metrics.review import review, run
from tests.support import SAMPLE_NAMES, SAMPLES, sample

ROOT = Path(__file__).parent.parent.parent


def segments(*texts: str) -> list[Segment]:
    return [Segment(i, 0, 0, text, i) for i, text in enumerate(texts)]


def linked(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(link.candidate, link.reference, link.kind.value) for link in links]


BOAT = "The ferryman waited on the northern bank until the herons had flown."
WINCH = "A new winch, paid for by the district, pulls the cable twice an hour."
PANELS = "Two rows of panels on the customs house feed its battery in summer."
SCHOOL = "Forty children cross the water on their way to school each morning."
FLOOD = "During the flood of 1994 the boat broke loose and drifted to the weir."
FEE = "Grown-ups pay two crowns, and bicycles travel free of charge."


def test_a_sentence_split_in_two_and_two_joined_in_one() -> None:
    candidate = segments(
        BOAT, f"{WINCH} {PANELS}", "Forty children cross the water.", "They go to school each morning."
    )
    reference = segments(BOAT, WINCH, PANELS, SCHOOL)
    assert linked(align(candidate, reference)) == [
        ((0,), (0,), "match"),
        ((1,), (1, 2), "match"),
        ((2, 3), (3,), "match"),
    ]


def test_what_one_side_lacks_stands_where_it_was() -> None:
    links = align(segments(BOAT, FEE, WINCH, SCHOOL), segments(BOAT, WINCH, FLOOD, SCHOOL))
    assert linked(links) == [
        ((0,), (0,), "match"),
        ((1,), (), "added"),
        ((2,), (1,), "match"),
        ((), (2,), "omitted"),
        ((3,), (3,), "match"),
    ]


@pytest.mark.parametrize("block", [[SCHOOL], [SCHOOL, FLOOD]])
def test_a_moved_passage_is_found_and_called_so(block: list[str]) -> None:
    stay = [BOAT, WINCH, PANELS, FEE, "The district has promised a second boat by the spring of next year."]
    links = align(segments(*stay[:1], *stay[1:], *block), segments(*stay[:1], *block, *stay[1:]))
    moved = [link for link in links if link.kind is Kind.MOVED]
    assert [link.reference for link in moved] == [(n + 1,) for n in range(len(block))]
    assert [link.candidate for link in moved] == [(n + 5,) for n in range(len(block))]
    assert sum(link.kind is Kind.MATCH for link in links) == 5


def test_a_repeated_sentence_is_not_a_move() -> None:
    links = align(segments(BOAT, WINCH, PANELS, BOAT), segments(BOAT, WINCH, PANELS))
    assert linked(links)[-1] == ((3,), (), "added")
    assert not any(link.kind is Kind.MOVED for link in links)


@pytest.mark.parametrize("shape", [(1, 4), (4, 1), (3, 3)])
def test_groups_as_large_as_promised(shape: tuple[int, int]) -> None:
    parts = [text.rstrip(".") for text in (WINCH, PANELS, SCHOOL, FLOOD)]
    if shape == (3, 3):
        q, r = PANELS.split(), FLOOD.split()
        ours = ["The winch is new.", f"{PANELS} {' '.join(r[:7])}", f"{' '.join(r[7:])} {SCHOOL}"]
        theirs = [
            f"The winch is new, {' '.join(q[:8])}",
            f"{' '.join(q[8:])} {' '.join(r)} Forty children cross the",
            f"{SCHOOL[26:]}",
        ]
    else:
        ours, theirs = ["; ".join(parts)], parts
    ours, theirs = ([BOAT, *side, FEE] for side in (ours, theirs))
    if shape == (4, 1):
        ours, theirs = theirs, ours
    links = align(segments(*ours), segments(*theirs))
    assert sorted((len(link.candidate), len(link.reference)) for link in links) == sorted([(1, 1), shape, (1, 1)])


@pytest.mark.parametrize("turned", [False, True])
def test_a_stranger_inside_a_group_stays_out_of_it(turned: bool) -> None:
    whole = [BOAT, f"{WINCH} {PANELS}", SCHOOL]
    cut = [BOAT, WINCH, "Subscribe to Morning Tide, our newsletter on everything afloat.", PANELS, SCHOOL]
    links = align(segments(*cut), segments(*whole)) if turned else align(segments(*whole), segments(*cut))
    groups = [(link.reference, link.candidate) if turned else (link.candidate, link.reference) for link in links]
    assert set(groups) == {((0,), (0,)), ((1,), (1, 3)), ((), (2,)), ((2,), (4,))}


def test_a_fragment_goes_to_the_sentence_it_was_cut_from() -> None:
    cut = [BOAT, "During the flood of 1994 the boat broke", "loose and drifted to the weir.", FEE]
    links = align(segments(*cut), segments(BOAT, FLOOD, FEE))
    assert ((1, 2), (1,), "match") in linked(links)


def test_a_short_sentence_that_moved_with_a_long_one_is_found_beside_it() -> None:
    stay = [BOAT, WINCH, PANELS, FEE, "The district has promised a second boat by the spring of next year."]
    links = align(segments(*stay, FLOOD, "So it goes."), segments(stay[0], FLOOD, "So it went.", *stay[1:]))
    assert {(link.candidate, link.reference) for link in links if link.kind is Kind.MOVED} >= {
        ((6,), (2,)),
        ((5,), (1,)),
    }


def test_a_move_never_costs_a_better_link() -> None:
    texts = [BOAT, WINCH, PANELS, SCHOOL, FLOOD, FEE]
    links = align(segments(*texts, f"{WINCH[:-1]} or so."), segments(*texts))
    assert linked(links)[:6] == [((k,), (k,), "match") for k in range(6)]
    assert linked(links)[6] == ((6,), (), "added")


def test_options_bound_the_links() -> None:
    candidate, reference = segments(BOAT, f"{WINCH} {PANELS}", FEE, FLOOD), segments(FLOOD, BOAT, WINCH, PANELS, FEE)
    links = align(candidate, reference, Linking(longest_group=1, moves=False))
    assert all(len(link.candidate) <= 1 and len(link.reference) <= 1 for link in links)
    assert not any(link.kind is Kind.MOVED for link in links)
    assert any(len(link.reference) == 2 for link in align(candidate, reference))
    assert any(link.kind is Kind.MOVED for link in align(candidate, reference))


def test_the_dearer_a_gap_the_fewer_there_are() -> None:
    candidate = segments(BOAT, "Ask at the jetty.", WINCH, SCHOOL)
    reference = segments(BOAT, WINCH, "Tickets are sold on board.", SCHOOL)
    gaps = [
        sum(not link.kind.linked for link in align(candidate, reference, Linking(gap_cost=cost)))
        for cost in (-15.0, 0.0, 15.0)
    ]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] == 8
    assert gaps[-1] == 0


def test_an_explanation_adds_up_and_names_what_ties() -> None:
    candidate, reference = segments(BOAT, WINCH, SCHOOL), segments(BOAT, "The new winch pulls.", SCHOOL)
    told = explain(candidate, reference, Linking(), 0, 1)
    assert (told.link.candidate, told.link.reference, told.link.kind) == ((1,), (1,), Kind.MATCH)
    assert told.link == next(link for link in align(candidate, reference) if link.candidate == (1,))
    assert {tie.text for tie in told.words[:2]} == {"new", "winch"}
    assert " wi" in [tie.text for tie in told.fragments]
    assert told.lead == pytest.approx(sum(told.reasons.values()))
    assert told.lead > 0
    assert told == explain(candidate, reference, Linking(), 1, 1)
    assert sum(tie.part for tie in (*told.words, *told.fragments)) <= 1 + 1e-9


def test_what_is_left_alone_is_explained_by_what_it_would_be_linked_with() -> None:
    told = explain(segments(BOAT, FEE, SCHOOL), segments(BOAT, SCHOOL), Linking(), 0, 1)
    assert (told.link.kind, told.words) == (Kind.ADDED, ())
    assert all(1 in rival.candidate for rival in told.rivals if rival.candidate != (0,) and rival.candidate != (2,))
    assert told.lead > 0


def test_only_what_is_there_is_explained() -> None:
    with pytest.raises(UsageError, match="ids are 0 to 1"):
        explain(segments(BOAT, FEE), segments(BOAT), Linking(), 0, 2)
    with pytest.raises(UsageError, match="blank"):
        explain(segments(BOAT, " "), segments(BOAT), Linking(), 0, 1)


# --- hostile texts ------------------------------------------------------------------------------


def story(count: int, seed: int = 1) -> list[str]:
    """So many sentences of made-up words, each with some of its own."""
    random = np.random.default_rng(seed)
    syllables = ["ka", "lo", "mir", "te", "sun", "ver", "ig", "ba", "ost", "rin", "du", "pel"]
    vocabulary = ["".join(random.choice(syllables, random.integers(2, 5))) for _ in range(3000)]
    rank = 1 / np.arange(1, len(vocabulary) + 1)
    return [
        " ".join(random.choice(vocabulary, random.integers(4, 20), p=rank / rank.sum())).capitalize() + "."
        for _ in range(count)
    ]


def test_a_long_text_is_aligned_around_cuts_and_insertions() -> None:
    texts = story(1500)
    foreign = story(40, seed=2)
    candidate = [*texts[:300], *foreign[:20], *texts[340:1100], *foreign[20:], *texts[1100:]]
    links = align(segments(*candidate), segments(*texts))
    right = sum(
        len(link.candidate) == len(link.reference) == 1 and candidate[link.candidate[0]] == texts[link.reference[0]]
        for link in links
    )
    assert right >= 0.995 * (1500 - 40)


def test_a_wrong_anchor_is_left_again() -> None:
    texts = story(900)
    marks = "Xyzzy plugh quux wibble."
    candidate = [*texts[:100], marks, *texts[100:]]
    links = align(segments(*candidate), segments(*texts[:140], marks, *texts[140:]))
    right = {(link.candidate[0], link.reference[0]) for link in links if link.kind is Kind.MATCH}
    assert sum(candidate[i] == ([*texts[:140], marks, *texts[140:]])[j] for i, j in right) >= 899


@pytest.mark.slow
@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        (["The same sentence, again and again."] * 5000, ["The same sentence, again and again."] * 5000),
        (["words " * 1_700_000], [BOAT]),
        (["x" * 10_000_000], ["x" * 10_000_000]),
        (["." * 1_000_000 + "x"], ["?!" * 500_000]),
        ([""] * 1_000_000, [BOAT]),
        (story(1000), ["渡船在北岸等着。"] * 1000),
    ],
    ids=["repeated", "one long line", "one long word", "marks", "blank lines", "nothing in common"],
)
def test_hostile_texts_are_aligned_in_bounded_time(candidate: list[str], reference: list[str]) -> None:
    links = align(segments(*candidate), segments(*reference))
    assert sum(len(link.candidate) for link in links) == len(candidate)
    assert sum(len(link.reference) for link in links) == len(reference)


@pytest.mark.slow
def test_the_same_links_whatever_the_threads() -> None:
    program = (
        "from tests.metrics.test_alignment import segments, story; from metrics.alignment import align;"
        "print(hash(repr(align(segments(*story(200)[:190]), segments(*story(200)[15:])))))"
    )
    results = set()
    for threads, seed in (("1", "0"), ("4", "0")):
        variables = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=variables, cwd=ROOT
        )
        results.add(done.stdout)
    assert len(results) == 1


def test_two_that_changed_places_are_a_match_and_a_move_and_not_two_to_two() -> None:
    links = align(segments(BOAT, PANELS, WINCH, FEE), segments(BOAT, WINCH, PANELS, FEE))
    assert sorted((len(link.candidate), len(link.reference)) for link in links) == [(1, 1)] * 4
    assert [link.kind for link in links].count(Kind.MOVED) == 1


def test_groups_rather_stay_inside_a_block() -> None:
    cut = "The boat runs all year."
    candidate = [
        Segment(0, 0, 0, BOAT, 0),
        Segment(1, 0, 0, cut, 0),
        Segment(2, 0, 0, "In winter it runs less often.", 1),
        Segment(3, 0, 0, WINCH, 1),
    ]
    reference = segments(f"{BOAT[:-1]}, and the boat runs all year.", "In winter less often.", WINCH)
    assert ((0, 1), (0,), "match") in linked(align(candidate, reference))


def test_dissimilar_sentences_between_pairs_are_a_pair_where_nothing_else_is_left_alone() -> None:
    same = [f"{BOAT[:-1]} and number {n} had been counted." for n in range(12)]
    links = align(segments(*same[:6], "How about it?", *same[6:]), segments(*same[:6], "What do you say?", *same[6:]))
    assert ((6,), (6,), "match") in linked(links)


def test_form_never_breaks_a_match() -> None:
    candidate = segments("“IT’S late” — she said…", "ｆｕｌｌ width ﬁne", "l’e\u0301te\u0301 a pris ﬁn")
    reference = segments('"it\'s late" - she said...', "full width fine", "l'été a pris fin")
    assert [link.similarity for link in align(candidate, reference)] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "texts",
    [
        ["渡船在北岸等着。", "新的绞盘由县里出钱买来。", "孩子们每天早上过河上学。"],
        ["Паромщик ждал на северном берегу.", "Новую лебёдку оплатил район.", "Дети едут в школу."],
        ["انتظر صاحب العبارة على الضفة الشمالية.", "دفعت المنطقة ثمن الرافعة الجديدة.", "يعبر الأطفال النهر كل صباح."],
    ],
)
def test_any_script_is_aligned(texts: list[str]) -> None:
    links = align(segments(*texts), segments(*texts[:1], *texts[2:]))
    assert linked(links) == [((0,), (0,), "match"), ((1,), (), "added"), ((2,), (1,), "match")]


def test_texts_that_have_nothing_in_common_are_not_linked() -> None:
    links = align(segments(*[f"{BOAT} {n}" for n in range(9)]), segments(*["Qzx vvk pfff!"] * 9))
    assert not any(link.kind.linked for link in links)


def test_one_side_empty() -> None:
    assert linked(align([], segments(BOAT))) == [((), (0,), "omitted")]
    assert linked(align(segments(BOAT), [])) == [((0,), (), "added")]
    assert align([], []) == ()


def test_lines_in_step_know_their_similarity_and_their_blanks() -> None:
    links = align_lines(segments(BOAT, "", BOAT, ""), segments(BOAT, WINCH, " ", ""))
    assert [link.kind.value for link in links] == ["match", "omitted", "added", "match"]
    assert [link.similarity for link in links] == [1.0, 0.0, 0.0, 1.0]


# --- promises -----------------------------------------------------------------------------------

WORDS = ["boat", "bank", "winch", "cable", "heron", "late", "the", "a", "河", "船", "…", "11"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=9)


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(st.sampled_from(WORDS)), st.lists(st.sampled_from(WORDS))), min_size=1, max_size=9))
def test_lines_in_step_are_as_alike_as_the_vectors_of_their_segments(lines: list[tuple[list[str], list[str]]]) -> None:
    ours, theirs = ([" ".join(words) for words in side] for side in zip(*lines, strict=True))
    features = Features(ours, theirs)
    norms = features.candidate.norms() * features.reference.norms()
    for i, link in enumerate(align_lines(segments(*ours), segments(*theirs))):
        cosine = features.product(i, i) / norms[i] if norms[i] else float(ours[i] == theirs[i] == "")
        assert link.similarity == pytest.approx(cosine, abs=0.0001)


@settings(deadline=None, max_examples=50)
@given(TEXTS, TEXTS)
def test_every_segment_is_in_exactly_one_link(candidate: list[str], reference: list[str]) -> None:
    links = align(segments(*candidate), segments(*reference))
    assert sorted(i for link in links for i in link.candidate) == list(range(len(candidate)))
    assert sorted(j for link in links for j in link.reference) == list(range(len(reference)))
    for link in links:
        assert link.kind is Kind.ADDED or link.reference
        assert link.kind is Kind.OMITTED or link.candidate
        assert 0 <= link.similarity <= 1
    first = [link.reference[0] for link in links if link.reference]
    assert first == sorted(first)


@settings(deadline=None, max_examples=50)
@given(TEXTS, TEXTS)
def test_swapping_the_sides_mirrors_the_links(candidate: list[str], reference: list[str]) -> None:
    mirror = {Kind.ADDED: Kind.OMITTED, Kind.OMITTED: Kind.ADDED}
    there = {
        (k.candidate, k.reference, k.kind, k.similarity) for k in align(segments(*candidate), segments(*reference))
    }
    back = {
        (k.reference, k.candidate, mirror.get(k.kind, k.kind), k.similarity)
        for k in align(segments(*reference), segments(*candidate))
    }
    assert there == back


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_identical_texts_are_linked_in_step(texts: list[str]) -> None:
    texts = [text for text in texts if any(map(str.isalnum, text))]
    links = align(segments(*texts), segments(*texts))
    assert [(link.candidate, link.reference) for link in links] == [((i,), (i,)) for i in range(len(texts))]


# --- the path against brute force ---------------------------------------------------------------


def evidence_of(candidate: list[str], reference: list[str]) -> Evidence:
    return Evidence(Features(candidate, reference), range(len(candidate)), range(len(reference)))


def brute_force(
    links: dict[tuple[int, int], list[tuple[Shape, float]]], alone: tuple[list[float], list[float]]
) -> float:
    """The worth of the best path through all nodes, by trying them all; `links` are by where they begin."""

    def ways(i: int, j: int) -> Iterator[float]:
        if i < len(alone[0]):
            yield best(i + 1, j) + alone[0][i]
        if j < len(alone[1]):
            yield best(i, j + 1) + alone[1][j]
        for shape, worth in links.get((i, j), ()):
            yield best(i + shape.rows, j + shape.columns) + worth

    @lru_cache(None)
    def best(i: int, j: int) -> float:
        return max(ways(i, j), default=0.0)

    return best(0, 0)


WORDED = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=7)
PRICES = st.builds(Prices, st.floats(-5, 0), st.floats(-5, 0), st.floats(0, 1), st.one_of(st.none(), st.floats(-3, 3)))


@settings(deadline=None, max_examples=60)
@given(WORDED, WORDED, PRICES, st.integers(0, 3))
def test_no_path_is_worth_more(candidate: list[str], reference: list[str], prices: Prices, reach: int) -> None:
    evidence = evidence_of(candidate, reference)
    whole = find_band(evidence.features)
    first = np.maximum(np.arange(len(candidate)) * len(reference) // len(candidate) - reach, 0)
    last = np.append(first[1:], len(reference) - 1) + 1
    for band in (whole, band_of(first, np.minimum(last, len(reference)))):
        tables = tables_of(evidence, SHAPES, band)
        free = np.ones(len(candidate), bool), np.ones(len(reference), bool)
        path = PathFinder(evidence, tables, band).best(prices, free)
        alone = evidence.alone(prices)
        links: dict[tuple[int, int], list[tuple[Shape, float]]] = {}
        known: dict[Pair, float] = {}
        for table in tables:
            for i, j, worth in zip(
                table.i.tolist(), table.j.tolist(), evidence.priced(table, prices, alone), strict=True
            ):
                links.setdefault((i, j), []).append((table.shape, float(worth)))
                known[table.shape.at(i, j)] = float(worth)
        spans = [(range(a[0], a[-1] + 1), range(b[0], b[-1] + 1)) for a, b in path]
        worth = sum(known[pair] for pair in path)
        for side in (0, 1):
            covered = {k for span in spans for k in span[side]}
            worth += sum(alone[side][k] for k in range(len(alone[side])) if k not in covered)
        assert worth == pytest.approx(brute_force(links, (alone[0].tolist(), alone[1].tolist())), abs=1e-4)


def test_what_is_not_free_stays_out_of_the_path() -> None:
    texts = [BOAT, WINCH, PANELS]
    evidence = evidence_of(texts, texts)
    band = find_band(evidence.features)
    finder = PathFinder(evidence, tables_of(evidence, SHAPES, band), band)
    path = finder.best(Prices(), (np.array([True, False, True]), np.ones(3, bool)))
    assert path == [((0,), (0,)), ((2,), (2,))]
    assert finder.best(Prices(), (np.ones(3, bool), np.ones(3, bool)), ((1,), (1,))) != [((k,), (k,)) for k in range(3)]


@settings(deadline=None, max_examples=50)
@given(WORDED, WORDED)
def test_a_band_around_a_path_holds_the_path(candidate: list[str], reference: list[str]) -> None:
    evidence = evidence_of(candidate, reference)
    band = find_band(evidence.features)
    free = np.ones(len(candidate), bool), np.ones(len(reference), bool)
    path = PathFinder(evidence, tables_of(evidence, SHAPES, band), band).best(Prices(), free)
    near = narrowed(band, path)
    assert all(near.first[i] <= j < near.last[i] for ours, theirs in path for i, j in ((ours[0], theirs[0]),))


# --- the samples --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_samples_are_linked_as_by_hand(name: str) -> None:
    result = run(review(*sample(name)))
    found = {f"{list(link.candidate)}:{list(link.reference)}" for link in result.links}
    by_hand = set((SAMPLES / name / "links.txt").read_text().split("\n")[:-1])
    # An addition and an omission in the same place, both of them whole sentences, look like a free translation.
    assert found ^ by_hand == ({"[17]:[10]", "[17]:[]", "[]:[10]"} if name == "harbour" else set())


@pytest.mark.parametrize(("name", "moved"), [("harbour", 4), ("ufer", 1), ("chashan", 1)])
def test_moved_passages_of_the_samples_are_told(name: str, moved: int) -> None:
    result = run(review(*sample(name)))
    assert result.coverage.moved == moved
