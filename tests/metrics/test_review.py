"""The pipeline: what a review says of a pair, whatever the pair."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.errors import UnequalLines, UsageError
from metrics.model import Document, Kind, Pairing, Review, Scope, Settings
from metrics.ranking import ORDERS, ordered
from metrics.reading.blocks import find_blocks
from metrics.review import review, review_documents, run
from tests.conftest import MakePair, ReviewTexts
from tests.support import SAMPLE_NAMES, sample

BOAT = "The ferryman waited on the northern bank until the herons had flown."
WINCH = "A new winch, paid for by the district, pulls the cable twice an hour."
FLOOD = "During the flood of 1994 the boat broke loose and drifted to the weir."


def of(candidate: str, reference: str, asked: Settings | None = None) -> Review:
    documents = [
        Document(name, text, "utf-8", find_blocks(text)) for name, text in (("c", candidate), ("r", reference))
    ]
    return run(review_documents(*documents, asked or Settings()))


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_every_passage_can_be_found_in_the_raw_texts(name: str) -> None:
    result = run(review(*sample(name)))
    for passage in result.passages:
        for document, excerpt in ((result.candidate, passage.candidate), (result.reference, passage.reference)):
            raw = document.text[excerpt.start : excerpt.end]
            assert "".join(raw.split()) == "".join(excerpt.text.split())
            assert document.text.count("\n", 0, excerpt.start) + 1 == excerpt.line


def test_the_wrong_number_of_the_sample_is_where_its_readme_says() -> None:
    result = run(review(*sample("harbour")))
    crews = next(p for p in result.passages if "port’s 16 crews" in p.candidate.text)
    assert "port’s 61 crews" in crews.reference.text
    assert (crews.candidate.line, crews.reference.line) == (19, 14)


def test_furniture_of_the_samples_is_told_from_text() -> None:
    result = run(review(*sample("harbour")))
    assert result.count(Kind.ADDED) == 3  # one more, and an omission beside it, look like a free translation
    assert result.count(Kind.OMITTED) == 3
    assert result.count(Kind.BOILERPLATE) == 22
    kept = run(review(*sample("harbour"), Settings(keep_boilerplate=True)))
    assert kept.count(Kind.BOILERPLATE) == 0
    assert kept.scores["BLEU"].value < result.scores["BLEU"].value


def test_identical_texts_score_100_and_have_no_findings(review_texts: ReviewTexts) -> None:
    result = review_texts(f"{BOAT} {WINCH}\n\n{FLOOD}\n", f"{BOAT} {WINCH}\n\n{FLOOD}\n")
    assert {name: round(score.value, 6) for name, score in result.scores.items()} == {
        "BLEU": 100,
        "chrF": 100,
        "chrF++": 100,
    }
    assert result.coverage.candidate == result.coverage.reference == 1
    assert [p.findings for p in result.passages] == [()] * 3
    assert all(p.risk == pytest.approx(0) for p in result.passages)


def test_leaving_sentences_out_cannot_raise_the_score() -> None:
    reference = f"{BOAT} {FLOOD}"
    full, cut = of(f"{BOAT} {FLOOD}", reference), of(BOAT, reference)
    for name in full.scores:
        assert cut.scores[name].value < full.scores[name].value
    assert cut.coverage.reference < 1
    assert cut.coverage.omitted_words == 14
    alone = of(BOAT, reference, Settings(scope=Scope.ALIGNED))
    assert alone.scores["BLEU"].value == pytest.approx(100)


def test_an_advert_inside_a_cut_sentence_is_no_part_of_its_passage() -> None:
    head, tail = FLOOD[:39], FLOOD[40:]
    result = of(f"{BOAT}\n\n{head}\n\nAdvertisement\n\n{tail}\n\n{WINCH}\n", f"{BOAT} {FLOOD} {WINCH}")
    cut = next(p for p in result.passages if p.reference.text == FLOOD)
    assert cut.candidate.segments == (1, 3)
    assert cut.candidate.text == FLOOD
    assert result.scores["chrF"].value == pytest.approx(100)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_any_line_end(end: str) -> None:
    result = of(end.join([BOAT, "", WINCH, ""]), f"{BOAT}\n\n{WINCH}")
    assert [p.candidate.line for p in result.passages] == [1, 3]


def test_an_omission_is_placed_where_its_text_would_stand() -> None:
    candidate = f"{BOAT}\n\n{FLOOD}\n"
    result = of(candidate, f"{BOAT}\n\n{WINCH}\n\n{FLOOD}\n")
    omitted = next(p for p in result.passages if p.kind is Kind.OMITTED)
    assert omitted.candidate.start == omitted.candidate.end == len(BOAT)
    assert (omitted.candidate.line, omitted.reference.line) == (1, 3)


def test_an_omission_is_not_placed_behind_the_furniture_that_follows_its_place() -> None:
    result = of(f"{BOAT}\n\nSubscribe to our newsletter\n\n{FLOOD}\n", f"{BOAT}\n\n{WINCH}\n\n{FLOOD}\n")
    omitted = next(p for p in result.passages if p.kind is Kind.OMITTED)
    assert omitted.candidate.start == len(BOAT)


@pytest.mark.parametrize(
    ("candidate", "reference", "kinds"),
    [
        ("", "", []),
        ("", BOAT, [Kind.OMITTED]),
        (BOAT, "", [Kind.ADDED]),
        (" \n\n", WINCH, [Kind.OMITTED]),
    ],
)
def test_empty_texts_have_a_review(candidate: str, reference: str, kinds: list[Kind]) -> None:
    result = of(candidate, reference)
    assert [p.kind for p in result.passages] == kinds
    assert all(0 <= score.value <= 1e-6 for score in result.scores.values())


def test_unrelated_texts_are_not_called_furniture() -> None:
    result = of(f"{BOAT} {WINCH} {FLOOD}", "渡船在北岸等着。新的绞盘由县里出钱买来。孩子们每天早上过河上学。")
    assert result.count(Kind.BOILERPLATE) == 0
    assert result.coverage.reference == 0


def test_ids_hang_on_content_and_tell_repeats_apart() -> None:
    before = of(f"{BOAT} {WINCH}", f"{BOAT} {WINCH}")
    after = of(f"{FLOOD} {BOAT} {WINCH}", f"{FLOOD} {BOAT} {WINCH}")
    assert {p.id for p in before.passages} < {p.id for p in after.passages}
    twice = of(f"{BOAT}\n\n{BOAT}", f"{BOAT}\n\n{BOAT}")
    assert twice.passages[1].id == f"{twice.passages[0].id}-2"


def test_lines_in_step_must_be_as_many(make_pair: MakePair) -> None:
    with pytest.raises(UnequalLines, match=r"candidate.txt has 2 lines and reference.txt has 1"):
        run(review(*make_pair("a\nb\n", "a\n"), Settings(pairing=Pairing.ALIGNED)))


def test_lines_in_step_pair_unlike_lines(review_texts: ReviewTexts) -> None:
    result = review_texts("b\na\n\n", "a\nb\nc\n", pairing=Pairing.ALIGNED)
    assert [(link.candidate, link.reference) for link in result.links] == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_standard_input_is_read_once() -> None:
    with pytest.raises(UsageError, match="both '-'"):
        run(review("-", "-"))


def test_the_pipeline_tells_what_it_is_about_to_do(make_pair: MakePair) -> None:
    steps = list(review(*make_pair(BOAT, BOAT)))
    assert [step.message for step in steps] == [
        f"reading candidate.txt ({len(BOAT)} B)",
        f"reading reference.txt ({len(BOAT)} B)",
        "finding sentences",
        "reading words",
        "comparing segments (1 × 1)",
        "finding which answers which",
        "scoring passages (1)",
    ]
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_orders_lead_through_all_passages() -> None:
    passages = run(review(*sample("harbour"))).passages
    for order in ORDERS:
        assert sorted(ordered(passages, order), key=lambda p: p.position) == list(passages)
    worst = ordered(passages)
    scored = [p for p in worst if p.kind is not Kind.BOILERPLATE]
    assert worst[: len(scored)] == scored
    assert [p.risk for p in scored] == sorted((p.risk for p in scored), reverse=True)
    assert ordered(passages, "document") == list(passages)


TEXTS = st.lists(
    st.sampled_from(
        [BOAT, WINCH, FLOOD, "By Ann Lee", "Subscribe now", "\n\n", "\n", " ", "河水很高。", "\u202e", "."]
    ),
    max_size=12,
).map("".join)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_whatever_the_texts_every_segment_is_in_one_link_and_every_score_in_range(left: str, right: str) -> None:
    result = of(left, right)
    assert sorted(i for link in result.links for i in link.candidate) == [s.id for s in result.candidate_segments]
    assert sorted(j for link in result.links for j in link.reference) == [s.id for s in result.reference_segments]
    assert len({p.id for p in result.passages}) == len(result.passages) == len(result.links)
    assert all(0 <= score.value <= 100.0001 for score in result.scores.values())
    assert 0 <= result.coverage.candidate <= 1
    assert 0 <= result.coverage.reference <= 1
    assert all(p.risk >= -1e-9 for p in result.passages)
