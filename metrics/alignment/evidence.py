"""How well a group of candidate segments answers a group of reference segments, in log-odds.

A link's gain is a weighted sum of what can be seen of it: how alike the two groups are, their lengths,
their sentences, how they end, and what each segment adds to its group. The weights were learned as
those of a conditional random field over whole paths (Lafferty, McCallum and Pereira 2001), so a gain
is a log-odds against leaving the segments alone, and gains of links add up along a path.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import combinations_with_replacement
from operator import add
from typing import NamedTuple

import numpy as np

from metrics.alignment.features import Booleans, Features, Floats, Integers, Vectors

Group = tuple[int, ...]
Pair = tuple[Group, Group]
#: Dot products of candidates with references, place by place.
Dots = Callable[[Integers, Integers], Floats]


class Shape(NamedTuple):
    """Which segments a link holds, by their distance from the first: `(0, 2)` leaves one out between two."""

    candidate: Group
    reference: Group

    @property
    def rows(self) -> int:
        """Candidate segments from the first to the last, those left out among them."""
        return self.candidate[-1] + 1

    @property
    def columns(self) -> int:
        """The same of the reference."""
        return self.reference[-1] + 1

    @property
    def extra(self) -> int:
        """Segments held beyond one on either side."""
        return len(self.candidate) + len(self.reference) - 2

    @property
    def holes(self) -> Pair:
        """The segments left out between others."""
        rows, columns = set(range(self.rows)), set(range(self.columns))
        return tuple(sorted(rows.difference(self.candidate))), tuple(sorted(columns.difference(self.reference)))

    def at(self, i: int, j: int) -> Pair:
        """The groups that begin with candidate i and reference j."""
        return tuple(i + k for k in self.candidate), tuple(j + k for k in self.reference)


_RUNS = (0,), (0, 1), (0, 1, 2), (0, 1, 2, 3)
_ONE, _TWO, _THREE, _FOUR = _RUNS
_BROKEN, _WIDELY_BROKEN = (0, 2), (0, 3)
#: What a first look at a text tries.
SIMPLE = (Shape(_ONE, _ONE), Shape(_ONE, _TWO), Shape(_TWO, _ONE))
#: All that a link may be.
SHAPES = (
    *SIMPLE,
    *(Shape(_ONE, run) for run in (_THREE, _FOUR, _BROKEN, _WIDELY_BROKEN)),
    *(Shape(run, _ONE) for run in (_THREE, _FOUR, _BROKEN, _WIDELY_BROKEN)),
    Shape(_TWO, _TWO),
    *(Shape(_TWO, run) for run in (_THREE, _BROKEN)),
    *(Shape(run, _TWO) for run in (_THREE, _BROKEN)),
    Shape(_THREE, _THREE),
)
LONGEST = len(_FOUR)


def shape_of(pair: Pair) -> Shape:
    """The shape of a link."""
    ours, theirs = pair
    return Shape(tuple(k - ours[0] for k in ours), tuple(k - theirs[0] for k in theirs))


def shapes_up_to(longest: int) -> tuple[Shape, ...]:
    """The shapes that hold at most so many segments on either side."""
    return tuple(s for s in SHAPES if max(len(s.candidate), len(s.reference)) <= longest)


#: What a link's gain is made of, and the weight of each. `likeness` is the cosine: in three pieces, times the
#: size of the groups, times what is typical of the texts. `size` and `length` are natural logarithms, of the
#: harmonic mean of the groups' relative lengths and of their ratio; `sentences` is of the ratio of counts.
#: Learned together on public texts: system outputs of WMT22 with their references, disturbed, and a
#: machine-translated yearbook; benchmarks/alignment.py tells how well they do. `across blocks` is a prior:
#: those texts have no paragraphs.
WEIGHTS = {
    "likeness to .15": 5.34,
    "likeness from .15": 3.51,
    "likeness from .3": 2.48,
    "likeness by size": 5.23,
    "likeness against typical": 6.86,
    "size": -1.17,
    "length": -4.12,
    "length beyond 1.6": 2.55,
    "sentences": -1.43,
    "ends": 1.60,
    "group": -0.93,
    "extra": 0.38,
    "extra by rate": 0.49,
    "own share": 6.50,
    "hole": -0.79,
    "across blocks": -0.70,
}
#: The same of leaving a segment alone.
ALONE, ALONE_BY_TYPICAL, ALONE_BY_RATE, ALONE_BY_SIZE = -1.0, 2.75, 0.51, 0.27
#: Texts whose links have a median cosine below the first are no translations of one text: leaving their
#: segments alone gains so much. From the second on they are.
_UNLIKE, _ALIKE, _UNRELATED = 0.1, 0.25, 3.0
#: By so much more alike two pairs of neighbours must be crosswise than straight to be no group, but a move.
_CROSSED_LEAD = 0.15
#: Sizes above this many times the mean are all one.
_LARGE = 3.0


@dataclass(frozen=True, slots=True)
class Prices:
    """What is read off two texts: natural logarithms of how many segments are `alone`, and how many
    are `joined` beyond 1:1, for each link; and `typical`, the median cosine of links.

    `gap` is what leaving a segment alone costs in log-odds, whatever the texts say, or None.
    """

    alone: float = -1.5
    joined: float = -1.5
    typical: float = 0.5
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Links of one shape, by the segments `i` and `j` that they begin with, in order.

    `cosine` is in 0…1; `gain` is what a link adds to a path before the path's prices.
    """

    shape: Shape
    i: Integers
    j: Integers
    cosine: Floats
    gain: Floats


