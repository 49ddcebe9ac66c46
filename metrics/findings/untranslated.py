"""Words that were left in another language: in another script, or in another language of the same script."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, takewhile

from metrics.comparison import Side, Token
from metrics.findings.found import Found, Look, per_vocabulary, quoted, spanning
from metrics.languages import LANGUAGES, Language
from metrics.lexicon import function_words
from metrics.model import Severity
from metrics.patterns import pattern
from metrics.vocabulary import Role, Vocabulary

#: The first and the last letter of each of a script's ranges.
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "Latin": ("AZ", "az", "ªª", "ºº", "\u00c0\u00d6", "\u00d8\u00f6", "\u00f8\u024f", "\u1e00\u1eff"),
    "Cyrillic": ("\u0400\u052f",),
    "Han": ("\u3400\u4dbf", "\u4e00\u9fff", "\uf900\ufaff", "\U00020000\U0003ffff"),
    "Kana": ("\u3041\u3096", "\u30a1\u30ff", "\uff66\uff9f"),
    "Hangul": ("\u1100\u11ff", "\u3131\u318e", "\uac00\ud7af"),
    "Greek": ("\u0370\u03ff", "\u1f00\u1fff"),
    "Arabic": ("\u0620\u06ff", "\u0750\u077f"),
    "Hebrew": ("\u05d0\u05ea",),
    "Devanagari": ("\u0900\u097f",),
    "Thai": ("\u0e01\u0e5b",),
    "Georgian": ("\u10a0\u10ff",),
    "Armenian": ("\u0531\u058a",),
}
#: Scripts that texts of another one have, too.
_MIXED: Mapping[str, tuple[str, ...]] = {"Kana": ("Han",), "Hangul": ("Han",)}
#: A text is in the scripts that so many of the letters of its different words belong to.
_SHARE = 0.15
#: What stands in Latin letters in any text: addresses, and names of files.
_ASCII = pattern(r"[!-~]{4,}")
_ADDRESS = pattern(r"://|www\.|@|\w\.[a-z]{2,4}\b", re.IGNORECASE)
#: So many Greek letters may be a symbol.
_SYMBOL = 2
#: A run of another language has so many words, and so many of its function words.
_WORDS, _FUNCTION_WORDS = 3, 2
#: The shortest function word of another language than English that tells by itself.
_LONG = 4
#: English function words that are other words in German, French or Spanish.
_SHARED = frozenset((
    "all", "are", "as", "both", "but", "can", "do", "he", "kind", "like", "made", "me", "mine", "most", "must", "on",
    "once", "or", "ours", "out", "still", "over", "up", "via", "will", "so", "no", "per", "ten", "in", "am",
))  # fmt: skip
_SENTENCE_ENDS = frozenset(".!?…。！？;:()")


def look(at: Look) -> Iterator[Found]:
    """Runs of words that are not in the language of the reference, and not the reference's."""
    yield from _other_script(at)
    yield from _other_language(at)


def _other_script(at: Look) -> Iterator[Found]:
    """Words in a script that the reference is not written in."""
    home = _home_scripts(at.vocabulary)
    foreign = {letter for letter in set(at.candidate.text) if home and _script(letter) not in (None, *home)}
    if not foreign:
        return
    known = set(at.reference.folds)
    addresses = [match.span() for match in _ASCII.finditer(at.candidate.text) if _ADDRESS.search(match[0])]
    run: list[int] = []
    for i, token in enumerate((*at.candidate.tokens, None)):
        if token is not None and token.role is Role.PUNCTUATION:
            continue
        if (
            token is not None
            and token.fold not in known
            and 2 * sum(letter in foreign for letter in token.text) > len(token.text)
            and not any(start <= token.start < end for start, end in addresses)
        ):
            run.append(i)
            continue
        if run and _is_foreign([at.candidate.tokens[k] for k in run], at):
            yield _found(at.candidate, run[0], run[-1])
        run = []


def _is_foreign(run: Sequence[Token], at: Look) -> bool:
    """Whether words in another script are no sign, name or abbreviation that texts of this script have, too."""
    text = "".join(token.text for token in run)
    scripts = set(map(_script, text))
    if "Latin" in scripts:
        return any(
            len(t.text) >= _WORDS and t.text.isalpha() and t.text.islower() and t.fold not in at.lexicon.units
            for t in run
        )
    return len(text) > _SYMBOL or "Greek" not in scripts


@per_vocabulary
def _home_scripts(vocabulary: Vocabulary) -> frozenset[str]:
    """The scripts that the reference is written in, and those that go with them; none where it has no letters."""
    counts: Counter[str] = Counter()
    for letter, count in Counter("".join(vocabulary.reference_words)).items():
        if script := _script(letter):
            counts[script] += count
    home = {name for name, count in counts.items() if count >= _SHARE * counts.total()}
    return frozenset(home).union(*(_MIXED.get(name, ()) for name in home))


