"""What is kept of a review, and how it is paired with a later one."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.baseline import Kept, Row, Statistics, baseline_json, comparable, keep, kept_json, pair, parse_baseline
from metrics.errors import InputError
from metrics.model import Review, Scope, Score, Settings
from metrics.review import review, run
from metrics.segment_keys import segment_keys
from tests.support import sample


def kept(names: str, *links: tuple[Sequence[int], float]) -> Kept:
    """Passages on segments called by letters; each has one number for its statistics, or none for 0."""
    return Kept(tuple(names), tuple(Row(tuple(ids), {"M": (value,)} if value else {}) for ids, value in links))


def values(units: Sequence[Statistics]) -> list[float]:
    return [unit["M"][0] for unit in units]


@pytest.fixture(scope="module")
def harbour() -> Review:
    return run(review(*sample("harbour")))


def keep_all(made: Review) -> Kept:
    return keep(made, segment_keys(made.reference_segments).keys)


def test_passages_with_the_same_reference_are_paired_in_its_order() -> None:
    pairs = pair(kept("abc", ([0], 1), ([1], 2), ([2], 3)), kept("cab", ([0], 30), ([1], 10), ([2], 20)), ["M"])
    assert (values(pairs.before), values(pairs.after)) == ([3, 1, 2], [30, 10, 20])
    assert pairs.unpaired == (0, 0)


def test_passages_that_were_grouped_otherwise_make_one_unit() -> None:
    pairs = pair(kept("abcd", ([0, 1], 1), ([2], 2), ([3], 4)), kept("abcd", ([0], 10), ([1, 2], 20), ([3], 40)), ["M"])
    assert (values(pairs.before), values(pairs.after)) == ([3, 4], [30, 40])


def test_added_text_belongs_to_the_segment_that_it_stands_behind() -> None:
    pairs = pair(kept("ab", ([0], 1), ([1], 2)), kept("ab", ([0], 10), ([0], 5), ([1], 20)), ["M"])
    assert (values(pairs.before), values(pairs.after)) == ([1, 2], [15, 20])


def test_what_is_not_in_both_references_is_told() -> None:
    pairs = pair(
        kept("abxd", ([0], 1), ([1, 2], 2), ([3], 4)),
        kept("abyzd", ([0], 10), ([1], 20), ([2, 3], 7), ([4], 40)),
        ["M"],
    )
    assert (values(pairs.before), values(pairs.after)) == ([1, 4], [10, 40])
    assert pairs.unpaired == (1, 2)


def test_what_one_side_does_not_count_is_nothing_there_and_what_neither_counts_is_no_unit() -> None:
    pairs = pair(kept("abc", ([0], 1), ([1], 0), ([2], 0)), kept("abc", ([0], 0), ([1], 20), ([2], 0)), ["M"])
    assert (values(pairs.before), values(pairs.after)) == ([1, 0], [0, 20])


partitions = st.lists(st.integers(1, 4), min_size=1, max_size=8)


@given(partitions, partitions)
def test_whatever_the_groups_nothing_is_lost(ours: list[int], theirs: list[int]) -> None:
    size = min(sum(ours), sum(theirs))
    names = "".join(chr(97 + i) for i in range(size))

    def grouped(sizes: list[int]) -> Kept:
        starts = [min(sum(sizes[:i]), size) for i in range(len(sizes) + 1)]
        groups = [range(a, b) for a, b in zip(starts, [*starts[1:], size], strict=True) if a < b]
        return kept(names, *((list(group), 1.0 + group[0]) for group in groups))

    before, after = grouped(ours), grouped(theirs)
    pairs = pair(before, after, ["M"])
    assert pairs.unpaired == (0, 0)
    for units, side in ((pairs.before, before), (pairs.after, after)):
        assert sum(values(units)) == sum(row.statistics["M"][0] for row in side.rows)
    # As many units as there are places where both sides begin a group: the oracle of what must stay together.
    starts = [{row.segments[0] for row in side.rows} for side in (before, after)]
    assert len(pairs.after) == len(starts[0] & starts[1])


@pytest.mark.parametrize("scope", list(Scope))
def test_what_is_kept_of_a_review_adds_up_to_its_scores(scope: Scope) -> None:
    made = run(review(*sample("harbour"), Settings(scope=scope)))
    everything = keep_all(made)
    units = pair(everything, everything, ["BLEU"]).after
    sums = [sum(column) for column in zip(*(unit["BLEU"] for unit in units), strict=True)]
    expected = zip(*(passage.statistics["BLEU"] for passage in made.counted), strict=True)
    assert sums == [sum(column) for column in expected]


def test_passages_that_reviewers_left_out_do_not_count(harbour: Review) -> None:
    away = harbour.counted[3].id
    names = segment_keys(harbour.reference_segments).keys
    assert sum(bool(row.statistics) for row in keep(harbour, names, {away}).rows) == len(harbour.counted) - 1


def test_a_file_holds_what_was_kept(harbour: Review) -> None:
    everything = keep_all(harbour)
    read = parse_baseline(baseline_json(harbour.scores, harbour.settings.scope, everything).encode(), "b\x1b.json")
    assert read.kept == everything
    assert read.path == "b␛.json"
    assert comparable(read, harbour.scores, "document", ["chrF"]) == ("BLEU", "chrF", "chrF++")


def with_(**changed: object) -> str:
    report = {
        "schema": 1,
        "scope": "document",
        "scores": {"M": {"score": 1, "signature": "s"}},
        "baseline": kept_json(kept("ab", ([0], 1), ([1], 2))),
    }
    return json.dumps({**report, **changed})


def passages(*those: object) -> str:
    return with_(baseline={"segments": ["a", "b"], "passages": those})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ("[]", "it has no passages' statistics"),
        ('{"schema": 1, "scores": {}}', "it has no passages' statistics"),
        (with_(schema=2), "its schema is not 1"),
        (with_(scores=[]), "it is damaged"),
        (with_(scores={"M": 3}), "it is damaged"),
        (passages({"reference": [2], "statistics": {}}), "it is damaged"),
        (passages({"reference": [True], "statistics": {}}), "it is damaged"),
        (passages({"reference": [], "statistics": {}}), "it is damaged"),
        (passages({"reference": [0], "statistics": {"N": "1"}}), "it is damaged"),
        (passages({"reference": [0], "statistics": {"M": "1 nan"}}), "it is damaged"),
        (passages({"reference": [0], "statistics": {"M": "-1"}}), "it is damaged"),
        (passages({"reference": [0], "statistics": {"M": ""}}), "it is damaged"),
        (
            passages({"reference": [0], "statistics": {"M": "1"}}, {"reference": [1], "statistics": {"M": "1 2"}}),
            "damaged",
        ),
        (passages(3), "it is damaged"),
    ],
)
def test_another_file_is_told_with_a_remedy(text: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        parse_baseline(text.encode(), "b.json")
    assert told in str(error.value)
    assert str(error.value).startswith("b.json: no baseline: ")
    assert "--save-baseline" in str(error.value)


def test_what_was_scored_otherwise_is_not_compared() -> None:
    read = parse_baseline(with_(scores={"M": {"signature": "tok:13a|version:2.5.0"}}).encode(), "b.json")
    same = {"M": Score("M", 1, "tok:13a|version:2.6.0"), "N": Score("N", 1, "x")}
    other = {"M": Score("M", 1, "tok:zh|version:2.6.0")}
    assert comparable(read, same, "document", []) == ("M",)
    with pytest.raises(InputError, match=r"M was scored with tok:13a, and now with tok:zh: score both alike"):
        comparable(read, other, "document", [])
    with pytest.raises(InputError, match=r"scored with --scope document, and this with --scope aligned"):
        comparable(read, same, "aligned", [])
    with pytest.raises(InputError, match="it has no N"):
        comparable(read, same, "document", ["N"])


def test_statistics_of_another_make_are_told() -> None:
    other = Kept(("a",), (Row((0,), {"M": (1.0, 2.0)}),))
    with pytest.raises(InputError, match="keeps other statistics of M"):
        pair(kept("a", ([0], 1)), other, ["M"])
