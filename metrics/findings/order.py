"""Who does what to whom: two names or pronouns that have changed places around a shared word."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from metrics.comparison import Side
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.lexicon import Lexicon
from metrics.model import Severity
from metrics.vocabulary import Role
from metrics.words import is_unspaced

#: How many tokens may stand between the two, and how many of them may tell something; more without spaces.
_BETWEEN, _TELLING, _TELLING_UNSPACED = 5, 1, 4


class _Actor(NamedTuple):
    """A name or a pronoun: its tokens from `first` to `last`, and the stems or the one form of the pronoun."""

    first: int
    last: int
    words: frozenset[str]
    is_name: bool


class _Pair(NamedTuple):
    """Two neighbouring actors around the token `verb`, which tells something."""

    before: _Actor
    behind: _Actor
    verb: int


def look(at: Look) -> Iterator[Found]:
    """Pairs that have changed places, where the language's word order or the pronouns' forms tell who does what."""
    ours = _pairs(at.lexicon, at.candidate)
    if not ours:
        return
    theirs = {pair.verb: pair for pair in _pairs(at.lexicon, at.reference)}
    told = set()
    for pair in ours:
        partner = at.candidate.partners[pair.verb]
        other = None if partner is None else theirs.get(partner)
        if other is None or pair.before.first in told or not _swapped(at, pair, other):
            continue
        told.add(pair.before.first)
        span = spanning(at.candidate, pair.before.first, pair.behind.last)
        there = spanning(at.reference, other.before.first, other.behind.last)
        message = (
            f"{quoted(at.candidate, span)} here, {quoted(at.reference, there)} in the reference: the roles are swapped"
        )
        yield Found("order", Severity.MAJOR, span, there, message)


def _swapped(at: Look, ours: _Pair, theirs: _Pair) -> bool:
    if not at.lexicon.fixed_order:
        return _changes_case(at, ours, theirs)
    if not all(_may_be_subject(*pair) for pair in ((at.candidate, ours.before), (at.reference, theirs.before))):
        return False
    same = ours.before.words & theirs.before.words or ours.behind.words & theirs.behind.words
    crossed = bool(ours.before.words & theirs.behind.words), bool(ours.behind.words & theirs.before.words)
    if same or not any(crossed):
        return False
    # A name may stand for the pronoun that is left.
    left = (ours.behind, theirs.before) if crossed[0] else (ours.before, theirs.behind)
    return all(crossed) or left[0].is_name != left[1].is_name


def _may_be_subject(side: Side, actor: _Actor) -> bool:
    return actor.is_name or side.tokens[actor.first].fold in actor.words


def _changes_case(at: Look, ours: _Pair, theirs: _Pair) -> bool:
    """Whether two pronouns have taken over each other's case."""
    doer, other = _doer(at.candidate, ours), _doer(at.reference, theirs)
    return doer is not None and other is not None and doer == other[::-1]


def _doer(side: Side, pair: _Pair) -> tuple[frozenset[str], frozenset[str]] | None:
    """The pronoun in the nominative and the one in another case; None where it is not one of each."""
    subject = [_may_be_subject(side, actor) for actor in (pair.before, pair.behind)]
    if pair.before.is_name or pair.behind.is_name or subject[0] == subject[1]:
        return None
    return (pair.before.words, pair.behind.words) if subject[0] else (pair.behind.words, pair.before.words)


def _pairs(lexicon: Lexicon, side: Side) -> list[_Pair]:
    """The pairs of a side; a passive has none, and neither has what is not said of one to the other, as a list."""
    pairs = []
    actors = list(_actors(lexicon, side))
    for before, behind in pairwise(actors):
        between = range(before.last + 1, behind.first)
        if not 0 < len(between) <= _BETWEEN or before.words & behind.words:
            continue
        tokens = [side.tokens[i] for i in between]
        if any(t.role is Role.PUNCTUATION or t.fold in lexicon.agents for t in tokens):
            continue
        telling = [i for i in between if side.tokens[i].tells and side.tokens[i].fold not in lexicon.titles]
        most = _TELLING_UNSPACED if telling and is_unspaced(side.tokens[telling[0]].text[0]) else _TELLING
        if 0 < len(telling) <= most:
            pairs += [_Pair(before, behind, verb) for verb in telling]
    return pairs


def _actors(lexicon: Lexicon, side: Side) -> Iterator[_Actor]:
    """Names and pronouns in order; a name in the genitive is none."""
    tokens, first = side.tokens, None
    for i, token in enumerate(tokens):
        if token.entry.role is Role.NAME:
            first = i if first is None else first
            if i + 1 < len(tokens) and tokens[i + 1].entry.role is Role.NAME:
                continue
            words = frozenset(t.entry.stem for t in tokens[first : i + 1] if t.fold not in lexicon.titles)
            if words and not token.fold.endswith(("'s", "'")):
                yield _Actor(first, i, words, True)
            first = None
        elif token.entry.fold in lexicon.pronouns:
            yield _Actor(i, i, frozenset((lexicon.pronouns[token.entry.fold],)), False)
