"""From a `Document` to its segments: sentences and headings, or one segment a line.

Sentences come from nltk's Punkt with each language's abbreviations, and from a rule for scripts that
write no space after a full stop. Nothing is trained or downloaded.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from metrics.languages import Language
from metrics.model import Document, Segment, Span
from metrics.patterns import pattern
from metrics.words import UNSPACED, is_unspaced

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_CLOSERS = r"['\"’”»›)\]}」』）】》〉]"
_LINE = pattern(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
#: A final mark with its closers, unless a comma or a Japanese particle of quotation shows that the sentence goes on.
_UNSPACED_END = pattern(rf"(?:[。！？!?…؟｡]+|\.{{3,}}){_CLOSERS}*+(?!\s*[，、,；])(?!(?<=[」』”])(?:と|って))")
# Hard wraps that stand for no space.
_WRAP_IN_UNSPACED, _WRAP_AMONG_MARKS = (
    pattern(rf"(?<=[{unspaced}，。、；：！？”’」』）])\s*\n\s*(?=[{unspaced}“‘「『（])") for unspaced in (UNSPACED, "")
)
_WRAP_AFTER_HYPHEN = pattern(r"(?<=\w[-‐])\s*\n\s*(?=[^\W\d_A-Z])")
# What Punkt cuts off, or from.
_NUMBER_AND_STOP = pattern(r"(?:^|\s)\d{1,2}\.$")
_FIRST_WORD = pattern(r"[^\W\d_]+")
_INITIALS = pattern(r"(?:(?![a-zß-öø-ÿа-яё])[^\W\d_]\.)+")
_NUMBERING = pattern(r"(?:\d{1,3}|[a-zA-Z])[.)]")
_STRANDED_OPENER = pattern(r"\s+[«“„‘(\[]\Z")
_STRANDED = pattern(rf"(?:{_CLOSERS}|[.,;:!?…])+")

#: Punkt's time per block grows faster than its length; a longer one is cut behind a full stop.
_BLOCK = 20_000
_CUT = pattern(r"(?<=[.!?])\s+")

#: Above these shares of paragraphs, and of sentences inside them, lower-case beginnings are style.
_LOWERCASE_IS_STYLE = (0.2, 0.7)


def segment(document: Document, language: Language) -> tuple[Segment, ...]:
    """The sentences and headings of a document, in order; none crosses a block."""
    spans = [
        (span, number)
        for number, block in enumerate(document.blocks)
        for span in _sentences(document.text, block, language)
    ]
    return tuple(
        Segment(i, span.start, span.end, collapse(document.text[span.start : span.end]), block)
        for i, (span, block) in enumerate(_mended(document.text, spans, language))
    )


def segment_lines(document: Document) -> tuple[Segment, ...]:
    """Each line as one segment, untouched; empty lines count, but for nothing after the last line end."""
    segments: list[Segment] = []
    for match in _LINE.finditer(document.text):
        if match.start() == len(document.text):
            break
        segments.append(Segment(len(segments), *match.span(1), match[1], len(segments)))
    return tuple(segments)


def collapse(raw: str) -> str:
    """`raw` with runs of white space as one space, and hard wraps undone.

    A wrap inside a script without spaces leaves nothing, and none follows a hyphen inside a word.
    """
    if "\n" in raw:
        wrap = _WRAP_IN_UNSPACED if is_unspaced(raw) else _WRAP_AMONG_MARKS
        raw = _WRAP_AFTER_HYPHEN.sub("", wrap.sub("", raw))
    return " ".join(raw.split())


def _sentences(text: str, block: Span, language: Language) -> Iterator[Span]:
    ends = _unspaced_ends(text, block) if language.unspaced else _punkt_ends(text, block, language)
    start = block.start
    for end in [*ends, block.end]:
        raw = text[start:end]
        stripped = raw.strip()
        if stripped:
            first = start + raw.index(stripped[0])
            yield Span(first, first + len(stripped))
        start = end


def _unspaced_ends(text: str, block: Span) -> Iterator[int]:
    """Behind each final mark and its closers."""
    for match in _UNSPACED_END.finditer(text, block.start, block.end):
        yield match.end()


def _punkt_ends(text: str, block: Span, language: Language) -> Iterator[int]:
    punkt = _punkt(language.code)
    start = block.start
    while start < block.end:
        end = block.end
        if end - start > _BLOCK:
            cut = _CUT.search(text, start + _BLOCK, block.end)
            end = cut.start() if cut else end
        for _, sentence_end in punkt.span_tokenize(text[start:end]):
            yield start + sentence_end
        start = end


@cache
def _punkt(code: str) -> "PunktSentenceTokenizer":
    from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer, PunktToken

    from metrics.languages import language_named

    class LanguageVars(PunktLanguageVars):  # type: ignore[misc]
        sent_end_chars = (".", "?", "!", "…", "؟", "۔", "。", "！", "？")

    language = language_named(code)

    class Token(PunktToken):  # type: ignore[misc]
        """Initials are capitals; Punkt takes any single letter for one, and hardly ever ends a sentence there."""

        @property
        def is_initial(self) -> bool:
            return _INITIALS.fullmatch(self.tok) is not None and self.tok[:-1].lower() not in language.abbreviations

    parameters = PunktParameters()
    parameters.abbrev_types = set(language.abbreviations)
    parameters.sent_starters = set(language.common)
    return PunktSentenceTokenizer(parameters, lang_vars=LanguageVars(), token_cls=Token)


def _mended(text: str, spans: list[tuple[Span, int]], language: Language) -> list[tuple[Span, int]]:
    """Pieces cut off by a stray full stop, a stranded quotation mark or an ordinal, joined to what they belong to."""
    joins = _joins_lowercase(text, spans)
    out: list[tuple[Span, int]] = []
    for span, block in spans:
        before = out[-1][0] if out and out[-1][1] == block else None
        if before:
            opener = _STRANDED_OPENER.search(text, before.start, before.end)
            if opener and opener.start() > before.start:
                out[-1] = (Span(before.start, opener.start()), block)
                span = Span(opener.end() - 1, span.end)
        piece = text[span.start : span.end]
        if before and (
            _STRANDED.fullmatch(piece)
            or _NUMBERING.fullmatch(text, before.start, before.end)
            or (joins and _begins_in_lower_case(piece))
            or (language.ordinals and _is_ordinal(text[before.start : before.end], piece, language))
        ):
            out[-1] = (Span(before.start, span.end), block)
        else:
            out.append((span, block))
    return out


def _is_ordinal(before: str, piece: str, language: Language) -> bool:
    """Whether a number and full stop at the end of `before` counts what `piece` begins with.

    A noun follows an ordinal; a sentence mostly begins with a function word.
    """
    word = _FIRST_WORD.match(piece)
    return bool(_NUMBER_AND_STOP.search(before) and word and word[0].casefold() not in language.common)


def _joins_lowercase(text: str, spans: list[tuple[Span, int]]) -> bool:
    """Whether a lower-case beginning is damage in this text, and not how it is written.

    Whoever writes without capitals begins paragraphs so, too; a stray full stop falls inside them.
    """
    lower, total = [0, 0], [0, 0]
    previous = -1
    for span, block in spans:
        inside = block == previous
        total[inside] += 1
        lower[inside] += _begins_in_lower_case(text[span.start : span.end])
        previous = block
    return lower[0] <= _LOWERCASE_IS_STYLE[0] * total[0] and lower[1] <= _LOWERCASE_IS_STYLE[1] * total[1]


def _begins_in_lower_case(piece: str) -> bool:
    first = next((character for character in piece if character.isalnum()), "")
    return first.islower()
