"""Numbers, dates, percentages, money and units: what differs, and what only looks as if it did."""

from functools import partial

import pytest

from metrics.model import Severity
from tests.metrics.findings import looking

KINDS = ("number", "date", "percent", "money", "unit")
look = partial(looking.look, kinds=KINDS)
everything = partial(looking.everything, kinds=KINDS)


@pytest.mark.parametrize(
    ("language", "candidate", "reference", "expected"),
    [
        ("en", "Only 16 boats came back.", "Only 61 boats came back.", ("number", "16", "61")),
        ("en", "She was born in 1996 in Turku.", "She was born in 1969 in Turku.", ("number", "1996", "1969")),
        ("en", "He sold 2.6 boats.", "He sold 26 boats.", ("number", "2.6", "26")),
        ("en", "Two million fish died.", "Two thousand fish died.", ("number", "Two million", "Two thousand")),
        ("en", "He came third in the race.", "He came fourth in the race.", ("number", "third", "fourth")),
        ("en", "One of the cats slept.", "Two of the cats slept.", ("number", "One", "Two")),
        ("en", "It opens at 10:30.", "It opens at 10:45.", ("number", "10:30", "10:45")),
        ("en", "They meet on Monday.", "They meet on Tuesday.", ("date", "Monday", "Tuesday")),
        ("en", "The fair is in March.", "The fair is in May.", ("date", "March", "May")),
        ("en", "It burned on 21 March 1969.", "It burned on March 12, 1969.",
         ("date", "21 March 1969", "March 12, 1969")),
        ("en", "Milk rose by 30 per cent.", "Milk rose by 13%.", ("percent", "30 per cent", "13%")),
        ("en", "Milk rose by 5 per cent.", "Milk rose by 5‰.", ("unit", "5 per cent", "5‰")),
        ("en", "It costs five dollars.", "It costs five euros.", ("money", "five dollars", "five euros")),
        ("en", "The loan was $5m.", "The loan was $5bn.", ("money", "$5m", "$5bn")),
        ("en", "The road is 5 miles long.", "The road is 5 kilometres long.", ("unit", "5 miles", "5 kilometres")),
        ("en", "The road is 7 km long.", "The road is 5 km long.", ("number", "7 km", "5 km")),
        ("de", "Es kamen siebzehn Gäste.", "Es kamen siebzig Gäste.", ("number", "siebzehn", "siebzig")),
        ("de", "Er zahlte 3,5 Mio. Euro.", "Er zahlte 3,5 Mrd. Euro.", ("money", "3,5 Mio. Euro", "3,5 Mrd. Euro")),
        ("de", "Am 3. Mai schneite es.", "Am 13. Mai schneite es.", ("date", "3. Mai", "13. Mai")),
        ("fr", "Il a soixante-dix ans.", "Il a quatre-vingt-dix ans.",
         ("number", "soixante-dix ans", "quatre-vingt-dix ans")),
        ("fr", "Le mur mesure 12 mètres.", "Le mur mesure 21 mètres.", ("number", "12 mètres", "21 mètres")),
        ("es", "Llegaron treinta y dos barcos.", "Llegaron veintitrés barcos.",
         ("number", "treinta y dos", "veintitrés")),
        ("es", "Cuesta 5 millones de euros.", "Cuesta 5 millones de dólares.",
         ("money", "5 millones de euros", "5 millones de dólares")),
        ("ru", "Приплыли двадцать пять лодок.", "Приплыли пятьдесят две лодки.",
         ("number", "двадцать пять", "пятьдесят две")),
        ("ru", "Это было 21 марта.", "Это было 12 марта.", ("date", "21 марта", "12 марта")),
        ("zh", "村里有三十五人。", "村里有五十三人。", ("number", "三十五", "五十三")),
        ("zh", "价格上涨了百分之三十。", "价格上涨了13%。", ("percent", "百分之三十", "13%")),
        ("zh", "他星期三离开。", "他星期四离开。", ("date", "星期三", "星期四")),
        ("zh", "三个人走了。", "四个人走了。", ("number", "三", "四")),
        ("xx", "Zun 16 bem.", "Zun 61 bem.", ("number", "16", "61")),
    ],
)  # fmt: skip
def test_a_changed_number_is_told_with_both_sides(
    language: str, candidate: str, reference: str, expected: tuple[str, str, str]
) -> None:
    assert look(candidate, reference, language) == [expected]
    assert look(reference, candidate, language) == [(expected[0], expected[2], expected[1])]


