"""`bleupencil score` on many pairs, or on several systems."""

import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import overload

import click

from metrics.baseline import Kept, SampleUnit, baseline_json, joined, kept_json
from metrics.corpus import Broken, Corpus, Scored, Wanted, score_pairs
from metrics.errors import UsageError
from metrics.gates import Bound, Gate, Outcome, measures
from metrics.glossary import read_glossary
from metrics.languages import UNKNOWN
from metrics.model import Settings
from metrics.ranking import ORDERS
from metrics.reading.decoding import decode
from metrics.reports import pieces
from metrics.reports.report import DocumentReport, Entry, Failure, Report
from metrics.reports.several_summary import several_summary
from metrics.reports.writing import destinations, write_reports
from metrics.scoring import Scorer
from metrics.spool import Spool
from metrics.systems import Standings, compare_systems
from metrics.visible import clean
from metrics.wording import count
from tui.cli.comparing import Compared, PairedTest, compare, compared_text, test_of
from tui.cli.gating import drops_in, outcomes
from tui.cli.inputs import Inputs
from tui.cli.progress import Meter
from tui.cli.request import Request, concluded, line_width, more_json

#: Exit statuses of the design, besides those of gates.
_INPUT, _INTERRUPTED, _TERMINATED = 3, 130, 143
#: Documents that are named where a gate tells how many miss it.
_NAMED = 3


