"""`bleupencil agree` as a person and a script meet it."""

import json
import re
from pathlib import Path

import pytest

from metrics.model import Kind, Severity
from metrics.mqm.model import Annotation, Disposition, Side, Unit
from metrics.mqm.store import Session
from tui.cli import run

UNITS = (
    Unit("u0", 0, Kind.MATCH, "The 16 boats lie in the harbour.", "The 61 boats lie in the harbour.", line=3),
    Unit("u1", 1, Kind.MATCH, "A calm day\x1b[31m.", "A quiet day.", line=4),
    Unit("u2", 2, Kind.MATCH, "三艘船。", "三艘船在港口。", line=5),
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    for name, who, severity in (("a.review", "ana", Severity.MAJOR), ("b.review", "ben\x1b[2J", Severity.MINOR)):
        with Session.open(name, create=True) as session:
            session.adopt(UNITS)
            session.dispose("u0", who, Disposition.ERROR)
            session.annotate(
                Annotation(name, "u0", who, Side.CANDIDATE, 4, 6, "accuracy/number", severity, note="61\x1b[0m")
            )
            session.dispose("u1", who, Disposition.FINE if who == "ana" else Disposition.PARAPHRASE)
    with Session.open("a.review") as session:
        session.dispose("u2", "ana", Disposition.FINE)
    return "a.review", "b.review"


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["agree", *arguments])
    return status, *capsys.readouterr()


def test_figures_and_disputes_are_printed(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = called(capsys, *files)
    assert (status, err) == (0, "")
    assert re.search(r"^ana +a\.review: 3 of 3 passages reviewed, 1 mark$", out, re.M)
    assert re.search(r"^compared  2 passages; 1 with one reviewer alone$", out, re.M)
    assert re.search(r"^ +dispositions, unweighted +\d\.\d{3}  on 2 passages$", out, re.M)
    assert re.search(r"^ +characters +1\.000 +1\.000 +1\.000$", out, re.M)
    assert re.search(r"^ +same severity +0\.000 +0\.000 +0\.000$", out, re.M)
    assert re.search(r"^ +accuracy/number +accuracy/number +1$", out, re.M)
    assert out.index("1. line 3: error, major / error, minor") < out.index("2. line 4: fine, none / paraphrase, none")
    assert "minor accuracy/number: “16” in the candidate, 4–6 – 61␛[0m" in out
    # click takes ESC sequences out where there is no terminal, so what stands for them has to be looked for.
    assert re.search(r"^ben␛\[2J +b\.review: 2 of 3", out, re.M)
    assert re.search(r"^ana and ben␛\[2J: 2 passages in common", out, re.M)
    assert re.search(r"^ +ben␛\[2J: error, minor$", out, re.M)
    assert "A calm day␛[31m." in out
    assert "reviewer" not in called(capsys, *files, "--worst", "1")[1].rsplit("1. line", 1)[1]
    assert "2 passages, worst disagreement first, 1 shown" in called(capsys, *files, "--worst", "1")[1]


def test_json_has_all_of_it(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = called(capsys, *files, "--format", "json")
    assert (status, err) == (0, "")
    report = json.loads(out)
    assert set(report["alpha"]) == {"dispositions", "severities"}
    (pair,) = report["pairs"]
    assert (pair["reference"], pair["other"], pair["passages"], pair["reference_alone"]) == ("ana", "ben\x1b[2J", 2, 1)
    assert len(pair["spans"]) == 8
    assert [(dispute["id"], dispute["steps"]) for dispute in report["adjudicate"]] == [("u0", 1), ("u1", 0)]
    assert [said["severity"] for said in report["adjudicate"][0]["judgements"]] == ["major", "minor"]
    turned = json.loads(called(capsys, *reversed(files), "--format", "json", "--worst", "0")[1])
    assert (turned["adjudicate"], turned["disputes"]) == ([], 2)
    assert turned["pairs"][0]["reference"] == "ben\x1b[2J"


def test_one_reviewer_and_one_file_twice_leave_everything_undefined(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, told in (
        (files[:1], ""),
        ((files[0], files[0]), "bleupencil: ana in a.review is left out: all of it is in a.review, which counts\n"),
        ((*files, "--reviewer", "ana"), ""),
    ):
        status, out, err = called(capsys, *arguments)
        assert (status, err) == (0, told)
        assert out.count("undefined: ana is the only reviewer") == 3
        assert "nan" not in out
        report = json.loads(called(capsys, *arguments, "--format", "json")[1])
        assert report["alpha"]["severities"] == {"value": None, "count": 0, "undefined": "ana is the only reviewer"}


def test_what_is_undefined_for_two_says_why(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Session.open(tmp_path / "c.review", create=True) as session:
        session.adopt(UNITS)
        session.dispose("u2", "cem", Disposition.FINE)
    out = called(capsys, files[0], "c.review")[1]
    assert re.search(r"all say 'fine' of every passage", out)
    assert re.search(r"^ +characters +– +– +–$", out, re.M)
    assert "–: cem did not mark a character in the passages compared" in out
    assert out.endswith("nothing to adjudicate\n")
    out = called(capsys, files[1], "c.review")[1]
    assert "0 passages in common; 2 reviewed by ben␛[2J alone, 1 by cem alone\n  all figures are undefined\n" in out
    assert out.count("undefined: there is no passage that ben␛[2J and cem have in common") == 2


def test_of_a_damaged_file_what_can_be_read_is_compared(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Path(files[1]).read_bytes()
    Path("half.review").write_bytes(whole[: len(whole) // 2])
    status, out, err = called(capsys, files[0], "half.review")
    assert status == 3
    assert out.startswith("ana       a.review: 3 of 3 passages reviewed")
    assert re.fullmatch(r"bleupencil: half\.review is damaged [^\n]+\n", err)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], 2, r"Missing argument 'SESSION\.\.\.'"),
        (["none.review"], 2, "no such review: none.review: "),
        (["a.review", "text.txt"], 3, "text.txt is no review: "),
        (["a.review", "--reviewer", "eve"], 2, "'eve' has reviewed nothing: choose from ana$"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, told: str
) -> None:
    Path("text.txt").write_text("no review at all, and longer than a header\n" * 50, encoding="utf-8")
    done = called(capsys, *arguments)
    assert done[:2] == (status, "")
    assert re.fullmatch(r"bleupencil: [^\n]+\n", done[2])
    assert re.search(told, done[2].strip())
