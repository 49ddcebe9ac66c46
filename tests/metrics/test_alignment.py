"""Alignment: against brute force on tiny texts, against hand-made links on samples, and its promises."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.alignment import align, align_lines
from metrics.alignment.band import Band, band_of
from metrics.alignment.groups import Prices, Table
from metrics.alignment.path import best_path
from metrics.model import Kind, Link, Segment
from metrics.review import review, run
from tests.support import SAMPLE_NAMES, SAMPLES, sample


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


@settings(deadline=None)
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


@settings(deadline=None)
@given(TEXTS)
def test_identical_texts_are_linked_in_step(texts: list[str]) -> None:
    texts = [text for text in texts if any(map(str.isalnum, text))]
    links = align(segments(*texts), segments(*texts))
    assert [(link.candidate, link.reference) for link in links] == [((i,), (i,)) for i in range(len(texts))]


# --- the path against brute force ---------------------------------------------------------------


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Table], Band]:
    """Random tables over random bands that lead from one corner to the other."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cuts = sorted(draw(st.lists(st.integers(0, columns - 1), min_size=rows, max_size=rows)))
    first = np.array([0, *cuts[1:]])
    last = np.maximum(np.append(first[1:], columns - 1) + draw(st.integers(1, 3)), first + 1)
    band = band_of(first, np.maximum.accumulate(np.minimum(last, columns)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    tables = []
    for p, q in ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3)):
        fits = np.ones(band.size, bool)
        for down in range(p):
            for right in range(q):
                fits &= band.shifted(down, right)[1]
        weight, gain = random.normal(0.2, 0.4, (2, band.size))
        tables.append(Table((p, q), random.random(band.size), weight, np.where(fits, gain, -np.inf)))
    return tables, band


def brute_force(tables: list[Table], band: Band, prices: Prices) -> float:
    """The worth of the best path, by trying them all."""
    rows, columns = len(band.first), int(band.last[-1])

    def ways(i: int, j: int) -> Iterator[float]:
        if i:
            yield best(i - 1, j) - prices.gap
        if j:
            yield best(i, j - 1) - prices.gap
        for table in tables:
            p, q = table.shape
            if i >= p and j >= q and band.first[i - p] <= j - q < band.last[i - p]:
                yield best(i - p, j - q) + worth_of(table, band, prices, i - p, j - q)

    @lru_cache(None)
    def best(i: int, j: int) -> float:
        return max(ways(i, j), default=0.0)

    return best(rows, columns)


def worth_of(table: Table, band: Band, prices: Prices, i: int, j: int) -> float:
    at = band.offsets[i] + j
    return float(table.gain[at] - prices.bar * table.weight[at] - prices.extra * table.extra)


@settings(deadline=None, max_examples=100)
@given(problems(), st.floats(0, 0.3), st.floats(0, 0.2))
def test_no_path_is_worth_more(problem: tuple[list[Table], Band], gap: float, extra: float) -> None:
    tables, band = problem
    rows, columns = len(band.first), int(band.last[-1])
    prices = Prices(gap=gap, bar=0.1, extra=extra)
    path = best_path(tables, band, prices, np.ones(rows, bool), np.ones(columns, bool))
    by_shape = {table.shape: table for table in tables}
    worth = -gap * (rows + columns)
    for ours, theirs in path:
        table = by_shape[len(ours), len(theirs)]
        worth += worth_of(table, band, prices, ours.start, theirs.start) + gap * sum(table.shape)
    assert worth == pytest.approx(brute_force(tables, band, prices))


def test_what_is_not_free_stays_out_of_the_path() -> None:
    band = band_of(np.zeros(3, np.int64), np.full(3, 3))
    table = Table((1, 1), np.eye(3).ravel(), np.ones(9), np.eye(3).ravel())
    path = best_path([table], band, Prices(), np.array([True, False, True]), np.ones(3, bool))
    assert path == [(range(1), range(1)), (range(2, 3), range(2, 3))]


# --- the samples --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_samples_are_linked_as_by_hand(name: str) -> None:
    result = run(review(*sample(name)))
    found = sorted(f"{list(link.candidate)}:{list(link.reference)}" for link in result.links)
    assert found == sorted((SAMPLES / name / "links.txt").read_text().split("\n")[:-1])


@pytest.mark.parametrize(("name", "moved"), [("harbour", 4), ("ufer", 1), ("chashan", 1)])
def test_moved_passages_of_the_samples_are_told(name: str, moved: int) -> None:
    result = run(review(*sample(name)))
    assert result.coverage.moved == moved
