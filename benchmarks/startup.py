"""How long a job waits for a call, beside the `sacrebleu` command.

usage: python benchmarks/startup.py [--rounds N] [CANDIDATE REFERENCE]

The pair is samples/harbour unless another is named. `bleupencil align --format lines` exports its lines; those are
scored by `sacrebleu`, once with its defaults (BLEU) and once with BLEU, chrF and chrF++'s word n-grams, and by
`bleupencil score --aligned`. `bleupencil score` then takes the whole path on the two texts as they are: reading,
cleaning, sentences, alignment, findings, scores. `python -c pass` is what any of them pays.

Each round, 15 unless told otherwise, runs all commands after each other, as processes of their own, in an order that
turns by one place a round, so that what else the machine does meets all alike. Before the first round each runs once
without being timed, which also compiles its bytecode; PYTHONDONTWRITEBYTECODE is left out of their environment.

seconds  the wall time of the process, from its start until it is gone: the median of all rounds, and the fastest
times    the median of what a round's time is, divided by the time of `sacrebleu` with its defaults in that round
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROUNDS = 15
HARBOUR = Path(__file__).parent.parent / "samples" / "harbour"
PAIR = (str(HARBOUR / "candidate.txt"), str(HARBOUR / "reference.txt"))
#: What the others are divided by.
PEER = "sacrebleu"
#: What is to be held, in times of `PEER`.
GOALS = {"bleupencil score --aligned": 1.2, "bleupencil score": 2.5}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pair", nargs="*", default=PAIR, metavar="TEXT")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    if len(arguments.pair) != 2 or arguments.rounds < 1:
        parser.error("give a candidate and a reference, or neither, and at least one round")
    with TemporaryDirectory(prefix="bleupencil-") as folder:
        elsewhere = Path(folder) / "lines"
        pair = [str(Path(text).absolute()) for text in arguments.pair]
        # No bleupencil.toml of the working folder is obeyed here.
        os.chdir(folder)
        seconds([program("bleupencil"), "align", *pair, "--format", "lines", "--out", str(elsewhere)])
        lines = (str(elsewhere / "candidate.txt"), str(elsewhere / "reference.txt"))
        print(table(timed(calls(pair, lines), arguments.rounds), arguments.rounds, lines[0]))


def calls(pair: Sequence[str], lines: tuple[str, str]) -> dict[str, list[str]]:
    """The commands by what the table calls them."""
    candidate, reference = lines
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        PEER: [program("sacrebleu"), reference, "-i", candidate],
        "sacrebleu -m bleu chrf -w 2": [
            program("sacrebleu"),
            reference,
            "-i",
            candidate,
            "-m",
            "bleu",
            "chrf",
            "-w",
            "2",
        ],
        "bleupencil score --aligned": [program("bleupencil"), "score", "--aligned", candidate, reference],
        "bleupencil score": [program("bleupencil"), "score", *pair],
    }


def program(name: str) -> str:
    """A command of the environment that this runs in, without looking through the PATH."""
    return str(Path(sys.executable).parent / name)


def timed(commands: Mapping[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """The seconds of each command in each round."""
    for command in commands.values():
        seconds(command)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    names = list(commands)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(seconds(commands[name]))
    return taken


def seconds(command: Sequence[str]) -> float:
    """The wall time of a process; whatever it prints is dropped. A status other than 0 ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=False)
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return taken


def table(taken: Mapping[str, Sequence[float]], rounds: int, lines: str) -> str:
    """The figures in Markdown."""
    count = len(Path(lines).read_text(encoding="utf-8").splitlines())
    rows = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}, {count} lines, medians of {rounds} rounds",
        "",
        "| command | seconds | fastest | times | goal |",
        "|-|-|-|-|-|",
    ]
    for name, each in taken.items():
        times = median(own / peer for own, peer in zip(each, taken[PEER], strict=True))
        goal = f"≤ {GOALS[name]}" if name in GOALS else ""
        rows.append(f"| `{name}` | {median(each):.3f} | {min(each):.3f} | {times:.2f} | {goal} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