@cache
def _script(letter: str) -> str | None:
    """The script that a letter belongs to; None for what is no letter of `_SCRIPTS`."""
    return next((name for name, ranges in _SCRIPTS.items() for ends in ranges if ends[0] <= letter <= ends[1]), None)


def _other_language(at: Look) -> Iterator[Found]:
    """Runs of words with function words of another language that ours does not have."""
    foreign = _foreign_words(at.lexicon.code)
    if not foreign or not at.reference.tokens:
        return
    free = {i: token.fold for i, token in at.free(at.candidate)}
    if not any(fold in foreign for fold in free.values()):
        return
    run: list[int] = []
    for i, token in enumerate((*at.candidate.tokens, None)):
        if token is not None and i in free and _may_be_foreign(at, token, foreign):
            run.append(i)
            continue
        if token is not None and token.role is Role.PUNCTUATION and token.text not in _SENTENCE_ENDS:
            continue
        yield from _in_run(at, run, foreign)
        run = []


def _may_be_foreign(at: Look, token: Token, foreign: Mapping[str, frozenset[str]]) -> bool:
    if token.fold in foreign:
        return True
    return token.role in (Role.CONTENT, Role.NAME) and token.fold not in at.vocabulary.reference_words


def _in_run(at: Look, run: Sequence[int], foreign: Mapping[str, frozenset[str]]) -> Iterator[Found]:
    """The part of a run from one word before the first function word of one language to what follows the last.

    Capitalised words around two function words may be a name.
    """
    if len(run) < _WORDS:
        yield from _in_pairs(at, run, foreign)
        return
    tokens = [at.candidate.tokens[i] for i in run]
    codes = Counter(code for fold in {token.fold for token in tokens} for code in foreign.get(fold, ()))
    if not codes:
        return
    code, different = codes.most_common(1)[0]
    places = [k for k, token in enumerate(tokens) if code in foreign.get(token.fold, ())]
    first, last = max(0, places[0] - 1), min(len(run) - 1, places[-1] + 1)
    named = not any(t.text.islower() and code not in foreign.get(t.fold, ()) for t in tokens[first : last + 1])
    tail = list(takewhile(lambda token: token.text.islower(), tokens[last + 1 :]))
    enough = different >= _FUNCTION_WORDS and last - first + 1 >= _WORDS
    if enough and (different > _FUNCTION_WORDS or not named or len(tail) > 1):
        yield _found(at.candidate, run[first], run[last + len(tail)])
    else:
        yield from _in_pairs(at, run, foreign)


def _in_pairs(at: Look, run: Sequence[int], foreign: Mapping[str, frozenset[str]]) -> Iterator[Found]:
    """Two neighbours in lower case, one a function word of another language, both unknown to the reference."""
    for i, k in pairwise(run):
        pair = at.candidate.tokens[i], at.candidate.tokens[k]
        strange = k == i + 1 and all(_is_strange(at, token) for token in pair)
        if strange and any(_is_small(token.fold, foreign) for token in pair):
            yield _found(at.candidate, i, k)
            return


def _is_small(word: str, foreign: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word is a function word of English, or a longer one of another language: "de facto" is everybody's."""
    codes = foreign.get(word, ())
    return word not in _SHARED and ("en" in codes or (bool(codes) and len(word) >= _LONG))


def _is_strange(at: Look, token: Token) -> bool:
    """Whether a word in lower case is none of the reference's, and no number."""
    known = token.fold in at.vocabulary.reference_words or token.role is Role.NUMBER
    return token.text.isalpha() and token.text.islower() and len(token.text) > 1 and not known


@cache
def _foreign_words(code: str) -> Mapping[str, frozenset[str]]:
    """The function words of other languages that the language `code` does not have, and the languages of each."""
    language = LANGUAGES.get(code)
    if language is None or not _is_latin(language):
        return {}
    ours = _function_words(language)
    found: dict[str, set[str]] = {}
    for other in LANGUAGES.values():
        if other is not language and _is_latin(other):
            for word in _function_words(other) - ours:
                if len(word) > 1 and word.isalpha():
                    found.setdefault(word, set()).add(other.code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _is_latin(language: Language) -> bool:
    return any(word.isascii() for word in language.common)


def _function_words(language: Language) -> frozenset[str]:
    return function_words(language.code) | language.common


def _found(side: Side, first: int, last: int) -> Found:
    span = spanning(side, first, last)
    # A gloss in brackets was put there on purpose.
    several = last > first and side.text[span.start - 1 : span.start] not in ("(", "（")
    severity, amount = (Severity.MAJOR, 1.0) if several else (Severity.MINOR, 0.5)
    said = "look untranslated" if last > first else "looks untranslated"
    return Found("untranslated", severity, span, None, f"{quoted(side, span)} {said}", amount)
