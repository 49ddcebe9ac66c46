"""Commands that choose passages: an order, a filter, a search."""

from collections.abc import Iterable, Iterator

from metrics.errors import UsageError
from metrics.findings import KINDS
from metrics.model import Kind, Severity
from metrics.mqm.model import Disposition
from metrics.ranking import ORDERS
from metrics.search import Search
from metrics.selection import EVERYTHING, Filter, read_ranges
from metrics.wording import count
from tui.plain.moving import at_hit, to_hit, where
from tui.plain.reading import spoken
from tui.plain.typed import nearest
from tui.plain.walk import Walk

_DISPOSITIONS: dict[str, Disposition | None] = {
    **{each.value: each for each in Disposition},
    "misaligned": Disposition.MISALIGNMENT,
    "open": None,
}
_NAMES = [*Kind, *KINDS, *_DISPOSITIONS, *Severity, "reviewed", "chrf", "bleu", "risk", "words"]
#: Words between the others that say nothing.
_FILLERS = ("or", "and", ",", "·")


def order(walk: Walk, rest: str) -> Iterator[str]:
    """Put the queue in an order, or in the next one."""
    names = list(ORDERS)
    name = rest or names[(names.index(walk.order) + 1) % len(names)]
    if name not in ORDERS:
        raise UsageError(f"“{name}” is no order{nearest(name, names)}: there are {', '.join(names)}")
    walk.put_in(name)
    yield f"Order: {ORDERS[name].label}. This passage is {walk.row + 1} of {len(walk.passages)}."


def choose(walk: Walk, rest: str) -> Iterator[str]:
    """Show only some passages; without words, tell which, and how many passages have what."""
    if not rest:
        yield from _counted(walk)
        return
    chosen = EVERYTHING if rest.casefold() in ("all", "none", "off") else filter_of(rest)
    if not walk.index.counts(chosen).passing:
        yield f"No passage is {spoken(chosen)}: the queue stays as it is."
        return
    before = walk.passage if walk.passages else None
    walk.choose(chosen)
    yield f"{len(walk.passages)} of {len(walk.desk.review.passages)}: {spoken(chosen)}."
    if walk.passage is not before:
        yield from where(walk, "")


def filter_of(text: str) -> Filter:
    """The filter that words tell, in any order. Raises `UsageError` for a word that says nothing of passages."""
    sets: dict[str, set[object]] = {"kinds": set(), "findings": set(), "dispositions": set(), "severities": set()}
    reviewed: bool | None = None
    ranges: list[str] = []
    words = text.replace(",", " , ").split()
    while words:
        word = words.pop(0)
        name = word.casefold()
        if name == "not" and words and words[0].casefold() == "reviewed":
            words.pop(0)
            reviewed = False
        elif name in ("reviewed", "unreviewed"):
            reviewed = name == "reviewed"
        elif name in list(Kind):
            sets["kinds"].add(Kind(name))
        elif name in KINDS:
            sets["findings"].add(name)
        elif name in _DISPOSITIONS:
            sets["dispositions"].add(_DISPOSITIONS[name])
        elif name in list(Severity):
            sets["severities"].add(Severity(name))
        elif name not in _FILLERS:
            if word.isalpha() and name not in ("chrf", "bleu", "risk", "per", "word", "words", "to"):
                known = ", ".join(("omitted", "number", "paraphrase", "major", "not reviewed", "chrf<40", "words 5-20"))
                raise UsageError(f"“{word}” is nothing to filter by{nearest(name, _NAMES)}: say such as {known}")
            ranges.append(word)
    read = read_ranges(" ".join(ranges))
    found = {name: frozenset(members) for name, members in sets.items()}
    return Filter(**found, scores=read.scores, words=read.words, reviewed=reviewed)  # type: ignore[arg-type]


def _counted(walk: Walk) -> Iterator[str]:
    counts = walk.index.counts(walk.chosen)
    yield f"{counts.passing} of {counts.passages}: {spoken(walk.chosen)}."
    for name, some in (
        ("Kinds", counts.kinds.items()),
        ("Findings", counts.findings.items()),
        ("Called", ((each or "open", number) for each, number in counts.dispositions.items())),
        ("Severities", counts.severities.items()),
        ("Reviewed", (("reviewed" if said else "not reviewed", number) for said, number in counts.reviewed.items())),
    ):
        yield from _line(name, some)


def _line(name: str, some: Iterable[tuple[str, int]]) -> Iterator[str]:
    told = ", ".join(f"{each} {number}" for each, number in some if number)
    if told:
        yield f"{name}: {told}."


def search(walk: Walk, rest: str) -> Iterator[str]:
    """Go to the first passage from here on that has these words."""
    yield from _search(walk, Search.compile(_given(rest)))


def expression(walk: Walk, rest: str) -> Iterator[str]:
    """Go to the first passage from here on that a regular expression matches."""
    yield from _search(walk, Search.compile(_given(rest), regex=True))


def _given(rest: str) -> str:
    if not rest:
        raise UsageError("say what to search for, such as: search harbour")
    return rest


def _search(walk: Walk, made: Search) -> Iterator[str]:
    passages = walk.desk.review.passages
    found = frozenset(passages[row].id for row in made.rows(passages))
    if not found:
        yield "No passage has it."
        return
    walk.search, walk.found = made, found
    if walk.passages and walk.passage.id in found:
        yield from at_hit(walk)
    else:
        yield from to_hit(walk, 1)


def clear(walk: Walk, _: str) -> Iterator[str]:
    """End the search; without one, show all passages again."""
    if walk.search is not None:
        walk.search, walk.found = None, frozenset()
        yield "The search has ended."
    elif walk.filtered:
        walk.choose(EVERYTHING)
        yield f"All {count(len(walk.passages), 'passage')} again."
    else:
        yield "There is no search and no filter."
