"""Terms of a glossary that the reference uses and the candidate does not answer as the glossary wants."""

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from metrics.comparison import Side, Token
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.glossary import Entry, Glossary
from metrics.model import Severity
from metrics.vocabulary import Vocabulary
from metrics.words import pieces

#: So many letters more than the wanted word, and a word may be a form of it that the stems do not show.
_ENDING = 3

Stems = tuple[str, ...]
#: The folded words of a translation and their stems.
Words = tuple[tuple[str, str], ...]


class _Prepared(NamedTuple):
    """A glossary in the stems of a vocabulary: terms by their first stem, longest first, with what is wanted."""

    glossary: Glossary
    terms: dict[str, list[tuple[Stems, Entry, tuple[Words, ...]]]]


_PREPARED: WeakKeyDictionary[Vocabulary, _Prepared] = WeakKeyDictionary()


def look(at: Look) -> Iterator[Found]:
    """Terms of the reference without a translation that the glossary allows; of each the first."""
    if at.glossary is None or not (at.candidate.tokens and at.reference.tokens):
        return
    terms = _prepared(at.glossary, at.vocabulary).terms
    theirs = [token.entry.stem for token in at.reference.tokens]
    told: set[str] = set()
    j = 0
    while j < len(theirs):
        length = 1
        for stems, entry, wanted in terms.get(theirs[j], ()):
            if tuple(theirs[j : j + len(stems)]) == stems:
                length = len(stems)
                if entry.term not in told and not any(_holds(at.candidate, words) for words in wanted):
                    told.add(entry.term)
                    span = spanning(at.reference, j, j + length - 1)
                    said = f"the glossary wants “{entry.wanted[0]}” for {quoted(at.reference, span)}"
                    yield Found("term", Severity.MAJOR, None, span, said)
                break
        j += length


def _prepared(glossary: Glossary, vocabulary: Vocabulary) -> _Prepared:
    known = _PREPARED.get(vocabulary)
    if known is None or known.glossary is not glossary:
        terms: dict[str, list[tuple[Stems, Entry, tuple[Words, ...]]]] = {}
        for entry in glossary.entries:
            stems = tuple(stem for _, stem in _words(entry.term, vocabulary))
            wanted = tuple(_words(answer, vocabulary) for answer in entry.wanted)
            terms.setdefault(stems[0], []).append((stems, entry, wanted))
        for row in terms.values():
            row.sort(key=lambda term: -len(term[0]))
        known = _PREPARED[vocabulary] = _Prepared(glossary, terms)
    return known


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
