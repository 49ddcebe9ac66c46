"""Workflow commands as GitHub's runner reads them, and the step summary."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from metrics.reports import render
from metrics.reports.github_report import SUMMARY, append_summary
from metrics.reports.report import BAD_RISK, Report
from metrics.visible import clean
from tests.metrics.reports.reporting import CANDIDATE, HOSTILE, LABEL, REFERENCE, Gate, hostile, paired, reported


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner takes from a log: kind, properties and message, unescaped in its order."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
        assert match, line
        fields = dict(part.split("=", 1) for part in (match[2] or "").split(",") if part)
        told = {key: unescaped(value, also=True) for key, value in fields.items()}
        found.append((match[1], told, unescaped(match[3])))
    return found


def unescaped(text: str, also: bool = False) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), *((("%3A", ":"), ("%2C", ",")) if also else ()), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_bad_passages_are_annotated_on_their_lines_worst_first(tmp_path: Path) -> None:
    document = reported(paired(tmp_path, CANDIDATE, REFERENCE))
    found = commands(render("github", Report((document,), label=LABEL)))
    bad = [each for each in document.passages if each.findings or each.risk >= BAD_RISK]
    assert len(found) == len(bad)
    for kind in ("warning", "notice"):
        risks = [float(re.search(r"risk ([\d.]+)", f["title"])[1]) for k, f, _ in found if k == kind]  # type: ignore[index]
        assert risks == sorted(risks, reverse=True)
    number = next(fields for _, fields, message in found if message.startswith("number: "))
    assert (number["file"], number["line"], number["endLine"]) == ("candidate.txt", "3", "3")
    line = CANDIDATE.split("\n")[2]
    assert line[int(number["col"]) - 1 : int(number["endColumn"])] in ("sixteen", "two")


def test_at_most_ten_of_a_kind(tmp_path: Path) -> None:
    towns = [f"Line {chr(65 + i)} of the harbour ledger names {i + 20} boats on the eastern quay." for i in range(26)]
    ours = "\n".join(town.replace(str(i + 20), str(i + 60)) for i, town in enumerate(towns))
    document = reported(paired(tmp_path, ours, "\n".join(towns)))
    gates = tuple(Gate(f"gate {i}", False, f"failed {i}") for i in range(12))
    found = commands(render("github", Report((document,), outcomes=gates)))
    kinds = [kind for kind, _, _ in found]
    assert kinds.count("error") == 10
    assert kinds.count("warning") == 10
    assert [message for kind, _, message in found if kind == "error"] == [f"failed {i}" for i in range(10)]


def test_gates_that_passed_are_silent_and_undecided_ones_are_notices(tmp_path: Path) -> None:
    document = reported(
        paired(tmp_path, REFERENCE, REFERENCE), Gate("drop", None, "too few"), Gate("BLEU", True, "fine")
    )
    found = commands(render("github", Report((document,))))
    assert found == [("notice", {"file": "candidate.txt", "title": "bleupencil: drop"}, "too few")]


def test_hostile_texts_stay_within_their_command(tmp_path: Path) -> None:
    report = hostile(tmp_path)
    text = render("github", report)
    found = commands(text)
    assert [message for kind, _, message in found if kind == "error"] == [clean(each) for each in HOSTILE]
    assert {fields["file"] for _, fields, _ in found if "file" in fields} == {f"{HOSTILE[0]},:.txt"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)


def test_the_summary_stays_within_what_github_takes(tmp_path: Path) -> None:
    document = reported(paired(tmp_path, CANDIDATE, REFERENCE))
    report = Report((document,), label=LABEL)
    path = tmp_path / "summary.md"
    append_summary(report, path)
    whole = path.read_bytes()
    assert whole.startswith(b"## bleupencil\n")
    path.write_bytes(b"x" * (SUMMARY - 1500))
    append_summary(report, path)
    assert SUMMARY - 1500 < path.stat().st_size <= SUMMARY
    assert path.read_bytes()[SUMMARY - 1500 :].startswith(b"## bleupencil\n")
    path.write_bytes(b"x" * SUMMARY)
    append_summary(replace(report, shown=1), path)
    assert path.stat().st_size == SUMMARY


def test_the_folder_of_the_summary_is_not_ours_to_make(tmp_path: Path) -> None:
    from metrics.errors import UnwritableFile

    document = reported(paired(tmp_path, CANDIDATE, REFERENCE))
    with pytest.raises(UnwritableFile, match="GITHUB_STEP_SUMMARY"):
        append_summary(Report((document,)), tmp_path / "nowhere" / "summary.md")
