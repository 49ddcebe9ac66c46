"""Statistics, sentence scores and corpus scores by one set of settings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from metrics.errors import UsageError
from metrics.languages import Language
from metrics.model import Score, Settings
from metrics.scoring.metrics import METRICS

Statistics = Mapping[str, tuple[float, ...]]

_CHARACTER_ORDERS = 6
_PER_ORDER = 3


class Scorer:
    """The metrics that the settings ask for.

    Raises `UsageError` for an unknown metric and for a tokenizer that is not installed.
    """

    def __init__(self, settings: Settings, language: Language) -> None:
        unknown = [name for name in settings.metrics if name not in METRICS]
        if unknown:
            raise UsageError(f"unknown metric {unknown[0]!r}: choose from {', '.join(METRICS)}")
        self._metrics: dict[str, Any] = {name: METRICS[name](settings, language.tokenizer) for name in settings.metrics}
        for metric in self._metrics.values():
            metric.num_refs = 1  # part of the signature, and known only after scoring otherwise

    def statistics(self, pairs: Sequence[tuple[str, str]]) -> list[dict[str, tuple[float, ...]]]:
        """For each (candidate, reference), the vector of every metric."""
        candidates, references = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        columns: dict[str, list[tuple[float, ...]]] = {}
        chrf_orders = {name: metric.word_order for name, metric in self._metrics.items() if "chrF" in name}
        widest = max(chrf_orders, key=chrf_orders.__getitem__, default=None)
        for name, metric in sorted(self._metrics.items(), key=lambda item: item[0] != widest):
            if widest is not None and name in chrf_orders and name != widest:
                # chrF's vector is a prefix of chrF++'s: first characters, then words, order by order.
                length = _PER_ORDER * (_CHARACTER_ORDERS + chrf_orders[name])
                columns[name] = [row[:length] for row in columns[widest]]
            else:
                rows = metric._extract_corpus_statistics(candidates, [references]) if pairs else []
                columns[name] = [tuple(row) for row in rows]
        return [{name: columns[name][i] for name in self._metrics} for i in range(len(pairs))]

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
                value = float(metric._compute_score_from_stats(sums).score)
            scores[name] = Score(name, value, str(metric.get_signature()))
        return scores
