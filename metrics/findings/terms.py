"""Terms of a glossary that the reference uses and the candidate does not answer as the glossary wants."""

from collections.abc import Iterator
from typing import NamedTuple

from metrics.comparison import Side, Token
from metrics.findings.found import Found, Look, per_vocabulary, quoted, spanning
from metrics.glossary import Entry, Glossary
from metrics.model import Severity
from metrics.vocabulary import Vocabulary
from metrics.words import pieces

#: So many letters more than the wanted word, and a word may be a form of it that the stems do not show.
_ENDING = 3

#: The folded words of a translation and their stems.
Words = tuple[tuple[str, str], ...]


class _Term(NamedTuple):
    """An entry of the glossary, the stems of its term, and what will do for it."""

    entry: Entry
    stems: tuple[str, ...]
    wanted: tuple[Words, ...]


def look(at: Look) -> Iterator[Found]:
    """Terms of the reference without a translation that the glossary allows; of each the first."""
    assert at.glossary is not None
    terms = _terms(at.vocabulary, at.glossary)
    theirs = [token.entry.stem for token in at.reference.tokens]
    told: set[Entry] = set()
    j = 0
    while j < len(theirs):
        length = 1
        for term in terms.get(theirs[j], ()):
            if tuple(theirs[j : j + len(term.stems)]) == term.stems:
                length = len(term.stems)
                if term.entry not in told and not any(_holds(at.candidate, words) for words in term.wanted):
                    told.add(term.entry)
                    span = spanning(at.reference, j, j + length - 1)
                    said = f"the glossary wants “{term.entry.wanted[0]}” for {quoted(at.reference, span)}"
                    yield Found("term", Severity.MAJOR, None, span, said)
                break
        j += length


@per_vocabulary
def _terms(vocabulary: Vocabulary, glossary: Glossary) -> dict[str, list[_Term]]:
    """The terms by their first stem, longest first."""
    terms: dict[str, list[_Term]] = {}
    for entry in glossary.entries:
        stems = tuple(stem for _, stem in _words(entry.term, vocabulary))
        wanted = tuple(_words(answer, vocabulary) for answer in entry.wanted)
        terms.setdefault(stems[0], []).append(_Term(entry, stems, wanted))
    for row in terms.values():
        row.sort(key=lambda term: -len(term.stems))
    return terms


def _words(text: str, vocabulary: Vocabulary) -> Words:
    entries = (vocabulary[piece.text] for piece in pieces(text))
    return tuple((entry.fold, entry.stem) for entry in entries)


def _holds(side: Side, wanted: Words) -> bool:
    """Whether a side has `wanted`, in any form."""
    tokens = side.tokens
    return any(
        all(_is_form(token, *word) for token, word in zip(tokens[i : i + len(wanted)], wanted, strict=True))
        for i in range(len(tokens) - len(wanted) + 1)
    )


def _is_form(token: Token, fold: str, stem: str) -> bool:
    return token.entry.stem == stem or (token.fold.startswith(fold) and len(token.fold) <= len(fold) + _ENDING)
