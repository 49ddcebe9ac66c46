"""Untrusted text comes out visible, unparsed and with its offsets intact."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from metrics.comparison import compare
from metrics.diff import diff
from metrics.lexicon import lexicon
from metrics.model import Change, Mark, Weight
from metrics.model import Span as Range
from metrics.visible import clean
from metrics.vocabulary import Vocabulary
from tui.content import LIT, marked, opening, plain, shortened, style_of

ANY = st.text(st.characters(codec=None), max_size=40)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("tab\there\nthere", "tab␉here␊there"),
        ("del\x7f bell\x07", "del␡ bell␇"),
        ("csi\x9b0m", "csi\ufffd0m"),
        ("\u202egnp.exe", "◦gnp.exe"),
        ("a\u2066b\u2069c\u200fd", "a◦b◦c◦d"),
        ("zero\u200bwidth\ufeff\u00ad", "zero◦width◦◦"),
        ("\udcff.txt", "\ufffd.txt"),
        ("tag\U000e0041", "tag◦"),
        ("filler\u3164 selector\ufe0f", "filler◦ selector◦"),
    ],
)
def test_clean_shows_what_cannot_be_seen(hostile: str, shown: str) -> None:
    assert clean(hostile) == shown


def test_clean_leaves_scripts_alone() -> None:
    text = "Ärger — “naïve” 北京市 ทดสอบ مرحبا हिन्दी e\u0301 👍 \u0601"
    assert clean(text) == text


@given(ANY)
def test_clean_keeps_offsets_and_hides_nothing(text: str) -> None:
    shown = clean(text)
    assert len(shown) == len(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    shown.encode("utf-8")
    assert clean(shown) == shown


@given(ANY)
def test_plain_is_never_markup(text: str) -> None:
    assert plain(text).plain == clean(text)
    assert plain(f"[bold]{text}[/nope]").plain == clean(f"[bold]{text}[/nope]")


@given(ANY, ANY)
def test_marks_fall_on_the_words_that_differ(candidate: str, reference: str) -> None:
    vocabulary = Vocabulary(lexicon("en"), [candidate], [reference])
    for text, marks in zip((candidate, reference), diff(compare(candidate, reference, vocabulary)), strict=True):
        content = marked(text, marks, candidate=text is candidate)
        assert content.plain == clean(text)
        assert [(span.start, span.end) for span in content.spans] == [(mark.start, mark.end) for mark in marks]
        words = [text[mark.start : mark.end] for mark in marks]
        bracketed = marked(text, marks, candidate=True, brackets=True)
        assert [bracketed.plain[span.start : span.end] for span in bracketed.spans] == list(map(clean, words))


TWO_OLD_NETS = (Mark(0, 3, Change.REPLACED, Weight.PLAIN), Mark(4, 7, Change.LONE, Weight.STRONG))


def test_brackets_tell_marks_apart_without_colour() -> None:
    assert marked("two old nets", TWO_OLD_NETS, candidate=True, brackets=True).plain == "[two] ‹old› nets"


def test_no_two_marks_differ_in_colour_alone() -> None:
    looks = {
        re.sub(
            r"\$.*",
            "",
            style_of(Mark(0, 1, change, Weight.FAINT if change is Change.FORM else Weight.PLAIN), candidate=candidate),
        ).strip()
        for change in Change
        for candidate in (True, False)
    }
    assert looks == {"bold", "underline", "strike", "italic underline", "dim italic"}


def test_lit_words_keep_their_place_between_brackets() -> None:
    for brackets, text in ((False, "two old nets"), (True, "[two] ‹old› nets")):
        content = marked("two old nets", TWO_OLD_NETS, candidate=False, brackets=brackets, lit=[Range(4, 12)])
        assert content.plain == text
        (lit,) = [span for span in content.spans if span.style == LIT]
        assert content.plain[lit.start : lit.end].replace("›", "") == "old nets"


@given(ANY, st.integers(0, 20))
def test_openings_fill_their_cells(text: str, cells: int) -> None:
    assert cell_len(opening(text, cells)) == cells


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Nets", 6, "Nets  "),
        ("Nets dry", 6, "Nets… "),
        ("Netsdry", 6, "Netsd…"),
        ("北京市政府", 6, "北京… "),
        ("北京市", 6, "北京市"),
        ("北京市", 5, "北京…"),
    ],
)
def test_openings_are_cut_between_characters(text: str, cells: int, shown: str) -> None:
    assert opening(text, cells) == shown


@given(ANY, st.integers(0, 20))
def test_names_fit(name: str, cells: int) -> None:
    assert cell_len(shortened(name, cells)) <= cells


def test_names_keep_both_ends() -> None:
    assert shortened("harbour-candidate.txt", 13) == "harbou…te.txt"
    assert shortened("[b]x\x1b.txt", 13) == "[b]x␛.txt"
