"""The word diff: what differs is marked on both sides, and nothing else."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from metrics.comparison import compare
from metrics.diff import bracketed, diff
from metrics.lexicon import lexicon
from metrics.model import Change, Mark, Weight
from metrics.vocabulary import Vocabulary

AROUND = ["The crews came and the boats left.", "Then Lind and Xi met.", "He took some of it with him."]


def marks(candidate: str, reference: str, language: str = "en") -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    vocabulary = Vocabulary(lexicon(language), [candidate, *AROUND], [reference, *AROUND])
    return diff(compare(candidate, reference, vocabulary))


def shown(candidate: str, reference: str, language: str = "en") -> tuple[str, str]:
    left, right = marks(candidate, reference, language)
    return bracketed(candidate, left), bracketed(reference, right)


def told(candidate: str, reference: str) -> list[tuple[str, Change, Weight]]:
    """The marks of the candidate by their words."""
    return [(candidate[m.start : m.end], m.change, m.weight) for m in marks(candidate, reference)[0]]


def test_other_words_and_lone_words() -> None:
    assert shown("The 16 crews were paid.", "The 61 crews were never paid.") == (
        "The [16] crews were paid.",
        "The [61] crews were ‹never› paid.",
    )


def test_typography_is_no_difference() -> None:
    assert marks("“Wait,” he said – twice.", '"Wait," he said - twice.') == ((), ())


def test_case_punctuation_and_figures_are_a_change_of_form() -> None:
    candidate, reference = "The Boats, all 2,600, left!", "The boats all 2600 left."
    assert told(candidate, reference) == [
        ("Boats", Change.FORM, Weight.FAINT),
        (",", Change.FORM, Weight.FAINT),
        ("2,600", Change.FORM, Weight.FAINT),
        (",", Change.FORM, Weight.FAINT),
        ("!", Change.FORM, Weight.FAINT),
    ]
    assert shown(candidate, reference) == (candidate, reference)


def test_what_moved_is_not_left_out_and_added() -> None:
    assert shown("On Monday evening the crews came home.", "The crews came home on Monday evening.") == (
        "{On Monday evening} the crews came home.",
        "The crews came home {on Monday evening}.",
    )


def test_weight_follows_what_a_word_says() -> None:
    assert told("He met Xi, not the crews with 16 or cork.", "She saw Lind; all boats for 61 in straw.") == [
        ("He", Change.REPLACED, Weight.STRONG),
        ("met", Change.REPLACED, Weight.PLAIN),
        ("Xi", Change.REPLACED, Weight.STRONG),
        (",", Change.REPLACED, Weight.FAINT),
        ("not", Change.REPLACED, Weight.STRONG),
        ("the", Change.REPLACED, Weight.FAINT),
        ("crews", Change.REPLACED, Weight.PLAIN),
        ("with", Change.REPLACED, Weight.FAINT),
        ("16", Change.REPLACED, Weight.STRONG),
        ("or", Change.REPLACED, Weight.FAINT),
        ("cork", Change.REPLACED, Weight.STRONG),
    ]


def test_replacements_are_read_as_one_across_a_function_word() -> None:
    assert shown("She took a walk, and it was good.", "She went for a stroll, and it was good.") == (
        "She [took a walk], and it was good.",
        "She [went for a stroll], and it was good.",
    )


def test_function_words_alone_are_marked_but_not_in_brackets() -> None:
    assert shown("The boat left a pier.", "The boat left the pier.") == (
        "The boat left a pier.",
        "The boat left the pier.",
    )
    assert told("The boat left a pier.", "The boat left the pier.") == [("a", Change.REPLACED, Weight.FAINT)]


def test_chinese_is_compared_by_character() -> None:
    assert shown("建于1936年的工厂", "建于1963年的茶厂", "zh") == ("建于[1936]年的[工]厂", "建于[1963]年的[茶]厂")


def test_vowel_signs_belong_to_their_words() -> None:
    assert shown("हिन्दी में नाव", "हिन्दी में पुल", "hi") == ("हिन्दी में [नाव]", "हिन्दी में [पुल]")


def test_one_side_empty() -> None:
    assert shown("", "All gone.") == ("", "‹All gone›.")
    assert shown("", "") == ("", "")


WORDS = st.lists(st.sampled_from(["boat", "bank", "16", "—", "“", "her", "Her", "中", "."]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_not_marked_is_the_same_on_both_sides(candidate: str, reference: str) -> None:
    left, right = marks(candidate, reference)

    def unmarked(text: str, marks: tuple[Mark, ...]) -> list[str]:
        for mark in reversed(marks):
            text = text[: mark.start] + text[mark.end :]
        return text.casefold().replace("—", "-").split()

    assert unmarked(candidate, left) == unmarked(reference, right)
    for text, own in ((candidate, left), (reference, right)):
        assert all(0 <= m.start < m.end <= len(text) for m in own)
        assert all(a.end <= b.start for a, b in itertools.pairwise(own))


@given(WORDS)
def test_identical_texts_have_no_marks(text: str) -> None:
    assert marks(text, text) == ((), ())
