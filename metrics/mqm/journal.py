"""From the acts of all reviewers to what they amount to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from metrics.model import Severity
from metrics.mqm.model import Act, Annotation, Deed, Disposition, Side, State


def fold(acts: Sequence[Act]) -> State:
    """The state after `acts`, which are in order.

    An act that is undone counts as never done; a new act of the same reviewer makes what is undone final.
    """
    done: defaultdict[str, list[Act]] = defaultdict(list)
    undone: defaultdict[str, list[Act]] = defaultdict(list)
    for act in acts:
        mine, back = done[act.reviewer], undone[act.reviewer]
        if act.deed is Deed.UNDO:
            _move(act, mine, back)
        elif act.deed is Deed.REDO:
            _move(act, back, mine)
        elif act.deed.undoable:
            mine.append(act)
            back.clear()
    effective = {act.number for stack in done.values() for act in stack}
    return _applied(
        [act for act in acts if act.number in effective or act.deed is Deed.SEE],
        {reviewer: stack[-1] for reviewer, stack in done.items() if stack},
        {reviewer: stack[-1] for reviewer, stack in undone.items() if stack},
    )


def _move(act: Act, source: list[Act], target: list[Act]) -> None:
    number = act.body["act"]
    found = next((i for i in reversed(range(len(source))) if source[i].number == number), None)
    # Two processes of one reviewer may undo the same act: the second finds it undone.
    if found is not None:
        target.append(source.pop(found))


def _applied(acts: Iterable[Act], undoable: dict[str, Act], redoable: dict[str, Act]) -> State:
    annotations: dict[str, Annotation] = {}
    dispositions: dict[tuple[str, str], Disposition] = {}
    seen: set[tuple[str, str]] = set()
    patches: list[Act] = []
    for act in acts:
        where = act.unit, act.reviewer
        if act.deed is Deed.ANNOTATE:
            annotations[act.body["id"]] = annotation_of(act)
        elif act.deed is Deed.REMOVE:
            annotations.pop(act.body["id"], None)
        elif act.deed is Deed.DISPOSE:
            dispositions.pop(where, None)
            if act.body["disposition"] is not None:
                dispositions[where] = Disposition(act.body["disposition"])
        elif act.deed is Deed.PATCH:
            patches.append(act)
        if act.deed is not Deed.PATCH:
            seen.add(where)
    return State(annotations, dispositions, frozenset(seen), tuple(patches), undoable, redoable)


def annotation_of(act: Act) -> Annotation:
    """The annotation that an act adds or changes."""
    body = act.body
    return Annotation(
        id=body["id"],
        unit=act.unit,
        reviewer=body.get("reviewer", act.reviewer),
        side=Side(body["side"]),
        start=body["start"],
        end=body["end"],
        category=body["category"],
        severity=Severity(body["severity"]),
        note=body.get("note", ""),
        origin=body.get("origin", ""),
        at=act.at,
    )


def body_of(annotation: Annotation) -> dict[str, Any]:
    """The body of the act that adds or changes an annotation."""
    return {
        "id": annotation.id,
        "reviewer": annotation.reviewer,
        "side": annotation.side,
        "start": annotation.start,
        "end": annotation.end,
        "category": annotation.category,
        "severity": annotation.severity,
        "note": annotation.note,
        "origin": annotation.origin,
    }
