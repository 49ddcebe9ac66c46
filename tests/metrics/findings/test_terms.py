"""A glossary, and the terms that a candidate does not translate as it wants."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import BadGlossary, BleupencilError, MissingFile, NotText
from metrics.findings import find
from metrics.glossary import Entry, Glossary, read_glossary
from metrics.model import Severity
from tests.metrics.findings.looking import compared


def write(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "terms.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def told(candidate: str, reference: str, entries: dict[str, str], language: str = "en") -> list[tuple[str, str]]:
    """The terms of the reference and what is wanted; alternatives behind `|`."""
    glossary = Glossary("terms.tsv", tuple(Entry(term, tuple(wanted.split("|"))) for term, wanted in entries.items()))
    return [
        (reference[slice(*one.reference)], one.message.split("“")[1].split("”")[0])
        for one in find(compared(candidate, reference, language), glossary).found
        if one.kind == "term" and one.reference
    ]


def test_reads_terms_translations_alternatives_and_comments(tmp_path: Path) -> None:
    text = "# harbour terms\r\n\r\nfishing wall\tsea wall\tquay | pier\r\n  \nCouncil\nMole\tbreakwater\t\n"
    glossary = read_glossary(write(tmp_path, "\ufeff" + text))
    assert glossary.entries == (
        Entry("fishing wall", ("sea wall", "quay", "pier")),
        Entry("Council", ("Council",)),
        Entry("Mole", ("breakwater",)),
    )


def test_an_empty_glossary_has_no_entries(tmp_path: Path) -> None:
    assert read_glossary(write(tmp_path, "# nothing yet\n")).entries == ()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("wall\tquay\n\tpier\n", 2, "no term"),
        ("# a\n\n…\tquay", 3, "no term"),
        ("wall\t-\n", 1, "no translation"),
        ("a\tb\tc\td\n", 1, "4 columns"),
        ("wall\tquay\r\nWall\tpier\r\n", 2, "on line 1 already"),
    ],
)
def test_a_line_that_is_no_entry_is_told(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(BadGlossary) as caught:
        read_glossary(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert what in message
    assert "\n" not in message


def test_a_glossary_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_glossary(str(tmp_path / "none.tsv"))
    path = write(tmp_path, b"wall\tquay\nm\xfchle\tmill\n")
    with pytest.raises(NotText, match=r":2: not UTF-8"):
        read_glossary(path)


@given(st.binary(max_size=60) | st.text(alphabet="a\t\n|# é", max_size=60).map(str.encode))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("glossary") / "terms.tsv"
    path.write_bytes(raw)
    with suppress(BleupencilError):
        assert all(entry.term and all(entry.wanted) for entry in read_glossary(str(path)).entries)


@pytest.mark.parametrize(
    ("candidate", "reference", "entries", "expected", "language"),
    [
        ("They built a pier.", "They built a mole.", {"mole": "breakwater"}, [("mole", "breakwater")], "en"),
        ("They built piers.", "They built Moles.", {"mole": "breakwater"}, [("Moles", "breakwater")], "en"),
        (
            "A fish wall.",
            "A fishing wall.",
            {"fishing wall": "sea wall", "wall": "wall"},
            [("fishing wall", "sea wall")],
            "en",
        ),
        (
            "A sea.",
            "A wall, a sea wall.",
            {"sea wall": "mole", "wall": "dyke"},
            [("wall", "dyke"), ("sea wall", "mole")],
            "en",
        ),
        ("The men met.", "The council met.", {"council": "council"}, [("council", "council")], "en"),
        ("A pier, a pier.", "A mole, a mole.", {"mole": "breakwater"}, [("mole", "breakwater")], "en"),
        ("Die Mauern.", "Die Molen.", {"Mole": "Kai"}, [("Molen", "Kai")], "de"),
        ("Les murs.", "Les jetées.", {"jetée": "quai"}, [("jetées", "quai")], "fr"),
        ("Новые стены.", "Новые гавани.", {"гавань": "порт"}, [("гавани", "порт")], "ru"),
        ("新的墙。", "新的码头。", {"码头": "港池"}, [("码头", "港池")], "zh"),
    ],
)
def test_a_term_that_is_not_translated_as_wanted(
    candidate: str, reference: str, entries: dict[str, str], expected: list[tuple[str, str]], language: str
) -> None:
    assert told(candidate, reference, entries, language) == expected


@pytest.mark.parametrize(
    ("candidate", "reference", "entries", "language"),
    [
        ("They built BREAKWATERS.", "They built moles.", {"mole": "breakwater"}, "en"),
        ("They built a quay.", "They built a mole.", {"mole": "breakwater|quay"}, "en"),
        ("They built a sea wall.", "They built a mole.", {"mole": "sea wall"}, "en"),
        ("They built a wall.", "They built a molehill.", {"mole": "breakwater"}, "en"),
        ("A breakwater; a pier.", "A mole; a mole.", {"mole": "breakwater"}, "en"),
        ("A mole.", "A mole.", {}, "en"),
        ("", "A mole.", {"mole": "breakwater"}, "en"),
        ("A mole.", "", {"mole": "breakwater"}, "en"),
        ("Die neuen Kais.", "Die Molen.", {"Mole": "Kai"}, "de"),
        ("新的港池。", "新的码头。", {"码头": "港池"}, "zh"),
        ("Le mur.", "La jetée.", {"jet": "quai"}, "xx"),
    ],
)
def test_a_term_that_is_translated_as_wanted(
    candidate: str, reference: str, entries: dict[str, str], language: str
) -> None:
    assert told(candidate, reference, entries, language) == []


def test_the_words_of_a_wanted_translation_must_stand_together() -> None:
    assert told("The wall by the sea.", "The mole.", {"mole": "sea wall"}) == [("mole", "sea wall")]


def test_a_glossary_reaches_the_findings_and_none_is_none() -> None:
    glossary = Glossary("terms.tsv", (Entry("mole", ("breakwater",)),))
    comparison = compared("They built a pier.", "They built a mole.")
    (one,) = (found for found in find(comparison, glossary).found if found.kind == "term")
    assert (one.severity, one.candidate, one.reference) == (Severity.MAJOR, None, (13, 17))
    assert one.message == "the glossary wants “breakwater” for “mole”"
    assert not [found for found in find(comparison).found if found.kind == "term"]


def test_another_glossary_or_vocabulary_is_prepared_anew() -> None:
    comparison = compared("They built a pier.", "They built a mole.")
    first, second = (Glossary("t", (Entry("mole", (wanted,)),)) for wanted in ("quay", "pier"))
    for glossary, count in ((first, 1), (second, 0), (first, 1)):
        assert sum(found.kind == "term" for found in find(comparison, glossary).found) == count


def test_a_large_glossary_is_looked_up_by_words() -> None:
    entries = {f"{a}{b}ole": "quay" for a in "bcdfghjklmnpqrstvwxz" for b in map(str, range(200))}
    text = "mole " * 4_000
    assert told("pier", text, {**entries, "mole": "quay"}) == [("mole", "quay")]
