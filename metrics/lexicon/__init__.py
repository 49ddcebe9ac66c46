"""What words of a language do: one file of data a language, one of function words, and a fallback for the others.

A file `CODE.toml` holds entries separated by commas; an entry may be of several words. In a script
without spaces an entry of several characters is several words, as `metrics.words` has it.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from metrics.languages import LANGUAGES
from metrics.words import pieces

Meaning = TypeVar("Meaning")

_FOLD = str.maketrans("’‘ʼ“”„«»—–‐‑\u2212", '\'\'\'"""""-----')
#: Languages that Snowball has a stemmer for; of its two for Dutch, Porter's.
_STEMMERS = {
    **{"en": "english", "de": "german", "fr": "french", "es": "spanish", "ru": "russian", "it": "italian"},
    **{"pt": "portuguese", "nl": "dutch_porter", "sv": "swedish", "da": "danish", "no": "norwegian", "fi": "finnish"},
    **{"hu": "hungarian", "ro": "romanian", "ar": "arabic"},
}


def plain(word: str) -> str:
    """`word` without typographic form of quotes and dashes, or full-width form."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFKC", word).translate(_FOLD)


def fold(word: str) -> str:
    """`word` in plain form, and without case."""
    return plain(word).casefold()


def unaccented(word: str) -> str:
    """`word` without accents."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


class Phrases(Generic[Meaning]):
    """Entries of one or several words, and what each means."""

    def __init__(self, entries: Mapping[str, Meaning]) -> None:
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        self._longest: dict[str, int] = {}
        for entry, meaning in entries.items():
            # Most are plain words, or one character, and need not be cut.
            is_one = len(entry) == 1 or (entry.isascii() and entry.isalpha())
            key = (fold(entry),) if is_one else tuple(fold(piece.text) for piece in pieces(entry))
            self._meanings[key] = meaning
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def __contains__(self, word: str) -> bool:
        """Whether the folded `word` is an entry by itself."""
        return (word,) in self._meanings

    def __bool__(self) -> bool:
        return bool(self._meanings)

    def get(self, word: str) -> Meaning | None:
        """What the folded `word` means by itself."""
        return self._meanings.get((word,))

    @property
    def beginnings(self) -> frozenset[str]:
        """The folded words that an entry begins with."""
        return frozenset(self._longest)

    def find(self, folded: Sequence[str]) -> Iterator[tuple[int, int, Meaning]]:
        """`(start, end, meaning)` of the entries in a row of folded words: leftmost, longest, none overlapping."""
        if self._longest.keys().isdisjoint(folded):
            return
        end = 0
        for at, word in enumerate(folded):
            longest = self._longest.get(word)
            if longest is None or at < end:
                continue
            for length in range(longest, 0, -1):
                key = tuple(folded[at : at + length])
                if key in self._meanings:
                    end = at + len(key)
                    yield at, end, self._meanings[key]
                    break


