"""What words of a language do: one file of data a language, and a fallback for the others.

A file `CODE.toml` holds entries separated by commas; an entry may be of several words. In a script
without spaces an entry of several characters is several words, as `metrics.words` has it.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from metrics.words import pieces

Meaning = TypeVar("Meaning")

_FOLD = str.maketrans("’‘ʼ“”„«»—–‐‑", '\'\'\'"""""----')
#: Languages that nltk has a Snowball stemmer for.
_STEMMERS = {
    **{"en": "english", "de": "german", "fr": "french", "es": "spanish", "ru": "russian", "it": "italian"},
    **{"pt": "portuguese", "nl": "dutch", "sv": "swedish", "da": "danish", "no": "norwegian", "fi": "finnish"},
    **{"hu": "hungarian", "ro": "romanian", "ar": "arabic"},
}


def plain(word: str) -> str:
    """`word` without typographic form of quotes and dashes, or full-width form."""
    return unicodedata.normalize("NFKC", word).translate(_FOLD)


def fold(word: str) -> str:
    """`word` in plain form, and without case."""
    return plain(word).casefold()


class Phrases(Generic[Meaning]):
    """Entries of one or several words, and what each means."""

    def __init__(self, entries: Mapping[str, Meaning]) -> None:
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        self._longest: dict[str, int] = {}
        for entry, meaning in entries.items():
            key = tuple(fold(piece.text) for piece in pieces(entry))
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of a language do.

    `negations` gives False for what only looks like one ("not only"), `denials` may stand for one ("fail to"), and
    `concord` says that several in a clause are one. `modality` gives `possibility`, `necessity` or `report`, and
    `ability`, `obligation` or `source` for what may stand for one of these. `speech` are reporting verbs.

    `pronouns` gives one form for all of a person's; `fixed_order` says that the order of words tells who does what,
    and `agents` bring in the one who does it in a passive. `capitals` says that a capitalised word inside a sentence
    is a name; `endings` are what a word made of a name may end with; `aliases` gives all names of what has several.

    `number_words` gives the value of words that are added, `multipliers` of those that multiply what stands before
    them, `ordinals` of "third" and its like, `number_fractions` of "half", which multiplies too or is added, and
    `number_hints` of words that may say a number and may not ("both"). `number_joiners` may stand between number
    words; `number_compounds` says that these are written together. `months` are 1…12, `weekdays` 1…7 from Monday.
    `units` gives one name, a key of `units.toml`, for each way to write it.

    `opposites` are prefixes that turn a word into its opposite. `irregular` gives one form for all of a word's that
    differ inside ("begin", "began"); `augments` are what a form may begin with or have inside (German "ge").
    `doubles` are words that may stand twice in a row.
    """

    code: str
    function_words: frozenset[str] = frozenset()
    negations: Phrases[bool] = field(default_factory=lambda: Phrases({}))
    modality: Phrases[str] = field(default_factory=lambda: Phrases({}))
    speech: frozenset[str] = frozenset()
    pronouns: Mapping[str, str] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    capitals: bool = True
    endings: frozenset[str] = frozenset()
    number_words: Mapping[str, float] = field(default_factory=dict)
    multipliers: Mapping[str, float] = field(default_factory=dict)
    ordinals: Mapping[str, float] = field(default_factory=dict)
    number_fractions: Mapping[str, float] = field(default_factory=dict)
    number_hints: Mapping[str, float] = field(default_factory=dict)
    number_joiners: frozenset[str] = frozenset()
    number_compounds: bool = False
    decimal_comma: bool = False
    months: Phrases[int] = field(default_factory=lambda: Phrases({}))
    weekdays: Phrases[int] = field(default_factory=lambda: Phrases({}))
    units: Phrases[str] = field(default_factory=lambda: Phrases({}))
    opposites: tuple[str, ...] = ()
    irregular: Mapping[str, str] = field(default_factory=dict)
    augments: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()
    denials: Phrases[bool] = field(default_factory=lambda: Phrases({}))
    concord: bool = False
    fixed_order: bool = False
    agents: frozenset[str] = frozenset()
    aliases: Mapping[str, frozenset[str]] = field(default_factory=dict)


@cache
def lexicon(code: str) -> Lexicon:
    """The data for an ISO 639-1 code; where it has no file, the signs and abbreviations that all languages share."""
    common = _table("common")
    own = _table(code)
    numbers, modality = own.get("numbers", {}), own.get("modality", {})
    units = {**common["units"], **own.get("units", {})}
    return Lexicon(
        code=code,
        function_words=frozenset(map(fold, _entries(own.get("function_words", "")))),
        negations=Phrases(
            {
                **dict.fromkeys(_entries(own.get("negations", "")), True),
                **dict.fromkeys(_entries(own.get("no_negations", "")), False),
            }
        ),
        modality=Phrases({entry: name for name, entries in modality.items() for entry in _entries(entries)}),
        speech=frozenset(map(fold, _entries(own.get("speech", "")))),
        pronouns={
            fold(form): forms[0] for forms in map(str.split, _entries(own.get("pronouns", ""))) for form in forms
        },
        titles=frozenset(map(fold, _entries(own.get("titles", "")))),
        capitals=own.get("capitals", True),
        endings=frozenset(("", *_entries(own.get("endings", "")))),
        number_words=_values(numbers.get("words", "")),
        multipliers=_values(numbers.get("multipliers", "")),
        ordinals=_values(numbers.get("ordinals", "")),
        number_fractions=_values(numbers.get("fractions", "")),
        number_hints=_values(numbers.get("hints", "")),
        number_joiners=frozenset(_entries(numbers.get("joiners", ""))),
        number_compounds=numbers.get("compounds", False),
        decimal_comma=numbers.get("decimal_comma", False),
        months=Phrases(_numbered(own.get("months", []))),
        weekdays=Phrases(_numbered(own.get("weekdays", []))),
        units=Phrases(
            {
                entry: name
                for name in units
                for entry in (*_entries(common["units"].get(name, "")), *_entries(own.get("units", {}).get(name, "")))
            }
        ),
        opposites=tuple(_entries(own.get("opposites", ""))),
        irregular={
            fold(form): forms[0] for forms in map(str.split, _entries(own.get("irregular", ""))) for form in forms
        },
        augments=frozenset(map(fold, _entries(own.get("augments", "")))),
        doubles=frozenset(map(fold, _entries(own.get("doubles", "")))),
        denials=Phrases(dict.fromkeys(_entries(own.get("denials", "")), True)),
        concord=own.get("concord", False),
        fixed_order=own.get("fixed_order", False),
        agents=frozenset(map(fold, _entries(own.get("agents", "")))),
        aliases={
            name: group
            for group in (frozenset(map(fold, entry.split())) for entry in _entries(own.get("aliases", "")))
            for name in group
        },
    )


@cache
def stemmer(code: str) -> Callable[[str], str]:
    """What a folded word is reduced to, so that its inflected forms meet; the word itself where none is known."""
    name = _STEMMERS.get(code)
    if name is None:
        return lambda word: word
    from nltk.stem.snowball import SnowballStemmer

    stem: Callable[[str], str] = SnowballStemmer(name).stem
    return stem


def _table(code: str) -> dict[str, Any]:
    path = files(__package__) / f"{code}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(",") if entry.strip()]


def _values(text: str) -> dict[str, float]:
    """Entries such as `zero 0, one 1`."""
    pairs = (entry.rsplit(" ", 1) for entry in _entries(text))
    return {fold(word): float(value) for word, value in pairs}


def _numbered(rows: Iterable[str]) -> dict[str, int]:
    return {entry: number for number, row in enumerate(rows, 1) for entry in _entries(row)}
