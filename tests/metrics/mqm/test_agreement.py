"""Agreement against published figures, hand-made ones, and oracles that count everything one by one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.errors import UsageError
from metrics.model import Kind, Severity
from metrics.mqm.agreement import Agreement, Pair, agreement
from metrics.mqm.coefficients import Figure
from metrics.mqm.model import Annotation, Deed, Disposition, Side, Unit
from metrics.mqm.panel import LEVELS, Judge, Judgement, Panel, only, panel
from metrics.mqm.store import Session

FINE, ERROR, PARAPHRASE, MISALIGNMENT, NOISE = Disposition
TEXT = "one two three four"
CATEGORIES = ("accuracy/addition", "accuracy/omission", "style")


def mark(
    start: int,
    end: int,
    severity: Severity = Severity.MINOR,
    category: str = "style",
    side: Side = Side.CANDIDATE,
    unit: str = "u",
) -> Annotation:
    return Annotation("", unit, "", side, start, end, category, severity)


def compare(*reviews: Mapping[str, Judgement], units: Iterable[str] = ()) -> Agreement:
    """The agreement of reviewers named a, b, … of units that are numbered in the order in which they come up."""
    ids = dict.fromkeys([*units, *(unit for judgements in reviews for unit in judgements)])
    known = {unit: Unit(unit, place, Kind.MATCH, TEXT, TEXT) for place, unit in enumerate(ids)}
    judges = [Judge(name, name, "", len(ids), what) for name, what in zip("abcdefg", reviews, strict=False)]
    return agreement(Panel(tuple(judges), known))


def compare_two(first: Mapping[str, Judgement], second: Mapping[str, Judgement]) -> Pair:
    (pair,) = compare(first, second).pairs
    return pair


def levelled(level: int) -> Judgement:
    return Judgement(None, (mark(0, 3, Severity(LEVELS[level])),)) if level else Judgement(FINE)


def disposed(place: int) -> Judgement:
    return Judgement(list(Disposition)[place])


# --- coefficients -------------------------------------------------------------------------------

# Krippendorff 2011, example C: four observers, twelve units, five values, and some that are missing.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def observed() -> list[list[int | None]]:
    return [[None if value == "." else int(value) - 1 for value in row] for row in OBSERVERS]


def reviews_of(
    rows: Iterable[Sequence[int | None]], judgement: Callable[[int], Judgement]
) -> list[dict[str, Judgement]]:
    return [{f"u{place}": judgement(value) for place, value in enumerate(row) if value is not None} for row in rows]


def test_alpha_of_the_published_example() -> None:
    rows = observed()
    assert [len(row) for row in rows] == [12] * 4
    dispositions = compare(*reviews_of(rows, disposed))
    assert dispositions.dispositions.value == pytest.approx(0.743, abs=5e-4)
    severities = compare(*reviews_of(rows, levelled))
    assert severities.severities.value == pytest.approx(0.815, abs=5e-4)
    assert (severities.compared, severities.alone, severities.severities.count) == (11, 1, 11)


def test_kappa_by_hand() -> None:
    # 20 times both fine, 15 times both an error, 5 and 10 times not: observed 0.7, by chance 0.5.
    said = [(FINE, FINE)] * 20 + [(FINE, ERROR)] * 5 + [(ERROR, FINE)] * 10 + [(ERROR, ERROR)] * 15
    first, second = ({f"u{place}": Judgement(pair[side]) for place, pair in enumerate(said)} for side in (0, 1))
    figure = compare_two(first, second).dispositions
    assert figure.value == pytest.approx(0.4)
    assert figure.count == 50


def test_weighted_kappa_by_hand() -> None:
    # Two of four passages differ, by one step of four and by four: 0.25 + 1 observed. Every level of the one stands
    # against every one of the other by chance: (none, none, minor, critical) × (none, neutral, minor, none) / 4.
    first, second = reviews_of(([0, 0, 2, 4], [0, 1, 2, 0]), levelled)
    by_chance = sum(abs(one - other) for one, other in product([0, 0, 2, 4], [0, 1, 2, 0])) / 4 / 4
    assert compare_two(first, second).severities.value == pytest.approx(1 - 1.25 / by_chance)


ratings = st.lists(st.lists(st.none() | st.integers(0, 4), min_size=6, max_size=6), min_size=2, max_size=4)


def alpha_oracle(rows: Sequence[Sequence[int | None]], ordinal: bool) -> float | None:
    """By the coincidence matrix: every ordered pair of values of a unit, worth 1 / (values − 1)."""
    coincidences: defaultdict[tuple[int, int], float] = defaultdict(float)
    for column in zip(*rows, strict=True):
        values = [value for value in column if value is not None]
        for one, other in product(range(len(values)), repeat=2):
            if one != other:
                coincidences[values[one], values[other]] += 1 / (len(values) - 1)
    totals = [sum(coincidences[value, other] for other in range(5)) for value in range(5)]

    def distance(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        if not ordinal or low == high:
            return float(one != other)
        return float((totals[low] / 2 + sum(totals[low + 1 : high]) + totals[high] / 2) ** 2)

    everything = [(one, other) for one in range(5) for other in range(5)]
    expected = sum(totals[one] * totals[other] * distance(one, other) for one, other in everything)
    if not expected:
        return None
    found = sum(coincidences[pair] * distance(*pair) for pair in everything)
    return 1 - (sum(totals) - 1) * found / expected


@given(ratings)
@settings(max_examples=60, deadline=None)
def test_alpha_is_that_of_the_coincidence_matrix(rows: list[list[int | None]]) -> None:
    severities = compare(*reviews_of(rows, levelled)).severities
    dispositions = compare(*reviews_of(rows, disposed)).dispositions
    for figure, ordinal in ((severities, True), (dispositions, False)):
        expected = alpha_oracle(rows, ordinal)
        assert (figure.value is None) == (expected is None) == bool(figure.reason)
        assert figure.value == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_kappas_are_those_of_the_table(said: list[tuple[int, int]]) -> None:
    ones, others = zip(*said, strict=True)
    for judgement, distance, of in (
        (disposed, lambda one, other: float(one != other), "dispositions"),
        (levelled, lambda one, other: abs(one - other), "severities"),
    ):
        pair = compare_two(*reviews_of((ones, others), judgement))
        found = sum(distance(*two) for two in said) / len(said)
        chance = sum(distance(*two) for two in product(ones, others)) / len(said) ** 2
        figure = getattr(pair, of)
        assert figure.value == (pytest.approx(1 - found / chance) if chance else None)
        assert bool(figure.reason) == (not chance)


# --- undefined ----------------------------------------------------------------------------------


def test_nobody_and_one_reviewer_are_told() -> None:
    nobody = compare()
    assert nobody.severities == nobody.dispositions == Figure(None, "nobody has reviewed anything")
    one = compare({"u": Judgement(FINE)})
    assert one.severities == one.dispositions == Figure(None, "a is the only reviewer")
    assert (one.compared, one.alone, one.pairs, one.disputes) == (0, 1, (), ())


def test_reviewers_without_a_common_passage_are_told() -> None:
    both = compare({"u": Judgement(FINE)}, {"v": Judgement(FINE, (mark(0, 3),))})
    (pair,) = both.pairs
    for figure in (both.dispositions, pair.dispositions, both.severities, pair.severities):
        assert figure == Figure(None, "there is no passage that a and b have in common")
    three = compare({"u": Judgement(FINE)}, {"v": Judgement(FINE)}, {})
    assert three.severities == Figure(None, "there is no passage that two reviewers have in common")
    assert (both.compared, both.alone, pair.passages, pair.alone) == (0, 2, 0, (1, 1))
    for figures in pair.spans:
        assert figures.f1.value is figures.precision.value is figures.recall.value is None
        assert figures.f1.reason.startswith("neither a nor b marked a")


def test_an_annotation_alone_is_a_review_but_no_disposition() -> None:
    pair = compare_two({"u": levelled(2), "v": disposed(0)}, {"u": levelled(2), "v": disposed(1)})
    assert pair.dispositions.count == 1
    assert pair.severities == Figure(1.0, "", 2)


def test_passages_without_a_disposition_of_both_are_told() -> None:
    both = compare({"u": levelled(2), "v": levelled(1)}, {"u": disposed(1), "v": levelled(1)})
    reason = "there is no passage of which a and b both give a disposition"
    assert both.dispositions == both.pairs[0].dispositions == Figure(None, reason)
    assert both.severities.count == 2


def test_that_all_say_the_same_is_told() -> None:
    said = {"u": Judgement(FINE), "v": Judgement(FINE)}
    both = compare(said, said)
    reason = "all say 'fine' of every passage, and chance would have it so, too"
    assert both.dispositions == both.pairs[0].dispositions == Figure(None, reason, 2)
    assert both.severities.reason == both.pairs[0].severities.reason == reason.replace("fine", "none")


def test_of_one_who_marks_nothing_precision_is_undefined_and_f1_is_0() -> None:
    (figures, *_) = compare_two({"u": levelled(2)}, {"u": levelled(0)}).spans
    assert figures.precision == Figure(None, "b did not mark a character in the passages compared")
    assert (figures.recall, figures.f1) == (Figure(0.0, "", 3), Figure(0.0, "", 3))


# --- spans --------------------------------------------------------------------------------------

annotations = st.builds(
    lambda start, length, severity, category, side: mark(start, min(start + length, 18), severity, category, side),
    start=st.integers(0, 17),
    length=st.integers(0, 18),
    severity=st.sampled_from([Severity.MINOR, Severity.MAJOR]),
    category=st.sampled_from(CATEGORIES[:2]),
    side=st.sampled_from([Side.CANDIDATE, Side.REFERENCE]),
)
judgements = st.builds(Judgement, st.sampled_from([None, *Disposition]), st.lists(annotations, max_size=4).map(tuple))
reviews = st.dictionaries(st.sampled_from("uvw"), judgements, min_size=1)


def same(one: Annotation, other: Annotation, category: bool, severity: bool) -> bool:
    return (one.category == other.category or not category) and (one.severity is other.severity or not severity)


def oracle(
    first: Mapping[str, Judgement], second: Mapping[str, Judgement], by: str, category: bool, severity: bool
) -> tuple[float | None, float | None, float | None]:
    common = sorted(first.keys() & second.keys())
    if by == "characters":
        ones, others = (
            {
                (unit, m.side, place, m.category if category else "", m.severity if severity else "")
                for unit in common
                for m in review[unit].annotations
                for place in range(m.start, m.end)
            }
            for review in (first, second)
        )
        sizes = len(ones), len(others)
        found = len(ones & others), len(ones & others)
    else:
        lists = [[(unit, m) for unit in common for m in review[unit].annotations] for review in (first, second)]
        sizes = len(lists[0]), len(lists[1])

        def hit(one: tuple[str, Annotation], other: tuple[str, Annotation]) -> bool:
            (unit, m), (other_unit, n) = one, other
            characters = set(range(m.start, m.end)) & set(range(n.start, n.end))
            touch = characters or (m.start, m.end) == (n.start, n.end)
            return unit == other_unit and m.side is n.side and bool(touch) and same(m, n, category, severity)

        found = (
            sum(any(hit(one, other) for other in lists[1]) for one in lists[0]),
            sum(any(hit(one, other) for one in lists[0]) for other in lists[1]),
        )
    recall = found[0] / sizes[0] if sizes[0] else None
    precision = found[1] / sizes[1] if sizes[1] else None
    if precision is None and recall is None:
        return None, None, None
    if not precision or not recall:
        return precision, recall, 0.0
    return precision, recall, 2 / (1 / precision + 1 / recall)


@given(reviews, reviews)
@settings(max_examples=150, deadline=None)
def test_span_figures_are_those_of_sets_of_characters(
    first: dict[str, Judgement], second: dict[str, Judgement]
) -> None:
    pair, turned = compare_two(first, second), compare_two(second, first)
    assert len(pair.spans) == 8
    for figures, back in zip(pair.spans, turned.spans, strict=True):
        expected = oracle(first, second, figures.by, figures.category, figures.severity)
        got = figures.precision, figures.recall, figures.f1
        for figure, value in zip(got, expected, strict=True):
            assert figure.value == (None if value is None else pytest.approx(value))
            assert bool(figure.reason) == (value is None)
        assert back.f1.value == (None if got[2].value is None else pytest.approx(got[2].value))
        assert (back.precision.value, back.recall.value) == (got[1].value, got[0].value)
    assert {(c.second, c.first, c.count) for c in pair.confusions} == {
        (c.first, c.second, c.count) for c in turned.confusions
    }


@given(reviews)
@settings(max_examples=60, deadline=None)
def test_a_reviewer_agrees_with_a_double(review: dict[str, Judgement]) -> None:
    result = compare(review, review)
    (pair,) = result.pairs
    spans = [figure for f in pair.spans for figure in (f.precision, f.recall, f.f1)]
    for figure in (result.dispositions, result.severities, pair.dispositions, pair.severities, *spans):
        assert figure.value == (None if figure.reason else pytest.approx(1))
    assert result.disputes == ()
    assert (result.compared, result.alone, pair.alone) == (len(review), 0, (0, 0))


def test_categories_that_are_confused_are_counted() -> None:
    first = {"u": Judgement(None, (mark(0, 3, category="x"), mark(4, 7, category="y"))), "v": levelled(2)}
    second = {"u": Judgement(None, (mark(2, 5, category="z"), mark(5, 7, category="y"))), "w": levelled(2)}
    assert [(c.first, c.second, c.count) for c in compare_two(first, second).confusions] == [
        ("x", "z", 1),
        ("y", "y", 1),
        ("y", "z", 1),
    ]


# --- adjudication -------------------------------------------------------------------------------


def test_the_worst_disagreement_comes_first() -> None:
    critical, major, minor = (mark(0, 3, severity) for severity in list(Severity)[:0:-1])
    first = {
        "same": Judgement(ERROR, (minor,)),
        "place": Judgement(ERROR, (minor,)),
        "label": Judgement(FINE),
        "silent": Judgement(None, (minor,)),
        "wide": Judgement(ERROR, (mark(0, 18),)),
        "call": Judgement(ERROR, (minor,)),
        "low": Judgement(ERROR, (minor,)),
        "high": Judgement(ERROR, (major,)),
        "missed": Judgement(ERROR, (critical,)),
        "alone": Judgement(ERROR, (critical,)),
    }
    second = {
        "same": Judgement(ERROR, (minor,)),
        "place": Judgement(ERROR, (mark(0, 4),)),
        "label": Judgement(MISALIGNMENT),
        "silent": Judgement(ERROR, (minor,)),
        "wide": Judgement(ERROR, (minor,)),
        "call": Judgement(PARAPHRASE, (minor,)),
        "low": Judgement(ERROR, (mark(0, 3, Severity.NEUTRAL),)),
        "high": Judgement(ERROR, (critical,)),
        "missed": Judgement(FINE),
    }
    disputes = compare(first, second).disputes
    assert [d.unit for d in disputes] == ["missed", "high", "low", "call", "wide", "place", "label"]
    assert [d.steps for d in disputes] == [4, 1, 1, 0, 0, 0, 0]
    assert [d.characters for d in disputes] == [3, 6, 6, 0, 15, 1, 0]
    assert disputes[0].judgements == {0: first["missed"], 1: second["missed"]}


@given(reviews, reviews, reviews)
@settings(max_examples=40, deadline=None)
def test_disputes_are_the_passages_of_which_not_all_say_the_same(
    first: dict[str, Judgement], second: dict[str, Judgement], third: dict[str, Judgement]
) -> None:
    three = first, second, third
    result = compare(*three)
    for unit in "uvw":
        said = [review[unit] for review in three if unit in review]
        differ = len({frozenset(j.annotations) for j in said}) > 1 or len({j.disposition for j in said} - {None}) > 1
        assert (unit in {dispute.unit for dispute in result.disputes}) == differ
    assert [d.steps for d in result.disputes] == sorted((d.steps for d in result.disputes), reverse=True)
    assert result.compared + result.alone == len({unit for review in three for unit in review})


# --- sessions -----------------------------------------------------------------------------------

UNITS = tuple(Unit(f"u{place}", place, Kind.MATCH, TEXT, TEXT[:place]) for place in range(4))


def session(path: Path, units: Sequence[Unit] = UNITS) -> Session:
    opened = Session.open(path, create=True)
    opened.adopt(units)
    return opened


def annotation(unit: str, who: str, side: Side = Side.CANDIDATE, name: str = "") -> Annotation:
    return Annotation(name or f"{unit} {who}", unit, who, side, 0, 0, "style", Severity.MAJOR)


def test_a_passage_is_reviewed_by_whom_it_has_a_disposition_or_an_annotation_of(tmp_path: Path) -> None:
    with session(tmp_path / "a.review") as one:
        one.dispose("u0", "ana", FINE)
        one.annotate(annotation("u3", "ana", Side.REFERENCE))
        one.see("u2", "ana")
        one.see("u2", "ben")
        one.dispose("u1", "ana", NOISE)
        one.undo("ana")
        found = panel([one])
    (ana,) = found.judges
    assert (ana.name, ana.passages, set(ana.judgements)) == ("ana", 4, {"u0", "u3"})
    (whole,) = ana.judgements["u3"].annotations
    assert (whole.start, whole.end) == (0, 3)
    assert list(found.units) == ["u0", "u1", "u2", "u3"]


def test_reviewers_of_one_name_are_told_apart_by_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.review", "b.review")]
    with session(paths[0]) as one, session(paths[1], UNITS[1:]) as two:
        for unit in ("u0", "u1", "u2"):
            one.dispose(unit, "ana", FINE)
        two.dispose("u1", "ana", FINE)
        two.dispose("u2", "ana", ERROR)
        two.dispose("u2", "ben", ERROR)
        found = panel([one, two])
    assert [judge.name for judge in found.judges] == [f"ana ({paths[0]})", f"ana ({paths[1]})", "ben"]
    result = agreement(found)
    assert (result.compared, result.alone, result.pairs[0].passages, result.pairs[0].alone) == (2, 1, 2, (1, 0))
    assert [dispute.unit for dispute in result.disputes] == ["u2"]
    assert [judge.name for judge in only(found, ["ben", "ana"]).judges] == [
        "ben",
        *(f"ana ({path})" for path in paths),
    ]
    with pytest.raises(UsageError, match="'eve' has reviewed nothing: choose from ana "):
        only(found, ["eve"])


def test_a_copy_counts_once_where_it_is_fullest(tmp_path: Path) -> None:
    original, copied = tmp_path / "a.review", tmp_path / "b.review"
    with session(original) as one:
        one.annotate(annotation("u0", "ana"))
    copied.write_bytes(original.read_bytes())
    with Session.open(original) as one, Session.open(copied) as two:
        two.annotate(annotation("u0", "ben"))
        two.see("u2", "ana")
        both = panel([one, two])
        assert [(judge.name, judge.path) for judge in both.judges] == [("ana", str(original)), ("ben", str(copied))]
        assert both.copies == (("ana", str(copied), str(original)),)
        two.dispose("u1", "ana", FINE)
        fuller = panel([one, two])
        assert [(judge.name, judge.path) for judge in fuller.judges] == [("ana", str(copied)), ("ben", str(copied))]
        one.dispose("u1", "ana", ERROR)
        assert [judge.reviewer for judge in panel([one, two]).judges] == ["ana", "ana", "ben"]
        assert [judge.name for judge in panel([one, one]).judges] == ["ana"]


def test_an_annotation_counts_for_the_one_it_is_of_whoever_records_it(tmp_path: Path) -> None:
    with session(tmp_path / "a.review") as one:
        body = {"id": "1", "reviewer": "rater1", "side": "candidate", "start": 0, "end": 3}
        one.record([("importer", Deed.ANNOTATE, "u0", body | {"category": "style", "severity": "minor"})])
        assert [judge.name for judge in panel([one]).judges] == ["rater1"]
        one.dispose("u1", "importer", FINE)
        assert [judge.name for judge in panel([one]).judges] == ["importer", "rater1"]


def test_passages_that_the_texts_no_longer_have_are_compared_and_unknown_ones_do_no_harm(tmp_path: Path) -> None:
    with session(tmp_path / "a.review") as one, session(tmp_path / "b.review") as two:
        for who, place in (("ana", one), ("ben", two)):
            place.annotate(annotation("u0", who))
            place.annotate(annotation("lost", who))
        one.adopt(UNITS[1:])
        found = panel([one, two])
    assert agreement(found).compared == 2
    assert found.units["u0"].candidate == TEXT
    assert found.units["lost"].candidate == ""
    assert agreement(found).disputes == ()
    assert agreement(found).pairs[0].spans[4].f1.value == 1
