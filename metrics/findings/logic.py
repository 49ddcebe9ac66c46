"""Negation and modality lost or gained."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from metrics.comparison import Match, Side
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.model import Severity
from metrics.vocabulary import Role
from metrics.words import is_unspaced

#: How many tokens away a word may stand to be the one that an expression bears on.
_REACH = 4
#: How many tokens further the end of a sentence is looked for.
_SENTENCE = 60
#: How many tokens away a negation may stand in the clause of a word.
_CLAUSE = 6
#: How many tokens away a word that denies may stand for a negation.
_NEAR = 8
_ENDS = frozenset((".", "!", "?", "。", "..."))
_BREAKS = _ENDS | frozenset((",", ";", ":", "(", ")", "[", "]", "-"))
#: The classes of modality that may stand for each class.
_ANSWERS = {
    "possibility": ("possibility", "report", "ability", "source"),
    "report": ("report", "possibility", "source"),
    "necessity": ("necessity", "obligation"),
}
#: An expression of so many characters without spaces has its word in it, as 不同意.
_WHOLE = 3
_SETTLED = (Match.IN_PLACE, Match.INFLECTED)
_CALLED = {"possibility": "possibility", "report": "hearsay", "necessity": "necessity"}


class _Cue(NamedTuple):
    """A negation or a modal expression: its tokens, and the word it bears on."""

    tokens: tuple[int, ...]
    target: int | None


class _Reading(NamedTuple):
    """A side with its folded words and its negations."""

    side: Side
    folds: Sequence[str]
    negations: Sequence[_Cue]


def look(at: Look) -> Iterator[Found]:
    """Negations and modal expressions of one side that the other, having the word they bear on, lacks."""
    ours, theirs = _read(at, at.candidate), _read(at, at.reference)
    for here, there in ((theirs, ours), (ours, theirs)):
        yield from _negations(at, here, there)
    yield from _prohibitions(at, ours, theirs)
    modals = _modals(at, ours), _modals(at, theirs)
    if any(modals):
        told: set[int] = set()
        yield from _modality(at, theirs, ours, modals[1], modals[0], told)
        yield from _modality(at, ours, theirs, modals[0], modals[1], told)


def _negations(at: Look, here: _Reading, there: _Reading) -> Iterator[Found]:
    cues = _without_answer(here.side, here.negations, there.negations)
    if not cues:
        return
    denials = _unanswered(there.side, at.lexicon.denials.find(there.folds))
    # A negation that both sides have says nothing of another one.
    own = {here.side.partners[i] for cue in here.negations for i in cue.tokens}
    denied = {i for cue in there.negations for i in cue.tokens} - own
    for cue in cues[_opposites(at) :]:
        place = _place(here.side, cue)
        if place is None or not _leads_on(here, cue) or _is_denied(there, denied, place) or _asks(here, cue):
            continue
        if not denials.isdisjoint(range(place - _NEAR, place + _NEAR + 1)):
            continue
        severity = Severity.MAJOR if _undisturbed(here.side, cue) else Severity.MINOR
        yield _found(at, "negation", severity, here.side, cue, place, "negation")


def _modality(
    at: Look,
    here: _Reading,
    there: _Reading,
    ours: dict[str, list[_Cue]],
    theirs: dict[str, list[_Cue]],
    told: set[int],
) -> Iterator[Found]:
    """`told` holds the words of the reference whose modals a finding speaks of."""
    opposed = {cue.target: cue for cues in theirs.values() for cue in cues if cue.target is not None}
    for name, called in _CALLED.items():
        answers = [cue for kind in _ANSWERS[name] for cue in theirs.get(kind, ())]
        cues = _without_answer(here.side, ours.get(name, ()), answers)
        if not cues or (name == "report" and _speaks(at, there.side)):
            continue
        for cue in cues:
            place = _place(here.side, cue)
            if place is None or there.side.tokens[place].role is Role.NUMBER:
                continue
            assert cue.target is not None
            word = cue.target if here.side is at.reference else place
            if word in told or _asks(here, cue):
                continue
            if place in opposed and here.side.matches[cue.target] in _SETTLED:
                pair = (cue, opposed[place]) if here.side is at.candidate else (opposed[place], cue)
                told.add(word)
                yield _other_modal(at, Severity.MINOR, *pair)
            elif _leads_on(here, cue) and _undisturbed(here.side, cue):
                told.add(word)
                yield _found(at, "modality", Severity.MINOR, here.side, cue, place, called)


def _other_modal(at: Look, severity: Severity, ours: _Cue, theirs: _Cue) -> Found:
    spans = (
        spanning(at.candidate, min(ours.tokens), max(ours.tokens)),
        spanning(at.reference, min(theirs.tokens), max(theirs.tokens)),
    )
    message = f"{quoted(at.candidate, spans[0])} where the reference has {quoted(at.reference, spans[1])}"
    return Found("modality", severity, *spans, message)


def _prohibitions(at: Look, ours: _Reading, theirs: _Reading) -> Iterator[Found]:
    """What is forbidden on one side and only not asked for on the other: "must not", "need not"."""
    there = {cue.target: (forbids, cue) for forbids, cue in _denied_modals(at, theirs) if cue.target is not None}
    for forbids, cue in _denied_modals(at, ours) if there else ():
        place = None if cue.target is None else ours.side.partners[cue.target]
        other = there.get(place) if place is not None else None
        if other is not None and other[0] is not forbids:
            yield _other_modal(at, Severity.MAJOR, cue, other[1])


def _denied_modals(at: Look, reading: _Reading) -> Iterator[tuple[bool, _Cue]]:
    """Words with a negation next to them that forbid by it, and those that only exempt."""
    negations = {i for cue in reading.negations for i in cue.tokens}
    for start, end, forbids in at.lexicon.prohibitions.find(reading.folds):
        beside = {start - 1, end} & negations
        if beside:
            tokens = tuple(sorted({*range(start, end), *beside}))
            yield forbids, _cues(reading.side, reading.folds, [tokens])[0]


def _found(at: Look, kind: str, severity: Severity, side: Side, cue: _Cue, place: int, what: str) -> Found:
    # Of a script without spaces the word has a second character at least.
    wide = int(cue.target is not None and is_unspaced(side.tokens[cue.target].text[0]))
    tokens = cue.tokens if cue.target is None else (*cue.tokens, cue.target, cue.target + wide)
    last = max(tokens)
    if wide:
        last = min(last, cue.tokens[-1] + (2 if len(cue.tokens) < _WHOLE else 0))
    span = spanning(side, min(tokens), max(last, cue.tokens[-1]))
    other = at.candidate if side is at.reference else at.reference
    there = spanning(other, place, place + wide)
    if wide and len(cue.tokens) >= _WHOLE:
        own = [k for i in cue.tokens if (k := side.partners[i]) is not None]
        there = spanning(other, min(own), max(own)) if own else there
    if side is at.reference:
        message = f"{what} lost: {quoted(side, span)} in the reference, {quoted(at.candidate, there)} here"
        return Found(kind, severity, there, span, message)
    message = f"{what} added: {quoted(side, span)} here, {quoted(at.reference, there)} in the reference"
    return Found(kind, severity, span, there, message)


def _read(at: Look, side: Side) -> _Reading:
    folds = side.folds
    runs = [range(start, end) for start, end, is_one in at.lexicon.negations.find(folds) if is_one]
    found = [tuple(run) for run in runs if not _either_or(side, run)]
    return _Reading(side, folds, _cues(side, folds, _joined(found, folds) if at.lexicon.concord else found))


def _either_or(side: Side, run: range) -> bool:
    """Whether the word before is repeated after, as in 是不是."""
    if not 0 < run.start <= run.stop < len(side.tokens):
        return False
    before, after = side.tokens[run.start - 1], side.tokens[run.stop]
    return before.text == after.text and is_unspaced(after.text[0])


def _joined(runs: Iterable[tuple[int, ...]], folds: Sequence[str]) -> list[tuple[int, ...]]:
    """The runs, those of one clause as one where hardly more than a word is between."""
    joined: list[tuple[int, ...]] = []
    for run in runs:
        between = folds[joined[-1][-1] + 1 : run[0]] if joined else ()
        if joined and len(between) < _REACH and _BREAKS.isdisjoint(between):
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _cues(side: Side, folds: Sequence[str], runs: Sequence[tuple[int, ...]]) -> list[_Cue]:
    own = {i for run in runs for i in run}
    return [_Cue(run, _target(side, folds, run, own)) for run in runs]


def _target(side: Side, folds: Sequence[str], run: tuple[int, ...], own: Collection[int]) -> int | None:
    """The nearest word of the clause that tells something: between, behind or before the tokens of `run`."""
    first, last = run[0], run[-1]
    behind = range(last + 1, min(last + 1 + _REACH, len(folds)))
    before = range(first - 1, max(-1, first - 1 - _REACH), -1)
    for row in (range(first + 1, last), behind, before):
        for i in row:
            if folds[i] in _BREAKS:
                break
            if side.tokens[i].tells and i not in own:
                return i
    return None


def _modals(at: Look, reading: _Reading) -> dict[str, list[_Cue]]:
    """The modal expressions by class; those next to a negation are left out, "could not" being "was unable"."""
    side, folds = reading.side, reading.folds
    denied = {i for cue in reading.negations for i in cue.tokens}
    runs: dict[str, list[tuple[int, ...]]] = {}
    for start, end, name in at.lexicon.modality.find(folds):
        if not {start - 1, end} & denied and not (at.lexicon.capitals and _is_name(side, start, end)):
            runs.setdefault(name, []).append(tuple(range(start, end)))
    return {name: _cues(side, folds, found) for name, found in runs.items()}


def _is_name(side: Side, start: int, end: int) -> bool:
    """Whether a word is capitalised within a sentence, as the month of May is."""
    text = side.tokens[start].text
    within = start > 0 and side.tokens[start - 1].role is not Role.PUNCTUATION
    return within and end == start + 1 and text[0].isupper() and text[1:].islower()


def _without_answer(side: Side, ours: Sequence[_Cue], theirs: Sequence[_Cue]) -> list[_Cue]:
    """The expressions that none of the other side's is left for: first by the word they bear on, then by their own."""
    open_, taken = list(ours), [False] * len(theirs)
    by_target = {cue.target: k for k, cue in enumerate(theirs) if cue.target is not None}
    by_token = {i: k for k, cue in enumerate(theirs) for i in cue.tokens}
    for place, tokens in ((by_target, lambda cue: (cue.target,)), (by_token, lambda cue: cue.tokens)):
        left = []
        for cue in open_:
            answers = (place.get(side.partners[i]) for i in tokens(cue) if i is not None)
            k = next((k for k in answers if k is not None and not taken[k]), None)
            if k is None:
                left.append(cue)
            else:
                taken[k] = True
        open_ = left
    spare = taken.count(False)
    open_.sort(key=lambda cue: cue.target is not None and side.matches[cue.target] is Match.IN_PLACE)
    return open_[spare:]


