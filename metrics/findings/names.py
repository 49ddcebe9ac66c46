"""Names: missing in the candidate, added by it, another one instead, or spelled differently."""

from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import NamedTuple

from metrics.comparison import Match, Side, Token
from metrics.findings.found import Found, Look, gaps, quoted, runs, spanning
from metrics.findings.fullnames import other_parts
from metrics.findings.hints import is_roman
from metrics.findings.spellings import derived, ends_apart, sound_alike
from metrics.findings.variants import bare
from metrics.model import Severity, Span
from metrics.patterns import pattern
from metrics.vocabulary import Role

_POSSESSIVE = pattern(r"(?<=\w)['’]s?$")
#: An abbreviation of so many letters may be the beginning of a word.
_SHORT = 2


class _Name(NamedTuple):
    """Neighbouring name words; `first` is the index of the first token, `gap` the gap in which it stands."""

    words: tuple[str, ...]
    span: Span
    first: int
    gap: int


def look(at: Look) -> Iterator[Found]:
    """Names of one side of which the other has no word, or another one of several."""
    told: tuple[set[int], set[int]] = (set(), set())
    for found, ours, theirs in other_parts(at):
        told[0].update(ours)
        told[1].update(theirs)
        yield found
    missing = _without_answer(at, at.reference, at.candidate, told[1])
    added = _without_answer(at, at.candidate, at.reference, told[0])
    yield from _told(at, missing, added)


def _told(at: Look, missing: Sequence[_Name], added: list[_Name]) -> Iterator[Found]:
    for theirs in missing:
        there = quoted(at.reference, theirs.span)
        for answers, severity, amount, says in (
            (_sounds_alike, Severity.MINOR, 0.5, f"is spelled {there} in the reference"),
            (_in_place, Severity.MAJOR, 1.0, f"where the reference names {there}"),
        ):
            ours = next((name for name in added if answers(at, name, theirs)), None)
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


def _without_answer(at: Look, side: Side, other: Side, told: Set[int]) -> list[_Name]:
    names = _unmatched_names(at, side, told)
    if not names:
        return names
    words = {part for fold in (*other.folds, *_dotted(other)) for part in (fold, *fold.split("-"))}
    known = words | {token.entry.stem for token in other.tokens}
    known.update([alias for word in known for alias in at.lexicon.aliases.get(word, ())])

    def is_known(part: str) -> bool:
        if part in words:
            return True
        if any(ends_apart(part, word) for word in words):
            return False
        return part in known or at.vocabulary.stem(part) in known or any(derived(part, k, at.lexicon) for k in known)

    shorthand = _Shorthand(other)
    return [
        name
        for name in names
        if not shorthand.answers(side, name)
        and not any(is_known(part) for word in name.words for part in {word, *word.split("-")})
    ]


def _dotted(side: Side) -> list[str]:
    """The abbreviations with full stops in them, without these: "U.S.", "EE. UU."."""
    found: list[str] = []
    letters = ""
    for token in side.tokens:
        if token.text.isupper() and len(token.text) <= _SHORT:
            letters += token.fold
        elif token.text != ".":
            if letters:
                found.append(letters)
            letters = ""
    return [*found, letters] if letters else found


def _is_dotted(side: Side, run: Sequence[int]) -> bool:
    """Whether a name is part of an abbreviation with full stops, or an initial."""
    stop = run[-1] + 1
    short = len(run) == 1 and len(side.tokens[run[0]].text) <= _SHORT and side.tokens[run[0]].text.isupper()
    return (
        short
        and stop < len(side.tokens)
        and side.tokens[stop].text == "."
        and side.tokens[stop].start == side.tokens[run[0]].end
    )


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


def _unmatched_names(at: Look, side: Side, told: Set[int]) -> list[_Name]:
    """The runs of name words, those left out that a finding speaks of, of which no word is answered."""
    if not any(token.role is Role.NAME for _, token in at.free(side)):
        return []
    spoken = at.claimed(side) | told
    words = [
        i
        for i, token in enumerate(side.tokens)
        if token.role is Role.NAME and i not in spoken and not is_roman(token.text)
    ]
    gap = gaps(side)
    return [
        _Name(tuple(bare(side.tokens[i].fold) for i in run), _span(side, run), run[0], gap[run[0]])
        for run in runs(words)
        if all(side.matches[i] is Match.NONE for i in run) and not _is_dotted(side, run)
    ]


def _span(side: Side, run: Sequence[int]) -> Span:
    """The range of neighbouring words without a possessive ending."""
    span = spanning(side, run[0], run[-1])
    ending = _POSSESSIVE.search(side.text, span.start, span.end)
    return span if ending is None else Span(span.start, ending.start())


def _sounds_alike(at: Look, ours: _Name, theirs: _Name) -> bool:
    return any(sound_alike(at, x, y) for x in ours.words for y in theirs.words)


def _in_place(_: Look, ours: _Name, theirs: _Name) -> bool:
    """Whether two names stand behind the same shared words."""
    return ours.gap == theirs.gap
