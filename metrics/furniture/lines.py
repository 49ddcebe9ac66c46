"""What a line says by itself: the evidence of its shape and of its wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from metrics.furniture.wording import Wording, read_wording
from metrics.languages import LANGUAGES
from metrics.model import Segment
from metrics.patterns import pattern
from metrics.words import UNSPACED, is_unspaced

#: Sizes in words. From the first on, a line with final punctuation is a sentence; up to the second, one
#: without is a label, and from the third on a headline; a credit is no longer than the fourth.
_SENTENCE, _LABEL, _HEADLINE, _CREDIT = 6, 3, 8, 12
#: A sentence of this many words has the full evidence of length twice over.
_LONG = 30

_ENDED = pattern(r"(?<!\.\.)[.!?。！？؟।](?<!\.\.)['\"’‘”“»«›‹)\]}」』）】*]*$")
_BRACKETED = pattern(r"[\[［【].*[\]］】]$", re.DOTALL)
#: A place in capitals or followed by an agency in brackets, then a dash: the opening of a dispatch.
_DATELINE = pattern(r"[^\W\d_](?:(?=[^a-zß-öø-ÿа-яё]{2})[^!?:;]{1,40}?|[\w .,'’-]{1,30}\([^()]{2,30}\)) ?[–—-]{1,2} ")
_RIGHTS = pattern(r"[©ⓒ℗]|\(c\) ?\d{4}", re.IGNORECASE)
_DATE = pattern(
    r"\b\d{1,2}:\d\d\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b(?:19|20)\d\d\b"
    r"|\d{4}[年년]|\d{1,2}(?:月\d{1,2}日|월)"
)
_SLASH = pattern(r"(?<![\w.])[^\W\d_][\w.]* ?/ ?([^\W\d_])")
_LETTERS = pattern(r"[^\W\d_]+")
_UNSPACED = pattern(rf"[{UNSPACED}]")

_FUNCTION_WORDS = frozenset(word for language in LANGUAGES.values() for word in language.common)
_FUNCTION_CHARACTER = pattern(r"[的了是在不我他她有这這个個们們来來到说說就也对着和地\u3041-\u309f]")
_HANGUL_ENDING = pattern(r"[은는이가을를에의도로다고며서](?=[\s.,!?\"”’]|$)")


@dataclass(slots=True)
class Line:
    """A segment without a counterpart, and what speaks for furniture and for text.

    `size` is in words, two characters of an unspaced script counting as one. `ended` tells of final
    punctuation, `credit` whether it names who made a picture, `joined` whether it stands in one line of
    the file with the one before it. Values of `evidence` are in 0…1, of "length" in 0…2.
    """

    segment: Segment
    size: float
    ended: bool
    credit: bool = False
    joined: bool = False
    evidence: dict[str, float] = field(default_factory=dict)

    @property
    def sentence(self) -> bool:
        """Whether it reads as running text."""
        return self.ended and self.size >= _SENTENCE


def read_line(segment: Segment) -> Line:
    """The line that a segment makes, with the evidence that needs no surroundings."""
    text = segment.text
    wording = read_wording(text)
    unspaced = len(_UNSPACED.findall(text)) if is_unspaced(text) else 0
    line = Line(segment, len(wording.words) + unspaced / 2, is_ended(text))
    evidence = line.evidence
    if line.ended:
        evidence["length"] = min(2.0, line.size / _LONG)
    else:
        if line.size <= _LABEL:
            evidence["label"] = 1.0
        elif line.size >= _HEADLINE:
            evidence["headline"] = 1.0
        if text.endswith((":", "：")):
            evidence["colon"] = 1.0
        evidence["function words"] = min(1.0, 2 * _function_words(text, wording.words))
        words = _LETTERS.findall(text)
        if len(words) > 1:
            evidence["capitals"] = sum(word[0].isupper() for word in words) / len(words)
    if line.sentence:
        evidence["sentence"] = 1.0
        if _DATELINE.match(text):
            evidence["dateline"] = 1.0
    else:
        if wording.share:
            evidence["wording"] = wording.share
        if wording.opening:
            evidence["opening"] = 1.0
        if _DATE.search(text):
            evidence["date"] = 1.0
    if wording.notices:
        evidence["notice"] = min(1.0, len(wording.notices) / 2)
        if "reporting" in wording.notices:
            evidence["reporting"] = 1.0
    if _RIGHTS.search(text):
        evidence["rights"] = 1.0
    if _BRACKETED.match(text):
        evidence["bracketed"] = 1.0
    line.credit = line.size <= _CREDIT and _credits(line, wording)
    if line.credit:
        evidence["credit"] = 1.0
    return line


def is_ended(text: str) -> bool:
    """Whether it has final punctuation; an ellipsis is none, for it ends teasers."""
    return _ENDED.search(text) is not None


def _credits(line: Line, wording: Wording) -> bool:
    """Whether it is worded as a picture's credit, or joins names with a slash."""
    if "credit" in wording.notices:
        return True
    if line.sentence:
        return False
    if wording.credit >= 0.2:
        return True
    slash = _SLASH.search(line.segment.text)
    return (
        slash is not None and slash[1].isupper() and line.evidence.get("capitals", 0.0) >= 0.75 and wording.share < 0.7
    )


def _function_words(text: str, words: Sequence[str]) -> float:
    """Their share of the words, or of the characters in scripts without spaces."""
    if not words:
        return 0.0
    if not text.isascii():
        if any("\uac00" <= character <= "\ud7af" for character in text):
            return len(_HANGUL_ENDING.findall(text)) / len(words)
        if is_unspaced(text):
            return len(_FUNCTION_CHARACTER.findall(text)) / len(text)
    return sum(word in _FUNCTION_WORDS for word in words) / len(words)
