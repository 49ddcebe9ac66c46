"""Is the furniture of scraped pages told from the article, and from text that the reference lacks?

usage: python benchmarks/furniture.py CASES

CASES holds one folder a page: candidate.txt, reference.txt, and gold.json with character ranges of the
candidate as "furniture", "added" and "body". Counted in words of the candidate that gold speaks of.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from metrics.model import Kind, Settings
from metrics.review import review, run

_WORD = re.compile(r"\w+")


def word_starts(text: str, ranges: list[tuple[int, int]]) -> set[int]:
    """Where the words inside the ranges begin."""
    return {start + match.start() for start, end in ranges for match in _WORD.finditer(text[start:end])}


def main(cases: Path) -> None:
    """Prints precision, recall and F1 of both kinds, and the share of the body that is linked."""
    said: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    right: Counter[str] = Counter()
    pages = sorted(page for page in cases.iterdir() if page.is_dir())
    began = perf_counter()
    for page in pages:
        result = run(review(str(page / "candidate.txt"), str(page / "reference.txt"), Settings(metrics=())))
        ranges = json.loads((page / "gold.json").read_text(encoding="utf-8"))
        text = result.candidate.text
        words = {kind: word_starts(text, spans) for kind, spans in ranges.items()}
        judged = set().union(*words.values())
        for name, kinds in (
            ("furniture", (Kind.BOILERPLATE,)),
            ("added", (Kind.ADDED,)),
            ("body", (Kind.MATCH, Kind.MOVED)),
        ):
            segments = [result.candidate_segments[i] for k in result.links if k.kind in kinds for i in k.candidate]
            found = word_starts(text, [(s.start, s.end) for s in segments]) & judged
            said[name] += len(found)
            gold[name] += len(words[name])
            right[name] += len(found & words[name])
    print(f"{len(pages)} pages, {perf_counter() - began:.1f} s")
    for name in ("furniture", "added"):
        precision, recall = right[name] / max(1, said[name]), right[name] / max(1, gold[name])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name:<10} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"body       linked {right['body'] / gold['body']:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
