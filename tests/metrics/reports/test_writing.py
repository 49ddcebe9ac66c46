"""Where reports go, and what is wrong with where they were to go."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from metrics.errors import UnwritableFile, UsageError
from metrics.reports import FORMATS, render
from metrics.reports.report import Report
from metrics.reports.writing import destinations, write_reports
from tests.metrics.reports.reporting import CANDIDATE, LABEL, REFERENCE, Gate, Shelf, paired, reported


@pytest.fixture(autouse=True)
def no_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    document = reported(paired(tmp_path, CANDIDATE, REFERENCE))
    return Report((document,), outcomes=(Gate("chrF", False, "chrF 51 is 9 below 60"),), label=LABEL)


def test_reports_go_to_files_and_one_to_the_output(report: Report, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "reports"
    files = {name: folder / f"report.{name}" for name in FORMATS if name != "text"}
    stdout = io.StringIO()
    write_reports([*(f"{name}={path}" for name, path in files.items()), "text"], report, stdout)
    assert stdout.getvalue() == render("text", report) + "\n"
    for name, path in files.items():
        assert path.read_bytes().decode().rstrip("\n") == render(name, report).rstrip("\n")
        assert path.read_bytes().endswith(b"\n")


def test_a_dash_is_the_output_and_a_name_may_hold_the_sign(report: Report, tmp_path: Path) -> None:
    stdout = io.StringIO()
    write_reports(["lines=-", f"json={tmp_path}/a=b.json"], report, stdout)
    assert stdout.getvalue() == render("lines", report)
    assert (tmp_path / "a=b.json").exists()


@pytest.mark.parametrize(
    ("specs", "told"),
    [
        (["sariff=x"], r"'sariff'; did you mean sarif\?: choose from text, json, .*lines"),
        (["HTML"], r"did you mean html\?"),
        (["pdf"], "unknown report format 'pdf': choose"),
        (["json="], "json= names no file: write json=FILE"),
        (["text", "json=-"], "text and --report json both go to standard output"),
        (["text=a.txt", "csv=./a.txt"], "both go to a.txt"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_written(
    specs: list[str], told: str, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    stdout = io.StringIO()
    with pytest.raises(UsageError, match=told) as raised:
        write_reports(["html=fine.html", *specs], report, stdout)
    assert "\n" not in str(raised.value)
    assert (sorted(tmp_path.iterdir()), stdout.getvalue()) == (before, "")
    with pytest.raises(UsageError, match=told):
        destinations(specs)


def test_a_file_that_cannot_be_written_is_told(report: Report, tmp_path: Path) -> None:
    stdout = io.StringIO()
    with pytest.raises(UnwritableFile, match=r"cannot write .*: name another file for --report"):
        write_reports([f"json={tmp_path}", "text"], report, stdout)
    assert not stdout.getvalue()
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableFile, match="cannot write"):
        write_reports([f"json={tmp_path}/file/report.json"], report, stdout)


def test_the_step_summary_is_appended_with_the_github_format_alone(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    write_reports(["text"], report, io.StringIO())
    assert summary.read_text() == "# before\n"
    write_reports(["github"], report, io.StringIO())
    assert summary.read_text().startswith("# before\n## bleupencil: FAIL\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    with pytest.raises(UnwritableFile, match="GITHUB_STEP_SUMMARY must name a file, or be unset"):
        write_reports(["github"], report, io.StringIO())


@pytest.mark.parametrize("name", ["json", "csv", "lines", "html"])
def test_a_report_that_fails_half_way_leaves_what_was_there(name: str, report: Report, tmp_path: Path) -> None:
    """The disk has lost the second document."""

    class Lost(Shelf):
        def __getitem__(self, place: Any) -> Any:
            if place:
                raise RuntimeError("lost")
            return super().__getitem__(place)

    several = replace(report, documents=Lost([report.documents[0]] * 2))
    old, new, folder = tmp_path / "old", tmp_path / "new", tmp_path / "folder"
    old.write_text("what was there")
    stdout = io.StringIO()
    for path in (old, new, folder / "report"):
        with pytest.raises(RuntimeError, match="lost"):
            write_reports([f"junit={tmp_path}/sound", f"{name}={path}", "text"], several, stdout)
    assert old.read_text() == "what was there"
    assert not stdout.getvalue()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".txt"] == ["old"]


def test_a_report_keeps_links_and_rights_of_the_file_that_it_replaces(report: Report, tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    fresh = tmp_path / "fresh"
    write_reports([f"lines={link}", f"csv={fresh}"], report, io.StringIO())
    assert link.is_symlink()
    assert target.read_text() == render("lines", report)
    assert target.stat().st_mode & 0o777 == 0o640
    (tmp_path / "any").write_text("")
    assert fresh.stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_report_goes_to_a_device_and_leaves_it_one(report: Report, tmp_path: Path) -> None:
    write_reports(["json=/dev/null"], report, io.StringIO())
    assert Path("/dev/null").is_char_device()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        write_reports([f"lines={pipe}"], report, io.StringIO())
        assert read.result(10).decode() == render("lines", report)
    assert pipe.is_fifo()


def test_a_full_disk_is_told(report: Report) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("the system has no device that is full")
    with pytest.raises(UnwritableFile, match="No space left"):
        write_reports(["json=/dev/full"], report, io.StringIO())
