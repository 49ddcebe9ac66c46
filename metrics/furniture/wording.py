"""How much of a line is worded like furniture.

A label counts by its share of the line, so that "comments" means nothing inside a sentence; a notice
counts wherever it stands.
"""

from functools import cache
from typing import NamedTuple

from metrics.furniture.phrases import LABELS, NOTICES
from metrics.patterns import pattern

_WORD = pattern(r"[^\W_]+(?:['.&+-][^\W_]+)*\+?")
#: The first and the last character of each script whose words have no spaces between them, or grow endings.
_UNSPACED = (("\u1100", "\u11ff"), ("\u3041", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


class Wording(NamedTuple):
    """What a line is worded of.

    `share` of its letters stand in labels, and `credit` in the labels of pictures, both in 0…1;
    `opening` tells whether a label begins the line; `notices` are the classes of the notices in it, one by one.
    """

    words: list[str]
    share: float
    credit: float
    opening: bool
    notices: list[str]


def read_wording(text: str) -> Wording:
    """The wording of a line."""
    words = _words(text)
    by_word, by_character = _phrases()
    found: list[tuple[bool, _Phrase]] = []
    i = 0
    while i < len(words):
        for phrase in by_word.get(words[i], ()):
            if words[i : i + len(phrase.words)] == phrase.words:
                found.append((i == 0, phrase))
                i += len(phrase.words)
                break
        else:
            i += 1
    if _is_unspaced(text):
        i = 0
        while i < len(text):
            for phrase in by_character.get(text[i], ()):
                if text.startswith(phrase.words[0], i):
                    found.append((i == 0, phrase))
                    i += phrase.letters
                    break
            else:
                i += 1
    if not found:
        return Wording(words, 0.0, 0.0, False, [])
    letters = sum(map(len, words))
    return Wording(
        words,
        min(1.0, sum(phrase.letters for _, phrase in found if phrase.labels) / letters),
        min(1.0, sum(phrase.letters for _, phrase in found if "credit" in phrase.labels) / letters),
        any(first and phrase.labels for first, phrase in found),
        [name for _, phrase in found for name in phrase.notices],
    )


class _Phrase(NamedTuple):
    words: list[str]
    letters: int
    labels: frozenset[str]
    notices: frozenset[str]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


def _is_unspaced(text: str) -> bool:
    return not text.isascii() and any(first <= c <= last for c in set(text) for first, last in _UNSPACED)


@cache
def _phrases() -> tuple[dict[str, list[_Phrase]], dict[str, list[_Phrase]]]:
    """The tables by the first word of each phrase, or by the first character where words have no spaces
    between them or grow endings; longest first."""
    classes: dict[str, tuple[set[str], set[str]]] = {}
    for kind, table in enumerate((LABELS, NOTICES)):
        for name, phrases in table.items():
            for phrase in phrases.split("|"):
                classes.setdefault(" ".join(phrase.split()), (set(), set()))[kind].add(name)
    by_word: dict[str, list[_Phrase]] = {}
    by_character: dict[str, list[_Phrase]] = {}
    for text in sorted(classes.keys() - {""}, key=len, reverse=True):
        labels, notices = map(frozenset, classes[text])
        if _is_unspaced(text):
            by_character.setdefault(text[0], []).append(_Phrase([text], len(text), labels, notices))
        else:
            words = _words(text)
            by_word.setdefault(words[0], []).append(_Phrase(words, sum(map(len, words)), labels, notices))
    return by_word, by_character
