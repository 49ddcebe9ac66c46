"""Negation and modality lost or gained, and what only looks like it."""

from functools import partial

import pytest

from metrics.model import Severity
from tests.metrics.findings import looking

look = partial(looking.look, kinds=("negation", "modality"))
everything = partial(looking.everything, kinds=("negation", "modality"))


@pytest.mark.parametrize(
    ("language", "denies", "denied", "says", "said"),
    [
        ("en", "She did not promise a new wall.", "not promise", "She promised a new wall.", "promised"),
        ("en", "The ferry will never sail again.", "never sail", "The ferry will sail again.", "sail"),
        ("en", "The crews don't sleep here.", "don't sleep", "The crews sleep here.", "sleep"),
        ("de", "Die Fähre fährt heute nicht.", "heute nicht", "Die Fähre fährt heute.", "heute"),
        ("de", "Der Hafen hat kein Geld.", "kein Geld", "Der Hafen hat Geld.", "Geld"),
        ("fr", "Le maire ne signe pas le contrat.", "ne signe pas", "Le maire signe le contrat.", "signe"),
        ("fr", "Il n'est pas possible de partir.", "n'est pas possible", "Il est possible de partir.", "possible"),
        ("es", "El puerto no abrirá mañana.", "no abrirá", "El puerto abrirá mañana.", "abrirá"),
        ("ru", "Мэр никогда не подпишет договор.", "никогда не подпишет", "Мэр подпишет договор.", "подпишет"),
        ("zh", "市长没有批准这项工程。", "没有批准", "市长批准了这项工程。", "批准"),
    ],
)
def test_a_negation_is_lost_or_added(language: str, denies: str, denied: str, says: str, said: str) -> None:
    assert look(says, denies, language) == [("negation", said, denied)]
    assert look(denies, says, language) == [("negation", denied, said)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "It was not easy, and he left.", "He left, as it was hard."),
        ("en", "That is not possible here.", "That is impossible here."),
        ("en", "He was not unhappy about the wall.", "He was happy about the wall."),
        ("en", "The crews don't sleep here.", "The crews never sleep here."),
        ("en", "He cannot finish the wall.", "He is unable to finish the wall."),
        ("en", "He did not come to the vote.", "He failed to come to the vote."),
        ("en", "They voted not only for the wall but for the port.", "They voted for the wall and also for the port."),
        ("en", "Neither the mayor nor the captain signed.", "The mayor and the captain did not sign."),
        ("en", "I do not think that he signed it.", "I think that he did not sign it."),
        ("en", "Don't you see the wall?", "Do you see the wall?"),
        ("en", "No, the ferry sails today.", "The ferry sails today."),
        ("en", "The ferry does not sail until noon.", "The ferry sails only at noon."),
        ("en", "It is no doubt the first storm.", "It is surely the first storm."),
        ("de", "Das ist nicht möglich.", "Das ist unmöglich."),
        ("de", "Er kam nicht nur an, er blieb auch.", "Er kam an, er blieb auch."),
        ("de", "Niemand hat das Boot gesehen.", "Das Boot hat keiner gesehen."),
        ("fr", "Il ne mange jamais de poisson.", "Il ne mange pas de poisson."),
        ("fr", "Il n'a que deux bateaux.", "Il a seulement deux bateaux."),
        ("es", "No dijo nada del puerto.", "Nada dijo del puerto."),
        ("ru", "Никто не видел лодку.", "Лодку никто не видел."),
        ("ru", "Это не возможно сегодня.", "Это невозможно сегодня."),
        ("zh", "他是不是批准了工程", "他批准了工程"),
        ("zh", "他不仅批准了工程", "他批准了工程"),
        ("xx", "He did not promise a wall.", "He did promise a wall."),
        ("en", "", "He did not promise a wall."),
        ("en", "He did not promise a wall.", ""),
    ],
)
def test_what_means_the_same_is_no_negation(language: str, one: str, other: str) -> None:
    assert look(one, other, language) == []
    assert look(other, one, language) == []


