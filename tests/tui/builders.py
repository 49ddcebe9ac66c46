"""Reviews built by hand through the model's types, so that the screen can be tested without the engine."""

import itertools
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from textual.pilot import Pilot

from metrics.comparison import compare
from metrics.diff import diff
from metrics.lexicon import lexicon
from metrics.model import (
    Coverage,
    Document,
    Excerpt,
    Finding,
    Kind,
    Link,
    Passage,
    Place,
    Progress,
    Review,
    Score,
    Segment,
    Settings,
    Severity,
    Span,
    Term,
)
from metrics.placing import places_of
from metrics.realignment import Realigner
from metrics.vocabulary import Vocabulary
from metrics.words import count_words
from tui.app import BleupencilApp
from tui.desk import Desk
from tui.screens.review import Pipeline, ReviewScreen

SETTINGS = Settings()
#: More rows are too many to be compared in a test; they have no marks.
MOST_COMPARED = 5_000
_SESSIONS = TemporaryDirectory()
_NUMBERS = itertools.count()


class Note(NamedTuple):
    """A finding to be, by the words that it speaks of."""

    kind: str
    candidate: str
    reference: str
    message: str
    points: float = 0.01


class Row(NamedTuple):
    """One passage to be; an empty side makes it added or omitted, whatever `kind` says."""

    candidate: str
    reference: str
    chrf: float = 60.0
    bleu: float = 20.0
    kind: Kind = Kind.MATCH
    notes: tuple[Note, ...] = ()


HARBOUR = (
    Row("Subscribe to our harbour letter", "", kind=Kind.BOILERPLATE),
    Row("The mayor opened the new quay on Monday.", "The mayor opened the new quay on Monday.", 100, 100),
    Row(
        "It took sixteen crews and two winters to finish the wall.",
        "It took sixty-one crews and three winters to finish the sea wall.",
        71.5,
        38.2,
        notes=(
            Note("number", "sixteen", "sixty-one", "“sixteen” where the reference has “sixty-one”", 0.02),
            Note("number", "two", "three", "“two” where the reference has “three”"),
        ),
    ),
    Row("", "Three fishing families lost their moorings to the works and have not been paid.", 0, 0),
    Row(
        '"We have unwittingly supported the port," Ms. Lind told him.',
        '"We have unfailingly supported the port," Ms. Lind told the council.',
        68.1,
        45.4,
        Kind.MOVED,
        notes=(Note("near-miss", "unwittingly", "unfailingly", "“unwittingly” where the reference has “unfailingly”"),),
    ),
    Row("Storm season, which begins early, will test it.", "The storm season will put it to the test.", 41, 7),
    Row("Nobody on the pier believed a word of this.", "", 0, 0),
    Row("On the contrary, he said.", "“On the contrary”, he said.", 88.4, 60.7),
)

HOSTILE = (
    Row(
        "Press \x1b[2J\x1b]0;owned\x07 now [/nope] to win.",
        "Press [bold]nothing[/bold] now to win.",
        30,
        notes=(Note("name", "[/nope]", "", "the reference does not name “\x1b[2J[/nope]”"),),
    ),
    Row("The file \u202egnp.exe\u202c is [@click=app.quit]safe[/].", "The file is safe [sic] here.", 40),
    Row("[$accent]A \u200bzero\u200b [50%] width[/", "", kind=Kind.ADDED),
    Row("", "Tag \U000e0041 and lone \udcff and [red]red.", kind=Kind.OMITTED),
    Row("港口新码头周一启用，市长出席。", "新码头周一启用，市长和议员出席了仪式。", 35),
)


def review(rows: Sequence[Row] = HARBOUR) -> Review:
    """A review of two texts with one sentence a line, in the order of `rows` on both sides."""
    candidate, reference = [row.candidate for row in rows], [row.reference for row in rows]
    texts = [_document("c/candidate.txt", candidate), _document("r/reference.txt", reference)]
    sides = [_excerpts(candidate), _excerpts(reference)]
    vocabulary = Vocabulary(lexicon("en"), candidate, reference) if len(rows) <= MOST_COMPARED else None
    places = places_of([Link(ours.segments, theirs.segments, Kind.MATCH) for ours, theirs in zip(*sides, strict=True)])
    passages = tuple(
        _passage(number, place, row, *excerpts, vocabulary)
        for number, (place, row, excerpts) in enumerate(zip(places, rows, zip(*sides, strict=True), strict=True))
    )
    passages = tuple(sorted(passages, key=lambda passage: passage.position))
    words = sum(passage.reference.words for passage in passages)
    omitted = sum(passage.reference.words for passage in passages if passage.kind is Kind.OMITTED)
    return Review(
        candidate=texts[0],
        reference=texts[1],
        candidate_segments=_segments(sides[0]),
        reference_segments=_segments(sides[1]),
        passages=passages,
        scores={"BLEU": Score("BLEU", 31.4, "BLEU|hand"), "chrF": Score("chrF", 58.2, "chrF|hand")},
        coverage=Coverage(1.0, 1 - omitted / words if words else 1.0, 0, omitted, 0, 0),
        language="en",
        settings=SETTINGS,
    )


