"""Scores: the sacrebleu command and sacreBLEU's own interface are the oracle."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER

from metrics.errors import UsageError
from metrics.languages import LANGUAGES, UNKNOWN
from metrics.model import Scope, Settings
from metrics.reports.links import write_lines
from metrics.review import review, run
from metrics.scoring import Scorer
from tests.support import SAMPLE_NAMES, sample

ALL = ("BLEU", "chrF", "chrF++", "TER")


def sacrebleu(folder: Path, *options: str) -> list[dict[str, object]]:
    """What the real command prints for two exported files."""
    call = [sys.executable, "-m", "sacrebleu", str(folder / "reference.txt"), "-i", str(folder / "candidate.txt")]
    out = subprocess.run([*call, "-w", "10", "-f", "json", *options], capture_output=True, text=True, check=True).stdout
    parsed = json.loads(out)
    return parsed if isinstance(parsed, list) else [parsed]


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("scope", list(Scope))
def test_scores_are_what_the_sacrebleu_command_prints_for_the_exported_lines(
    tmp_path: Path, name: str, scope: Scope
) -> None:
    result = run(review(*sample(name), Settings(scope=scope, metrics=ALL)))
    write_lines(result.passages, result.settings.scope, tmp_path)
    tokenizer = result.scores["BLEU"].signature.split("tok:")[1].split("|")[0]
    metrics = ["-m", "bleu", "chrf", "ter"]
    printed = sacrebleu(tmp_path, *metrics, "--tokenize", tokenizer)
    printed += sacrebleu(tmp_path, "-m", "chrf", "--chrf-word-order", "2")
    for score, expected in zip((result.scores[n] for n in ("BLEU", "chrF", "TER", "chrF++")), printed, strict=True):
        assert score.value == pytest.approx(expected["score"], abs=1e-9)
        assert score.signature == expected["signature"]


def test_options_reach_sacrebleu(tmp_path: Path) -> None:
    asked = Settings(lowercase=True, tokenize="intl", chrf_word_order=1)
    result = run(review(*sample("harbour"), asked))
    write_lines(result.passages, result.settings.scope, tmp_path)
    printed = sacrebleu(tmp_path, "-m", "bleu", "chrf", "-lc", "--tokenize", "intl", "--chrf-word-order", "1",
                        "--chrf-lowercase")  # fmt: skip
    for name, expected in zip(("BLEU", "chrF"), printed, strict=True):
        assert result.scores[name].value == pytest.approx(expected["score"], abs=1e-9)
        assert result.scores[name].signature == expected["signature"]


TEXT = st.text(alphabet=st.sampled_from("abc AB.,!中文 "), max_size=25)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_sums_of_statistics_are_sacrebleus_corpus_scores(pairs: list[tuple[str, str]]) -> None:
    scorer = Scorer(Settings(metrics=ALL), UNKNOWN)
    scores = scorer.corpus(scorer.statistics(pairs))
    candidates, references = [p[0] for p in pairs], [[p[1] for p in pairs]]
    for name, metric in (("BLEU", BLEU()), ("chrF", CHRF()), ("chrF++", CHRF(word_order=2)), ("TER", TER())):
        assert scores[name].value == pytest.approx(metric.corpus_score(candidates, references).score)
        assert scores[name].signature == str(metric.get_signature())


@settings(deadline=None, max_examples=50)
@given(TEXT, TEXT)
def test_passage_scores_are_sacrebleus_sentence_scores(candidate: str, reference: str) -> None:
    scorer = Scorer(Settings(metrics=ALL), UNKNOWN)
    scores = scorer.sentence(scorer.statistics([(candidate, reference)])[0])
    metrics = {"BLEU": BLEU(effective_order=True), "chrF": CHRF(), "chrF++": CHRF(word_order=2), "TER": TER()}
    for name, metric in metrics.items():
        assert scores[name] == pytest.approx(metric.sentence_score(candidate, [reference]).score)


def test_no_passages_score_zero() -> None:
    scorer = Scorer(Settings(), UNKNOWN)
    assert [score.value for score in scorer.corpus([]).values()] == [0, 0, 0]


@pytest.mark.parametrize(("code", "tokenizer"), [("en", "13a"), ("zh", "zh"), ("ja", "char"), ("de", "13a")])
def test_the_language_chooses_the_tokenizer(code: str, tokenizer: str) -> None:
    scores = Scorer(Settings(), LANGUAGES[code]).corpus([])
    assert f"|tok:{tokenizer}|" in scores["BLEU"].signature


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="unknown metric 'BLEURT'"):
        Scorer(Settings(metrics=("BLEURT",)), UNKNOWN)
    with pytest.raises(UsageError, match="--tokenize ja-mecab cannot be used here"):
        Scorer(Settings(tokenize="ja-mecab"), UNKNOWN)
