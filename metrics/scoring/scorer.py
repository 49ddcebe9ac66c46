"""Statistics, sentence scores and corpus scores by one set of settings."""

from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import Any

from metrics.errors import UsageError
from metrics.languages import Language
from metrics.model import Score, Settings
from metrics.scoring.metrics import METRICS

Statistics = Mapping[str, tuple[float, ...]]
#: Candidate, reference, and the texts of further references, None where one has none.
Texts = tuple[str, str, *tuple[str | None, ...]]

_CHARACTER_ORDERS = 6
_PER_ORDER = 3
#: Of more references than this, parts of words are not told apart; their least common multiple outgrows a float.
_EXACT_REFERENCES = 20


class Scorer:
    """The metrics that the settings ask for, on so many references of each passage.

    Raises `UsageError` for an unknown metric and for a tokenizer that is not installed.
    """

    def __init__(self, settings: Settings, language: Language, references: int = 1) -> None:
        unknown = [name for name in settings.metrics if name not in METRICS]
        if unknown:
            raise UsageError(f"unknown metric {unknown[0]!r}: choose from {', '.join(METRICS)}")
        self._metrics: dict[str, Any] = {name: METRICS[name](settings, language.tokenizer) for name in settings.metrics}
        for metric in self._metrics.values():
            metric.num_refs = references  # part of the signature, and known only after scoring otherwise
        self._references = references
        self._parts = lcm(*range(1, min(references, _EXACT_REFERENCES) + 1))

    def statistics(self, passages: Sequence[Texts]) -> list[dict[str, tuple[float, ...]]]:
        """For each passage, of which all references are given, the vector of every metric.

        In place of a text that is None stands the first reference once more. To BLEU and chrF that is as if the passage
        had a reference less, as None is in sacreBLEU's own interface; TER averages the lengths of all, and counts it
        twice. An empty line, which is what is left to say so in the files of the `sacrebleu` command, would be taken
        for a reference of length 0, and spare short candidates BLEU's brevity penalty.
        """
        candidates = [texts[0] for texts in passages]
        references = [
            [texts[1] if (text := texts[k]) is None else text for texts in passages]
            for k in range(1, self._references + 1)
        ]
        columns: dict[str, list[tuple[float, ...]]] = {}
        chrf_orders = {name: metric.word_order for name, metric in self._metrics.items() if "chrF" in name}
        widest = max(chrf_orders, key=chrf_orders.__getitem__, default=None)
        for name, metric in sorted(self._metrics.items(), key=lambda item: item[0] != widest):
            if widest is not None and name in chrf_orders and name != widest and self._references == 1:
                # chrF's vector is a prefix of chrF++'s: first characters, then words, order by order. Each takes the
                # best of several references by its own score, so then it is not.
                length = _PER_ORDER * (_CHARACTER_ORDERS + chrf_orders[name])
                columns[name] = [row[:length] for row in columns[widest]]
            else:
                rows = metric._extract_corpus_statistics(candidates, references) if passages else []
                columns[name] = [tuple(row) for row in rows]
        return [{name: columns[name][i] for name in self._metrics} for i in range(len(passages))]

    def sentence(self, statistics: Statistics) -> dict[str, float]:
        """The scores of one passage; BLEU by effective order, as sacreBLEU advises for sentences."""
        scores = {}
        for name, metric in self._metrics.items():
            corpus_wide = getattr(metric, "effective_order", None)
            if corpus_wide is not None:
                metric.effective_order = True
            scores[name] = float(metric._compute_score_from_stats(list(statistics[name])).score)
            if corpus_wide is not None:
                metric.effective_order = corpus_wide
        return scores

    def corpus(self, statistics: Iterable[Statistics]) -> dict[str, Score]:
        """The scores of all passages together; 0 for no passages."""
        rows = list(statistics)
        scores = {}
        for name, metric in self._metrics.items():
            value = 0.0
            if rows:
                sums = [sum(column) for column in zip(*(row[name] for row in rows), strict=True)]
                if self._parts > 1:
                    # TER's average of lengths has parts of words, whose sums drift as passages come and go.
                    sums = [round(value * self._parts) / self._parts for value in sums]
                value = float(metric._compute_score_from_stats(sums).score)
            scores[name] = Score(name, value, str(metric.get_signature()))
        return scores
