"""The pipeline: two paths in, a `Review` out. The screen and the CI job both run this one."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from metrics.alignment import align_lines, align_steps, in_order
from metrics.errors import EmptyText, UnequalLines, UsageError
from metrics.examination import Examiner, measured
from metrics.languages import Language, guess_language, language_named
from metrics.lexicon import lexicon
from metrics.model import (
    Document,
    Kind,
    Link,
    OtherReference,
    Pairing,
    Passage,
    Progress,
    Review,
    Segment,
    Settings,
)
from metrics.passages import Maker
from metrics.placing import places_of
from metrics.reading import Source, open_source, read
from metrics.reading.source import STDIN
from metrics.realignment import Realigner
from metrics.scoring import Scorer
from metrics.segmentation import segment, segment_lines
from metrics.steps import run, within
from metrics.totals import Totals

if TYPE_CHECKING:
    from metrics.glossary import Glossary

__all__ = [
    "RealignerSteps",
    "Steps",
    "realigner_steps",
    "require_texts",
    "review",
    "review_documents",
    "review_links",
    "run",
]

#: Passages scored between two signs of life.
_BATCH = 500

#: A link less similar than this may be two unlike pieces that were left over in the same place.
_WEAK = 0.3

#: Where in the whole the alignments begin and end.
_ALIGNING = 0.2, 0.6

Steps = Generator[Progress, None, Review]
RealignerSteps = Generator[Progress, None, Realigner]


def review(candidate: str, reference: str, settings: Settings | None = None, others: Sequence[str] = ()) -> Steps:
    """Reads, segments, aligns and scores a pair, telling before each step what it is.

    `candidate` and `reference` are paths, and so are `others`, further references; one of all may be `-` for standard
    input. The generator returns the review; `run` drives it to the end.

    Raises `UsageError` and `InputError`.
    """
    return (yield from _realigner(candidate, reference, settings, others)).review


def realigner_steps(
    candidate: str, reference: str, settings: Settings | None = None, others: Sequence[str] = ()
) -> RealignerSteps:
    """As `review`, but returns what the review's alignment can be corrected with, ready to do so without delay."""
    realigner = yield from _realigner(candidate, reference, settings, others)
    realigner.prepare()
    return realigner


def _realigner(candidate: str, reference: str, settings: Settings | None, others: Sequence[str]) -> RealignerSteps:
    settings = settings or Settings()
    paths = candidate, reference, *others
    if paths.count(STDIN) > 1:
        which = "candidate and reference are both" if candidate == reference == STDIN else "several texts are"
        raise UsageError(f"{which} '-': standard input can be read only once")
    sources = [open_source(path) for path in paths]
    documents = []
    for number, source in enumerate(sources):
        yield Progress(f"reading {source.name}{_told_size(source)}", 0.1 * number / len(sources))
        documents.append(read(source, settings.encoding))
    return (yield from _from_documents(documents[0], documents[1], settings, documents[2:]))


def review_documents(
    candidate: Document, reference: Document, settings: Settings, others: Sequence[Document] = ()
) -> Steps:
    """The pipeline from documents on; `others` are further references."""
    return (yield from _from_documents(candidate, reference, settings, others)).review


def _from_documents(
    candidate: Document, reference: Document, settings: Settings, others: Sequence[Document]
) -> RealignerSteps:
    glossary = None
    if settings.glossary is not None:
        from metrics.glossary import read_glossary

        glossary = read_glossary(settings.glossary)
    language = _language(candidate, reference, settings)
    yield Progress("finding sentences", 0.1)
    texts = [
        segment(document, language) if settings.pairing is Pairing.SENTENCES else segment_lines(document)
        for document in (candidate, reference, *others)
    ]
    ours, theirs = texts[:2]
    start, end = _ALIGNING
    share = (end - start) / (1 + len(others))
    links = yield from within(_links(candidate, reference, ours, theirs, settings), start, start + share)
    answers = []
    for number, (document, segments) in enumerate(zip(others, texts[2:], strict=True), 1):
        if not segments:
            raise EmptyText(f"{document.path} is empty: there is nothing to compare with")
        steps = _links(document, reference, segments, theirs, settings)
        done = start + number * share
        yield Progress(f"aligning {document.path} with {reference.path}", done)
        answers.append(OtherReference(document, segments, (yield from within(steps, done, done + share))))
    return (yield from review_links(candidate, reference, ours, theirs, links, language, settings, glossary, answers))


