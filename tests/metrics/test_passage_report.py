"""Reports of one passage: everything is in them, and nothing in a text is obeyed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from metrics.errors import UnwritableFile
from metrics.model import Pairing, Passage, Review, Settings, Severity
from metrics.mqm.model import Annotation, Disposition, Side
from metrics.mqm.typology import preset
from metrics.reports.passage_report import (
    PassageSheet,
    exported_name,
    passage_html,
    passage_markdown,
    write_export,
)
from metrics.review import review, run
from metrics.visible import clean

HARBOUR = (
    ("The mayor opened the new quay on Monday.", "The mayor opened the new quay on Monday."),
    (
        "It took sixteen crews and two winters to finish the wall.",
        "It took sixty-one crews and three winters to finish the sea wall.",
    ),
    ("", "Three fishing families lost their moorings to the works and have not been paid."),
)
HOSTILE = (
    ("Press \x1b[2J\x1b]0;owned\x07 now [/nope] to win.", "Press [bold]nothing[/bold] now to win."),
    ("The file \u202egnp.exe\u202c is <script>safe</script>.", "The file is safe [sic] here & there."),
    ("Tag \U000e0041 and *strong* words | of `code`.", "Tag and strong words of code."),
)
LABEL = preset("core").label
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE_TEXTS = (
    st.text(st.sampled_from("\\`*_[]<>#|~&$^=@:;.-+1)(! \t\nwtp/a{}\"'\x1b\u202e\ud800é"), max_size=40) | st.text()
)


def paired(folder: Path, rows: Sequence[tuple[str, str]]) -> Review:
    """The review of two texts in which line answers line."""
    paths = []
    for name, lines in zip(("candidate.txt", "reference.txt"), zip(*rows, strict=True), strict=True):
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        paths.append(str(folder / name))
    return run(review(*paths, Settings(pairing=Pairing.ALIGNED)))


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("harbour"), HARBOUR)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return paired(tmp_path_factory.mktemp("plain"), [("one", "two")])


def sheet(made: Review, place: int, **others: object) -> PassageSheet:
    passage = made.passages[place]
    known: dict[str, object] = {"findings": passage.findings, "annotations": (), "disposition": None, "label": LABEL}
    return PassageSheet(made, passage, **(known | others))  # type: ignore[arg-type]


def mark(passage: Passage, words: str, note: str = "", category: str = "accuracy/mistranslation") -> Annotation:
    start = passage.candidate.text.index(words)
    severity = Severity.MAJOR
    return Annotation("1", passage.id, "ana", Side.CANDIDATE, start, start + len(words), category, severity, note)


class Page(HTMLParser):
    """The words of a page, and its elements, as Python's own parser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.elements: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._open:
            self.elements.append((self._open[-1], data))


def told(html: str) -> str:
    return " ".join(Page(html).words.split())


@pytest.mark.parametrize("made", [passage_markdown, passage_html])
def test_everything_known_of_a_passage_is_told(made: Callable[[PassageSheet], str], harbour: Review) -> None:
    passage = harbour.passages[1]
    annotation = mark(passage, "sixteen", "wrong number")
    report = made(sheet(harbour, 1, annotations=[annotation], disposition=Disposition.ERROR))
    words = told(MARKDOWN.render(report) if made is passage_markdown else report)
    assert passage.findings
    for expected in (
        f"{harbour.candidate.path}:2",
        f"{harbour.reference.path}:2",
        f"chrF {passage.scores['chrF']:.1f}",
        f"BLEU {passage.scores['BLEU']:.1f}",
        f"= {passage.risk:.1f}",
        *(finding.message for finding in passage.findings),
        "major Accuracy/Mistranslation on “sixteen” of the candidate, ana: wrong number",
        "Disposition error",
    ):
        assert expected in words


def test_differing_words_are_marked_in_html_by_element(harbour: Review) -> None:
    elements = Page(passage_html(sheet(harbour, 1))).elements
    assert ("mark", "sixteen") in elements
    assert ("mark", "sixty-one") in elements
    assert ("ins", "sea") in elements
    assert ("i", "nothing") in Page(passage_html(sheet(harbour, 2))).elements


def test_differing_words_are_bracketed_in_markdown(harbour: Review) -> None:
    words = told(MARKDOWN.render(passage_markdown(sheet(harbour, 1))))
    assert "It took [sixteen] crews and [two] winters to finish the wall." in words
    assert "to finish the ‹sea› wall." in words


