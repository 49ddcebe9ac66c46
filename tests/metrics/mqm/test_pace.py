"""Words per hour: what counts as work, and what as judged."""

from datetime import UTC, datetime, timedelta

import pytest

from metrics.mqm.model import Act, Deed, Disposition
from metrics.mqm.pace import pace

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORDS = {"a": 100, "b": 200, "c": 300}
FINE = {"disposition": Disposition.FINE}


def acts(*entries: tuple[float, Deed, str], reviewer: str = "ana") -> list[Act]:
    """Acts by minute, deed and unit."""
    return [
        Act(number, (START + timedelta(minutes=minute)).isoformat(), reviewer, deed, unit, FINE)
        for number, (minute, deed, unit) in enumerate(entries, 1)
    ]


def test_time_is_counted_from_act_to_act_and_pauses_are_not() -> None:
    done = acts(
        (0, Deed.SEE, "a"), (2, Deed.DISPOSE, "a"), (5, Deed.DISPOSE, "b"), (60, Deed.SEE, "c"), (61, Deed.DISPOSE, "c")
    )
    found = pace(done, "ana", WORDS)
    assert found.worked == timedelta(minutes=6)
    assert (found.words, found.passages) == (600, 3)
    assert found.words_per_hour == pytest.approx(6000)


def test_what_was_judged_after_a_pause_counts_no_more_than_the_pause() -> None:
    done = acts((0, Deed.SEE, "a"), (2, Deed.DISPOSE, "a"), (30, Deed.DISPOSE, "b"), (31, Deed.ANNOTATE, "b"))
    found = pace(done, "ana", WORDS)
    assert found.worked == timedelta(minutes=3)
    assert found.words == 100


def test_a_unit_counts_once_and_what_others_did_not_at_all() -> None:
    done = acts((0, Deed.SEE, "a"), (1, Deed.ANNOTATE, "a"), (2, Deed.ANNOTATE, "a"), (3, Deed.DISPOSE, "a"))
    others = acts((0.5, Deed.DISPOSE, "b"), (2.5, Deed.DISPOSE, "c"), reviewer="bo")
    found = pace([*done, *others], "ana", WORDS)
    assert (found.words, found.worked) == (100, timedelta(minutes=3))


def test_what_was_written_at_one_moment_was_not_read_here() -> None:
    found = pace(acts(*((0, Deed.DISPOSE, unit) for unit in WORDS)), "ana", WORDS)
    assert (found.words, found.worked, found.words_per_hour) == (0, timedelta(), None)


def test_merged_acts_are_taken_in_the_order_of_their_times() -> None:
    done = acts((10, Deed.SEE, "b"), (11, Deed.DISPOSE, "b"), (0, Deed.SEE, "a"), (1, Deed.DISPOSE, "a"))
    found = pace(done, "ana", WORDS)
    assert (found.words, found.worked) == (300, timedelta(minutes=2))


def test_opening_a_unit_again_is_work_but_no_judgement() -> None:
    opened = Act(2, (START + timedelta(minutes=1)).isoformat(), "ana", Deed.DISPOSE, "a", {"disposition": None})
    found = pace([*acts((0, Deed.SEE, "a")), opened], "ana", WORDS)
    assert (found.words, found.worked) == (0, timedelta(minutes=1))
    assert found.words_per_hour is None


def test_units_that_the_texts_no_longer_have_are_work_without_words() -> None:
    found = pace(acts((0, Deed.SEE, "gone"), (1, Deed.DISPOSE, "gone"), (2, Deed.DISPOSE, "a")), "ana", WORDS)
    assert (found.words, found.passages, found.worked) == (100, 1, timedelta(minutes=2))
    assert pace([], "ana", WORDS).words_per_hour is None