@dataclass(slots=True)
class _Done:
    """What became of the pairs so far: sums and statistics by system, documents on the disk, and those that failed.

    `missed` has, for each gate that every document must come up to, those that do not.
    """

    wanted: Wanted
    spool: Spool[DocumentReport] = field(default_factory=Spool)
    corpora: dict[str, Corpus] = field(default_factory=dict)
    kept: defaultdict[str, list[tuple[str, Kept]]] = field(default_factory=lambda: defaultdict(list))
    picked: list[Entry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    missed: Counter[Gate] = field(default_factory=Counter)
    examples: defaultdict[Gate, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, scored: Scored) -> None:
        """Count a document."""
        system = scored.pair.system
        self.spool.append(scored.document)
        self.corpora.setdefault(system, Corpus(self.wanted.settings)).add(scored)
        if scored.kept is not None:
            self.kept[system].append((scored.pair.id, scored.kept))
        if not self.wanted.whole:
            self._pick(scored.picked)
        for gate, outcome in zip(self.wanted.gates, scored.outcomes, strict=True):
            if not outcome.passed:
                self.missed[gate] += 1
                if len(self.examples[gate]) < _NAMED:
                    self.examples[gate].append(f"{_called(scored.pair.id, system)} ({outcome.told})")

    def _pick(self, entries: tuple[Entry, ...]) -> None:
        key = ORDERS[self.wanted.order].key
        some = [*self.picked, *entries]
        in_order = self.wanted.order == "document"
        self.picked = (
            some[: self.wanted.shown]
            if in_order
            else nsmallest(self.wanted.shown, some, key=lambda entry: key(entry.passage))
        )


def score_many(inputs: Inputs, request: Request, jobs: int | None, allow_missing: bool) -> int:
    """Score all pairs, print and write what is asked for, and give the exit status.

    A pair that cannot be scored is told at once, and the status says so in the end. Raises `UsageError` for what many
    pairs cannot have, `BadBaseline` and `UnwritableFile`.
    """
    _check(inputs, request)
    for path in inputs.alone:
        click.echo(f"bleupencil: {clean(path)} has no partner in the other folder", err=True)
    if inputs.fewer:
        told = f"{inputs.fewer:,} of {count(len(inputs.pairs), 'pair')} lack a further reference"
        click.echo(f"bleupencil: {told}", err=True)
    several = len(inputs.systems) > 1
    wanted = Wanted(
        settings=request.settings,
        order=request.order,
        shown=request.shown,
        whole=request.json or any(each.format != "text" for each in destinations(request.reports)),
        unit=SampleUnit(request.unit) if request.keeps or several else None,
        gates=tuple(gate for gate in request.gates if gate.bound is not Bound.MAX_DROP) if request.each else (),
    )
    done = _Done(wanted)
    meter = Meter(len(inputs.pairs), "pair")
    try:
        with (
            _terminable(),
            meter,
            closing(score_pairs(inputs.pairs, wanted, jobs or _cores())) as all,
        ):
            for result in all:
                if isinstance(result, Broken):
                    pair = result.pair
                    done.failures.append(Failure(pair.id, result.message, pair.system))
                    meter.say(f"{_called(pair.id, pair.system)}: {result.message}")
                else:
                    done.add(result)
                meter.step()
    except KeyboardInterrupt as interrupt:
        click.echo(f"bleupencil: interrupted: {_so_far(meter.done, len(inputs.pairs), done)}", err=True)
        return _TERMINATED if interrupt.args else _INTERRUPTED
    return _finished(inputs, request, done, allow_missing)


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM, by which CI cancels a job, interrupts like Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt("terminated")

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _finished(inputs: Inputs, request: Request, done: _Done, allow_missing: bool) -> int:
    settings = request.settings
    test = test_of(request.n_resamples, request.seed, request.paired_ar)
    unit = SampleUnit(request.unit)
    # In the order of the call: which system has a document scored first says nothing.
    corpora = {system: done.corpora[system] for system in inputs.systems if system in done.corpora}
    kept = {name: joined(done.kept[name], each.unlike) for name, each in corpora.items() if name in done.kept}
    only, *others = inputs.systems
    corpus = corpora.get(only) or Corpus(settings)
    several = bool(others)
    compared = None
    if request.baseline is not None and only in kept:
        drops = drops_in(request.gates)
        compared = compare(request.baseline, corpus.scores, settings, kept[only], drops, test, unit)
    came_to = [*_outcomes(request, corpora, compared, unit, several), *_each(done)]
    incomplete = _incomplete(inputs, done, allow_missing)
    report = Report(
        done.spool,
        request.order,
        scores={} if several else corpus.scores,
        coverage=None if several or not corpus.documents else corpus.totals.coverage(),
        outcomes=(*came_to, *incomplete),
        shown=request.shown,
        failures=tuple(done.failures),
        picked=None if done.wanted.whole else tuple(done.picked),
        systems=_standings(corpora, kept, settings, test, unit) if several and only in kept else None,
        more={"scope": settings.scope}
        | more_json(kept_json(kept[only], unit) if only in kept and not several else None, compared),
    )
    write_reports(request.reports, report, sys.stdout)
    if request.json and not request.instead:
        listed = report if request.worst is None else replace(report, documents=_Shortened(done.spool, request.worst))
        sys.stdout.writelines([*pieces("json", listed), "\n"])
    elif not request.instead:
        click.echo(several_summary(report, line_width()))
        if compared:
            click.echo(f"\n{compared_text(compared)}")
    if not several:
        request.save(lambda: baseline_json(corpus.scores, settings.scope, kept[only], unit), came_to, bool(incomplete))
    status = concluded([*came_to, *incomplete])
    return _INPUT if incomplete else status


class _Shortened(Sequence[DocumentReport]):
    """Documents with their first passages alone."""

    def __init__(self, documents: Sequence[DocumentReport], most: int) -> None:
        self._documents, self._most = documents, most

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, index: int) -> DocumentReport: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DocumentReport]: ...
    def __getitem__(self, index: int | slice) -> DocumentReport | Sequence[DocumentReport]:
        if isinstance(index, slice):
            return _Shortened(self._documents[index], self._most)
        document = self._documents[index]
        return replace(document, passages=document.passages[: self._most])


def _check(inputs: Inputs, request: Request) -> None:
    """Raises what would go wrong with every pair alike, before any is begun."""
    if request.session is not None:
        raise UsageError("--session: a review file belongs to one pair: score that alone")
    if len(inputs.systems) > 1 and (request.baseline is not None or request.save_baseline is not None):
        raise UsageError("several systems are compared with the first: score one alone to use or keep a baseline")
    Scorer(request.settings, UNKNOWN)
    decode(b"", "", request.settings.encoding)
    if request.settings.glossary is not None:
        read_glossary(request.settings.glossary)


