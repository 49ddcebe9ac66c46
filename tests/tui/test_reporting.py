"""`score --report` as a CI job meets it."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from metrics.mqm.model import Disposition
from metrics.mqm.store import Session
from metrics.mqm.units import units_of
from metrics.review import review, run
from tests.support import sample
from tui.cli import run as command

UFER = sample("ufer")


def test_reports_go_to_files_and_the_summary_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: tmp_path / f"out.{name}" for name in ("html", "junit", "sarif")}
    reports = [word for name, path in files.items() for word in ("--report", f"{name}={path}")]
    assert command(["score", *UFER, *reports, "--min", "chrF=99"]) == 1
    assert "chrF" in capsys.readouterr().out
    assert files["html"].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    cases = ElementTree.parse(files["junit"]).getroot().iter("testcase")
    assert [case.find("failure") is not None for case in cases] == [True]
    results = json.loads(files["sarif"].read_text(encoding="utf-8"))["runs"][0]["results"]
    assert {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}


def test_a_report_without_a_file_takes_the_place_of_the_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["score", *UFER, "--report", "lines"]) == 0
    out = capsys.readouterr().out
    assert out
    assert all(line.startswith(UFER[0]) for line in out.splitlines())


def test_what_reviewers_said_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = run(review(*UFER))
    path = tmp_path / "u.review"
    worst = max(made.passages, key=lambda passage: passage.risk)
    with Session.open(path, create=True) as session:
        session.adopt(units_of(made))
        session.dispose(worst.id, "ana", Disposition.PARAPHRASE)
    assert command(["score", *UFER, "--report", "markdown", "--session", str(path)]) == 0
    assert "paraphrase" in capsys.readouterr().out


def test_an_unknown_format_is_told_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["score", "nowhere.txt", "nowhere.txt", "--report", "htm"]) == 2
    assert "html" in capsys.readouterr().err
