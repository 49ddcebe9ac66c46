"""Marks that came to harm: characters read in the wrong encoding, left-over markup, stray and unpaired punctuation."""

import re
from collections.abc import Iterator
from html.entities import name2codepoint

from metrics.comparison import Side
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.findings.quotation import quotations
from metrics.languages import language_named
from metrics.model import Severity, Span
from metrics.patterns import pattern

#: What the bytes 80 to BF are in Windows-1252, the continuation bytes of UTF-8; undefined ones stay controls.
_WESTERN = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0)) + "\x80-\x9f"
_CYRILLIC = "".join(bytes([byte]).decode("cp1251", "ignore") for byte in range(0x80, 0xC0))
#: UTF-8 read as Windows-1252 or Latin-1, or as Windows-1251. What may be a letter before a quotation mark
#: is told only where it comes twice.
_GARBLED = pattern(
    rf"[ÂÃ][{_WESTERN}]|(?<!\w)Â(?!\w)|(?<=[a-z])Ã(?=\s|$)|â€.?|â[\x80-\x9f][\x80-\xbf]|ï»¿|ï¿½"
    rf"|(?:[\xc2-\xdf][{_WESTERN}]){{2,}}|(?:[\xe0-\xef][{_WESTERN}]{{2}}){{2,}}|ð[Ÿ\x9f][{_WESTERN}]{{2}}"
    rf"|(?:[РС][{_CYRILLIC}]){{2,}}|вЂ[{_CYRILLIC}]|[�\x80-\x84\x86-\x9f]"
)
_LEFT_OVER = pattern(
    r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|(?P<name>[a-z][a-z0-9]{1,7}));"
    r"|</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|script|span|strong|style|sub|sup|table|td|th|tr|u|ul)"
    r"(?:\s[^<>]{0,200})?/?>"
    r"|\\u[0-9a-f]{4}",
    re.IGNORECASE,
)
#: So many characters apart, two garbled places are one.
_NEIGHBOURS = 15
#: More garbled places are told in one.
_MANY = 4
#: The shortest word that a full stop makes no abbreviation of.
_WORD = 3
_BULLETS = "•▪●◦‣■□*"
#: Punctuation that no style has, and what in the reference makes up for it.
_STRAY = (
    (r"[,;:]\s?[,;]|(?<=\w),\.(?!\.)|，，|、、|(?<!。)。。(?!。)", None),
    (r"(?<![.?!…。])\.\.(?!\.)", r"\.\.|…"),
    (r"(?<=\w) ,(?=\s|$)|(?<=\w) \.(?=\s|$)(?! \.)", None),
    (r"\([.,;](?![.\w])|\(\s*\)", None),
    (rf"^[{_BULLETS}]\s|\s[{_BULLETS}]$", rf"^\W|\W[{_BULLETS}]$"),
)
_STRAYS = tuple((pattern(stray), pattern(excuse or stray)) for stray, excuse in _STRAY)
_BRACKETS = ("()", "[]", "{}", "【】", "《》", "〈〉")
_CLOSED_BY = {pair[1]: pair[0] for pair in _BRACKETS}
_BRACKET = pattern(f"[{re.escape(''.join(_BRACKETS))}]")
_NARROW = str.maketrans("（）［］｛｝", "()[]{}")
#: Numbering ("a)", "12)") and faces.
_NO_BRACKET = pattern(r"(?:^|(?<=[\s;,.:]))(?:[^\W_]|\d{1,3}|[ivx]{1,4}|\*{1,3})\)|[:;=8]['-]?[()\[\]]")


def look(at: Look) -> Iterator[Found]:
    """Damage to the characters of the candidate that the reference does not show."""
    yield from _garbled(at)
    yield from _left_over(at)
    yield from _stray(at)
    yield from _stray_stops(at)
    if at.reference.tokens:
        yield from _unbalanced(at)


def _garbled(at: Look) -> Iterator[Found]:
    if at.candidate.text.isascii():
        return
    spans: list[Span] = []
    for match in _GARBLED.finditer(at.candidate.text):
        if match[0] in at.reference.text:
            continue
        if spans and match.start() - spans[-1].end <= _NEIGHBOURS:
            spans[-1] = Span(spans[-1].start, match.end())
        else:
            spans.append(Span(*match.span()))
    if len(spans) > _MANY:
        spans = [Span(spans[0].start, spans[-1].end)]
    for span in spans:
        said = f"{quoted(at.candidate, span)} was read in the wrong encoding"
        yield Found("mojibake", Severity.MAJOR, span, None, said)


