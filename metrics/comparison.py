"""Which words of a passage's two sides answer each other: what the diff and the findings both start from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from metrics.lexicon import Lexicon
from metrics.vocabulary import Entry, Role, Vocabulary
from metrics.words import pieces

_MINUS = "\u2212"


class Token(NamedTuple):
    """A word or punctuation mark, `text[start:end]` of its side, and what is known of it."""

    start: int
    end: int
    text: str
    entry: Entry

    @property
    def fold(self) -> str:
        """The word without case."""
        return self.entry.fold

    @property
    def role(self) -> Role:
        """What the word is to a reader who compares."""
        return self.entry.role

    @property
    def tells(self) -> bool:
        """Whether the word carries meaning by itself."""
        return self.entry.role in (Role.NAME, Role.NUMBER, Role.CONTENT)


class Match(Enum):
    """How a token is answered on the other side."""

    IN_PLACE = auto()
    MOVED = auto()
    INFLECTED = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Side:
    """One side's tokens and their folded forms; for each how it is answered, and the index of what answers it."""

    text: str
    tokens: tuple[Token, ...]
    folds: tuple[str, ...]
    matches: tuple[Match, ...]
    partners: tuple[int | None, ...]

    def is_punctuation(self, index: int) -> bool:
        """Whether the token at an index is no word and no minus sign."""
        return self.tokens[index].entry.role is Role.PUNCTUATION and not self.is_minus(index)

    def is_minus(self, index: int) -> bool:
        """Whether a dash makes the number behind it negative: it touches that, and nothing before it."""
        token = self.tokens[index]
        if token.fold != "-" or not self.text[token.end : token.end + 1].isdecimal():
            return False
        if index == 0 or self.tokens[index - 1].role is Role.NUMBER:
            return token.text == _MINUS
        before = self.text[token.start - 1]
        return before.isspace() or before == "("

    def unmatched(self) -> Iterator[tuple[int, Token]]:
        """The tokens that nothing answers, with their indices."""
        return ((i, t) for i, (t, m) in enumerate(zip(self.tokens, self.matches, strict=True)) if m is Match.NONE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A passage's two sides, and the vocabulary of the texts they come from."""

    candidate: Side
    reference: Side
    vocabulary: Vocabulary

    @property
    def lexicon(self) -> Lexicon:
        """What is known of the language."""
        return self.vocabulary.lexicon


def compare(candidate: str, reference: str, vocabulary: Vocabulary) -> Comparison:
    """Match the tokens of two texts.

    First those of an Indel edit script (the longest common subsequence of folded words), then runs of the same
    words elsewhere, then words of one stem or of one irregular form. So what is left over of each stem is how many
    more a side has.
    """
    from rapidfuzz.distance import Indel

    ours, theirs = _tokens(candidate, vocabulary), _tokens(reference, vocabulary)
    pairs = _Pairs(ours, theirs)
    for block in Indel.opcodes([t.fold for t in ours], [t.fold for t in theirs]).as_matching_blocks():
        for k in range(block.size):
            pairs.join(block.a + k, block.b + k, Match.IN_PLACE)
    pairs.join_moved()
    pairs.join_inflected(lambda token: token.entry.stem)
    forms = vocabulary.lexicon.irregular
    if forms:
        pairs.join_inflected(lambda token: forms.get(token.fold, token.entry.stem) if token.tells else token.entry.stem)
    return Comparison(pairs.side(0, candidate), pairs.side(1, reference), vocabulary)


def _tokens(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    return tuple(Token(*piece, vocabulary[piece.text]) for piece in pieces(text))


class _Pairs:
    """The pairs found so far."""

    def __init__(self, ours: Sequence[Token], theirs: Sequence[Token]) -> None:
        self._tokens = ours, theirs
        self._matches = [Match.NONE] * len(ours), [Match.NONE] * len(theirs)
        self._partners: tuple[list[int | None], list[int | None]] = [None] * len(ours), [None] * len(theirs)

    def side(self, which: int, text: str) -> Side:
        tokens = self._tokens[which]
        return Side(
            text,
            tuple(tokens),
            tuple(token.entry.fold for token in tokens),
            tuple(self._matches[which]),
            tuple(self._partners[which]),
        )

    def join(self, i: int, j: int, match: Match) -> None:
        self._matches[0][i] = self._matches[1][j] = match
        self._partners[0][i], self._partners[1][j] = j, i

    def join_moved(self) -> None:
        """Pair words that stand elsewhere, and with them the words around that moved along."""
        places = self._left_over(lambda token: token.entry.fold)
        for i, token in enumerate(self._tokens[0]):
            if not token.tells or self._matches[0][i] is not Match.NONE:
                continue
            found = [j for j in places.get(token.entry.fold, ()) if self._matches[1][j] is Match.NONE]
            if not found:
                continue
            j = max(found, key=lambda j: self._run(i, j, 1) + self._run(i, j, -1))
            for step in (1, -1):
                for k in range(self._run(i, j, step)):
                    self.join(i + step * (k + 1), j + step * (k + 1), Match.MOVED)
            self.join(i, j, Match.MOVED)

    def join_inflected(self, key: Callable[[Token], str]) -> None:
        """Pair words of one stem, or of one irregular form, whichever `key` gives."""
        places = self._left_over(key)
        for i, token in enumerate(self._tokens[0]):
            if token.role is Role.PUNCTUATION or self._matches[0][i] is not Match.NONE:
                continue
            found = places.get(key(token))
            if found and not self._are_spellings(i, found[0]):
                self.join(i, found.pop(0), Match.INFLECTED)

    def _are_spellings(self, i: int, j: int) -> bool:
        """Whether two names differ only in the y or i at their ends, which is no matter of grammar."""
        ours, theirs = self._tokens[0][i], self._tokens[1][j]
        ends = {ours.fold[-1], theirs.fold[-1]}
        return ours.role is theirs.role is Role.NAME and ends == {"i", "y"} and len(ours.fold) == len(theirs.fold)

    def _left_over(self, key: Callable[[Token], str]) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for j, token in enumerate(self._tokens[1]):
            if self._matches[1][j] is Match.NONE and token.role is not Role.PUNCTUATION:
                places.setdefault(key(token), []).append(j)
        return places

    def _run(self, i: int, j: int, step: int) -> int:
        """How many tokens beyond a pair are the same on both sides and not matched yet."""
        length = 0
        while True:
            i, j = i + step, j + step
            if not (0 <= i < len(self._tokens[0]) and 0 <= j < len(self._tokens[1])):
                return length
            if self._matches[0][i] is not Match.NONE or self._matches[1][j] is not Match.NONE:
                return length
            if self._tokens[0][i].entry.fold != self._tokens[1][j].entry.fold:
                return length
            length += 1
