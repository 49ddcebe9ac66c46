"""Reports to test with."""

import pickle
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, overload

from metrics.model import Pairing, Passage, Review, Settings, Severity
from metrics.mqm.disagreement import Disagreements, disagreements
from metrics.mqm.model import Annotation, Disposition, Side, State
from metrics.mqm.typology import preset
from metrics.ranking import ordered
from metrics.reports.report import DocumentReport, Report, Said
from metrics.review import review, run

LABEL = preset("core").label
CANDIDATE = """The mayor opened the new quay on Monday.

It took sixteen crews and two winters to finish the wall. The wall held.
Nobody asked the fishermen what they thought of all this.
"""
REFERENCE = """The mayor opened the new quay on Monday. It took sixty-one crews and three winters
to finish the sea wall. The wall held. Three fishing families lost their moorings
to the works and have not been paid. Nobody asked the fishermen what they thought of all this.
"""
#: What HTML, Markdown, Jinja, SARIF, spreadsheets, GitHub's runner, terminals and eyes would obey.
HOSTILE = (
    "</script><script>alert(1)</script> {{7*7}} {% raw %} ${x} 1969",
    "=HYPERLINK(1) \u202egnp.exe\u202c &lt;b&gt; &amp; <img src=x onerror=alert(1)>",
    "::error file=a::b%0A::set-env 100% \x1b[2J [click](https://example.org) {0} | `c` @all #1",
)


class Gate(NamedTuple):
    """An outcome."""

    name: str
    passed: bool | None
    told: str


def mended(texts: Sequence[str]) -> list[str]:
    """References for hostile candidates: each differs from its own in a word and a number."""
    return [f"{text.replace('1969', '1996')} indeed, said Ms Lind" for text in texts]


def paired(folder: Path, ours: str, theirs: str, name: str = "candidate.txt", **settings: Any) -> Review:
    """The review of two texts; the paths in it are relative ones."""
    folder.mkdir(exist_ok=True)
    paths = folder / "candidate.txt", folder / "reference.txt"
    for path, text in zip(paths, (ours, theirs), strict=True):
        path.write_bytes(text.encode())
    made = run(review(*map(str, paths), Settings(**settings)))
    return replace(
        made,
        candidate=replace(made.candidate, path=name),
        reference=replace(made.reference, path="reference.txt"),
    )


def hostile(folder: Path) -> Report:
    """Every text, name, note and gate of it is out for harm."""
    texts = HOSTILE
    made = paired(folder, "\n".join(texts), "\n".join(mended(texts)), f"{texts[0]},:.txt", pairing=Pairing.ALIGNED)
    document = reported(made)
    passage = document.passages[0]
    marks = tuple(mark(passage, category=text, note=text, reviewer=text) for text in texts)
    said = Said(marks, tuple((text, Disposition.ERROR) for text in texts))
    gates = tuple(Gate(text, False, text) for text in texts)
    last = document.passages[-1]
    disputed = disputing(
        made,
        (mark(last, id=text, category=text, note=text, reviewer=text) for text in texts),
        {(passage.id, text): Disposition.FINE for text in texts},
    )
    document = replace(document, said={passage.id: said}, disagreements=disputed)
    return Report((document,), outcomes=gates, label=LABEL)


def disputing(
    made: Review, marks: Iterable[Annotation], called: Mapping[tuple[str, str], Disposition]
) -> Disagreements:
    """Where a review's risk disagrees with marks, and with what passages were called, by id and reviewer."""
    state = State({each.id: each for each in marks}, called, frozenset(), {}, (), {}, {})
    return disagreements(made, ordered(made.counted), state)


def reported(made: Review, *outcomes: Gate, **said: Said) -> DocumentReport:
    """A document's report, worst first; `said` is by the id of a passage."""
    return DocumentReport(
        made, tuple(ordered(made.counted)), {k.lstrip("_"): v for k, v in said.items()}, None, outcomes
    )


def mark(passage: Passage, words: str = "", **others: Any) -> Annotation:
    """A mark on words of the candidate, or on the whole passage."""
    start = passage.candidate.text.index(words)
    known: dict[str, Any] = {
        "id": "1",
        "unit": passage.id,
        "reviewer": "ana",
        "side": Side.CANDIDATE,
        "start": start,
        "end": start + len(words),
        "category": "accuracy/mistranslation",
        "severity": Severity.MAJOR,
    }
    return Annotation(**(known | others))


class Shelf(Sequence[DocumentReport]):
    """Documents that are read anew at each access, which `read` counts by place."""

    def __init__(self, documents: Iterable[DocumentReport]) -> None:
        self._kept = [pickle.dumps(document) for document in documents]
        self.read: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, place: int) -> DocumentReport: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[DocumentReport]: ...

    def __getitem__(self, place: int | slice) -> DocumentReport | Sequence[DocumentReport]:
        assert isinstance(place, int)
        kept = self._kept[place]
        self.read[place] += 1
        document: DocumentReport = pickle.loads(kept)
        return document
