"""Omission and addition inside a passage: content words of one side with nothing in their place on the other."""

from collections.abc import Iterator
from typing import NamedTuple

from metrics.comparison import Side, Token
from metrics.findings.found import Found, Look, gaps, quoted, spanning
from metrics.findings.found import runs as _neighbours
from metrics.model import Severity, Span
from metrics.vocabulary import Role
from metrics.words import is_unspaced

#: Rarities in 0…1 are summed over a run. Below the first a run is no finding, from the second on it is major.
_LEAST, _MAJOR = 1.5, 3.0
#: How many times the rarity of the words that stand in its place a run must have.
_OUTWEIGHS = 3.0
#: What the whole side must have over the other, as a share of the run: else the words may just stand elsewhere.
_SURPLUS = 0.5
#: Fewer characters of a script without spaces may be cut out of words.
_UNSPACED = 4


class _Run(NamedTuple):
    """Content words, for the most part those between two words that both sides share in the same order."""

    tokens: list[tuple[int, Token]]

    @property
    def rarity(self) -> float:
        return sum(token.entry.rarity for _, token in self.tokens)


def look(at: Look) -> Iterator[Found]:
    """Runs of content words that outweigh whatever stands in their place, or a whole text that nothing answers."""
    if not (at.candidate.tokens and at.reference.tokens):
        yield from _whole(at)
        return
    ours, theirs = _runs(at, at.candidate), _runs(at, at.reference)
    if not (ours or theirs):
        return
    surplus = _unanswered(at, at.candidate) - _unanswered(at, at.reference)
    for gap in sorted(ours.keys() | theirs.keys()):
        added, left_out = ours.get(gap, _Run([])), theirs.get(gap, _Run([]))
        if left_out.rarity >= max(_LEAST, _OUTWEIGHS * added.rarity) and -surplus >= _SURPLUS * left_out.rarity:
            span = _span(at.reference, left_out)
            yield _found("omission", left_out, None, span, f"{quoted(at.reference, span)} is left out")
        elif added.rarity >= max(_LEAST, _OUTWEIGHS * left_out.rarity) and surplus >= _SURPLUS * added.rarity:
            span = _span(at.candidate, added)
            yield _found("addition", added, span, None, f"the reference does not say {quoted(at.candidate, span)}")


def _whole(at: Look) -> Iterator[Found]:
    for side, kind, message in (
        (at.reference, "omission", "the candidate leaves all of this out"),
        (at.candidate, "addition", "nothing in the reference answers this"),
    ):
        if side.tokens:
            span = spanning(side, 0, len(side.tokens) - 1)
            run = _Run([(i, token) for i, token in enumerate(side.tokens) if token.tells])
            ours = side is at.candidate
            yield _found(kind, run, span if ours else None, None if ours else span, message)


def _found(kind: str, run: _Run, candidate: Span | None, reference: Span | None, message: str) -> Found:
    severity = Severity.MAJOR if run.rarity >= _MAJOR else Severity.MINOR
    return Found(kind, severity, candidate, reference, message, run.rarity)


def _unanswered(at: Look, side: Side) -> float:
    """The rarity of all content words that nothing answers, spoken of or not."""
    return sum(token.entry.rarity for _, token in at.unmatched(side) if token.role is Role.CONTENT)


def _span(side: Side, run: _Run) -> Span:
    return spanning(side, run.tokens[0][0], run.tokens[-1][0])


def _runs(at: Look, side: Side) -> dict[int, _Run]:
    """The runs by the gap in which they stand."""
    free = [(i, token) for i, token in at.free(side) if token.role is Role.CONTENT]
    gap = gaps(side, telling=True) if free else ()
    runs: dict[int, _Run] = {}
    for i, token in free:
        runs.setdefault(gap[i], _Run([])).tokens.append((i, token))
    return {gap: run for gap, found in runs.items() if (run := _touching(found)).tokens}


def _touching(run: _Run) -> _Run:
    """Of characters without spaces the longest row that is long enough to hold whole words; else the run itself."""
    if not any(is_unspaced(token.text[0]) for _, token in run.tokens):
        return run
    known = dict(run.tokens)
    row = max(_neighbours(known), key=len)
    return _Run([(i, known[i]) for i in row] if len(row) >= _UNSPACED else [])
