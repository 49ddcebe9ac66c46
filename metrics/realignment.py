"""A review whose alignment is corrected: it follows a list of corrections, forwards and back.

Sums are kept, and only passages that change are scored and examined. So each step costs as much as what it touches,
but for a copy of the list of passages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from metrics.examination import Examiner, measured
from metrics.languages import language_named
from metrics.lexicon import lexicon
from metrics.model import Coverage, Passage, Review, Score
from metrics.scoring import Scorer
from metrics.totals import Totals

if TYPE_CHECKING:
    from metrics.relinking import Exchange, Relinking

#: Passages that are measured once, whether they are there at the moment or not; then all are forgotten.
_KNOWN = 2_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a review: passages that others took the place of, both in document order.

    A passage may be among both with the same id, where something else of it has changed, such as its place. `unfit` are
    the numbers of all corrections that do not fit the texts.
    """

    removed: tuple[Passage, ...]
    added: tuple[Passage, ...]
    unfit: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Applied:
    """A correction in force, and what it exchanged; None where it does not fit."""

    number: int
    body: Mapping[str, Any]
    exchange: "Exchange | None"


class Realigner:
    """A review and the corrections that it has now.

    A review that is made by hand will do: passages without statistics then add nothing to scores, once there are
    corrections.
    """

    def __init__(
        self,
        review: Review,
        scorer: Scorer | None = None,
        examiner: Examiner | None = None,
        totals: Totals | None = None,
    ) -> None:
        """What the pipeline made the review with, and the totals of its passages; made where it is wanted otherwise.

        The realigner takes `totals` over.
        """
        self._original = review
        self._review: Review | None = review
        self._applied: list[_Applied] = []
        self._known: dict[object, Passage] = {}
        if scorer is not None:
            self._scorer = scorer
        if examiner is not None:
            self._examiner = examiner
        if totals is not None:
            self.totals = totals

    @property
    def review(self) -> Review:
        """The review with the corrections that it has now."""
        if self._review is None:
            scores, coverage = self.figures()
            self._review = replace(
                self._original, passages=tuple(self._relinking.passages), scores=scores, coverage=coverage
            )
        return self._review

    @cached_property
    def totals(self) -> Totals:
        """The sums over the passages of `review`."""
        return Totals(self._original.settings.scope, self._original.passages)

    @cached_property
    def _scorer(self) -> Scorer:
        review = self._original
        return Scorer(review.settings, language_named(review.language), 1 + len(review.other_references))

    @cached_property
    def _examiner(self) -> Examiner:
        review, glossary = self._original, None
        if review.settings.glossary is not None:
            from metrics.glossary import read_glossary

            glossary = read_glossary(review.settings.glossary)
        return Examiner(
            review.candidate,
            review.reference,
            review.candidate_segments,
            review.reference_segments,
            lexicon(review.language),
            glossary,
        )

    @cached_property
    def _relinking(self) -> "Relinking":
        from metrics.relinking import Relinking

        return Relinking(self._original, self._measured)

    def prepare(self) -> None:
        """Do now what the first correction would wait for: at 100,000 passages it takes a second."""
        from metrics.segment_keys import segment_keys

        assert self.totals is not None
        assert self._relinking is not None
        for segments in (self._original.candidate_segments, self._original.reference_segments):
            segment_keys(segments)

    def sync(self, bodies: Sequence[tuple[int, Mapping[str, Any]]]) -> Changes:
        """Bring the review to exactly these corrections, `(number, body)` each, one behind the other.

        Bodies are those of `metrics.corrections.body_of_correction`; what else is in them is left alone. From the first
        on that is another one than now, what is there is taken back, and the new ones are applied.
        """
        from metrics.corrections import correction_of
        from metrics.relinking import Exchange

        kept = 0
        for (number, body), applied in zip(bodies, self._applied, strict=False):
            if number != applied.number or body != applied.body:
                break
            kept += 1
        done = Exchange()
        while len(self._applied) > kept:
            exchange = self._applied.pop().exchange
            if exchange is not None:
                self._note(done, self._relinking.restore(exchange))
        for number, body in bodies[kept:]:
            correction = correction_of(self._original, body)
            exchange = None if correction is None else self._relinking.apply(correction)
            if exchange is not None:
                self._note(done, exchange)
            self._applied.append(_Applied(number, body, exchange))
        gone, new = ({passage.id: passage for passage in some} for some in (done.gone, done.new))
        if gone or new:
            self._review = None if self._corrected else self._original
        for passage in gone.values():
            self.totals.remove(passage)
        for passage in new.values():
            self.totals.add(passage)
        # What was taken back and came again is another object, but nothing new.
        same = {name for name in gone.keys() & new.keys() if gone[name] == new[name]}
        return Changes(
            tuple(passage for name, passage in gone.items() if name not in same),
            tuple(passage for name, passage in new.items() if name not in same),
            tuple(each.number for each in self._applied if each.exchange is None),
        )

    def figures(self, without: Iterable[Passage] = ()) -> tuple[Mapping[str, Score], Coverage]:
        """The headline scores and the coverage as they are without some passages of `review`."""
        left_out = tuple(without)
        if not left_out and not self._corrected:
            return self._original.scores, self._original.coverage
        totals = self.totals.without(left_out) if left_out else self.totals
        return totals.scores(self._scorer), totals.coverage()

    @staticmethod
    def _note(done: "Exchange", exchange: "Exchange") -> None:
        done.note(exchange.gone, exchange.new)

    @property
    def _corrected(self) -> bool:
        """Whether a correction is in force."""
        return any(each.exchange for each in self._applied)

    def _measured(self, passages: Sequence[Passage]) -> list[Passage]:
        """The passages with what is measured on them; what was taken back and comes again is not measured anew."""
        keys = [(p.candidate.segments, p.reference.segments, p.kind, p.similarity, p.by_hand) for p in passages]
        new = [passage for passage, key in zip(passages, keys, strict=True) if key not in self._known]
        if len(self._known) > _KNOWN:
            self._known.clear()
            new = list(passages)
        examiner = self._examiner if new and self._original.settings.metrics else None
        found = iter(measured(new, self._scorer, examiner))
        return [self._known.get(key) or self._known.setdefault(key, next(found)) for key in keys]
