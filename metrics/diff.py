"""Which words of a passage differ: marks on both sides, for the screen and for reports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from metrics.comparison import Comparison, Match, Side
from metrics.lexicon import Lexicon, plain
from metrics.model import Change, Mark, Weight
from metrics.vocabulary import Role

#: What stands around a mark where there is no style to show it. A change of form alone has no brackets.
BRACKETS: dict[Change, tuple[str, str]] = {
    Change.REPLACED: ("[", "]"),
    Change.LONE: ("‹", "›"),
    Change.MOVED: ("{", "}"),
    Change.FORM: ("", ""),
}

#: A word of this rarity says much by itself; see `metrics.vocabulary.Entry`.
_RARE = 0.9
#: So many function words and punctuation marks between two replacements are read as part of one.
_BRIDGE = 2


class _Block(NamedTuple):
    """What stands between two runs of shared words: ranges of token indices."""

    ours: range
    theirs: range

    @property
    def replaces(self) -> bool:
        return bool(self.ours and self.theirs)


def diff(comparison: Comparison) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The marks on the candidate and on the reference; what stands outside of them is the same on both sides."""
    ours, theirs = comparison.candidate, comparison.reference
    changes: tuple[dict[int, Change], dict[int, Change]] = ({}, {})
    contrary: tuple[set[int], set[int]] = (set(), set())
    for block in _bridged(ours, _blocks(ours, theirs)):
        sides = (ours, block.ours, changes[0]), (theirs, block.theirs, changes[1])
        for (side, run, out), (other, opposite, _) in (sides, sides[::-1]):
            change = _change(other, opposite)
            out.update((i, Change.MOVED if side.matches[i] is Match.MOVED else change) for i in run)
        if block.replaces:
            _note_contrary(comparison, block, contrary)
    for i, j in enumerate(ours.partners):
        if j is not None and i not in changes[0] and plain(ours.tokens[i].text) != plain(theirs.tokens[j].text):
            changes[0][i] = changes[1][j] = Change.FORM
    lexicon = comparison.lexicon
    return _marks(ours, changes[0], lexicon, contrary[0]), _marks(theirs, changes[1], lexicon, contrary[1])


def _note_contrary(comparison: Comparison, block: _Block, contrary: tuple[set[int], set[int]]) -> None:
    """Add the words of a block that say the contrary of one on the other side."""
    ours, theirs = comparison.candidate, comparison.reference
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j in block.theirs:
        places[theirs.tokens[j].fold].append(j)
    met: set[str] = set()
    for i in block.ours:
        opposed = comparison.lexicon.contrasts.get(ours.tokens[i].fold, frozenset()) & places.keys()
        if opposed:
            contrary[0].add(i)
            met |= opposed
    contrary[1].update(j for fold in met for j in places[fold])


def bracketed(text: str, marks: Iterable[Mark]) -> str:
    """`text` with its marks in `BRACKETS`, neighbours of one change in one pair of them."""
    out, at = [], 0
    for run in joined(text, marks):
        left, right = BRACKETS[run[0].change]
        out += [text[at : run[0].start], left, text[run[0].start : run[-1].end], right]
        at = run[-1].end
    return "".join([*out, text[at:]])


def joined(text: str, marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks that are to be read as one: of one change, with nothing but white space between.

    Those that hardly say anything are left out.
    """
    runs: list[list[Mark]] = []
    for mark in marks:
        last = runs[-1][-1] if runs else None
        if last and last.change is mark.change and not text[last.end : mark.start].strip():
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [run for run in runs if any(mark.weight > Weight.FAINT for mark in run)]


def _blocks(ours: Side, theirs: Side) -> Iterator[_Block]:
    """What lies around the pairs in place, in order; empty between neighbouring pairs."""
    i, j = 0, 0
    for at, (match, partner) in enumerate(zip(ours.matches, ours.partners, strict=True)):
        if match is Match.IN_PLACE:
            assert partner is not None
            yield _Block(range(i, at), range(j, partner))
            i, j = at + 1, partner + 1
    yield _Block(range(i, len(ours.tokens)), range(j, len(theirs.tokens)))


def _bridged(ours: Side, blocks: Iterable[_Block]) -> Iterator[_Block]:
    """The blocks that are not empty; replacements with but a few function words between them are one."""
    kept = [block for block in blocks if block.ours or block.theirs]
    if not kept:
        return
    current = kept[0]
    for before, block in pairwise(kept):
        bridge = ours.tokens[before.ours.stop : block.ours.start]
        if before.replaces and block.replaces and len(bridge) <= _BRIDGE and not any(token.tells for token in bridge):
            current = _Block(range(current.ours.start, block.ours.stop), range(current.theirs.start, block.theirs.stop))
        else:
            yield current
            current = block
    yield current


def _change(other: Side, opposite: range) -> Change:
    """What becomes of a block's words that did not move, by what stands in their place."""
    answered = any(other.matches[k] is not Match.MOVED and not other.is_punctuation(k) for k in opposite)
    return Change.REPLACED if answered else Change.LONE


def _marks(side: Side, changes: dict[int, Change], lexicon: Lexicon, contrary: Set[int]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for run in _runs(changes):
        words = [i for i in run if not side.is_punctuation(i)]
        last = None
        for i in run:
            # Punctuation around the words of a change is a change of its own.
            inside = words and words[0] <= i <= words[-1]
            change = changes[i] if inside else Change.FORM
            token = side.tokens[i]
            weight = Weight.FAINT if change is Change.FORM else _weight(side, i, lexicon)
            if i in contrary and change is Change.REPLACED:
                weight = Weight.STRONG
            if last == (change, weight):
                marks[-1] = marks[-1]._replace(end=token.end)
            else:
                marks.append(Mark(token.start, token.end, change, weight))
            last = change, weight
    return tuple(marks)


def _runs(changes: dict[int, Change]) -> Iterator[list[int]]:
    """Neighbouring indices of one change."""
    run: list[int] = []
    for i in sorted(changes):
        if run and (i != run[-1] + 1 or changes[i] is not changes[run[-1]]):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _weight(side: Side, index: int, lexicon: Lexicon) -> Weight:
    token = side.tokens[index]
    if lexicon.negations.get(token.fold) or token.entry.unknown or side.is_minus(index):
        return Weight.STRONG
    if token.role in (Role.FUNCTION, Role.PUNCTUATION):
        return Weight.FAINT
    strong = token.role in (Role.NAME, Role.NUMBER) or token.entry.rarity >= _RARE
    return Weight.STRONG if strong else Weight.PLAIN
