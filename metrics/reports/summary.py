"""The summary for people: what `score` prints into a terminal or a CI log."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from metrics.diff import bracketed
from metrics.languages import language_named
from metrics.model import Document, Excerpt, Kind, Mark, Passage, Review, Scope, Score
from metrics.ranking import ORDERS, risk_sum
from metrics.visible import clean, columns
from metrics.wording import count

#: Terminal columns of a line, paths aside, unless another width is named.
WIDTH = 100
_LINES = 5
_INDENT, _UNDER = " " * 7, " " * 10


def summary(
    review: Review,
    worst: Sequence[Passage],
    order: str = "risk",
    left_out: Sequence[tuple[Passage, str]] = (),
    width: int = WIDTH,
) -> str:
    """Scores with their signatures, coverage, counts, and the given passages, a few lines each, by `order`.

    `left_out` are passages that reviewers left out of scores and coverage, and why.
    """
    return "\n".join([*_head(review, left_out, width), *_worst(review, worst, order, len(left_out), width)])


def _head(review: Review, left_out: Sequence[tuple[Passage, str]], width: int) -> Iterator[str]:
    for name, document, segments in (
        ("candidate", review.candidate, review.candidate_segments),
        ("reference", review.reference, review.reference_segments),
    ):
        yield f"{name}  {clean(document.path)}: {count(len(segments), 'segment')}{_encoding(document)}"
    for k, other in enumerate(review.other_references):
        answering = [passage.others[k] is not None for passage in review.counted if passage.reference.segments]
        yield (
            f"reference  {clean(other.document.path)}: {count(len(other.segments), 'segment')}"
            f"{_encoding(other.document)}, with text for {sum(answering)} of {count(len(answering), 'passage')}"
        )
    yield f"language   {language_named(review.language).name}"
    yield ""
    if review.settings.scope is Scope.ALIGNED:
        yield "scores of the linked passages alone (--scope aligned)"
    yield from score_lines(review.scores)
    yield ""
    coverage = review.coverage
    away = {passage.id for passage, _ in left_out}
    kinds = Counter(passage.kind for passage in review.passages if passage.id not in away)
    yield f"coverage  {coverage.reference:.1%} of the reference's words, {coverage.candidate:.1%} of the candidate's"
    told = (
        f"{kinds[Kind.MATCH]} matched, {kinds[Kind.MOVED]} moved, "
        f"{kinds[Kind.ADDED]} added ({count(coverage.added_words, 'word')}), "
        f"{kinds[Kind.OMITTED]} omitted ({count(coverage.omitted_words, 'word')})"
    )
    yield from wrapped(told, _UNDER, "passages  ", width)
    if kinds[Kind.BOILERPLATE]:
        told = (
            f"{count(kinds[Kind.BOILERPLATE], 'piece')} of boilerplate "
            f"({count(coverage.boilerplate_words, 'word')}); --keep-boilerplate scores them, 'align' shows them"
        )
        yield from wrapped(told, _UNDER, "left out  ", width)
    for reason in sorted({reason for _, reason in left_out}):
        some = [passage for passage, because in left_out if because == reason]
        words = sum(passage.candidate.words + passage.reference.words for passage in some)
        yield f"left out  {count(len(some), 'passage')} that reviewers called {reason} ({count(words, 'word')})"


def _encoding(document: Document) -> str:
    return "" if document.encoding == "utf-8" else f", read as {document.encoding}"


def _worst(review: Review, worst: Sequence[Passage], order: str, left_out: int, width: int) -> Iterator[str]:
    if not worst:
        return
    yield ""
    yield f"{len(worst)} of {count(len(review.counted) - left_out, 'passage')}: {ORDERS[order].label}"
    for rank, passage in enumerate(worst, 1):
        yield from ranked(rank, passage_lines(review, passage, width))


def score_lines(scores: Mapping[str, Score], width: int = 0) -> Iterator[str]:
    """A line a metric: name, in `width` columns at least, score, signature."""
    width = max(width, *map(len, scores), 0)
    for name, score in scores.items():
        yield f"{name:<{width}}  {score.value:6.2f}  {score.signature}"


def ranked(rank: int, lines: Sequence[str]) -> Iterator[str]:
    """The lines of a passage with its rank, and an empty one before."""
    first, *more = lines
    yield ""
    yield f"{rank:>3}. {first}"
    yield from more


def passage_lines(review: Review, passage: Passage, width: int = WIDTH) -> list[str]:
    """A passage for people: kind, risk and scores, what the risk is the sum of, both texts, and the worst finding."""
    scores = "  ".join(f"{name} {passage.scores[name]:.1f}" for name in ("chrF", "BLEU"))
    lines = [f"{passage.kind.sign} {passage.kind}  risk {passage.risk:.1f}  {scores}"]
    lines += wrapped(f"risk: {risk_sum(passage)}", _INDENT[:-2], width=width)
    lines += _side(review.candidate, passage.candidate, passage.marks[0], width)
    lines += _side(review.reference, passage.reference, passage.marks[1], width)
    if passage.findings:
        more = len(passage.findings) - 1
        told = f"{passage.findings[0].kind}: {clean(passage.findings[0].message)}" + f" (and {more} more)" * (more > 0)
        lines += wrapped(told, _INDENT[:-2], width=width)
    return lines


def _side(document: Document, excerpt: Excerpt, marks: Sequence[Mark], width: int) -> Iterator[str]:
    yield f"     {clean(document.path)}:{excerpt.line}"
    text = bracketed(clean(excerpt.text), marks) or "(nothing)"
    yield from wrapped(text, _INDENT, width=width)


def wrapped(text: str, indent: str, first: str | None = None, width: int = WIDTH) -> Sequence[str]:
    """Lines of `width` columns at most, and `_LINES` of them; the first may have an indent of its own."""
    wide = any(columns(character) > 1 for character in text)
    return textwrap.wrap(
        text,
        width // 2 if wide else width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        max_lines=_LINES,
        placeholder=" …",
        break_on_hyphens=False,
    )
