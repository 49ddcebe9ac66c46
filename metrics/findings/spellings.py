"""Whether two words are one name: in another spelling, in another form, or an altogether different one."""

import re

from metrics.comparison import Token
from metrics.findings.found import Look
from metrics.lexicon import Lexicon, unaccented
from metrics.vocabulary import Role

#: Spellings of one sound in the romanisations of names, longest first.
_SOUNDS = (
    *(("dsch", "i"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "i"), ("dj", "i"), ("ch", "c"), ("sh", "s")),
    *(("zh", "s"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ou", "u"), ("oo", "u")),
    *(("q", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("ё", "е"), ("й", "и")),
)
#: How alike the sounds of two spellings must be.
_ALIKE = 0.8
#: The shortest beginning that two words made from one name share.
_ROOT = 3


def derived(word: str, answer: str, lexicon: Lexicon) -> bool:
    """Whether two words are made from one name, as China and Chinese are.

    Thorsbi and Thorsby are not: where either ends with a letter of its own, these are two spellings.
    """
    if len(word) <= _ROOT or word[:_ROOT] != answer[:_ROOT] or are_two_places(word, answer, lexicon):
        return False
    from rapidfuzz.distance import Prefix

    common = Prefix.similarity(word, answer)
    endings = lexicon.endings
    return any(
        unaccented(word[i:]) in endings
        and unaccented(answer[i:]) in endings
        and not (i == common and len(word) == len(answer) == i + 1)
        for i in range(_ROOT, common + 1)
    )


def are_two_places(word: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two words are known to be of two places, such as Austria and Australian."""
    place = lexicon.places.get(word)
    return place is not None and lexicon.places.get(other, place) != place


def sound_alike(at: Look, ours: str, theirs: str) -> bool:
    """Whether two words may be spellings of one name; two that the reference has, or two places, are not."""
    if min(len(ours), len(theirs)) <= _ROOT or are_two_places(ours, theirs, at.lexicon):
        return False
    if {ours, theirs} <= at.vocabulary.reference_words:
        return False
    from rapidfuzz.distance import Indel

    a, b = _sounds(ours), _sounds(theirs)
    return bool(a and b) and a[0] == b[0] and Indel.normalized_similarity(a, b) >= _ALIKE


def ends_apart(word: str, other: str) -> bool:
    """Whether two words are the same but that one ends with i and the other with y, which stemmers take for one."""
    return bool(word and other) and word[:-1] == other[:-1] and {word[-1], other[-1]} == {"i", "y"}


def is_title(lexicon: Lexicon, token: Token) -> bool:
    """Whether a word stands before names, or is a capitalised one of the calendar."""
    return token.fold in lexicon.titles or token.fold in lexicon.months or token.fold in lexicon.weekdays


def is_capitalised(lexicon: Lexicon, token: Token) -> bool:
    """Whether a word may belong to the name next to it, as the first one of North Korea does."""
    return token.text[0].isupper() and token.role in (Role.NAME, Role.CONTENT) and not is_title(lexicon, token)


def _sounds(word: str) -> str:
    sounds = unaccented(word)
    for spelling, sound in _SOUNDS:
        sounds = sounds.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", sounds)
