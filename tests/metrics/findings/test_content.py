"""Omission and addition: content words with nothing in their place, and nothing else."""

import pytest

from metrics.model import Severity
from tests.metrics.findings.looking import everything, look


@pytest.mark.parametrize(
    ("language", "candidate", "reference", "found"),
    [
        (
            "en",
            "The crews repaired the wall in May.",
            "The crews repaired the crumbling northern wall in May.",
            [("omission", "", "crumbling northern")],
        ),
        (
            "en",
            "The crews quietly repaired the crumbling wall in May.",
            "The crews repaired the wall in May.",
            [],  # Two single words, far from each other, are no run.
        ),
        (
            "en",
            "The crews repaired the wall in May, despite loud protests of neighbours.",
            "The crews repaired the wall in May.",
            [("addition", "despite loud protests of neighbours", "")],
        ),
        (
            "de",
            "Die Arbeiter haben die Mauer im Mai ausgebessert.",
            "Die Arbeiter haben die bröckelnde nördliche Mauer im Mai ausgebessert.",
            [("omission", "", "bröckelnde nördliche")],
        ),
        (
            "ru",
            "Рабочие починили стену весной.",
            "Рабочие починили старую северную стену весной.",
            [("omission", "", "старую северную")],
        ),
        ("zh", "工人修好了墙。", "工人修好了北边倒塌的墙。", [("omission", "", "北边倒塌")]),
    ],
)
def test_runs_without_a_counterpart(
    language: str, candidate: str, reference: str, found: list[tuple[str, str, str]]
) -> None:
    assert look(candidate, reference, language) == found


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("The workers mended the barrier in spring.", "The crews repaired the wall in May."),
        ("In May the crews repaired the northern wall.", "The crews repaired the northern wall in May."),
        ("It was the wall of the crews that he had.", "The wall which the crews had was his."),
        (
            "Within two days people signed a petition against the wall.",
            "A petition against the wall gathered many signatures in no time.",
        ),
    ],
)
def test_other_wording_is_silent(candidate: str, reference: str) -> None:
    assert [kind for kind, *_ in look(candidate, reference) if kind in ("omission", "addition")] == []


def test_a_passage_that_nothing_answers_is_one_finding() -> None:
    text = "The crews repaired the crumbling northern wall."
    assert look("", text) == [("omission", "", text)]
    assert look(text, "") == [("addition", text, "")]
    assert look("", "") == []


def test_more_words_and_rarer_ones_weigh_more() -> None:
    reference = "The crews repaired the crumbling northern wall in May."
    (few,) = everything("The crews repaired the wall in May.", reference)
    (more,) = everything("The crews repaired it.", "The crews repaired the crumbling northern granite wall it held.")
    assert everything("The crews repaired the wall in May.", reference, around=[reference] * 9) == []
    assert few.severity is Severity.MINOR
    assert more.severity is Severity.MAJOR
    assert few.amount < more.amount
