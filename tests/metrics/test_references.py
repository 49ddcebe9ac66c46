"""Several references of one text: the sacrebleu command and sacreBLEU's own interface are the oracle."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.base import Metric
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from metrics.baseline import baseline_json, comparable, keep, parse_baseline
from metrics.errors import BadBaseline, EmptyText, UnequalLines, UsageError
from metrics.languages import UNKNOWN
from metrics.model import Document, Kind, Pairing, Passage, Place, Review, Scope, Settings
from metrics.passages import Maker
from metrics.reading.blocks import find_blocks
from metrics.reports.json_report import links_json, scores_json
from metrics.reports.links import write_lines
from metrics.reports.summary import summary
from metrics.review import realigner_steps, review, review_documents, run
from metrics.scoring import Scorer
from metrics.segment_keys import segment_keys
from metrics.totals import Totals
from metrics.words import count_words
from tests.support import SECOND_REFERENCE, sample

ALL = ("BLEU", "chrF", "chrF++", "TER")

BOAT = "The ferryman waited on the northern bank until the herons had flown."
WINCH = "A new winch, paid for by the district, pulls the cable twice an hour."
FLOOD = "During the flood of 1994 the boat broke loose and drifted to the weir."


def oracles() -> dict[str, Metric]:
    return {"BLEU": BLEU(), "chrF": CHRF(), "chrF++": CHRF(word_order=2), "TER": TER()}


def of(candidate: str, *references: str, **asked: object) -> Review:
    texts = [
        Document(name, text, "utf-8", find_blocks(text))
        for name, text in zip("cdefg", (candidate, *references), strict=False)
    ]
    wanted = Settings(**{"language": "en", **asked})  # type: ignore[arg-type]
    return run(review_documents(texts[0], texts[1], wanted, texts[2:]))


@pytest.fixture(scope="module")
def harbour() -> Review:
    return run(review(*sample("harbour"), Settings(metrics=ALL), [SECOND_REFERENCE]))


def command(*arguments: str) -> list[dict[str, object]]:
    """What the real command prints."""
    call = [sys.executable, "-m", "sacrebleu", *arguments, "-w", "10", "-f", "json"]
    parsed = json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
    return parsed if isinstance(parsed, list) else [parsed]


def check_against_the_command(result: Review, passages: Sequence[Passage], folder: Path) -> None:
    paths = write_lines(passages, result.settings.scope, folder)
    files = [*map(str, paths[1:]), "-i", str(paths[0])]
    printed = command(*files, "-m", "bleu", "chrf", "ter") + command(*files, "-m", "chrf", "--chrf-word-order", "2")
    for name, expected in zip(("BLEU", "chrF", "TER", "chrF++"), printed, strict=True):
        assert result.scores[name].value == pytest.approx(expected["score"], abs=1e-9)
        assert result.scores[name].signature == expected["signature"]


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize(
    "more", [[SECOND_REFERENCE], pytest.param([sample("harbour")[0], SECOND_REFERENCE], marks=pytest.mark.slow)]
)
def test_scores_are_what_the_sacrebleu_command_prints_for_the_exported_lines(
    tmp_path: Path, scope: Scope, more: list[str]
) -> None:
    result = run(review(*sample("harbour"), Settings(scope=scope, metrics=ALL), more))
    assert result.scores["TER"].signature.startswith(f"nrefs:{1 + len(more)}|")
    counted = [p for p in result.counted if p.reference.segments]
    assert {type(text) for passage in counted for text in passage.others} == {str, type(None)}
    check_against_the_command(result, result.passages, tmp_path)
    names = ["candidate.txt", "reference.txt", *(f"reference{k}.txt" for k in range(2, 2 + len(more)))]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


TEXT = st.text(alphabet=st.sampled_from("abc AB.,!中文 "), max_size=25)
SHORT = st.lists(st.sampled_from(["one", "two", "three", "Four", "five."]), max_size=7).map(" ".join)


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[TEXT | SHORT] * (1 + n)), min_size=1, max_size=6)))
def test_lines_in_step_score_as_sacrebleu_scores_the_files(lines: list[tuple[str, ...]]) -> None:
    candidate, *references = (list(column) for column in zip(*lines, strict=True))
    result = of(
        *("".join(f"{line}\n" for line in text) for text in (candidate, *references)),
        pairing=Pairing.ALIGNED,
        metrics=ALL,
        tokenize="13a",
    )
    for name, metric in oracles().items():
        assert result.scores[name].value == pytest.approx(metric.corpus_score(candidate, references).score)
        assert result.scores[name].signature == str(metric.get_signature())


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.tuples(SHORT, SHORT, st.none() | SHORT, st.none() | SHORT), min_size=1, max_size=5), st.integers(2, 3)
)
def test_a_reference_that_is_missing_here_and_there_is_missing_to_sacrebleu(
    passages: list[tuple[str, str, str | None, str | None]], references: int
) -> None:
    """As None is, which its interface takes and its command cannot be given."""
    given_texts = [passage[: 1 + references] for passage in passages]
    candidates, *columns = (list(column) for column in zip(*given_texts, strict=True))
    scorer = Scorer(Settings(metrics=ALL), UNKNOWN, references)
    statistics = scorer.statistics(given_texts)
    scores = scorer.corpus(statistics)
    for name, metric in oracles().items():
        # TER's average of lengths has the first reference twice: of two, both are its length.
        if name != "TER" or references == 2:
            assert scores[name].value == pytest.approx(metric.corpus_score(candidates, columns).score)
    for metric_name, metric in (("BLEU", BLEU(effective_order=True)), ("chrF", CHRF())):
        for texts, vectors in zip(given_texts, statistics, strict=True):
            expected = metric.sentence_score(texts[0], [text for text in texts[1:] if text is not None]).score
            assert scorer.sentence(vectors)[metric_name] == pytest.approx(expected)


def test_a_missing_text_is_no_empty_one() -> None:
    """To BLEU an empty reference is the closest to a short candidate, which then pays for no brevity."""
    scorer = Scorer(Settings(), UNKNOWN, 2)
    short, long = "the boat came in", "the boat came in late that night behind us all"
    missing, empty = (scorer.corpus(scorer.statistics([(short, long, other)]))["BLEU"].value for other in (None, ""))
    assert missing < 25 < empty


def test_chrf_and_its_plus_plus_each_take_the_reference_that_is_best_to_them() -> None:
    texts = ("the boat came in late", "came inn them them", "coming in in late")
    scorer = Scorer(Settings(metrics=("chrF", "chrF++")), UNKNOWN, 2)
    statistics = scorer.statistics([texts])[0]
    assert statistics["chrF++"][: len(statistics["chrF"])] != statistics["chrF"]
    for name, metric in (("chrF", CHRF()), ("chrF++", CHRF(word_order=2))):
        assert scorer.sentence(statistics)[name] == pytest.approx(metric.sentence_score(texts[0], texts[1:]).score)


@given(st.lists(st.tuples(SHORT, SHORT, SHORT, SHORT), max_size=4), st.lists(st.tuples(SHORT, SHORT, SHORT, SHORT)))
@settings(deadline=None)
def test_parts_of_words_leave_no_trace_in_sums(there: list[tuple[str, ...]], gone: list[tuple[str, ...]]) -> None:
    """TER's reference length is an average: floats of thirds of words do not add up to 0 once all are taken away."""
    scorer = Scorer(Settings(metrics=("BLEU", "TER")), UNKNOWN, 3)
    made = of("a\n", "a\n", pairing=Pairing.ALIGNED)
    maker = Maker(made.candidate, made.reference, made.candidate_segments, made.reference_segments)
    empty = maker.passage(made.links[0], Place(0, -1))
    kept, rest = (
        [replace(empty, statistics=vectors) for vectors in scorer.statistics(texts)]  # type: ignore[arg-type]
        for texts in (there, gone)
    )
    totals = Totals(Scope.DOCUMENT, [*kept, *rest])
    for passage in rest:
        totals.remove(passage)
    assert totals.scores(scorer) == Totals(Scope.DOCUMENT, kept).scores(scorer)


