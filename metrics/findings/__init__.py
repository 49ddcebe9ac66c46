"""Differences of a passage that may change its meaning: one module a family, one table of them all."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from metrics import weights
from metrics.comparison import Comparison
from metrics.findings import (
    attribution,
    content,
    contrasts,
    damage,
    logic,
    marks,
    names,
    nearmiss,
    numbers,
    order,
    quotes,
    untranslated,
)
from metrics.findings.found import Found, Look
from metrics.model import Rest
from metrics.vocabulary import Role

if TYPE_CHECKING:
    from metrics.glossary import Glossary

#: What there is to find, and what each means.
KINDS: dict[str, str] = {
    "name": "a name is missing, added, another one or spelled differently",
    "number": "a number is missing, added or another one",
    "date": "a date, a month or a weekday is missing, added or another one",
    "percent": "a percentage is missing, added or another one",
    "money": "a sum of money is missing, added, another one or in another currency",
    "unit": "a number has another unit",
    "negation": "a negation is lost or added",
    "modality": "a possibility, a necessity or the hint at hearsay is lost or added",
    "attribution": "a quotation is said by somebody else",
    "quotation": "words are put into quotation marks or taken out of them",
    "order": "who does something and whom it is done to have changed places",
    "near-miss": "another word than the reference’s, written nearly the same or the opposite",
    "unknown": "a word looks like none of the text",
    "untranslated": "words were left in another language",
    "mojibake": "characters were read in the wrong encoding, or markup is left over",
    "cut": "the text breaks off or begins in mid-sentence",
    "doubled": "words stand twice in a row",
    "fragment": "a word is torn apart, or a letter or mark stands alone",
    "unbalanced": "a bracket or quotation mark has no partner",
    "term": "a term of the glossary is not translated as the glossary wants",
    "omission": "content words of the reference are left out",
    "addition": "content words that the reference does not have",
}


class Family(NamedTuple):
    """`look` yields findings of related kinds.

    With `claims`, later families leave the words of those alone; with `alone`, it looks at a text that nothing
    answers, too.
    """

    look: Callable[[Look], Iterable[Found]]
    claims: bool = True
    alone: bool = False


def _terms(at: Look) -> Iterable[Found]:
    if at.glossary is None:
        return ()
    from metrics.findings import terms

    return terms.look(at)


#: In the order in which they look: what knows most about a word comes first.
FAMILIES: tuple[Family, ...] = (
    Family(marks.look, alone=True),
    Family(untranslated.look, alone=True),
    Family(damage.look, alone=True),
    Family(attribution.look),
    Family(numbers.look),
    Family(names.look),
    Family(logic.look),
    Family(order.look),
    Family(contrasts.look),
    Family(quotes.look, claims=False),
    Family(nearmiss.look, alone=True),
    Family(_terms, claims=False),
    Family(content.look, alone=True),
)


class Findings(NamedTuple):
    """What was found in a passage, most points first, and what no finding speaks of."""

    found: tuple[Found, ...]
    rest: Rest


def find(comparison: Comparison, glossary: "Glossary | None" = None) -> Findings:
    """Everything that the families find in a passage."""
    at = Look(comparison, glossary)
    everything: list[Found] = []
    both = bool(comparison.candidate.tokens and comparison.reference.tokens)
    for family in FAMILIES:
        for found in list(family.look(at)) if both or family.alone else ():
            everything.append(found)
            if family.claims:
                at.claim(found)
    left = [token for side in (at.candidate, at.reference) for _, token in at.free(side) if token.role is Role.CONTENT]
    everything.sort(key=lambda found: -weights.finding(found.kind, found.amount))
    rest = Rest(len(left), sum(t.entry.rarity for t in left), sum(t.entry.unusual for t in left))
    return Findings(tuple(everything), rest)
