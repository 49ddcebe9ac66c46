"""Numbers, dates, percentages, sums of money and units that differ."""

from collections.abc import Iterable, Iterator, Sequence

from metrics.comparison import Side
from metrics.findings.facts import Fact, Reading, Sort, read, says_minus, says_numbers
from metrics.findings.found import Found, Look, gaps, quoted, spanning
from metrics.findings.hints import hints
from metrics.findings.keys import Key, of_value
from metrics.findings.units import CURRENCIES, Measures, alike
from metrics.lexicon import Lexicon
from metrics.model import Severity, Span

#: Two facts stand in for each other where the words that both sides share before them differ by at most so many.
_NEAR = 3
#: From this value on, a number that differs by less than the share is a rounded one.
#: A quarter is a percentage that differs by less than this.
_SHARE = 0.01
_ROUNDED_FROM, _ROUNDED = 10_000.0, 0.01


class _Facts:
    """The facts of a side, to be looked up by those of the other."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._units: dict[Key, set[str | None]] = {}
        measured = []
        for fact in facts:
            unit = None if fact.lent else fact.unit
            for key in fact.gives:
                self._units.setdefault(key, set()).add(unit)
            if fact.value is not None and fact.unit is not None:
                measured.append((fact.value, fact.unit))
        self._measures = Measures(measured)

    def answer(self, fact: Fact) -> bool:
        """Whether there is a fact with the same meaning, or with a less exact one."""
        for key in fact.wants:
            units = self._units.get(key)
            if units is not None and (
                fact.unit is None
                or fact.lent
                or None in units
                or any(alike(fact.unit, u) for u in units if u is not None)
            ):
                return True
        return fact.value is not None and fact.unit is not None and (fact.value, fact.unit) in self._measures


def look(at: Look) -> Iterator[Found]:
    """What one side says in numbers and the other does not."""
    if not says_numbers(at.candidate, at.lexicon) and not says_numbers(at.reference, at.lexicon):
        return
    signs = not (says_minus(at.candidate) or says_minus(at.reference))
    ours, theirs = read(at.candidate, at.lexicon, signs), read(at.reference, at.lexicon, signs)
    our_index, their_index = _Facts(ours.facts), _Facts(theirs.facts)
    added = [fact for fact in ours.facts if not their_index.answer(fact)]
    missing = [fact for fact in theirs.facts if not our_index.answer(fact)]
    for side, facts, others in ((at.candidate, ours.facts, added), (at.reference, theirs.facts, missing)):
        for fact in facts:
            if fact not in others and fact.first < fact.last:
                at.settle(side, fact.first, fact.last)
    changed = list(_in_place(at, ours.facts, theirs.facts, {*added, *missing}))
    yield from _all_changed(at, changed)
    spoken = {fact for pair in changed for fact in pair}
    added = _unspoken(added, spoken, at.reference, theirs, at.lexicon)
    missing = _unspoken(missing, spoken, at.candidate, ours, at.lexicon)
    if added and missing:
        pairs = _pairs(at, added, missing)
        yield from (_changed(at, our, their) for our, their in pairs)
        spoken = {fact for pair in pairs for fact in pair}
        added, missing = ([fact for fact in facts if fact not in spoken] for facts in (added, missing))
    for fact in filter(_is_missed, missing):
        span = _span(at.reference, fact)
        yield Found(
            fact.kind, Severity.MINOR, None, span, f"the reference’s {quoted(at.reference, span)} is missing", 0.5
        )
    for fact in filter(_is_missed, added):
        span = _span(at.candidate, fact)
        yield Found(fact.kind, Severity.MAJOR, span, None, f"the reference does not have {quoted(at.candidate, span)}")


def _all_changed(at: Look, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Found]:
    """What is told of pairs in place of each other: two that changed places are one finding."""
    left = list(pairs)
    while left:
        our, their = left.pop(0)
        swapped = next((pair for pair in left if pair[0].wants == their.wants and pair[1].wants == our.wants), None)
        if swapped is None:
            yield _changed(at, our, their)
            continue
        left.remove(swapped)
        ours = _around(at.candidate, our, swapped[0])
        theirs = _around(at.reference, their, swapped[1])
        first, second = (quoted(at.candidate, _span(at.candidate, fact)) for fact in (our, swapped[0]))
        message = f"{first} and {second} have changed places"
        yield Found(their.kind, Severity.MAJOR, ours, theirs, message)


def _around(side: Side, one: Fact, other: Fact) -> Span:
    return spanning(side, min(one.first, other.first), max(one.last, other.last))


def _is_missed(fact: Fact) -> bool:
    """Whether a fact is worth a word where nothing stands in its place: not months, weekdays, and "two" alone."""
    return fact.sort in (Sort.NUMBER, Sort.DATE) and not (fact.small and fact.unit is None)


def _unspoken(facts: Sequence[Fact], spoken: set[Fact], other: Side, there: Reading, language: Lexicon) -> list[Fact]:
    """Those of `facts` that are worth a word: trusted, not spoken of yet, and not hinted at by the other side."""
    left = [fact for fact in facts if not fact.weak and fact not in spoken]
    if not left:
        return left
    hinted = hints(other, language)
    shares = [
        known[word]
        for known in (language.number_shares, language.number_fractions)
        for word in other.folds
        if word in known
    ]
    counts = (0.5, 1.0, 1.5) if there.halves else (1.0,)
    measures = Measures((count, unit) for unit in there.units for count in counts)

    def is_said(fact: Fact) -> bool:
        if not hinted.isdisjoint(fact.wants):
            return True
        if any(key[0] == "decade" and ("value", f"{key[1]:.12g}") in hinted for key in fact.wants):
            return True
        if fact.value is None or fact.unit is None:
            return False
        if fact.unit == "percent" and any(abs(fact.value / 100 - share) < _SHARE for share in shares):
            return True
        if fact.unit == "percent" and of_value(fact.value / 100) in hinted:
            return True
        return (fact.value, fact.unit) in measures or (fact.value in counts and fact.unit in there.units)

    return [fact for fact in left if not is_said(fact)]


def _in_place(
    at: Look, ours: Sequence[Fact], theirs: Sequence[Fact], unanswered: set[Fact]
) -> Iterator[tuple[Fact, Fact]]:
    """Facts that stand between the same two words and differ: one of them is nowhere else, or they changed places."""
    begins = {fact.first: fact for fact in theirs}
    pairs = []
    for our in ours:
        before, after = (_partner(at, index) for index in (our.first - 1, our.last + 1))
        their = begins.get(before + 1) if before is not None else None
        if their is None or their.last + 1 != after or their.sort is not our.sort:
            continue
        if our.wants == their.wants and our.unit == their.unit:
            continue
        if not _Facts((our,)).answer(their) and not _Facts((their,)).answer(our):
            pairs.append((our, their))
    crossed = {(our.wants, their.wants) for our, their in pairs}
    for our, their in pairs:
        if our in unanswered or their in unanswered or (their.wants, our.wants) in crossed:
            yield our, their


def _partner(at: Look, index: int) -> int | None:
    """The token of the reference that answers one of the candidate; the ends answer each other."""
    if index < 0:
        return -1
    return at.candidate.partners[index] if index < len(at.candidate.tokens) else len(at.reference.tokens)


def _pairs(at: Look, added: Sequence[Fact], missing: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Facts of both sides that stand in for each other: first those of the same value, then by their place."""
    by_value: dict[float, list[Fact]] = {}
    for fact in missing:
        if fact.value is not None and fact.unit is not None:
            by_value.setdefault(fact.value, []).append(fact)
    pairs = [
        (fact, by_value[fact.value].pop()) for fact in added if fact.value is not None and by_value.get(fact.value)
    ]
    spoken = {fact for pair in pairs for fact in pair}
    our_gaps, their_gaps = gaps(at.candidate), gaps(at.reference)
    for sorts in ((Sort.NUMBER, Sort.DATE), (Sort.MONTH,), (Sort.WEEKDAY,)):
        left, right = ([f for f in facts if f.sort in sorts and f not in spoken] for facts in (added, missing))
        alone = len(left) == len(right) == 1
        i = j = 0
        while i < len(left) and j < len(right):
            apart = our_gaps[left[i].first] - their_gaps[right[j].first]
            if alone or abs(apart) <= _NEAR:
                pairs.append((left[i], right[j]))
                i, j = i + 1, j + 1
            elif apart < 0:
                i += 1
            else:
                j += 1
    return pairs


def _changed(at: Look, our: Fact, their: Fact) -> Found:
    ours, theirs = _span(at.candidate, our), _span(at.reference, their)
    kind = their.kind
    same = our.value is not None and our.value == their.value
    if same:
        kind = "money" if {our.unit, their.unit} & CURRENCIES else "unit"
    minor = (our.small and their.small) or (our.weak and their.weak) or (not same and _is_rounded(our, their))
    message = f"{quoted(at.candidate, ours)} where the reference has {quoted(at.reference, theirs)}"
    severity, amount = (Severity.MINOR, 0.5) if minor else (Severity.MAJOR, 1.0)
    return Found(kind, severity, ours, theirs, message, amount)


def _is_rounded(our: Fact, their: Fact) -> bool:
    if our.value is None or their.value is None or our.unit != their.unit:
        return False
    return their.value >= _ROUNDED_FROM and abs(our.value - their.value) < _ROUNDED * their.value


def _span(side: Side, fact: Fact) -> Span:
    return spanning(side, fact.first, fact.last)
