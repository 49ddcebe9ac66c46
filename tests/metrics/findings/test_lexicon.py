"""The files of language data: nothing in them is without a reader."""

from dataclasses import fields
from importlib.resources import files
from unicodedata import east_asian_width

import pytest

from metrics.findings.units import CURRENCIES, FACTORS
from metrics.lexicon import Lexicon, lexicon, table, unaccented

CODES = ("de", "en", "es", "fr", "ru", "zh")
NUMBERS = {"words", "multipliers", "ordinals", "fractions", "hints", "joiners", "shares", "compounds", "decimal_comma"}
MODALITY = {"possibility", "necessity", "report", "ability", "obligation", "source", "idiom"}
DEGREES = {"degree-celsius", "degree-fahrenheit"}


@pytest.mark.parametrize("code", CODES)
def test_every_key_is_read(code: str) -> None:
    own = table(code)
    assert set(own) <= {field.name for field in fields(Lexicon)} | {"no_negations", "exemptions", "numbers"}
    assert set(own["numbers"]) <= NUMBERS
    assert set(own["modality"]) <= MODALITY
    assert set(own["units"]) | set(table("common")["units"]) <= CURRENCIES | FACTORS.keys() | DEGREES


@pytest.mark.parametrize("code", [*CODES, "common", "units", "function_words"])
def test_lines_are_not_too_wide(code: str) -> None:
    text = (files("metrics.lexicon") / f"{code}.toml").read_text(encoding="utf-8")
    widths = [sum(1 + (east_asian_width(character) in "WF") for character in line) for line in text.splitlines()]
    assert max(widths) <= 120


def test_the_function_words_are_those_of_the_languages_that_have_files() -> None:
    assert set(table("function_words")) == set(CODES)
    assert all(lexicon(code).function_words for code in CODES)


def test_a_language_without_a_file_has_the_signs_of_all() -> None:
    words = lexicon("xx")
    assert words.units.get("%") == "percent"
    assert not words.function_words
    assert words is lexicon("xx")


def test_entries_are_folded_and_endings_without_accents() -> None:
    assert lexicon("en").months.get("may") == 5
    assert lexicon("en").pronouns["him"] == "he"
    assert all(ending == unaccented(ending) for ending in lexicon("fr").endings)


def test_a_language_without_a_file_has_its_most_frequent_words() -> None:
    assert {"de", "het", "een"} <= lexicon("nl").function_words
    assert lexicon("nl").negations.get("niet") is None
    assert lexicon("xx").function_words == frozenset()