def test_the_second_reference_of_the_sample_answers_the_first(harbour: Review) -> None:
    texts = {passage.reference.text: passage.others[0] for passage in harbour.counted}
    assert texts["She did not promise that the work would be finished on time."] == (
        "That the work would be done on time she did not promise."
    )
    # Two sentences of the second answer one of the first.
    assert next(text for first, text in texts.items() if first.startswith("Ms. Lind, a former tug captain")) == (
        "Ms. Lind used to be the captain of a tug. She was elected in May with a lead of 212 votes and wants her first "
        "year to be judged by the harbour."
    )
    # Two of the second answer two of the first that are passages of their own: neither has a text.
    assert texts["The council has asked for half."] is None
    # The second says nothing of these.
    assert next(text for first, text in texts.items() if first.startswith("Owners of the new flats")) is None
    assert [p.others for p in harbour.counted if p.kind is Kind.ADDED] == [(None,)] * harbour.count(Kind.ADDED)
    assert sum(text is not None for text in texts.values()) > 0.8 * len(texts)


def test_nothing_of_a_further_reference_stands_in_two_passages(harbour: Review) -> None:
    told = [passage.others[0] for passage in harbour.passages if passage.others[0]]
    segments = [segment.text for segment in harbour.other_references[0].segments]
    for text in segments:
        assert sum(text in other for other in told) <= segments.count(text)


