"""The differing words of a passage as one hears them best: what stands for what, without brackets in the text.

Screen readers leave brackets out or stumble over them, and a listener cannot look from one text to the other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from metrics.model import Change, Mark, Passage, Weight
from metrics.mqm.telling import quoted
from metrics.words import words


class _Run(NamedTuple):
    """Differing words of one change; `shared` is how many words that both sides share stand before them."""

    shared: int
    change: Change
    telling: bool
    text: str


def differences(passage: Passage) -> list[str]:
    """Each difference in a few words, in the order of the candidate; those in case, form or little words alone not.

    What both sides share is in the same order on both, so differing words with as many shared ones before them stand
    in each other's place.
    """
    ours = list(_runs(passage.candidate.text, passage.marks[0]))
    theirs = list(_runs(passage.reference.text, passage.marks[1]))
    told = []
    for place in sorted({run.shared for run in (*ours, *theirs)}):
        here, there = ([run for run in side if run.shared == place] for side in (ours, theirs))
        replaced = [[run for run in side if run.change is Change.REPLACED] for side in (here, there)]
        if any(run.telling for side in replaced for run in side):
            said = [" … ".join(run.text for run in side) for side in replaced]
            told.append(" for ".join(quoted(text) if text else "nothing" for text in said))
        told += [f"{quoted(run.text)} moved" for run in here if run.change is Change.MOVED and run.telling]
        told += [f"{quoted(run.text)} added" for run in here if run.change is Change.LONE and run.telling]
        told += [f"{quoted(run.text)} missing" for run in there if run.change is Change.LONE and run.telling]
    return told


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[_Run]:
    """The marks but for those of form; neighbours of one change are one."""
    differing = [mark for mark in marks if mark.change is not Change.FORM]
    ends = [mark.end for mark in differing]
    shared = []
    for word in words(text):
        at = bisect_right(ends, word.start)
        if at == len(differing) or differing[at].start > word.start:
            shared.append(word.start)
    before = [bisect_left(shared, mark.start) for mark in differing]
    for (place, change), group in groupby(
        zip(before, differing, strict=True), key=lambda each: (each[0], each[1].change)
    ):
        run = [mark for _, mark in group]
        telling = any(mark.weight is not Weight.FAINT for mark in run)
        yield _Run(place, change, telling, text[run[0].start : run[-1].end])