@pytest.mark.parametrize(
    ("language", "candidate", "reference"),
    [
        ("en", "It took 2600 bricks.", "It took 2,600 bricks."),
        ("en", "Seventy sheep grazed.", "70 sheep grazed."),
        ("en", "In nineteen sixty-nine it rained.", "In 1969 it rained."),
        ("en", "Some 205,000 saw it.", "Some two hundred and five thousand saw it."),
        ("en", "A crowd of 500,000 came.", "A crowd of half a million came."),
        ("en", "It needs two and a half million bees.", "It needs 2.5 million bees."),
        ("en", "The lake is 5 km long.", "The lake is 3.1 miles long."),
        ("en", "It was 20 °C outside.", "It was 68 degrees Fahrenheit outside."),
        ("en", "They built it in ten years.", "They built it in a decade."),
        ("en", "He waited six months.", "He waited half a year."),
        ("en", "Prices rose 30 %.", "Prices rose 30 per cent."),
        ("en", "Support fell by 5 %.", "Support fell by 5 percentage points."),
        ("en", "Support fell by 0.5 %.", "Support fell by 5‰."),
        ("en", "He owes $5m.", "He owes 5 million dollars."),
        ("en", "It began on 21 March 1969.", "It began on 1969-03-21."),
        ("en", "It began on 3/21/1969.", "It began on March 21, 1969."),
        ("en", "It began on 21 March.", "It began on the 21st of March 1969."),
        ("en", "It began in 1969.", "It began in March 1969."),
        ("en", "The deal ends 8/26.", "The deal ends on August 26."),
        ("en", "He won his third cup.", "He won his 3rd cup."),
        ("en", "In the 60s she painted.", "In the 1960s she painted."),
        ("en", "The war of 1939-45 was over.", "The war of 1939–1945 was over."),
        ("en", "It lasts from 2 to 3 million years.", "It lasts from 2 million to 3 million years."),
        ("en", "Eat 5 to 10 km from here.", "Eat 5–10 km from here."),
        ("en", "He phoned twice.", "He phoned two times."),
        ("en", "We open at 2 pm.", "We open at 14:00."),
        ("en", "They won 3-1.", "They won 3:1."),
        ("en", "Half of them left.", "50% of them left."),
        ("en", "A tenfold rise.", "A 10-fold rise."),
        ("en", "One and a half metres of snow.", "1½ metres of snow."),
        ("en", "In winter 1956-1957 it froze.", "In winter 1956/57 it froze."),
        ("en", "The two hens saw the two dogs.", "The two hens saw the dogs."),
        ("en", "1. Wash the pot.", "Wash the pot."),
        ("en", "Wash the pot.[12]", "Wash the pot."),
        ("en", "Wash the pot.12 Then dry it.", "Wash the pot. Then dry it."),
        ("en", "One may hope.", "It may be hoped."),
        ("en", "Five may hope.", "5 may hope."),
        ("en", "May I march?", "Am I allowed to walk?"),
        ("en", "Wait a second.", "Wait a moment."),
        ("de", "Der 5-jährige Hund schlief.", "Der fünfjährige Hund schlief."),
        ("de", "Sie zählte 21.300 Vögel.", "Sie zählte einundzwanzigtausenddreihundert Vögel."),
        ("de", "Eine halbe Million Bienen.", "500.000 Bienen."),
        ("de", "Ein Hund bellte.", "Da bellte der Hund."),
        ("de", "Um 10.30 Uhr am 21.3.1969.", "Um 10:30 Uhr am 21. März 1969."),
        ("fr", "Le village compte 97 maisons.", "Le village compte quatre-vingt-dix-sept maisons."),
        ("fr", "Il y a 2 600 arbres.", "Il y a 2.600 arbres."),
        ("fr", "Un siècle nouveau, le XXe.", "Un siècle nouveau, le vingtième."),
        ("fr", "Un mur neuf.", "Un nouveau mur."),
        ("es", "Son 235.000 aves.", "Son doscientas treinta y cinco mil aves."),
        ("es", "El 21 de marzo de 1969 nevó.", "El 21/3/1969 nevó."),
        ("ru", "Он продал 3 тыс. кирпичей.", "Он продал три тысячи кирпичей."),
        ("ru", "Прошло полтора миллиона лет.", "Прошло 1,5 млн лет."),
        ("ru", "В 1960-х годах.", "В 60-е годы."),
        ("zh", "一九六九年三月二十一日下雪。", "1969年3月21日下雪。"),
        ("zh", "这座城市有1.2亿居民。", "这座城市有一亿二千万居民。"),
        ("zh", "他十分高兴。", "他很高兴。"),
        ("zh", "一个人来了。", "有人来了。"),
        ("zh", "涨了百分之三十。", "涨了30%。"),
        ("xx", "Gom 2,600 dar.", "Gom 2600 dar."),
        ("en", "", "Only 61 boats came back."),
        ("en", "Only 61 boats came back.", ""),
    ],
)  # fmt: skip
def test_the_same_in_another_form_is_silent(language: str, candidate: str, reference: str) -> None:
    assert look(candidate, reference, language) == []
    assert look(reference, candidate, language) == []


def test_a_number_on_one_side_is_missing_or_added() -> None:
    [missing] = everything("The ferry sank near the port.", "The ferry with 61 cows sank near the port.")
    assert missing.message == "the reference’s “61” is missing"
    assert missing.severity is Severity.MINOR
    [added] = everything("The ferry with 16 cows sank near the port.", "The ferry sank near the port.")
    assert added.message == "the reference does not have “16”"
    assert added.severity is Severity.MAJOR


def test_severity_follows_how_sure_the_number_is() -> None:
    [figures] = everything("Only 16 boats came back.", "Only 61 boats came back.")
    assert figures.message == "“16” where the reference has “61”"
    assert figures.severity is Severity.MAJOR
    [words] = everything("Only two boats came back.", "Only three boats came back.")
    assert words.severity is Severity.MINOR
    [rounded] = everything("Only 16,100 fish came back.", "Only 16,148 fish came back.")
    assert rounded.severity is Severity.MINOR


def test_numbers_that_changed_places_are_told_once() -> None:
    [swapped] = everything("We saw 20 men and 30 women.", "We saw 30 men and 20 women.")
    assert swapped.message == "“20” and “30” have changed places"
    assert look("We saw 20 women and 30 men.", "We saw 30 men and 20 women.") == []
