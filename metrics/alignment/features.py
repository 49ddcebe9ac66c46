"""What a segment is made of, and how alike two segments are.

A segment is a sparse vector: word fragments (character n-grams inside words) and whole words, each
weighted by how rare it is in both texts. Linear counts make the vector of a group the sum of its
segments' vectors, so the cosine of any two groups comes from products of single segments.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.words import UNSPACED, words

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_WORD_WEIGHT = 2
#: Letters of a word, and of a run without spaces, that are looked at: hostile text has words of megabytes.
_LONGEST_WORD = 400
_FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00ad": None, "ё": "е"})
_UNSPACED_RUN = re.compile(rf"[{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Vectors:
    """One text's segments as rows: row k is `ids[starts[k]:starts[k + 1]]` with `values` beside it.

    `sizes` are counts of letters and digits, plus one.
    """

    starts: Integers
    ids: Integers
    values: Floats
    sizes: Floats

    def __len__(self) -> int:
        return len(self.sizes)

    def row(self, k: int) -> tuple[Integers, Floats]:
        """The features of segment k, and their weights."""
        at = slice(self.starts[k], self.starts[k + 1])
        return self.ids[at], self.values[at]

    def norms(self) -> Floats:
        """The length of each row."""
        squares = np.concatenate([[0.0], np.cumsum(self.values**2)])
        norms: Floats = np.sqrt(np.maximum(squares[self.starts[1:]] - squares[self.starts[:-1]], 0.0))
        return norms


class Features:
    """Both texts' vectors over one vocabulary; `frequency` counts the segments each feature is in."""

    def __init__(self, candidate: Sequence[str], reference: Sequence[str]) -> None:
        vocabulary: dict[str, int] = {}
        known: dict[str, list[int]] = {}
        rows = [_row(text, vocabulary, known) for text in (*candidate, *reference)]
        self.frequency = np.zeros(len(vocabulary))
        for ids, _ in rows:
            self.frequency[ids] += 1
        weights = np.log((len(rows) + 1) / (self.frequency + 0.5))
        self.candidate = _vectors(rows[: len(candidate)], weights, candidate)
        self.reference = _vectors(rows[len(candidate) :], weights, reference)

    def products(self, first: Integers, last: Integers) -> Iterator[Floats]:
        """For each candidate i, its dot products with the references `first[i]` to `last[i]`, exclusive."""
        scratch = np.zeros(len(self.frequency))
        theirs = self.reference
        for i in range(len(self.candidate)):
            ids, values = self.candidate.row(i)
            scratch[ids] = values
            start, end = theirs.starts[first[i]], theirs.starts[last[i]]
            sums = np.concatenate([[0.0], np.cumsum(scratch[theirs.ids[start:end]] * theirs.values[start:end])])
            cuts = theirs.starts[first[i] : last[i] + 1] - start
            yield sums[cuts[1:]] - sums[cuts[:-1]]
            scratch[ids] = 0

    def product(self, i: int, j: int) -> float:
        """Dot product of candidate i with reference j."""
        ids, values = self.candidate.row(i)
        other_ids, other_values = self.reference.row(j)
        _, mine, other = np.intersect1d(ids, other_ids, assume_unique=True, return_indices=True)
        return float(values[mine] @ other_values[other])

    def neighbours(self, vectors: Vectors, reach: int) -> list[Floats]:
        """Dot products inside one text: `[d][k]` is segment k with segment k + d, d below `reach`."""
        scratch = np.zeros(len(self.frequency))
        out = [np.zeros(max(0, len(vectors) - d)) for d in range(reach)]
        for k in range(len(vectors)):
            ids, values = vectors.row(k)
            scratch[ids] = values
            for d in range(min(reach, len(vectors) - k)):
                other_ids, other_values = vectors.row(k + d)
                out[d][k] = scratch[other_ids] @ other_values
            scratch[ids] = 0
        return out

    def cosines_in_step(self) -> Floats:
        """Cosine of candidate i with reference i; 1 where both are empty."""
        steps = np.arange(len(self.candidate))
        dots = np.array([row[0] for row in self.products(steps, steps + 1)])
        norms = self.candidate.norms() * self.reference.norms()
        empty = (np.diff(self.candidate.starts) == 0) & (np.diff(self.reference.starts) == 0)
        return np.where(empty, 1.0, dots / np.where(norms > 0, norms, 1.0)) if len(steps) else dots


def normalise(text: str) -> str:
    """`text` without differences of case, Unicode form, quotation marks and dashes."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)


def _row(text: str, vocabulary: dict[str, int], known: dict[str, list[int]]) -> tuple[Integers, Floats]:
    """The features of a segment and how often it has each; `known` keeps those of words met before."""
    text = normalise(text)
    ids: list[int] = []
    runs = _UNSPACED_RUN.findall(text)
    for run in runs:
        ids += _numbered(_fragments(run[:_LONGEST_WORD], (1, 2, 3)), vocabulary)
    for word in words(_UNSPACED_RUN.sub(" ", text) if runs else text):
        if word.text not in known:
            padded = f" {word.text[:_LONGEST_WORD]} "
            known[word.text] = _numbered([padded] * _WORD_WEIGHT + _fragments(padded, (2, 3, 4)), vocabulary)
        ids += known[word.text]
    if not ids and text.strip():
        ids = _numbered([text.strip()[:_LONGEST_WORD]], vocabulary)  # punctuation alone
    unique, counts = np.unique(np.array(ids, np.int64), return_counts=True)
    return unique, counts.astype(float)


def _fragments(text: str, lengths: tuple[int, ...]) -> list[str]:
    return [text[k : k + n] for n in lengths for k in range(len(text) - n + 1)]


def _numbered(grams: list[str], vocabulary: dict[str, int]) -> list[int]:
    return [vocabulary.setdefault(gram, len(vocabulary)) for gram in grams]


def _vectors(rows: Sequence[tuple[Integers, Floats]], weights: Floats, texts: Sequence[str]) -> Vectors:
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids, _ in rows])]).astype(np.int64)
    ids = np.concatenate([ids for ids, _ in rows]) if rows else np.zeros(0, np.int64)
    counts = np.concatenate([counts for _, counts in rows]) if rows else np.zeros(0)
    sizes = np.array([sum(map(str.isalnum, text)) + 1.0 for text in texts])
    return Vectors(starts, ids, counts * weights[ids], sizes)
