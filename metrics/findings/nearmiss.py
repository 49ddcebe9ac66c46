"""Words that are taken for others: nearly the reference's word but another one, and words that are none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from metrics.comparison import Match, Side, Token
from metrics.findings.found import Found, Look, gaps, per_vocabulary, quoted, spanning
from metrics.findings.variants import bare, edits, opposite, same_word
from metrics.model import Severity
from metrics.patterns import pattern
from metrics.vocabulary import Role, Vocabulary
from metrics.words import is_unspaced

#: A gap with more free words of a side is no place that a word could take.
_CROWD = 6
#: Shorter words are not called unknown, nor the opposite of a word that stands elsewhere.
_LONG = 5
#: More unknown words are told in one.
_MANY = 4
_LONGEST = 40
_WORDS = (Role.CONTENT, Role.FUNCTION)
_DIGIT = pattern(r"\d")
#: How a pair is told: an opposite, a word in the very place of another, and one that may be in its place.
_OPPOSITE, _LONE, _NEAR = 0, 1, 2
_WORTH = ((Severity.MAJOR, 1.5), (Severity.MAJOR, 1.0), (Severity.MINOR, 0.5))


class _Pair(NamedTuple):
    """Two words by their indices; `unlike` is an index of `_WORTH`."""

    unlike: int
    ours: int
    theirs: int


class _Gap(NamedTuple):
    """What stands between two words that both sides share in the same order: of each side all, and the free words."""

    all: tuple[list[int], list[int]]
    free: tuple[list[int], list[int]]

    @property
    def lone(self) -> bool:
        """Whether one word stands for one."""
        return all(len(side) == 1 for side in self.all)

    def same_edge(self, ours: int, theirs: int) -> bool:
        """Whether two words both come first or both come last."""
        return any((ours, theirs) == (self.all[0][edge], self.all[1][edge]) for edge in (0, -1))


def look(at: Look) -> Iterator[Found]:
    """Words in the place of one that is written nearly the same, and words that look like none of the text."""
    taken: set[int] = set()
    for pair in _pairs(at):
        ours = at.candidate.tokens[pair.ours]
        spans = spanning(at.candidate, pair.ours), spanning(at.reference, pair.theirs)
        left, right = quoted(at.candidate, spans[0]), quoted(at.reference, spans[1])
        taken.add(pair.ours)
        if pair.unlike and ours.entry.unknown:
            yield Found("unknown", Severity.MINOR, *spans, f"{left} looks like no word of this text: perhaps {right}")
        else:
            severity, amount = _WORTH[pair.unlike]
            yield Found("near-miss", severity, *spans, f"{left} where the reference has {right}", amount)
    unknown = [i for i, token in at.free(at.candidate) if i not in taken and _is_unknown(at, token)]
    if len(unknown) > _MANY:
        span = spanning(at.candidate, unknown[0], unknown[-1])
        said = f"{len(unknown)} words of {quoted(at.candidate, span)} look like none of this text"
        yield Found("unknown", Severity.MAJOR, span, None, said, 2.0)
    else:
        yield from (_unknown(at, i, at.candidate.tokens[i]) for i in unknown)


def _is_unknown(at: Look, token: Token) -> bool:
    """Whether a word is none of the text's, nor a name, sign or abbreviation as far as can be seen."""
    text = token.text
    usual = text.islower() or (text.istitle() and not at.lexicon.capitals)
    return token.entry.unknown and usual and text.isalpha() and len(text) >= _LONG


def _unknown(at: Look, index: int, token: Token) -> Found:
    span = spanning(at.candidate, index)
    perhaps = _nearest(at.vocabulary, token.fold)
    guess = f": perhaps “{perhaps}”" if perhaps else ""
    said = f"{quoted(at.candidate, span)} looks like no word of this text{guess}"
    return Found("unknown", Severity.MINOR, span, None, said)


def _pairs(at: Look) -> Iterator[_Pair]:
    """Pairs of words, none of which is in two: those in one place, nearest first, then opposites elsewhere."""
    if not (at.free(at.candidate) and at.free(at.reference)):
        return
    ours, theirs = _eligible(at, at.candidate, at.reference), _eligible(at, at.reference, at.candidate)
    if not (ours and theirs):
        return
    found = [pair for gap in _gaps(at, ours, theirs) for pair in _in_gap(at, gap)]
    taken: tuple[set[int], set[int]] = (set(), set())
    for pair in [*sorted(found), *_opposites(at, ours, theirs)]:
        if pair.ours not in taken[0] and pair.theirs not in taken[1]:
            taken[0].add(pair.ours)
            taken[1].add(pair.theirs)
            yield pair


