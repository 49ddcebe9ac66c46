"""Findings on made-up pairs, as short as they can be written down."""

from collections.abc import Iterable

from metrics.comparison import compare
from metrics.findings import find
from metrics.findings.found import Found
from metrics.lexicon import lexicon
from metrics.vocabulary import Vocabulary

#: Other sentences of either text, by language, so that words have company. Names must be capitalised inside a sentence.
AROUND = {
    "en": ("In the end Radchenko met Lind and Putin met Xi.", "People came by boat to see the harbour and the wall."),
}


def look(
    candidate: str, reference: str, language: str = "en", around: Iterable[str] = ()
) -> list[tuple[str, str, str]]:
    """`(kind, words of the candidate, words of the reference)` of what is found."""
    return [
        (
            found.kind,
            candidate[slice(*found.candidate)] if found.candidate else "",
            reference[slice(*found.reference)] if found.reference else "",
        )
        for found in everything(candidate, reference, language, around)
    ]


def messages(candidate: str, reference: str, language: str = "en") -> list[str]:
    """What is said of what is found."""
    return [found.message for found in everything(candidate, reference, language)]


def everything(candidate: str, reference: str, language: str = "en", around: Iterable[str] = ()) -> tuple[Found, ...]:
    """All that is found."""
    known = [*AROUND.get(language, ()), *around]
    vocabulary = Vocabulary(lexicon(language), [candidate, *known], [reference, *known])
    return find(compare(candidate, reference, vocabulary)).found
