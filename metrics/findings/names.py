"""Names: missing in the candidate, added by it, another one instead, or spelled differently."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from metrics.comparison import Match, Side, Token
from metrics.findings.found import Found, Look, gaps, quoted, spanning
from metrics.findings.variants import bare
from metrics.lexicon import unaccented
from metrics.model import Severity, Span
from metrics.vocabulary import Role

#: Spellings of one sound in the romanisations of names, longest first.
_SOUNDS = (
    *(("dsch", "i"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "i"), ("dj", "i"), ("ch", "c"), ("sh", "s")),
    *(("zh", "s"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ou", "u"), ("oo", "u")),
    *(("q", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("ё", "е"), ("й", "и")),
)
#: How alike the sounds of two spellings must be.
_ALIKE = 0.8
#: An abbreviation of so many letters may be the beginning of a word.
_SHORT = 2
#: The shortest beginning that two words made from one name share.
_ROOT = 3


class _Name(NamedTuple):
    """Neighbouring name words; `first` is the index of the first token, `gap` the gap in which it stands."""

    words: tuple[str, ...]
    span: Span
    first: int
    gap: int


def look(at: Look) -> Iterator[Found]:
    """Names of one side of which the other has no word."""
    missing = _without_answer(at, at.reference, at.candidate)
    added = _without_answer(at, at.candidate, at.reference)
    for theirs in missing:
        there = quoted(at.reference, theirs.span)
        for answers, severity, amount, says in (
            (_sounds_alike, Severity.MINOR, 0.5, f"is spelled {there} in the reference"),
            (_in_place, Severity.MAJOR, 1.0, f"where the reference names {there}"),
        ):
            ours = next((name for name in added if answers(name, theirs)), None)
            if ours is not None:
                added.remove(ours)
                message = f"{quoted(at.candidate, ours.span)} {says}"
                yield Found("name", severity, ours.span, theirs.span, message, amount)
                break
        else:
            yield Found("name", Severity.MINOR, None, theirs.span, f"the candidate does not name {there}")
    for name in added:
        message = f"the reference does not name {quoted(at.candidate, name.span)}"
        yield Found("name", Severity.MAJOR, name.span, None, message, 2.0)


def _without_answer(at: Look, side: Side, other: Side) -> list[_Name]:
    names = _unmatched_names(at, side)
    if not names:
        return names
    known = {token.entry.stem for token in other.tokens}
    known.update(part for fold in other.folds for part in (fold, *fold.split("-")))
    known.update([alias for word in known for alias in at.lexicon.aliases.get(word, ())])
    shorthand = _Shorthand(other)
    return [
        name
        for name in names
        if not shorthand.answers(side, name)
        and not any(
            part in known
            or at.vocabulary.stem(part) in known
            or any(_derived(part, answer, at.lexicon.endings) for answer in known)
            for word in name.words
            for part in {word, *word.split("-")}
        )
    ]


class _Shorthand:
    """The initials of a side's capitalised words, and the abbreviations that it has."""

    def __init__(self, side: Side) -> None:
        self._initials = _initials(side, range(len(side.tokens)))
        self._short = {token.fold for token in side.tokens if _is_short(token)}
        self._longest = max(map(len, self._short), default=0)
        self._capitalised = [token.fold for token in side.tokens if token.text[0].isupper()]

    def answers(self, side: Side, name: _Name) -> bool:
        """Whether the side has the name of another side as an abbreviation, or what it abbreviates."""
        first = side.tokens[name.first]
        if _is_short(first):
            short = first.fold
            # "US" goes with United States of America, "C" with Celsius.
            return any(short[:length] in self._initials for length in range(2, len(short) + 1)) or (
                len(short) <= _SHORT and any(word.startswith(short) for word in self._capitalised)
            )
        if not self._short:
            return False
        start = name.first
        while start and side.tokens[start - 1].text[0].isupper():
            start -= 1
        initials = _initials(side, range(start, len(side.tokens)), self._longest)
        return any(
            any(initials.startswith(short[:length]) for length in (len(short) - 1, len(short)) if length > 1)
            or (len(short) <= _SHORT and first.fold.startswith(short))
            for short in self._short
        )


def _is_short(token: Token) -> bool:
    return token.text.isalpha() and token.text.isupper()


def _initials(side: Side, indices: range, most: int | None = None) -> str:
    """The initials of the capitalised words, and of those alone; of the first `most`."""
    initials = (side.tokens[i].fold[0] for i in indices if side.tokens[i].text[0].isupper())
    return "".join(islice(initials, most))


def _unmatched_names(at: Look, side: Side) -> list[_Name]:
    """The runs of name words, those left out that a finding speaks of, of which no word is answered."""
    if not any(token.role is Role.NAME for _, token in at.free(side)):
        return []
    words = [i for i, token in enumerate(side.tokens) if token.role is Role.NAME and i not in at.claimed(side)]
    gap = gaps(side)
    return [
        _Name(tuple(bare(side.tokens[i].fold) for i in run), spanning(side, run[0], run[-1]), run[0], gap[run[0]])
        for run in _runs(words)
        if all(side.matches[i] is Match.NONE for i in run)
    ]


def _runs(indices: Sequence[int]) -> Iterator[list[int]]:
    """Neighbouring indices."""
    run: list[int] = []
    for i in indices:
        if run and i != run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _derived(word: str, answer: str, endings: frozenset[str]) -> bool:
    """Whether two words are made from one name, as China and Chinese are."""
    if len(word) <= _ROOT or word[:_ROOT] != answer[:_ROOT]:
        return False
    from rapidfuzz.distance import Prefix

    common = Prefix.similarity(word, answer)
    return any(unaccented(word[i:]) in endings and unaccented(answer[i:]) in endings for i in range(_ROOT, common + 1))


def _sounds_alike(ours: _Name, theirs: _Name) -> bool:
    from rapidfuzz.distance import Indel

    return any(
        a[0] == b[0] and Indel.normalized_similarity(a, b) >= _ALIKE
        for a, b in ((_sounds(x), _sounds(y)) for x in ours.words for y in theirs.words if min(len(x), len(y)) > _ROOT)
        if a and b
    )


def _sounds(word: str) -> str:
    sounds = unaccented(word)
    for spelling, sound in _SOUNDS:
        sounds = sounds.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", sounds)


def _in_place(ours: _Name, theirs: _Name) -> bool:
    """Whether two names stand behind the same shared words."""
    return ours.gap == theirs.gap
