"""Where marks and metric disagree, held against what the lists are defined to be."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from metrics.model import Severity
from metrics.mqm.disagreement import disagreements
from metrics.mqm.model import Annotation, Disposition, Side, State
from metrics.ranking import ordered
from tests.tui.builders import Row, review


@given(
    st.lists(
        st.tuples(st.sampled_from([10.0, 40.0, 60.0, 90.0]), st.sampled_from([None, *Disposition, *Severity])),
        min_size=1,
        max_size=40,
    )
)
def test_lists_are_those_of_the_plain_definition(rows: list[tuple[float, Disposition | Severity | None]]) -> None:
    pair = review([Row("One boat came in late.", "One ship came in late.", chrf) for chrf, _ in rows])
    said = {f"p{number}": what for number, (_, what) in enumerate(rows)}
    marks = {
        unit: Annotation(unit, unit, "ana", Side.CANDIDATE, 0, 3, "accuracy", what)
        for unit, what in said.items()
        if isinstance(what, Severity)
    }
    called = {(unit, "ana"): what for unit, what in said.items() if isinstance(what, Disposition)}
    state = State(marks, called, frozenset(), {}, (), {}, {})
    ranked = ordered(pair.passages)
    found = disagreements(pair, ranked, state)
    risks = [passage.risk for passage in ranked]

    def low(risk: float) -> bool:
        return sum(other < risk for other in risks) < len(risks) // 2

    good = (Disposition.FINE, Disposition.PARAPHRASE, Severity.NEUTRAL)
    worst = ranked[: ceil(len(ranked) / 10)]
    assert [each.passage.id for each in found.alarms] == [
        passage.id for passage in worst if said[passage.id] in good and not low(passage.risk)
    ]
    bad = (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
    assert {each.passage.id for each in found.misses} == {
        passage.id for passage in ranked if said[passage.id] in bad and low(passage.risk)
    }
    points = [each.penalty for each in found.misses]
    assert points == sorted(points, reverse=True)
