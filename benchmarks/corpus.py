"""How fast many pairs are scored in one process and in two, and how much memory their number takes.

usage: python benchmarks/corpus.py [--rounds N] [--sentences N] [--jobs N] [PAIRS …]

Makes so many pairs of 40 sentences, 1,000 and 10,000 unless told otherwise, of made-up words with a fixed seed, lists
them in a file, and runs `bleupencil score --pairs` on it as a process of its own, with --jobs 1 and with --jobs 2, one
after the other in each round.

seconds  wall time of the whole command, the median of all rounds
a second pairs
MB       the most memory of the main process, and the most of any process that it started
times    how much faster than with one: the median of each round's ratio
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from desk_pairs import write_pair

#: Different texts; pairs beyond these are the same files again, under another name.
_DIFFERENT = 500


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="*", type=int, default=[1_000, 10_000], metavar="PAIRS")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, pairs of {arguments.sentences} sentences\n")
    print("| pairs | jobs | seconds | a second | MB | MB of a worker | times |\n|-|-|-|-|-|-|-|")
    with TemporaryDirectory(prefix="bleupencil-") as folder:
        for number in arguments.pairs:
            manifest = written(Path(folder), number, arguments.sentences)
            for row in rows(number, manifest, arguments.jobs, arguments.rounds):
                print(row, flush=True)


def written(folder: Path, number: int, sentences: int) -> Path:
    """The pairs' files, and the one that lists them."""
    for k in range(min(number, _DIFFERENT)):
        (folder / str(k)).mkdir(exist_ok=True)
        write_pair(folder / str(k), sentences, k, lines=False)
    manifest = folder / "pairs.tsv"
    files = (f"{k % _DIFFERENT}/candidate.txt\t{k % _DIFFERENT}/reference.txt" for k in range(number))
    listed = (f"{texts}\tdocument {k}\n" for k, texts in enumerate(files))
    manifest.write_text(f"candidate\treference\tid\n{''.join(listed)}", encoding="utf-8")
    return manifest


def rows(number: int, manifest: Path, most: int, rounds: int) -> Iterator[str]:
    """A row for one process, and one for `most`."""
    taken: dict[int, list[tuple[float, float, float]]] = {1: [], most: []}
    for _ in range(rounds):
        for jobs, runs in taken.items():
            runs.append(run(manifest, jobs))
    for jobs, runs in taken.items():
        seconds = median(each[0] for each in runs)
        faster = median(one[0] / own[0] for one, own in zip(taken[1], runs, strict=True))
        memory = [f"{max(each[k] for each in runs):.0f}" for k in (1, 2)]
        yield f"| {number:,} | {jobs} | {seconds:.1f} | {number / seconds:.1f} | {' | '.join(memory)} | {faster:.2f} |"


def run(manifest: Path, jobs: int) -> tuple[float, float, float]:
    """The wall time of a call, and the most memory of its process and of another below it, in MB."""
    command = [str(Path(sys.executable).parent / "bleupencil"), "score", "--pairs", str(manifest), "--jobs", str(jobs)]
    start = time.perf_counter()
    status, memory = watched(command)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)}: exit status {status}")
    return seconds, *memory


def watched(command: Sequence[str]) -> tuple[int, tuple[float, float]]:
    """Runs a command; its status, and the most memory of it and of any process below, looked at ten times a second."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        most: dict[int, float] = {}
        while process.poll() is None:
            for number in (process.pid, *below(process.pid)):
                most[number] = max(most.get(number, 0.0), resident(number))
            time.sleep(0.1)
        if process.returncode:
            print(process.stderr.read().decode(errors="replace"), file=sys.stderr)
        own = most.pop(process.pid, 0.0)
        return process.returncode, (own, max(most.values(), default=0.0))


def below(number: int) -> Iterator[int]:
    """The processes that another one started, and those that these did."""
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from below(child)


def resident(number: int) -> float:
    """The memory of a process now, in MB; 0 where it is gone, and where the system does not say."""
    try:
        pages = int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
