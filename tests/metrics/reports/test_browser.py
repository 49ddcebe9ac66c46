"""The page in a real Chromium: it opens without a complaint, sorts, filters, and can be used without a mouse."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from metrics.model import Severity
from metrics.mqm.model import Annotation, Disposition, Side
from metrics.ranking import ordered
from metrics.reports import render
from metrics.reports.report import DocumentReport, Failure, Report
from metrics.review import review, run
from tests.metrics.reports.reporting import HOSTILE, disputing, hostile
from tests.support import SAMPLE_NAMES, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium: install Debian's package chromium")
    with sync_playwright() as playwright:
        # The sandbox needs what containers and root do not have.
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples under hostile names, of two systems, and one that failed."""
    documents = []
    for number, name in enumerate(SAMPLE_NAMES):
        made = run(review(*sample(name)))
        scores = {each: score for each, score in made.scores.items() if number or each != "BLEU"}
        document = DocumentReport(replace(made, scores=scores), tuple(ordered(made.counted)))
        documents.append(replace(document, name=f"{name} {HOSTILE[number]}", system="AB"[number % 2]))
    report = Report(documents, failures=(Failure(HOSTILE[0], HOSTILE[1], HOSTILE[2]),))
    return written(tmp_path_factory.mktemp("several"), report)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = run(review(*sample("harbour")))
    return written(tmp_path_factory.mktemp("harbour"), Report((DocumentReport(made, tuple(ordered(made.counted))),)))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour, whose worst passages were called fine and whose best are marked."""
    made = run(review(*sample("harbour")))
    passages = ordered(made.counted)
    marks = [
        Annotation(each.id, each.id, HOSTILE[2], Side.CANDIDATE, 0, 3, "accuracy", Severity.MAJOR, HOSTILE[0] * 5)
        for each in passages[-4:]
    ]
    disputed = disputing(made, marks, {(each.id, "ana"): Disposition.FINE for each in passages[:2]})
    document = DocumentReport(made, tuple(passages), disagreements=disputed)
    return written(tmp_path_factory.mktemp("judged"), Report((document,)))


def written(folder: Path, report: Report) -> Path:
    path = folder / "report.html"
    path.write_text(render("html", report), encoding="utf-8")
    return path


def opened(browser: "Browser", path: Path, complaints: list[str], **settings: object) -> "Page":
    page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(path.as_uri())
    return page


def shown(page: "Page", figure: str = "rank") -> list[float]:
    """A figure of the passages that are shown, in their order."""
    found = page.eval_on_selector_all("article:not([hidden])", f"all => all.map((each) => each.dataset.{figure})")
    return [float(value) for value in found]


def test_the_page_sorts_and_filters(browser: "Browser", harbour: Path) -> None:
    complaints: list[str] = []
    page = opened(browser, harbour, complaints)
    ranks = shown(page)
    assert ranks == sorted(ranks)
    for order, figure, falling in (
        ("chrf up", "chrf", False),
        ("words down", "words", True),
        ("place up", "place", False),
    ):
        page.select_option("[name=sort]", order)
        assert shown(page, figure) == sorted(shown(page, figure), reverse=falling)
        assert shown(page) != ranks
    page.fill("[name=least]", "5")
    assert 0 < len(shown(page)) < len(ranks)
    assert min(shown(page, "risk")) >= 5
    page.select_option("[name=finding]", "number")
    few = len(shown(page))
    assert 0 < few < len(ranks)
    assert page.inner_text("#told") == f"{few} of {len(ranks)} shown"
    page.fill("[name=words]", "no such words")
    assert shown(page) == []
    page.click("[type=reset]")
    page.wait_for_function(f"document.getElementById('told').textContent.startsWith('{len(ranks)} of')")
    assert shown(page) == ranks
    assert complaints == []


def test_the_keyboard_is_enough(browser: "Browser", harbour: Path) -> None:
    page = opened(browser, harbour, [])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    places = []
    for key in ("j", "j", "k"):
        places.append(page.evaluate("document.activeElement.id"))
        page.keyboard.press(key)
    assert places == ["p1", "p2", "p3"]
    assert page.evaluate("document.activeElement.id") == "p2"


def test_hostile_texts_do_nothing(browser: "Browser", tmp_path: Path) -> None:
    complaints: list[str] = []
    page = opened(browser, written(tmp_path, hostile(tmp_path)), complaints)
    assert page.inner_text("h1").startswith(HOSTILE[0])
    assert page.locator("body script").count() == 1
    assert len(shown(page)) == len(HOSTILE)
    assert complaints == []


def test_the_table_of_documents_sorts(browser: "Browser", several: Path) -> None:
    complaints: list[str] = []
    page = opened(browser, several, complaints)
    table = page.locator("#all")

    def column(title: str) -> list[str]:
        titles = [each.strip() for each in table.locator("thead th").all_inner_texts()]
        return [row.locator("th, td").nth(titles.index(title)).inner_text() for row in table.locator("tbody tr").all()]

    given = column("Risk per word")
    assert given == sorted(given, key=float, reverse=True)
    assert table.locator("th[aria-sort=descending]").inner_text().strip() == "Risk per word"
    for title, falling in (("chrF", True), ("Passages", True), ("Risk per word", True)):
        button = table.get_by_role("button", name=title, exact=True)
        for reverse in (falling, not falling):
            button.focus()
            page.keyboard.press("Enter")
            assert column(title) == sorted(column(title), key=float, reverse=reverse)
    for reverse in (False, True):
        table.get_by_role("button", name="Document").click()
        assert column("Document") == sorted(column("Document"), reverse=reverse)
    # What has no figure stands last, whichever way.
    for _ in range(2):
        table.get_by_role("button", name="BLEU").click()
        assert column("BLEU")[-1] == "–"
    assert complaints == []


def test_disagreements_lead_to_their_passages(browser: "Browser", judged: Path) -> None:
    complaints: list[str] = []
    page = opened(browser, judged, complaints)
    links = page.locator("section[aria-labelledby=disagreements] a")
    assert links.count() == 6
    for link in (links.first, links.last, links.last):
        # Each time all passages are hidden, and the link shows its own again.
        page.fill("[name=words]", "no such words")
        assert shown(page) == []
        goal = page.locator(str(link.get_attribute("href")))
        link.focus()
        page.keyboard.press("Enter")
        goal.wait_for(state="visible")
        page.wait_for_function("(id) => document.activeElement.id === id", arg=goal.get_attribute("id"))
        top = goal.evaluate("(each) => each.getBoundingClientRect().top / innerHeight")
        assert 0 <= top < 1, "it is in sight"
        assert goal.locator("h3").inner_text().startswith(link.inner_text())
    page.fill("[name=words]", "no such words")
    page.go_back()
    page.wait_for_function("(id) => document.activeElement.id === id", arg=str(links.first.get_attribute("href"))[1:])
    assert complaints == []


@pytest.mark.parametrize("pages", ["harbour", "several", "judged"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: "Browser", pages: str, scheme: str, request: pytest.FixtureRequest) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, request.getfixturevalue(pages), [], color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("pages", ["harbour", "several", "judged"])
def test_nothing_hangs_out_of_a_narrow_page(browser: "Browser", pages: str, request: pytest.FixtureRequest) -> None:
    narrow = opened(browser, request.getfixturevalue(pages), [], viewport={"width": 320, "height": 640})
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
