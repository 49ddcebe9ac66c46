"""How well sentences are aligned, by family of cases.

usage: python benchmarks/alignment.py CASES [FAMILY …]

CASES holds a folder a family, each with a folder a case: candidate.txt and reference.txt, one segment a
line; gold.txt, links as [0, 1]:[2], gaps as [3]:[]; moved.txt where there are links out of order.

strict: the very same link; lax: a gold link overlaps on both sides. As in the papers of Bleualign
(W11-4624) and Vecalign (D19-1136), precision is over all links found, gaps included, and recall over
gold links that join something. Time is for aligning alone, memory is the process's highest so far.
"""

import json
import resource
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from metrics.alignment import align
from metrics.model import Segment

Pair = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass
class Tally:
    """Hits and totals, summed over the cases of a family."""

    cases: int = 0
    found: int = 0
    gold: int = 0
    strict: int = 0
    lax: int = 0
    recalled: int = 0
    recalled_lax: int = 0
    moved: int = 0
    moved_found: int = 0
    seconds: float = 0.0


def read_links(path: Path) -> list[Pair]:
    """Links of a file in vecalign's format; none where there is no file."""
    if not path.exists():
        return []
    lines = [line.split(":") for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [(tuple(json.loads(line[0])), tuple(json.loads(line[1]))) for line in lines]


def segments(path: Path) -> list[Segment]:
    """The lines of a file."""
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [Segment(i, 0, 0, line, i) for i, line in enumerate(lines)]


def hits(links: set[Pair], against: set[Pair]) -> tuple[int, int]:
    """How many links are in `against`, and how many overlap one of its links on both sides."""
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for ours, theirs in against:
        for i in ours:
            partners[i].update(theirs)
    lax = sum(link in against or any(partners[i] & set(link[1]) for i in link[0]) for link in links)
    return len(links & against), lax


def add_case(tally: Tally, case: Path) -> None:
    """Aligns a case and counts."""
    candidate, reference = segments(case / "candidate.txt"), segments(case / "reference.txt")
    began = perf_counter()
    links = align(candidate, reference)
    tally.seconds += perf_counter() - began
    found = {(link.candidate, link.reference) for link in links}
    gold = set(read_links(case / "gold.txt"))
    moved = set(read_links(case / "moved.txt"))
    gold_joined = {link for link in gold if all(link)}
    joined = {link for link in found if all(link)}
    strict, lax = hits(found, gold)
    recalled, recalled_lax = hits(gold_joined, joined)
    tally.cases += 1
    tally.found += len(found)
    tally.gold += len(gold_joined)
    tally.strict += strict
    tally.lax += lax
    tally.recalled += recalled
    tally.recalled_lax += recalled_lax
    tally.moved += len(moved)
    tally.moved_found += hits(moved, joined)[0]


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main(cases: Path, families: list[str]) -> None:
    """Prints a row a family; the cases of `scale` are rows of their own."""
    print("| family | cases | strict P R F1 | lax F1 | moved recall | seconds | MB |")
    print("|-|-|-|-|-|-|-|")
    for family in families or sorted(folder.name for folder in cases.iterdir() if folder.is_dir()):
        folders = sorted(
            (folder for folder in (cases / family).iterdir() if folder.is_dir()), key=lambda p: len(p.name)
        )
        for name, group in [(f"scale/{f.name}", [f]) for f in folders] if family == "scale" else [(family, folders)]:
            tally = Tally()
            for case in group:
                add_case(tally, case)
            precision, recall = tally.strict / tally.found, tally.recalled / tally.gold
            lax = f1(tally.lax / tally.found, tally.recalled_lax / tally.gold)
            moved = f"{tally.moved_found / tally.moved:.3f}" if tally.moved else ""
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"| {name} | {tally.cases} | {precision:.3f} {recall:.3f} {f1(precision, recall):.3f} | {lax:.3f} "
                f"| {moved} | {tally.seconds:.1f} | {memory} |",
                flush=True,
            )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
