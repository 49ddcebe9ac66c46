"""Words that came to harm: a text cut off, words doubled, words torn apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import eq

from metrics.comparison import Match, Side, Token
from metrics.findings.found import Found, Look, quoted, spanning
from metrics.model import Severity, Span
from metrics.patterns import pattern
from metrics.vocabulary import Role
from metrics.words import is_unspaced

_CLOSING = "\"'”’»“)]}」』】）》"
_FINAL = frozenset(".!?…。！？؟।॥:;：；")
_TRAILING = pattern(r"(?:\.{3,}|…|\[(?:…|\.{3})\]|\((?:…|\.{3})\))$")
_ELLIPSIS = pattern(r"[\W_]{0,3}(?:\.{3}|…)")
#: What stands for the rest of a text where only its beginning was taken.
_READ_ON = pattern(
    r"(?:\[(?:…|\.{3})\]|\b(?:(?:read|see|show|load) (?:more|on)|continue reading|(?:mehr|weiter) ?lesen|lire la suite"
    r"|en savoir plus|(?:leer|ver|saber) más|(?:seguir|sigue|continuar) leyendo|читать (?:далее|дальше|полностью)"
    r"|подробнее)|阅读(?:更多|全文)|展开全文|查看更多)[\s.…>»→›]*$",
    re.IGNORECASE,
)
#: Words left out behind the last one that both sides have: so many and the text is cut; one is enough behind a function
#: word, or where it follows at once.
_LEFT_OUT = 2
#: The longest run of words, or of characters in a script without spaces, that is looked for a second time.
_RUN, _UNSPACED_RUN = 4, 8
#: The shortest content word that nobody says twice, the shortest word that is looked for in pieces, and the longest
#: piece that is no word where the text has it nowhere else.
_TWICE, _TORN, _PIECE = 5, 5, 2
#: Words with an ending like this are not made of two words, as a rule.
_ENDING = 3
#: A reference with fewer different words does not tell which are words.
_ENOUGH_WORDS = 200
#: In a script without spaces shorter runs are said twice on purpose, unless they are pronouns.
_SHORTEST_UNSPACED_RUN = 4


def look(at: Look) -> Iterator[Found]:
    """Damage to the words of the candidate that the reference does not show."""
    yield from _doubled(at)
    yield from _torn(at)
    yield from _stray_letters(at)
    ours, theirs = _ends(at.candidate), _ends(at.reference)
    if ours and theirs:
        yield from _cut_off(at, ours[1], theirs[1])
        yield from _begun_late(at, ours[0], theirs[0])


def _cut_off(at: Look, last: int, their_last: int) -> Iterator[Found]:
    text, other = at.candidate.text.rstrip(), at.reference.text.rstrip()
    read_on = _READ_ON.search(text)
    if read_on and not _READ_ON.search(other):
        span = Span(*read_on.span())
        yield Found("cut", Severity.MAJOR, span, None, f"the text breaks off at {quoted(at.candidate, span)}")
        return
    word = at.candidate.tokens[last]
    if _same(word, at.reference.tokens[their_last]):
        return
    trailing = _TRAILING.search(text)
    if trailing:
        if not _TRAILING.search(other.rstrip(_CLOSING)):
            span = Span(word.start, trailing.end())
            yield Found("cut", Severity.MINOR, span, None, f"the text breaks off at {quoted(at.candidate, span)}")
    elif not _is_final(text) and _is_final(other) and _breaks_off(at, last):
        span = spanning(at.candidate, last)
        yield Found("cut", Severity.MAJOR, span, None, f"the text breaks off after {quoted(at.candidate, span)}")


def _breaks_off(at: Look, last: int) -> bool:
    """Whether the reference goes on behind the candidate's last word, or that is no word to end with."""
    token = at.candidate.tokens[last]
    if token.role is Role.NUMBER:
        return False
    partner = at.candidate.partners[last]
    if partner is not None and at.candidate.matches[last] is Match.IN_PLACE:
        left = [j for j, other in at.unmatched(at.reference) if j > partner and other.tells]
        goes_on = left[:1] == [partner + 1] or token.role is Role.FUNCTION
        return len(left) >= (1 if goes_on else _LEFT_OUT)
    return _is_beginning(at, token)


def _begun_late(at: Look, first: int, their_first: int) -> Iterator[Found]:
    word, other, partner = at.candidate.tokens[first], at.reference.tokens[their_first], at.candidate.partners[first]
    if not (word.text.islower() and other.text[0].isupper()) or _same(word, other):
        return
    if partner is None or at.candidate.matches[first] is not Match.IN_PLACE or _ELLIPSIS.match(at.reference.text):
        return
    if any(token.tells for j, token in at.unmatched(at.reference) if j < partner):
        span = spanning(at.candidate, first)
        said = f"the text begins in mid-sentence, at {quoted(at.candidate, span)}"
        yield Found("cut", Severity.MAJOR, span, None, said)


def _ends(side: Side) -> tuple[int, int] | None:
    """The first and the last word."""
    count = len(side.tokens)
    first = next((i for i in range(count) if side.tokens[i].role is not Role.PUNCTUATION), None)
    if first is None:
        return None
    return first, next(i for i in reversed(range(count)) if side.tokens[i].role is not Role.PUNCTUATION)


def _same(ours: Token, theirs: Token) -> bool:
    return ours.fold == theirs.fold or ours.entry.stem == theirs.entry.stem