_NO_PHRASES: Phrases[Any] = Phrases({})


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What the words of a language do.

    `negations` gives False for what only looks like one ("not only"), `denials` may stand for one ("fail to"), and
    `concord` says that several in a clause are one. `modality` gives `possibility`, `necessity` or `report`, and
    `ability`, `obligation` or `source` for what may stand for one of these, and `idiom` for what only looks like one.
    With a negation, `prohibitions` gives True for what forbids ("must not") and False for what only exempts ("need
    not"). `speech` are reporting verbs.

    `pronouns` gives one form for all of a person's; `fixed_order` says that the order of words tells who does what,
    and `agents` bring in the one who does it in a passive. `capitals` says that a capitalised word inside a sentence
    is a name; `endings`, without accents, are what a word made of a name may end with; `aliases` gives all names of
    what has several. `places` gives one form for all words of a place ("Austria", "Austrian").

    `number_words` gives the value of words that are added, `multipliers` of those that multiply what stands before
    them, `ordinals` of "third" and its like, `number_fractions` of "half", which multiplies too or is added, and
    `number_hints` of words that may say a number and may not ("both"), `number_shares` of "quarter" and its like.
    `number_joiners` may stand between number words; `number_compounds` says that these are written together. `months`
    are 1…12, `weekdays` 1…7 from Monday.
    `units` gives one name, a key of `units.toml`, for each way to write it.

    `opposites` are prefixes that turn a word into its opposite. `irregular` gives one form for all of a word's that
    differ inside ("begin", "began"); `augments` are what a form may begin with or have inside (German "ge").
    `doubles` are words that may stand twice in a row. `contrasts` gives all words of which each says something else
    in the same place: opposites, other times, other persons; `determiners` those that say little else, "the" and "its".
    """

    code: str
    function_words: frozenset[str] = frozenset()
    negations: Phrases[bool] = _NO_PHRASES
    denials: Phrases[bool] = _NO_PHRASES
    concord: bool = False
    modality: Phrases[str] = _NO_PHRASES
    prohibitions: Phrases[bool] = _NO_PHRASES
    speech: frozenset[str] = frozenset()
    pronouns: Mapping[str, str] = field(default_factory=dict)
    fixed_order: bool = False
    agents: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    capitals: bool = True
    endings: frozenset[str] = frozenset()
    aliases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    contrasts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    determiners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    number_words: Mapping[str, float] = field(default_factory=dict)
    multipliers: Mapping[str, float] = field(default_factory=dict)
    ordinals: Mapping[str, float] = field(default_factory=dict)
    number_fractions: Mapping[str, float] = field(default_factory=dict)
    number_hints: Mapping[str, float] = field(default_factory=dict)
    number_shares: Mapping[str, float] = field(default_factory=dict)
    number_joiners: frozenset[str] = frozenset()
    number_compounds: bool = False
    decimal_comma: bool = False
    months: Phrases[int] = _NO_PHRASES
    weekdays: Phrases[int] = _NO_PHRASES
    units: Phrases[str] = _NO_PHRASES
    opposites: tuple[str, ...] = ()
    irregular: Mapping[str, str] = field(default_factory=dict)
    augments: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()

    def are_contrary(self, word: str, other: str) -> bool:
        """Whether two folded words stand on different sides of a contrast, such as "more" and "less"."""
        return other in self.contrasts.get(word, ())


@cache
def lexicon(code: str) -> Lexicon:
    """The data for an ISO 639-1 code.

    Where it has no file: the signs and abbreviations that all languages share, and the most frequent words.
    """
    own, common = table(code), table("common")
    numbers, units = own.get("numbers", {}), own.get("units", {})

    def words(key: str) -> frozenset[str]:
        return _folded(own.get(key, ""))

    def phrases(key: str, meaning: bool) -> dict[str, bool]:
        return dict.fromkeys(_entries(own.get(key, "")), meaning)

    return Lexicon(
        code=code,
        function_words=function_words(code),
        negations=Phrases(phrases("negations", True) | phrases("no_negations", False)),
        denials=Phrases(phrases("denials", True)),
        concord=own.get("concord", False),
        modality=Phrases({entry: name for name, text in own.get("modality", {}).items() for entry in _entries(text)}),
        prohibitions=Phrases(phrases("prohibitions", True) | phrases("exemptions", False)),
        speech=words("speech"),
        pronouns=_forms(own.get("pronouns", "")),
        fixed_order=own.get("fixed_order", False),
        agents=words("agents"),
        titles=words("titles"),
        capitals=own.get("capitals", True),
        endings=frozenset(("", *map(unaccented, words("endings")))),
        aliases={name: group for group in map(frozenset, map(str.split, words("aliases"))) for name in group},
        places=_forms(own.get("places", "")),
        contrasts=_contrasts(own.get("contrasts", "")),
        determiners=_contrasts(own.get("determiners", "")),
        number_words=_values(numbers.get("words", "")),
        multipliers=_values(numbers.get("multipliers", "")),
        ordinals=_values(numbers.get("ordinals", "")),
        number_fractions=_values(numbers.get("fractions", "")),
        number_hints=_values(numbers.get("hints", "")),
        number_shares=_values(numbers.get("shares", "")),
        number_joiners=frozenset(map(fold, _entries(numbers.get("joiners", "")))),
        number_compounds=numbers.get("compounds", False),
        decimal_comma=numbers.get("decimal_comma", False),
        months=Phrases(_numbered(own.get("months", []))),
        weekdays=Phrases(_numbered(own.get("weekdays", []))),
        units=Phrases(
            {entry: name for each in (common["units"], units) for name in each for entry in _entries(each[name])}
        ),
        opposites=tuple(map(fold, _entries(own.get("opposites", "")))),
        irregular=_forms(own.get("irregular", "")),
        augments=words("augments"),
        doubles=words("doubles"),
    )


@cache
def function_words(code: str) -> frozenset[str]:
    """The folded words of a language that mean little by themselves, else its most frequent ones; none if unknown."""
    listed = _folded(table("function_words").get(code, ""))
    return listed or (LANGUAGES[code].common if code in LANGUAGES else frozenset())


def stemmer(code: str) -> Callable[[str], str]:
    """What a folded word is reduced to, so that its inflected forms meet; the word itself where none is known.

    Each call makes one of its own: none may be used by two threads at a time.
    """
    name = _STEMMERS.get(code)
    if name is None:
        return lambda word: word
    from Stemmer import Stemmer

    # Whoever asks keeps what it was told, so the stemmer need not.
    stem: Callable[[str], str] = Stemmer(name, 0).stemWord
    return stem


@cache
def table(name: str) -> Mapping[str, Any]:
    """What the file `NAME.toml` holds; nothing where there is none."""
    path = Path(__file__).with_name(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(",") if entry.strip()]


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, _entries(text)))


def _values(text: str) -> dict[str, float]:
    """Entries such as `zero 0, one 1`."""
    pairs = (entry.rsplit(" ", 1) for entry in _entries(text))
    return {fold(word): float(value) for word, value in pairs}


def _forms(text: str) -> dict[str, str]:
    """The first form for each, of entries such as `begin began begun`."""
    return {fold(form): forms[0] for forms in map(str.split, _entries(text)) for form in forms}


def _contrasts(text: str) -> dict[str, frozenset[str]]:
    """For each word the others' sides, of entries such as `rose rises / fell falls`."""
    found: dict[str, set[str]] = {}
    for entry in _entries(text):
        sides = [frozenset(map(fold, side.split())) for side in entry.split("/")]
        for side in sides:
            for word in side:
                found.setdefault(word, set()).update(*(other for other in sides if other is not side))
    return {word: frozenset(others) for word, others in found.items()}


def _numbered(rows: Iterable[str]) -> dict[str, int]:
    return {entry: number for number, row in enumerate(rows, 1) for entry in _entries(row)}
