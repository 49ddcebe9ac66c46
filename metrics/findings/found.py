"""What a family of findings sees of a passage, and what it says."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from metrics.comparison import Comparison, Match, Side, Token
from metrics.model import Severity, Span
from metrics.vocabulary import Vocabulary

if TYPE_CHECKING:
    from metrics.glossary import Glossary

#: Longer texts are not quoted in full.
_LONGEST = 60

Made = TypeVar("Made")
Others = TypeVarTuple("Others")


class Found(NamedTuple):
    """A finding as a family makes it: `candidate` and `reference` are ranges of the passage's own texts.

    `amount` says how many times the points of its kind it is worth.
    """

    kind: str
    severity: Severity
    candidate: Span | None
    reference: Span | None
    message: str
    amount: float = 1.0


class Look:
    """A passage under examination: its two sides, and the words that a finding speaks of already.

    `glossary` has the terms that the candidate must use.
    """

    def __init__(self, comparison: Comparison, glossary: "Glossary | None" = None) -> None:
        self.candidate, self.reference = comparison.candidate, comparison.reference
        self.vocabulary, self.lexicon = comparison.vocabulary, comparison.lexicon
        self.glossary = glossary
        self._unmatched = tuple(self.candidate.unmatched()), tuple(self.reference.unmatched())
        self._claimed: tuple[set[int], set[int]] = (set(), set())

    def unmatched(self, side: Side) -> Sequence[tuple[int, Token]]:
        """The tokens of a side that nothing answers, with their indices."""
        return self._unmatched[side is self.reference]

    def free(self, side: Side) -> Sequence[tuple[int, Token]]:
        """Those of them that no finding speaks of."""
        claimed = self.claimed(side)
        return [(i, token) for i, token in self.unmatched(side) if i not in claimed]

    def claimed(self, side: Side) -> Set[int]:
        """The indices of the tokens of a side that a finding speaks of."""
        return self._claimed[side is self.reference]

    def settle(self, side: Side, first: int, last: int) -> None:
        """Take the words from one token to another as spoken of, both included."""
        self._claimed[side is self.reference].update(range(first, last + 1))

    def claim(self, found: Found) -> None:
        """Take the words of a finding as spoken of."""
        for side, span, claimed in zip(
            (self.candidate, self.reference), (found.candidate, found.reference), self._claimed, strict=True
        ):
            if span is not None:
                first = bisect_right(side.tokens, span.start, key=lambda token: token.end)
                claimed.update(range(first, bisect_left(side.tokens, span.end, key=lambda token: token.start)))


def spanning(side: Side, first: int, last: int | None = None) -> Span:
    """The range of the text from one token to another, both included, or of one."""
    return Span(side.tokens[first].start, side.tokens[first if last is None else last].end)


def quoted(side: Side, span: Span) -> str:
    """The text of a range in quotation marks; of a long one the beginning and the end."""
    text = side.text[span.start : span.end]
    if len(text) > _LONGEST:
        start, end = text[: _LONGEST // 2], text[-_LONGEST // 2 :]
        text = f"{start.rpartition(' ')[0] or start} … {end.partition(' ')[2] or end}"
    return f"“{text}”"


def gaps(side: Side, telling: bool = False) -> Sequence[int]:
    """For each token, and the end, how many before it are in place: tokens in gaps of one number face each other.

    With `telling`, tokens that tell nothing part no gaps.
    """
    if telling:
        steps = [m is Match.IN_PLACE and t.tells for t, m in zip(side.tokens, side.matches, strict=True)]
    else:
        steps = [match is Match.IN_PLACE for match in side.matches]
    return list(accumulate(steps, initial=0))


def runs(indices: Iterable[int]) -> Iterator[list[int]]:
    """Neighbouring ones of ascending indices."""
    run: list[int] = []
    for i in indices:
        if run and i != run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def per_vocabulary(make: Callable[[Vocabulary, *Others], Made]) -> Callable[[Vocabulary, *Others], Made]:
    """Keep what is made of a vocabulary, and of hashable others, for as long as the vocabulary lives."""
    made: WeakKeyDictionary[Vocabulary, dict[tuple[object, ...], Made]] = WeakKeyDictionary()

    def get(vocabulary: Vocabulary, *others: *Others) -> Made:
        known = made.setdefault(vocabulary, {})
        if others not in known:
            known[others] = make(vocabulary, *others)
        return known[others]

    return get
