"""Words that are a quotation on one side and the text's own on the other."""

from collections.abc import Iterator, Sequence

from metrics.comparison import Match, Side
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.findings.quotation import Quotation, quotations
from metrics.model import Severity, Span
from metrics.vocabulary import Role
from metrics.words import is_unspaced

#: The share of a quotation's words that the other side must have.
_SHARE = 0.8
#: How many times as long as the quotation its words may be spread on the other side.
_SPREAD = 1.5
#: From so many words on, a quotation is more than a term or a title.
_SPEECH = 4
#: With fewer words that tell or introduce it, a text without marks may be the middle of a longer quotation.
_FRAME = 2
#: A quotation of more tokens is not looked for.
_LONGEST = 200


def look(at: Look) -> Iterator[Found]:
    """Quotations whose words the other side has outside of quotation marks."""
    ours, theirs = (quotations(side.text, side.tokens) for side in (at.candidate, at.reference))
    for quotation, place in _taken_out(at, at.candidate, at.reference, ours, theirs):
        message = f"{_words(at.candidate, quotation)} is in quotation marks here, in the reference it is not"
        whole = spanning(at.candidate, quotation.start, quotation.end - 1)
        yield Found("quotation", _severity(at.candidate, quotation), whole, place, message)
    for quotation, place in _taken_out(at, at.reference, at.candidate, theirs, ours):
        message = f"{_words(at.reference, quotation)} is in quotation marks in the reference, here it is not"
        whole = spanning(at.reference, quotation.start, quotation.end - 1)
        yield Found("quotation", _severity(at.reference, quotation), place, whole, message)


def _severity(side: Side, quotation: Quotation) -> Severity:
    enough = _SPEECH if not is_unspaced(side.tokens[quotation.start + 1].text[0]) else 2 * _SPEECH
    return Severity.MAJOR if quotation.end - quotation.start - 2 >= enough else Severity.MINOR


def _words(side: Side, quotation: Quotation) -> str:
    return quoted(side, spanning(side, quotation.start + 1, quotation.end - 2))


def _taken_out(
    at: Look, here: Side, there: Side, own: Sequence[Quotation], others: Sequence[Quotation]
) -> Iterator[tuple[Quotation, Span]]:
    """The quotations of a side that the other has without marks, and where."""
    if not own:
        return
    inside, own_inside = _inside(there, others), _inside(here, own)
    if not others and _outside(here, own_inside) < _FRAME:
        return
    # Where a mark is missing, straight ones may be taken for the wrong way round.
    certain = all(quotation.whole for quotation in own)
    for quotation in own:
        straight = here.tokens[quotation.start].text in "\"'＂"
        if not quotation.whole or quotation.end - quotation.start > _LONGEST or (straight and not certain):
            continue
        words = [i for i in range(quotation.start, quotation.end) if here.tokens[i].role is not Role.PUNCTUATION]
        place = _unquoted(here, words, inside)
        if place is None or _is_speech(there, place[0]):
            continue
        if _is_title(at, here, words) or _is_title(at, there, range(place[0], place[1] + 1)):
            continue
        if len(words) >= _SPEECH or _embedded(here, quotation, place):
            yield quotation, spanning(there, *place)


def _inside(side: Side, found: Sequence[Quotation]) -> list[bool]:
    """For each token whether a quotation holds it."""
    steps = [0] * (len(side.tokens) + 1)
    for quotation in found:
        steps[quotation.start] += 1
        steps[quotation.end] -= 1
    depth, inside = 0, []
    for step in steps[:-1]:
        depth += step
        inside.append(depth > 0)
    return inside


def _outside(side: Side, inside: Sequence[bool]) -> int:
    """How many words outside of quotations the other side has, too."""
    return sum(
        not within and partner is not None and token.role is not Role.PUNCTUATION
        for token, partner, within in zip(side.tokens, side.partners, inside, strict=True)
    )


def _unquoted(here: Side, words: Sequence[int], inside: Sequence[bool]) -> tuple[int, int] | None:
    """Where the other side has the words of a quotation as its own; None where it quotes, lacks or scatters them."""
    places = sorted(k for i in words if (k := here.partners[i]) is not None)
    if not places or len(places) < _SHARE * len(words) or any(inside[k] for k in places):
        return None
    if places[-1] - places[0] >= max(_SPREAD * len(words), len(words) + 1):
        return None
    if not any(here.tokens[i].tells and here.matches[i] is not Match.NONE for i in words):
        return None
    return places[0], places[-1]


def _embedded(here: Side, quotation: Quotation, place: tuple[int, int]) -> bool:
    """Whether a word next to a quotation stands next to its words on the other side."""
    before, after = quotation.start - 1, quotation.end
    return (before >= 0 and here.partners[before] == place[0] - 1) or (
        after < len(here.tokens) and here.partners[after] == place[1] + 1
    )


def _is_speech(side: Side, start: int) -> bool:
    """Whether a dash stands before a token, as many languages print what is said."""
    return start > 0 and side.tokens[start - 1].fold == "-"


def _is_title(at: Look, side: Side, words: Sequence[int]) -> bool:
    """Whether all that tells something is capitalised: names of works and firms stand in marks or in italics."""
    telling = [side.tokens[i].text for i in words if side.tokens[i].tells]
    return at.lexicon.capitals and all(not text[0].islower() for text in telling) and len(telling) > 0
