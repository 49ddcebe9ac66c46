"""Reports on many documents, of one system or several, of which some could not be scored."""

import csv
import gc
import io
import json
import re
import tracemalloc
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from metrics.model import Review, Scope, Score
from metrics.reports import FORMATS, html_report, pieces, render, sarif_report
from metrics.reports.github_report import MOST
from metrics.reports.markdown_report import markdown_within
from metrics.reports.report import DocumentReport, Entry, Failure, Figures, Report, Said, figures
from metrics.visible import columns
from tests.metrics.reports.reporting import (
    CANDIDATE,
    HOSTILE,
    LABEL,
    REFERENCE,
    Gate,
    Shelf,
    hostile,
    paired,
    reported,
)
from tests.metrics.test_systems import compared

FAILURE = Failure("news/lost", "out/lost.txt is not text: convert it first", "B")
PROSE = ("text", "markdown", "html")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("pair"), CANDIDATE, REFERENCE)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A document without an error, in which no passage is bad."""
    return paired(tmp_path_factory.mktemp("good"), REFERENCE, REFERENCE, "good.txt")


def document(made: Review, name: str, system: str = "", *outcomes: Gate) -> DocumentReport:
    path = f"{system or 'out'}/{name}.txt"
    named = replace(made, candidate=replace(made.candidate, path=path))
    return replace(reported(named, *outcomes), name=name, system=system)


@pytest.fixture(scope="module")
def systems(made: Review, good: Review) -> Report:
    """Two systems with two documents each; the second failed on a third."""
    documents = [
        document(made, "news/one", "A", Gate("min chrF", False, "chrF 51 is too low")),
        document(good, "news/two", "A", Gate("min chrF", True, "chrF 100 is enough")),
        document(good, "news/one", "B"),
        document(made, "news/two", "B"),
    ]
    return Report(Shelf(documents), outcomes=(Gate("min BLEU", None, "too few"),), label=LABEL, failures=(FAILURE,))


def words(name: str, report: Report) -> str:
    """What a reader sees of a report for people."""
    text = render(name, report)
    html = MarkdownIt("commonmark").enable("table").render(text) if name == "markdown" else text
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()) if name != "text" else text


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"csv"}))
def test_failed_pairs_are_told_with_their_reason(name: str, systems: Report) -> None:
    told = render(name, systems).replace("\\", "").replace("%3A", ":")
    assert FAILURE.name in told
    assert " ".join(FAILURE.message.split()) in " ".join(told.split())


@pytest.mark.parametrize("name", FORMATS)
def test_systems_are_told_apart(name: str, systems: Report) -> None:
    told = render(name, systems)
    shown = {"A", "B"} if name in (*PROSE, "json", "csv", "junit", "sarif") else {"A/news/one.txt", "B/news/two.txt"}
    assert all(each in told for each in shown)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("failures", [(), (FAILURE,)])
def test_nothing_scored_is_told_too(name: str, failures: tuple[Failure, ...]) -> None:
    told = render(name, Report((), failures=failures))
    assert (FAILURE.name in told.replace("\\", "")) is (bool(failures) and name != "csv")


def test_one_pair_with_a_name_is_one_of_several(made: Review) -> None:
    alone = Report((document(made, "news/one"),))
    assert [each["name"] for each in json.loads(render("json", alone))["documents"]] == ["news/one"]
    assert "documents" not in json.loads(render("json", Report((reported(made),))))


@pytest.mark.parametrize("name", FORMATS)
def test_memory_does_not_grow_with_the_number_of_documents(
    name: str, made: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A page and a run hold so many passages at most, which so few documents would not come to.
    monkeypatch.setattr(html_report, "MOST", 50)
    monkeypatch.setattr(sarif_report, "MOST", 50)
    each = document(made, "news/one")

    def needed(number: int) -> int:
        shelf = Shelf(replace(each, name=f"news/{n}") for n in range(number))
        report = Report(shelf, scores=made.scores, label=LABEL, shown=3)
        gc.collect()
        tracemalloc.start()
        for piece in pieces(name, report):
            assert len(piece) < 100_000
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert max(shelf.read.values()) <= 2
        return peak

    tracemalloc.start()
    shelf = Shelf([each])
    kept = [shelf[0] for _ in range(20)]
    size = tracemalloc.get_traced_memory()[0] / len(kept)
    tracemalloc.stop()
    needed(2)
    # What is kept of a document is its row of a table at most, and neither its texts nor its passages.
    assert (needed(300) - needed(150)) / 150 < size / 3


def test_documents_may_be_kept_as_files(systems: Report) -> None:
    for name in FORMATS:
        assert render(name, systems) == render(name, replace(systems, documents=tuple(systems.documents)))


def test_figures_are_those_of_the_passages_that_count(made: Review) -> None:
    whole = figures(made, made.passages)
    assert whole.passages == len(made.counted)
    assert whole.words == sum(passage.reference.words for passage in made.counted)
    assert whole.risk == pytest.approx(sum(passage.risk for passage in made.counted))
    assert whole.findings == sum(len(passage.findings) for passage in made.counted)
    linked = replace(made, settings=replace(made.settings, scope=Scope.ALIGNED))
    assert figures(linked, made.passages).passages == sum(passage.kind.linked for passage in made.passages)


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_the_worst_are_shown_though_passages_are_not_at_hand(name: str, made: Review, good: Review) -> None:
    documents = (document(made, "news/one"), document(good, "news/two"))
    whole = Report(documents, shown=2)
    picked = tuple(Entry(documents[0], passage, Said()) for passage in documents[0].passages[:2])
    bare = tuple(replace(each, passages=(), figures=each.sums) for each in documents)
    assert render(name, replace(whole, documents=bare, picked=picked)) == render(name, whole)
    bad = sum(entry.bad for entry in picked)
    assert render("github", replace(whole, documents=bare, picked=picked)).count("\n") == bad > 0
    html = render("html", replace(whole, documents=bare, picked=picked))
    assert html.count("<article") == 2


@pytest.mark.parametrize("name", PROSE)
def test_scores_of_all_that_cannot_be_are_said_to_be_missing(name: str, made: Review, good: Review) -> None:
    chinese = replace(good, scores={**good.scores, "BLEU": Score("BLEU", 99.0, "nrefs:1|tok:zh")})
    scores = {"chrF": made.scores["chrF"]}
    told = words(name, Report((document(made, "one"), document(chinese, "two")), scores=scores))
    assert made.scores["chrF"].signature in told
    assert "no score of all" in told
    assert "tok:13a" in told
    assert "tok:zh" in told


def test_the_summary_has_the_worst_documents_in_columns(made: Review, good: Review) -> None:
    long = "news/" + "a-long-folder/" * 12 + "河水" * 30
    documents = [document(good, f"news/{n}") for n in range(30)] + [document(made, long)]
    told = render("text", Report(tuple(documents), shown=4)).split("\n")
    start = told.index("4 of 31 documents: risk per word, worst first")
    head, *rows = told[start + 2 : start + 7]
    assert head.split() == ["document", "passages", "words", "BLEU", "chrF", "coverage", "findings", "risk/word"]
    assert len({columns(row) for row in (head, *rows)}) == 1
    assert columns(head) <= 100
    sums = figures(made, made.counted)
    assert rows[0].startswith("  1.  news/")
    assert "…" in rows[0]
    assert rows[0].split()[2:4] == [str(sums.passages), str(sums.words)]
    assert rows[0].endswith(f"{sums.risk_per_word:.3f}")
    assert told[0] == "documents 31"
    assert f"  {sums.findings} findings" not in told
    assert any(line.startswith(f"passages  {sums.passages + 30 * len(good.counted):,} with") for line in told)


def test_the_worst_passages_are_shown_with_their_places(made: Review, good: Review) -> None:
    documents = (document(good, "news/one"), document(made, "news/two"))
    told = render("text", Report(documents, shown=1))
    worst = reported(made).passages[0]
    assert f"1 of {len(made.counted) + len(good.counted)} passages: risk, worst first" in told
    assert f"     out/news/two.txt:{worst.candidate.line}\n" in told
    assert "out/news/one.txt:" not in told


@pytest.mark.parametrize("name", PROSE)
def test_gates_of_documents_are_told_failed_ones_first(name: str, made: Review) -> None:
    documents = [document(made, f"news/{n}", "", Gate("min chrF", n != 77, f"chrF of {n}")) for n in range(100)]
    told = words(name, Report(Shelf(documents), outcomes=(Gate("min BLEU", True, "BLEU of all"),)))
    assert told.index("BLEU of all") < told.index("chrF of 77") < told.index("chrF of 0")
    assert "… and 81 gates more, all of which passed" in told


def test_json_has_names_systems_and_failures(systems: Report) -> None:
    text = render("json", systems)
    told = json.loads(text)
    assert text == json.dumps(told, ensure_ascii=False, indent=1)
    assert list(told) == ["schema", "version", "scores", "gates", "failures", "documents"]
    assert told["failures"] == [{"name": "news/lost", "system": "B", "message": FAILURE.message}]
    assert [(each["system"], each["name"]) for each in told["documents"]] == [
        ("A", "news/one"),
        ("A", "news/two"),
        ("B", "news/one"),
        ("B", "news/two"),
    ]
    only = json.loads(render("json", Report((replace(systems.documents[0], name="", system=""),))))
    only.pop("gates")
    first = told["documents"][0]
    assert {key: first[key] for key in only} == only


def test_csv_and_lines_go_document_by_document(systems: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", systems)[1:], newline="")))
    assert list(rows[0])[-2:] == ["name", "system"]
    order = [(each.name, each.system, passage.id) for each in systems.documents for passage in each.passages]
    assert [(row["name"], row["system"], row["passage"]) for row in rows] == order
    first, *others = render("lines", systems).splitlines()
    assert first == f"B: news/lost: error: not-scored: {FAILURE.message}"
    files = [line.split(":")[0] for line in others]
    assert list(dict.fromkeys(files)) == ["A/news/one.txt", "B/news/two.txt"]
    assert files == sorted(files)


def test_junit_counts_what_is_there(systems: Report) -> None:
    root = ElementTree.fromstring(render("junit", systems))
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(root.get(name, "")) == len(list(root.iter(tag))) == sum(int(each.get(name, "")) for each in root)
    assert [suite.get("name") for suite in root] == [
        *("A: news/one", "A: news/two", "B: news/one", "B: news/two"),
        *("B: news/lost", "all documents"),
    ]
    (error,) = root.iter("error")
    assert error.get("message") == FAILURE.message
    empty = ElementTree.fromstring(render("junit", Report((), failures=(FAILURE,))))
    assert (empty.get("tests"), empty.get("errors"), empty.get("failures")) == ("1", "1", "0")


def test_github_has_the_worst_of_all_and_room_for_failures(made: Review) -> None:
    documents = Shelf(document(made, f"news/{n}") for n in range(20))
    failures = tuple(replace(FAILURE, name=f"lost/{n}") for n in range(30))
    gates = (Gate("min BLEU", False, "BLEU is low"),)
    told = render("github", Report(documents, outcomes=gates, failures=failures)).splitlines()
    errors = [line for line in told if line.startswith("::error ")]
    assert len(errors) == MOST // 2 + 1
    assert "lost/0 could not be scored" in errors[0]
    assert "26 more pairs could not be scored" in errors[MOST // 2 - 1]
    assert errors[-1].endswith("::BLEU is low")
    warned = [line for line in told if line.startswith("::warning ")]
    assert len(warned) == MOST
    worst = f"risk {documents[0].passages[0].risk:.1f}"
    assert all(worst in line for line in warned)


def test_markdown_is_bounded(made: Review) -> None:
    documents = Shelf(document(made, f"news/{n}") for n in range(120))
    failures = tuple(replace(FAILURE, name=f"lost/{n}") for n in range(70))
    report = Report(documents, failures=failures)
    text = render("markdown", report)
    assert "### 50 of 120 documents: risk per word, worst first" in text
    assert "### 70 pairs could not be scored" in text
    assert "… and 20 more" in text
    assert MarkdownIt("commonmark").enable("table").render(text).count("<table>") == 2
    assert len(markdown_within(report, 3000).encode()) <= 3000


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_names_do_nothing(name: str, tmp_path: Path) -> None:
    (first,) = hostile(tmp_path).documents

    def harm(text: str) -> Report:
        named = replace(first, name=text, system=text)
        return Report((named, named), failures=(Failure(text, text, text),), label=LABEL)

    told = "".join(render(name, harm(text)) for text in HOSTILE)
    if name != "json":
        assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\u202a-\u202e]", told)
    if name == "html":
        assert "<script>alert" not in told
        assert "<img" not in told
    if name == "markdown":
        html = MarkdownIt("gfm-like", {"linkify": False}).render(told)
        assert not re.search(r"<(a|img|script)\b", html)
    if name == "csv":
        rows = [
            row for text in HOSTILE for row in csv.DictReader(io.StringIO(render(name, harm(text))[1:], newline=""))
        ]
        assert not [row for row in rows if row["name"].startswith("=") or row["system"].startswith("=")]
    if name == "github":
        assert all(re.match(r"::(error|warning|notice) ", line) for line in told.splitlines())
    if name in ("text", "lines"):
        assert "\x1b" not in told


@pytest.mark.parametrize("name", ["json", "markdown", "html"])
def test_systems_stand_in_a_table(name: str, systems: Report) -> None:
    references = [f"The boat number {number} came home before the evening tide." for number in range(40)]
    worse = [text.replace("home", "back") for text in references]
    hostile = HOSTILE[0]
    told = replace(systems, systems=compared(references, {"first": references, hostile: worse}, resamples=100))
    if name == "json":
        assert [each["name"] for each in json.loads(render(name, told))["systems"]] == ["first", hostile]
        return
    page = words(name, told)
    assert "Baseline: first" in page
    assert "<script>alert" not in render(name, told)
    assert re.search(r"p = 0\.0\d+\)", page)


def test_figures_add_up() -> None:
    assert Figures(1, 10, 2.0, 3) + Figures(2, 30, 2.0, 1) == Figures(3, 40, 4.0, 4)
    assert (Figures(1, 10, 2.0, 3) + Figures(2, 30, 2.0, 1)).risk_per_word == 0.1
    assert Figures(1, 0, 2.0, 0).risk_per_word == 2.0
