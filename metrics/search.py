"""Searching the texts of passages: plain words as a reader takes them, or a regular expression.

Plain search is forgiving. Case matters only if the pattern has a capital letter, accents of Latin, Greek and
Cyrillic letters only if it has one; a quotation mark or apostrophe is as good as another, a run of white space is one
space, and soft hyphens are not there. The pattern is translated into a regular expression for the texts as they stand,
so offsets hold where folding would change lengths: “strasse” finds “Straße”.
"""

import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import prod
from time import monotonic
from typing import Any, Protocol, Self

from metrics.errors import UsageError
from metrics.model import Passage, Span

#: Seconds that a regular expression may take for one text, and for all of them.
_ONE, _ALL = 0.25, 5.0
_TOO_LONG = "the pattern takes too long to match; avoid repeating what repeats, as (a+)+ does"

#: Combining marks that a reader takes for a letter's accent; those of other scripts make other letters.
_ACCENTS = "\u0300-\u036f"
_ACCENT = re.compile(f"[{_ACCENTS}]")
_SOFT_HYPHEN = "\u00ad"
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛ʼ", "'"), **dict.fromkeys("“”„‟", '"')})
#: Where characters stand that differ by case or accents; the rest of Unicode has neither.
_CASED = (
    range(0x3000),
    range(0xA640, 0xAC00),
    range(0xFB00, 0xFB18),
    range(0xFF21, 0xFF5B),
    range(0x10400, 0x10D90),
    range(0x118A0, 0x118E0),
    range(0x16E40, 0x16EE0),
    range(0x1E900, 0x1E944),
)
#: Longer runs in which folded characters overlap, as the ligatures of “ffi” do, are taken letter by letter.
_MOST_OVERLAPPING = 8

#: What says nothing of the case of the letters that a regular expression looks for, and what says that it matters.
_ESCAPES = re.compile(
    r"\\[pPN]\{[^}]*\}|\\.|\(\?P?[<=>&]\w+[>)]|\(\?[A-Za-z0-9-]+[:)]|\[:\^?\w+:\]",
    re.DOTALL,
)
_CASE = re.compile(r"\\[pP]\{\^?L[ult]\}|\[:\^?(?:upper|lower):\]", re.IGNORECASE)
#: A repetition is spelled out when it is compiled; more than so many copies take noticeable time, and memory.
_COUNT = re.compile(r"\{(\d+)")
_MOST_COPIES = 100_000
_TOO_LARGE = "the regular expression is too large; write a smaller one"


class _Matcher(Protocol):
    def spans(self, text: str) -> Iterator[Span]: ...

    def rows(self, passages: Iterable[Passage]) -> Iterator[int]: ...


class Search:
    """A pattern, ready to be looked for; `Search.compile` makes it.

    Hits do not overlap and are not empty, and come leftmost first. An empty pattern has none.
    """

    def __init__(self, pattern: str, regex: bool, matcher: _Matcher) -> None:
        """Use `Search.compile`."""
        self.pattern = pattern
        self.regex = regex
        self._matcher = matcher

    @classmethod
    def compile(cls, pattern: str, regex: bool = False) -> Self:
        """A search for words or, with `regex`, for a regular expression as the library `regex` has them.

        In both, case matters only if the pattern has a capital letter; in a regular expression `(?i)` and `(?-i:…)`
        decide otherwise. Raises `UsageError` for what is no regular expression.
        """
        return cls(pattern, regex, _Expression(pattern) if regex else _Words(pattern))

    def hits(self, passage: Passage) -> tuple[list[Span], list[Span]]:
        """The ranges of the candidate's text and of the reference's that match.

        Raises `UsageError` where a regular expression takes too long.
        """
        return list(self._matcher.spans(passage.candidate.text)), list(self._matcher.spans(passage.reference.text))

    def rows(self, passages: Iterable[Passage]) -> list[int]:
        """Which passages have a hit on either side: their 0-based places, ascending.

        Raises `UsageError` where a regular expression takes too long.
        """
        return list(self._matcher.rows(passages))


class _Words:
    """A plain pattern."""

    def __init__(self, pattern: str) -> None:
        pattern = re.sub(r"\s+", " ", pattern)
        self._cased = any(character.isupper() for character in pattern)
        accented = _ACCENT.search(unicodedata.normalize("NFD", pattern)) is not None
        self._needle = "".join(_folded(character, self._cased, accented) for character in pattern)
        self._expression = re.compile(_translated(self._needle, self._cased, accented))

    def spans(self, text: str) -> Iterator[Span]:
        """Where it stands in `text`."""
        if self._needle:
            yield from (Span(*match.span()) for match in self._expression.finditer(text))

    def rows(self, passages: Iterable[Passage]) -> Iterator[int]:
        """Which passages have it."""
        if not self._needle:
            return
        for row, passage in enumerate(passages):
            if self._stands_in(passage.candidate.text) or self._stands_in(passage.reference.text):
                yield row

    def _stands_in(self, text: str) -> bool:
        # In ASCII each character is its own fold but for case, and looking for a string is ten times as fast.
        if text.isascii():
            return self._needle in (text if self._cased else text.lower())
        return self._expression.search(text) is not None


