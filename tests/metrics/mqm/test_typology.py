"""Typologies and penalty schemes: what comes with the program, and what a user's TOML file may say."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import BadDefinition, InputError, MissingFile, UsageError
from metrics.model import Severity
from metrics.mqm.penalties import CALIBRATED, GOOGLE, RAW, load_scheme
from metrics.mqm.typology import TYPOLOGIES, load_typology, spelled


@pytest.mark.parametrize("name", TYPOLOGIES)
def test_every_category_has_a_key_of_its_own_and_is_found_by_all_its_names(name: str) -> None:
    typology = load_typology(name)
    assert [dimension.key for dimension in typology.dimensions] == list("123456789"[: len(typology.dimensions)])
    for dimension in typology.dimensions:
        letters = [subtype.key for subtype in dimension.subtypes]
        assert len(set(letters)) == len(letters)
        assert set(letters) <= set(string.ascii_lowercase)
        assert all(subtype.id.startswith(f"{dimension.id}/") for subtype in dimension.subtypes)
    for category in typology.categories:
        assert category.definition.endswith(".")
        for called in (category.id, category.label, category.id.upper(), category.label.replace(" ", "_")):
            assert typology.find(called) is category
        assert typology.label(category.id) == category.label
        assert typology.dimension_of(category.id) in typology.dimensions


def test_core_has_the_seven_dimensions_in_the_order_of_the_standard() -> None:
    assert [(each.id, each.name, len(each.subtypes)) for each in load_typology("core").dimensions] == [
        ("terminology", "Terminology", 3),
        ("accuracy", "Accuracy", 7),
        ("fluency", "Linguistic conventions", 6),
        ("style", "Style", 7),
        ("locale-convention", "Locale conventions", 8),
        ("verity", "Audience appropriateness", 2),
        ("design", "Design and markup", 6),
    ]


@pytest.mark.parametrize(
    ("called", "core", "google"),
    [
        ("Accuracy/Mistranslation", "accuracy/mistranslation", "accuracy/mistranslation"),
        ("accuracy/mistranslation", "accuracy/mistranslation", "accuracy/mistranslation"),
        ("Accuracy/Untranslated text", "accuracy/untranslated", "accuracy/untranslated-text"),
        ("Accuracy/Creative Reinterpretation", None, "accuracy/creative-reinterpretation"),
        ("Fluency/Punctuation", "fluency/punctuation", "fluency/punctuation"),
        ("fluency/character_encoding", "fluency/character-encoding", "fluency/character-encoding"),
        ("Fluency/Register", "style/register", "fluency/register"),
        ("Fluency/Inconsistency", None, "fluency/inconsistency"),
        ("Style/Awkward", "style/awkward", "style/awkward"),
        ("Style/Unnatural or awkward", "style/awkward", "style/awkward"),
        ("Terminology/Inappropriate for context", None, "terminology/inappropriate-for-context"),
        (
            "Terminology/Inconsistent use of terminology",
            "terminology/term-inconsistency",
            "terminology/inconsistent-use-of-terminology",
        ),
        ("Locale convention/Currency format", "locale-convention/currency-format", "locale-convention/currency-format"),
        ("Locale convention/Name format", None, "locale-convention/name-format"),
        ("Design and markup/Truncation/text expansion", "design/truncation-text-expansion", None),
        ("Non-translation!", None, "non-translation"),
        ("non_translation", None, "non-translation"),
        ("Source error", None, "source-error"),
        ("Source issue", None, "source-issue"),
        ("Other", None, "other"),
        ("Omission", "accuracy/omission", "accuracy/omission"),
        ("", None, None),
        ("/", None, None),
    ],
)
def test_names_of_the_public_data_are_found(called: str, core: str | None, google: str | None) -> None:
    for name, wanted in (("core", core), ("google", google)):
        found = load_typology(name).find(called)
        assert (found and found.id) == wanted


@given(st.text(max_size=30))
def test_any_text_is_a_category_that_is_kept(category: str) -> None:
    typology = load_typology("core")
    assert spelled(spelled(category)) == spelled(category)
    if typology.find(category) is None:
        assert typology.label(category) == category
    for scheme in (GOOGLE, RAW, CALIBRATED):
        assert scheme.penalty(category, Severity.MAJOR) in (0, 5, 25)


OWN = """
name = "House"
[[dimension]]
id = "sense"
name = "Sense"
definition = "It says something else."
subtypes = [{ id = "wrong", name = "Wrong", definition = "Wrong.", letter = "w", also = ["False"] }]
"""


def written(folder: Path, text: str) -> str:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_own_typology(tmp_path: Path) -> None:
    typology = load_typology(written(tmp_path, OWN))
    assert typology.name == "House"
    assert [category.id for category in typology.categories] == ["sense", "sense/wrong"]
    found = typology.find("Sense/False")
    assert found is not None
    assert (found.label, found.key, found.dimension) == ("Sense/Wrong", "w", "sense")


DIMENSION = OWN[OWN.index("[[") : OWN.index("subtypes")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", ":1: not TOML (Invalid value): mend the line"),
        ('name = "a"\nname = "b"', ":2: not TOML (Cannot overwrite a value): mend the line"),
        ('name = "House"', ": 0 dimensions: write [[dimension]] 1 to 9 times: each has a digit for its key"),
        (
            OWN.replace('"w"', '"ww"'),
            ": dimension 1 (sense): subtype 1 (wrong): the letter is no single one of a to z: ",
        ),
        (OWN.replace("definition", "meaning", 1), ": dimension 1 (sense): unknown key 'meaning': write one of id, "),
        (OWN.replace('id = "sense"', 'id = "Sense!"'), ": dimension 1 (Sense!): the id is not made of a to z, "),
        (OWN.replace('"House"', "7"), ': no name: write name = "…"'),
        (f"{OWN}{DIMENSION}", ": dimension 2 (sense): another has this id already: choose another"),
        (OWN.replace("[{", "[1, {"), ": dimension 1 (sense): subtypes is no list of tables: "),
        (OWN.replace('["False"]', '"False"'), ": dimension 1 (sense): subtype 1 (wrong): also is no list of texts: "),
        (
            OWN.replace("}]", '}, { id = "mad", name = "Mad", definition = "Mad.", letter = "w" }]'),
            ": dimension 1 (sense): subtype 2 (mad): the letter 'w' is that of 'Wrong' already: choose another",
        ),
    ],
)
def test_a_typology_that_makes_no_sense_is_told_with_what_to_mend(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadDefinition) as error:
        load_typology(path)
    assert str(error.value).startswith(f"{path}{told}")
    assert isinstance(error.value, InputError)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"no such file: nowhere\.toml"):
        load_typology("nowhere.toml")
    with pytest.raises(UsageError, match="unknown scheme 'mqm': choose from google, raw, calibrated"):
        load_scheme("mqm")
    path = tmp_path / "own.toml"
    path.write_bytes(b'name = "a"\n# \xff')
    with pytest.raises(BadDefinition, match=r"own.toml:2: not UTF-8: save the scheme as UTF-8 text"):
        load_scheme(str(path))


SCHEME = """
name = "house"
formula = "calibrated"
threshold = 90
acceptable = 4
[severities]
major = 10
[weights]
terminology = 2
"Terminology/Wrong term" = 3
[points."Fluency/Punctuation"]
minor = 0.5
"""


def test_an_own_scheme(tmp_path: Path) -> None:
    scheme = load_scheme(written(tmp_path, SCHEME))
    costs = {
        ("terminology/wrong-term", "minor"): 3,
        ("terminology/termbase", "minor"): 2,
        ("accuracy", "major"): 10,
        ("fluency/punctuation", "minor"): 0.5,
        ("fluency/punctuation", "critical"): 25,
        ("style/awkward", "neutral"): 0,
    }
    assert {key: scheme.penalty(key[0], Severity(key[1])) for key in costs} == costs
    assert scheme.score(4, 1000, 7) == pytest.approx(90)
    assert scheme.score(8, 1000, 7) == pytest.approx(80)
    assert scheme.score(0, 0, 0) is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"calibrated"', '"linear"', ": unknown formula: write one of mean, raw, calibrated"),
        ("threshold = 90", "threshold = 100", ": the threshold 100 is not below 100: write a lower one"),
        ("acceptable = 4", "acceptable = 0", ": acceptable is 0: write more than 0: scores are divided by it"),
        ("major = 10", "major = nan", ": severities: major is no number of 0 and up: write major = 5 or another"),
        ("major = 10", "grave = 10", ": severities: unknown key 'grave': write one of neutral, minor, major, critical"),
        ("terminology = 2", "terminology = true", ": weights: terminology is no number of 0 and up: "),
        ("terminology = 2", "terminology = -1", ": weights: terminology is no number of 0 and up: "),
        ("minor = 0.5", "minor = []", ": points: Fluency/Punctuation: minor is no number of 0 and up: "),
        ('"calibrated"', '"raw"', ": the formula raw has no acceptable points: "),
        ('"calibrated"', '"mean"', ": mean points per passage have no threshold: "),
        ('name = "house"', "", ': no name: write name = "…"'),
    ],
)
def test_a_scheme_that_makes_no_sense_is_told_with_what_to_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = written(tmp_path, SCHEME.replace(old, new))
    with pytest.raises(BadDefinition) as error:
        load_scheme(path)
    assert str(error.value).startswith(f"{path}{told}")


@given(st.floats(0, 1e6), st.integers(1, 10**6), st.integers(1, 1000))
def test_scores_have_their_formulas(penalty: float, words: int, passages: int) -> None:
    assert GOOGLE.score(penalty, words, passages) == pytest.approx(penalty / passages)
    assert RAW.score(penalty, words, passages) == pytest.approx(100 * (1 - penalty / words))
    calibrated = CALIBRATED.score(penalty, words, passages)
    assert calibrated is not None
    assert (100 - calibrated) * 2 == pytest.approx(penalty / words * 1000)
