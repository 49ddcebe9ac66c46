"""The page holds everything, needs nothing, and shows hostile texts as texts."""

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from metrics.model import Review
from metrics.mqm.model import Disposition
from metrics.reports import render
from metrics.reports.report import Report, Said
from metrics.visible import clean
from tests.metrics.reports.reporting import (
    CANDIDATE,
    HOSTILE,
    LABEL,
    REFERENCE,
    Gate,
    hostile,
    mark,
    mended,
    paired,
    reported,
)

VOID = {"meta", "input"}
#: Attributes that name what is fetched, or run something.
ACTIVE = re.compile("src|srcset|style|action|formaction|data|poster|xlink:href|on.*")


class Page(HTMLParser):
    """A page as Python's own parser sees it; every element must be closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.within: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.within.setdefault(tag, []).append(data)

    def words(self, tag: str = "body") -> str:
        return " ".join("".join(self.within.get(tag, ())).split())

    def values(self, name: str) -> list[str]:
        return [value for _, each, value in self.attributes if each == name]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("pair"), CANDIDATE, REFERENCE)


@pytest.fixture(scope="module")
def report(made: Review) -> Report:
    worst = next(each for each in reported(made).passages if "sixteen" in each.candidate.text)
    said = Said((mark(worst, "sixteen", note="wrong number"),), (("ana", Disposition.ERROR),))
    document = reported(made, Gate("min chrF", False, "chrF 51 is 9 below 60"), **{f"_{worst.id}": said})
    return Report((document,), label=LABEL)


def test_everything_stands_in_the_page_without_its_script(report: Report) -> None:
    page = Page(render("html", report))
    words = page.words()
    document = report.documents[0]
    for passage in document.passages:
        for text in (passage.candidate.text, passage.reference.text, *(f.message for f in passage.findings)):
            assert text in words
        assert f"= {passage.risk:.1f}" in words
    for score in document.review.scores.values():
        assert f"{score.value:.2f}" in words
        assert score.signature in words
    for expected in ("FAIL", "chrF 51 is 9 below 60", "candidate.txt:3", "ana: wrong number", "error ana"):
        assert expected in words
    assert page.tags["article"] == len(document.passages)
    assert page.tags["svg"] == 3
    # The script shows the controls that need it.
    assert ("form", "hidden", "") in page.attributes


def test_differing_words_are_marked(report: Report) -> None:
    page = Page(render("html", report))
    assert "sixteen" in page.within["mark"]
    assert "sixty-one" in page.within["mark"]
    assert "sea" in page.within["ins"]


def test_nothing_is_loaded_and_nothing_else_runs(report: Report) -> None:
    html = render("html", report)
    page = Page(html)
    assert not [each for each in page.attributes if ACTIVE.fullmatch(each[1])]
    assert page.tags["script"] == page.tags["style"] == 1
    assert not page.tags.keys() & {"link", "img", "iframe", "object", "base", "use", "image"}
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = page.values("href")
    assert links
    assert {link[1:] for link in links if link[0] == "#"} <= set(ids)
    assert all(link.startswith("#") for link in links)
    # A browser runs and applies what has the digest that the policy names; its text is what stands between the tags.
    (policy,) = [value for value in page.values("content") if "default-src" in value]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_page_can_be_read_by_machines_that_read_aloud(report: Report) -> None:
    page = Page(render("html", report))
    ids = set(page.values("id"))
    assert {each for value in page.values("aria-labelledby") for each in value.split()} <= ids
    assert ("html", "lang", "en") in page.attributes
    assert page.tags["h1"] == page.tags["main"] == 1
    assert page.tags["select"] + page.tags["input"] == page.tags["label"]
    assert page.values("lang").count("en") == 1 + 2 * page.tags["article"]


def test_hostile_texts_are_shown_as_texts(tmp_path: Path) -> None:
    html = render("html", hostile(tmp_path))
    page = Page(html)
    words = page.words()
    for text in (*HOSTILE, *mended(HOSTILE)):
        assert " ".join(clean(text).split()) in words
    assert "49" not in words.split()
    assert page.tags["script"] == 1
    assert not page.tags["img"]
    assert not [each for each in page.attributes if ACTIVE.fullmatch(each[1])]
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", html)
    assert page.words("title").startswith(HOSTILE[0])


def test_several_documents_have_a_strip_each_and_one_list(made: Review) -> None:
    other = replace(made, candidate=replace(made.candidate, path="other.txt"))
    page = Page(render("html", Report((reported(made), reported(other)), scores=made.scores)))
    assert page.tags["svg"] == 4
    assert page.tags["article"] == 2 * len(made.counted)
    assert sorted(map(int, page.values("data-place"))) == list(range(page.tags["article"]))
    risks = [float(value) for value in page.values("data-risk")]
    assert risks == sorted(risks, reverse=True)


def test_a_page_of_nothing_is_a_page(made: Review) -> None:
    page = Page(render("html", Report((replace(reported(made), passages=()),))))
    assert page.tags["article"] == 0
    assert "0 passages" in page.words()
