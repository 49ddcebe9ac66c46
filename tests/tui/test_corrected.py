"""`align` and `score` with a review file: what reviewers corrected and left out, as the command line shows it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from metrics import corrections
from metrics.corrections import body_of_correction
from metrics.model import Review, Settings
from metrics.mqm.model import Deed, Disposition
from metrics.mqm.store import Session
from metrics.mqm.units import texts_of, units_of
from metrics.review import review, run
from tests.tui.calling import Call
from tui.cli.session import judged_review

OURS = "The boat came in late.\n\nNobody was hurt on the quay.\n\nThe cable held for two winters.\n"
THEIRS = "The boat came in early.\n\nNobody was hurt on the pier.\n\nThe cable held for three winters.\n"


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    monkeypatch.chdir(tmp_path)
    Path("c.txt").write_text(OURS)
    Path("r.txt").write_text(THEIRS)
    return "c.txt", "r.txt"


@pytest.fixture
def made(pair: tuple[str, str]) -> Review:
    """The review of the pair, and a session with its units."""
    result = run(review(*pair))
    with Session.open("c.review", create=True) as session:
        session.adopt(units_of(result), texts_of(result))
    return result


def patch(result: Review, correction: corrections.Correction) -> None:
    with Session.open("c.review", create=True) as session:
        session.record([("ana", Deed.PATCH, "", body_of_correction(result, correction))])


def test_corrections_are_in_every_format(call: Call, pair: tuple[str, str], made: Review) -> None:
    patch(made, corrections.merge_next(made, made.passages[0]))
    given = (*pair, "--session", "c.review")
    before = Path("c.review").read_bytes()
    links = json.loads(call("align", *given, "--format", "json").out)["links"]
    assert [(link["candidate"], link["reference"], link.get("by_hand", False)) for link in links] == [
        ([0, 1], [0, 1], True),
        ([2], [2], False),
    ]
    assert re.search(r"^match  hand  0,1 +The boat", call("align", *given).out, re.MULTILINE)
    assert call("align", *given, "--format", "vecalign").out.startswith("[0, 1]:[0, 1]:0.000000\n")
    scores = json.loads(call("score", *given, "--format", "json").out)
    assert sorted(passage["candidate"]["segments"] for passage in scores["passages"]) == [[0, 1], [2]]
    assert scores["left_out"] == []
    assert Path("c.review").read_bytes() == before


def test_without_a_session_nothing_is_corrected(call: Call, pair: tuple[str, str], made: Review) -> None:
    patch(made, corrections.merge_next(made, made.passages[0]))
    links = json.loads(call("align", *pair, "--format", "json").out)["links"]
    assert len(links) == 3
    assert not any("by_hand" in link for link in links)


def test_what_is_no_translation_leaves_the_scores(call: Call, pair: tuple[str, str], made: Review) -> None:
    with Session.open("c.review", create=True) as session:
        session.dispose(made.passages[0].id, "ana", Disposition.NOISE)
        session.dispose(made.passages[1].id, "ana", Disposition.MISALIGNMENT)
        session.dispose(made.passages[1].id, "bo", Disposition.FINE)
    given = (*pair, "--session", "c.review")
    told = json.loads(call("score", *given, "--format", "json").out)
    assert told["left_out"] == [{"id": made.passages[0].id, "reason": "noise"}]
    assert sorted(p["candidate"]["segments"] for p in told["passages"]) == [[1], [2]]
    text = call("score", *given).out
    assert "left out  1 passage that reviewers called noise (10 words)" in text
    assert "passages  2 matched" in text
    assert "2 of 2 passages: risk" in text
    call("align", *given, "--format", "lines", "--out", "lines")
    lines = {name: Path("lines", f"{name}.txt").read_text() for name in ("candidate", "reference")}
    assert lines["candidate"].splitlines() == [line for line in OURS.splitlines() if line][1:]
    Path("c2.txt").write_text(lines["candidate"])
    Path("r2.txt").write_text(lines["reference"])
    alone: dict[str, Any] = json.loads(call("score", "c2.txt", "r2.txt", "--aligned", "--format", "json").out)
    assert alone["scores"] == told["scores"]


def test_further_references_follow_corrections(call: Call, pair: tuple[str, str], made: Review) -> None:
    Path("r2.txt").write_text(
        "The boat came in early; nobody was hurt on the pier.\n\nFor three winters the cable held.\n"
    )
    given = (*pair, "--reference", "r2.txt", "--format", "lines", "--out", "lines")
    call("align", *given)
    halves = Path("lines", "reference2.txt").read_text().splitlines()
    assert halves == ["The boat came in early.", "Nobody was hurt on the pier.", "For three winters the cable held."]
    patch(made, corrections.merge_next(made, made.passages[0]))
    call("align", *given, "--session", "c.review")
    whole = Path("lines", "reference2.txt").read_text().splitlines()
    assert whole == ["The boat came in early; nobody was hurt on the pier.", "For three winters the cable held."]
    said = judged_review(*pair, Settings(), "c.review", ["r2.txt"])
    assert said.review.scores["BLEU"].signature.startswith("nrefs:2|")
    names = ("candidate", "reference", "reference2")
    lines = [Path("lines", f"{name}.txt").read_text().splitlines() for name in names]
    for name, metric in (("BLEU", BLEU()), ("chrF", CHRF()), ("chrF++", CHRF(word_order=2))):
        assert said.review.scores[name].value == pytest.approx(metric.corpus_score(lines[0], lines[1:]).score)


def test_a_correction_of_sentences_that_are_gone_is_told(call: Call, pair: tuple[str, str], made: Review) -> None:
    patch(made, corrections.merge_next(made, made.passages[0]))
    Path("c.txt").write_text(OURS.replace("late", "at last"))
    done = call("score", *pair, "--session", "c.review")
    assert done.status == 0
    assert done.err.startswith("bleupencil: 1 correction of the alignment in c.review left away: ")
    assert done.err.count("\n") == 1


def test_a_session_must_be_there_and_explain_knows_none(call: Call, pair: tuple[str, str]) -> None:
    missing = call("score", *pair, "--session", "no.review")
    assert (missing.status, missing.out) == (2, "")
    assert "no.review" in missing.err
    explained = call("align", *pair, "--session", "no.review", "--explain", "1")
    assert explained.status == 2
    assert "leave --session away" in explained.err