def test_all_but_scores_hangs_on_the_first_reference_alone(harbour: Review) -> None:
    alone = run(review(*sample("harbour"), Settings(metrics=ALL)))
    assert harbour.links == alone.links
    assert harbour.coverage == alone.coverage
    for several, single in zip(harbour.passages, alone.passages, strict=True):
        assert single.others == ()
        assert (several.id, several.marks) == (single.id, single.marks)
        assert [f.message for f in several.findings] == [f.message for f in single.findings]
        if several.scores:
            assert several.scores["chrF"] >= single.scores["chrF"]
    assert harbour.scores["chrF"].value > alone.scores["chrF"].value
    assert harbour.scores["BLEU"].value > alone.scores["BLEU"].value


def test_what_the_first_reference_has_in_another_order_is_found() -> None:
    result = of(f"{BOAT} {WINCH} {FLOOD}", f"{BOAT} {WINCH} {FLOOD}", f"{FLOOD}\n\n{BOAT}\n\n{WINCH}")
    assert [p.others for p in result.passages] == [(BOAT,), (WINCH,), (FLOOD,)]


def test_furniture_of_a_further_reference_answers_nothing() -> None:
    text = f"{BOAT}\n\n{WINCH}\n\n{FLOOD}\n"
    result = of(
        text, text, f"Advertisement\n\n{BOAT}\n\nSubscribe to our newsletter\n\n{WINCH}\n\n{FLOOD}\n\nBack to top\n"
    )
    assert [p.others for p in result.passages] == [(BOAT,), (WINCH,), (FLOOD,)]


def test_lines_of_further_references_are_aligned_with_the_first() -> None:
    theirs = f"{BOAT}\n{WINCH}\n{FLOOD}\n"
    result = of(theirs, theirs, f"\n{FLOOD}\n\n", f"{BOAT}\n{WINCH} {FLOOD}\n", pairing=Pairing.LINES)
    assert [p.others for p in result.passages] == [(None, BOAT), (None, None), (FLOOD, None)]


