"""Where marks and metric disagree, as the formats that people read, and JSON, tell it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt

from metrics.model import Review, Severity
from metrics.mqm.model import Disposition
from metrics.reports import FORMATS, render
from metrics.reports.report import Report
from metrics.visible import clean
from tests.metrics.reports.reporting import CANDIDATE, HOSTILE, LABEL, REFERENCE, disputing, hostile, mark, paired
from tests.metrics.reports.reporting import reported as listed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("pair"), CANDIDATE, REFERENCE)


@pytest.fixture(scope="module")
def report(made: Review) -> Report:
    """The worst passage was called fine by ana, the two best were marked by ben."""
    worst, *_, second, best = listed(made).passages
    marks = (
        mark(best, "Wall" if "Wall" in best.candidate.text else "", id="1", reviewer="ben", note="not so"),
        mark(second, id="2", reviewer="ben", severity=Severity.MINOR),
    )
    disputed = disputing(made, marks, {(worst.id, "ana"): Disposition.FINE})
    assert (len(disputed.alarms), len(disputed.misses)) == (1, 2)
    return Report((replace(listed(made), disagreements=disputed),), label=LABEL)


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def section(html: str) -> str:
    (found,) = re.findall(r'<section aria-labelledby="disagreements">(.*?)</section>', html, re.DOTALL)
    return str(found)


def items(html: str) -> Iterator[tuple[str, str]]:
    """Where the link of each passage leads, if it has one, and its words."""
    for item in re.findall(r"<li>(.*?)</li>", section(html), re.DOTALL):
        (*links,) = re.findall(r'<a href="#(\w+)">', item)
        yield "".join(links), plain(item)


def test_the_page_links_to_each_passage_with_both_figures(report: Report) -> None:
    html = render("html", report)
    found = list(items(html))
    disputed = report.documents[0].disagreements
    assert disputed
    assert "3 of 5 passages reviewed" in plain(section(html))
    for (goal, words), each in zip(found, (*disputed.alarms, *disputed.misses), strict=True):
        (article,) = re.findall(rf'<article id="{goal}".*?</article>', html, re.DOTALL)
        assert (each.passage.candidate.text or each.passage.reference.text) in plain(article)
        assert f"risk {each.passage.risk:.1f}, {each.rank} of 5 · penalty {each.penalty:.1f}" in words
    assert "ana fine" in found[0][1]
    assert "ben major Accuracy/Mistranslation on the passage (not so)" in found[1][1]


def test_links_lead_to_where_the_page_has_the_passage(report: Report) -> None:
    document = report.documents[0]
    turned = replace(document, passages=document.passages[::-1])
    (first, *_) = items(render("html", report))
    (last, *_) = items(render("html", replace(report, documents=(turned,), order="document")))
    assert (first[0], last[0]) == ("p1", "p5")
    assert last[1] == first[1].replace("1.", "5.", 1), "the order of the page does not touch the place by risk"


def test_a_passage_that_is_not_in_the_page_has_no_link(report: Report) -> None:
    document = report.documents[0]
    few = replace(document, passages=document.passages[:1])
    assert [goal for goal, _ in items(render("html", replace(report, documents=(few,))))] == ["p1", "", ""]


def test_each_of_several_documents_has_its_own_in_the_page_and_in_json(report: Report, made: Review) -> None:
    document = replace(report.documents[0], name="one")
    several = replace(report, documents=(document, replace(listed(made), name="two"), replace(document, name="three")))
    html = render("html", several)
    words = plain(section(html))
    assert all(f"{name}: High risk, and found good" in words for name in ("one", "three"))
    assert "two: " not in words
    goals = [goal for goal, _ in items(html)]
    assert len(set(goals)) == len(goals) == 6
    documents = json.loads(render("json", several))["documents"]
    assert ["disagreements" in each for each in documents] == [True, False, True]


def test_markdown_has_a_table_of_each_list(report: Report) -> None:
    told = render("markdown", report)
    html = MarkdownIt("commonmark").enable("table").render(told[told.index("### Where marks and metric disagree") :])
    good, low = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", good + low, re.DOTALL)]
    disputed = report.documents[0].disagreements
    assert disputed
    assert [row[1:4] for row in rows] == [
        [f"{each.passage.risk:.1f}", f"{each.rank} of 5", f"{each.penalty:.1f}"]
        for each in (*disputed.alarms, *disputed.misses)
    ]
    assert rows[0][4] == "ana: fine"
    assert rows[1][4] == "ben: major Accuracy/Mistranslation on the passage (not so)"


@pytest.mark.parametrize(("name", "rows"), [("markdown", r"^\| \\?\S \w+ \S+ \|"), ("text", r"^ +\d+\..* penalty ")])
def test_only_so_many_are_listed_as_are_wanted(name: str, rows: str, report: Report) -> None:
    def found(shown: int) -> int:
        return len(re.findall(rows, render(name, replace(report, shown=shown)), re.MULTILINE))

    assert [found(shown) for shown in (0, 1, 2, 10)] == [0, 2, 3, 3]
    assert re.search(r"arked, and low risk .*: 2, the first 1\b", render(name, replace(report, shown=1)))


def test_json_has_the_lists_in_full(report: Report) -> None:
    found = json.loads(render("json", replace(report, shown=1)))["disagreements"]
    disputed = report.documents[0].disagreements
    assert disputed
    assert found["passages"] == {"reviewed": 3, "ranked": 5}
    for key, some in (("found_good", disputed.alarms), ("low_risk", disputed.misses)):
        assert [(each["id"], each["risk"], each["penalty"]) for each in found[key]] == [
            (each.passage.id, each.passage.risk, each.penalty) for each in some
        ]


@pytest.mark.parametrize("name", FORMATS)
def test_where_nobody_was_asked_nothing_is_told(name: str, made: Review) -> None:
    assert "disagree" not in re.sub("<style>.*?</style>", "", render(name, Report((listed(made),))), flags=re.DOTALL)


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_where_people_and_metric_agree_it_is_said(name: str, made: Review) -> None:
    agreed = replace(listed(made), disagreements=disputing(made, (), {}))
    words = plain(MarkdownIt().render(render(name, Report((agreed,)))))
    assert "0 of 5 passages reviewed" in words
    assert len(re.findall(r"by risk\): none", words)) == 2


#: What is left of a report in the section on disagreements, as its reader sees it.
READ: dict[str, Callable[[str], str]] = {
    "html": lambda told: plain(section(told)),
    "markdown": lambda told: plain(
        MarkdownIt("commonmark").enable("table").render(told[told.index("### Where marks and metric") :])
    ),
    "text": lambda told: " ".join(told[told.index("where marks and metric") :].split()),
}


@pytest.mark.parametrize("name", READ)
def test_hostile_names_and_notes_are_shown_as_they_are(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = READ[name](render(name, hostile(tmp_path_factory.mktemp("hostile"))))
    for text in HOSTILE:
        whole = " ".join(clean(text).split())
        # Text is cut to a line or two.
        assert (whole if name != "text" else whole[:40]) in words
    assert not re.search("[\x00-\x1f\u202a-\u202e]", words)
