"""The numbers that are drawn, against counting by hand."""

from bisect import bisect_right
from math import fsum, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.model import Excerpt, Finding, Kind, Passage, Severity, Term
from metrics.overview import KINDS, WORST, course, dots, histogram, tallied

VALUES = st.lists(st.integers(0, 1000).map(lambda n: n / 10), max_size=60)


def excerpt(start: int, *segments: int) -> Excerpt:
    return Excerpt(segments, start, start + 5, 1, "words" if segments else "", len(segments))


def passage(name: str, start: int, risk: float = 1.0, kind: Kind = Kind.MATCH, sides: str = "cr") -> Passage:
    number = int(name)
    ours, theirs = ((number,) if side in sides else () for side in "cr")
    terms = (Term("risk", risk),)
    return Passage(name, (number,), kind, 0.5, excerpt(start, *ours), excerpt(number, *theirs), {}, {}, terms)  # type: ignore[arg-type]


@given(VALUES, st.integers(1, 40), st.sampled_from([None, 100.0]))
def test_every_value_is_in_the_range_that_it_lies_in(values: list[float], most: int, top: float | None) -> None:
    found = histogram(values, most, top)
    assert len(found.counts) <= most
    assert found.top >= (top or max(values, default=0)) - 1e-6
    assert 10 ** (log10(found.step) % 1) == pytest.approx(
        min((1, 2, 5, 10), key=lambda n: abs(n - 10 ** (log10(found.step) % 1)))
    )
    edges = [round(found.step * edge, 9) for edge in range(1, len(found.counts))]
    by_hand = [0] * len(found.counts)
    for value in values:
        by_hand[bisect_right(edges, value)] += 1
    assert list(found.counts) == by_hand


def test_scores_are_in_twenty_ranges_and_the_highest_is_in_the_last() -> None:
    found = histogram([0, 4.9, 5, 100], 20, 100)
    assert found.step == 5
    assert (found.counts[0], found.counts[1], found.counts[19]) == (2, 1, 1)


@given(
    st.lists(st.tuples(st.floats(0, 50), st.sampled_from(KINDS), st.booleans(), st.booleans()), min_size=1),
    st.integers(1, 70),
)
def test_pieces_of_a_course_sum_up_their_passages(drawn: list[tuple[float, Kind, bool, bool]], most: int) -> None:
    passages = [passage(str(n), n, risk, kind) for n, (risk, kind, _, _) in enumerate(drawn)]
    said = course(passages, [d[2] for d in drawn], [d[3] for d in drawn])
    bins = said.bins(most)
    starts = bins.starts.tolist()
    assert len(starts) == min(most, len(drawn))
    risks = [0.0 if out else risk for risk, _, _, out in drawn]
    worst = sorted(range(len(drawn)), key=lambda place: -risks[place])[: min(WORST, -(-len(drawn) // 10))]
    lengths = set()
    for piece, (start, end) in enumerate(zip(starts, [*starts[1:], len(drawn)], strict=True)):
        inside = range(start, end)
        lengths.add(len(inside))
        assert bins.risk[piece] == pytest.approx(fsum(risks[n] for n in inside) / len(inside))
        assert bins.worst[piece] == max(inside, key=lambda n: risks[n])
        assert bins.reviewed[piece] == pytest.approx(sum(drawn[n][2] for n in inside) / len(inside))
        assert bins.left_out[piece] == any(drawn[n][3] for n in inside)
        assert bins.top[piece] == any(n in worst and risks[n] > 0 for n in inside)
        assert bins.kinds[piece].tolist() == [sum(drawn[n][1] is kind for n in inside) for kind in KINDS]
        assert {bins.at(n) for n in inside} == {piece}
    assert max(lengths) - min(lengths) <= 1


def test_a_course_is_in_the_order_of_the_candidate() -> None:
    passages = [passage("0", 30), passage("1", 0), passage("2", 10, kind=Kind.OMITTED, sides="r"), passage("3", 10)]
    said = course(passages, [True, False, False, False], [False] * 4)
    assert [p.id for p in said.passages] == ["1", "2", "3", "0"]
    assert said.reviewed.tolist() == [False, False, False, True]
    assert said.place("3") == 2
    assert said.place("gone") == 0


def test_dots_are_where_segments_answer_each_other() -> None:
    both = Passage("9", (0,), Kind.MOVED, 0.5, excerpt(0, 4, 5), excerpt(0, 7, 8), {}, {})  # type: ignore[arg-type]
    found = dots(
        [
            passage("0", 0),
            both,
            passage("1", 9, kind=Kind.ADDED, sides="c"),
            passage("2", 9, kind=Kind.OMITTED, sides="r"),
            passage("3", 9, kind=Kind.BOILERPLATE, sides="c"),
            passage("6", 9, kind=Kind.BOILERPLATE, sides="r"),
        ],
        (10, 10),
    )
    where = list(
        zip(found.candidate.tolist(), found.reference.tolist(), found.moved.tolist(), found.place.tolist(), strict=True)
    )
    assert where == [(0, 0, False, 0), (4, 7, True, 1), (4, 8, True, 1), (5, 7, True, 1), (5, 8, True, 1)]
    assert (found.added.tolist(), found.omitted.tolist()) == ([1], [2])
    assert [side.tolist() for side in found.boilerplate] == [[3], [6]]


def test_findings_are_counted_by_kind() -> None:
    name, number = (Finding(kind, Severity.MAJOR, None, None, "") for kind in ("name", "number"))
    assert tallied([[name, number, name], [], [number], [name]]) == (("name", 3, 2), ("number", 2, 2))
    assert tallied([[], []]) == ()