def _unanswered(side: Side, phrases: Iterable[tuple[int, int, bool]]) -> set[int]:
    """Where the phrases stand that have a word which the other side lacks."""
    return {start for start, end, _ in phrases if Match.NONE in side.matches[start:end]}


def _opposites(at: Look) -> int:
    """How many words one side has without a prefix that makes the opposite, and the other with it."""
    ours, theirs = ({t.fold for _, t in at.unmatched(side) if t.tells} for side in (at.candidate, at.reference))
    for words in (ours, theirs):
        words.update([at.vocabulary.stem(word) for word in words])
    return sum(
        word.startswith(prefix) and word[len(prefix) :].lstrip("-") in others
        for words, others in ((ours, theirs), (theirs, ours))
        for word in words
        for prefix in at.lexicon.opposites
    )


def _speaks(at: Look, side: Side) -> bool:
    return any(token.fold in at.lexicon.speech for _, token in at.unmatched(side))


def _asks(reading: _Reading, cue: _Cue) -> bool:
    """Whether a question holds the expression: there a negation hardly says no."""
    start = cue.tokens[-1]
    end = next((fold for fold in reading.folds[start : start + _SENTENCE] if fold in _ENDS), "")
    return end == "?"


def _place(side: Side, cue: _Cue) -> int | None:
    """Where the other side has the word that an expression bears on; a character alone is no word."""
    i = cue.target
    if i is None or side.partners[i] is None or not is_unspaced(side.tokens[i].text[0]):
        return None if i is None else side.partners[i]
    place, following = side.partners[i], side.partners[i + 1] if i + 1 < len(side.tokens) else None
    return place if place is not None and following == place + 1 else None


def _leads_on(reading: _Reading, cue: _Cue) -> bool:
    """Whether the other side has what follows on the expression too, or nothing of its clause does."""
    i = cue.tokens[-1] + 1
    return i >= len(reading.folds) or reading.folds[i] in _BREAKS or reading.side.matches[i] is not Match.NONE


def _is_denied(reading: _Reading, denied: Collection[int], place: int) -> bool:
    """Whether a negation stands near a word in its clause."""
    reach = _CLAUSE * (1 if not is_unspaced(reading.side.tokens[place].text[0]) else 3)
    for row in (range(place, place + reach + 1), range(place, place - reach - 1, -1)):
        for i in row:
            if i in denied:
                return True
            if not 0 <= i < len(reading.folds) or reading.folds[i] in _BREAKS:
                break
    return False


def _undisturbed(side: Side, cue: _Cue) -> bool:
    """Whether the word and what stands before the expression, but for an auxiliary, are in their order there, too."""
    before = cue.tokens[0] - 1
    if before >= 0 and side.matches[before] is Match.NONE and side.tokens[before].role is Role.FUNCTION:
        before -= 1
    if before >= 0 and side.matches[before] not in _SETTLED:
        return False
    return cue.target is not None and side.matches[cue.target] in _SETTLED
