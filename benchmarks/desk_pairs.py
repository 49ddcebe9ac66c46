"""Pairs of texts made for `desk.py`: as many passages as wanted, the same ones for the same seed."""

import random
from collections.abc import Iterator
from pathlib import Path

_FIRST = "bar bel cor dan fer gar hal jor kel lam mar nor pel ran sil tam ver wes yar zel"
_MIDDLE = ("", "a", "i", "o", "ane", "eli", "oru", "una")
_LAST = "band cast den fold gate horn kin land mond ner pier quay rest ston tide wick"
_LINKS = "the a of in on and with for from that which near after before under about"
_VERBS = "is was has had will must could said gave took kept lost found built sold moved"

#: How often a sentence of the candidate lacks, or has nothing to answer; and how often a word of it is another one.
_LONE, _OTHER = 0.01, 0.06
#: Sentences of a paragraph.
_PARAGRAPH = 4


def pair(count: int, seed: int, lines: bool) -> tuple[str, str]:
    """A candidate and a reference of about `count` passages, in words that no language has.

    With `lines`, line answers line, and one without an answer is empty on the other side; else sentences stand in
    paragraphs, and what has no answer is just not there.
    """
    chance = random.Random(seed)
    words = [f"{first}{middle}{last}" for first in _FIRST.split() for middle in _MIDDLE for last in _LAST.split()]
    sides: tuple[list[str], list[str]] = ([], [])
    for _ in range(count):
        reference = list(_sentence(chance, words))
        candidate = list(_changed(chance, words, reference))
        lone = chance.random()
        sides[0].append("" if lone < _LONE else _written(candidate))
        sides[1].append("" if _LONE <= lone < 2 * _LONE else _written(reference))
    ours, theirs = ("\n".join(side) if lines else _paragraphs(side) for side in sides)
    return f"{ours}\n", f"{theirs}\n"


def write_pair(folder: Path, count: int, seed: int, lines: bool) -> tuple[str, str]:
    """The paths of such a pair, written into a folder."""
    paths = folder / "candidate.txt", folder / "reference.txt"
    for path, text in zip(paths, pair(count, seed, lines), strict=True):
        path.write_text(text, encoding="utf-8")
    return str(paths[0]), str(paths[1])


def _sentence(chance: random.Random, words: list[str]) -> Iterator[str]:
    for at in range(chance.randint(6, 26)):
        kind = chance.random()
        if kind < 0.3:
            yield chance.choice(_LINKS.split())
        elif kind < 0.4:
            yield chance.choice(_VERBS.split())
        elif kind < 0.43:
            yield str(chance.randint(2, 9999))
        elif kind < 0.45:
            yield "not"
        elif kind < 0.52 and at:
            yield chance.choice(words).capitalize()
        else:
            yield chance.choice(words)


def _changed(chance: random.Random, words: list[str], sentence: list[str]) -> Iterator[str]:
    """A translation that is as good as the next one: some words are others, some are gone, some numbers wrong."""
    worse = chance.choice((0.3, 1, 1, 3)) * _OTHER
    for word in sentence:
        kind = chance.random()
        if kind < worse / 3:
            continue
        if kind < worse:
            other = str(chance.randint(2, 9999)) if word.isdigit() else chance.choice(words)
            yield other.capitalize() if word.istitle() else other
        else:
            yield word


def _written(sentence: list[str]) -> str:
    text = " ".join(sentence) or "so it is"
    return f"{text[0].upper()}{text[1:]}."


def _paragraphs(sentences: list[str]) -> str:
    paragraphs = (sentences[at : at + _PARAGRAPH] for at in range(0, len(sentences), _PARAGRAPH))
    return "\n\n".join(filter(None, (" ".join(filter(None, some)) for some in paragraphs)))
