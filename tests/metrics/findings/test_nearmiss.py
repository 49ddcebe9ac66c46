"""Words in the place of others that are written nearly the same, and words that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.findings.found import Found
from metrics.findings.variants import edits, same_word
from metrics.lexicon import Lexicon, fold, lexicon
from metrics.model import Severity
from tests.metrics.findings.looking import LANGUAGES, MANY, everything, look


def told(candidate: str, reference: str, language: str = "en") -> list[tuple[str, str]]:
    return [(a, b) for _, a, b in look(candidate, reference, language, kinds=("near-miss",))]


def found(candidate: str, reference: str, language: str, around: tuple[str, ...] | None = None) -> list[Found]:
    return everything(candidate, reference, language, around, ("near-miss", "unknown"))


@pytest.mark.parametrize(
    ("candidate", "reference", "pair", "language"),
    [
        ("We have unwittingly kept the wall.", "We have unfailingly kept the wall.", "unwittingly unfailingly", "en"),
        (
            "The conversation of the old wall began.",
            "The conservation of the old wall began.",
            "conversation conservation",
            "en",
        ),
        ("Smoke did effect the harbour.", "Smoke did affect the harbour.", "effect affect", "en"),
        ("The pubic gardens are closed.", "The public gardens are closed.", "pubic public", "en"),
        ("They were sent to the country council.", "They were sent to the county council.", "country county", "en"),
        ("The ferry arrived form the north.", "The ferry arrived from the north.", "form from", "en"),
        ("Sie haben den Vertrag gekündigt.", "Sie haben den Vertrag verkündigt.", "gekündigt verkündigt", "de"),
        ("Die Hütte steht am Deich.", "Die Bütte steht am Deich.", "Hütte Bütte", "de"),
        ("Le port vend des gâteaux chaque jour.", "Le port vend des bateaux chaque jour.", "gâteaux bateaux", "fr"),
        ("El consejo espera la carga hoy.", "El consejo espera la carta hoy.", "carga carta", "es"),
        ("Город купил старый волос вчера.", "Город купил старый голос вчера.", "волос голос", "ru"),
    ],
)
def test_a_word_in_the_place_of_one_written_nearly_the_same(
    candidate: str, reference: str, pair: str, language: str
) -> None:
    assert told(candidate, reference, language) == [tuple(pair.split())]


@pytest.mark.parametrize(
    ("candidate", "reference", "pair", "language"),
    [
        (
            "It is impossible to repair the wall.",
            "It is possible to repair the wall.",
            ("impossible", "possible"),
            "en",
        ),
        ("The wall is safe.", "The wall is unsafe.", ("safe", "unsafe"), "en"),
        (
            "Impatient people would wait here, said the council.",
            "The council said that here patient people would wait.",
            ("Impatient", "patient"),
            "en",
        ),
        ("Die Mauer ist unsicher.", "Die Mauer ist sicher.", ("unsicher", "sicher"), "de"),
        ("La décision est injuste.", "La décision est juste.", ("injuste", "juste"), "fr"),
        ("El acuerdo es ilegal.", "El acuerdo es legal.", ("ilegal", "legal"), "es"),
        ("Это решение незаконное.", "Это решение законное.", ("незаконное", "законное"), "ru"),
    ],
)
def test_an_opposite_is_worth_more(candidate: str, reference: str, pair: tuple[str, str], language: str) -> None:
    assert told(candidate, reference, language) == [pair]
    (one,) = found(candidate, reference, language)
    assert (one.severity, one.amount) == (Severity.MAJOR, 1.5)


def test_a_word_that_only_may_be_in_the_place_is_minor() -> None:
    (one,) = found("He saw the last strike.", "He saw a final stroke.", "en")
    assert (one.severity, one.amount) == (Severity.MINOR, 0.5)


@pytest.mark.parametrize(
    ("candidate", "reference", "language"),
    [
        ("It is impossible to repair it.", "It is not possible to repair it.", "en"),
        ("It isn't possible to repair it.", "It is impossible to repair it.", "en"),
        ("Die Mauer ist nicht sicher.", "Die Mauer ist unsicher.", "de"),
        ("The color of the harbor.", "The colour of the harbour.", "en"),
        ("They organize the center.", "They organise the centre.", "en"),
        ("They analyzed the travelers.", "They analysed the travellers.", "en"),
        ("Send an e-mail now.", "Send an email now.", "en"),
        ("The encyclopedia is old.", "The encyclopaedia is old.", "en"),
        ("A grey wall.", "A gray wall.", "en"),
        ("He walks home.", "He walked home.", "en"),
        ("They began early.", "They begin early.", "en"),
        ("The women left.", "The woman left.", "en"),
        ("She overcame it.", "She overcomes it.", "en"),
        ("They held the wall.", "They hold the wall.", "en"),
        ("The economic plan.", "The economy plan.", "en"),
        ("The coming storm.", "The upcoming storm.", "en"),
        ("They sat here.", "They sat there.", "en"),
        ("Then Lind went to Sandby.", "Then Lund went to Sandby.", "en"),
        ("It costs 1234 now.", "It costs 1243 now.", "en"),
        ("The road leads along a quay towards a mill.", "A boat went past the towers of the castle at night.", "en"),
        ("Er sah das große Fass.", "Er sah das grosse Faß.", "de"),
        ("Er hat die Vögel gesehen.", "Er hat den Vogel gesehen.", "de"),
        ("Sie haben den Hof gemacht.", "Sie haben den Hof machen.", "de"),
        ("Das Potenzial ist groß.", "Das Potential ist groß.", "de"),
        ("Le chef de l'expédition arrive.", "Le chef de expédition arrive.", "fr"),
        ("La nación grande.", "La nacion grande.", "es"),
        ("Он всё сделал сам.", "Он все делал сам.", "ru"),
        ("Мы купили мёд вчера.", "Мы купили мед вчера.", "ru"),
        ("他说我们不知道。", "他说你们不知道。", "zh"),
        ("これは本です。", "これは木です。", "ja"),
        ("The pubic gardens.", "", "en"),
        ("", "The public gardens.", "en"),
    ],
)
def test_says_nothing_of_spellings_forms_names_numbers_and_small_words(
    candidate: str, reference: str, language: str
) -> None:
    assert told(candidate, reference, language) == []


def test_a_word_that_the_reference_has_elsewhere_is_no_near_miss() -> None:
    assert told("The public saw the pubic. The poet.", "The public saw the poet. The pubic.") == []


@pytest.mark.parametrize(
    ("word", "other", "distance"),
    [
        ("conservation", "conversation", 2),
        ("unwittingly", "unfailingly", 3),
        ("quite", "quiet", 1),
        ("hut", "hat", None),
        ("self-reproduction", "self-replication", None),
        ("self-relation", "self-realation", 1),
        ("self-esteem", "self-control", None),
    ],
)
def test_counts_edits(word: str, other: str, distance: int | None) -> None:
    assert edits(word, other) == edits(other, word) == distance


def test_without_forms_that_change_inside_a_changed_vowel_may_be_a_form() -> None:
    assert same_word("adapt", "adopt", Lexicon("xx"))
    assert not same_word("adapt", "adopt", lexicon("en"))


def test_a_word_that_looks_like_none_of_the_text_is_unknown() -> None:
    assert [f.kind for f in found("They saw a xqzvwk.", "They saw a boat.", "en", (MANY,))] == ["unknown"]
    (one,) = found("They saw a xqzvwk.", "They saw a boat.", "en", (MANY,))
    assert one.message == "“xqzvwk” looks like no word of this text"
    assert one.severity is Severity.MINOR


def test_a_misspelt_word_is_told_with_the_one_that_may_be_meant() -> None:
    (one,) = found("The old harbvour.", "The old harbour.", "en", (MANY,))
    assert (one.kind, one.message) == ("unknown", "“harbvour” looks like no word of this text: perhaps “harbour”")
    assert one.reference is not None
    (one,) = found("It was a briqge.", "It was a boat.", "en", (MANY, "They built a bridge."))
    assert one.message == "“briqge” looks like no word of this text: perhaps “bridge”"
    assert one.reference is None


@pytest.mark.parametrize(
    ("candidate", "language"),
    [
        ("They saw a mustle.", "en"),
        ("They saw Xqzvwk.", "en"),
        ("They ran 5 xq.", "en"),
        ("They saw x1q0z.", "en"),
        ("他看见了。", "zh"),
    ],
)
def test_what_may_be_a_word_a_name_or_a_sign_is_not_unknown(candidate: str, language: str) -> None:
    assert found(candidate, "They saw a boat.", language, (MANY,)) == []


def test_many_unknown_words_are_told_in_one() -> None:
    (one,) = found("They xqzvwk vwkxqz jjqqzz zxzxqq kvkvzz boats.", "They saw boats.", "en", (MANY,))
    assert one.candidate == (5, 39)


def test_a_short_reference_makes_nothing_unknown() -> None:
    assert found("They saw a xqzvwk.", "They saw a boat.", "en") == []


_WORD = st.sampled_from(
    ["public", "pubic", "the", "impossible", "possible", "сделал", "l'eau", "人", "9", "\ud800", "\x00"]
)
_TEXT = st.lists(_WORD, max_size=12).map(" ".join)


@given(_TEXT, _TEXT, st.sampled_from(LANGUAGES))
@settings(max_examples=40, deadline=None)
def test_what_the_other_text_has_is_never_told(a: str, b: str, language: str) -> None:
    for one in found(a, b, language):
        for text, other, span in ((a, b, one.candidate), (b, a, one.reference)):
            if span is not None:
                word = text[span.start : span.end]
                assert fold(word) not in fold(other).split()


def test_many_words_of_two_unlike_texts_are_not_compared_one_by_one() -> None:
    ours = " ".join(f"{'bcdfgh'[k % 6]}aqu{'klmnp'[k % 5]}{k:04}".translate(_DIGITS) for k in range(4_000))
    theirs = " ".join(f"{'rstvwx'[k % 6]}elt{'klmnp'[k % 5]}{k:04}".translate(_DIGITS) for k in range(4_000))
    (one,) = found(ours, theirs, "xx")
    assert (one.kind, one.severity) == ("unknown", Severity.MAJOR)
    assert one.message.startswith("4000 words")


_DIGITS = str.maketrans("0123456789", "aeioubcdfg")
