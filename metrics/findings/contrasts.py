"""Words in each other's place that say the opposite or another relation: before and after, his and her, the and its."""

from collections.abc import Iterator, Sequence

from metrics.comparison import Match, Side
from metrics.findings.found import Found, Look, gaps, quoted, spanning
from metrics.model import Severity
from metrics.vocabulary import Role
from metrics.words import is_unspaced

#: A gap with more words of a side is no place that one of them could take.
_CROWD = 3
#: What a possessive for an article is worth.
_SLIGHT = 0.1


def look(at: Look) -> Iterator[Found]:
    """Pairs of words that nothing answers, in the same place of both sides, and on two sides of a contrast."""
    groups = at.lexicon.contrasts.keys() | at.lexicon.determiners.keys()
    free = [i for i, token in at.free(at.candidate) if token.fold in groups]
    if not free:
        return
    ours, theirs = _places(at.candidate), _places(at.reference)
    before = gaps(at.candidate)
    open_ = {j for j, _ in at.free(at.reference)}
    for i in free:
        left, right = ours[before[i]], theirs.get(before[i], [])
        j = _opposed(at, i, left, right)
        if j is None or j not in open_ or _is_denied(at, left, right):
            continue
        open_.remove(j)
        token, other = at.candidate.tokens[i], at.reference.tokens[j]
        spans = spanning(at.candidate, i), spanning(at.reference, j)
        message = f"{quoted(at.candidate, spans[0])} where the reference has {quoted(at.reference, spans[1])}"
        if at.lexicon.are_contrary(token.fold, other.fold):
            yield Found("near-miss", Severity.MAJOR, *spans, message)
        elif _between_shared(at, i, j):
            yield Found("near-miss", Severity.MINOR, *spans, message, _SLIGHT)


def _places(side: Side) -> dict[int, list[int]]:
    """The words that are not in place, by the gap in which they stand."""
    before = gaps(side)
    found: dict[int, list[int]] = {}
    for i, token in enumerate(side.tokens):
        if side.matches[i] is not Match.IN_PLACE and token.role is not Role.PUNCTUATION:
            found.setdefault(before[i], []).append(i)
    return found


def _opposed(at: Look, i: int, left: Sequence[int], right: Sequence[int]) -> int | None:
    """The word of the other side that stands in the place of a word and is contrary to it."""
    token = at.candidate.tokens[i]
    most = _CROWD if not is_unspaced(token.text[0]) else 1
    if max(len(left), len(right)) > most:
        return None
    for edge in (0, -1):
        if right and left[edge] == i:
            other = at.reference.tokens[right[edge]].fold
            if at.lexicon.are_contrary(token.fold, other) or other in at.lexicon.determiners.get(token.fold, ()):
                return right[edge]
    return None


def _is_denied(at: Look, left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether a further negation in the same place may turn a word into its opposite: "not rejected", "accepted"."""
    rows: tuple[tuple[Side, Sequence[int]], ...] = (at.candidate, left), (at.reference, right)
    return any(len(row) > 1 and any(side.tokens[k].fold in at.lexicon.negations for k in row) for side, row in rows)


def _between_shared(at: Look, i: int, j: int) -> bool:
    """Whether the words before and behind are the same on both sides."""

    def partner(index: int) -> int | None:
        if 0 <= index < len(at.candidate.tokens):
            return at.candidate.partners[index]
        return -1 if index < 0 else len(at.reference.tokens)

    return partner(i - 1) == j - 1 and partner(i + 1) == j + 1
