"""What a segment is made of, and how alike two segments are.

A segment is a sparse vector: word fragments (character n-grams inside words) and whole words, each
weighted by how rare it is in both texts. Linear counts make the vector of a group the sum of its
segments' vectors, so the cosine of any two groups comes from products of single segments.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from metrics.words import UNSPACED, words

Floats = NDArray[np.float64]

_WORD_WEIGHT = 2
_FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00ad": None, "ё": "е"})
_UNSPACED_RUN = re.compile(rf"[{UNSPACED}]+")


class Features:
    """Weighted sparse vectors of both texts' segments; sizes are counts of letters and digits, plus one."""

    def __init__(self, candidate: Sequence[str], reference: Sequence[str]) -> None:
        self.candidate_sizes = _sizes(candidate)
        self.reference_sizes = _sizes(reference)
        vocabulary: dict[str, int] = {}
        rows = [_row(_grams(text), vocabulary) for text in (*candidate, *reference)]
        frequency = np.zeros(len(vocabulary))
        for ids, _ in rows:
            frequency[ids] += 1
        weights = np.log((len(rows) + 1) / (frequency + 0.5))
        weighted = [(ids, counts * weights[ids]) for ids, counts in rows]
        self._candidate, self._reference = weighted[: len(candidate)], weighted[len(candidate) :]
        self._features = len(vocabulary)

    def products(self) -> Floats:
        """Dot products of every candidate with every reference segment."""
        out = np.zeros((len(self._candidate), len(self._reference)))
        scratch = np.zeros(self._features)
        owners = np.repeat(np.arange(len(self._reference)), [len(ids) for ids, _ in self._reference])
        ids = np.concatenate([ids for ids, _ in self._reference]) if self._reference else np.zeros(0, int)
        values = np.concatenate([v for _, v in self._reference]) if self._reference else np.zeros(0)
        for i, (mine, mine_values) in enumerate(self._candidate):
            scratch[mine] = mine_values
            out[i] = np.bincount(owners, scratch[ids] * values, len(self._reference))
            scratch[mine] = 0
        return out

    def cosines_in_step(self) -> Floats:
        """Cosine of candidate i with reference i; 1 where both are empty."""
        scratch: Floats = np.zeros(self._features)
        out: Floats = np.ones(len(self._candidate))
        for i, ((mine, mine_values), (theirs, their_values)) in enumerate(
            zip(self._candidate, self._reference, strict=True)
        ):
            scratch[mine] = mine_values
            norms = np.sqrt((mine_values @ mine_values) * (their_values @ their_values))
            if norms:
                out[i] = scratch[theirs] @ their_values / norms
            elif len(mine) or len(theirs):
                out[i] = 0.0
            scratch[mine] = 0
        return out

    def neighbours(self, reach: int) -> tuple[list[Floats], list[Floats]]:
        """Dot products inside each text: `[d][k]` is segment k with segment k + d, d below `reach`."""
        return _near(self._candidate, self._features, reach), _near(self._reference, self._features, reach)


def normalise(text: str) -> str:
    """`text` without differences of case, Unicode form, quotation marks and dashes."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)


def _sizes(texts: Sequence[str]) -> Floats:
    return np.array([sum(map(str.isalnum, text)) + 1.0 for text in texts])


def _grams(text: str) -> Counter[str]:
    text = normalise(text)
    grams: Counter[str] = Counter()
    for run in _UNSPACED_RUN.findall(text):
        for n in (1, 2, 3):
            for k in range(len(run) - n + 1):
                grams[run[k : k + n]] += 1
    for word in words(_UNSPACED_RUN.sub(" ", text)):
        padded = f" {word.text} "
        grams[padded] += _WORD_WEIGHT
        for n in (2, 3, 4):
            for k in range(len(padded) - n + 1):
                grams[padded[k : k + n]] += 1
    return grams


def _row(grams: Counter[str], vocabulary: dict[str, int]) -> tuple[NDArray[np.int64], Floats]:
    ids = np.fromiter((vocabulary.setdefault(gram, len(vocabulary)) for gram in grams), np.int64, len(grams))
    return ids, np.fromiter(grams.values(), np.float64, len(grams))


def _near(rows: list[tuple[NDArray[np.int64], Floats]], features: int, reach: int) -> list[Floats]:
    scratch = np.zeros(features)
    out = [np.zeros(max(0, len(rows) - d)) for d in range(reach)]
    for k, (ids, values) in enumerate(rows):
        scratch[ids] = values
        for d in range(min(reach, len(rows) - k)):
            other_ids, other_values = rows[k + d]
            out[d][k] = scratch[other_ids] @ other_values
        scratch[ids] = 0
    return out
