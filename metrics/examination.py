"""What a passage's texts show: scores, and the stage between scores and ranks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from metrics import weights
from metrics.comparison import compare
from metrics.diff import diff
from metrics.findings import find
from metrics.findings.found import Found
from metrics.lexicon import Lexicon
from metrics.model import Document, Finding, Kind, Passage, Segment
from metrics.places import Places
from metrics.ranking import risk_terms
from metrics.scoring import Scorer
from metrics.vocabulary import Vocabulary

if TYPE_CHECKING:
    from metrics.glossary import Glossary


class Examiner:
    """Adds to a scored passage what its texts show: findings, risk and marks."""

    def __init__(
        self,
        candidate: Document,
        reference: Document,
        ours: Sequence[Segment],
        theirs: Sequence[Segment],
        language: Lexicon,
        glossary: "Glossary | None" = None,
    ) -> None:
        """The two texts, their segments, what is known of their language, and the terms that are wanted."""
        self._glossary = glossary
        self._sides = (candidate, ours), (reference, theirs)
        self._vocabulary = Vocabulary(language, (s.text for s in ours), (s.text for s in theirs))

    def __call__(self, passage: Passage) -> Passage:
        """The passage with findings, terms and marks; furniture as it is."""
        if passage.kind is Kind.BOILERPLATE:
            return passage
        comparison = compare(passage.candidate.text, passage.reference.text, self._vocabulary)
        found, rest = find(comparison, self._glossary)
        findings = self._placed(passage, found)
        return replace(
            passage,
            findings=findings,
            terms=risk_terms(passage.scores, passage.words, findings, rest),
            marks=diff(comparison) if passage.kind.linked else ((), ()),
        )

    def _placed(self, passage: Passage, everything: Sequence[Found]) -> tuple[Finding, ...]:
        """The findings with their points, and with places in the raw texts."""
        if not everything:
            return ()
        ours, theirs = (
            Places(document, segments, excerpt)
            for (document, segments), excerpt in zip(self._sides, (passage.candidate, passage.reference), strict=True)
        )
        return tuple(
            Finding(
                found.kind,
                found.severity,
                found.candidate and ours.raw(found.candidate),
                found.reference and theirs.raw(found.reference),
                found.message,
                weights.finding(found.kind, found.amount),
            )
            for found in everything
        )


def measured(passages: Sequence[Passage], scorer: Scorer, examiner: Examiner | None) -> list[Passage]:
    """The passages with their scores and, with an examiner, what their texts show; furniture as it is."""
    counted = [passage for passage in passages if passage.kind is not Kind.BOILERPLATE]
    statistics = iter(scorer.statistics([(p.candidate.text, p.reference.text, *p.others) for p in counted]))
    done = []
    for passage in passages:
        if passage.kind is not Kind.BOILERPLATE:
            vectors = next(statistics)
            passage = replace(passage, statistics=vectors, scores=scorer.sentence(vectors))
            passage = examiner(passage) if examiner else passage
        done.append(passage)
    return done
