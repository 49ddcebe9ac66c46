"""What a segment is made of, and how alike two segments are.

A segment is a sparse vector: letter trigrams inside words and whole words, each weighted by how rare
it is in both texts. The vector of a group is the sum of its segments' vectors, so the cosine of any
two groups comes from products of single segments.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.alignment.fragments import Numbering, heft

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: Ends of sentences inside a segment, with what closes behind them.
_SENTENCE_END = re.compile(r"(?<![.!?…؟])[.!?…؟]++[\"'”’»)\]]*+(?=\s|$)|[。！？；]+[」』”）]*")
_CLOSERS = "\"'”’»“)」』】） "
#: Ends that tell segments apart; others are all one.
_ENDS = {".": 1, "。": 1, "…": 1, "?": 2, "؟": 2, "!": 3, ":": 4}


@dataclass(frozen=True, slots=True)
class Vectors:
    """One text's segments as rows: row k is `ids[starts[k]:starts[k + 1]]`, rising, with `values` beside it.

    `sizes` are counts of letters and digits, plus one; `sentences` counts of sentences, at least one;
    `ends` classes of the last mark, 0 where it tells nothing.
    """

    starts: Integers
    ids: Integers
    values: Floats
    sizes: Floats
    sentences: Floats
    ends: Integers

    def __len__(self) -> int:
        return len(self.sizes)

    def row(self, k: int) -> tuple[Integers, Floats]:
        """The features of segment k, and their weights."""
        at = slice(self.starts[k], self.starts[k + 1])
        return self.ids[at], self.values[at]

    def rows(self) -> Integers:
        """The segment that each value belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def norms(self) -> Floats:
        """The length of each row."""
        squares = np.concatenate([[0.0], np.cumsum(self.values**2)])
        norms: Floats = np.sqrt(np.maximum(squares[self.starts[1:]] - squares[self.starts[:-1]], 0.0))
        return norms


class Features:
    """Both texts' vectors over one vocabulary; `frequency` counts the segments each feature is in."""

    def __init__(self, candidate: Sequence[str], reference: Sequence[str]) -> None:
        numbering = Numbering()
        ids: list[int] = []
        starts = [0]
        for text in (*candidate, *reference):
            ids += numbering.of(text)
            starts.append(len(ids))
        self.names = list(numbering.numbers)
        count, width = len(starts) - 1, max(1, len(self.names))
        keys = np.repeat(np.arange(count), np.diff(starts)) * width + np.array(ids, np.int64)
        unique, counts = np.unique(keys, return_counts=True)
        rows, features = unique // width, unique % width
        self.frequency = np.bincount(features, minlength=len(self.names)).astype(float)
        hefts = np.array([heft(name) for name in self.names])
        weights = hefts * np.log((count + 1) / (self.frequency + 0.5))
        values = (1 + np.log(counts)) * weights[features]
        bounds = np.searchsorted(rows, np.arange(count + 1))
        cut = len(candidate)
        self.candidate = _vectors(bounds[: cut + 1], features, values, candidate)
        self.reference = _vectors(bounds[cut:], features, values, reference)

    def products(self, first: Integers, last: Integers) -> Iterator[Floats]:
        """For each candidate i, its dot products with the references `first[i]` to `last[i]`, exclusive."""
        scratch = np.zeros(len(self.frequency))
        theirs = self.reference
        for i in range(len(self.candidate)):
            ids, values = self.candidate.row(i)
            scratch[ids] = values
            start, end = theirs.starts[first[i]], theirs.starts[last[i]]
            sums = np.zeros(end - start + 1)
            np.cumsum(scratch[theirs.ids[start:end]] * theirs.values[start:end], out=sums[1:])
            cuts = theirs.starts[first[i] : last[i] + 1] - start
            yield sums[cuts[1:]] - sums[cuts[:-1]]
            scratch[ids] = 0

    def product(self, i: int, j: int) -> float:
        """Dot product of candidate i with reference j."""
        ids, values = self.candidate.row(i)
        other_ids, other_values = self.reference.row(j)
        _, mine, other = np.intersect1d(ids, other_ids, assume_unique=True, return_indices=True)
        return float((values[mine] * other_values[other]).sum())

    def shared(self, ours: Sequence[int], theirs: Sequence[int]) -> tuple[Integers, Floats]:
        """Features that two groups share, and what each adds to the product of the groups' vectors."""
        mine, other = np.zeros(len(self.frequency)), np.zeros(len(self.frequency))
        for vectors, segments, total in ((self.candidate, ours, mine), (self.reference, theirs, other)):
            for k in segments:
                ids, values = vectors.row(k)
                total[ids] += values
        both = np.flatnonzero((mine != 0) & (other != 0))
        return both, mine[both] * other[both]

    def neighbours(self, vectors: Vectors, reach: int) -> list[Floats]:
        """Dot products inside one text: `[d][k]` is segment k with segment k + d, d below `reach`."""
        scratch = np.zeros(len(self.frequency))
        out = [np.zeros(max(0, len(vectors) - d)) for d in range(reach)]
        for k in range(len(vectors)):
            ids, values = vectors.row(k)
            scratch[ids] = values
            for d in range(min(reach, len(vectors) - k)):
                other_ids, other_values = vectors.row(k + d)
                out[d][k] = (scratch[other_ids] * other_values).sum()
            scratch[ids] = 0
        return out


def _vectors(bounds: Integers, ids: Integers, values: Floats, texts: Sequence[str]) -> Vectors:
    at = slice(bounds[0], bounds[-1])
    return Vectors(
        starts=bounds - bounds[0],
        ids=ids[at],
        values=values[at],
        sizes=np.array([sum(map(str.isalnum, text)) + 1.0 for text in texts]),
        sentences=np.array([_count_sentences(text) for text in texts], float),
        ends=np.array([_end(text) for text in texts], np.int64),
    )


def _count_sentences(text: str) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(text.strip())]
    return len(ends) if ends and ends[-1] == len(text.strip()) else len(ends) + 1


def _end(text: str) -> int:
    text = text.rstrip(_CLOSERS)
    return _ENDS.get(unicodedata.normalize("NFKC", text[-1]), 0) if text else 0
