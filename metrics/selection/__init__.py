"""Which passages are looked at, and in which order: among 100,000 of them in milliseconds."""

from metrics.selection.filter import EVERYTHING, FIGURES, Filter, described, left_to_review, ranges_told
from metrics.selection.index import Counts, Index, Selected, Standing
from metrics.selection.ranges import Ranges, read_ranges

__all__ = [
    "EVERYTHING",
    "FIGURES",
    "Counts",
    "Filter",
    "Index",
    "Ranges",
    "Selected",
    "Standing",
    "described",
    "left_to_review",
    "ranges_told",
    "read_ranges",
]
