"""Risk: a sum that can be read, and orders that follow from it."""

import pytest

from metrics import weights
from metrics.findings import KINDS
from metrics.model import Finding, Kind, Rest, Review, Severity
from metrics.ranking import ORDERS, ordered, risk_sum, risk_terms
from metrics.review import review, run
from tests.support import SAMPLE_NAMES, sample


@pytest.fixture(scope="module", params=SAMPLE_NAMES)
def result(request: pytest.FixtureRequest) -> Review:
    return run(review(*sample(request.param)))


def test_every_kind_of_finding_has_its_points() -> None:
    assert set(weights.FINDING) == set(KINDS)
    assert min(weights.FINDING.values()) > 0


def test_risk_is_printed_term_by_term() -> None:
    findings = [
        Finding(kind, Severity.MINOR, None, None, "", points)
        for kind, points in (("number", 1.25), ("name", 1.0), ("name", 0.5))
    ]
    terms = risk_terms({"chrF": 41.0}, 31, findings, Rest(3, 2.5, 1))
    assert [(label, round(points, 2)) for label, points in terms] == [
        ("chrF 41.0 over 31 words", round(0.59 * 31 * weights.SCORE, 2)),
        ("name ×2", 1.5),
        ("number", 1.25),
        ("3 other words", 2.5 * weights.WORD),
        ("1 unusual word", weights.UNUSUAL),
    ]
    assert [term.label for term in risk_terms({"chrF": 41.0}, 1, [], Rest())] == ["chrF 41.0 over 1 word"]


def test_what_is_printed_adds_up(result: Review) -> None:
    for passage in result.passages:
        if passage.kind is Kind.BOILERPLATE:
            assert passage.terms == ()
            continue
        assert passage.risk == pytest.approx(sum(term.points for term in passage.terms))
        assert risk_sum(passage).endswith(f" = {passage.risk:.1f}")
        found = sum(finding.points for finding in passage.findings)
        kinds = {finding.kind for finding in passage.findings}
        assert sum(term.points for term in passage.terms if term.label.split(" ×")[0] in kinds) == pytest.approx(found)


def test_findings_come_worst_first_and_lie_in_their_passage(result: Review) -> None:
    for passage in result.passages:
        points = [finding.points for finding in passage.findings]
        assert points == sorted(points, reverse=True)
        for finding in passage.findings:
            assert finding.kind in KINDS
            assert finding.candidate or finding.reference
            for span, excerpt, document in (
                (finding.candidate, passage.candidate, result.candidate),
                (finding.reference, passage.reference, result.reference),
            ):
                if span is not None:
                    assert excerpt.start <= span.start < span.end <= excerpt.end
                    assert not document.text[span.start].isspace()


def test_an_identical_text_has_no_findings_and_no_risk() -> None:
    path = sample("harbour")[1]
    result = run(review(path, path))
    assert {finding.message for passage in result.passages for finding in passage.findings} == set()
    assert max(passage.risk for passage in result.passages) == 0


def test_risk_per_word_is_per_word_of_the_candidate(result: Review) -> None:
    for passage in result.passages:
        words = passage.candidate.words or passage.reference.words
        assert passage.risk_per_word * words == pytest.approx(passage.risk)
    first, *_, last = (p for p in ordered(result.passages, "risk-per-word") if p.kind is not Kind.BOILERPLATE)
    assert first.risk_per_word >= last.risk_per_word


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_holds_every_passage_once(result: Review, order: str) -> None:
    assert sorted(ordered(result.passages, order), key=lambda p: p.position) == list(result.passages)