def _standings(
    corpora: dict[str, Corpus], kept: dict[str, Kept], settings: Settings, test: PairedTest, unit: SampleUnit
) -> Standings | None:
    """Each system beside the first, by the metrics that all of them are scored alike in; None without any."""
    scores = {name: corpus.scores for name, corpus in corpora.items()}
    shared = [name for name in settings.metrics if all(name in each for each in scores.values())]
    names = [name for name in shared if len({each[name].signature for each in scores.values()}) == 1]
    if not names:
        return None
    scorer = Scorer(replace(settings, metrics=tuple(names)), UNKNOWN)
    ours = {system: {name: each[name] for name in names} for system, each in scores.items()}
    draws = {"trials": test.number} if test.randomization else {"resamples": test.number}
    return compare_systems(kept, ours, scorer, seed=test.seed, unit=unit, **draws)


def _outcomes(
    request: Request, corpora: dict[str, Corpus], compared: Compared | None, unit: SampleUnit, several: bool
) -> list[Outcome]:
    """What becomes of the gates on all documents of a system together."""
    come_to: list[Outcome] = []
    for system, corpus in corpora.items():
        values = measures(corpus.scores, corpus.totals.coverage())
        changes = compared.changes if compared else {}
        unlike = [gate for gate in request.gates if gate.bound is not Bound.MAX_DROP and gate.on in corpus.unlike]
        gates = [gate for gate in request.gates if gate not in unlike]
        judged = [*outcomes(gates, values, corpus.found, changes, unit=unit.noun)]
        if not request.each:
            judged += map(_unlike, unlike)
        come_to += [_of(system, outcome) for outcome in judged] if several else judged
    return come_to


def _unlike(gate: Gate) -> Outcome:
    """A job must not pass for want of a figure."""
    told = (
        f"there is no {gate.on} of all under {gate.option}, for the documents are not scored alike: name one way for "
        "all with --tokenize, or hold each to it with --each"
    )
    return Outcome(gate.name, False, told)


def _of(system: str, outcome: Outcome) -> Outcome:
    return replace(outcome, name=f"{system} {outcome.name}", told=f"{system}: {outcome.told}")


def _each(done: _Done) -> list[Outcome]:
    """What becomes of the gates that every document must come up to."""
    come_to: list[Outcome] = []
    for gate in done.wanted.gates:
        if not len(done.spool):
            told = f"no document has a verdict under {gate.option}: none could be scored"
            come_to.append(Outcome(f"each {gate.name}", None, told))
            continue
        missing = done.missed[gate]
        told = f"no document misses {gate.option}"
        if missing:
            named = "; ".join(done.examples[gate])
            more = f"; and {missing - _NAMED} more" if missing > _NAMED else ""
            miss = "misses" if missing == 1 else "miss"
            told = f"{missing:,} of {count(len(done.spool), 'document')} {miss} {gate.option}: {named}{more}"
        come_to.append(Outcome(f"each {gate.name}", not missing, told, count(missing, "document") if missing else ""))
    return come_to


def _incomplete(inputs: Inputs, done: _Done, allow_missing: bool) -> list[Outcome]:
    """What stands in the way of a verdict on everything: pairs that failed, and files without a partner."""
    come_to: list[Outcome] = []
    if done.failures:
        told = f"{len(done.failures):,} of {count(len(inputs.pairs), 'pair')} could not be scored"
        come_to.append(Outcome("pairs scored", False, told, f"{len(done.failures):,}"))
    if inputs.fewer and not allow_missing:
        told = f"{count(inputs.fewer, 'pair')} without a further reference; --allow-missing does without"
        come_to.append(Outcome("references found", False, told, f"{inputs.fewer:,}"))
    if inputs.alone and not allow_missing:
        told = f"{count(len(inputs.alone), 'file')} without a partner; --allow-missing does without"
        come_to.append(Outcome("files paired", False, told, f"{len(inputs.alone):,}"))
    return come_to


def _so_far(number: int, total: int, done: _Done) -> str:
    told = f"{number:,} of {count(total, 'pair')} done"
    if done.failures:
        told += f", {len(done.failures):,} of them could not be scored"
    for system, corpus in done.corpora.items():
        scores = ", ".join(f"{name} {score.value:.2f}" for name, score in corpus.scores.items())
        told += f"; {_called(scores, system)} of {count(corpus.documents, 'document')}"
    return told


def _called(name: str, system: str) -> str:
    return f"{system}: {name}" if system else name


def _cores() -> int:
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1