def _left_over(at: Look) -> Iterator[Found]:
    if not any(mark in at.candidate.text for mark in "&<\\"):
        return
    told: set[str] = set()
    for match in _LEFT_OVER.finditer(at.candidate.text):
        name = match["name"]
        if (
            match[0] in at.reference.text
            or match[0] in told
            or (name and name not in name2codepoint and name != "apos")
        ):
            continue
        told.add(match[0])
        span = Span(*match.span())
        yield Found("mojibake", Severity.MINOR, span, None, f"{quoted(at.candidate, span)} is left-over markup")


def _stray(at: Look) -> Iterator[Found]:
    for stray, excuse in _STRAYS:
        match = stray.search(at.candidate.text)
        if match and not excuse.search(at.reference.text):
            span = Span(*match.span())
            yield Found("fragment", Severity.MINOR, span, None, f"{quoted(at.candidate, span)} is stray punctuation")


def _stray_stops(at: Look) -> Iterator[Found]:
    """Full stops that a word in lower case follows, where that is not how the reference is written."""
    if at.candidate.text == at.candidate.text.lower() or any(_stops_before_lower_case(at, at.reference)):
        return
    for i in _stops_before_lower_case(at, at.candidate):
        span = spanning(at.candidate, i - 1, i + 1)
        before, after = at.candidate.partners[i - 1], at.candidate.partners[i + 1]
        there = spanning(at.reference, before, after) if before is not None and after == before + 1 else None
        yield Found("fragment", Severity.MINOR, span, there, f"{quoted(at.candidate, span)} has a stray full stop")


def _stops_before_lower_case(at: Look, side: Side) -> Iterator[int]:
    abbreviations = language_named(at.lexicon.code).abbreviations
    for i in range(1, len(side.tokens) - 1):
        before, stop, after = side.tokens[i - 1 : i + 2]
        if (
            stop.text == "."
            and stop.end < after.start
            and after.text.islower()
            and len(before.text) >= _WORD
            and before.text.isalpha()
            and before.fold not in abbreviations
        ):
            yield i


def _unbalanced(at: Look) -> Iterator[Found]:
    """Brackets and quotation marks without a partner, where all of the reference's have one."""
    brackets = _lone_brackets(at.candidate.text)
    if brackets and not _lone_brackets(at.reference.text):
        told: set[str] = set()
        for span, opens in brackets:
            bracket = at.candidate.text[span.start]
            if bracket not in told:
                told.add(bracket)
                yield _alone(at, span, opens)
    marks = [quotation for quotation in quotations(at.candidate.text, at.candidate.tokens) if not quotation.whole]
    if marks:
        theirs = quotations(at.reference.text, at.reference.tokens)
        if theirs and all(quotation.whole for quotation in theirs):
            first = min(marks)
            place = first.start if first.opened else first.end - 1
            yield _alone(at, spanning(at.candidate, place), first.opened)


def _alone(at: Look, span: Span, opens: bool) -> Found:
    said = "is not closed" if opens else "closes nothing"
    return Found("unbalanced", Severity.MINOR, span, None, f"{quoted(at.candidate, span)} {said}", 0.5)


def _lone_brackets(text: str) -> list[tuple[Span, bool]]:
    """The brackets without a partner, and whether they open."""
    text = text.translate(_NARROW)
    if not _BRACKET.search(text):
        return []
    none = {at for match in _NO_BRACKET.finditer(text) for at in range(*match.span())}
    opened: dict[str, list[int]] = {}
    lone = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        opener = _CLOSED_BY.get(match[0])
        if opener is None:
            if at not in none:
                opened.setdefault(match[0], []).append(at)
        elif opened.get(opener):
            opened[opener].pop()
        elif at not in none:
            lone.append((Span(at, at + 1), False))
    lone += [(Span(at, at + 1), True) for places in opened.values() for at in places]
    return sorted(lone)
