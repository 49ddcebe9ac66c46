"""Which words of a passage differ: marks on both sides, for the screen and for reports."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from metrics.words import Word, pieces

_FOLD = str.maketrans("’‘“”„«»—–", '\'\'"""""--')


class Mark(NamedTuple):
    """A differing run of words, `text[start:end]`; `lone` when the other side has nothing in its place."""

    start: int
    end: int
    lone: bool


#: What stands around a mark where there is no style to show it: replaced words, and lone ones.
BRACKETS = {False: ("[", "]"), True: ("‹", "›")}


def bracketed(text: str, marks: Iterable[Mark]) -> str:
    """`text` with its marks in `BRACKETS`."""
    out, at = [], 0
    for mark in marks:
        left, right = BRACKETS[mark.lone]
        out += [text[at : mark.start], left, text[mark.start : mark.end], right]
        at = mark.end
    return "".join([*out, text[at:]])


def diff(candidate: str, reference: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The marks on the candidate and on the reference.

    Words are compared without case, typographic form of quotes and dashes, or full-width form. The
    edit script is the Indel one (longest common subsequence): its neighbouring deletions and
    insertions read as replacements.
    """
    from rapidfuzz.distance import Indel

    left, right = pieces(candidate), pieces(reference)
    marks: tuple[list[Mark], list[Mark]] = ([], [])
    deleted = inserted = (0, 0)
    opcodes = Indel.opcodes([_folded(word) for word in left], [_folded(word) for word in right])
    for tag, i, i_end, j, j_end in [*opcodes, ("equal", len(left), len(left), len(right), len(right))]:
        if tag == "delete":
            deleted = (deleted[0] if deleted[1] > deleted[0] else i, i_end)
        elif tag == "insert":
            inserted = (inserted[0] if inserted[1] > inserted[0] else j, j_end)
        else:
            lone = deleted[0] == deleted[1] or inserted[0] == inserted[1]
            for run, side, out in ((deleted, left, marks[0]), (inserted, right, marks[1])):
                if run[1] > run[0]:
                    out.append(Mark(side[run[0]].start, side[run[1] - 1].end, lone))
            deleted, inserted = (i_end, i_end), (j_end, j_end)
    return tuple(marks[0]), tuple(marks[1])


def _folded(word: Word) -> str:
    return unicodedata.normalize("NFKC", word.text).translate(_FOLD).casefold()
