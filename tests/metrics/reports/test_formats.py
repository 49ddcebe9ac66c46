"""What each format tells of one document and of several."""

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from metrics.model import Kind, Review
from metrics.mqm.model import Disposition, Side
from metrics.reports import FORMATS, render
from metrics.reports.json_report import scores_json
from metrics.reports.markdown_report import markdown_within
from metrics.reports.report import Report, Said
from metrics.reports.summary import summary
from tests.metrics.reports.reporting import CANDIDATE, LABEL, REFERENCE, Gate, mark, paired, reported

FAILED = Gate("min chrF", False, "chrF 51.00 is 9.00 below --min-chrf 60")
OPEN = Gate("max drop", None, "no verdict: 4 passages are too few")
PASSED = Gate("min BLEU", True, "BLEU 40.00 is 10.00 above --min-bleu 30")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("pair"), CANDIDATE, REFERENCE)


@pytest.fixture(scope="module")
def report(made: Review) -> Report:
    """One document with a marked passage, and a gate of each outcome."""
    worst = next(each for each in reported(made).passages if "sixteen" in each.candidate.text)
    said = Said((mark(worst, "sixteen", note="wrong number"),), (("ana", Disposition.ERROR),))
    document = reported(made, PASSED, **{f"_{worst.id}": said})
    return Report((document,), outcomes=(FAILED, OPEN), label=LABEL)


@pytest.fixture(scope="module")
def several(report: Report) -> Report:
    """The same twice, under two names."""
    first = report.documents[0]
    other = replace(first.review, candidate=replace(first.review.candidate, path="other.txt"))
    return replace(report, documents=(first, replace(first, review=other, outcomes=(FAILED,))), scores=other.scores)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_every_document(name: str, several: Report) -> None:
    told = render(name, several)
    assert "candidate.txt" in told
    assert "other.txt" in told


@pytest.mark.parametrize("name", ["text", "json", "markdown", "html", "github"])
def test_gates_that_did_not_pass_are_told(name: str, report: Report) -> None:
    words = " ".join(re.sub(r"<[^>]+>", " ", MarkdownIt().render(render(name, report))).split())
    assert FAILED.told in words
    assert OPEN.told in words


def test_text_is_the_summary_and_the_gates(report: Report) -> None:
    document = report.documents[0]
    told = render("text", report)
    assert told.startswith(summary(document.review, document.passages))
    assert told.endswith(f"FAIL  {FAILED.told}\nno verdict  {OPEN.told}\nPASS  {PASSED.told}")


def test_only_so_many_passages_are_shown_as_are_wanted(report: Report) -> None:
    few = replace(report, shown=1)
    shown, hidden = report.documents[0].passages[0], report.documents[0].passages[-1]
    assert hidden.id != shown.id
    assert "\n#### 1. " in render("markdown", few)
    assert "\n#### 2. " not in render("markdown", few)
    assert "1 of 5 passages" in render("text", few)
    assert hidden.candidate.text in render("html", few)


def test_json_of_one_document_has_what_score_prints_and_more(report: Report) -> None:
    document = report.documents[0]
    told = json.loads(render("json", report))
    plain = json.loads(scores_json(document.review, document.passages))
    assert [gate["passed"] for gate in told.pop("gates")] == [False, None, True]
    marked = [passage for passage in told["passages"] if passage.pop("dispositions", None) == {"ana": "error"}]
    assert [a["note"] for passage in marked for a in passage.pop("annotations")] == ["wrong number"]
    assert told == plain
    assert json.loads(render("json", Report((reported(document.review),)))) == plain


def test_json_of_several_has_each_and_the_scores_of_all(several: Report) -> None:
    told = json.loads(render("json", several))
    assert [each["candidate"]["path"] for each in told["documents"]] == ["candidate.txt", "other.txt"]
    assert told["scores"]["BLEU"]["score"] == several.scores["BLEU"].value
    assert [gate["name"] for gate in told["documents"][1]["gates"]] == ["min chrF"]


def test_junit_has_a_case_for_each_document_and_gate(report: Report, several: Report, made: Review) -> None:
    root = ElementTree.fromstring(render("junit", report))
    cases = [(case.get("name"), [child.tag for child in case]) for case in root.iter("testcase")]
    assert cases == [("min chrF", ["failure"]), ("max drop", ["skipped"]), ("min BLEU", [])]
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("3", "1", "1")
    assert root.find(".//failure").get("message") == FAILED.told  # type: ignore[union-attr]
    root = ElementTree.fromstring(render("junit", several))
    suites = [(suite.get("name"), [case.get("name") for case in suite.iter("testcase")]) for suite in root]
    assert suites == [
        ("candidate.txt", ["min BLEU"]),
        ("other.txt", ["min chrF"]),
        ("all documents", ["min chrF", "max drop"]),
    ]
    ungated = ElementTree.fromstring(render("junit", Report((reported(made),))))
    assert [(case.get("name"), len(case)) for case in ungated.iter("testcase")] == [("scored", 0)]


def test_lines_point_to_what_they_tell_of(report: Report) -> None:
    made = report.documents[0].review
    raw = made.candidate.text.split("\n")
    told = [
        re.fullmatch(r"candidate\.txt:(\d+):(\d+): (error|warning|note): ([\w/-]+): (.+)", line)
        for line in render("lines", report).splitlines()
    ]
    found = {}
    for match in told:
        assert match
        line, column, level, kind, message = match.groups()
        found[kind] = raw[int(line) - 1][int(column) - 1 :], level, message
    assert found["accuracy/mistranslation"][0].startswith("sixteen crews")
    assert found["accuracy/mistranslation"][1] == "error"
    assert "wrong number" in found["accuracy/mistranslation"][2]
    assert found["number"][0].startswith(("sixteen", "two"))
    assert "omission" in found


