"""Names of several words of which the two sides share some and differ in others: Anna Hatch and Laura Hatch."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from metrics.comparison import Match, Side
from metrics.findings.found import Found, Look, quoted, runs, spanning
from metrics.findings.spellings import derived, is_capitalised, sound_alike
from metrics.findings.variants import bare
from metrics.model import Severity
from metrics.vocabulary import Role

#: Longer runs of capitalised words are headings.
_LONGEST = 5


class _Rest(NamedTuple):
    """What the other side's name lacks of a name, and whether all of it is names by itself."""

    tokens: list[int]
    named: bool


def other_parts(at: Look) -> Iterator[tuple[Found, list[int], list[int]]]:
    """Findings of names that differ in part, each with the tokens of both sides that differ."""
    if not (at.free(at.candidate) and at.free(at.reference)):
        return
    ours, theirs = _names(at, at.candidate), _names(at, at.reference)
    holders = {j: run for run in theirs for j in run}
    told: set[int] = set()
    for run in ours:
        partners = [at.candidate.partners[i] for i in run]
        other = next((holders[j] for j in partners if j in holders), None)
        if other is None or other[0] in told:
            continue
        left, right = _rest(at, at.candidate, run), _rest(at, at.reference, other)
        if left.tokens and right.tokens and _differ(at, left, right):
            told.add(other[0])
            yield _found(at, left.tokens, right.tokens), left.tokens, right.tokens


def _names(at: Look, side: Side) -> list[list[int]]:
    """Runs of two or more capitalised words with a name among them."""
    indices = [i for i, token in enumerate(side.tokens) if is_capitalised(at.lexicon, token)]
    return [
        run for run in runs(indices) if 1 < len(run) <= _LONGEST and any(side.tokens[i].role is Role.NAME for i in run)
    ]


def _rest(at: Look, side: Side, run: Sequence[int]) -> _Rest:
    claimed = at.claimed(side)
    left = [i for i in run if side.matches[i] is Match.NONE and i not in claimed]
    return _Rest(left, all(side.tokens[i].role is Role.NAME for i in left))


def _differ(at: Look, ours: _Rest, theirs: _Rest) -> bool:
    """Whether what is left of two names can be no form, initial or abbreviation of each other."""
    left = [bare(at.candidate.tokens[i].fold) for i in ours.tokens]
    right = [bare(at.reference.tokens[j].fold) for j in theirs.tokens]
    pairs = [(a, b) for a in left for b in right]
    if not (ours.named and theirs.named):
        return any(at.lexicon.are_contrary(a, b) for a, b in pairs)
    if "".join(left) == "".join(right) or any(len(word) == 1 for word in (*left, *right)):
        return False
    stem, aliases = at.vocabulary.stem, at.lexicon.aliases
    return not any(
        stem(a) == stem(b) or b in aliases.get(a, ()) or derived(a, b, at.lexicon) or b.startswith(a) or a.startswith(b)
        for a, b in pairs
    )


def _found(at: Look, ours: list[int], theirs: list[int]) -> Found:
    spans = spanning(at.candidate, ours[0], ours[-1]), spanning(at.reference, theirs[0], theirs[-1])
    left, right = quoted(at.candidate, spans[0]), quoted(at.reference, spans[1])
    words = [
        "".join(bare(side.tokens[i].fold) for i in rest)
        for side, rest in ((at.candidate, ours), (at.reference, theirs))
    ]
    if sound_alike(at, words[0], words[1]):
        return Found("name", Severity.MINOR, *spans, f"{left} is spelled {right} in the reference", 0.5)
    return Found("name", Severity.MAJOR, *spans, f"{left} where the reference names {right}")
