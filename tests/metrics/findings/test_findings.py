"""What holds of all findings, on any text."""

import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.findings import KINDS, find
from tests.metrics.findings.looking import LANGUAGES, compared

#: What each family looks at, in pieces.
_PIECES = (
    "Lind Xi Putin he she him her told met said and , . by Mr он ему ей она сказал 他 她 告 诉 说 \ud800",
    "She he did not never no without could must promise promised wall ? ne pas не 不 没 可 能 impossible possible",
    "“ ” „ « » ‹ › 「 」 『 』 ' ’ ‘ \" : — crews’ wall ( [ ) ... … &amp; <b> Ã © â \x00 \x85 � public pubic",
    "5 16 2,600 3.5 10:30 1969 1969-03-21 21. 1/2 % $ € km miles per cent two hundred and half a million May March",
    "Monday one second – - 三 十 百 万 年 月 日 个 百分之 60s 5m the dass die Brücke гавань 港 カ β a@b.com l'eau",
)
_WORDS = st.one_of(*(st.sampled_from(pieces.split(" ")) for pieces in _PIECES))
_TEXTS = st.builds(lambda words, by: by.join(words), st.lists(_WORDS, max_size=14), st.sampled_from((" ", " ", "")))


@given(_TEXTS | st.text(max_size=20), _TEXTS, st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_the_same_text_has_no_findings_and_spans_lie_inside(candidate: str, reference: str, language: str) -> None:
    assert find(compared(candidate, candidate, language)).found == ()
    for found in find(compared(candidate, reference, language)).found:
        assert found.kind in KINDS
        assert found.candidate or found.reference
        for span, text in ((found.candidate, candidate), (found.reference, reference)):
            assert span is None or 0 <= span.start < span.end <= len(text)


_LONG = {
    **{f"many {word}": f"{word} " * 800 for word in ("the", "not", "could", "two", "7", "$", "½", "1/2", "May 5", ",")},
    **{f"many {word}": f"{word} " * 800 for word in ("Xi", "Lind met", "he told her", "die dass", "“a”", '"said"')},
    **{f"joined {mark}": mark * 800 for mark in "“'「」(Ã不三港"},
    **{f"joined {mark}": mark * 600 for mark in ("我们", "「『", "1.1", "十万", "ein", "w.", "a@", "aé'", "ab-")},
    **{f"joined {mark}": mark * 600 for mark in ('"a', "‘a «", "<a ", "&a", "\ud800Ж", "\x00\x1b not ", "\x00«")},
    "counting": " ".join(map(str, range(1500))),
    "hyphens": "-".join(["two"] * 1500),
    "huge": "9" * 299 + " billion trillion billion million",
    "figures": ("9" * 5000 + "” not he ") * 20,
    "letters": "a" * 5000,
}


@pytest.mark.parametrize(("name", "language"), [*product(_LONG, ("en", "zh")), ("joined ein", "de")])
def test_long_and_hostile_texts_take_no_time(name: str, language: str) -> None:
    other = "Lind did “promise” a 4 km wall, and she told him so. " * 3
    comparisons = [compared(_LONG[name], other, language), compared(other, _LONG[name], language)]
    start = time.perf_counter()
    for comparison in comparisons:
        find(comparison)
    assert time.perf_counter() - start < 1.5
