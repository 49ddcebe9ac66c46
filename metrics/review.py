"""The pipeline: two paths in, a `Review` out. The screen and the CI job both run this one."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from metrics.alignment import align_lines, align_steps, in_order
from metrics.errors import UnequalLines, UsageError
from metrics.examination import Examiner
from metrics.furniture import find_furniture
from metrics.glossary import read_glossary
from metrics.languages import Language, guess_language, language_named
from metrics.lexicon import lexicon
from metrics.model import (
    Coverage,
    Document,
    Excerpt,
    Kind,
    Link,
    Pairing,
    Passage,
    Progress,
    Review,
    Segment,
    Settings,
)
from metrics.reading import Source, open_source, read
from metrics.reading.source import STDIN
from metrics.scoring import Scorer
from metrics.segmentation import segment, segment_lines
from metrics.steps import run, within
from metrics.words import count_words

__all__ = ["Steps", "review", "review_documents", "run"]

#: Passages scored between two signs of life.
_BATCH = 500

#: A link less similar than this may be two unlike pieces that were left over in the same place.
_WEAK = 0.3
#: Behind these, no space follows: the script has none.
_UNSPACED_ENDS = ("。", "！", "？", "；", "」", "』", "】", "）")

_LINE_END = re.compile(r"\r\n|\r|\n")

Steps = Generator[Progress, None, Review]


def review(candidate: str, reference: str, settings: Settings | None = None) -> Steps:
    """Reads, segments, aligns and scores a pair, telling before each step what it is.

    `candidate` and `reference` are paths; one of them may be `-` for standard input. The generator
    returns the review; `run` drives it to the end.

    Raises `UsageError` and `InputError`.
    """
    settings = settings or Settings()
    if candidate == reference == STDIN:
        raise UsageError("candidate and reference are both '-': standard input can be read only once")
    sources = open_source(candidate), open_source(reference)
    documents = []
    for done, source in zip((0.0, 0.05), sources, strict=True):
        yield Progress(f"reading {source.name}{_told_size(source)}", done)
        documents.append(read(source, settings.encoding))
    return (yield from review_documents(documents[0], documents[1], settings))


def review_documents(candidate: Document, reference: Document, settings: Settings) -> Steps:
    """The pipeline from two documents on."""
    glossary = read_glossary(settings.glossary) if settings.glossary is not None else None
    language = _language(candidate, reference, settings)
    yield Progress("finding sentences", 0.1)
    if settings.pairing is Pairing.SENTENCES:
        sides = segment(candidate, language), segment(reference, language)
    else:
        sides = segment_lines(candidate), segment_lines(reference)
    links = yield from _links(candidate, reference, *sides, settings)
    passages = _passages(candidate, reference, *sides, links)
    scorer = Scorer(settings, language)
    examiner = Examiner(candidate, reference, *sides, lexicon(language.code), glossary)
    scored: list[Passage] = []
    for start in range(0, len(passages), _BATCH):
        yield Progress(f"scoring passages ({len(passages)})", 0.6 + 0.4 * start / len(passages))
        batch = _scored(scorer, passages[start : start + _BATCH])
        scored += map(examiner, batch) if settings.metrics else batch
    return Review(
        candidate=candidate,
        reference=reference,
        candidate_segments=sides[0],
        reference_segments=sides[1],
        links=links,
        passages=tuple(scored),
        scores=scorer.corpus(p.statistics for p in scored if settings.scope.counts(p.kind)),
        coverage=_coverage(scored),
        language=language.code,
        settings=settings,
    )


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


def _passages(
    candidate: Document,
    reference: Document,
    ours: Sequence[Segment],
    theirs: Sequence[Segment],
    links: Sequence[Link],
) -> list[Passage]:
    """A passage a link, not scored yet.

    An empty side stands behind the last match of the candidate, or the last text of the reference.
    """
    candidate_lines, reference_lines = _line_starts(candidate.text), _line_starts(reference.text)
    repeats: Counter[str] = Counter()
    at = [0, 0]
    passages = []
    for position, link in enumerate(links):
        left = _excerpt([ours[i] for i in link.candidate], at[0], candidate_lines)
        right = _excerpt([theirs[j] for j in link.reference], at[1], reference_lines)
        digest = blake2b(f"{left.text}\x1f{right.text}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        repeats[digest] += 1
        name = digest if repeats[digest] == 1 else f"{digest}-{repeats[digest]}"
        passages.append(Passage(name, position, link.kind, link.similarity, left, right, {}, {}))
        if link.kind is Kind.MATCH:
            at[0] = left.end
        if link.reference:
            at[1] = right.end
    return passages


def _excerpt(segments: Sequence[Segment], otherwise: int, line_starts: list[int]) -> Excerpt:
    start = segments[0].start if segments else otherwise
    text = _joined(segments)
    return Excerpt(
        segments=tuple(s.id for s in segments),
        start=start,
        end=segments[-1].end if segments else otherwise,
        line=bisect_right(line_starts, start),
        text=text,
        words=count_words(text),
    )


def _joined(segments: Sequence[Segment]) -> str:
    text = ""
    for part in segments:
        text += part.text if not text or text.endswith(_UNSPACED_ENDS) else f" {part.text}"
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _scored(scorer: Scorer, passages: Sequence[Passage]) -> Iterable[Passage]:
    statistics = iter(
        scorer.statistics([(p.candidate.text, p.reference.text) for p in passages if p.kind is not Kind.BOILERPLATE])
    )
    for passage in passages:
        if passage.kind is Kind.BOILERPLATE:
            yield passage
            continue
        vectors = next(statistics)
        yield replace(passage, statistics=vectors, scores=scorer.sentence(vectors))


def _coverage(passages: Iterable[Passage]) -> Coverage:
    words: Counter[tuple[str, bool]] = Counter()
    kinds: Counter[Kind] = Counter()
    moved = 0
    for passage in passages:
        kinds[passage.kind] += passage.candidate.words + passage.reference.words
        moved += passage.kind is Kind.MOVED
        if passage.kind is not Kind.BOILERPLATE:
            words["candidate", passage.kind.linked] += passage.candidate.words
            words["reference", passage.kind.linked] += passage.reference.words

    def share(side: str) -> float:
        total = words[side, True] + words[side, False]
        return words[side, True] / total if total else 1.0

    return Coverage(
        candidate=share("candidate"),
        reference=share("reference"),
        added_words=kinds[Kind.ADDED],
        omitted_words=kinds[Kind.OMITTED],
        boilerplate_words=kinds[Kind.BOILERPLATE],
        moved=moved,
    )
