"""What a review comes to: errors, penalties and scores, and whether that is good enough.

A passage is reviewed when a reviewer gave it a disposition or an annotation; having seen it is not enough. What a
reviewer found to be misaligned or source noise does not count for that reviewer. Boilerplate does not count unless it
has an annotation, or somebody called it an error.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

from metrics.model import Kind, Severity
from metrics.mqm.model import Annotation, Disposition, State, Unit
from metrics.mqm.penalties import SCHEMES, Scheme
from metrics.mqm.typology import TYPOLOGIES, Category, Typology, preset
from metrics.words import count_words


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer says of one passage."""

    reviewer: str
    disposition: Disposition | None = None
    annotations: tuple[Annotation, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it tells something of the translation."""
        return self.disposition is None or self.disposition.counts


@dataclass(frozen=True)
class Judged:
    """A passage and all judgements of it, by name of the reviewer."""

    unit: Unit
    judgements: tuple[Judgement, ...] = ()

    @cached_property
    def counting(self) -> tuple[Judgement, ...]:
        """The judgements that count."""
        counting = tuple(each for each in self.judgements if each.counts)
        if self.unit.kind is Kind.BOILERPLATE and not any(
            each.annotations or each.disposition is Disposition.ERROR for each in counting
        ):
            return ()
        return counting

    @property
    def left_out(self) -> str:
        """Why it does not count at all: "boilerplate", "misalignment" or "noise"; empty where it does or may yet."""
        if self.counting:
            return ""
        if self.unit.kind is Kind.BOILERPLATE:
            return Kind.BOILERPLATE.value
        return next((each.disposition.value for each in self.judgements if each.disposition), "")

    def by(self, reviewer: str) -> "Judged":
        """The passage with what one reviewer says of it."""
        return Judged(self.unit, tuple(each for each in self.judgements if each.reviewer == reviewer))

    def penalty(self, scheme: Scheme) -> float | None:
        """Penalty points: the mean over the reviewers that count, 0 for one without annotations; None without any."""
        sums = [fsum(scheme.penalty(a.category, a.severity) for a in each.annotations) for each in self.counting]
        return fsum(sums) / len(sums) if sums else None


@dataclass(frozen=True, slots=True)
class Result:
    """A scheme's sum of penalty points, and its score; None where nothing is there to score."""

    scheme: Scheme
    penalty: float
    score: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Some passages summed up, under the name of a reviewer or a system, or none for all.

    `passages` and `words` are `(reviewed, that count, in all)`: the reviewed are part of those that count, and these
    of all. `left_out` is `(passages, words)` by reason. `errors` counts the annotations of the judgements that count.
    """

    name: str
    passages: tuple[int, int, int]
    words: tuple[int, int, int]
    left_out: Mapping[str, tuple[int, int]]
    errors: Mapping[Severity, int]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How many annotations a category has; `known` says whether the typology has it.

    `dimension` is that of the typology, which an unknown category may have, too, or None. `category` is an id, or for
    an unknown one what the annotations say.
    """

    category: str
    label: str
    known: bool
    dimension: Category | None
    errors: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the last scheme's score passes, None where that cannot be said, and why."""

    passed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole. `by_reviewer` and `by_system` are empty where there is one.

    `stray` is `(annotations, passages)` of judged passages that the texts no longer have; they are not counted.
    `passages` are all, in document order.
    """

    typology: Typology
    reviewers: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Tally
    by_reviewer: tuple[Tally, ...]
    by_system: tuple[Tally, ...]
    stray: tuple[int, int]
    verdict: Verdict
    passages: tuple[Judged, ...]


def judged(units: Iterable[Unit], state: State, typology: Typology) -> tuple[Judged, ...]:
    """The passages in the order of `units`.

    Annotations have the id of their category, or where the typology does not know it what they had.
    """
    annotations: defaultdict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for annotation in state.annotations.values():
        found = typology.find(annotation.category)
        annotations[annotation.unit, annotation.reviewer].append(
            replace(annotation, category=found.id) if found else annotation
        )
    judgements: defaultdict[str, list[Judgement]] = defaultdict(list)
    for key in sorted({*annotations, *state.dispositions}):
        where, who = key
        judgements[where].append(Judgement(who, state.dispositions.get(key), tuple(annotations.get(key, ()))))
    return tuple(Judged(unit, tuple(judgements.get(unit.id, ()))) for unit in units)


def unit_penalties(
    units: Iterable[Unit], state: State, scheme: Scheme, reviewer: str | None = None, typology: Typology | None = None
) -> dict[str, float]:
    """Penalty points of each passage that is reviewed and counts, by unit id, as `Judged.penalty` has them."""
    passages = judged(units, state, typology or fitting(state))
    penalties = ((each.unit.id, (each if reviewer is None else each.by(reviewer)).penalty(scheme)) for each in passages)
    return {unit: penalty for unit, penalty in penalties if penalty is not None}


def fitting(state: State) -> Typology:
    """The preset that knows most of the annotations' categories; the first where several do."""
    used = Counter(annotation.category for annotation in state.annotations.values())
    presets = [preset(name) for name in TYPOLOGIES]
    return max(presets, key=lambda each: sum(count for name, count in used.items() if each.find(name)))


def unit_words(unit: Unit) -> int:
    """Words of the candidate, or of the reference where the candidate has none: what scores are per."""
    return count_words(unit.candidate) or count_words(unit.reference)


def scorecard(
    units: Sequence[Unit],
    state: State,
    *,
    typology: Typology | None = None,
    schemes: Sequence[Scheme] = tuple(SCHEMES.values()),
    reviewer: str | None = None,
) -> Scorecard:
    """What all reviewers, or one, make of `units`; the last of `schemes` gives the verdict.

    Without a typology it is `fitting`.
    """
    typology = typology or fitting(state)
    passages = judged(units, state, typology)
    if reviewer is not None:
        passages = tuple(each.by(reviewer) for each in passages)
    words = {unit.id: unit_words(unit) for unit in units}
    counted = [a for each in passages for judgement in each.counting for a in judgement.annotations]
    stray = [a for a in state.annotations.values() if a.unit not in words and reviewer in (None, a.reviewer)]
    disposed = {where for where, who in state.dispositions if where not in words and reviewer in (None, who)}
    reviewers = tuple(sorted({judgement.reviewer for each in passages for judgement in each.judgements}))
    systems = tuple(dict.fromkeys(each.system for each in units))

    def tally(name: str, some: Sequence[Judged]) -> Tally:
        return _tally(name, some, words, schemes)

    total = tally("", passages)
    return Scorecard(
        typology,
        reviewers,
        _rows(counted, typology),
        total,
        tuple(tally(who, [each.by(who) for each in passages]) for who in reviewers if len(reviewers) > 1),
        tuple(tally(name, [p for p in passages if p.unit.system == name]) for name in systems if len(systems) > 1),
        (len(stray), len({*(a.unit for a in stray), *disposed})),
        _verdict(total),
        passages,
    )


def _tally(name: str, passages: Sequence[Judged], words: Mapping[str, int], schemes: Sequence[Scheme]) -> Tally:
    def words_of(some: Iterable[Judged]) -> int:
        return sum(words[each.unit.id] for each in some)

    reviewed = [each for each in passages if each.counting]
    left_out: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in passages:
        left_out[each.left_out].append(each)
    remaining = left_out.pop("", [])
    errors = Counter(a.severity for each in reviewed for judgement in each.counting for a in judgement.annotations)
    reviewed_words = words_of(reviewed)
    penalties = [(scheme, fsum(each.penalty(scheme) or 0.0 for each in reviewed)) for scheme in schemes]
    return Tally(
        name,
        (len(reviewed), len(remaining), len(passages)),
        (reviewed_words, words_of(remaining), words_of(passages)),
        {reason: (len(some), words_of(some)) for reason, some in sorted(left_out.items())},
        {severity: errors[severity] for severity in Severity},
        tuple(
            Result(scheme, penalty, scheme.score(penalty, reviewed_words, len(reviewed)))
            for scheme, penalty in penalties
        ),
    )


def _rows(annotations: Iterable[Annotation], typology: Typology) -> tuple[Row, ...]:
    """In the order of the typology; what it does not know comes last in its dimension, or last of all."""
    counts: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for annotation in annotations:
        counts[annotation.category][annotation.severity] += 1
    order = {category.id: place for place, category in enumerate(typology.categories)}
    dimensions = {dimension.id: place for place, dimension in enumerate(typology.dimensions)}
    rows = []
    for category, errors in counts.items():
        dimension = typology.dimension_of(category)
        known = category in order
        by_severity = {severity: errors[severity] for severity in Severity}
        rows.append(Row(category, typology.label(category), known, dimension, by_severity))
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                dimensions[row.dimension.id] if row.dimension else len(dimensions),
                order.get(row.category, len(order)),
                row.category,
            ),
        )
    )


def _verdict(total: Tally) -> Verdict:
    if not total.results or not total.results[-1].scheme.formula.judges:
        return Verdict(None, "the scheme has no threshold")
    result = total.results[-1]
    if critical := total.errors[Severity.CRITICAL]:
        # https://themqm.org, The MQM Scoring Models: a critical error fails a text whatever its score is.
        return Verdict(False, f"{critical} critical {'error' if critical == 1 else 'errors'}: one is enough")
    if result.score is None:
        return Verdict(None, "nothing that counts is reviewed")
    lead = result.score - result.scheme.threshold
    # A score that is the threshold but for the last bit of a sum is the threshold.
    if lead > -1e-9:
        return Verdict(True, f"{result.score:.2f} is not below the threshold {result.scheme.threshold:g}")
    return Verdict(False, f"{result.score:.2f} is {-lead:.3g} below the threshold {result.scheme.threshold:g}")
