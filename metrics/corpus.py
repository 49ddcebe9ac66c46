"""Many pairs at once: each goes through the whole pipeline by itself, and their sums are those of all."""

import pickle
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from metrics.baseline import Kept, SampleUnit, keep
from metrics.errors import BleupencilError
from metrics.gates import Gate, Outcome, hold, measures
from metrics.languages import language_named
from metrics.model import Document, OtherReference, Review, Score, Settings
from metrics.pairs.pair import Pair
from metrics.pool import Died, spread
from metrics.ranking import ordered
from metrics.reading.source import STDIN
from metrics.reports.report import DocumentReport, Entry, figures
from metrics.review import require_texts, review
from metrics.scoring import Scorer
from metrics.segment_keys import segment_keys
from metrics.steps import run
from metrics.totals import Totals

#: The part of a signature that documents may differ in and be summed all the same: how many references they have.
_REFERENCES = "nrefs:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be kept of each pair.

    Of the passages, the first `shown` of an order; all of them and the texts, where reports need the `whole`; the
    statistics by `unit` for comparisons, where one is named. `gates` are judged for each document, and are neither on
    drops nor on reviewers' marks.
    """

    settings: Settings
    order: str = "risk"
    shown: int = 10
    whole: bool = False
    unit: SampleUnit | None = None
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """What is kept of a pair. `found` counts findings by kind; `picked` are its first passages by the order wanted.

    `document` is a pickled `DocumentReport`, without texts and passages where the whole was not wanted.
    """

    pair: Pair
    language: str
    scores: Mapping[str, Score]
    totals: Totals
    found: Counter[str]
    outcomes: tuple[Outcome, ...]
    picked: tuple[Entry, ...]
    kept: Kept | None
    document: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """A pair that could not be scored, and why, in one line."""

    pair: Pair
    message: str


class Corpus:
    """What the documents of one system come to together."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._languages: Counter[str] = Counter()
        self._signatures: dict[str, set[str]] = {}
        self.totals = Totals(settings.scope)
        self.found: Counter[str] = Counter()
        self.documents = 0

    def add(self, scored: Scored) -> None:
        """Count a document."""
        self.documents += 1
        self.totals.merge(scored.totals)
        self.found.update(scored.found)
        self._languages[scored.language] += 1
        for name, score in scored.scores.items():
            self._signatures.setdefault(name, set()).add(score.signature)

    @property
    def scores(self) -> Mapping[str, Score]:
        """The scores of all documents as if they were one, without those that the documents are not scored alike in;
        none where there is no document.

        Where they differ in the number of references alone, the signature has `nrefs:var`, as sacreBLEU says it.
        """
        scores = {}
        for name, score in self.totals.scores(self.scorer).items():
            signatures = self._signatures.get(name, set())
            if len(signatures) > 1:
                signatures = {_any_references(signature) for signature in signatures}
            if len(signatures) == 1:
                scores[name] = replace(score, signature=next(iter(signatures)))
        return scores

    @property
    def unlike(self) -> tuple[str, ...]:
        """The metrics that `scores` lacks."""
        scores = self.scores
        return tuple(name for name in self._signatures if name not in scores)

    @property
    def scorer(self) -> Scorer:
        """What makes scores of sums, by the language that most documents have; its signatures are not those of all."""
        return Scorer(self._settings, language_named(self.language))

    @property
    def language(self) -> str:
        """The language that most documents have."""
        return self._languages.most_common(1)[0][0] if self._languages else "und"


def score_pairs(pairs: Iterable[Pair], wanted: Wanted, jobs: int) -> Generator[Scored | Broken, None, None]:
    """What becomes of each pair, in their order, in so many processes; a broken one does not hold up the others."""
    with closing(spread(partial(score_pair, wanted), pairs, jobs)) as results:
        for pair, result in results:
            if isinstance(result, Died):
                yield Broken(pair, "its process was killed, by lack of memory perhaps: try it alone, or fewer --jobs")
            else:
                yield result


def score_pair(wanted: Wanted, pair: Pair) -> Scored | Broken:
    """One pair from its files to what is kept of it."""
    settings = replace(wanted.settings, language=pair.language) if pair.language else wanted.settings
    try:
        if STDIN in (pair.candidate, *pair.references):
            return Broken(pair, "'-', standard input, can be one of a single pair only: name a file")
        done = run(review(pair.candidate, pair.references[0], settings, pair.references[1:]))
        return _kept(require_texts(done), pair, wanted)
    except BleupencilError as error:
        return Broken(pair, str(error))
    except MemoryError:
        return Broken(pair, "out of memory: try it alone, fewer --jobs, or --aligned for texts that already are")
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())
        return Broken(pair, f"internal error, {told} (please report it; score the pair alone to see where)")


def _kept(done: Review, pair: Pair, wanted: Wanted) -> Scored:
    counted = done.counted
    totals = Totals(done.settings.scope, done.passages)
    found = Counter(finding.kind for passage in counted for finding in passage.findings)
    values = measures(done.scores, done.coverage)
    outcomes = tuple(hold(gate, values, found) for gate in wanted.gates)
    kept = None
    if wanted.unit is not None:
        kept = keep(done, segment_keys(done.reference_segments).keys)
        if wanted.unit is SampleUnit.DOCUMENTS:
            kept = kept.summed()
    ranked = tuple(ordered(counted, wanted.order))
    hollow = DocumentReport(
        _hollow(done), (), outcomes=outcomes, name=pair.id, system=pair.system, figures=figures(done, ranked)
    )
    document = replace(hollow, review=done, passages=ranked) if wanted.whole else hollow
    return Scored(
        pair=pair,
        language=done.language,
        scores=done.scores,
        totals=totals,
        found=found,
        outcomes=outcomes,
        picked=tuple(replace(hollow, passages=ranked[: wanted.shown]).entries),
        kept=kept,
        document=pickle.dumps(document, pickle.HIGHEST_PROTOCOL),
    )


def _hollow(done: Review) -> Review:
    """The review without its texts."""
    return replace(
        done,
        candidate=_untold(done.candidate),
        reference=_untold(done.reference),
        candidate_segments=(),
        reference_segments=(),
        passages=(),
        other_references=tuple(OtherReference(_untold(each.document), (), ()) for each in done.other_references),
    )


def _untold(document: Document) -> Document:
    return replace(document, text="", blocks=())


def _any_references(signature: str) -> str:
    parts = signature.split("|")
    return "|".join(f"{_REFERENCES}var" if part.startswith(_REFERENCES) else part for part in parts)
