"""Untrusted text as Markdown that says it and does nothing, and as what else reports are made of."""

import re
from collections.abc import Iterator, Sequence

from metrics.diff import joined
from metrics.model import Change, Mark, Weight
from metrics.visible import REPLACEMENT, clean

#: In CommonMark, GFM and their usual additions these are obeyed wherever they stand, or nearly so.
_ANYWHERE = frozenset("\\`*_[]<>#|~&$^=@")
#: … a colon before anything but white space: URLs, `:smile:`; a list's sign or number at the beginning; `www.`.
_THERE = re.compile(r":(?=\S)|^\s*[-+](?=\s|[-+]|$)|(?<=^)\d+[.)]|\bwww\.", re.IGNORECASE)
# Source: OWASP, “CSV Injection”: what spreadsheets begin a formula with, full width too.
_FORMULA = re.compile("'*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")
# What is no Char in XML 1.0, section 2.2, and is left by `clean`.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_TAGS = {Change.REPLACED: "mark", Change.MOVED: "em", Change.FORM: "i"}


def markdown(text: str) -> str:
    """`text`, cleaned, as Markdown that says it and nothing else."""
    text = clean(text).strip()
    there = {match.end() - 1 for match in _THERE.finditer(text)}
    return "".join(f"\\{c}" if c in _ANYWHERE or at in there else c for at, c in enumerate(text))


def code(text: str) -> str:
    """`text`, cleaned, as a code span of Markdown, in which nothing is obeyed; not for a table, which obeys bars."""
    text = clean(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if text[:1] in "` " or text[-1:] in "` " else f"{fence}{text}{fence}"


def cell(text: str) -> str:
    """`text`, cleaned, for a cell of a spreadsheet, in which it is no formula."""
    text = clean(text)
    return f"'{text}" if _FORMULA.match(text) else text


def xml(text: str) -> str:
    """`text`, cleaned, with no character that XML cannot hold; what XML would obey is for its writer to escape."""
    return _NO_CHARACTER.sub(REPLACEMENT, clean(text))


def tagged(text: str, marks: Sequence[Mark], candidate: bool) -> Iterator[tuple[str, bool, str]]:
    """A side's text in pieces, cleaned: the HTML element that tells how it differs, or nothing; whether strongly."""
    shown, at = clean(text), 0
    for run in joined(text, marks):
        start, end = run[0].start, run[-1].end
        if at < start:
            yield "", False, shown[at:start]
        tag = _TAGS.get(run[0].change) or ("del" if candidate else "ins")
        yield tag, any(mark.weight is Weight.STRONG for mark in run), shown[start:end]
        at = end
    if shown[at:]:
        yield "", False, shown[at:]
