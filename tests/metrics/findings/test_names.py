"""Names: missing, added, another, spelled differently; and what is none of these."""

import pytest

from tests.metrics.findings.looking import AROUND, everything, look


@pytest.mark.parametrize(
    ("language", "candidate", "reference", "found"),
    [
        ("en", "On Monday the boat of Putin came.", "On Monday the boat came.", [("name", "Putin", "")]),
        ("en", "On Monday the boat came.", "On Monday the boat of Putin came.", [("name", "", "Putin")]),
        ("en", "Then Xi paid the crews.", "Then Putin paid the crews.", [("name", "Xi", "Putin")]),
        ("en", "Then Radtschenko paid us.", "Then Radchenko paid us.", [("name", "Radtschenko", "Radchenko")]),
        ("de", "Gestern kam Frau Lind.", "Gestern kam Frau Weber.", [("name", "Lind", "Weber")]),
        ("fr", "Hier Radchenko a payé.", "Hier Radtchenko a payé.", [("name", "Radchenko", "Radtchenko")]),
        ("es", "Ayer Lind pagó la cuenta.", "Ayer Moreno pagó la cuenta.", [("name", "Lind", "Moreno")]),
        ("ru", "Вчера Линд заплатила за всё.", "Вчера Петрова заплатила за всё.", [("name", "Линд", "Петрова")]),
    ],
)
def test_a_name_that_differs(language: str, candidate: str, reference: str, found: list[tuple[str, str, str]]) -> None:
    assert look(candidate, reference, language, [*AROUND[language], "The boat of Radtschenko came."]) == found


@pytest.mark.parametrize(
    ("language", "candidate", "reference"),
    [
        ("en", "Then Mr. Putin spoke.", "Then Putin spoke."),
        ("en", "Then PUTIN spoke.", "Then Putin spoke."),
        ("en", "Putin spoke, and later Putin left.", "Putin spoke, and later left."),
        ("en", "Then Jan Lind spoke.", "Then Lind spoke."),
        ("en", "In Putin's boat we saw Lind.", "In the boat of Putin we saw Lind."),
        ("en", "The wall of China is old.", "The Chinese wall is old."),
        ("en", "We went to Norway-a cold place.", "We went to Norway, a cold place."),
        ("en", "Then the United States paid.", "Then the USA paid."),
        ("en", "Then the UN paid.", "Then the United Nations paid."),
        ("en", "Then Britain paid.", "Then the UK paid."),
        ("en", "Then it was 30 degrees C there.", "Then it was 30 degrees Celsius there."),
        ("en", "Then on Monday he came.", "Then he came."),
        ("de", "Der Hafen und die Mauer sind alt.", "Der Kai und die Mauer sind alt."),
        ("ru", "Потом видели Радченко в Китае.", "Потом видели Радченко в китайской столице."),
        ("zh", "林德昨天来了。", "林德昨天来了。"),
        ("xx", "Then Lind spoke.", "Then Lind spoke."),
    ],
)
def test_the_same_name_in_another_form_is_silent(language: str, candidate: str, reference: str) -> None:
    others = "He saw Jan in China and the Chinese of the United Nations, Britain, Celsius and Norway."
    assert look(candidate, reference, language, [*AROUND[language], others], ("name",)) == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "xx"])
def test_a_possessive_is_answered_by_itself(language: str) -> None:
    assert look("Then Lind's boat came.", "Then Lind's boat came.", language) == []


def test_what_is_said_of_names() -> None:
    (other,) = everything("Then Xi paid.", "Then Putin paid.")
    (missing,) = everything("Then it paid.", "Then Putin paid.")
    assert other.message == "“Xi” where the reference names “Putin”"
    assert missing.message == "the candidate does not name “Putin”"
