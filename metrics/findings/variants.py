"""Two words written alike: one word in two spellings or forms, or two words that are easily taken for each other."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from metrics.lexicon import Lexicon, unaccented
from metrics.patterns import pattern

#: What spellings of one word differ in: on either side of the ocean, or before and after a reform.
_SPELLINGS = tuple(
    (pattern(spelling), replacement)
    for spelling, replacement in (
        (r"['\-]", ""),
        (r"[ao]e|[æœ]", "e"),
        (r"our(?!n)", "or"),
        (r"or(?=s?$)", "er"),
        (r"(?<=[^aeiou])re(?=s?$)", "er"),
        (r"ph", "f"),
        (r"[sc](?=[eiy])|s(?=[aou])", "z"),
        (r"gue?(?=s?$)", "g"),
        (r"ti(?=[ae])", "zi"),
        (r"e(?=ment|able|ing)", ""),
        (r"y", "i"),
        (r"k", "c"),
        (r"([^\Waeiou])\1+", r"\1"),
    )
)
#: What French or Italian elide before a word, and what makes a possessive of one.
_ATTACHED = pattern(r"^[^\W\d_]{1,2}'(?=\w{3})|'s?$")
_VOWELS = pattern(r"[aeiouyаеиоуыэюя]+")
#: Two words are near each other with not more edits than this, in not more than this share of the longer one.
_EDITS, _EDITED = 2, 1 / 3
#: Or where a beginning and an end of at least so many letters that they share make up this much of the longer one.
_AFFIX, _SHARED = 2, 0.6
_SHORTEST, _LONGEST = 4, 40


def bare(word: str) -> str:
    """The folded `word` without an elided article before it ("l'eau") or a possessive ending."""
    return _ATTACHED.sub("", word) if "'" in word else word


@lru_cache(maxsize=8192)
def edits(ours: str, theirs: str) -> int | None:
    """How many edits make two folded words of one another, 1 or 2; 3 where they share beginning and end; else None.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours. Words of less than 4 letters are never
    near each other.
    """
    from rapidfuzz.distance import OSA

    ours, theirs = _without_shared_parts(ours, theirs)
    longer, shorter = max(len(ours), len(theirs)), min(len(ours), len(theirs))
    if shorter < _SHORTEST or longer > _LONGEST:
        return None
    most = min(_EDITS, int(longer * _EDITED))
    distance = OSA.distance(ours, theirs, score_cutoff=most)
    if distance <= most:
        return distance
    start, end = _shared(ours, theirs)
    return _EDITS + 1 if min(start, end) >= _AFFIX and start + end >= _SHARED * longer else None


def same_word(ours: str, theirs: str, lexicon: Lexicon) -> bool:
    """Whether two folded words may well be one word in two spellings or forms."""
    if _spelled(ours) == _spelled(theirs) or _irregular(ours, theirs, lexicon.irregular):
        return True
    start, end = _shared(ours, theirs)
    if start and not end and sorted(ours[start:]) != sorted(theirs[start:]):
        return True
    longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    inserted = longer[start : len(longer) - end]
    if start + end == len(shorter) and (
        inserted in lexicon.augments or (len(inserted) > 1 and (start > end or not start))
    ):
        return True
    if lexicon.irregular:
        return False
    a, b = unaccented(ours), unaccented(theirs)
    return a[0] == b[0] and _VOWELS.sub("a", a) == _VOWELS.sub("a", b)


def opposite(ours: str, theirs: str, prefixes: tuple[str, ...], stem: Callable[[str], str]) -> bool:
    """Whether a prefix alone makes one of two folded words the opposite of the other."""
    longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    if len(shorter) < _SHORTEST or not longer.startswith(prefixes):
        return False
    return any(longer.startswith(prefix) and stem(longer[len(prefix) :]) == stem(shorter) for prefix in prefixes)


def _spelled(word: str) -> str:
    """The folded `word` without accents and without what spellings of one word differ in."""
    word = unaccented(word)
    for spelling, replacement in _SPELLINGS:
        word = spelling.sub(replacement, word)
    return word


def _without_shared_parts(ours: str, theirs: str) -> tuple[str, str]:
    """Two words without the part before or behind a hyphen that both have."""
    a, b = ours.split("-"), theirs.split("-")
    if len(a) == 1 or len(b) == 1:
        return ours, theirs
    if a[0] == b[0]:
        a, b = a[1:], b[1:]
    elif a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return "-".join(a), "-".join(b)


def _shared(ours: str, theirs: str) -> tuple[int, int]:
    """How many letters two words share at the beginning, and how many at the end behind that."""
    shorter = min(len(ours), len(theirs))
    start = next((i for i in range(shorter) if ours[i] != theirs[i]), shorter)
    left = shorter - start
    return start, next((i for i in range(left) if ours[-1 - i] != theirs[-1 - i]), left)


def _irregular(ours: str, theirs: str, forms: Mapping[str, str]) -> bool:
    """Whether two words are forms of one, or end with such forms behind the same beginning."""
    start, _ = _shared(ours, theirs)
    return any((form := forms.get(ours[i:])) is not None and form == forms.get(theirs[i:]) for i in range(start + 1))