def review_links(
    candidate: Document,
    reference: Document,
    ours: Sequence[Segment],
    theirs: Sequence[Segment],
    links: Sequence[Link],
    language: Language,
    settings: Settings,
    glossary: "Glossary | None" = None,
    others: Sequence[OtherReference] = (),
) -> RealignerSteps:
    """The pipeline from links on; they are in document order and hold every segment once."""
    passages = Maker(candidate, reference, ours, theirs, others).passages(links, places_of(links))
    scorer = Scorer(settings, language, 1 + len(others))
    examiner = None
    if settings.metrics:
        examiner = Examiner(candidate, reference, ours, theirs, lexicon(language.code), glossary)
    done: list[Passage] = []
    for start in range(0, len(passages), _BATCH):
        yield Progress(f"scoring passages ({len(passages)})", 0.6 + 0.4 * start / len(passages))
        done += measured(passages[start : start + _BATCH], scorer, examiner)
    totals = Totals(settings.scope, done)
    review = Review(
        candidate=candidate,
        reference=reference,
        candidate_segments=tuple(ours),
        reference_segments=tuple(theirs),
        passages=tuple(done),
        scores=totals.scores(scorer),
        coverage=totals.coverage(),
        language=language.code,
        settings=settings,
        other_references=tuple(others),
    )
    return Realigner(review, scorer, examiner, totals)


def require_texts(done: Review) -> Review:
    """The review itself. Raises `EmptyText` where one of its texts has not a single segment."""
    for document, segments in (
        (done.candidate, done.candidate_segments),
        (done.reference, done.reference_segments),
    ):
        if not segments:
            raise EmptyText(f"{document.path} is empty: there is nothing to compare")
    return done


def _language(candidate: Document, reference: Document, settings: Settings) -> Language:
    if settings.language:
        return language_named(settings.language)
    sample = 25_000
    return guess_language(f"{reference.text[:sample]}\n{candidate.text[:sample]}")


def _told_size(source: Source) -> str:
    if source.size is None:
        return ""
    size, unit = float(source.size), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f" ({size:.0f} {unit})" if unit == "B" else f" ({size:.1f} {unit})"


def _links(
    candidate: Document,
    reference: Document,
    ours: Sequence[Segment],
    theirs: Sequence[Segment],
    settings: Settings,
) -> Generator[Progress, None, tuple[Link, ...]]:
    if settings.pairing is Pairing.ALIGNED:
        if len(ours) != len(theirs):
            raise UnequalLines(
                f"{candidate.path} has {len(ours)} lines and {reference.path} has {len(theirs)}: "
                "--aligned needs as many; --lines aligns them"
            )
        return align_lines(ours, theirs)
    links = yield from align_steps(ours, theirs, settings.linking)
    if settings.keep_boilerplate or settings.pairing is Pairing.LINES:
        return links
    return _without_furniture(candidate, reference, ours, theirs, links)


def _without_furniture(
    candidate: Document,
    reference: Document,
    ours: Sequence[Segment],
    theirs: Sequence[Segment],
    links: Sequence[Link],
) -> tuple[Link, ...]:
    """`links` with furniture told from text, which it is where nothing answers it.

    A weak link is no proof of an answer: it gives way where either side looks like furniture without it.
    """
    from metrics.furniture import find_furniture

    firm = [link for link in links if link.kind.linked and link.similarity >= _WEAK]
    furniture = find_furniture(candidate, ours, {i for link in firm for i in link.candidate}, theirs)
    their_furniture = find_furniture(reference, theirs, {j for link in firm for j in link.reference}, ours)
    kept = [
        link
        for link in links
        if link.kind.linked and furniture.isdisjoint(link.candidate) and their_furniture.isdisjoint(link.reference)
    ]
    return tuple(
        replace(link, kind=Kind.BOILERPLATE)
        if furniture.issuperset(link.candidate) and their_furniture.issuperset(link.reference)
        else link
        for link in in_order(kept, len(ours), len(theirs))
    )
