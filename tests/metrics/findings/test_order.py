"""Who does what to whom, and where the order of words does not tell."""

from functools import partial

import pytest

from metrics.model import Severity
from tests.metrics.findings import looking

look = partial(looking.look, kinds=("order",))
everything = partial(looking.everything, kinds=("order",))


@pytest.mark.parametrize(
    ("language", "one", "mine", "other", "yours"),
    [
        ("en", "Then Lind met Xi again.", "Lind met Xi", "Then Xi met Lind again.", "Xi met Lind"),
        ("en", "Then Putin told him so.", "Putin told him", "Then Xi told Putin so.", "Xi told Putin"),
        ("en", "So he told her all.", "he told her", "So she told him all.", "she told him"),
        ("en", "So Lind had warned me.", "Lind had warned me", "So I had warned Lind.", "I had warned Lind"),
        (
            "en",
            "Lind had met with Mr Xi.",
            "Lind had met with Mr Xi",
            "Xi had met with Mr Lind.",
            "Xi had met with Mr Lind",
        ),
        (
            "fr",
            "Hier Moreau a rencontré Lind.",
            "Moreau a rencontré Lind",
            "Hier Lind a rencontré Moreau.",
            "Lind a rencontré Moreau",
        ),
        ("es", "Ayer Moreno llamó a Lind.", "Moreno llamó a Lind", "Ayer Lind llamó a Moreno.", "Lind llamó a Moreno"),
        ("de", "Dann warnte er mich davor.", "", "Dann warnte ich ihn davor.", ""),
        ("de", "Ich sagte ihm alles.", "Ich sagte ihm", "Er sagte mir alles.", "Er sagte mir"),
        ("ru", "Он сказал ей всё.", "Он сказал ей", "Она сказала ему всё.", "Она сказала ему"),
        ("ru", "Ей сказал он всё.", "Ей сказал он", "Ему сказала она всё.", "Ему сказала она"),
        ("zh", "后来他告诉她一切。", "他告诉她", "后来她告诉他一切。", "她告诉他"),
    ],
)
def test_two_have_changed_places(language: str, one: str, mine: str, other: str, yours: str) -> None:
    expected = [("order", mine, yours)] if mine else []
    assert look(one, other, language) == expected
    assert look(other, one, language) == [(kind, right, left) for kind, left, right in expected]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Lind and Xi came.", "Xi and Lind came."),
        ("en", "The guests were Lind, Xi and Putin.", "The guests were Xi, Lind and Putin."),
        ("en", "Then Lind told Xi so.", "Then Xi was told so by Lind."),
        ("en", "Then Lind was told by Xi.", "Then Xi told Lind."),
        ("en", "Then Lind met Xi again.", "Then Lind met Putin again."),
        ("en", "Then Lind met Xi, and Xi met Lind.", "Then Lind met Xi, and Xi met Lind."),
        ("en", "Then Lind met Xi again.", "Then Xi thanked Lind again."),
        ("en", "Lind came, Xi left.", "Xi came, Lind left."),
        ("en", "He knows Lind's ties with Xi.", "He knows Xi's ties with Lind."),
        ("en", "Then Lind met her again.", "Then Lind met Xi again."),
        ("de", "Dann traf Lind heute Xi.", "Dann traf Xi heute Lind."),
        ("ru", "Вчера Линд встретил Радченко.", "Вчера Радченко встретил Линд."),
        ("ru", "Он сказал ей всё.", "Ей сказал он всё."),
        ("fr", "Hier Moreau a été vu par Lind.", "Hier Lind a vu Moreau."),
        ("zh", "后来他被她打了。", "后来她打他了。"),
        ("xx", "Then Lind met Xi again.", "Then Xi met Lind again."),
        ("xx", "So he told her all.", "So she told him all."),
        ("en", "", "Then Lind met Xi again."),
        ("en", "Then Lind met Xi again.", ""),
    ],
)
def test_where_the_order_does_not_tell_nothing_is_said(language: str, one: str, other: str) -> None:
    assert look(one, other, language) == []
    assert look(other, one, language) == []


def test_the_message_quotes_both_sides() -> None:
    (found,) = everything("Then Lind met Xi again.", "Then Xi met Lind again.")
    assert found.severity is Severity.MAJOR
    assert found.message == "“Lind met Xi” here, “Xi met Lind” in the reference: the roles are swapped"
