"""Limits, and what becomes of them."""

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import UsageError
from metrics.findings import KINDS
from metrics.gates import Bound, Gate, Outcome, failed, gate_on, judge, judge_drop, outcome_lines
from metrics.scoring import METRICS


@dataclass(frozen=True)
class Changed:
    before: float
    after: float
    units: int = 100
    interval: tuple[float, float] | None = (-3.0, -1.0)
    p_value: float | None = 0.01
    detectable: float | None = 1.4


def gate(bound: str, name: str, limit: float) -> Gate:
    return gate_on(Bound(bound), name, limit, f"--{bound} {name}={limit:g}", METRICS, KINDS)


@pytest.mark.parametrize(
    ("bound", "name", "on"),
    [
        ("min", "bleu", "BLEU"),
        ("min", "CHRF++", "chrF++"),
        ("min", "Coverage", "coverage"),
        ("min", "candidate-coverage", "candidate-coverage"),
        ("max", "ter", "TER"),
        ("max", "numbers", "number"),
        ("max", "Number", "number"),
        ("max", "modalities", "modality"),
        ("max", "near-misses", "near-miss"),
        ("max", "omissions", "omission"),
        ("max", "money", "money"),
        ("max-drop", "ter", "TER"),
    ],
)
def test_names_are_understood_in_any_case_and_in_the_plural(bound: str, name: str, on: str) -> None:
    assert gate(bound, name, 1).on == on
    assert gate(bound, name, 1).counts is (on in KINDS)


@pytest.mark.parametrize(
    ("bound", "name", "limit", "told"),
    [
        ("min", "blue", 9, "there is no 'blue': did you mean BLEU?"),
        ("max", "numbres", 9, "did you mean number?"),
        ("min", "numbers", 9, "there is no 'numbers'"),
        ("min", "\x1b[2J", 9, "there is no '␛[2J': choose from BLEU, chrF, chrF++, coverage"),
        ("min", "TER", 60, "TER is better the lower it is: write --max TER="),
        ("max", "chrF", 60, "chrF is better the higher it is: write --min chrF="),
        ("max", "coverage", 60, "write --min coverage="),
        ("max-drop", "coverage", 6, "there is no 'coverage': choose from BLEU"),
        ("min", "BLEU", 101, "101 is out of range: give a number 0…100"),
        ("max", "TER", -1, "out of range: give a number of 0 and up"),
        ("max", "numbers", 1.5, "1.5 is no count"),
        ("max", "numbers", -1, "-1 is no count"),
    ],
)
def test_what_cannot_be_meant_is_told_with_the_option(bound: str, name: str, limit: float, told: str) -> None:
    with pytest.raises(UsageError) as error:
        gate(bound, name, limit)
    assert told in str(error.value)
    assert str(error.value).startswith(f"--{bound} ")


@given(st.sampled_from([("min", "BLEU", 1), ("max", "TER", -1)]), st.floats(0, 100), st.floats(0, 100))
def test_a_value_passes_on_its_side_of_the_limit(case: tuple[str, str, int], limit: float, value: float) -> None:
    bound, name, better = case
    outcome = judge(gate(bound, name, limit), value)
    if abs(value - limit) > 1e-6:
        assert outcome.passed is (better * (value - limit) > 0)
        assert ("above" if value > limit else "below") in outcome.told
    assert judge(gate(bound, name, limit), limit).passed


def test_a_miss_by_the_last_bit_is_none_and_a_small_one_is_not_printed_as_nothing() -> None:
    assert judge(gate("min", "BLEU", 100), 99.99999999999999).passed
    outcome = judge(gate("min", "BLEU", 30), 29.9996)
    assert (outcome.passed, outcome.by) == (False, "0.0004")


@pytest.mark.parametrize(
    ("found", "passed", "told"),
    [(0, True, "0 found, 2 fewer than"), (2, True, "2 found, as many as"), (5, False, "5 found, 3 more than")],
)
def test_findings_are_counted(found: int, passed: bool, told: str) -> None:
    outcome = judge(gate("max", "numbers", 2), found)
    assert (outcome.name, outcome.passed) == ("max number", passed)
    assert outcome.told == f"number: {told} --max numbers=2"


@pytest.mark.parametrize(
    ("metric", "changed", "passed", "told"),
    [
        ("BLEU", Changed(30, 28), False, "28.00 is 2.00 worse than 30.00, 1.00 more than"),
        ("BLEU", Changed(30, 29.5), True, "0.50 worse than 30.00, within"),
        ("BLEU", Changed(30, 29.5), True, "show drops of 1.40 and more"),
        ("BLEU", Changed(30, 34), True, "4.00 better than 30.00, within"),
        ("BLEU", Changed(30, 28, p_value=0.2), None, "which may be chance (95 % -3.00…-1.00, p 0.200, 100 passages"),
        ("BLEU", Changed(30, 28, interval=(-3, 0)), None, "which may be chance (95 % -3.00…+0.00, p 0.010"),
        ("BLEU", Changed(30, 28, units=29), None, "no verdict under --max-drop BLEU=1: 29 paired passages, and"),
        ("BLEU", Changed(0, 0, units=0), None, "BLEU cannot be compared"),
        ("BLEU", Changed(30, 30, interval=(0, 0), detectable=None), True, "BLEU is as it was, within"),
        ("TER", Changed(30, 32, interval=(1, 3)), False, "32.00 is 2.00 worse than 30.00"),
        ("TER", Changed(30, 20), True, "10.00 better than 30.00"),
    ],
)
def test_a_drop_fails_where_it_is_larger_and_no_chance(
    metric: str, changed: Changed, passed: bool | None, told: str
) -> None:
    outcome = judge_drop(gate("max-drop", metric, 1), changed)
    assert outcome.passed is passed
    assert told in outcome.told


def test_the_last_line_says_what_became_of_all() -> None:
    good, bad = Outcome("min BLEU", True, "BLEU …", "1.20"), Outcome("max number", False, "number …", "3")
    none = Outcome("max-drop chrF", None, "chrF …")
    assert outcome_lines([]) == []
    assert outcome_lines([bad]) == ["FAIL  number …"]
    assert outcome_lines([good, none, bad]) == [
        "PASS  BLEU …",
        "NO VERDICT  chrF …",
        "FAIL  number …",
        "FAIL  max number by 3; no verdict on max-drop chrF",
    ]
    assert outcome_lines([good, none])[-1] == "PASS  min BLEU by 1.20; no verdict on max-drop chrF"
    assert re.fullmatch("NO VERDICT  max-drop chrF, max-drop chrF", outcome_lines([none, none])[-1])
    assert [failed(each) for each in ([good, none], [good, bad], [])] == [False, True, False]
