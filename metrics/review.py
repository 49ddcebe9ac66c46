"""The pipeline: two paths in, a `Review` out. The screen and the CI job both run this one."""

from collections.abc import Generator, Sequence
from dataclasses import replace

from metrics.alignment import align_lines, align_steps, in_order
from metrics.errors import UnequalLines, UsageError
from metrics.examination import Examiner, measured
from metrics.furniture import find_furniture
from metrics.glossary import Glossary, read_glossary
from metrics.languages import Language, guess_language, language_named
from metrics.lexicon import lexicon
from metrics.model import Document, Kind, Link, Pairing, Passage, Progress, Review, Segment, Settings
from metrics.passages import Maker
from metrics.placing import places_of
from metrics.reading import Source, open_source, read
from metrics.reading.source import STDIN
from metrics.realignment import Realigner
from metrics.scoring import Scorer
from metrics.segmentation import segment, segment_lines
from metrics.steps import run, within
from metrics.totals import Totals

__all__ = ["RealignerSteps", "Steps", "realigner_steps", "review", "review_documents", "review_links", "run"]

#: Passages scored between two signs of life.
_BATCH = 500

#: A link less similar than this may be two unlike pieces that were left over in the same place.
_WEAK = 0.3

Steps = Generator[Progress, None, Review]
RealignerSteps = Generator[Progress, None, Realigner]


def review(candidate: str, reference: str, settings: Settings | None = None) -> Steps:
    """Reads, segments, aligns and scores a pair, telling before each step what it is.

    `candidate` and `reference` are paths; one of them may be `-` for standard input. The generator
    returns the review; `run` drives it to the end.

    Raises `UsageError` and `InputError`.
    """
    return (yield from _realigner(candidate, reference, settings)).review


def realigner_steps(candidate: str, reference: str, settings: Settings | None = None) -> RealignerSteps:
    """As `review`, but returns what the review's alignment can be corrected with, ready to do so without delay."""
    realigner = yield from _realigner(candidate, reference, settings)
    realigner.prepare()
    return realigner


def _realigner(candidate: str, reference: str, settings: Settings | None) -> RealignerSteps:
    settings = settings or Settings()
    if candidate == reference == STDIN:
        raise UsageError("candidate and reference are both '-': standard input can be read only once")
    sources = open_source(candidate), open_source(reference)
    documents = []
    for done, source in zip((0.0, 0.05), sources, strict=True):
        yield Progress(f"reading {source.name}{_told_size(source)}", done)
        documents.append(read(source, settings.encoding))
    return (yield from _from_documents(documents[0], documents[1], settings))


def review_documents(candidate: Document, reference: Document, settings: Settings) -> Steps:
    """The pipeline from two documents on."""
    return (yield from _from_documents(candidate, reference, settings)).review


def _from_documents(candidate: Document, reference: Document, settings: Settings) -> RealignerSteps:
    glossary = read_glossary(settings.glossary) if settings.glossary is not None else None
    language = _language(candidate, reference, settings)
    yield Progress("finding sentences", 0.1)
    if settings.pairing is Pairing.SENTENCES:
        sides = segment(candidate, language), segment(reference, language)
    else:
        sides = segment_lines(candidate), segment_lines(reference)
    links = yield from _links(candidate, reference, *sides, settings)
    return (yield from review_links(candidate, reference, *sides, links, language, settings, glossary))


def review_links(
    candidate: Document,
    reference: Document,
    ours: Sequence[Segment],
    theirs: Sequence[Segment],
    links: Sequence[Link],
    language: Language,
    settings: Settings,
    glossary: Glossary | None = None,
) -> RealignerSteps:
    """The pipeline from links on; they are in document order and hold every segment once."""
    passages = Maker(candidate, reference, ours, theirs).passages(links, places_of(links))
    scorer = Scorer(settings, language)
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
    )
    return Realigner(review, scorer, examiner, totals)


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
    links = yield from within(align_steps(ours, theirs, settings.linking), 0.2, 0.6)
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
