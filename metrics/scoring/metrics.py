"""The table of metrics, and what of the settings each of them takes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from metrics.errors import UsageError
from metrics.model import Settings

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

#: sacreBLEU's tokenizers for BLEU; the last five need packages or models of their own.
TOKENIZERS = ("13a", "intl", "zh", "char", "none", "ja-mecab", "ko-mecab", "spm", "flores101", "flores200")


def _bleu(settings: Settings, tokenizer: str) -> "Metric":
    from sacrebleu.metrics.bleu import BLEU

    name = settings.tokenize or tokenizer
    try:
        return BLEU(tokenize=name, lowercase=settings.lowercase, force=True)
    except (ImportError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"--tokenize {name} cannot be used here: {reason}") from None


def _chrf(settings: Settings, _tokenizer: str) -> "Metric":
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=settings.chrf_word_order, lowercase=settings.lowercase)


def _chrf_plus_plus(settings: Settings, _tokenizer: str) -> "Metric":
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=2, lowercase=settings.lowercase)


def _ter(_settings: Settings, _tokenizer: str) -> "Metric":
    from sacrebleu.metrics.ter import TER

    return TER()  # without regard to case, as the sacrebleu command has it


#: How to make each of sacreBLEU's metrics from the settings and the language's tokenizer.
METRICS: dict[str, Callable[[Settings, str], "Metric"]] = {
    "BLEU": _bleu,
    "chrF": _chrf,
    "chrF++": _chrf_plus_plus,
    "TER": _ter,
}
