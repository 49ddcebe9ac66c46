"""What reports of any size are put together with: the first of many, JSON in pieces, names cut to a width."""

import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.reports.first import First
from metrics.reports.json_pieces import dumped, filled
from metrics.reports.several_summary import shortened
from metrics.visible import clean, columns

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.integers(), unique=True), st.integers(0, 10))
def test_the_first_are_those_of_the_sorted_whole(keys: list[int], most: int) -> None:
    made: list[int] = []
    first: First[int] = First(most)

    def make(key: int) -> int:
        made.append(key)
        return key

    for key in keys:
        first.offer(key, partial(make, key))
    assert first.kept == sorted(keys)[:most]
    # Nothing is made that does not come so far at its time.
    assert made == [key for at, key in enumerate(keys) if sum(other < key for other in keys[:at]) < most]


@given(st.dictionaries(st.text(), values, max_size=3), st.lists(values, max_size=3), st.lists(values, max_size=3))
def test_json_in_pieces_is_json_of_the_whole(head: dict[str, Any], one: list[Any], other: list[Any]) -> None:
    head = {f"head {key}": value for key, value in head.items()}
    whole = {**head, "in": [{**head, "one": [], "other": []}]}
    expected = {**head, "in": [{**head, "one": one, "other": other}]}
    assert "".join(filled(whole, map(dumped, one), map(dumped, other))) == dumped(expected)


@given(values)
def test_json_says_what_it_is_given_and_a_terminal_obeys_none_of_it(value: Any) -> None:
    assert json.loads(dumped(value)) == value
    assert json.loads(dumped("a\x9b31m\u202eb\x7f")) == "a\x9b31m\u202eb\x7f"
    assert dumped("a\x9b\u202eb\x7f é") == '"a\\u009b\\u202eb\\u007f é"'


@given(st.text().map(clean), st.integers(3, 30))
def test_names_are_cut_to_a_width(text: str, width: int) -> None:
    short = shortened(text, width)
    assert columns(short) <= width
    assert short == text or "…" in short


@pytest.mark.parametrize(("width", "short"), [(20, "news/a/harbour.txt"), (12, "news…our.txt"), (7, "ne….txt")])
def test_the_end_of_a_name_is_kept(width: int, short: str) -> None:
    assert shortened("news/a/harbour.txt", width) == short