def _is_final(text: str) -> bool:
    text = text.rstrip(_CLOSING)
    return bool(text) and text[-1] in _FINAL


def _is_beginning(at: Look, token: Token) -> bool:
    """Whether the word is the beginning of a longer one of the reference that nothing answers."""
    return len(token.fold) > 1 and any(
        other.fold.startswith(token.fold) and len(other.fold) > len(token.fold) + 1
        for _, other in at.unmatched(at.reference)
    )


def _doubled(at: Look) -> Iterator[Found]:
    """Words that stand twice in a row, and runs of them."""
    folds = at.candidate.folds
    repeats = sorted(_repeats(folds))
    if not repeats:
        return
    known, counts = Counter(at.reference.folds), Counter(folds)
    runs: list[tuple[int, int]] = []
    for start, length in repeats:
        both = at.candidate.tokens[start : start + 2 * length]
        if runs and start + length < runs[-1][1]:
            continue
        if not _is_double(at, both) or any(counts[token.fold] <= known[token.fold] for token in both):
            continue
        if runs and start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], start + 2 * length)
        else:
            runs.append((start, start + 2 * length))
    for start, end in runs:
        span = spanning(at.candidate, start, end - 1)
        yield Found("doubled", Severity.MINOR, span, None, f"{quoted(at.candidate, span)} says the same twice")


def _repeats(folds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """`(start, length)` of what comes again at once."""
    for length in range(1, _UNSPACED_RUN + 1):
        equal = list(map(eq, folds, folds[length:]))
        if True not in equal:
            continue
        same = 0
        for i, again in enumerate(equal):
            same = same + 1 if again else 0
            if same >= length:
                yield i - length + 1, length
                same = 0


def _is_double(at: Look, both: Sequence[Token]) -> bool:
    """Whether nobody would say the same words twice like this on purpose."""
    run = both[: len(both) // 2]
    if any(token.role in (Role.PUNCTUATION, Role.NAME, Role.NUMBER) for token in run):
        return False
    if any(is_unspaced(token.text[0]) for token in run):
        spoken = len(run) > 1 and run[0].fold in at.lexicon.pronouns and run[1].role is Role.FUNCTION
        return spoken or len(run) >= _SHORTEST_UNSPACED_RUN
    if len(run) > _RUN or not any(token.text[0].islower() for token in both):
        return False
    if len(run) > 1:
        return True
    if run[0].fold in at.lexicon.doubles or not at.lexicon.function_words:
        return False
    return run[0].role is Role.FUNCTION or (len(run[0].fold) >= _TWICE and run[0].text.islower())


def _torn(at: Look) -> Iterator[Found]:
    """Words of the reference that the candidate writes in two pieces which are no words."""
    whole = {token.fold: j for j, token in at.unmatched(at.reference) if len(token.fold) >= _TORN}
    if not whole:
        return
    tokens = at.candidate.tokens
    for i, token in at.free(at.candidate):
        parts, last = token.fold.split("-"), i
        if len(parts) == 1 and i + 1 < len(tokens):
            parts, last = [token.fold, tokens[i + 1].fold], i + 1
        j = whole.get("".join(parts)) if len(parts) == 2 else None
        if j is not None and _are_pieces(at, parts[0], parts[1], last > i):
            span, other = spanning(at.candidate, i, last), spanning(at.reference, j)
            said = f"{quoted(at.candidate, span)} is one word in pieces: {quoted(at.reference, other)}"
            yield Found("fragment", Severity.MINOR, span, other, said)


def _are_pieces(at: Look, first: str, second: str, spaced: bool) -> bool:
    """Whether a gap tears a word apart, and does not part the words that it is made of."""
    whole = first + second
    if not whole.isalpha() or is_unspaced(whole[0]):
        return False
    new = [part not in at.vocabulary.reference_words and at.vocabulary[part].rarity == 1.0 for part in (first, second)]
    ending = len(whole) - len(at.vocabulary.stem(whole))
    if new[1] and ending and len(second) <= ending + 1:
        return True
    if not spaced:
        return False
    small = any(is_new and len(part) <= _PIECE for is_new, part in zip(new, (first, second), strict=True))
    content = all(at.vocabulary[part].role is Role.CONTENT for part in (first, second))
    enough = len(at.vocabulary.reference_words) >= _ENOUGH_WORDS
    return content and (small or (all(new) and enough and ending >= _ENDING))


def _stray_letters(at: Look) -> Iterator[Found]:
    """Letters that stand alone, are no words, and belong to no abbreviation, formula or list."""
    if not at.lexicon.function_words:
        return
    told: set[str] = set()
    for i, token in at.free(at.candidate):
        if token.fold in told or len(token.text) > 1 or token.role is not Role.CONTENT or not token.text.islower():
            continue
        around = at.candidate.text[max(0, token.start - 2) : token.start] + at.candidate.text[token.end : token.end + 2]
        before = at.candidate.tokens[i - 1] if i else None
        if _is_lone(around) and token.fold not in at.lexicon.units and not (before and before.role is Role.NUMBER):
            told.add(token.fold)
            span = spanning(at.candidate, i)
            yield Found("fragment", Severity.MINOR, span, None, f"{quoted(at.candidate, span)} stands alone")


def _is_lone(around: str) -> bool:
    """Whether nothing but letters and spaces stands around."""
    return all(character.isalpha() or character == " " for character in around) and " " in around