def test_which_negation_is_lost_goes_by_the_word_it_bears_on() -> None:
    reference = "She did not promise a wall, and the council did not pay for the boats."
    assert look("She promised a wall, and the council did not pay for the boats.", reference) == [
        ("negation", "promised", "not promise")
    ]
    assert look("She did not promise a wall, and the council paid for the boats.", reference) == [
        ("negation", "paid", "not pay")
    ]


def test_two_negations_are_two_findings() -> None:
    found = look(
        "She promised a wall. The crews sleep at home.", "She never promised a wall. The crews never sleep at home."
    )
    assert found == [("negation", "promised", "never promised"), ("negation", "sleep", "never sleep")]


def test_what_stands_around_decides_how_bad_it_is() -> None:
    (surely,) = everything("The work would be finished on time.", "The work would not be finished on time.")
    (perhaps,) = everything("On time it will all be finished.", "The work would not be finished on time.")
    assert (surely.severity, perhaps.severity) == (Severity.MAJOR, Severity.MINOR)


@pytest.mark.parametrize(
    ("language", "hedged", "hedge", "plain", "answer"),
    [
        ("en", "The storm could reach the port.", "could reach", "The storm will reach the port.", "reach"),
        ("en", "He allegedly sold the boats.", "allegedly sold", "He sold the boats.", "sold"),
        ("en", "The council must pay for the wall.", "must pay", "The council will pay for the wall.", "pay"),
        ("de", "Er hat angeblich Boote verkauft.", "angeblich Boote", "Er hat Boote verkauft.", "Boote"),
        ("fr", "Le port fermera peut-être demain.", "peut-être demain", "Le port fermera demain.", "demain"),
        ("es", "Quizás abrirá el puerto.", "Quizás abrirá", "Abrirá el puerto.", "Abrirá"),
        ("ru", "Он якобы продал лодки.", "якобы продал", "Он продал лодки.", "продал"),
        ("zh", "他必须批准工程。", "必须批准", "他批准工程。", "批准"),
    ],
)
def test_a_hedge_is_lost_or_added(language: str, hedged: str, hedge: str, plain: str, answer: str) -> None:
    assert look(plain, hedged, language) == [("modality", answer, hedge)]
    assert look(hedged, plain, language) == [("modality", hedge, answer)]
    assert all(found.severity is Severity.MINOR for found in everything(plain, hedged, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The storm could reach the port.", "The storm might reach the port."),
        ("en", "The storm could reach the port.", "Perhaps the storm will reach the port."),
        ("en", "He allegedly sold the boats.", "He may have sold the boats."),
        ("en", "He reportedly sold the boats.", "They said he sold the boats."),
        ("en", "He could not sell the boats.", "He couldn't sell the boats."),
        ("en", "The council must pay.", "The council has to pay."),
        ("en", "The storm could reach the port.", "The storm can reach the port."),
        ("en", "The council voted in May 2021.", "The council voted in 2021."),
        ("en", "Could the storm reach the port?", "Will the storm reach the port?"),
        ("de", "Der Sturm könnte den Hafen erreichen.", "Der Sturm kann den Hafen erreichen."),
        ("fr", "Le port pourrait fermer.", "Le port peut fermer."),
        ("es", "El puerto podría cerrar.", "El puerto puede cerrar."),
        ("xx", "The storm could reach the port.", "The storm will reach the port."),
    ],
)
def test_another_hedge_of_its_kind_is_no_change(language: str, one: str, other: str) -> None:
    assert look(one, other, language) == []
    assert look(other, one, language) == []


def test_the_message_quotes_both_sides() -> None:
    (found,) = everything("She promised a wall.", "She did not promise a wall.")
    assert found.message == "negation lost: “not promise” in the reference, “promised” here"