def test_only_the_findings_that_are_given_are_told(harbour: Review) -> None:
    first, *rest = harbour.passages[1].findings
    words = told(MARKDOWN.render(passage_markdown(sheet(harbour, 1, findings=rest))))
    assert first.message not in words
    assert all(finding.message in words for finding in rest)


@given(HOSTILE_TEXTS, HOSTILE_TEXTS)
@example("- item", "1. item")
@example("https://example.org www.example.org a@example.org", ":smile: $x$ ~~s~~ #12")
@example("```\n</blockquote><script>alert(1)</script>", "[a](javascript:b) ![c](d) <!-- &lt; \\")
@example("    indented", "| a |\n| - |")
def test_markdown_says_what_the_texts_say_and_nothing_else(plain: Review, text: str, note: str) -> None:
    made = plain
    passage = made.passages[0]
    passage = replace(passage, candidate=replace(passage.candidate, text=text), marks=((), ()))
    annotation = replace(mark(made.passages[0], "one", note), start=0, end=0)
    report = passage_markdown(PassageSheet(made, passage, (), [annotation], None, LABEL))
    html = MARKDOWN.render(report)
    assert set(re.findall(r"<(\w+)", html)) <= {"h1", "h2", "p", "code", "blockquote", "ul", "li", "strong", "em"}
    page = Page(html)
    quoted = [words for element, words in page.elements if element == "p"]
    if expected := clean(text).strip():
        assert expected in "".join(quoted)
    assert f"on the passage, ana{f': {clean(note)}' if note else ''}".strip() in page.words
    # GitHub makes links of bare addresses, too, unless a backslash is in them.
    assert not re.search(r"(?<!\\)://|www\.", report, re.IGNORECASE)


@given(HOSTILE_TEXTS, HOSTILE_TEXTS, HOSTILE_TEXTS)
@example("</blockquote><script>alert(1)</script>", "<img src=x onerror=y>", '" onload="z')
def test_html_says_what_the_texts_say_and_nothing_else(plain: Review, text: str, note: str, path: str) -> None:
    made = replace(plain, candidate=replace(plain.candidate, path=path), language='"><script>')
    passage = replace(made.passages[0], candidate=replace(made.passages[0].candidate, text=text), marks=((), ()))
    annotation = replace(mark(made.passages[0], "one", note, "<b>odd</b>"), start=0, end=0)
    page = Page(passage_html(PassageSheet(made, passage, (), [annotation], None, LABEL)))
    assert clean(text) in page.words
    assert clean(note) in page.words
    assert f"{clean(path)}:1" in page.words
    assert not {tag for tag, _ in page.elements} & {"script", "img", "a"}
    assert {name for name, _ in page.attributes} <= {"lang", "charset", "http-equiv", "content", "name", "dir"}


def test_hostile_passages_are_shown_with_their_marks(tmp_path: Path) -> None:
    made = paired(tmp_path, HOSTILE)
    for place, passage in enumerate(made.passages):
        for report in (passage_markdown(sheet(made, place)), passage_html(sheet(made, place))):
            assert "\x1b" not in report
            assert "\u202e" not in report
            report.encode()
        words = Page(passage_html(sheet(made, place))).words
        assert clean(passage.candidate.text) in words
        assert clean(passage.reference.text) in words


def test_a_report_is_written_beside_others_never_over_them(harbour: Review, tmp_path: Path) -> None:
    name = exported_name(harbour, harbour.passages[1], ".md")
    assert name == "candidate-line-2.md"
    written = [write_export(tmp_path, name, text) for text in ("one", "two", "three")]
    assert [path.name for path in written] == [name, "candidate-line-2-2.md", "candidate-line-2-3.md"]
    assert [path.read_text() for path in written] == ["one", "two", "three"]


def test_an_omitted_passage_is_named_after_the_reference(harbour: Review) -> None:
    assert exported_name(harbour, harbour.passages[2], ".html") == "reference-line-3.html"


@given(st.text(max_size=300))
def test_a_name_is_fit_for_any_system(plain: Review, path: str) -> None:
    made = replace(plain, candidate=replace(plain.candidate, path=path))
    name = exported_name(made, made.passages[0], ".md")
    assert re.fullmatch(r"[\w-]+-line-1\.md", name)
    assert len(name.encode()) <= 255


def test_where_nothing_can_be_written_it_is_told_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match=r"cannot write .*nowhere.*: make room, or start where") as told:
        write_export(tmp_path / "nowhere", "a.md", "text")
    assert "\n" not in str(told.value)
