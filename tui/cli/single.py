"""`bleupencil score` on one pair."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from metrics.ranking import ordered
from tui.cli.gating import drops_in, judge_mqm, outcomes
from tui.cli.options import reviewed
from tui.cli.request import Request, concluded, line_width, more_json

if TYPE_CHECKING:
    from metrics.gates import Outcome
    from metrics.pairs.pair import Pair


def score_single(pair: "Pair", request: Request) -> int:
    """Score a pair, print and write what is asked for, and give the exit status.

    Raises what the pipeline raises, `SessionError`, `BadBaseline` and `UnwritableFile`.
    """
    said = None
    texts = pair.candidate, pair.references[0]
    others = pair.references[1:]
    if request.session is None:
        review = reviewed(*texts, request.settings, others)
    else:
        from tui.cli.session import judged_review

        said = judged_review(*texts, request.settings, request.session, others)
        review = said.review
    left_out = {passage.id for passage, _ in said.left_out} if said else set()
    ranked = ordered((passage for passage in review.counted if passage.id not in left_out), request.order)
    kept = compared = None
    if request.keeps:
        from metrics.baseline import SampleUnit, keep
        from metrics.segment_keys import segment_keys

        kept = keep(review, segment_keys(review.reference_segments).keys, left_out)
        unit = SampleUnit(request.unit)
        if unit is SampleUnit.DOCUMENTS:
            kept = kept.summed()
    if request.baseline is not None and kept is not None:
        from tui.cli.comparing import compare, test_of

        test = test_of(request.n_resamples, request.seed, request.paired_ar)
        compared = compare(request.baseline, review.scores, review.settings, kept, drops_in(request.gates), test, unit)
    done: tuple[Outcome, ...] = ()
    if request.gates:
        from metrics.gates import measures

        found = Counter(finding.kind for passage in ranked for finding in passage.findings)
        values = measures(review.scores, review.coverage)
        done = outcomes(
            request.gates,
            values,
            found,
            compared.changes if compared else {},
            lambda gate: judge_mqm(gate, review, request.session or ""),
            request.unit.removesuffix("s"),
        )
    if request.reports:
        from tui.cli.reporting import write

        write(request.reports, review, ranked, request.order, request.shown, done, said)
    if request.json and kept is not None and not request.instead:
        from metrics.baseline import kept_json
        from metrics.reports.json_report import scores_json

        listed = ranked if request.worst is None else ranked[: request.worst]
        more = more_json(kept_json(kept, unit), compared, done)
        click.echo(scores_json(review, listed, said.left_out if said else None, more))
    elif not request.instead:
        from metrics.reports.summary import summary

        left_away = said.left_out if said else ()
        click.echo(summary(review, ranked[: request.shown], request.order, left_away, line_width()))
        if compared:
            from tui.cli.comparing import compared_text

            click.echo(f"\n{compared_text(compared)}")
    if said:
        said.check()
    if kept is not None:
        from metrics.baseline import baseline_json

        saved = kept
        request.save(lambda: baseline_json(review.scores, review.settings.scope, saved, unit), done)
    return concluded(done)