class Evidence:
    """Weighs links between two texts, none of whose segments is blank; blocks are each segment's, by number.

    A group that spans two blocks costs something, unless each segment is a block of its own.
    """

    def __init__(self, features: Features, candidate_blocks: Sequence[int], reference_blocks: Sequence[int]) -> None:
        self.features = features
        self.candidate = _Side(features, features.candidate, candidate_blocks)
        self.reference = _Side(features, features.reference, reference_blocks)
        self._product = cache(features.product)
        self._keys, self._dots = np.full(1, -1), np.zeros(1)

    def table(self, shape: Shape, i: Integers, j: Integers, dots: Dots) -> Table:
        """The links of a shape that begin at `i` and `j`, all of which fit into the texts.

        Two with two gain −∞ where the first answers the second and the second the first.
        """
        terms = self.terms(shape, i, j, dots)
        cosine = terms.pop("cosine")
        gain = np.zeros(len(i))
        for name, values in terms.items():
            gain += WEIGHTS[name] * values
        if shape == Shape(_TWO, _TWO):
            gain[self._crossed(i, j, dots)] = -np.inf
        return Table(shape, i, j, cosine, gain)

    def terms(self, shape: Shape, i: Integers, j: Integers, dots: Dots) -> dict[str, Floats]:
        """What is seen of each link: its cosine, and what `WEIGHTS` weighs, but for what hangs on prices."""
        ours, theirs = self.candidate.group(shape.candidate, i), self.reference.group(shape.reference, j)
        each = [[dots(i + a, j + b) for b in shape.reference] for a in shape.candidate]
        total = _sum([dot for row in each for dot in row])
        cosine = total / np.sqrt(ours.square * theirs.square)
        size = 2 * ours.length * theirs.length / (ours.length + theirs.length)
        length = np.abs(np.log(ours.length / theirs.length))
        same_end = (ours.end == theirs.end) & (ours.end > 0)
        out = {
            "cosine": cosine,
            "likeness to .15": np.minimum(cosine, 0.15),
            "likeness from .15": np.clip(cosine - 0.15, 0, 0.15),
            "likeness from .3": np.maximum(cosine - 0.3, 0),
            "likeness by size": np.minimum(size, _LARGE) * cosine,
            "size": np.log(size),
            "length": length,
            "length beyond 1.6": np.maximum(length - 0.5, 0),
            "sentences": np.abs(np.log(ours.sentences / theirs.sentences)),
            "ends": same_end.astype(float),
            "group": np.full(len(i), float(shape.extra > 0)),
            "extra": np.full(len(i), float(shape.extra)),
            "hole": np.full(len(i), float(sum(map(len, shape.holes)))),
            "across blocks": ours.boundaries + theirs.boundaries,
        }
        if shape.extra:
            by_row = [_sum(row) for row in each]
            by_column = [_sum(column) for column in zip(*each, strict=True)]
            shares = _own_shares(self.candidate, shape.candidate, i, by_row, theirs.square)
            shares += _own_shares(self.reference, shape.reference, j, by_column, ours.square)
            out["own share"] = np.clip(np.min(shares, axis=0), -0.1, 0.3)
        return out

    def priced(self, table: Table, prices: Prices, alone: tuple[Floats, Floats] | None = None) -> Floats:
        """A table's gains with what they gain or lose by the prices.

        `alone` is what leaving each segment alone adds; without it, what a link leaves out is not counted.
        """
        gain = table.gain + WEIGHTS["likeness against typical"] * prices.typical * table.cosine
        gain += WEIGHTS["extra by rate"] * prices.joined * table.shape.extra
        if alone:
            for side, holes, first in zip(alone, table.shape.holes, (table.i, table.j), strict=True):
                for hole in holes:
                    gain += side[first + hole]
        return gain

    def alone(self, prices: Prices) -> tuple[Floats, Floats]:
        """What leaving each segment alone adds to a path, for the candidate's and the reference's."""
        if prices.gap is not None:
            return np.full(len(self.candidate), -prices.gap), np.full(len(self.reference), -prices.gap)
        base = ALONE + ALONE_BY_TYPICAL * prices.typical + ALONE_BY_RATE * prices.alone
        alike = min(max((prices.typical - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0), 1.0)
        base = alike * base + (1 - alike) * _UNRELATED
        ours, theirs = (base + ALONE_BY_SIZE * np.log(side.lengths) for side in (self.candidate, self.reference))
        return ours, theirs

    def worths(self, pairs: Sequence[Pair], prices: Prices) -> tuple[Floats, Floats]:
        """The cosine of each link, and what it adds to a path, wherever its groups stand.

        What a link leaves out between its segments is not counted: it may be linked elsewhere.
        """
        cosine, worth = np.zeros(len(pairs)), np.zeros(len(pairs))
        by_shape: dict[Shape, list[int]] = {}
        for number, pair in enumerate(pairs):
            by_shape.setdefault(shape_of(pair), []).append(number)
        for shape, numbers in by_shape.items():
            i, j = (np.array([pairs[number][side][0] for number in numbers]) for side in (0, 1))
            table = self.table(shape, i, j, self.dots)
            cosine[numbers], worth[numbers] = table.cosine, self.priced(table, prices)
        return cosine, worth

    def remember(self, i: Integers, j: Integers, dots: Floats) -> None:
        """Keeps dot products of pairs of segments, in rising order, for whoever asks for them again."""
        self._keys, self._dots = i * len(self.reference) + j, dots

    def dots(self, i: Integers, j: Integers) -> Floats:
        """Dot products of pairs of segments, wherever they stand."""
        keys = i * len(self.reference) + j
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        out = self._dots[places]
        for number in np.flatnonzero(self._keys[places] != keys).tolist():
            out[number] = self._product(int(i[number]), int(j[number]))
        return out

    def _crossed(self, i: Integers, j: Integers, dots: Dots) -> Booleans:
        """Where two neighbours answer two neighbours in the opposite order."""

        def cosine(down: int, right: int) -> Floats:
            squares = self.candidate.group((down,), i).square * self.reference.group((right,), j).square
            return dots(i + down, j + right) / np.sqrt(squares)

        straight = np.maximum(cosine(0, 0), cosine(1, 1))
        return np.minimum(cosine(0, 1), cosine(1, 0)) > straight + _CROSSED_LEAD


class _Figures(NamedTuple):
    """Of each group: the square of its vector's length, letters relative to the text's mean segment,
    sentences, class of its end, and block ends inside."""

    square: Floats
    length: Floats
    sentences: Floats
    end: Integers
    boundaries: Floats


class _Side:
    """One text's groups."""

    def __init__(self, features: Features, vectors: Vectors, blocks: Sequence[int]) -> None:
        self._near = features.neighbours(vectors, LONGEST)
        self.lengths = vectors.sizes / vectors.sizes.mean()
        self._sentences, self._ends = vectors.sentences, vectors.ends
        starts = np.diff(np.asarray(blocks)) != 0
        self._block = np.concatenate([[0.0], np.cumsum(starts)]) * (not starts.all())

    def __len__(self) -> int:
        return len(self.lengths)

    def inner(self, k: Integers, a: int, b: int) -> Floats:
        """Dot products of segments k + a with k + b of the same text."""
        return self._near[abs(b - a)][k + min(a, b)]

    def group(self, members: Group, k: Integers) -> _Figures:
        """Figures of the groups that begin with the segments `k`."""
        square = _sum(
            [self.inner(k, a, b) * (1 if a == b else 2) for a, b in combinations_with_replacement(members, 2)]
        )
        return _Figures(
            np.maximum(square, 1e-9),
            _sum([self.lengths[k + a] for a in members]),
            _sum([self._sentences[k + a] for a in members]),
            self._ends[k + members[-1]],
            self._block[k + members[-1]] - self._block[k],
        )


def _own_shares(side: _Side, members: Group, k: Integers, dots: list[Floats], other: Floats) -> list[Floats]:
    """For each member of a group, the cosine between it and what the others leave of the other side.

    `dots` are the members' products with the other group, `other` the square of that group's length.
    What is left is the other group's vector less its projection on the sum of the remaining members.
    """
    out = []
    for place, a in enumerate(members if len(members) > 1 else ()):
        rest = [b for b in members if b != a]
        beside = _sum([dot for number, dot in enumerate(dots) if number != place])
        square = np.maximum(side.group(tuple(rest), k).square, 1e-9)
        inner = _sum([side.inner(k, a, b) for b in rest])
        left = np.maximum(other - beside**2 / square, 0.01 * other)
        own = np.maximum(side.inner(k, a, a), 1e-9)
        out.append((dots[place] - beside / square * inner) / np.sqrt(left * own))
    return out


def _sum(rows: Sequence[Floats]) -> Floats:
    """The sum of a few rows, which need not be made one array for it: they are short as often as not."""
    return reduce(add, rows)
