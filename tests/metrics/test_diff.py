"""The word diff: what differs is marked on both sides, and nothing else."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from metrics.diff import bracketed, diff


def shown(candidate: str, reference: str) -> tuple[str, str]:
    left, right = diff(candidate, reference)
    return bracketed(candidate, left), bracketed(reference, right)


def test_other_words_and_lone_words() -> None:
    assert shown("The 16 crews were paid.", "The 61 crews were never paid.") == (
        "The [16] crews were paid.",
        "The [61] crews were ‹never› paid.",
    )


def test_case_and_typography_are_no_difference() -> None:
    text = "“Wait,” SHE said – twice."
    assert shown(text, '"wait," she said - twice.') == (text, '"wait," she said - twice.')


def test_chinese_is_compared_by_character() -> None:
    assert shown("建于1936年的工厂", "建于1963年的茶厂") == ("建于[1936]年的[工]厂", "建于[1963]年的[茶]厂")


def test_vowel_signs_belong_to_their_words() -> None:
    assert shown("हिन्दी में नाव", "हिन्दी में पुल") == ("हिन्दी में [नाव]", "हिन्दी में [पुल]")


def test_one_side_empty() -> None:
    assert shown("", "All gone.") == ("", "‹All gone.›")
    assert shown("", "") == ("", "")


WORDS = st.lists(st.sampled_from(["boat", "bank", "16", "—", "“", "her", "Her", "中", "."]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_not_marked_is_the_same_on_both_sides(candidate: str, reference: str) -> None:
    left, right = diff(candidate, reference)

    def unmarked(text: str, marks: object) -> list[str]:
        for mark in reversed(marks):  # type: ignore[call-overload]
            text = text[: mark.start] + text[mark.end :]
        return text.casefold().replace("—", "-").split()

    assert unmarked(candidate, left) == unmarked(reference, right)
    for text, marks in ((candidate, left), (reference, right)):
        assert all(0 <= m.start < m.end <= len(text) for m in marks)
        assert all(a.end <= b.start for a, b in itertools.pairwise(marks))


@given(WORDS)
def test_identical_texts_have_no_marks(text: str) -> None:
    assert diff(text, text) == ((), ())
