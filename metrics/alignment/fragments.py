"""What a segment is made of, by number: letter trigrams inside words, and whole words."""

import unicodedata

from metrics.patterns import pattern
from metrics.words import UNSPACED, is_unspaced, words

#: A whole word, or a character of a script without spaces, counts as so many of its fragments.
_WORD_WEIGHT = 2.0
#: Letters of a word, and of a run without spaces, that are looked at: hostile text has words of megabytes.
_LONGEST_WORD = 400
_FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00ad": None, "ё": "е"})
_UNSPACED_RUN = pattern(rf"[{UNSPACED}]+")


class Numbering:
    """Features by number, from 0 in the order in which they are met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        #: Those of words met before.
        self._known: dict[str, list[int]] = {}

    def of(self, text: str) -> list[int]:
        """The features of a text, each as often as it has it."""
        text = _normalise(text)
        ids: list[int] = []
        runs = _UNSPACED_RUN.findall(text) if is_unspaced(text) else []
        for run in runs:
            ids += self._numbered(_fragments(run[:_LONGEST_WORD], (1, 2)))
        for word in words(_UNSPACED_RUN.sub(" ", text) if runs else text):
            if word.text not in self._known:
                padded = f" {word.text[:_LONGEST_WORD]} "
                self._known[word.text] = self._numbered([f"{padded} ", *_fragments(padded, (3,))])
            ids += self._known[word.text]
        if not ids and text.strip():
            ids = self._numbered([f" {text.strip()[:_LONGEST_WORD]}  "])  # punctuation alone
        return ids

    def _numbered(self, grams: list[str]) -> list[int]:
        return [self.numbers.setdefault(gram, len(self.numbers)) for gram in grams]


def is_whole(name: str) -> bool:
    """Whether a feature is a word, written with two spaces behind it, or a character without spaces."""
    return len(name) == 1 or name.endswith("  ")


def heft(name: str) -> float:
    """How many times a feature counts, besides by how rare it is."""
    return _WORD_WEIGHT if is_whole(name) else 1.0


def _normalise(text: str) -> str:
    """`text` without differences of case, Unicode form, quotation marks and dashes."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)


def _fragments(text: str, lengths: tuple[int, ...]) -> list[str]:
    return [text[k : k + n] for n in lengths for k in range(len(text) - n + 1)]
