"""Choosing and ordering by columns of numbers gives what looking at every passage would."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.errors import UsageError
from metrics.model import Excerpt, Finding, Kind, Passage, Place, Severity, Term
from metrics.mqm.model import Disposition
from metrics.ranking import ORDERS, ordered
from metrics.selection import EVERYTHING, FIGURES, Filter, Index, Standing, described, ranges_told, read_ranges
from metrics.selection.filter import ENDLESS

NAMES = ("number", "date", "name")
NUMBERS = st.sampled_from([0.0, 12.34, 12.35, 39.94, 39.96, 40.0, 99.99])


def passage(
    at: int, kind: Kind, words: tuple[int, int], chrf: float, points: float, found: Sequence[tuple[str, Severity]] = ()
) -> Passage:
    sides = [Excerpt((0,), 0, 0, 1, "", count) for count in words]
    scored = kind is not Kind.BOILERPLATE
    return Passage(
        id=f"p{at}",
        position=Place(at // 3, at % 3),
        kind=kind,
        similarity=0.0,
        candidate=sides[0],
        reference=sides[1],
        scores={"chrF": chrf, "BLEU": 100 - chrf} if scored else {},
        statistics={},
        terms=(Term("", points),) if scored else (),
        findings=tuple(Finding(name, severity, None, None, "") for name, severity in found),
    )


PASSAGE = st.builds(
    passage,
    st.just(0),
    st.sampled_from(Kind),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    NUMBERS,
    NUMBERS,
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(Severity)), max_size=3),
)
PASSAGES = st.lists(PASSAGE, max_size=12).map(
    lambda some: [replace(each, id=f"p{at}", position=Place(at // 3, at % 3)) for at, each in enumerate(some)]
)
#: What becomes of passages, and how many of their findings are dismissed.
STANDINGS = st.lists(
    st.tuples(
        st.sampled_from([None, *Disposition]), st.sampled_from([None, *Severity]), st.booleans(), st.integers(0, 2)
    ),
    min_size=12,
    max_size=12,
)
FILTERS = st.builds(
    Filter,
    st.frozensets(st.sampled_from(Kind), max_size=3),
    st.frozensets(st.sampled_from((*NAMES, "term")), max_size=2),
    st.frozensets(st.sampled_from([None, *Disposition]), max_size=3),
    st.frozensets(st.sampled_from(Severity), max_size=2),
    st.lists(st.tuples(st.sampled_from(list(FIGURES)), NUMBERS, NUMBERS | st.just(inf)), max_size=2).map(tuple),
    st.none() | st.tuples(st.integers(0, 2), st.integers(1, 4)),
    st.none() | st.booleans(),
)


def standing_of(some: Sequence[Passage], standings: Sequence[tuple[object, ...]]) -> Callable[[Passage], Standing]:
    by_id = {
        each.id: Standing(disposition, worst, reviewed, each.findings[dismissed:])  # type: ignore[arg-type, misc]
        for each, (disposition, worst, reviewed, dismissed) in zip(some, standings, strict=False)
    }
    return lambda each: by_id.get(each.id, Standing(None, None, False, each.findings))


def passes(each: Passage, standing: Standing, chosen: Filter) -> bool:
    """The filter as its docstring tells it."""
    order = list(Severity)
    severity = standing.worst or max((f.severity for f in standing.findings), key=order.index, default=None)
    furniture = each.kind is Kind.BOILERPLATE
    figures = {
        "chrF": each.scores.get("chrF"),
        "BLEU": each.scores.get("BLEU"),
        "risk": None if furniture else each.risk,
        "risk per word": None if furniture else each.risk_per_word,
    }
    decimals = {"risk per word": 2}

    def shown(name: str) -> float | None:
        number = figures[name]
        return None if number is None else float(f"{number:.{decimals.get(name, 1)}f}")

    return (
        (not chosen.kinds or each.kind in chosen.kinds)
        and (not chosen.findings or any(f.kind in chosen.findings for f in standing.findings))
        and (not chosen.dispositions or standing.disposition in chosen.dispositions)
        and (not chosen.severities or severity in chosen.severities)
        and all((number := shown(name)) is not None and low <= number <= high for name, low, high in chosen.scores)
        and (chosen.words is None or chosen.words[0] <= each.words <= chosen.words[1])
        and (chosen.reviewed is None or standing.reviewed is chosen.reviewed)
    )


@given(PASSAGES, STANDINGS, FILTERS, st.sampled_from(list(ORDERS)), st.booleans())
@settings(deadline=None, max_examples=60)
def test_rows_are_those_that_pass_in_order(
    some: list[Passage], standings: list[tuple[object, ...]], chosen: Filter, order: str, one_by_one: bool
) -> None:
    index, standing = Index(some), standing_of(some, standings)
    if one_by_one:
        for each in some:
            index.stand(each, standing(each))
    else:
        index.stand_all(standing)
    expected = [each for each in ordered(some, order) if passes(each, standing(each), chosen)]
    selected = index.selected(order, chosen)
    assert list(selected) == expected
    assert [index.passages[row] for row in index.rows(order, chosen)] == expected
    assert [selected[at] for at in range(len(selected))] == expected
    assert [selected.place(index.row(each)) for each in expected] == list(range(len(expected)))
    assert list(selected[1:][::-1]) == expected[1:][::-1]


@given(PASSAGES, PASSAGES, st.data())
@settings(deadline=None, max_examples=60)
def test_a_change_is_as_good_as_a_new_index(before: list[Passage], other: list[Passage], data: st.DataObject) -> None:
    """Any passages go, others come in their places or between; what was said of the rest stays."""
    index = Index(before)
    said = standing_of(before, data.draw(STANDINGS))
    index.stand_all(said)
    gone = data.draw(st.lists(st.sampled_from(before), unique_by=id)) if before else []
    stay = [each for each in before if each not in gone]
    taken = {each.position for each in stay}
    new = [replace(each, id=f"new{each.id}") for each in other if each.position not in taken]
    index.change(gone, data.draw(st.permutations(new)))
    after = sorted([*stay, *new], key=lambda each: each.position)
    fresh = Index(after)
    standing = standing_of(stay, [(*said(each)[:3], len(each.findings) - len(said(each).findings)) for each in stay])
    fresh.stand_all(standing)
    assert list(index.passages) == after
    for order in ORDERS:
        assert list(index.selected(order)) == list(fresh.selected(order)) == ordered(after, order)
    chosen = data.draw(FILTERS)
    assert list(index.selected("risk", chosen)) == list(fresh.selected("risk", chosen))
    counts, expected = index.counts(chosen), fresh.counts(chosen)
    assert {name: count for name, count in counts.findings.items() if count} == {
        name: count for name, count in expected.findings.items() if count
    }
    assert counts._replace(findings={}) == expected._replace(findings={})


@given(PASSAGES, STANDINGS, FILTERS)
@settings(deadline=None, max_examples=60)
def test_counts_tell_what_each_choice_alone_would_leave(
    some: list[Passage], standings: list[tuple[object, ...]], chosen: Filter
) -> None:
    index, standing = Index(some), standing_of(some, standings)
    index.stand_all(standing)
    counts = index.counts(chosen)
    assert counts.passages == len(some)
    assert counts.passing == len(index.rows("document", chosen))
    for field in ("kinds", "findings", "dispositions", "severities"):
        for member, count in getattr(counts, field).items():
            alone = replace(chosen, **{field: frozenset({member})})
            assert count == sum(passes(each, standing(each), alone) for each in some), (field, member)
    for said, count in counts.reviewed.items():
        assert count == sum(passes(each, standing(each), replace(chosen, reviewed=said)) for each in some)


@given(PASSAGES, st.sets(st.integers(0, 11)), st.integers(-1, 11), st.sampled_from([1, -1]))
def test_the_next_place_goes_round(some: list[Passage], rows: set[int], here: int, step: int) -> None:
    index = Index(some)
    selected, rows = index.selected("chrf"), {row for row in rows if row < len(some)}
    count = len(some)
    here = min(here, count - 1)
    steps = range(here + 1, here + 1 + count) if step > 0 else range(here - 1, here - 1 - count, -1)
    wanted = (at % count for at in steps if int(selected.rows[at % count]) in rows)
    # Backwards from in front of the first, the last is next.
    if here < 0 and step < 0:
        wanted = (at for at in reversed(range(count)) if int(selected.rows[at]) in rows)
    assert selected.next_place(here, rows, step) == next(wanted, None)


def test_what_an_index_does_not_have_has_no_row() -> None:
    first = passage(0, Kind.MATCH, (1, 1), 50, 1)
    index = Index([first])
    foreign = replace(first, id="other")
    with pytest.raises(KeyError):
        index.row(foreign)
    with pytest.raises(KeyError):
        index.change([foreign], [])
    assert index.selected("risk").place(1) is None
    assert list(index.selected("risk", Filter(findings=frozenset({"never seen"})))) == []


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (EVERYTHING, ""),
        (
            Filter(
                kinds=frozenset({Kind.OMITTED}),
                findings=frozenset({"number", "date"}),
                scores=(("chrF", 0, 40),),
                reviewed=False,
            ),
            "omitted · date or number · chrF 0–40 · not reviewed",
        ),
        (Filter(kinds=frozenset({Kind.MOVED, Kind.ADDED, Kind.MATCH})), "match, moved or added"),
        (Filter(findings=frozenset({"a", "b", "c", "d", "e"})), "a, b or 3 more"),
        (Filter(dispositions=frozenset({None, Disposition.NOISE})), "noise or open"),
        (Filter(severities=frozenset(Severity), words=(5, ENDLESS)), "neutral, minor or 2 more · words ≥ 5"),
        (
            Filter(scores=(("risk", 2.5, inf), ("risk per word", 0.25, 0.25)), reviewed=True),
            "risk ≥ 2.5 · risk per word 0.25 · reviewed",
        ),
    ],
)
def test_a_filter_is_told_in_few_words(chosen: Filter, told: str) -> None:
    assert described(chosen) == told


@pytest.mark.parametrize(
    ("text", "scores", "words"),
    [
        ("", (), None),
        ("chrF 0-40", (("chrF", 0, 40),), None),
        ("CHRF<40", (("chrF", 0, 39.9),), None),
        ("chrf <= 40.05, bleu > 3", (("chrF", 0, 40.0), ("BLEU", 3.1, inf)), None),
        ("risk≥2 words 5–20", (("risk", 2, inf),), (5, 20)),
        ("words > 5 · risk per word<0,5", (("risk per word", 0, 0.49),), (6, ENDLESS)),
        ("risk/word=0.25; word 7", (("risk per word", 0.25, 0.25),), (7, 7)),
        ("risk-per-word 1 to 2 risk 3..4", (("risk per word", 1, 2), ("risk", 3, 4)), None),
        ("chrf>=20 chrf<40", (("chrF", 20, 39.9),), None),
    ],
)
def test_ranges_are_read_as_they_are_said(
    text: str, scores: tuple[tuple[str, float, float], ...], words: tuple[int, int] | None
) -> None:
    assert read_ranges(text) == (scores, words)


@pytest.mark.parametrize(
    "text", ["chrf", "chrf<<4", "chrf<-1", "ter<40", "40", "chrf<40x", "chrf 1-2-3", "words<" + "9" * 40, "chrf<40 &"]
)
def test_what_is_no_range_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"is no range; write it like chrF<40"):
        read_ranges(text)


@pytest.mark.parametrize("text", ["chrf 40-20", "words<5 words>9", "words<0"])
def test_a_range_that_nothing_can_be_in_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="widen the range"):
        read_ranges(text)


@given(FILTERS)
def test_told_ranges_are_read_as_the_same(chosen: Filter) -> None:
    """As the screen offers them again."""
    scores = {name: (name, round(low, 1), round(high, 1)) for name, low, high in chosen.scores if low <= high}
    chosen = Filter(scores=tuple(scores.values()), words=chosen.words if chosen.words != (2, 1) else None)
    assert read_ranges(", ".join(ranges_told(chosen))) == (chosen.scores, chosen.words)
