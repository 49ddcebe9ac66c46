"""Names: missing, added, another, spelled differently; and what is none of these."""

import pytest

from tests.metrics.findings.looking import look, messages

AROUND = {
    "en": (),
    "de": ("Dann traf Frau Lind in Berlin Herrn Radtschenko und Dr. Weber.",),
    "fr": ("Alors la mairesse Lind a vu Radtchenko et Moreau à la Chine.",),
    "es": ("Entonces la alcaldesa Lind vio a Radchenko y a Moreno en China.",),
    "ru": ("Потом мэр Линд видела Радченко и Петрова в Китае.",),
}


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
    around = [*AROUND[language], "The boat of Radtschenko came.", "Le bateau de Radchenko"]
    assert look(candidate, reference, language, around) == found


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
    around = [
        *AROUND.get(language, ()),
        "He saw Jan in China and the Chinese of the United Nations, Britain, Celsius and Norway.",
    ]
    assert [found for found in look(candidate, reference, language, around) if found[0] == "name"] == []


def test_what_is_said_of_names() -> None:
    assert messages("Then Xi paid.", "Then Putin paid.") == ["“Xi” where the reference names “Putin”"]
    assert messages("Then it paid.", "Then Putin paid.") == ["the candidate does not name “Putin”"]
