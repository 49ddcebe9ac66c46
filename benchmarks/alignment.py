"""How well sentences are aligned, by family of cases, by this program and by peers.

usage: python benchmarks/alignment.py [--peers none] CASES [FAMILY …]

CASES holds a folder a family, each with a folder a case: candidate.txt and reference.txt, one segment a
line; gold.txt, links as [0, 1]:[2], gaps as [3]:[]; moved.txt where there are links out of order. FAMILY
may be a single case too: scale/100.

Peers are NLTK's Gale–Church, and hunalign (on the path) and Bleualign (the module bleualign) where they are
installed; one that fails on a family has – in its row, and the reason is on stderr. The last two want words
between spaces, and get them: hunalign tokens, Bleualign, which splits off marks by itself, CJK characters.
`--peers none` leaves all of them out.

strict: the very same link; lax: a gold link overlaps on both sides. As in the papers of Bleualign
(W11-4624) and Vecalign (D19-1136), precision is over all links found, gaps included, and recall over
gold links that join something; Bleualign never says that a segment is left over, so its precision is
spared that. Seconds are for aligning alone. MB is the highest of a process that does nothing but this
row, some 20 of them Python; a program it runs counts on top, at least at Python's size.
"""

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from metrics.model import Segment

Pair = tuple[tuple[int, ...], tuple[int, ...]]

#: The most segments a side for what is quadratic in pure Python: beyond, it takes minutes and gigabytes.
QUADRATIC_LIMIT = 2000
HUNALIGN_TIMEOUT = 600
CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+|[^\w\s]")


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
    megabytes: int = 0


def read_links(path: Path) -> list[Pair]:
    """Links of a file in vecalign's format; none where there is no file."""
    if not path.exists():
        return []
    lines = [line.split(":") for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [(tuple(json.loads(line[0])), tuple(json.loads(line[1]))) for line in lines]


def segments(path: Path) -> list[Segment]:
    """The lines of a file."""
    return as_segments(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))


def as_segments(lines: list[str]) -> list[Segment]:
    """A segment a line."""
    return [Segment(i, 0, 0, line, i) for i, line in enumerate(lines)]


def hits(links: set[Pair], against: set[Pair]) -> tuple[int, int]:
    """How many links are in `against`, and how many overlap one of its links on both sides."""
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for ours, theirs in against:
        for i in ours:
            partners[i].update(theirs)
    lax = sum(link in against or any(partners[i] & set(link[1]) for i in link[0]) for link in links)
    return len(links & against), lax


def with_gaps(links: list[Pair], candidates: int, references: int) -> list[Pair]:
    """The links that join something, and a gap for every segment that they leave out."""
    joined = [link for link in links if all(link)]
    seen = {i for link in joined for i in link[0]}, {j for link in joined for j in link[1]}
    joined += [((i,), ()) for i in range(candidates) if i not in seen[0]]
    return joined + [((), (j,)) for j in range(references) if j not in seen[1]]


def check_length(candidate: list[str], reference: list[str]) -> None:
    """Refuses what would take too long."""
    if max(len(candidate), len(reference)) > QUADRATIC_LIMIT:
        raise ValueError(f"more than {QUADRATIC_LIMIT} segments a side")


def tokens(lines: list[str]) -> list[str]:
    """The lines with a space between words, marks and CJK characters."""
    return [" ".join(TOKEN.findall(line)) for line in lines]


# Aligners are imported where they are called, for none to count in the memory of another.


def this_program(candidate: list[str], reference: list[str]) -> list[Pair]:
    from metrics.alignment import align

    return [(link.candidate, link.reference) for link in align(as_segments(candidate), as_segments(reference))]


def gale_church(candidate: list[str], reference: list[str]) -> list[Pair]:
    from nltk.translate.gale_church import align_blocks

    check_length(candidate, reference)
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in align_blocks([len(line) for line in candidate], [len(line) for line in reference]):
        if not groups or (i not in groups[-1][0] and j not in groups[-1][1]):
            groups.append((set(), set()))
        groups[-1][0].add(i)
        groups[-1][1].add(j)
    links = [(tuple(sorted(ours)), tuple(sorted(theirs))) for ours, theirs in groups]
    return with_gaps(links, len(candidate), len(reference))


def hunalign(candidate: list[str], reference: list[str]) -> list[Pair]:
    with TemporaryDirectory() as folder:
        dictionary, *texts = (Path(folder, name) for name in ("null.dic", "candidate.txt", "reference.txt"))
        dictionary.touch()
        for path, lines in zip(texts, (candidate, reference), strict=True):
            path.write_text("".join(f"{line}\n" for line in tokens(lines)), encoding="utf-8")
        command = ["hunalign", "-utf", "-realign", dictionary, *texts]
        run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=HUNALIGN_TIMEOUT)
    rungs = [tuple(map(int, line.split("\t")[:2])) for line in run.stdout.splitlines()]
    if not rungs or rungs[-1] != (len(candidate), len(reference)):
        raise ValueError("the ladder does not reach the end of the texts")
    links = [(tuple(range(i, k)), tuple(range(j, m))) for (i, j), (k, m) in pairwise(rungs)]
    return with_gaps(links, len(candidate), len(reference))


