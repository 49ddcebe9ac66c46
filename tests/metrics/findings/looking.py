"""Findings on made-up pairs, as short as they can be written down."""

from collections.abc import Container, Iterable
from itertools import product

from metrics.comparison import Comparison, compare
from metrics.findings import KINDS, find
from metrics.findings.found import Found
from metrics.lexicon import Lexicon, lexicon
from metrics.vocabulary import Vocabulary

LANGUAGES = ("en", "de", "fr", "es", "ru", "zh", "xx")
#: Other sentences of either text, by language, so that words have company. Names must be capitalised inside a sentence.
AROUND = {
    "en": ("In the end Radchenko met Lind and Putin met Xi.", "People came by boat to see the harbour and the wall."),
    "de": ("Dann traf Frau Lind in Berlin Herrn Radtschenko und Dr. Weber.",),
    "fr": ("Alors la mairesse Lind a vu Radchenko, Radtchenko et Moreau à la Chine.",),
    "es": ("Entonces la alcaldesa Lind vio a Radchenko y a Moreno en China.",),
    "ru": ("Потом мэр Линд видела Радченко и Петрова в Китае.",),
    "zh": ("人们乘船来看港口和城墙，议会把它们关闭了。",),
    "ja": ("ひとびとは船で港と壁を見に来た。カフェもあった。",),
    "ko": ("사람들은 배를 타고 항구와 벽을 보러 왔다.",),
    "xx": ("Lorum avas Lind ke tinor Xi mala sevi, ke avas.",),
}
#: 450 words that follow the same habits, so that one that does not stands out.
MANY = " ".join(
    start + middle + end
    for start, middle, end in product(
        ("b", "d", "f", "gr", "h", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w"),
        ("arden", "ellow", "inter", "oling", "ustle", "atter", "emble", "orrow", "under", "ishing"),
        ("", "s", "ed"),
    )
)


def look(
    candidate: str,
    reference: str,
    language: str | Lexicon = "en",
    around: Iterable[str] | None = None,
    kinds: Container[str] = KINDS,
) -> list[tuple[str, str, str]]:
    """`(kind, words of the candidate, words of the reference)` of what is found of some kinds."""
    return [
        (
            found.kind,
            candidate[slice(*found.candidate)] if found.candidate else "",
            reference[slice(*found.reference)] if found.reference else "",
        )
        for found in everything(candidate, reference, language, around, kinds)
    ]


def everything(
    candidate: str,
    reference: str,
    language: str | Lexicon = "en",
    around: Iterable[str] | None = None,
    kinds: Container[str] = KINDS,
) -> list[Found]:
    """All that is found of some kinds."""
    found = find(compared(candidate, reference, language, around)).found
    return [one for one in found if one.kind in kinds]


def compared(
    candidate: str, reference: str, language: str | Lexicon = "en", around: Iterable[str] | None = None
) -> Comparison:
    """The two as a passage of two texts that have the sentences around, too; by default those of `AROUND`."""
    words = lexicon(language) if isinstance(language, str) else language
    known = list(AROUND.get(words.code, ()) if around is None else around)
    return compare(candidate, reference, Vocabulary(words, [candidate, *known], [reference, *known]))