def test_a_further_reference_with_nothing_in_common_changes_no_figure() -> None:
    text = f"{BOAT} {WINCH} {FLOOD}"
    other = "渡船在北岸等着。新的绞盘由县里出钱买来。孩子们每天早上过河上学。"
    several, single = of(text[9:], text, other), of(text[9:], text)
    assert {p.others for p in several.passages} == {(None,)}
    assert {n: s.value for n, s in several.scores.items()} == {n: s.value for n, s in single.scores.items()}
    assert "  e: 1 segment, with text for 0 of 3 passages\n" in summary(several, ())


def test_lines_in_step_must_be_as_many_in_every_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("c", "a\nb\n"), ("r", "a\nb\n"), ("r2", "a\n"), ("empty", "")):
        Path(name).write_text(text)
    with pytest.raises(UnequalLines, match=r"^r2 has 1 lines and r has 2: --aligned needs as many"):
        run(review("c", "r", Settings(pairing=Pairing.ALIGNED), ["r", "r2"]))
    with pytest.raises(EmptyText, match=r"^empty is empty: there is nothing to compare with$"):
        run(review("c", "r", None, ["empty"]))
    with pytest.raises(UsageError, match="no such file: nowhere"):
        run(review("c", "r", None, ["nowhere"]))
    for candidate, others in (("-", ["-"]), ("c", ["-", "-"])):
        with pytest.raises(UsageError, match=r"^several texts are '-': standard input can be read only once$"):
            run(review(candidate, "r", None, others))


def test_the_pipeline_tells_that_it_aligns_further_references(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("c", "r", "r2", "r3"):
        Path(name).write_text(f"{BOAT}\n\n{WINCH}\n")
    steps = list(realigner_steps("c", "r", None, ["r2", "r3"]))
    told = [step.message for step in steps]
    size = Path("r").stat().st_size
    assert told[:4] == [f"reading {name} ({size} B)" for name in ("c", "r", "r2", "r3")]
    assert [message for message in told if message.startswith("aligning")] == [
        "aligning r2 with r",
        "aligning r3 with r",
    ]
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_reports_tell_of_further_references_and_of_none_where_there_is_none(harbour: Review) -> None:
    scores = json.loads(scores_json(harbour, harbour.counted))
    (other,) = scores["other_references"]
    assert other == {
        "path": SECOND_REFERENCE,
        "encoding": "utf-8",
        "words": sum(count_words(segment.text) for segment in harbour.other_references[0].segments),
        "segments": len(harbour.other_references[0].segments),
    }
    assert [tuple(passage["other_references"]) for passage in scores["passages"]] == [p.others for p in harbour.counted]
    links = json.loads(links_json(harbour, harbour.passages))["other_references"][0]
    assert [segment["id"] for segment in links["segments"]] == list(range(other["segments"]))
    linked = [link for link in harbour.other_references[0].links if link.kind.linked]
    assert [(link["kind"], tuple(link["other"]), tuple(link["reference"])) for link in links["links"]] == [
        (link.kind, link.candidate, link.reference) for link in linked
    ]
    assert f"reference  {SECOND_REFERENCE}: {other['segments']} segments, with text for " in summary(harbour, ())
    alone = run(review(*sample("harbour")))
    for report in (scores_json(alone, alone.counted), links_json(alone, alone.passages)):
        assert "other_references" not in report


def test_scores_by_one_reference_are_no_baseline_for_those_by_two(harbour: Review) -> None:
    kept = keep(harbour, segment_keys(harbour.reference_segments).keys)
    read = parse_baseline(baseline_json(harbour.scores, harbour.settings.scope, kept).encode(), "b.json")
    assert read.kept == kept
    assert comparable(read, harbour.scores, "document", ["TER"]) == ALL
    alone = run(review(*sample("harbour"), Settings(metrics=ALL)))
    with pytest.raises(BadBaseline, match="BLEU was scored with nrefs:2, and now with nrefs:1: score both alike"):
        comparable(read, alone.scores, "document", ["BLEU"])
