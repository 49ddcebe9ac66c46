"""What is to be scored when there are many pairs: the files of two folders, or the lines of a list."""

from metrics.pairs.folders import pairs_in_folders
from metrics.pairs.manifest import read_pairs
from metrics.pairs.pair import Found, Pair

__all__ = ["Found", "Pair", "pairs_in_folders", "read_pairs"]