class _Expression:
    """A regular expression, and the time that it may take."""

    def __init__(self, pattern: str) -> None:
        import regex  # Loaded late: a review may never need it.

        if prod(int(number[:9]) or 1 for number in _COUNT.findall(pattern)) > _MOST_COPIES:
            raise UsageError(_TOO_LARGE)
        capital = any(character.isupper() for character in _ESCAPES.sub("", pattern))
        cased = capital or _CASE.search(pattern) is not None
        try:
            with warnings.catch_warnings():
                # Its warning of sets in sets is meant for programmers, and would be written across the screen.
                warnings.simplefilter("ignore")
                self._expression: Any = regex.compile(pattern, 0 if cased else regex.IGNORECASE)
        except regex.error as error:
            where = "" if error.pos is None else f" at character {error.pos + 1}"
            raise UsageError(
                f"not a regular expression: {error.msg}{where}; mend it, or search for plain text"
            ) from None
        except (OverflowError, RecursionError, MemoryError):
            raise UsageError(_TOO_LARGE) from None

    def spans(self, text: str) -> Iterator[Span]:
        """Where it matches."""
        try:
            yield from self._spans(text, _ONE)
        except TimeoutError:
            raise UsageError(_TOO_LONG) from None

    def rows(self, passages: Iterable[Passage]) -> Iterator[int]:
        """Which passages have a match."""
        end = monotonic() + _ALL
        try:
            for row, passage in enumerate(passages):
                seconds = min(_ONE, end - monotonic())
                if seconds <= 0:
                    raise TimeoutError
                if self._matches(passage.candidate.text, seconds) or self._matches(passage.reference.text, seconds):
                    yield row
        except TimeoutError:
            raise UsageError(_TOO_LONG) from None

    def _matches(self, text: str, seconds: float) -> bool:
        first = self._expression.search(text, timeout=seconds)
        if first is None or first.end() > first.start():
            return first is not None
        return next(self._spans(text, seconds), None) is not None

    def _spans(self, text: str, seconds: float) -> Iterator[Span]:
        for match in self._expression.finditer(text, timeout=seconds):
            if match.end() > match.start():
                yield Span(*match.span())


def _folded(character: str, cased: bool, accented: bool) -> str:
    """What a character is taken for, of any length; `cased` and `accented` say whether case and accents matter."""
    if character == _SOFT_HYPHEN:
        return ""
    taken = (character if cased else character.casefold()).translate(_QUOTES)
    parts = unicodedata.normalize("NFD", taken)
    if _ACCENT.search(parts) is None:
        return taken
    return parts if accented else _ACCENT.sub("", parts)


@cache
def _variants(cased: bool, accented: bool) -> Mapping[str, str]:
    """By what they are taken for: the characters that are taken for it, but for itself."""
    variants: defaultdict[str, str] = defaultdict(str)
    for character in (chr(code) for codes in _CASED for code in codes):
        taken = _folded(character, cased, accented)
        if taken not in ("", character):
            variants[taken] += character
    return dict(variants)


def _translated(needle: str, cased: bool, accented: bool) -> str:
    """A regular expression for all that is taken for `needle`, which is folded."""
    variants = _variants(cased, accented)
    longest = max(map(len, variants))
    # Characters that are not there: accents belong to the letter before them.
    silent = f"{_SOFT_HYPHEN}*" if accented else f"[{_ACCENTS}{_SOFT_HYPHEN}]*"

    def any_of(taken: str) -> str:
        """The characters that are taken for this, as the inside of a set."""
        return "".join(map(re.escape, variants.get(taken, "") + (taken if len(taken) == 1 else "")))

    def tilings(run: str) -> Iterator[tuple[str, ...]]:
        """Every way to write a run as what single characters are taken for."""
        if not run:
            yield ()
        for length in range(1, min(longest, len(run)) + 1):
            if length == 1 or run[:length] in variants:
                yield from ((run[:length], *rest) for rest in tilings(run[length:]))

    def written(run: str) -> str:
        """What `tilings` has, behind a set of all first characters: for such a one `re` looks much faster."""
        ways = list(tilings(run)) if len(run) <= _MOST_OVERLAPPING else [tuple(run)]
        firsts = "".join(dict.fromkeys(any_of(first) for first, *_ in ways))
        rests = (
            (f"(?<=[{any_of(first)}])" if len(ways) > 1 else "")
            + silent
            + "".join(f"[{any_of(taken)}]{silent}" for taken in rest)
            for first, *rest in ways
        )
        return f"[{firsts}](?:{'|'.join(rests)})"

    parts, start = [], 0
    while start < len(needle):
        end, at = start + 1, start
        while at < end:
            ends = range(at + 2, min(at + longest, len(needle)) + 1)
            end = max([end, *(stop for stop in ends if needle[at:stop] in variants)])
            at += 1
        parts.append(written(needle[start:end]))
        if accented and not _ACCENT.match(needle, end):
            parts.append(f"(?![{_ACCENTS}])")
        start = end
    return "".join(parts)
