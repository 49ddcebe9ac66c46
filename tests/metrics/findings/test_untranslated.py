"""Words left in another script, or in another language of the same script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.model import Severity
from tests.metrics.findings.looking import AROUND, everything, look

KINDS = ("untranslated",)


def told(candidate: str, reference: str, language: str = "en") -> list[str]:
    return [words for _, words, _ in look(candidate, reference, language, kinds=KINDS)]


@pytest.mark.parametrize(
    ("candidate", "reference", "words", "language"),
    [
        ("They closed the гавань at night.", "They closed the harbour at night.", "гавань", "en"),
        ("They closed 港口 at night.", "They closed the harbour at night.", "港口", "en"),
        ("They closed the λιμάνι της πόλης at night.", "They closed the harbour at night.", "λιμάνι της πόλης", "en"),
        ("他们关闭了 harbour wall 的门。", "他们关闭了港口的门。", "harbour wall", "zh"),
        ("他们的カフェが关闭了。", "他们的咖啡馆关闭了。", "カフェが", "zh"),
        ("Люди видели harbour ночью.", "Люди видели гавань ночью.", "harbour", "ru"),
        ("港とгаваньを見た。", "港と湾を見た。", "гавань", "ja"),
        ("항구 гавань 벽", "항구 만 벽", "гавань", "ko"),
        ("港口关闭了。", "The harbour was closed.", "港口关闭了", "en"),
    ],
)
def test_words_in_another_script(candidate: str, reference: str, words: str, language: str) -> None:
    assert told(candidate, reference, language) == [words]


@pytest.mark.parametrize(
    ("candidate", "reference", "language"),
    [
        ("The β-carotene and the angle α, Δt = 3 µm.", "The carotene and the angle.", "en"),
        ("They saw the 港口.", "They did see the 港口.", "en"),
        ("他用 iPhone 和 GPS 测了 5 km，见 www.harbour.example.com。", "他用手机和导航测了五公里。", "zh"),
        ("Он купил Toyota и iPhone за 5 km.", "Он купил машину и телефон.", "ru"),
        ("Пишите на info@harbour.com сегодня.", "Пишите нам сегодня.", "ru"),
        ("안녕 漢字", "안녕", "ko"),
        ("彼はカフェにいた。", "彼は店にいた。", "ja"),
        ("Café, naïve, façade", "Coffee", "en"),
    ],
)
def test_what_a_text_of_its_script_may_have(candidate: str, reference: str, language: str) -> None:
    assert told(candidate, reference, language) == []


@pytest.mark.parametrize(
    ("candidate", "reference", "words", "language"),
    [
        (
            "The mayor said dass die Brücke gesperrt bleibt today.",
            "The mayor said that it stays shut today.",
            "dass die Brücke gesperrt bleibt",
            "en",
        ),
        ("Il a dit that they would close le port.", "Il a dit qu'on fermerait le port.", "that they would close", "fr"),
        ("Er sagte, que la pluie est dans le port.", "Er sagte, es regne.", "que la pluie est dans le port", "de"),
        ("Dijo that the bridge was closed ayer.", "Dijo ayer lo del puente.", "that the bridge was closed", "es"),
    ],
)
def test_runs_in_another_language(candidate: str, reference: str, words: str, language: str) -> None:
    assert told(candidate, reference, language) == [words]


@pytest.mark.parametrize(
    ("candidate", "reference", "language"),
    [
        ("Ponte de la Reine and Rio de la Plata fell.", "The bridge and the river fell.", "en"),
        ("He said dass die Brücke bleibt.", "He said “dass die Brücke bleibt”.", "en"),
        ("They met the man in his hat and die war ended.", "It came to an end.", "en"),
        ("The el Niño year came.", "The warm year came.", "en"),
        ("Lorum that they would close avas.", "Lorum avas.", "xx"),
        ("The mayor said dass die Brücke gesperrt bleibt.", "", "en"),
    ],
)
def test_names_citations_and_words_that_languages_share(candidate: str, reference: str, language: str) -> None:
    assert told(candidate, reference, language) == []


@pytest.mark.parametrize(
    ("candidate", "severity", "amount", "message"),
    [
        ("They closed the гавань.", Severity.MINOR, 0.5, "“гавань” looks untranslated"),
        ("They closed the новая гавань.", Severity.MAJOR, 1.0, "“новая гавань” look untranslated"),
        ("They closed the bay (новая гавань).", Severity.MINOR, 0.5, "“новая гавань” look untranslated"),
    ],
)
def test_several_words_are_major_unless_they_are_a_gloss(
    candidate: str, severity: Severity, amount: float, message: str
) -> None:
    (one,) = everything(candidate, "They closed the harbour.", kinds=KINDS)
    assert (one.severity, one.amount, one.message) == (severity, amount, message)


_WORD = st.sampled_from(
    ["the", "wall", "dass", "die", "Brücke", "гавань", "港", "カ", "β", "9", ".", "(", "a@b.com", "\ud800"]
)
_TEXT = st.lists(_WORD, max_size=12).map(" ".join)


@given(_TEXT, _TEXT, st.sampled_from(sorted(AROUND)))
@settings(max_examples=40, deadline=None)
def test_what_the_reference_has_is_never_told(a: str, b: str, language: str) -> None:
    for words in told(a, b, language):
        assert words in a
        assert words.split()[0] not in b.split()
