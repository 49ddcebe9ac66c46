"""Where the quotations of a text are."""

from collections.abc import Sequence
from typing import NamedTuple

from metrics.comparison import Token

#: For each mark: the marks that belong together, and whether it opens, closes, or does either.
_FAMILIES = _DOUBLE, _GUILLEMET, _SINGLE_GUILLEMET, _CORNER, _WHITE_CORNER, _SINGLE = range(6)
#: What opens again at each paragraph of a long speech.
_REOPENED = (_DOUBLE, _GUILLEMET)
_OPENS, _CLOSES, _EITHER = 1, -1, 0
_MARKS = {
    **{'"': (_DOUBLE, _EITHER), "＂": (_DOUBLE, _EITHER), "“": (_DOUBLE, _EITHER), "”": (_DOUBLE, _EITHER)},
    **{"„": (_DOUBLE, _OPENS), "‟": (_DOUBLE, _OPENS)},
    **{"«": (_GUILLEMET, _EITHER), "»": (_GUILLEMET, _EITHER)},
    **{"‹": (_SINGLE_GUILLEMET, _EITHER), "›": (_SINGLE_GUILLEMET, _EITHER)},
    **{"「": (_CORNER, _OPENS), "」": (_CORNER, _CLOSES)},
    **{"『": (_WHITE_CORNER, _OPENS), "』": (_WHITE_CORNER, _CLOSES)},
    **{"'": (_SINGLE, _EITHER), "‘": (_SINGLE, _EITHER), "’": (_SINGLE, _EITHER), "‚": (_SINGLE, _OPENS)},
}
#: What a mark does that has a space on both sides or on neither.
_USUAL = {"“": _OPENS, "”": _CLOSES, "«": _OPENS, "»": _CLOSES, "‹": _OPENS, "›": _CLOSES, "‘": _OPENS, "’": _CLOSES}
#: What closes after a mark, however it stands.
_CLOSERS = {"„": "“”", "‟": "”", "»": "«", "›": "‹", "‚": "‘’"}
_BEFORE_OPENING = frozenset("([{-–—/¿¡:") | _MARKS.keys()
_AFTER_CLOSING = frozenset(")]}-–—/.,;:!?…。，、！？；：") | _MARKS.keys()


class Quotation(NamedTuple):
    """Tokens `start` to `end`, marks included and `end` not.

    One that is not `opened` begins with the text; one that is not `closed` goes on to its end, or to where another
    mark ends it.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True

    @property
    def whole(self) -> bool:
        """Whether both marks are there."""
        return self.opened and self.closed


def quotations(text: str, tokens: Sequence[Token]) -> list[Quotation]:
    """The quotations of `text`, whose tokens are `tokens`, by where they close; a nested one closes earlier."""
    found: list[Quotation] = []
    open_: list[tuple[int, int]] = []
    openers: list[list[str]] = [[] for _ in _FAMILIES]
    for i, token in enumerate(tokens):
        if token.text not in _MARKS:
            continue
        family, does = _MARKS[token.text]
        does = does or _direction(text, token, openers[family][-1] if openers[family] else "")
        if family == _SINGLE and not _is_quote(text, token, does):
            continue
        if does == _OPENS:
            if open_ and open_[-1][1] == family and family in _REOPENED:
                found.append(Quotation(open_.pop()[0], i, closed=False))
                openers[family].pop()
            open_.append((i, family))
            openers[family].append(token.text)
        elif openers[family]:
            kind = None
            while kind != family:
                start, kind = open_.pop()
                openers[kind].pop()
                if kind == family and (family != _SINGLE or not _is_letter(tokens[start + 1 : i])):
                    found.append(Quotation(start, i + 1))
                elif kind != family and kind != _SINGLE:
                    found.append(Quotation(start, i, closed=False))
        elif family != _SINGLE and not _is_inches(text, token):
            found.append(Quotation(0, i + 1, opened=False))
    found += [Quotation(start, len(tokens), closed=False) for start, kind in open_ if kind != _SINGLE]
    return found


def outermost(found: Sequence[Quotation]) -> list[Quotation]:
    """The quotations that no other holds, in order."""
    outer: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        if not outer or quotation.end > outer[-1].end:
            outer.append(quotation)
    return outer


def _direction(text: str, token: Token, opener: str) -> int:
    """Whether a mark opens or closes: by the mark that is open, by the space around, and else by what is usual."""
    if token.text in _CLOSERS.get(opener, ()):
        return _CLOSES
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    left = not before or before.isspace() or before in _BEFORE_OPENING
    right = not after or after.isspace() or after in _AFTER_CLOSING
    if left != right:
        return _OPENS if left else _CLOSES
    return _USUAL.get(token.text, _CLOSES if opener else _OPENS)


def _is_inches(text: str, token: Token) -> bool:
    """Whether a mark that closes nothing may stand for inches."""
    return token.text in '"”' and text[token.start - 1 : token.start].isdecimal()


def _is_letter(tokens: Sequence[Token]) -> bool:
    """Whether single marks stand around a letter, as in "rock 'n' roll"."""
    return len(tokens) == 1 and len(tokens[0].text) == 1


def _is_quote(text: str, token: Token, does: int) -> bool:
    """Whether a single mark may be no apostrophe; the one of "the crews' boats" counts as one."""
    if does == _OPENS:
        return token.text != "’"
    possessive = text[token.start - 1 : token.start] == "s" and text[token.end : token.end + 1].isspace()
    return not (possessive and text[token.end + 1 : token.end + 2].isalpha())
