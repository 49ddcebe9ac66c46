"""Whether importing public annotations and scoring them gives the published segment scores.

usage: python benchmarks/mqm.py ANNOTATIONS.tsv SCORES.tsv

ANNOTATIONS.tsv is in Google's format. SCORES.tsv has a header line and system, score and segment, with white space
between; a score is the penalty with its sign turned, or None where nobody rated the segment. Both are in
https://github.com/google/wmt-mqm-human-evaluation. The two files call the references differently: ref is ref-A, refB
is ref-B.

Printed for systems and for references: how many segments have a published score, how many of these the scheme
"google" gives to within a millionth, the largest difference, and how many segments have a score of ours alone.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from metrics.errors import BleupencilError
from metrics.mqm.exchange import import_file
from metrics.mqm.penalties import GOOGLE
from metrics.mqm.scorecard import unit_penalties
from metrics.mqm.store import Session

REFERENCES = {"ref": "ref-A", "refB": "ref-B"}
NEAR = 1e-6

Segment = tuple[str, str]


def ours(annotations: str) -> dict[Segment, float]:
    """Our scores of the segments, by system and segment."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Session.open(Path(folder) / "check.review", create=True) as session,
    ):
        import_file(annotations, session, "google")
        units = session.units
        penalties = unit_penalties(units, session.state, GOOGLE)
    return {
        (REFERENCES.get(unit.system, unit.system), unit.segment): -penalties[unit.id]
        for unit in units
        if unit.id in penalties
    }


def published(path: str) -> Iterator[tuple[Segment, float]]:
    """The published scores."""
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            system, score, segment = line.split()
            if score != "None":
                yield (system, segment), float(score)


def compared(name: str, own: Mapping[Segment, float], public: Mapping[Segment, float]) -> str:
    """One line on how far the two agree."""
    differences = [abs(own[segment] - score) for segment, score in public.items() if segment in own]
    near = sum(difference < NEAR for difference in differences)
    largest = f"{max(differences):.1e}" if differences else "-"
    alone = len(own.keys() - public.keys())
    return f"{name:<12}{len(public):>9}{near:>9}{largest:>12}{alone:>12}"


def main() -> None:
    """Read both files and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("annotations", metavar="ANNOTATIONS.tsv")
    parser.add_argument("scores", metavar="SCORES.tsv")
    given = parser.parse_args()
    try:
        own, public = ours(given.annotations), dict(published(given.scores))
    except (BleupencilError, OSError) as error:
        parser.error(str(error))
    print(f"{'':<12}{'published':>9}{'agree':>9}{'difference':>12}{'ours alone':>12}")
    for name, is_reference in (("systems", False), ("references", True)):
        sides = [
            {key: score for key, score in scores.items() if (key[0] in REFERENCES.values()) is is_reference}
            for scores in (own, public)
        ]
        print(compared(name, *sides))


if __name__ == "__main__":
    main()
