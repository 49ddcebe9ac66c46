"""What programs and people read: golden bytes for JSON, and text that nothing obeys."""

import json
import re
from pathlib import Path

import pytest

from metrics.errors import UnwritableFile
from metrics.model import Scope
from metrics.ranking import ordered
from metrics.reports.json_report import links_json, scores_json
from metrics.reports.links import links_table, links_tsv, links_vecalign, write_lines
from metrics.reports.summary import summary
from metrics.visible import clean, columns
from tests.conftest import ReviewTexts

GOLDEN = Path(__file__).parent / "golden"
CANDIDATE = """The ferry is late – River News

The ferryman waited on the northern bank until 16 herons had flown.

In the shed behind the customs house, a second winch hums all night.

Subscribe to River News

Grown-ups pay two crowns, and bicycles are free.
"""
REFERENCE = """The ferryman waited on the northern bank until 61 herons had flown.
Grown-ups pay two crowns, and bicycles travel free of charge. During
the flood of 1994 the boat broke loose and drifted down to the weir.
"""
HOSTILE = "The \x1b[31mred\x1b[0m boat \u202etxt.exe\u202c, [bold]said[/nope] <b>she</b>\x07 at 9\x9b2J."


def check(name: str, text: str) -> None:
    """Compares with the golden file; version numbers are left out of both."""
    text = re.sub(r"version:[\w.+]+", "version:X", text)
    text = re.sub(r'"version": "[\w.+]+"', '"version": "X"', text)
    assert text + "\n" == (GOLDEN / name).read_text(encoding="utf-8")


def test_links_as_json(review_texts: ReviewTexts) -> None:
    check("links.json", links_json(review := review_texts(CANDIDATE, REFERENCE), review.passages))


def test_scores_as_json(review_texts: ReviewTexts) -> None:
    review = review_texts(CANDIDATE, REFERENCE)
    check("scores.json", scores_json(review, ordered(review.counted)))


def test_summary(review_texts: ReviewTexts) -> None:
    review = review_texts(CANDIDATE, REFERENCE)
    check("summary.txt", summary(review, ordered(review.counted)[:2]))


def test_vecalign_and_tsv(review_texts: ReviewTexts) -> None:
    review = review_texts(CANDIDATE, REFERENCE)
    for line, link in zip(links_vecalign(review.passages).split("\n"), review.links, strict=True):
        ours, theirs, cost = line.split(":")
        assert (tuple(json.loads(ours)), tuple(json.loads(theirs))) == (link.candidate, link.reference)
        assert float(cost) == pytest.approx(1 - link.similarity if link.kind.linked else 0)
    head, *rows = (row.split("\t") for row in links_tsv(review.passages).split("\n"))
    assert head == ["kind", "similarity", "candidate_ids", "reference_ids", "candidate", "reference"]
    assert [(row[0], row[4], row[5]) for row in rows] == [
        (p.kind, p.candidate.text, p.reference.text) for p in review.passages
    ]


def test_the_table_keeps_its_columns_with_wide_characters(review_texts: ReviewTexts) -> None:
    table = links_table(
        review_texts("河水很高，渡船来晚了，他们只好在岸边等到天亮才过河去。", "河水很高，渡船来晚了。").passages
    )
    head, row = table.split("\n")
    assert columns(row[: row.rindex("0")]) == head.index("reference")


@pytest.mark.parametrize("width", [100, 80])
def test_wide_characters_do_not_overflow_the_summary(review_texts: ReviewTexts, width: int) -> None:
    text = "河水很高，渡船来晚了，他们只好在岸边等到天亮才过河去，" * 6 + "一共六次。"
    review = review_texts(text, text.replace("天亮", "天黑"))
    told = summary(review, review.counted, width=width).split("\n")
    assert all(columns(line) <= width or "nrefs" in line for line in told)


def test_hostile_text_reaches_no_report_as_it_is(review_texts: ReviewTexts) -> None:
    review = review_texts(HOSTILE, HOSTILE.replace("red", "blue"))
    for report in (summary(review, review.counted), links_table(review.passages), links_tsv(review.passages)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", report)
        assert "␛[31" in report
    assert json.loads(links_json(review, review.passages))["candidate"]["segments"][0]["text"] == HOSTILE


def test_stand_ins_keep_offsets() -> None:
    assert clean("a\x1bb\u202ec\x7f\x85\ud800") == "a␛b◦c␡\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
    assert len(clean(HOSTILE)) == len(HOSTILE)


def test_lines_are_of_equal_number_and_leave_boilerplate_out(review_texts: ReviewTexts, tmp_path: Path) -> None:
    review = review_texts(CANDIDATE, REFERENCE)
    ours, theirs = (
        path.read_text().split("\n")
        for path in write_lines(review.passages, Scope.DOCUMENT, tmp_path / "new" / "folder")
    )
    assert len(ours) == len(theirs) == len(review.counted) + 1
    assert "" in ours[:-1]
    assert not any("Subscribe" in line for line in ours)
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableFile, match="choose another --out"):
        write_lines(review.passages, Scope.DOCUMENT, tmp_path / "file")
