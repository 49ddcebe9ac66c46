"""Commands that mark words as an error. Who has no cursor names the words, or says their numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from metrics.errors import UsageError
from metrics.model import Passage, Severity, Span
from metrics.mqm.model import Side
from metrics.mqm.typology import Category, Typology
from metrics.search import Search
from metrics.words import pieces
from tui.plain.judging import mark_meant
from tui.plain.reading import mark_told
from tui.plain.typed import Word, nearest, typed
from tui.plain.walk import Walk

_NUMBERS = re.compile(r"([rc]?)(\d{1,9})(?:[-–]([rc]?)(\d{1,9}))?")
_KEYS = re.compile(r"([1-9])([a-z]?)")
_SEVERITIES: dict[str, Severity] = {
    ".": Severity.NEUTRAL,
    "m": Severity.MINOR,
    "M": Severity.MAJOR,
    "c": Severity.CRITICAL,
    "C": Severity.CRITICAL,
}
_EXAMPLE = 'mark "unwittingly" accuracy/mistranslation major "the opposite"'


class _Said(NamedTuple):
    """What a mark is to say; None for what was not said."""

    category: Category | None = None
    severity: Severity | None = None
    note: str | None = None


def mark(walk: Walk, rest: str) -> Iterator[str]:
    """Mark words; what is not said is as it was the last time."""
    passage, desk = walk.passage, walk.desk
    words = typed(rest)
    if not words:
        raise UsageError(f"say which words, then category, severity and note as you like: {_EXAMPLE}")
    side, span, left = _place(words, passage)
    said = _said(left, desk.typology)
    category, severity = walk.desk.last_called or (walk.desk.typology.dimensions[0].id, Severity.MINOR)
    made = desk.annotate(
        passage,
        side,
        span,
        said.category.id if said.category else category,
        said.severity or severity,
        said.note or "",
    )
    walk.follow()
    yield f"Marked: {mark_told(walk, made)}."


def edit(walk: Walk, rest: str) -> Iterator[str]:
    """Change a mark: its category, severity or note, or with `on` the words."""
    words = typed(rest)
    number = words.pop(0).text if words and not words[0].quoted and words[0].text.isdigit() else ""
    note = mark_meant(walk, number)
    if not words:
        raise UsageError('say what to change, such as: edit 1 major, edit 1 "another note", edit 1 on 4-6')
    if note.side == Side.SOURCE:
        raise UsageError("this mark is on the source, which is not shown: only 'delete' can take it away")
    side: Side = note.side
    span = Span(note.start, note.end)
    if words[0] == Word("on"):
        side, span, words = _place(words[1:], walk.passage)
    said = _said(words, walk.desk.typology)
    changed = replace(
        note,
        side=side,
        start=span.start,
        end=span.end,
        category=said.category.id if said.category else note.category,
        severity=said.severity or note.severity,
        note=note.note if said.note is None else said.note,
    )
    walk.desk.change(changed)
    walk.follow()
    yield f"Marked: {mark_told(walk, changed)}."


def categories(walk: Walk, rest: str) -> Iterator[str]:
    """Read the dimensions with their keys, or the subtypes of one, or what a category means."""
    typology = walk.desk.typology
    if not rest:
        for dimension in typology.dimensions:
            yield f"{dimension.key}, {dimension.id}: {dimension.name}."
        return
    found = _category(rest, typology)
    if found is None:
        raise _unknown(rest, typology)
    yield f"{found.id}, {found.label}: {found.definition}"
    for subtype in found.subtypes:
        yield f"{found.key}{subtype.key}, {subtype.id}: {subtype.name}."


def _place(words: list[Word], passage: Passage) -> tuple[Side, Span, list[Word]]:
    """The side and the range that the first words name, and the words left. Raises `UsageError`."""
    side: Side | None = None
    if len(words) > 1 and words[0] in (Word("candidate"), Word("reference")):
        side, words = Side(words[0].text), words[1:]
    if not words:
        raise UsageError("say which words, in quotation marks or by their numbers; 'words' reads the numbers")
    first, left = words[0], words[1:]
    if not first.quoted and first.text in ("*", "whole"):
        return side or (Side.CANDIDATE if passage.candidate.text else Side.REFERENCE), Span(0, 0), left
    numbers = None if first.quoted else _NUMBERS.fullmatch(first.text)
    if numbers:
        return *_numbered(numbers, side, passage), left
    return *_named(first.text, side, passage), left


def _text(passage: Passage, side: Side) -> str:
    return passage.candidate.text if side is Side.CANDIDATE else passage.reference.text


def _numbered(numbers: re.Match[str], side: Side | None, passage: Passage) -> tuple[Side, Span]:
    letter, first, other, last = numbers.groups()
    if letter:
        side = Side.REFERENCE if letter == "r" else Side.CANDIDATE
    if other and other != letter:
        raise UsageError("a mark is on one text: write r4-6 for words 4 to 6 of the reference")
    # What the candidate lacks is marked in the reference.
    side = side or (Side.CANDIDATE if passage.candidate.text.strip() else Side.REFERENCE)
    words = pieces(_text(passage, side))
    start, end = int(first), int(last or first)
    if not 1 <= start <= end <= len(words):
        raise UsageError(
            f"the {side} has no words {numbers[0]}: its last is {len(words)}; 'words' reads the numbers, "
            f'and for a number of the text write "{first}"'
        )
    return side, Span(words[start - 1].start, words[end - 1].end)


def _named(text: str, side: Side | None, passage: Passage) -> tuple[Side, Span]:
    """Where words stand: in the candidate, or else in the reference, and there in one place alone."""
    for here in (side,) if side else (Side.CANDIDATE, Side.REFERENCE):
        hits = _hits(text, passage, here)
        if len(hits) > 1:
            words = pieces(_text(passage, here))
            letter = "r" if here is Side.REFERENCE else ""
            places = [_range(hit, [Span(word.start, word.end) for word in words], letter) for hit in hits]
            raise UsageError(f"“{text}” stands {len(hits)} times in the {here}: say which, {' or '.join(places)}")
        if hits:
            return here, hits[0]
    where = f"the {side}" if side else "the passage"
    raise UsageError(f"“{text}” does not stand in {where}: 'words' reads what does, with numbers to mark by")


def _hits(text: str, passage: Passage, side: Side) -> list[Span]:
    """Where words stand as they are typed, or else as a reader takes them; whole words before parts."""
    candidate, reference = Search.compile(text).hits(passage)
    shown = _text(passage, side)
    hits = candidate if side is Side.CANDIDATE else reference
    words = pieces(shown)
    starts, ends = {word.start for word in words}, {word.end for word in words}
    hits = [hit for hit in hits if hit.start in starts and hit.end in ends] or hits
    return [hit for hit in hits if shown[hit.start : hit.end] == text] or hits


def _range(hit: Span, words: list[Span], letter: str) -> str:
    inside = [number for number, word in enumerate(words, 1) if word.start < hit.end and word.end > hit.start]
    return f"{letter}{inside[0]}" + (f"-{inside[-1]}" if len(inside) > 1 else "")


def _said(words: list[Word], typology: Typology) -> _Said:
    """Category, severity and note, each at most once; the note is in quotation marks. Raises `UsageError`."""
    said = _Said()
    for word in words:
        severity = None if word.quoted else _severity(word.text)
        if severity is not None and said.severity is None:
            said = said._replace(severity=severity)
            continue
        category = _category(word.text, typology) if said.category is None and said.note is None else None
        if category is not None:
            said = said._replace(category=category)
        elif not word.quoted:
            if said.category is None:
                raise _unknown(word.text, typology)
            raise UsageError(f'“{word.text}” is too much: write a note in quotation marks, "so"')
        elif said.note is None:
            said = said._replace(note=word.text)
        else:
            raise UsageError("there are two notes: put all of a note between one pair of quotation marks")
    return said


def _severity(word: str) -> Severity | None:
    name = word.casefold()
    return _SEVERITIES.get(word) or (Severity(name) if name in list(Severity) else None)


def _category(word: str, typology: Typology) -> Category | None:
    """The category of an id, a name, or the keys that choose it: `2m`."""
    keys = _KEYS.fullmatch(word)
    if keys:
        dimension = next((each for each in typology.dimensions if each.key == keys[1]), None)
        if dimension is None or not keys[2]:
            return dimension
        return next((each for each in dimension.subtypes if each.key == keys[2]), None)
    return typology.find(word)


def _unknown(word: str, typology: Typology) -> UsageError:
    names = [name for each in typology.categories for name in (each.id, each.id.rpartition("/")[2])]
    return UsageError(f"“{word}” is no category{nearest(word, names)}: 'categories' reads them; a note is quoted")