def _eligible(at: Look, side: Side, other: Side) -> dict[int, str]:
    """The free words that the other side has in no form, by their indices."""
    words = {
        i: token.fold
        for i, token in at.free(side)
        if token.role in _WORDS
        and len(token.fold) <= _LONGEST
        and not _DIGIT.search(token.text)
        and not is_unspaced(token.text)
    }
    if not words:
        return words
    stem = at.vocabulary.stem
    known = {token.entry.stem for token in other.tokens}
    known |= {stem(bare(fold)) for fold in other.folds if "'" in fold}
    return {
        i: fold
        for i, fold in words.items()
        if side.tokens[i].entry.stem not in known and ("'" not in fold or stem(bare(fold)) not in known)
    }


def _gaps(at: Look, ours: Collection[int], theirs: Collection[int]) -> Iterator[_Gap]:
    found: dict[int, _Gap] = {}
    for which, (side, free) in enumerate(((at.candidate, ours), (at.reference, theirs))):
        before = gaps(side)
        for i, token in enumerate(side.tokens):
            if side.matches[i] is Match.IN_PLACE or token.role is Role.PUNCTUATION:
                continue
            gap = found.setdefault(before[i], _Gap(([], []), ([], [])))
            gap.all[which].append(i)
            if i in free:
                gap.free[which].append(i)
    return (gap for gap in found.values() if all(0 < len(free) <= _CROWD for free in gap.free))


def _in_gap(at: Look, gap: _Gap) -> Iterator[_Pair]:
    for i in gap.free[0]:
        for j in gap.free[1]:
            ours, theirs = at.candidate.tokens[i], at.reference.tokens[j]
            if opposite(ours.fold, theirs.fold, at.lexicon.opposites, at.vocabulary.stem):
                if not _denied(at, ours, theirs):
                    yield _Pair(_OPPOSITE, i, j)
            elif gap.lone or gap.same_edge(i, j):
                unlike = _unlike(at, ours, theirs, gap.lone)
                if unlike is not None:
                    yield _Pair(unlike, i, j)


def _unlike(at: Look, ours: Token, theirs: Token, lone: bool) -> int | None:
    """How a pair of words is to be told, which must be content words unless they are one letter apart."""
    if at.lexicon.capitals and ours.text[0].isupper() and theirs.text[0].isupper():
        return None
    a, b = bare(ours.fold), bare(theirs.fold)
    distance = edits(a, b)
    content = (ours.role is Role.CONTENT) + (theirs.role is Role.CONTENT)
    if distance is None or (distance > 1 and not (lone and content == 2)) or not content or same_word(a, b, at.lexicon):
        return None
    return _LONE if lone and content == 2 else _NEAR


def _opposites(at: Look, ours: Mapping[int, str], theirs: Mapping[int, str]) -> Iterator[_Pair]:
    """Opposites that do not stand in the same place."""
    prefixes = at.lexicon.opposites
    places = [{word: i for i, word in sorted(free.items(), reverse=True)} for free in (ours, theirs)]
    for which in (0, 1):
        for word, i in places[which].items():
            for prefix in prefixes if word.startswith(prefixes) else ():
                rest = word.removeprefix(prefix)
                j = places[1 - which].get(rest) if len(rest) >= _LONG and rest != word else None
                if j is not None:
                    pair = (j, i) if which else (i, j)
                    if not _denied(at, at.candidate.tokens[pair[0]], at.reference.tokens[pair[1]]):
                        yield _Pair(_OPPOSITE, *pair)


def _denied(at: Look, ours: Token, theirs: Token) -> bool:
    """Whether a negation or a word that denies says the same as the prefix, or undoes it."""
    if any(
        token.fold in at.lexicon.negations for side in (at.candidate, at.reference) for _, token in at.unmatched(side)
    ):
        return True
    side = at.candidate if len(ours.fold) < len(theirs.fold) else at.reference
    return any(token.fold in at.lexicon.denials for _, token in at.unmatched(side))


def _nearest(vocabulary: Vocabulary, word: str) -> str | None:
    """A word of the reference that is one edit away."""
    if len(word) > _LONGEST:
        return None
    shortened = _shortened(vocabulary)
    near = {near for form in _forms(word) for near in shortened.get(form, ())}
    return min((other for other in near if edits(word, other) == 1), default=None)


@per_vocabulary
def _shortened(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The words of the reference by what is left of them without one letter, or with all."""
    found: dict[str, list[str]] = {}
    for word in vocabulary.reference_words:
        if len(word) <= _LONGEST:
            for form in _forms(word):
                found.setdefault(form, []).append(word)
    return found


def _forms(word: str) -> Sequence[str]:
    return [word, *dict.fromkeys(word[:i] + word[i + 1 :] for i in range(len(word)))]
