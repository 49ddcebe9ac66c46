"""Short pairs of what a first reader tried: what was missed, and what was told for nothing."""

import pytest

from tests.metrics.findings.looking import look

NAMES = (
    "Then Peter Crane, Peter Hatch, Anna Hatch and Laura Hatch left Port Ellery and Port Kestrel. Then Jan Lind met Xi "
    "Jinping in North Korea, South Korea, Austria, Australia, Niger and Nigeria. Then a Serb left Serbia.",
)
FORMS = ("Then Thorsbi left.",)


@pytest.mark.parametrize(
    ("candidate", "reference", "found"),
    [
        ("We thanked Peter Crane for it.", "We thanked Peter Hatch for it.", [("name", "Crane", "Hatch")]),
        ("Then Anna Hatch spoke.", "Then Laura Hatch spoke.", [("name", "Anna", "Laura")]),
        ("They saw Port Ellery at last.", "They saw Port Kestrel at last.", [("name", "Ellery", "Kestrel")]),
        ("He flew to North Korea.", "He flew to South Korea.", [("name", "North", "South")]),
        ("He flew to Austria at last.", "He flew to Australia at last.", [("name", "Austria", "Australia")]),
        ("He lives in Niger now.", "He lives in Nigeria now.", [("name", "Niger", "Nigeria")]),
        ("Then Jan Lind spoke.", "Then Lind spoke.", []),
        ("Then Xi Jinping spoke.", "Then Xi spoke.", []),
        ("The man is a Serb.", "The man is from Serbia.", []),
    ],
)
def test_names_of_several_words(candidate: str, reference: str, found: list[tuple[str, str, str]]) -> None:
    assert look(candidate, reference, "en", NAMES, ("name",)) == found


@pytest.mark.parametrize(("candidate", "reference"), [("Thorsbi", "Thorsby"), ("Olsen", "Olson")])
def test_a_name_in_another_spelling(candidate: str, reference: str) -> None:
    found = look(f"Then {candidate} spoke.", f"Then {reference} spoke.", "en", ())
    assert found == [("name", candidate, reference)]


