"""Quotations that somebody else says."""

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from metrics.comparison import Side
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.findings.quotation import Quotation, outermost, quotations
from metrics.lexicon import Lexicon
from metrics.model import Severity, Span
from metrics.vocabulary import Role

#: How many tokens beyond a quotation the verb of speech may stand, and how many beyond the verb the speaker.
_TO_VERB, _TO_SPEAKER = 10, 4
#: Above this share of its words in another, a quotation is the same.
_SHARE = 0.5
#: How alike two names may be and still be taken for two.
_ALIKE = 0.6


class _Speaker(NamedTuple):
    """Who says a quotation: the words of a name, or one form for all of a pronoun's."""

    words: frozenset[str]
    is_name: bool
    span: Span


def look(at: Look) -> Iterator[Found]:
    """Quotations that both sides have, said by two names or by two pronouns."""
    found = [outermost(quotations(side.text, side.tokens)) for side in (at.candidate, at.reference)]
    if not all(found):
        return
    holders: dict[int | None, Quotation] = {
        k: quotation for quotation in found[1] for k in range(quotation.start, quotation.end)
    }
    told = set()
    for ours in found[0]:
        theirs = _same(at.candidate, ours, holders)
        if theirs is None:
            continue
        said, by = _speaker(at.lexicon, at.candidate, ours), _speaker(at.lexicon, at.reference, theirs)
        if said is None or by is None or said.span in told or not _differ(at, said, by):
            continue
        told.add(said.span)
        severity = Severity.MAJOR if said.is_name else Severity.MINOR
        left, right = quoted(at.candidate, said.span), quoted(at.reference, by.span)
        yield Found("attribution", severity, said.span, by.span, f"said by {left}, in the reference by {right}")


def _same(side: Side, quotation: Quotation, holders: Mapping[int | None, Quotation]) -> Quotation | None:
    """The quotation of the other side that has most of the words."""
    words = [i for i in range(quotation.start, quotation.end) if side.tokens[i].role is not Role.PUNCTUATION]
    votes: dict[Quotation, int] = {}
    for i in words:
        partner = side.partners[i]
        if partner in holders:
            votes[holders[partner]] = votes.get(holders[partner], 0) + 1
    best = max(votes, key=votes.__getitem__, default=None)
    return best if best is not None and votes[best] > _SHARE * len(words) else None


def _differ(at: Look, said: _Speaker, by: _Speaker) -> bool:
    if said.is_name != by.is_name or said.words & by.words:
        return False
    if not said.is_name:
        return True
    if not at.lexicon.capitals:
        # Any noun may look like a name there, so both must be spoken of on both sides.
        return said.words <= {t.fold for t in at.reference.tokens} and by.words <= {t.fold for t in at.candidate.tokens}
    from rapidfuzz.distance import Indel

    return all(Indel.normalized_similarity(a, b) < _ALIKE for a in said.words for b in by.words)


def _speaker(lexicon: Lexicon, side: Side, quotation: Quotation) -> _Speaker | None:
    """Who says a quotation, going by the verb of speech next to it."""
    start, end = quotation.start, quotation.end
    tokens = side.tokens
    before = range(start - 1, max(-1, start - 1 - _TO_VERB), -1)
    behind = range(end, min(len(tokens), end + _TO_VERB))
    if start and tokens[start - 1].fold in (":", ","):
        rows = [before, behind]
    elif _is_over(side, quotation):
        rows = [before]
    else:
        rows = [behind, before]
    for row in rows:
        for i in takewhile(lambda i: not _stops(tokens[i].text), row):
            if _speaks(lexicon, tokens[i].fold):
                return _beside(lexicon, side, i)
    return None


def _is_over(side: Side, quotation: Quotation) -> bool:
    """Whether the sentence ends with the quotation."""
    ends = (side.tokens[k].fold for k in (quotation.end - 2, quotation.end) if 0 <= k < len(side.tokens))
    return any(fold in (".", "。") for fold in ends)


def _stops(mark: str) -> bool:
    return mark in ".!?。！？" or mark in '"“”„«»「」『』'


def _speaks(lexicon: Lexicon, fold: str) -> bool:
    return fold in lexicon.speech or fold.split("-", 1)[0] in lexicon.speech


def _person(lexicon: Lexicon, fold: str) -> str | None:
    """The pronoun that a word is, or ends with as "dit-il" does, where its form is that of who speaks."""
    last = fold.replace("'", "-").rsplit("-", 1)[-1]
    person = lexicon.pronouns.get(fold) or lexicon.pronouns.get(last)
    return person if person == last else None


def _beside(lexicon: Lexicon, side: Side, verb: int) -> _Speaker | None:
    """The name or pronoun before a verb of speech, or behind it where nobody is named before."""
    tokens = side.tokens
    if "-" in tokens[verb].fold:
        person = _person(lexicon, tokens[verb].fold)
        return None if person is None else _Speaker(frozenset((person,)), False, spanning(side, verb))
    found = _at(lexicon, side, verb - 1, -1)
    if found is not None:
        return found
    # Whoever stands further before may be spoken to: "we were told".
    for i in range(verb - 1, max(-1, verb - 1 - _TO_SPEAKER), -1):
        if tokens[i].role is Role.PUNCTUATION:
            break
        if tokens[i].role is not Role.FUNCTION or _person(lexicon, tokens[i].fold) is not None:
            return None
    return _at(lexicon, side, verb + 1, 1) or _named_behind(lexicon, side, verb + 1)


def _named_behind(lexicon: Lexicon, side: Side, start: int) -> _Speaker | None:
    """The name behind a comma after what somebody is: "said the mayor, Peter Crane"."""
    tokens = side.tokens
    comma = next((i for i in range(start, min(len(tokens), start + _TO_SPEAKER)) if tokens[i].fold == ","), None)
    if comma is None or comma - start < 2 or tokens[start].role is not Role.FUNCTION:
        return None
    if any(tokens[i].role not in (Role.CONTENT, Role.FUNCTION) for i in range(start, comma)):
        return None
    found = _at(lexicon, side, comma + 1, 1)
    return found if found is not None and found.is_name else None


def _at(lexicon: Lexicon, side: Side, i: int, step: int) -> _Speaker | None:
    """The pronoun at a token or the name that goes on from there.

    A name behind a function word or before a noun tells rather where somebody is from, or belongs to.
    """
    tokens = side.tokens
    if not 0 <= i < len(tokens):
        return None
    person = _person(lexicon, tokens[i].fold)
    if person is not None:
        return _Speaker(frozenset((person,)), False, spanning(side, i))
    run = []
    while 0 <= i < len(tokens) and _is_name(lexicon, side, i):
        run.append(i)
        i += step
    beyond = tokens[i].role if 0 <= i < len(tokens) else Role.PUNCTUATION
    if beyond is Role.CONTENT or (step < 0 and beyond is not Role.PUNCTUATION):
        return None
    words = frozenset(tokens[k].fold for k in run if tokens[k].fold not in lexicon.titles)
    return _Speaker(words, True, spanning(side, min(run), max(run))) if words else None


def _is_name(lexicon: Lexicon, side: Side, i: int) -> bool:
    token = side.tokens[i]
    if token.role is Role.NAME or (token.fold in lexicon.titles and token.text[0].isupper()):
        return True
    return not lexicon.capitals and token.role is Role.CONTENT and token.text[0].isupper() and len(token.text) > 1
