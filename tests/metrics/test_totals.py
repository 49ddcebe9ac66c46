"""Sums over passages: what came and went in between leaves no trace."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from metrics.languages import language_named
from metrics.model import Coverage, Kind, Passage, Place, Review, Scope, Settings
from metrics.passages import Maker
from metrics.review import review, run
from metrics.scoring import Scorer
from metrics.totals import Totals
from tests.support import sample

HARBOUR: Review = run(review(*sample("harbour")))
SCORER = Scorer(HARBOUR.settings, language_named("en"))


def naive_coverage(passages: Iterable[Passage]) -> Coverage:
    """Counted one by one."""
    some = [*passages]

    def words(*kinds: Kind) -> tuple[int, int]:
        chosen = [p for p in some if p.kind in kinds]
        return sum(p.candidate.words for p in chosen), sum(p.reference.words for p in chosen)

    linked, text = words(Kind.MATCH, Kind.MOVED), words(*(kind for kind in Kind if kind is not Kind.BOILERPLATE))
    return Coverage(
        candidate=linked[0] / text[0] if text[0] else 1.0,
        reference=linked[1] / text[1] if text[1] else 1.0,
        added_words=sum(words(Kind.ADDED)),
        omitted_words=sum(words(Kind.OMITTED)),
        boilerplate_words=sum(words(Kind.BOILERPLATE)),
        moved=sum(p.kind is Kind.MOVED for p in some),
    )


SOME = st.lists(st.sampled_from(HARBOUR.passages), unique_by=id)


@given(st.sampled_from(Scope), SOME, SOME)
def test_what_remains_counts_as_if_nothing_else_had_been_there(
    scope: Scope, there: list[Passage], gone: list[Passage]
) -> None:
    totals = Totals(scope)
    for passage in (*there, *gone):
        totals.add(passage)
    for passage in gone:
        totals.remove(passage)
    assert totals.scores(SCORER) == SCORER.corpus(p.statistics for p in there if scope.counts(p.kind))
    assert totals.coverage() == naive_coverage(there)
    rest = Totals(scope, there).without(there[::2])
    assert rest.scores(SCORER) == SCORER.corpus(p.statistics for p in there[1::2] if scope.counts(p.kind))
    assert rest.coverage() == naive_coverage(there[1::2])
    assert Totals(scope, there).coverage() == naive_coverage(there)


def test_nothing_scores_nothing_and_is_covered() -> None:
    totals = Totals(Scope.DOCUMENT)
    assert {score.value for score in totals.scores(SCORER).values()} == {0.0}
    assert totals.coverage() == Coverage(1.0, 1.0, 0, 0, 0, 0)


def test_what_has_no_statistics_adds_words_alone() -> None:
    maker = Maker(HARBOUR.candidate, HARBOUR.reference, HARBOUR.candidate_segments, HARBOUR.reference_segments)
    link = next(link for link in HARBOUR.links if link.kind is Kind.MATCH)
    passage = maker.passage(link, Place(0, -1))
    totals = Totals(Scope.DOCUMENT, [passage])
    assert {score.value for score in totals.scores(SCORER).values()} == {0.0}
    assert totals.coverage().reference == 1.0
    unscored = Totals(Scope.DOCUMENT, [passage]).scores(Scorer(Settings(metrics=()), language_named("en")))
    assert unscored == {}