def many(count: int) -> list[Row]:
    """`count` short passages; chrF falls from the first to the last, but all are of equal length."""
    return [Row(f"Boat {n} came in late.", f"Ship {n} came in late.", 90 - 80 * n / count) for n in range(count)]


def yielding(made: Review) -> Pipeline:
    """A pipeline that has this review at once."""

    def pipeline(*_: object) -> Generator[Progress, None, Realigner]:
        yield Progress("Reading", 0.1)
        return Realigner(made)

    return pipeline


def app(
    rows: Sequence[Row] = HARBOUR,
    names: tuple[str, str] = ("c/candidate.txt", "r/reference.txt"),
    path: Path | None = None,
    reviewer: str = "ana",
) -> BleupencilApp:
    """The app on such a review; its session is in a folder that goes away, unless `path` is given."""
    return app_on(yielding(review(rows)), names, path, reviewer)


def app_on(
    pipeline: Pipeline,
    names: tuple[str, str] = ("c/candidate.txt", "r/reference.txt"),
    path: Path | None = None,
    reviewer: str = "ana",
) -> BleupencilApp:
    """The app on what a pipeline makes."""
    desk = Desk(path or Path(_SESSIONS.name, f"{next(_NUMBERS)}.review"), reviewer)
    return BleupencilApp(ReviewScreen(*names, SETTINGS, pipeline, desk))


@asynccontextmanager
async def opened(
    rows: Sequence[Row] = HARBOUR,
    size: tuple[int, int] = (80, 24),
    names: tuple[str, str] = ("c/candidate.txt", "r/reference.txt"),
    path: Path | None = None,
    reviewer: str = "ana",
) -> AsyncGenerator[Pilot[None], None]:
    """The app with the review of `rows` on its screen."""
    running = app(rows, names, path, reviewer)
    async with running.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        yield pilot
    close(running)


def close(running: BleupencilApp) -> None:
    """Close the session of an app that has ended."""
    assert running._review is not None
    running._review.desk.close()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the pipeline is through and the screen has told so."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def lines(pilot: Pilot[None]) -> list[str]:
    """What stands on the terminal, line by line."""
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


def screen(pilot: Pilot[None]) -> str:
    """What stands on the terminal."""
    return "\n".join(lines(pilot))


def told(pilot: Pilot[None]) -> str:
    """What stands on the terminal, without the breaks of its lines and the edges of its parts."""
    return " ".join(screen(pilot).replace("▌", " ").replace("▐", " ").split())


def toast(pilot: Pilot[None]) -> str:
    """What the toasts say."""
    return " ".join(notification.message for notification in pilot.app._notifications)


def cursor_row(pilot: Pilot[None]) -> str:
    """The selected row of the queue, from its rank on."""
    (row,) = [line for line in lines(pilot) if line.startswith("▶")]
    return row.removeprefix("▶").strip()


def _document(path: str, lines: Sequence[str]) -> Document:
    text = "".join(f"{line}\n" for line in lines)
    blocks = tuple(Span(excerpt.start, excerpt.end) for excerpt in _excerpts(lines) if excerpt.segments)
    return Document(path, text, "utf-8", blocks)


def _excerpts(lines: Sequence[str]) -> list[Excerpt]:
    excerpts, start, segment = [], 0, 0
    for number, line in enumerate(lines, 1):
        ids = (segment,) if line else ()
        segment += bool(line)
        excerpts.append(Excerpt(ids, start, start + len(line), number, line, count_words(line)))
        start += len(line) + 1
    return excerpts


def _segments(excerpts: Sequence[Excerpt]) -> tuple[Segment, ...]:
    return tuple(Segment(e.segments[0], e.start, e.end, e.text, e.segments[0]) for e in excerpts if e.segments)


def _passage(
    number: int, position: Place, row: Row, candidate: Excerpt, reference: Excerpt, vocabulary: Vocabulary | None
) -> Passage:
    kind = row.kind
    if kind is not Kind.BOILERPLATE and not (row.candidate and row.reference):
        kind = Kind.ADDED if row.candidate else Kind.OMITTED
    scored = kind is not Kind.BOILERPLATE
    scores = {"BLEU": row.bleu, "chrF": row.chrf} if scored else {}
    findings = tuple(
        Finding(
            note.kind,
            Severity.MAJOR,
            _place(candidate, note.candidate),
            _place(reference, note.reference),
            note.message,
            note.points,
        )
        for note in row.notes
    )
    return Passage(
        id=f"p{number}",
        position=position,
        kind=kind,
        similarity=row.chrf / 100 if kind.linked else 0.0,
        candidate=candidate,
        reference=reference,
        scores=scores,
        statistics={},
        terms=_terms(row, max(candidate.words, reference.words)) if scored else (),
        findings=findings,
        marks=diff(compare(row.candidate, row.reference, vocabulary)) if kind.linked and vocabulary else ((), ()),
    )


def _terms(row: Row, words: int) -> tuple[Term, ...]:
    """Not those of `metrics.ranking`: what a finding weighs is no matter of the screen."""
    score = Term(f"chrF {row.chrf:.1f} over {words} words", (1 - row.chrf / 100) * words)
    return score, *(Term(note.kind, note.points) for note in row.notes)


def _place(excerpt: Excerpt, words: str) -> Span | None:
    start = excerpt.start + excerpt.text.index(words)
    return Span(start, start + len(words)) if words else None
