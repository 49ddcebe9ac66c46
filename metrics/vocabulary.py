"""What the words of a pair of texts are: names, numbers, function words, and how rare the others are.

A passage alone does not tell; both texts together do. Nothing is known of a language but its
`Lexicon`, so a word is unknown where its letters follow each other as in no word of the reference.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from enum import Enum, auto
from typing import NamedTuple

from metrics.lexicon import Lexicon, fold, stemmer
from metrics.lexicon.figures import figure
from metrics.words import is_unspaced, pieces

#: The shares of the reference's own words whose letters are odder than those of an unusual and an unknown word.
_UNUSUAL, _UNKNOWN = 0.1, 0.02
#: Fewer different words say nothing of what is usual.
_ENOUGH_WORDS = 200

_SENTENCE_ENDS = frozenset(".!?…:;。！？\"'“”„«»‘’([{–—-•*")


class Role(Enum):
    """What a word or a mark is to a reader who compares."""

    NAME = auto()
    NUMBER = auto()
    CONTENT = auto()
    FUNCTION = auto()
    PUNCTUATION = auto()


class Entry(NamedTuple):
    """What is known of one way to write a word.

    `fold` is the word without case, or a number's value; `stem` what its inflected forms have in common,
    `rarity` its inverse document frequency in 0…1: 1 where no second segment of either text has it. `unusual` and
    `unknown` words are none of the reference's, and made of letters as few or hardly any of its words are.
    """

    fold: str
    stem: str
    role: Role
    rarity: float
    unusual: bool = False
    unknown: bool = False


class Vocabulary:
    """The words of both texts."""

    def __init__(self, lexicon: Lexicon, candidate: Iterable[str], reference: Iterable[str]) -> None:
        """`candidate` and `reference` are the texts of their segments."""
        self.lexicon = lexicon
        self._stem = stemmer(lexicon.code)
        self._stems: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        self._lower: set[str] = set()
        self._capital: set[str] = set()
        self._titled: set[str] = set()
        self._segments = 0
        self._frequency: Counter[str] = Counter()
        self._reference: set[str] = set()
        for texts, known in ((candidate, None), (reference, self._reference)):
            for text in texts:
                self._read(text, known)
        self._names = (self._capital if lexicon.capitals else self._titled) - self._lower
        self._trigrams = Counter(trigram for word in self._reference for trigram in set(_trigrams(word)))
        self._odd = self._oddities()

    def __getitem__(self, word: str) -> Entry:
        """The entry of a word or punctuation mark, as written."""
        if word not in self._entries:
            self._entries[word] = self._entry(word)
        return self._entries[word]

    @property
    def reference_words(self) -> Set[str]:
        """The folded words of the reference."""
        return self._reference

    def stem(self, folded: str) -> str:
        """The stem of a folded word."""
        if folded not in self._stems:
            self._stems[folded] = self._stem(folded)
        return self._stems[folded]

    def _read(self, text: str, known: set[str] | None) -> None:
        self._segments += 1
        stems = set()
        begins, titled = True, False
        for piece in pieces(text):
            if not piece.text[0].isalnum():
                # The full stop of "Dr." ends no sentence.
                begins = begins or (piece.text in _SENTENCE_ENDS and not titled)
                continue
            folded = fold(piece.text)
            stems.add(self.stem(folded))
            if known is not None:
                known.add(folded)
            if piece.text[0].islower():
                self._lower.add(folded)
            elif piece.text[0].isupper() and folded not in self.lexicon.titles:
                if titled:
                    self._titled.add(folded)
                if titled or not begins:
                    self._capital.add(folded)
            begins, titled = False, folded in self.lexicon.titles
        self._frequency.update(stems)

    def _entry(self, word: str) -> Entry:
        folded = fold(word)
        if not word[0].isalnum():
            # A currency or percent sign says as much as a number.
            return Entry(folded, folded, Role.NUMBER if folded in self.lexicon.units else Role.PUNCTUATION, 0.0)
        value = self._value(word, folded)
        if value is not None:
            same = f"{value:.15g}"
            return Entry(same, same, Role.NUMBER, 1.0)
        stem = self.stem(folded)
        seen = max(1, self._frequency[stem])
        rarity = math.log((self._segments + 1) / seen) / math.log(self._segments + 1)
        role = self._role(word, folded)
        if role is not Role.CONTENT or folded in self._reference or is_unspaced(folded[0]):
            return Entry(folded, stem, role, rarity)
        oddity = _oddity(folded, self._trigrams, 0)
        return Entry(folded, stem, role, rarity, oddity > self._odd[0], oddity > self._odd[1])

    def _value(self, word: str, folded: str) -> float | None:
        """The value of a number; a lone "one" is a pronoun as often."""
        if word[0].isdigit():
            return figure(word, self.lexicon.decimal_comma)
        value = self.lexicon.number_words.get(folded)
        return None if value == 1 else value

    def _role(self, word: str, folded: str) -> Role:
        if word[0].isdigit():
            return Role.NUMBER
        if folded in self.lexicon.function_words:
            # "May" is a month where it is capitalised inside a sentence.
            is_month = word[0].isupper() and folded in self._capital and folded in self.lexicon.months
            return Role.CONTENT if is_month else Role.FUNCTION
        owner = folded.removesuffix("'s")
        if any(owner in no_names for no_names in (self.lexicon.titles, self.lexicon.months, self.lexicon.weekdays)):
            return Role.CONTENT
        known = folded in self._names or (folded in self.lexicon.places and not self.lexicon.capitals)
        if word[0].isupper() and (known or (len(word) > 1 and word.isupper() and word.isalpha())):
            return Role.NAME
        return Role.CONTENT

    def _oddities(self) -> tuple[float, float]:
        """What an unusual and an unknown word must exceed, by how odd the reference's own words are to the others."""
        if len(self._reference) < _ENOUGH_WORDS:
            return 1.0, 1.0
        oddities = sorted((_oddity(word, self._trigrams, 1) for word in self._reference), reverse=True)
        return oddities[int(_UNUSUAL * len(oddities))], oddities[int(_UNKNOWN * len(oddities))]


def _trigrams(word: str) -> Iterator[str]:
    framed = f"\x02{word}\x03"
    return (framed[i : i + 3] for i in range(len(framed) - 2))


def _oddity(word: str, trigrams: Counter[str], own: int) -> float:
    """The share of a word's trigrams that at most `own` words have."""
    found = list(_trigrams(word))
    return sum(trigrams[trigram] <= own for trigram in found) / len(found) if found else 0.0
