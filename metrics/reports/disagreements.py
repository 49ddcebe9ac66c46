"""Where marks and metric disagree, both lists of it: as text, as JSON, and as rows for tables and lists."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from metrics.model import Document, Excerpt, Passage, Review
from metrics.reports.report import SHOWN
from metrics.visible import clean, columns
from metrics.wording import count

if TYPE_CHECKING:
    from metrics.mqm.disagreement import Disagreement, Disagreements

#: What the lists are called, `alarms` and `misses`.
TITLES = "high risk, and found good (worst tenth by risk)", "marked, and low risk (better half by risk)"
#: Characters of a text that a row shows.
_TOLD = 120
_WIDTH = 100
_INDENT = " " * 5


class Row(NamedTuple):
    """What Markdown and HTML show of a passage; texts are cleaned.

    `place` is file and line. `risk` and `penalty` are in points, `rank` is the place by risk among all that are ranked.
    `text` is the candidate's, or else the reference's, cut. `said` has each reviewer, and what that one said.
    """

    passage: Passage
    place: str
    risk: str
    rank: str
    penalty: str
    text: str
    said: tuple[tuple[str, str], ...]


def reviewed_of(found: "Disagreements") -> str:
    """How many passages the lists could be made of, and in what their figures are."""
    return f"{found.reviewed} of {count(found.ranked, 'passage')} reviewed; risk and penalty are in points"


def disagreement_rows(
    review: Review, found: "Disagreements", shown: int | None = None
) -> Iterator[tuple[str, list[Row]]]:
    """The title of each list, with the number in it, and the first `shown` of its rows, or all."""
    for title, some in zip(TITLES, (found.alarms, found.misses), strict=True):
        yield _titled(title, some, shown).capitalize(), [_row(review, found, each) for each in some[:shown]]


def disagreements_text(review: Review, found: "Disagreements", shown: int = SHOWN) -> str:
    """Both lists for people, `shown` of each at most."""
    return "\n".join(_lines(review, found, shown))


def disagreements_json(found: "Disagreements") -> dict[str, Any]:
    """Both lists in full, for `json.dumps`; figures are unrounded, texts as they are."""

    def listed(some: "Sequence[Disagreement]") -> list[dict[str, Any]]:
        return [
            {
                "id": each.passage.id,
                "kind": each.passage.kind.value,
                "rank": each.rank,
                "risk": each.passage.risk,
                "penalty": each.penalty,
                "candidate": _side_json(each.passage.candidate),
                "reference": _side_json(each.passage.reference),
                "said": _said_json(each),
            }
            for each in some
        ]

    return {
        "passages": {"reviewed": found.reviewed, "ranked": found.ranked},
        "found_good": listed(found.alarms),
        "low_risk": listed(found.misses),
    }


def _titled(title: str, some: "Sequence[Disagreement]", shown: int | None) -> str:
    more = f", the first {shown}" if shown and len(some) > shown else ""
    return f"{title}: {len(some) or 'none'}{more}"


def _row(review: Review, found: "Disagreements", each: "Disagreement") -> Row:
    passage = each.passage
    ours = bool(passage.candidate.segments)
    document, excerpt = (review.candidate, passage.candidate) if ours else (review.reference, passage.reference)
    text = clean(excerpt.text)
    return Row(
        passage,
        f"{clean(document.path)}:{excerpt.line}",
        f"{passage.risk:.1f}",
        f"{each.rank} of {found.ranked}",
        f"{each.penalty:.1f}",
        text if len(text) <= _TOLD else f"{text[: _TOLD - 1].rstrip()}…",
        tuple((clean(who), clean(what)) for who, what in found.said(each)),
    )


def _lines(review: Review, found: "Disagreements", shown: int) -> Iterator[str]:
    yield f"where marks and metric disagree: {reviewed_of(found)}"
    for title, some in zip(TITLES, (found.alarms, found.misses), strict=True):
        yield ""
        yield _titled(title, some, shown)
        for number, each in enumerate(some[:shown], 1):
            passage = each.passage
            yield ""
            yield (
                f"{number:>3}. {passage.kind.sign} {passage.kind}  risk {passage.risk:.1f}, {each.rank} of "
                f"{found.ranked}  penalty {each.penalty:.1f}"
            )
            yield from _side(review.candidate, passage.candidate)
            yield from _side(review.reference, passage.reference)
            for who, what in found.said(each):
                yield from _wrapped(clean(f"{who}: {what}"))


def _side(document: Document, excerpt: Excerpt) -> Iterator[str]:
    if excerpt.segments:
        yield from _wrapped(f"{clean(document.path)}:{excerpt.line}  {clean(excerpt.text)}")


def _wrapped(text: str) -> Sequence[str]:
    wide = any(columns(character) > 1 for character in text)
    return textwrap.wrap(
        text,
        _WIDTH // 2 if wide else _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=f"{_INDENT}  ",
        max_lines=2,
        placeholder=" …",
        break_on_hyphens=False,
    )


def _side_json(excerpt: Excerpt) -> dict[str, Any] | None:
    return {"line": excerpt.line, "text": excerpt.text} if excerpt.segments else None


def _said_json(each: "Disagreement") -> list[dict[str, Any]]:
    return [
        {
            "reviewer": judgement.reviewer,
            "disposition": judgement.disposition.value if judgement.disposition else None,
            "annotations": [
                {
                    "side": mark.side.value,
                    "start": mark.start,
                    "end": mark.end,
                    "category": mark.category,
                    "severity": mark.severity.value,
                    "note": mark.note,
                }
                for mark in judgement.annotations
            ],
        }
        for judgement in each.judgements
    ]