@pytest.mark.parametrize(
    ("language", "candidate", "reference", "found"),
    [
        ("en", "The crews have been paid.", "The crews have not yet been paid.",
         ("negation", "paid", "not yet been paid")),
        ("en", "It is true that nobody was warned.", "It is not true that nobody was warned.",
         ("negation", "true", "not true")),
        ("en", "He did not forget to warn them.", "He forgot to warn them.", ("negation", "not forget", "forgot")),
        ("en", "The wall need not be built.", "The wall must not be built.", ("modality", "need not", "must not")),
        ("de", "Das Boot muss nicht fahren.", "Das Boot darf nicht fahren.", ("modality", "muss nicht", "darf nicht")),
        ("es", "El puerto puede cerrar hoy.", "El puerto debe cerrar hoy.", ("modality", "puede", "debe")),
        ("es", "Todos los barcos volvieron.", "Ninguno de los barcos volvió.",
         ("negation", "barcos", "Ninguno de los barcos")),
        ("en", "It fell to 5 degrees.", "It fell to -5 degrees.", ("number", "5", "-5")),
        ("en", "It was 5 °C outside.", "It was −5 °C outside.", ("number", "5 °C", "−5 °C")),
        ("en", "They took vehicles from the", "They took vehicles from the county.", ("cut", "the", "")),
        ("en", "Nobody was", "Nobody was hurt.", ("cut", "was", "")),
        ("de", "Sie nahmen Wagen aus dem", "Sie nahmen Wagen aus dem Landkreis.", ("cut", "dem", "")),
        ("en", "It was turned down. by the council.", "It was turned down by the council.",
         ("fragment", "down. by", "down by")),
        ("en", "They met before the war.", "They met after the war.", ("near-miss", "before", "after")),
        ("en", "Prices rose a bit.", "Prices fell a bit.", ("near-miss", "rose", "fell")),
        ("en", "She sold his boat.", "She sold her boat.", ("near-miss", "his", "her")),
        ("en", "They closed the harbour.", "They closed its harbour.", ("near-miss", "the", "its")),
        ("de", "Sie kamen vor dem Krieg.", "Sie kamen nach dem Krieg.", ("near-miss", "vor", "nach")),
        ("fr", "Il vit au nord du port.", "Il vit au sud du port.", ("near-miss", "nord", "sud")),
        ("es", "Los precios subieron mucho.", "Los precios bajaron mucho.", ("near-miss", "subieron", "bajaron")),
        ("ru", "Цены выросли вчера.", "Цены упали вчера.", ("near-miss", "выросли", "упали")),
        ("zh", "他买了船。", "他卖了船。", ("near-miss", "买", "卖")),
        ("de", "Er reiste nach Österreich.", "Er reiste nach Slowenien.", ("name", "Österreich", "Slowenien")),
        ("de", "Er traf by accident erst Boote.", "Er traf zufällig erst Boote.", ("untranslated", "by accident", "")),
        ("zh", "他同意新的计划。", "他不同意新的计划。", ("negation", "同意", "不同意")),
    ],
)  # fmt: skip
def test_what_was_missed(language: str, candidate: str, reference: str, found: tuple[str, str, str]) -> None:
    assert look(candidate, reference, language) == [found]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "He was unable to go.", "He was not able to go."),
        ("en", "The wall cannot be built.", "The wall must not be built."),
        ("en", "They did not reject the plan.", "They accepted the plan."),
        ("en", "Wait 3-5 days.", "Wait 3–5 days."),
        ("en", "It was minus 5 degrees.", "It was -5 degrees."),
        ("en", "It was −5 °C outside.", "It was -5 °C outside."),
        ("en", "The fleet, i.e. the boats, left.", "The fleet, the boats, left."),
        ("en", "We wait until midnight.", "We wait until 12 a.m."),
        ("en", "We met at noon.", "We met at 12 noon."),
        ("de", "Um halb acht kam sie.", "Um 7.30 Uhr kam sie."),
        ("es", "Llegó a las ocho y media.", "Llegó a las 8.30."),
        ("ru", "Он пришёл в половине восьмого.", "Он пришёл в 7:30."),
        ("en", "Prices rose by a quarter.", "Prices rose by 25 percent."),
        ("de", "Ein Drittel der Boote kam.", "33 Prozent der Boote kamen."),
        ("ru", "Половина лодок ушла.", "50 процентов лодок ушло."),
        ("zh", "一半的船回来了。", "50%的船回来了。"),
        ("en", "In the 1990s she painted.", "In the nineties she painted."),
        ("fr", "Au XIXe siècle.", "Au dix-neuvième siècle."),
        ("es", "En el siglo XIX nevó.", "En el siglo diecinueve nevó."),
        ("ru", "В XIX веке.", "В девятнадцатом веке."),
        ("es", "Entonces EE. UU. pagó.", "Entonces Estados Unidos pagó."),
        ("en", "It was 68 °F outside.", "It was 20 °C outside."),
        ("fr", "Il est interdit de fumer ici.", "On ne doit pas fumer ici."),
        ("de", "Das ist nicht unwichtig.", "Das ist wichtig."),
        ("en", "He walked around the wall.", "He walked round the wall."),
        ("en", "He owes $2m to them.", "He owes two million dollars to them."),
        ("fr", "Il a vu 2 500 arbres.", "Il a vu deux mille cinq cents arbres."),
    ],
)
def test_what_was_told_for_nothing(language: str, one: str, other: str) -> None:
    assert look(one, other, language) == []
    assert look(other, one, language) == []


def test_figures_in_codes_are_no_numbers() -> None:
    assert look("It&#39;s late.", "It's late.", kinds=("number",)) == []
    assert look("\x1b[31mIt was late.", "It was late.", kinds=("number",)) == []


def test_who_speaks_may_be_named_behind_what_they_are() -> None:
    found = look(
        "“We will wait,” said the mayor, Peter Crane.", "“We will wait,” said the farmer, Anna Hatch.", "en", NAMES
    )
    assert found == [("attribution", "Peter Crane", "Anna Hatch")]
