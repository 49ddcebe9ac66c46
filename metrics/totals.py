"""Sums over passages: what headline scores and coverage are made of, kept as passages come and go."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import add, sub
from typing import Protocol

from metrics.model import Coverage, Kind, Passage, Scope, Score

Statistics = Mapping[str, tuple[float, ...]]


class Corpus(Protocol):
    """What makes scores of statistics, as `metrics.scoring.Scorer` does."""

    def corpus(self, statistics: Iterable[Statistics]) -> Mapping[str, Score]:
        """The scores of all together, 0 for none."""
        ...


class Totals:
    """Sums over the passages that were added and not removed again.

    Statistics and words are whole numbers, so the sums are exact, whichever passages came and went in between.
    A passage without statistics adds nothing to the scores.
    """

    def __init__(self, scope: Scope, passages: Iterable[Passage] = ()) -> None:
        """`scope` says which passages the scores count; coverage counts all."""
        self._scope = scope
        self._scored = 0
        self._sums: dict[str, tuple[float, ...]] = {}
        self._words: Counter[tuple[Kind, str]] = Counter()
        self._moved = 0
        for passage in passages:
            self.add(passage)

    def add(self, passage: Passage) -> None:
        """Count a passage."""
        self._moved += passage.kind is Kind.MOVED
        self._words[passage.kind, "candidate"] += passage.candidate.words
        self._words[passage.kind, "reference"] += passage.reference.words
        if passage.statistics and self._scope.counts(passage.kind):
            self._scored += 1
            for name, vector in passage.statistics.items():
                sums = self._sums.get(name)
                self._sums[name] = vector if sums is None else tuple(map(add, sums, vector))

    def remove(self, passage: Passage) -> None:
        """Count a passage no longer that was counted."""
        self._moved -= passage.kind is Kind.MOVED
        self._words[passage.kind, "candidate"] -= passage.candidate.words
        self._words[passage.kind, "reference"] -= passage.reference.words
        if passage.statistics and self._scope.counts(passage.kind):
            self._scored -= 1
            for name, vector in passage.statistics.items():
                self._sums[name] = tuple(map(sub, self._sums[name], vector))

    def merge(self, other: "Totals") -> None:
        """Count everything that another counts, of the same scope."""
        self._moved += other._moved
        self._words.update(other._words)
        self._scored += other._scored
        for name, vector in other._sums.items():
            sums = self._sums.get(name)
            self._sums[name] = vector if sums is None else tuple(map(add, sums, vector))

    def without(self, passages: Iterable[Passage]) -> "Totals":
        """The sums as they would be with some passages removed."""
        rest = Totals(self._scope)
        rest._scored, rest._sums, rest._moved = self._scored, dict(self._sums), self._moved
        rest._words = Counter(self._words)
        for passage in passages:
            rest.remove(passage)
        return rest

    def scores(self, scorer: Corpus) -> Mapping[str, Score]:
        """The headline scores, 0 where nothing is counted."""
        return scorer.corpus([self._sums] if self._scored else [])

    def coverage(self) -> Coverage:
        """How much of each text is linked."""
        return Coverage(
            candidate=self._share("candidate"),
            reference=self._share("reference"),
            added_words=self._of(Kind.ADDED),
            omitted_words=self._of(Kind.OMITTED),
            boilerplate_words=self._of(Kind.BOILERPLATE),
            moved=self._moved,
        )

    def _of(self, kind: Kind) -> int:
        return self._words[kind, "candidate"] + self._words[kind, "reference"]

    def _share(self, side: str) -> float:
        linked = sum(self._words[kind, side] for kind in Kind if kind.linked)
        total = sum(self._words[kind, side] for kind in Kind if kind is not Kind.BOILERPLATE)
        return linked / total if total else 1.0
