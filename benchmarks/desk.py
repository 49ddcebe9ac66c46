"""How fast the review screen is: until it is there, and from each key to its paint.

usage: python benchmarks/desk.py [--rounds N] [--aligned] [--way terminal|pilot] [PASSAGES …]

Makes pairs of so many passages, 100 and 10,000 unless told otherwise, with a fixed seed, and reviews them on a screen
of 120 × 40: in a pseudo-terminal, with `python -m tui review`, and through Textual's Pilot, in a process of its own.
At 100,000 the pipeline alone takes minutes each time; --aligned pairs line by line, which saves what it takes to align.

first paint  seconds from the command, or from the app's start, until something is on the screen
queue        seconds until the queue is there, to be used: the whole pipeline is in them
shown        seconds of these behind the pipeline
MB           the most memory of the process

Keys are pressed one by one, ROUNDS times the same piece of a review, each when the one before is done. In the terminal
a key takes from its being written to the first and the last byte of what comes, before 50 ms of silence; through Pilot
from its being posted to the end of the first paint and of the last. Act and answer are in the first, toasts and the
footer of another screen in the last. A key that paints nothing is left out of the figures, and counted. Textual paints
60 times a second at most, so a key takes some 10 ms whatever it does. Escape alone stands apart: Textual, as all
programs in a terminal, waits 100 ms for what may follow it.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from desk_keys import ACTS, Session, by_pilot, in_terminal
from desk_pairs import write_pair

SEED = 6
ROUNDS = 5
SIZES = (100, 10_000)
#: What is to be held, in seconds.
GOAL = 0.05
APART = "escape"
WAYS = {"terminal": in_terminal, "pilot": by_pilot}


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", nargs="*", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--aligned", action="store_true")
    parser.add_argument("--way", choices=WAYS)
    arguments = parser.parse_args()
    ways = [arguments.way] if arguments.way else list(WAYS)
    measured: dict[tuple[int, str], Session] = {}
    with TemporaryDirectory(prefix="bleupencil-") as folder:
        # No user's keys, theme or list of recent reviews.
        os.environ |= {"XDG_CONFIG_HOME": f"{folder}/config", "XDG_STATE_HOME": f"{folder}/state"}
        os.environ.pop("NO_COLOR", None)
        for size in arguments.passages:
            for way in ways:
                print(f"{size} passages, {way} …", file=sys.stderr)
                measured[size, way] = _run(Path(folder), size, way, arguments.aligned, arguments.rounds)
    paired = "line by line" if arguments.aligned else "by the aligner"
    print(f"{datetime.now(UTC):%Y-%m-%d}, paired {paired}, {arguments.rounds} rounds, seed {SEED}\n")
    print("\n".join(_starts(measured)), "\n".join(_keys(measured)), sep="\n\n")


def _run(folder: Path, size: int, way: str, aligned: bool, rounds: int) -> Session:
    pair = write_pair(folder, size, SEED, aligned)
    session = folder / f"{size}-{way}.review"
    # Each in a process that has done nothing else, and has the environment from its beginning.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(WAYS[way], pair, session, aligned, rounds).result()


def _starts(measured: dict[tuple[int, str], Session]) -> Iterator[str]:
    yield "| passages | way | first paint | queue | shown | MB |"
    yield "|-|-|-|-|-|-|"
    for (size, way), session in measured.items():
        shown = "" if session.shown is None else f"{session.shown:.2f}"
        yield f"| {size:,} | {way} | {session.first:.2f} | {session.usable:.1f} | {shown} | {session.peak:.0f} |"


def _keys(measured: dict[tuple[int, str], Session]) -> Iterator[str]:
    goal = f"{GOAL * 1000:.0f} ms"
    yield f"| passages | way | act | keys | first ms: median, 95 %, most | ≤ {goal} | last ms | ≤ {goal} | silent |"
    yield "|-|-|-|-|-|-|-|-|-|"
    for (size, way), session in measured.items():
        for act in ("all", *ACTS):
            pressed = [p for p in session.pressed if p.act == act or (act == "all" and p.act != APART)]
            first = [p.first for p in pressed if p.first is not None]
            last = [p.last for p in pressed if p.last is not None]
            named = act if act != APART else f"{act} alone"
            figures = " | ".join((*_figures(first), *_figures(last)))
            yield f"| {size:,} | {way} | {named} | {len(first)} | {figures} | {len(pressed) - len(first)} |"


def _figures(seconds: Sequence[float]) -> Iterator[str]:
    if not seconds:
        yield from ("–", "–")
        return
    yield ", ".join(f"{1000 * np.percentile(seconds, quantile):.0f}" for quantile in (50, 95, 100))
    share = 100 * sum(each <= GOAL for each in seconds) / len(seconds)
    yield f"{share:.0f} %"


if __name__ == "__main__":
    main()
