"""Words put into quotation marks or taken out of them, and quotations said by somebody else."""

from functools import partial

import pytest

from metrics.findings.quotation import quotations
from metrics.model import Severity
from tests.metrics.findings import looking

look = partial(looking.look, kinds=("attribution", "quotation"))
everything = partial(looking.everything, kinds=("attribution", "quotation"))


def parts(text: str) -> list[tuple[str, bool]]:
    side = looking.compared(text, "").candidate
    return [
        (text[side.tokens[q.start].start : side.tokens[q.end - 1].end], q.whole) for q in quotations(text, side.tokens)
    ]


@pytest.mark.parametrize(
    "text",
    [
        'He said ["it came in"] twice.',
        "He said [“it came in”] twice.",
        "Er sagte: [„Es kam herein“], zweimal.",
        "Er sagte: [»Es kam herein«], zweimal.",
        "Han sade [”det kom in”] igen.",
        "Il a dit [« c’est entré »] deux fois.",
        "Он сказал: [«Она пришла»], дважды.",
        "他说：[“好。”]她说：[“不。”]",
        "他说：[「好。」]她说：[『不。』]",
        "the crews’ boats and [‘the wall’] stood, it’s said",
        "the 'ouse and ['the wall'] stood",
        "([“a”]), [“b”]; [‹c›]",
    ],
)
def test_every_form_of_marks_opens_and_closes(text: str) -> None:
    expected = [piece.split("]")[0] for piece in text.split("[")[1:]]
    assert parts(text.replace("[", "").replace("]", "")) == [(piece, True) for piece in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“one ‘two’ three”", [("‘two’", True), ("“one ‘two’ three”", True)]),
        ("it came in,” he said", [("it came in,”", False)]),
        ("he said, “it came in", [("“it came in", False)]),
        ("„Das sei ‚gut‘“, sagte er", [("‚gut‘", True), ("„Das sei ‚gut‘“", True)]),
        ("“One. “Two.”", [("“One.", False), ("“Two.”", True)]),
        ("the crews’ boats, the captains’ hats", []),
        ("it's the '90s, rock 'n' roll", []),
        ("", []),
    ],
)
def test_nested_and_lone_marks(text: str, expected: list[tuple[str, bool]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("language", "marked", "quotation", "plain", "unmarked"),
    [
        (
            "en",
            "The mayor calls it a “promise” to the port.",
            "“promise”",
            "The mayor calls it a promise to the port.",
            "promise",
        ),
        (
            "en",
            "The firm is “still committed to an open port” this year.",
            "“still committed to an open port”",
            "The firm is still committed to an open port this year.",
            "still committed to an open port",
        ),
        ("de", "Die Stadt nennt das „mutig“ und baut.", "„mutig“", "Die Stadt nennt das mutig und baut.", "mutig"),
        (
            "fr",
            "La ville parle d'une « promesse » de trop.",
            "« promesse »",
            "La ville parle d'une promesse de trop.",
            "promesse",
        ),
        (
            "es",
            "La ciudad lo llama «un regalo» para todos.",
            "«un regalo»",
            "La ciudad lo llama un regalo para todos.",
            "un regalo",
        ),
        (
            "ru",
            "Город называет это «подарком» для всех.",
            "«подарком»",
            "Город называет это подарком для всех.",
            "подарком",
        ),
        ("zh", "市长称之为“重要的承诺”，但没有钱。", "“重要的承诺”", "市长称之为重要的承诺，但没有钱。", "重要的承诺"),
        ("xx", "ta on “vaga hea” mees siin", "“vaga hea”", "ta on vaga hea mees siin", "vaga hea"),
    ],
)
def test_words_are_put_into_marks_or_taken_out(
    language: str, marked: str, quotation: str, plain: str, unmarked: str
) -> None:
    assert look(marked, plain, language) == [("quotation", quotation, unmarked)]
    assert look(plain, marked, language) == [("quotation", unmarked, quotation)]


def test_a_word_in_marks_is_minor_and_a_statement_major() -> None:
    (one,) = everything("He calls it a “promise” now.", "He calls it a promise now.")
    (many,) = everything("He has “kept the promise to us” now.", "He has kept the promise to us now.")
    assert (one.severity, many.severity) == (Severity.MINOR, Severity.MAJOR)
    assert one.message == "“promise” is in quotation marks here, in the reference it is not"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He calls it a “promise” now.", 'He calls it a "promise" now.'),
        ("He calls it a “promise” now.", "He calls it a «promise» now."),
        ("He calls it a “promise” now.", "He calls it a vow now."),
        ("He said it “would be done”.", "He said it “would be” done."),
        ("“I will finish the wall,” he said.", "He said that he would finish the wall."),
        ("“It came in behind us.” The night was long.", "“It came in behind us. The night was long."),
        ("“It came in behind us,” he said.", "it came in behind us,” he said."),
        ("“It came in behind us.”", "It came in behind us."),
        ("They staged “Hamlet” in the hall.", "They staged Hamlet in the hall."),
        ("The workers’ boats and the crews’ hats stayed.", "The workers' boats and the crews' hats stayed."),
        ("It is 5' 3\" long here.", "It is 5 3 long here."),
        ("", "He calls it a “promise” now."),
        ("He calls it a “promise” now.", ""),
    ],
)
def test_the_same_words_in_other_marks_or_cut_ones_are_no_change(one: str, other: str) -> None:
    assert look(one, other) == []
    assert look(other, one) == []


