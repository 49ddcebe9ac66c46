"""Words and marks: what they are hangs on what stands around them alone, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.words import count_words, is_unspaced, pieces, words

#: Letters, marks and digits of many scripts, and what may stand inside words and numbers.
CHARACTERS = (
    "aBé1²_'’-‑.,:/ \u00ad\u0301\u2009€“я\u0483ա\u05d0\u05b0\u0627\u064b٣\u0915\u093f\u200d\u0e01\u0e31中々カ\U00020000"
)
TEXTS = st.text(st.sampled_from(CHARACTERS) | st.characters(), max_size=20)


@given(TEXTS)
def test_a_character_elsewhere_changes_no_word(text: str) -> None:
    # With it, all scripts are looked for; without it, those of Europe alone where that will do.
    assert pieces(text) == pieces(f"{text} 河")[:-1]
    assert words(text) == words(f"{text} 河")[:-1]
    assert count_words(text) == count_words(f"{text} 河") - 1 == len(words(text))


@given(TEXTS)
def test_pieces_hold_all_but_white_space(text: str) -> None:
    rest = list(text)
    for piece in pieces(text):
        assert text[piece.start : piece.end] == piece.text
        rest[piece.start : piece.end] = " " * len(piece.text)
    assert not "".join(rest).strip()
    assert set(words(text)) <= set(pieces(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ms. Lind’s well-known cafe\u0301", ["Ms", "Lind’s", "well-known", "cafe\u0301"]),
        ("2,600.5 on 3/4, 12:30 _x_", ["2,600.5", "on", "3/4", "12:30", "x_"]),
        ("co\u00adoperate – “yes”", ["co\u00adoperate", "yes"]),
        ("茶山 tea 2 杯", ["茶", "山", "tea", "2", "杯"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_any_character_of_a_script_without_spaces_tells() -> None:
    assert all(map(is_unspaced, ("茶", "tea 茶", "\u0e01", "ア", "\U00020000")))
    assert not any(map(is_unspaced, ("", "tea", "“чай”", "हिन्दी", "차")))
