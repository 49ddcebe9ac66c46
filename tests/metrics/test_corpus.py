"""Many pairs: their sums are the scores of all as one, in however many processes, and a broken one is alone."""

import pickle
from pathlib import Path

import pytest
from sacrebleu import corpus_bleu, corpus_chrf

from metrics.baseline import SampleUnit
from metrics.corpus import Broken, Corpus, Scored, Wanted, score_pairs
from metrics.gates import Bound, Gate
from metrics.model import Kind, Pairing, Settings
from metrics.pairs.pair import Pair
from metrics.reports.report import DocumentReport
from metrics.review import review, run
from metrics.spool import Spool
from tests.support import SAMPLE_NAMES, sample

#: English and German have the same tokenizer; with one for Chinese, too, BLEU of all cannot be had.
EUROPEAN = ("harbour", "ufer")


def pairs(names: tuple[str, ...]) -> list[Pair]:
    return [Pair(name, sample(name)[0], (sample(name)[1],)) for name in names]


def corpus(results: list[Scored | Broken], settings: Settings) -> Corpus:
    done = Corpus(settings)
    for result in results:
        assert isinstance(result, Scored)
        done.add(result)
    return done


@pytest.mark.parametrize("jobs", [1, 2])
def test_sums_are_what_sacrebleu_makes_of_all_passages(jobs: int) -> None:
    settings = Settings()
    results = list(score_pairs(pairs(EUROPEAN), Wanted(settings), jobs))
    assert [result.pair.id for result in results] == list(EUROPEAN)
    passages = [p for name in EUROPEAN for p in run(review(*sample(name), settings)).counted]
    ours, theirs = [p.candidate.text for p in passages], [[p.reference.text for p in passages]]
    scores = corpus(results, settings).scores
    assert scores["BLEU"].value == pytest.approx(corpus_bleu(ours, theirs, force=True).score, abs=1e-9)
    assert scores["chrF"].value == pytest.approx(corpus_chrf(ours, theirs).score, abs=1e-9)
    assert scores["chrF++"].value == pytest.approx(corpus_chrf(ours, theirs, word_order=2).score, abs=1e-9)


def test_coverage_is_that_of_all_words() -> None:
    done = corpus(list(score_pairs(pairs(EUROPEAN), Wanted(Settings()), 1)), Settings()).totals.coverage()
    each = [run(review(*sample(name))) for name in EUROPEAN]
    words = [
        sum(p.reference.words for r in each for p in r.counted if p.kind.linked in some)
        for some in ([True], [True, False])
    ]
    assert done.reference == pytest.approx(words[0] / words[1])
    assert done.omitted_words == sum(r.coverage.omitted_words for r in each)
    assert done.moved == sum(r.count(Kind.MOVED) for r in each)


def test_scores_by_several_tokenizers_are_not_added() -> None:
    done = corpus(list(score_pairs(pairs(SAMPLE_NAMES), Wanted(Settings()), 1)), Settings())
    assert done.unlike == ("BLEU",)
    assert set(done.scores) == {"chrF", "chrF++"}
    alike = Settings(tokenize="char")
    assert not corpus(list(score_pairs(pairs(SAMPLE_NAMES), Wanted(alike), 1)), alike).unlike


def test_a_broken_pair_does_not_hold_up_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "zip.txt").write_bytes(b"PK\x03\x04\x00\x00\x00\x00")
    good = sample("ufer")
    tasks = [
        Pair("missing", str(tmp_path / "no.txt"), (good[1],)),
        Pair("empty", str(tmp_path / "empty.txt"), (good[1],)),
        Pair("binary", good[0], (str(tmp_path / "zip.txt"),)),
        Pair("stdin", "-", (good[1],)),
        Pair("good", good[0], (good[1],)),
    ]
    results = list(score_pairs(tasks, Wanted(Settings()), 2))
    assert [type(result) for result in results] == [Broken] * 4 + [Scored]
    assert [result.pair.id for result in results] == [task.id for task in tasks]
    assert all("\n" not in result.message for result in results if isinstance(result, Broken))


def test_a_pair_that_the_memory_cannot_hold_is_no_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr("metrics.corpus.review", exhausted)
    (result,) = score_pairs(pairs(("ufer",)), Wanted(Settings()), 1)
    assert isinstance(result, Broken)
    assert result.message.startswith("out of memory: ")


def test_a_pairs_own_language_is_obeyed() -> None:
    pair = Pair("a", *sample("ufer")[:1], (sample("ufer")[1],), language="zh")
    (result,) = score_pairs([pair], Wanted(Settings(language="de")), 1)
    assert isinstance(result, Scored)
    assert "tok:zh" in result.scores["BLEU"].signature


def test_only_what_is_wanted_is_kept() -> None:
    task = pairs(("harbour",))
    (light,) = score_pairs(task, Wanted(Settings(), shown=3), 1)
    (whole,) = score_pairs(task, Wanted(Settings(), whole=True, unit=SampleUnit.PASSAGES), 1)
    assert isinstance(light, Scored)
    assert isinstance(whole, Scored)
    assert len(light.picked) == 3
    assert light.kept is None
    small, large = pickle.loads(light.document), pickle.loads(whole.document)
    assert isinstance(small, DocumentReport)
    assert (small.passages, small.review.candidate.text) == ((), "")
    assert small.figures == large.figures
    assert light.picked[0].passage == large.passages[0]
    assert large.review == run(review(*sample("harbour")))
    assert len(light.document) < len(whole.document) / 10


def test_statistics_by_documents_are_one_row_each() -> None:
    task = pairs(("ufer",))
    (fine,) = score_pairs(task, Wanted(Settings(), unit=SampleUnit.PASSAGES), 1)
    (coarse,) = score_pairs(task, Wanted(Settings(), unit=SampleUnit.DOCUMENTS), 1)
    assert isinstance(fine, Scored)
    assert isinstance(coarse, Scored)
    assert fine.kept is not None
    assert coarse.kept == fine.kept.summed()
    assert len(coarse.kept.rows) == len(coarse.kept.names) == 1


def test_gates_are_judged_for_each_document() -> None:
    gate = Gate(Bound.MIN, "chrF", 55, "--min chrF=55")
    results = score_pairs(pairs(EUROPEAN), Wanted(Settings(), gates=(gate,)), 1)
    assert [result.outcomes[0].passed for result in results if isinstance(result, Scored)] == [False, True]


def test_a_spool_gives_back_what_it_was_given() -> None:
    spool: Spool[object] = Spool()
    things = [{"a": [1, 2]}, "text", (), 3.5]
    for thing in things:
        spool.append(pickle.dumps(thing))
    assert list(spool) == things
    assert spool[-1] == 3.5
    assert spool[1:3] == things[1:3]
    spool.append(pickle.dumps("late"))
    assert len(spool) == 5
    assert spool[4] == "late"
    with pytest.raises(IndexError):
        spool[5]


def test_aligned_pairs_are_paired_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("One boat.\nTwo boats.\n")
    (tmp_path / "r.txt").write_text("One boat.\n")
    pair = Pair("p", str(tmp_path / "c.txt"), (str(tmp_path / "r.txt"),))
    (result,) = score_pairs([pair], Wanted(Settings(pairing=Pairing.ALIGNED)), 1)
    assert isinstance(result, Broken)
    assert "--lines" in result.message
