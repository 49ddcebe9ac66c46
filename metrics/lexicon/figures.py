"""Numbers written in figures."""

import re
import unicodedata

from metrics.patterns import pattern

_SPACES = "\u2009\u202f\u00a0 "
_PLAIN = pattern(r"\d+")


def figure(text: str, decimal_comma: bool) -> float | None:
    """The value of `text`, such as `2,600.5`; None for times, dates and whatever else is no amount.

    `decimal_comma` says how the language writes decimals; a lone separator before anything but three figures
    is a decimal one in any language, and one that stands twice separates thousands.
    """
    normal = unicodedata.normalize("NFKC", text).translate(dict.fromkeys(map(ord, _SPACES)))
    if _PLAIN.fullmatch(normal):
        return float(normal) if len(normal) < 300 else None
    decimal, thousands = (",", ".") if decimal_comma else (".", ",")
    for point, group in ((decimal, thousands), (thousands, decimal)):
        whole = rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+"
        if re.fullmatch(rf"{whole}(?:{re.escape(point)}\d+)?", normal):
            return float(normal.replace(group, "").replace(point, "."))
        if re.fullmatch(rf"\d+{re.escape(point)}\d+", normal):
            return float(normal.replace(point, "."))
    return None
