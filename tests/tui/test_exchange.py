"""`bleupencil export` and `bleupencil import` as a person meets them."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from metrics.mqm.exchange import FORMATS
from metrics.mqm.store import Session
from tests.metrics.mqm.parcels import small_session
from tui.cli import run
from tui.cli.export import FORMAT_NAMES


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    small_session(tmp_path / "a.review").close()
    return "a.review"


def test_the_formats_on_offer_are_those_that_there_are() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES


def test_export_prints_the_file_and_tells_what_is_lost(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", session, "--format", "google"]) == 0
    out, err = capsys.readouterr()
    assert [line.split("\t")[7:] for line in out.splitlines()[1:]] == [
        ["accuracy/mistranslation", "Major"],
        ["accuracy/omission", "Minor"],
        ["style/awkward", "Neutral"],
        ["No-error", "No-error"],
    ]
    assert err.startswith("bleupencil: google cannot carry earlier or undone acts (2), ")
    assert ", notes (1), " in err
    assert err.count("\n") == 1


def test_jsonl_loses_nothing_and_goes_to_a_file(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", session, "--format", "jsonl", "--out", "x.jsonl"]) == 0
    assert capsys.readouterr() == ("", "")
    lines = [json.loads(line) for line in Path("x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["type"] for line in lines].count("act") == 8
    assert run(["export", session, "--format", "csv", "--out", "x.jsonl"]) == 2
    told = "bleupencil: x.jsonl exists: choose another name, or remove it first\n"
    assert capsys.readouterr() == ("", told)
    assert run(["export", session, "--format", "csv", "--out", "nowhere/x.csv"]) == 2
    assert capsys.readouterr().err.startswith("bleupencil: cannot write nowhere/x.csv: No such file or directory: ")


def test_a_dash_is_standard_output(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", session, "--format", "jsonl", "--out", "-"]) == 0
    assert capsys.readouterr().out.startswith('{"type":"session"')
    assert not Path("-").exists()


def test_import_makes_the_review_and_tells_what_came(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", session, "--format", "jsonl", "--out", "x.jsonl"])
    added = "added 3 passages, 3 annotations, 2 dispositions, 3 other acts; there already: 0 acts"
    assert run(["import", "x.jsonl", "--into", "b.review"]) == 0
    assert capsys.readouterr() == (f"b.review: {added}\n", "")
    assert run(["import", "x.jsonl", "--into", "b.review"]) == 0
    assert "added 0 passages" in capsys.readouterr().out
    with Session.open("a.review") as one, Session.open("b.review") as two:
        assert one.state == two.state


def test_import_tells_what_it_read_otherwise(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("x.tsv").write_text("s\td\t1\t1\trater\tx\tA <v>ferry\tc\tMinor\n", encoding="utf-8")
    assert run(["import", "x.tsv", "--into", session]) == 0
    told = "bleupencil: x.tsv: marks without an end, taken to reach to the end of the text (1)\n"
    assert capsys.readouterr().err == told


def test_a_file_that_makes_no_sense_makes_no_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.tsv").write_text("s\td\t1\t1\tr\tx\ty\tc\tMinor\n\x1b[2J\t\n", encoding="utf-8")
    assert run(["import", "x.tsv", "--into", "b.review"]) == 3
    assert capsys.readouterr() == ("", "bleupencil: x.tsv:2: 2 columns: a row of google has 9, with tabs between\n")
    assert not Path("b.review").exists()
    assert run(["import", "nothing.tsv", "--into", "b.review"]) == 2
    assert run(["export", "b.review", "--format", "csv"]) == 2
    assert not Path("b.review").exists()


def test_of_a_damaged_review_the_rest_is_exported(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    connection = sqlite3.connect(session)
    connection.execute("UPDATE acts SET body = 'x' WHERE number = 2")
    connection.commit()
    connection.close()
    assert run(["export", session, "--format", "jsonl"]) == 3
    out, err = capsys.readouterr()
    assert out.count('"type":"act"') == 7
    assert err.startswith("bleupencil: a.review is damaged (")
    Path("rest.jsonl").write_text(out, encoding="utf-8")
    assert run(["import", "rest.jsonl", "--into", "b.review"]) == 0


def test_exchange_loads_neither_the_screen_nor_the_scores(session: str) -> None:
    program = "import sys; from tui.cli import run; run(sys.argv[1:]); print('loaded:', *sys.modules)"
    call = [sys.executable, "-c", program, "export", str(Path(session).absolute()), "--format", "xliff"]
    done = subprocess.run(call, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    loaded = {name.split(".")[0] for name in done.stdout.rsplit("loaded:", 1)[1].split()}
    assert not loaded & {"textual", "nltk", "sacrebleu", "numpy", "rapidfuzz"}
