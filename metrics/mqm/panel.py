"""Who is compared: the reviewers of one or more sessions, and what each says of each passage."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.errors import UsageError
from metrics.model import Kind, Severity
from metrics.mqm.model import Act, Annotation, Deed, Disposition, Unit
from metrics.mqm.store import Session
from metrics.visible import clean

#: The worst severity of a passage, least first; the first stands for no annotation at all.
LEVELS = ("none", *(severity.value for severity in Severity))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer says of one passage.

    `annotations` are in the order of the text, candidate first; those on a whole unit have its text's range here.
    """

    disposition: Disposition | None
    annotations: tuple[Annotation, ...] = ()

    @property
    def level(self) -> int:
        """The worst severity, as a place in `LEVELS`."""
        return max((LEVELS.index(annotation.severity) for annotation in self.annotations), default=0)


@dataclass(frozen=True, slots=True)
class Judge:
    """A reviewer in a file, and what they reviewed, by the unit's id.

    `name` is the reviewer's, with the path where another of that name is compared. `passages` counts all of the file.
    """

    name: str
    reviewer: str
    path: str
    passages: int
    judgements: Mapping[str, Judgement]


@dataclass(frozen=True, slots=True)
class Panel:
    """Reviewers to compare, first come first, and the units that they speak of, by id.

    `copies` tells of those who are left out: reviewer, the file, and the file that has all of it.
    """

    judges: tuple[Judge, ...]
    units: Mapping[str, Unit]
    copies: tuple[tuple[str, str, str], ...] = ()


def panel(sessions: Iterable[Session]) -> Panel:
    """The reviewers of `sessions`: a review that was copied and went on elsewhere counts once, where it is fullest.

    Units that a session's texts no longer have count as well: the same id is the same text.
    """
    units: dict[str, Unit] = {}
    found: list[tuple[Judge, frozenset[str]]] = []
    for session in sessions:
        for unit in (*session.units, *(orphan.unit for orphan in session.orphans)):
            units.setdefault(unit.id, unit)
        found += ((judge, _work(judge.reviewer, session.acts)) for judge in _judges(session, units))
    kept: list[Judge] = []
    copies = []
    for place, (judge, work) in enumerate(found):
        for other_place, (other, others_work) in enumerate(found):
            same = work == others_work and other_place < place
            if judge.reviewer == other.reviewer and (same or work < others_work):
                copies.append((judge.reviewer, judge.path, other.path))
                break
        else:
            kept.append(judge)
    return Panel(tuple(_told_apart(kept)), _known(units, kept), tuple(copies))


def only(panel: Panel, names: Sequence[str]) -> Panel:
    """The reviewers of these names, in the order of the names; the whole panel where there are none.

    A reviewer who is told apart by file has both names. Raises `UsageError` for a name that nobody has.
    """
    chosen: list[Judge] = []
    for name in names:
        found = [judge for judge in panel.judges if name in (judge.name, judge.reviewer)]
        if not found:
            known = ", ".join(clean(judge.name) for judge in panel.judges) or "nobody"
            raise UsageError(f"{clean(name)!r} has reviewed nothing: choose from {known}")
        chosen += (judge for judge in found if judge not in chosen)
    return replace(panel, judges=tuple(chosen)) if names else panel


def _judges(session: Session, units: Mapping[str, Unit]) -> Iterable[Judge]:
    state = session.state
    annotations: dict[tuple[str, str], list[Annotation]] = {}
    for annotation in state.annotations.values():
        unit = units.get(annotation.unit)
        if unit is not None and not annotation.start and not annotation.end:
            annotation = replace(annotation, end=len(unit.text(annotation.side)))
        annotations.setdefault((annotation.unit, annotation.reviewer), []).append(annotation)
    owners = dict.fromkeys((*session.reviewers, *(who for _, who in annotations)))
    judgements: dict[str, dict[str, Judgement]] = {who: {} for who in owners}
    for where in dict.fromkeys((*annotations, *state.dispositions)):
        marks = sorted(annotations.get(where, ()), key=lambda mark: (mark.side, mark.start, mark.end, mark.category))
        judgements[where[1]][where[0]] = Judgement(state.dispositions.get(where), tuple(marks))
    passages = len(session.units)
    return [Judge(who, who, session.path, passages, what) for who, what in judgements.items() if what]


def _work(reviewer: str, acts: Sequence[Act]) -> frozenset[str]:
    """All that a reviewer did, or that was done in their name; what they saw says nothing."""
    return frozenset(
        json.dumps([act.at, act.reviewer, act.deed, act.unit, dict(act.body)], sort_keys=True)
        for act in acts
        if act.deed is not Deed.SEE and reviewer in (act.reviewer, act.body.get("reviewer"))
    )


def _told_apart(judges: Sequence[Judge]) -> Iterable[Judge]:
    for judge in judges:
        alone = sum(other.reviewer == judge.reviewer for other in judges) == 1
        yield judge if alone else replace(judge, name=f"{judge.reviewer} ({judge.path})")


def _known(units: Mapping[str, Unit], judges: Sequence[Judge]) -> Mapping[str, Unit]:
    """`units`, and in the place of one that no file has, as in a damaged one, a unit without a text."""
    unknown = (unit for judge in judges for unit in judge.judgements if unit not in units)
    return {**units, **{unit: Unit(unit, 0, Kind.MATCH, "", "") for unit in unknown}}
