"""What each piece of evidence is worth in penalty points: the only place where risk is weighed.

A point is one of the MQM scheme of Freitag et al. (2021), where a minor error counts 1 and a major one 5,
averaged over annotators. Learned on the public TED zh-en annotations of that project (13 systems).
"""

from collections.abc import Mapping

#: A word that the score does not answer for.
SCORE = 0.27
#: A content word without a match that no finding speaks of, by its rarity in 0…1.
WORD = 0.1
#: Such a word of the candidate, if it is unusual.
UNUSUAL = 0.5
#: By kind of finding, times its amount. Those that the annotated talks have too few of to learn from are set to what
#: such an error would cost with an annotator, 5 or 1, times how often a finding of the kind is right, about half.
FINDING: Mapping[str, float] = {
    "name": 0.5,
    "number": 2.0,
    "date": 2.0,
    "percent": 2.0,
    "money": 2.0,
    "unit": 2.0,
    "negation": 2.5,
    "modality": 0.2,
    "attribution": 2.0,
    "quotation": 0.3,
    "order": 2.0,
    "near-miss": 0.7,
    "unknown": 0.5,
    "untranslated": 2.0,
    "mojibake": 0.5,
    "cut": 1.0,
    "doubled": 0.5,
    "fragment": 0.2,
    "unbalanced": 0.1,
    "term": 2.0,
    "omission": 0.1,
    "addition": 0.1,
}


def score(chrf: float, words: int) -> float:
    """The points of a chrF in 0…100 over so many words of the longer side."""
    return SCORE * (1 - chrf / 100) * words


def finding(kind: str, amount: float) -> float:
    """The points of a finding."""
    return FINDING[kind] * amount
