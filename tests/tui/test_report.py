"""`bleupencil report`: what a review came to, and where marks and metric disagree."""

import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import corrections
from metrics.model import Pairing, Review, Scope, Settings, Severity
from metrics.mqm.model import Annotation, Deed, Disposition, Side
from metrics.mqm.store import Session, Texts
from metrics.mqm.units import settings_of, texts_of, units_of
from metrics.review import review
from metrics.review import run as run_review
from tests.tui.builders import Row
from tests.tui.builders import review as built
from tests.tui.calling import Call, Done
from tui.cli import run

SAME = [f"Boat number {number} came home before the evening tide." for number in range(17)]
CANDIDATE = [
    "Nothing of the kind was ever promised to anybody in this town, as they say.",
    "We never saw it.",
    "The harbour is calm\x1b[2J tonight.",
    *SAME,
]
REFERENCE = [
    "The council decided to raise the outer wall by two and a half metres at once.",
    "Nobody had seen it.",
    "The harbour is quiet tonight.",
    *SAME,
]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return lambda *arguments: Done(run(["report", *arguments]), *capsys.readouterr())


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    """A pair of twenty lines, reviewed as aligned: line 1 called a paraphrase, line 20 marked by somebody else."""
    monkeypatch.chdir(tmp_path)
    Path("c.txt").write_text("\n".join(CANDIDATE) + "\n", encoding="utf-8")
    Path("r.txt").write_text("\n".join(REFERENCE) + "\n", encoding="utf-8")
    pair = run_review(review("c.txt", "r.txt", Settings(pairing=Pairing.ALIGNED, language="en")))
    with Session.open("c.review", create=True) as session:
        session.adopt(units_of(pair), texts_of(pair))
        session.dispose(pair.passages[0].id, "ana", Disposition.PARAPHRASE)
        session.see(pair.passages[1].id, "ana")
        session.annotate(mark(pair.passages[19].id, Severity.MAJOR, "ben\x1b[31m", note="no, \x1b[0mearlier"))
    return pair


def mark(unit: str, severity: Severity, reviewer: str = "ana", note: str = "") -> Annotation:
    return Annotation(f"{unit} {reviewer}", unit, reviewer, Side.CANDIDATE, 0, 4, "accuracy", severity, note=note)