def test_marks_on_the_reference_and_on_whole_passages_have_a_place(made: Review) -> None:
    document = reported(made)
    passage = next(each for each in document.passages if "sixteen" in each.candidate.text)
    start = passage.reference.text.index("sea")
    marks = (
        mark(passage, side=Side.REFERENCE, start=start, end=start + 3),
        mark(passage),
        mark(passage, side=Side.SOURCE),
    )
    only = replace(document, passages=(passage,), said={passage.id: Said(marks)})
    *first, _ = render("lines", Report((only,), label=LABEL)).split("\n", 3)
    assert all(line.startswith("candidate.txt:3:1: error: accuracy/mistranslation: major") for line in first)
    assert "“sea” of the reference" in first[0]
    (result,) = json.loads(render("sarif", Report((only,), label=LABEL)))["runs"][0]["results"]
    related = [each["physicalLocation"] for each in result["relatedLocations"]]
    region = next(each["region"] for each in related if each["artifactLocation"]["uri"] == "reference.txt")
    assert made.reference.text.split("\n")[region["startLine"] - 1][region["startColumn"] - 1 :].startswith("sea wall")


def test_what_reviewers_settled_is_not_told_to_tools_again(made: Review) -> None:
    document = reported(made)
    assert render("lines", Report((document,)))
    fine = {each.id: Said(dispositions=(("ana", Disposition.FINE),)) for each in document.passages}
    assert not render("lines", Report((replace(document, said=fine),)))
    dismissed = {each.id: Said(dismissed=each.findings) for each in document.passages}
    kinds = {line.split(": ")[2] for line in render("lines", Report((replace(document, said=dismissed),))).splitlines()}
    assert kinds <= {"low-score"}


def test_csv_has_a_row_a_passage(several: Report) -> None:
    text = render("csv", several)
    assert text.startswith("\ufeffcandidate_file,line,")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    passages = [passage for document in several.documents for passage in document.passages]
    assert [row["passage"] for row in rows] == [passage.id for passage in passages]
    for row, passage in zip(rows, passages, strict=True):
        assert float(row["risk"]) == pytest.approx(passage.risk, abs=0.001)
        assert float(row["chrF"]) == pytest.approx(passage.scores["chrF"], abs=0.001)
        assert (row["candidate"], row["reference"]) == (passage.candidate.text, passage.reference.text)
        assert (row["kind"], row["line"]) == (passage.kind, str(passage.candidate.line))
    assert [row["dispositions"] for row in rows].count("ana: error") == 2


def test_markdown_has_tables_that_are_tables(report: Report, several: Report) -> None:
    for each, tables in ((report, 2), (several, 3)):
        html = MarkdownIt("commonmark").enable("table").render(render("markdown", each))
        assert html.count("<table>") == tables
        assert "|" not in re.sub(r"<td>[^<]*</td>", "", html)
    assert "<td><strong>FAIL</strong></td>" in MarkdownIt("commonmark").enable("table").render(
        render("markdown", report)
    )


def test_markdown_tells_all_of_a_passage(report: Report) -> None:
    words = re.sub(r"<[^>]+>", "", MarkdownIt("commonmark").enable("table").render(render("markdown", report)))
    entry = next(each for each in report.documents[0].entries if each.said.annotations)
    for expected in (
        "It took [sixteen] crews",
        f"candidate.txt:{entry.passage.candidate.line}",
        f"= {entry.passage.risk:.1f}",
        *(finding.message for finding in entry.findings),
        "major Accuracy/Mistranslation on “sixteen” of the candidate, ana: wrong number",
        "nothing",
    ):
        assert expected in words


def test_markdown_fits_where_it_must(several: Report) -> None:
    whole = render("markdown", several)
    assert markdown_within(several, len(whole.encode())) == whole
    for limit in (0, 40, 500, 900, 1500, len(whole.encode()) - 1):
        some = markdown_within(several, limit)
        assert len(some.encode()) <= limit
        assert not some or "no room for more" in some
    assert "#### 1. " in markdown_within(several, len(whole.encode()) - 1)


def test_passages_of_several_documents_are_in_one_order(several: Report) -> None:
    def found(report: Report) -> tuple[list[float], list[str]]:
        text = render("text", replace(report, shown=100))
        places = re.findall(r"^ +(\S+\.txt):\d+$", text, re.MULTILINE)
        return [float(each) for each in re.findall(r"^ *\d+\. \S \w+  risk ([\d.]+)", text, re.MULTILINE)], places[::2]

    risks, documents = found(several)
    assert risks == sorted(risks, reverse=True)
    assert len(risks) == sum(len(document.passages) for document in several.documents)
    assert documents[:2] == ["candidate.txt", "other.txt"]
    _, inorder = found(replace(several, order="document"))
    assert inorder == sorted(documents)


def test_an_omitted_passage_is_told_where_it_would_have_stood(report: Report) -> None:
    omitted = next(each for each in report.documents[0].passages if each.kind is Kind.OMITTED)
    line = next(line for line in render("lines", report).splitlines() if ": omission: " in line)
    assert line.startswith(f"candidate.txt:{omitted.candidate.line}:")
