"""JSON: `align --format json` and `score --format json`, schema 1. Keys are added, never changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import metrics
from metrics.model import Document, Excerpt, Finding, OtherReference, Passage, Review, Segment
from metrics.reports.json_pieces import dumped
from metrics.words import count_words

SCHEMA = 1


def links_json(review: Review, passages: Sequence[Passage]) -> str:
    """Segments of both texts and the links between them, in the order of `passages`.

    Links that a person made or accepted have `"by_hand": true`. Where there are further references, each is among
    `other_references` with its links to the first one.
    """
    return dumped(
        {
            "schema": SCHEMA,
            "candidate": _segments(review.candidate, review.candidate_segments),
            "reference": _segments(review.reference, review.reference_segments),
            "links": [
                {
                    "candidate": passage.candidate.segments,
                    "reference": passage.reference.segments,
                    "kind": passage.kind,
                    "similarity": passage.similarity,
                    **({"by_hand": True} if passage.by_hand else {}),
                }
                for passage in passages
            ],
            **_others(review, [_other_links(other) for other in review.other_references]),
        }
    )


def scores_json(
    review: Review,
    passages: Sequence[Passage],
    left_out: Sequence[tuple[Passage, str]] | None = None,
    more: Mapping[str, Any] | None = None,
) -> str:
    """What `scores_value` has, and `more` keys behind it."""
    return dumped(scores_value(review, passages, left_out) | dict(more or {}))


def scores_value(
    review: Review, passages: Sequence[Passage], left_out: Sequence[tuple[Passage, str]] | None = None
) -> dict[str, Any]:
    """Scores, coverage and the given passages, which are ranked in their order.

    `left_out` are those that reviewers left out of scores and coverage, and why; None where no reviewer was asked.
    Where there are further references, they are told as `other_references`, and their texts with each passage, null
    where one has none.
    """
    coverage = review.coverage
    told = {} if left_out is None else {"left_out": [{"id": each.id, "reason": reason} for each, reason in left_out]}
    return {
        "schema": SCHEMA,
        "version": metrics.__version__,
        "language": review.language,
        "scope": review.settings.scope,
        "candidate": _text(review.candidate, review.candidate_segments),
        "reference": _text(review.reference, review.reference_segments),
        **_others(review, [_text(other.document, other.segments) for other in review.other_references]),
        "scores": {name: {"score": score.value, "signature": score.signature} for name, score in review.scores.items()},
        "coverage": {
            "reference": coverage.reference,
            "candidate": coverage.candidate,
            "added_words": coverage.added_words,
            "omitted_words": coverage.omitted_words,
            "boilerplate_words": coverage.boilerplate_words,
            "moved": coverage.moved,
        },
        **told,
        "passages": [_passage(rank, passage) for rank, passage in enumerate(passages, 1)],
    }


def _segments(document: Document, segments: Sequence[Segment]) -> dict[str, Any]:
    return {
        "path": document.path,
        "segments": [{"id": s.id, "start": s.start, "end": s.end, "text": s.text} for s in segments],
    }


def _others(review: Review, values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"other_references": values} if review.other_references else {}


def _other_links(other: OtherReference) -> dict[str, Any]:
    links = [
        {"other": link.candidate, "reference": link.reference, "kind": link.kind, "similarity": link.similarity}
        for link in other.links
        if link.candidate and link.reference
    ]
    return _segments(other.document, other.segments) | {"links": links}


def _text(document: Document, segments: Sequence[Segment]) -> dict[str, Any]:
    return {
        "path": document.path,
        "encoding": document.encoding,
        "words": sum(count_words(s.text) for s in segments),
        "segments": len(segments),
    }


def _passage(rank: int, passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "rank": rank,
        "kind": passage.kind,
        "risk": passage.risk,
        "terms": [{"label": term.label, "points": term.points} for term in passage.terms],
        "candidate": _excerpt(passage.candidate),
        "reference": _excerpt(passage.reference),
        **({"other_references": passage.others} if passage.others else {}),
        "scores": dict(passage.scores),
        "findings": [_finding(finding) for finding in passage.findings],
    }


def _excerpt(excerpt: Excerpt) -> dict[str, Any]:
    return {
        "start": excerpt.start,
        "end": excerpt.end,
        "line": excerpt.line,
        "text": excerpt.text,
        "segments": excerpt.segments,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "candidate": finding.candidate,
        "reference": finding.reference,
        "message": finding.message,
        "points": finding.points,
    }
