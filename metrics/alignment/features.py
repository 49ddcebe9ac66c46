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

from metrics.words import UNSPACED, words

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: A whole word, or a character of a script without spaces, counts as so many of its fragments.
_WORD_WEIGHT = 2.0
#: Letters of a word, and of a run without spaces, that are looked at: hostile text has words of megabytes.
_LONGEST_WORD = 400
_FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00ad": None, "ё": "е"})
_UNSPACED_RUN = re.compile(rf"[{UNSPACED}]+")
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
        vocabulary: dict[str, int] = {}
        known: dict[str, list[int]] = {}
        ids: list[int] = []
        starts = [0]
        for text in (*candidate, *reference):
            ids += _features(normalise(text), vocabulary, known)
            starts.append(len(ids))
        self.names = list(vocabulary)
        count, width = len(starts) - 1, max(1, len(vocabulary))
        keys = np.repeat(np.arange(count), np.diff(starts)) * width + np.array(ids, np.int64)
        unique, counts = np.unique(keys, return_counts=True)
        rows, features = unique // width, unique % width
        self.frequency = np.bincount(features, minlength=len(vocabulary)).astype(float)
        heft = np.array([_WORD_WEIGHT if self.whole(name) else 1.0 for name in self.names])
        weights = heft * np.log((count + 1) / (self.frequency + 0.5))
        values = (1 + np.log(counts)) * weights[features]
        bounds = np.searchsorted(rows, np.arange(count + 1))
        cut = len(candidate)
        self.candidate = _vectors(bounds[: cut + 1], features, values, candidate)
        self.reference = _vectors(bounds[cut:], features, values, reference)

    @staticmethod
    def whole(name: str) -> bool:
        """Whether a feature is a word, written with two spaces behind it, or a character without spaces."""
        return len(name) == 1 or name.endswith("  ")

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


def _features(text: str, vocabulary: dict[str, int], known: dict[str, list[int]]) -> list[int]:
    """The features of a normalised text, each as often as it has it; `known` keeps those of words met before."""
    ids: list[int] = []
    runs = _UNSPACED_RUN.findall(text)
    for run in runs:
        ids += _numbered(_fragments(run[:_LONGEST_WORD], (1, 2)), vocabulary)
    for word in words(_UNSPACED_RUN.sub(" ", text) if runs else text):
        if word.text not in known:
            padded = f" {word.text[:_LONGEST_WORD]} "
            known[word.text] = _numbered([f"{padded} ", *_fragments(padded, (3,))], vocabulary)
        ids += known[word.text]
    if not ids and text.strip():
        ids = _numbered([f" {text.strip()[:_LONGEST_WORD]}  "], vocabulary)  # punctuation alone
    return ids


def _fragments(text: str, lengths: tuple[int, ...]) -> list[str]:
    return [text[k : k + n] for n in lengths for k in range(len(text) - n + 1)]


def _numbered(grams: list[str], vocabulary: dict[str, int]) -> list[int]:
    return [vocabulary.setdefault(gram, len(vocabulary)) for gram in grams]


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
