"""Untrusted text made visible: what a terminal or a reader's eye would obey is shown instead."""

import unicodedata

#: Stands for what has no picture of its own: C1 controls, lone surrogates.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: Stands for characters that act on their neighbours without being seen.
INVISIBLE = "\N{WHITE BULLET}"

# Format characters that are drawn: Arabic, Syriac and Kaithi number and verse signs.
_DRAWN = frozenset([*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
# Not of category Cf, and yet drawn as nothing: joiners, fillers, variation selectors.
_UNDRAWN = frozenset(
    [
        *(0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2065, 0x3164, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)),
    ]
)


def _stand_in(code: int) -> int:
    if code < 0x20:
        return 0x2400 + code
    if code == 0x7F:
        return 0x2421
    character = chr(code)
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return ord(REPLACEMENT)
    if code in _UNDRAWN or (category == "Cf" and code not in _DRAWN):
        return ord(INVISIBLE)
    return code


class _StandIns(dict[int, int]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> int:
        self[code] = _stand_in(code)
        return self[code]


_STAND_INS = _StandIns()


def clean(text: str) -> str:
    """`text` with every control and invisible character replaced, one for one, by a visible one."""
    return text.translate(_STAND_INS)


def columns(text: str) -> int:
    """Terminal columns of `text`: two for wide characters, none for combining marks."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else not unicodedata.combining(character)
        for character in text
    )