def bleualign(candidate: list[str], reference: list[str]) -> list[Pair]:
    from bleualign.align import Aligner

    check_length(candidate, reference)
    ours, theirs = ([re.sub(f"[{CJK}]", r" \g<0> ", line) for line in lines] for lines in (candidate, reference))
    # The candidate is its own translation. Its main loop would align in processes of its own, outside our measure.
    aligner = Aligner({"srcfile": ours, "targetfile": theirs, "srctotarget": [ours], "verbosity": 0})
    return [link for link, _ in aligner.process(ours, theirs, [ours], [])]


class Peer(NamedTuple):
    """An aligner of lines, and the module or else the program that it needs."""

    align: Callable[[list[str], list[str]], list[Pair]]
    module: str = ""
    program: str = ""

    @property
    def installed(self) -> bool:
        """Whether it can be run; to look for more than the top package would import that."""
        return bool(find_spec(self.module.partition(".")[0]) if self.module else shutil.which(self.program))


OURS = "bleupencil"
PEERS = {
    OURS: Peer(this_program, module="metrics.alignment"),
    "Gale–Church": Peer(gale_church, module="nltk.translate.gale_church"),
    "hunalign": Peer(hunalign, program="hunalign"),
    "Bleualign": Peer(bleualign, module="bleualign.align"),
}


def add_case(tally: Tally, case: Path, name: str = OURS) -> None:
    """Aligns a case and counts."""
    peer = PEERS[name]
    candidate, reference = ([s.text for s in segments(case / f"{side}.txt")] for side in ("candidate", "reference"))
    if peer.module:
        import_module(peer.module)
    began = perf_counter()
    links = peer.align(candidate, reference)
    tally.seconds += perf_counter() - began
    found = set(links)
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


def measure(name: str, cases: list[Path]) -> Tally:
    """What an aligner does on cases; memory is that of the process, so it needs one of its own."""
    tally = Tally()
    for case in cases:
        add_case(tally, case, name)
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    tally.megabytes = sum(peaks) // 1024
    return tally


def apart(name: str, cases: list[Path]) -> Tally | None:
    """The same in a process of its own; None where a peer fails."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(measure, name, cases).result()
        except Exception as error:
            if name == OURS:
                raise
            print(f"{name}, {cases[0].parent.name}: {type(error).__name__}: {error}", file=sys.stderr)
            return None


def cells(tally: Tally | None) -> list[str]:
    """The figures of a row."""
    if tally is None:
        return ["–"] * 5
    scores = []
    for found, recalled in ((tally.strict, tally.recalled), (tally.lax, tally.recalled_lax)):
        precision, recall = found / max(tally.found, 1), recalled / max(tally.gold, 1)
        scores.append(f"{precision:.3f} {recall:.3f} {f1(precision, recall):.3f}")
    moved = f"{tally.moved_found / tally.moved:.3f}" if tally.moved else ""
    return [*scores, moved, f"{tally.seconds:.1f}", str(tally.megabytes)]


def groups(cases: Path, family: str) -> Iterator[tuple[str, list[Path]]]:
    """Rows with their cases; the cases of `scale` are rows of their own."""
    if (cases / family / "candidate.txt").exists():
        yield family, [cases / family]
        return
    folders = sorted((f for f in (cases / family).iterdir() if f.is_dir()), key=lambda f: (len(f.name), f.name))
    if family == "scale":
        yield from ((f"scale/{folder.name}", [folder]) for folder in folders)
    else:
        yield family, folders


def main() -> None:
    """Prints a row for every family and aligner."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, metavar="CASES")
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--peers", choices=["all", "none"], default="all", help="whom to run beside this program")
    options = parser.parse_intermixed_args()
    families = options.families or sorted(folder.name for folder in options.cases.iterdir() if folder.is_dir())
    for family in families:
        if not (options.cases / family).is_dir():
            parser.error(f"no such family: {family}")
    names = [name for name, peer in PEERS.items() if name == OURS or (options.peers == "all" and peer.installed)]
    print("| family | cases | aligner | strict P R F1 | lax P R F1 | moved recall | seconds | MB |")
    print("|-|-|-|-|-|-|-|-|")
    for family in families:
        for row, group in groups(options.cases, family):
            for name in names:
                print("|", " | ".join([row, str(len(group)), name, *cells(apart(name, group))]), "|", flush=True)


if __name__ == "__main__":
    main()
