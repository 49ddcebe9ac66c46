"""Searching as a reader means it, and where the hits are."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.errors import UsageError
from metrics.model import Excerpt, Kind, Passage, Place
from metrics.search import Search


def passage(candidate: str, reference: str = "") -> Passage:
    sides = (Excerpt((0,), 0, len(text), 1, text, 1) for text in (candidate, reference))
    return Passage("p", Place(0, -1), Kind.MATCH, 0.0, *sides, {}, {})


def hits(pattern: str, text: str, regex: bool = False) -> list[str]:
    ours, _ = Search.compile(pattern, regex).hits(passage(text))
    return [text[start:end] for start, end in ours]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("sea", "Sea, SEA and the sea", ["Sea", "SEA", "sea"]),
        ("Sea", "Sea, SEA and the sea", ["Sea"]),
        ("cafe", "café CAFÉ cafe\u0301 cafe", ["café", "CAFÉ", "cafe\u0301", "cafe"]),
        ("café", "café CAFÉ cafe\u0301 cafe", ["café", "CAFÉ", "cafe\u0301"]),
        ("cafe\u0301", "café cafe", ["café"]),
        ("strasse", "Straße STRASSE Strasse STRAẞE", ["Straße", "STRASSE", "Strasse", "STRAẞE"]),
        ("straße", "Strasse und Straße", ["Strasse", "Straße"]),
        ("istanbul", "In İstanbul, Istanbul.", ["İstanbul", "Istanbul"]),
        ("office", "the oﬃce, oﬀice", ["oﬃce", "oﬀice"]),
        ("σίσυφος", "ΣΊΣΥΦΟΣ", ["ΣΊΣΥΦΟΣ"]),
        ("ежик", "Ёжик", ["Ёжик"]),
        ("don't", "don’t don't", ["don’t", "don't"]),
        ('"no"', "“no” „no“", ["“no”", "„no“"]),
        ("sea \t wall", "the sea wall", ["sea wall"]),
        ("cooperate", "co\u00adop\u00aderate", ["co\u00adop\u00aderate"]),
        ("가", "각 가", ["가"]),
        ("か", "がか", ["か"]),
        ("[/nope] .*", "press [/nope] .* now", ["[/nope] .*"]),
        ("aa", "aaaaa", ["aa", "aa"]),
        ("", "anything", []),
        ("\u00ad", "any\u00adthing", []),
    ],
)
def test_words_are_found_as_a_reader_means_them(pattern: str, text: str, found: list[str]) -> None:
    assert hits(pattern, text) == found
    assert Search.compile(pattern).rows([passage("", text)]) == ([0] if found else [])


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\bs\w+", "Sea and shore", ["Sea", "shore"]),
        (r"\bS\w+", "Sea and shore", ["Sea"]),
        (r"\S+a|(?P<Name>c)", "aA C", ["aA", "C"]),
        (r"\p{Lu}\w+|[[:upper:]]\w+", "the Sea", ["Sea"]),
        (r"(?i)SEA", "sea", ["sea"]),
        (r"a*", "baab", ["aa"]),
        (r"(?<=sea )wall", "sea wall", ["wall"]),
        (r"[[s]ea", "sea", ["sea"]),
    ],
)
def test_regular_expressions(pattern: str, text: str, found: list[str]) -> None:
    assert hits(pattern, text, regex=True) == found
    assert Search.compile(pattern, regex=True).rows([passage("", text)]) == [0]


def test_both_sides_are_searched() -> None:
    search = Search.compile("wall")
    some = [passage("a wall", "no"), passage("no", "no"), passage("no", "the wall, a wall")]
    assert search.rows(some) == [0, 2]
    assert search.hits(some[2]) == ([], [(4, 8), (12, 16)])


@pytest.mark.parametrize("pattern", ["(", "[z-a]", "*", r"\p{Nonsense}", "(?P<x", "(" * 5_000, "(a{3000}){3000}"])
def test_a_bad_expression_is_told_on_one_line(pattern: str) -> None:
    with pytest.raises(UsageError, match=r"regular expression") as told:
        Search.compile(pattern, regex=True)
    assert "\n" not in str(told.value)


def test_an_expression_may_not_take_for_ever() -> None:
    slow = passage("a" * 3_000)
    search = Search.compile(r"(.*)(.*)(.*)(.*)[^a]", regex=True)
    with pytest.raises(UsageError, match="takes too long"):
        search.hits(slow)
    with pytest.raises(UsageError, match="takes too long"):
        search.rows([slow])


LETTERS = "sStTfFiIßẞﬁﬀﬃﬆéÉeE\u0301\u00adİıσς '’ ế\u0302"


@given(st.text(LETTERS, max_size=5), st.text(LETTERS, max_size=12))
@example("ss", "ßs")
@example("fi", "ﬃ")
@example("sst", "ßt")
@settings(max_examples=150, deadline=None)
def test_hits_are_all_that_is_taken_for_the_pattern(pattern: str, text: str) -> None:
    """Against trying every range of the text."""
    cased = any(map(str.isupper, pattern))
    accented = any("\u0300" <= c <= "\u036f" for c in unicodedata.normalize("NFD", pattern))

    def taken(some: str) -> str:
        some = some.replace("\u00ad", "").replace("’", "'")
        parts = unicodedata.normalize("NFD", some if cased else some.casefold())
        return parts if accented else re.sub("[\u0300-\u036f]", "", parts)

    def ends_whole(end: int) -> bool:
        return not (accented and end < len(text) and "\u0300" <= text[end] <= "\u036f")

    needle, expected, at = taken(re.sub(" +", " ", pattern)), [], 0
    while needle and at < len(text):
        ends = [end for end in range(at + 1, len(text) + 1) if taken(text[at:end]) == needle]
        if ends and taken(text[at]) and ends_whole(ends[-1]):
            expected.append((at, ends[-1]))
            at = ends[-1]
        else:
            at += 1
    search = Search.compile(pattern)
    assert search.hits(passage(text))[0] == expected
    assert search.rows([passage(text)]) == ([0] if expected else [])


def test_no_character_that_has_case_is_forgotten() -> None:
    """Each is found by its lower case."""
    characters = (chr(code) for code in range(sys.maxunicode + 1))
    cased = [character for character in characters if character.casefold() != character]
    assert [character for character in cased if hits(character.lower(), character) != [character]] == []