def test_a_word_that_stands_elsewhere_is_not_the_quoted_one() -> None:
    assert look("This matter also means “matter” here.", "This matter also means “substance” here.") == []


@pytest.mark.parametrize(
    ("language", "candidate", "said", "reference", "by"),
    [
        ("en", "“It came in behind us,” Lind said.", "Lind", "“It came in behind us,” said Radchenko.", "Radchenko"),
        ("en", "Lind said: “It came in.”", "Lind", "Mr. Radchenko said: “It came in.”", "Radchenko"),
        ("en", "“It came in behind us,” he said.", "he", "“It came in behind us,” she said.", "she"),
        ("en", "“It came in,” Putin told Xi.", "Putin", "“It came in,” Xi told Putin.", "Xi"),
        ("de", "„Es kam herein“, sagte er.", "er", "„Es kam herein“, sagte ich.", "ich"),
        ("fr", "« C'est fini », a dit Lind.", "Lind", "« C'est fini », a dit Radchenko.", "Radchenko"),
        ("fr", "« C'est fini », dit-il.", "dit-il", "« C'est fini », dit-elle.", "dit-elle"),
        ("es", "«Se acabó el juego», dijo Lind.", "Lind", "«Se acabó el juego», dijo Moreno.", "Moreno"),
        ("ru", "«Она пришла», сказал Линд.", "Линд", "«Она пришла», сказал Радченко.", "Радченко"),
        ("ru", "«Всё пришло», сказал он.", "он", "«Всё пришло», сказала она.", "она"),
        ("zh", "他说：“水来了，大家快走。”", "他", "她说：“水来了，大家快走。”", "她"),
    ],
)
def test_somebody_else_says_it(language: str, candidate: str, said: str, reference: str, by: str) -> None:
    assert ("attribution", said, by) in look(candidate, reference, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "“It came in behind us,” Lind said.", "“It came in behind us,” said Ingrid Lind, the mayor."),
        ("en", "“It came in behind us,” Lind said.", "“It came in behind us,” she said."),
        ("en", "“It came in behind us,” Lind said.", "“It came in behind us,” the mayor said."),
        ("en", "“It came in behind us,” Radchenko said.", "“It came in behind us,” Radtschenko said."),
        ("en", "“It came in,” Lind said. “It left,” said Xi.", "“It left,” Xi said. “It came in,” said Lind."),
        ("en", "“It came in,” said a friend of Lind.", "“It came in,” said a friend of Xi."),
        ("en", "“It came in,” he said.", "“It all went out again,” she said."),
        ("de", "„Es kam herein“, sagten Experten.", "„Es kam herein“, sagten Fachleute."),
        ("zh", "林德说：“水来了，大家快走。”", "普京说：“水来了，大家快走。”"),
        ("xx", "“It came in behind us,” he said.", "“It came in behind us,” she said."),
    ],
)
def test_who_says_it_may_be_called_otherwise(language: str, one: str, other: str) -> None:
    assert [found for found in look(one, other, language) if found[0] == "attribution"] == []
    assert [found for found in look(other, one, language) if found[0] == "attribution"] == []


def test_a_name_is_major_and_a_pronoun_minor() -> None:
    (name,) = everything("“It came in,” Lind said.", "“It came in,” said Xi.")
    (pronoun,) = everything("“It came in,” he said.", "“It came in,” she said.")
    assert (name.severity, pronoun.severity) == (Severity.MAJOR, Severity.MINOR)
    assert name.message == "said by “Lind”, in the reference by “Xi”"