@pytest.mark.usefixtures("made")
def test_summary_verdict_and_disagreements(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call("c.review")
    assert (status, err) == (0, "")
    run(["score", "c.txt", "r.txt", "--aligned", "--language", "en", "--session", "c.review"])
    assert out.startswith(capsys.readouterr().out)
    run(["mqm", "c.review"])
    assert re.findall("^verdict .*", out, re.M) == re.findall("^verdict .*", capsys.readouterr().out, re.M) != []
    listed = out[out.index("where marks and metric disagree: 2 of 20 passages reviewed") :]
    high, low = listed.split("marked, and low risk")
    assert re.search(r"^  1\. = match  risk \d+\.\d, 1 of 20  penalty 0\.0$", high, re.M)
    assert "c.txt:1  Nothing of the kind" in high
    assert "ana: paraphrase" in high
    assert re.search(r"^  1\. = match  risk 0\.0, 20 of 20  penalty 5\.0$", low, re.M)
    assert "ben␛[31m: major Accuracy on “Boat” (no, ␛[0mearlier)" in low
    assert "c.txt:2 " not in listed, "seen is not reviewed"
    assert "\x1b" not in out


@pytest.mark.usefixtures("made")
def test_one_reviewer_alone(call: Call) -> None:
    out = call("c.review", "--reviewer", "ana", "--disagreements").out
    assert out.startswith("where marks and metric disagree: 1 of 20 passages reviewed")
    assert "ana: paraphrase" in out
    assert "better half by risk): none" in out
    done = call("c.review", "--reviewer", "eve")
    assert done.status == 2
    assert done.err == "bleupencil: 'eve' did nothing in c.review: choose from ana, ben␛[31m\n"


def test_a_reviewer_alone_decides_what_is_left_out(made: Review, call: Call) -> None:
    first, second = made.passages[:2]
    with Session.open("c.review") as session:
        # Ben's noise is what Ana judged, Ana's what Ben judged: of both together none is left out.
        session.dispose(first.id, "ben\x1b[31m", Disposition.NOISE)
        session.dispose(second.id, "ana", Disposition.MISALIGNMENT)
        session.dispose(second.id, "ben\x1b[31m", Disposition.FINE)

    def told(*options: str) -> tuple[list[dict[str, str]], float]:
        found = json.loads(call("c.review", *options, "--report", "json").out)
        return found["left_out"], found["scores"]["chrF"]["score"]

    _, whole = told()
    assert told() == ([], whole)
    left_out, alone = told("--reviewer", "ana")
    assert left_out == [{"id": second.id, "reason": "misalignment"}]
    other, without = told("--reviewer", "ben\x1b[31m")
    assert other == [{"id": first.id, "reason": "noise"}]
    assert len({whole, alone, without}) == 3
    out = call("c.review", "--reviewer", "ana").out
    assert "left out  1 passage that reviewers called misalignment" in out
    assert "1 of 19 passages reviewed" in out
    assert "noise" not in out


def test_corrections_of_the_alignment_are_everybodys(made: Review, call: Call) -> None:
    correction = corrections.merge_next(made, made.passages[1])
    with Session.open("c.review") as session:
        session.record([("ana", Deed.PATCH, "", corrections.body_of_correction(made, correction))])
    found = json.loads(call("c.review", "--reviewer", "ben\x1b[31m", "--report", "json").out)
    assert [CANDIDATE[1] in each["candidate"]["text"] for each in found["passages"]].count(True) == 1
    assert len(found["passages"]) == 19


def test_disagreements_as_json(made: Review, call: Call) -> None:
    found = json.loads(call("c.review", "--disagreements", "--format", "json").out)
    assert found["passages"] == {"reviewed": 2, "ranked": 20}
    (good,), (low,) = found["found_good"], found["low_risk"]
    assert (good["id"], good["risk"], good["penalty"]) == (made.passages[0].id, made.passages[0].risk, 0)
    assert good["candidate"] == {"line": 1, "text": CANDIDATE[0]}
    assert (low["id"], low["rank"], low["penalty"]) == (made.passages[19].id, 20, 5)
    assert low["said"][0]["annotations"][0]["note"] == "no, \x1b[0mearlier"


def test_a_mark_on_the_source_quotes_no_other_text(made: Review, call: Call) -> None:
    with Session.open("c.review") as session:
        session.annotate(replace(mark(made.passages[19].id, Severity.MAJOR), side=Side.SOURCE))
    assert "ana: major Accuracy on the passage" in call("c.review", "--disagreements").out


def test_what_is_called_an_error_or_left_out_is_no_disagreement(made: Review, call: Call) -> None:
    with Session.open("c.review") as session:
        session.dispose(made.passages[0].id, "ben", Disposition.ERROR)
        session.dispose(made.passages[1].id, "ana", Disposition.NOISE)
    assert "worst tenth by risk): none" in call("c.review").out


def test_ten_of_a_list_are_printed_and_all_are_in_json(made: Review, call: Call) -> None:
    # Seventeen lines are alike, so all of them are in the better half.
    with Session.open("c.review") as session:
        for number, passage in enumerate(made.passages[3:19]):
            session.annotate(mark(passage.id, Severity.MAJOR if number == 9 else Severity.MINOR))
    out = call("c.review", "--disagreements").out
    low = out[out.index("marked, and low risk (better half by risk): 17, the first 10\n") :]
    assert len(re.findall(r"^ *\d+\. ", low, re.M)) == 10
    assert low.index("Boat number 9 ") < low.index("Boat number 15 "), "most points first"
    assert len(json.loads(call("c.review", "--disagreements", "--format", "json").out)["low_risk"]) == 17


@pytest.mark.usefixtures("made")
def test_reports_are_those_of_score(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("c.review", "--report", "html=out.html", "--report", "csv").out.count("\n") == 21
    ours = Path("out.html").read_bytes()
    assert b"paraphrase" in ours
    score = ["score", "c.txt", "r.txt", "--aligned", "--language", "en", "--session", "c.review"]
    run([*score, "--report", "html=out.html"])
    assert Path("out.html").read_bytes() == ours
    capsys.readouterr()
    call("c.review", "--reviewer", "ana", "--report", "html=out.html")
    assert b"earlier" in ours
    assert b"earlier" not in Path("out.html").read_bytes()


@pytest.mark.usefixtures("made")
def test_reports_have_the_disagreements_that_the_command_prints(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(call("c.review", "--disagreements", "--format", "json").out)
    printed = call("c.review", "--disagreements").out
    call("c.review", *(f"--report={name}=out.{name}" for name in ("json", "text", "markdown", "html")))
    told = json.loads(Path("out.json").read_text(encoding="utf-8"))["disagreements"]
    assert told.items() <= listed.items()
    assert listed.keys() - told.keys() == {"schema", "version", "session", "candidate", "reference"}
    assert printed in Path("out.text").read_text(encoding="utf-8")
    for name in ("markdown", "html"):
        page = Path(f"out.{name}").read_text(encoding="utf-8")
        assert "Where marks and metric disagree" in page
        assert "\x1b" not in page
    score = ["score", "c.txt", "r.txt", "--aligned", "--language", "en", "--session", "c.review", "--order", "document"]
    run([*score, "--report", "json"])
    assert json.loads(capsys.readouterr().out)["disagreements"] == told, "another order is none of risk"


@pytest.mark.usefixtures("made")
def test_texts_are_found_beside_the_review_or_where_they_are_said_to_be(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "c.txt:1  Nothing" in call("../c.review").out
    Path("../r.txt").rename("moved.txt")
    done = call("../c.review")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "bleupencil: r.txt, the reference of ../c.review, is gone: say where it is with --reference FILE\n"
    )
    assert "moved.txt:1  The council" in call("../c.review", "--reference", "moved.txt").out


@pytest.mark.usefixtures("made")
def test_another_text_is_an_error(call: Call) -> None:
    Path("c.txt").write_text("Another one.\n", encoding="utf-8")
    done = call("c.review")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("bleupencil: c.txt is not the candidate that c.review was opened with last: give that ")
    assert "--candidate FILE" in done.err


@pytest.mark.parametrize("texts", [None, Texts("c.txt", "0", "r.txt", "0")])
def test_a_review_that_names_no_pair(texts: Texts | None, made: Review, call: Call) -> None:
    with Session.open("other.review", create=True) as session:
        session.adopt(units_of(made), texts)
    done = call("other.review")
    assert (done.status, done.out) == (3, "")
    assert "bleupencil review CANDIDATE REFERENCE --session other.review" in done.err


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "json"], "--format is for --disagreements"),
        (["--disagreements", "--report", "csv"], "both go to standard output"),
        (["--report", "htm"], "html"),
        (["--candidate", "-"], "name a file"),
        (["--candidate", "nowhere.txt"], "no such file: nowhere.txt"),
    ],
)
def test_calls_that_make_no_sense(options: list[str], told: str, call: Call) -> None:
    done = call("c.review", *options)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("made")
def test_of_a_damaged_review_the_rest_is_told(call: Call) -> None:
    connection = sqlite3.connect("c.review")
    connection.execute("UPDATE acts SET body = 'x' WHERE number = 1")
    connection.commit()
    connection.close()
    done = call("c.review")
    assert done.status == 3
    assert "where marks and metric disagree: 1 of 20" in done.out
    assert done.err.startswith("bleupencil: c.review is damaged (")


@given(
    st.builds(
        Settings,
        pairing=st.sampled_from(Pairing),
        scope=st.sampled_from(Scope),
        language=st.none() | st.just("de"),
        metrics=st.lists(st.sampled_from(["BLEU", "chrF", "TER"]), unique=True).map(tuple),
        glossary=st.none() | st.text(),
    )
)
def test_settings_come_back_from_a_review(settings: Settings) -> None:
    pair = built([Row("A boat.", "A ship.")])
    kept = texts_of(Review(**{name: getattr(pair, name) for name in pair.__slots__} | {"settings": settings}))
    assert settings_of(json.loads(json.dumps(dict(kept.settings)))) == settings
