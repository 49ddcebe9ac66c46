"""sacreBLEU's scores: statistics once per passage, sums for everything else.

The statistics of one passage are a short vector; those of any set of passages are its sum. So a
corpus score, a new one after a realignment, and the score of a single passage all come from the same
numbers that the `sacrebleu` command would make them of.
"""

from metrics.scoring.metrics import METRICS, TOKENIZERS
from metrics.scoring.scorer import Scorer

__all__ = ["METRICS", "TOKENIZERS", "Scorer"]
