"""From the acts of all reviewers to what they amount to, one act at a time."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from metrics.model import Severity
from metrics.mqm.model import Act, Annotation, Deed, Disposition, Side, State


def fold(acts: Iterable[Act]) -> State:
    """The state after `acts`, which are in order."""
    return Journal(acts).state()


class Journal:
    """What the acts so far amount to.

    An act that is undone counts as never done, but what it was done to stays seen; a new act of the same reviewer makes
    what is undone final. Taking up an act costs as much as was ever done to what it is done to, however long the
    journal is.
    """

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.annotations: dict[str, Annotation] = {}
        self.dispositions: dict[tuple[str, str], Disposition] = {}
        self.seen: set[tuple[str, str]] = set()
        self.dismissed: dict[tuple[str, str, str], int] = {}
        self.patches: list[Act] = []
        self._by_unit: defaultdict[str, dict[str, Annotation]] = defaultdict(dict)
        self._done: defaultdict[str, list[Act]] = defaultdict(list)
        self._undone: defaultdict[str, list[Act]] = defaultdict(list)
        self._off: set[int] = set()
        # All acts that had a say in the annotation of an id, the dispositions of a unit, the dismissal of a finding.
        self._history: defaultdict[tuple[str, ...], list[Act]] = defaultdict(list)
        for act in acts:
            self.add(act)

    def add(self, act: Act) -> None:
        """Take up the next act."""
        mine, back = self._done[act.reviewer], self._undone[act.reviewer]
        if act.deed is Deed.UNDO:
            self._turn(act, mine, back, True)
        elif act.deed is Deed.REDO:
            self._turn(act, back, mine, False)
        else:
            if act.deed is not Deed.PATCH:
                self.seen.add((act.unit, act.reviewer))
            if act.deed.undoable:
                mine.append(act)
                back.clear()
                for touched in _touched(act):
                    self._history[touched].append(act)
                self._take_in(act, True)

    def undoable(self, reviewer: str) -> Act | None:
        """The act that a reviewer would undo next."""
        return self._done[reviewer][-1] if self._done[reviewer] else None

    def redoable(self, reviewer: str) -> Act | None:
        """The act that a reviewer would redo next."""
        return self._undone[reviewer][-1] if self._undone[reviewer] else None

    def annotations_of(self, unit: str) -> Sequence[Annotation]:
        """All reviewers' annotations of a unit, in the order in which they came to be there."""
        return sorted(self._by_unit[unit].values(), key=self._first) if unit in self._by_unit else ()

    def state(self) -> State:
        """All of it, as it is now."""
        return State(
            {annotation.id: annotation for annotation in sorted(self.annotations.values(), key=self._first)},
            dict(self.dispositions),
            frozenset(self.seen),
            dict(self.dismissed),
            tuple(self.patches),
            {reviewer: stack[-1] for reviewer, stack in self._done.items() if stack},
            {reviewer: stack[-1] for reviewer, stack in self._undone.items() if stack},
        )

    def _first(self, annotation: Annotation) -> int:
        return self._history["annotation", annotation.id][0].number

    def _turn(self, act: Act, source: list[Act], target: list[Act], off: bool) -> None:
        number = act.body["act"]
        found = next((i for i in reversed(range(len(source))) if source[i].number == number), None)
        # Two processes of one reviewer may undo the same act: the second finds it undone.
        if found is None:
            return
        turned = source.pop(found)
        target.append(turned)
        self._off.add(number) if off else self._off.discard(number)
        self._take_in(turned, not off)

    def _take_in(self, act: Act, done: bool) -> None:
        if act.deed is Deed.PATCH:
            # Act numbers order what came from several processes.
            insort(self.patches, act, key=_number) if done else self.patches.remove(act)
        for what, *where in _touched(act):
            acts = [each for each in self._history[what, *where] if each.number not in self._off]
            if what == "annotation":
                self._set_annotation(where[0], acts[-1] if acts else None)
            elif what == "dispositions":
                self._set_dispositions(where[0], acts)
            elif acts:
                last = acts[-1]
                self.dismissed[where[0], where[1], where[2]] = -last.number if last.body.get("back") else last.number
            else:
                self.dismissed.pop((where[0], where[1], where[2]), None)

    def _set_annotation(self, name: str, act: Act | None) -> None:
        before = self.annotations.get(name)
        after = None if act is None else _annotation_after(act, name)
        if before is not None and (after is None or after.unit != before.unit):
            del self._by_unit[before.unit][name]
        if after is not None:
            self.annotations[name] = self._by_unit[after.unit][name] = after
        elif before is not None:
            del self.annotations[name]

    def _set_dispositions(self, unit: str, acts: Iterable[Act]) -> None:
        latest: dict[str, Disposition | None] = dict.fromkeys(
            each.reviewer for each in self._history["dispositions", unit]
        )
        for act in acts:
            if act.deed is Deed.PATCH:
                # It was said of a passage that is no more.
                latest = dict.fromkeys(latest)
            else:
                said = act.body["disposition"]
                latest[act.reviewer] = None if said is None else Disposition(said)
        for reviewer, disposition in latest.items():
            self.dispositions.pop((unit, reviewer), None)
            if disposition is not None:
                self.dispositions[unit, reviewer] = disposition


def _number(act: Act) -> int:
    return act.number


def _touched(act: Act) -> Iterable[tuple[str, ...]]:
    """What an act has a say in."""
    if act.deed in (Deed.ANNOTATE, Deed.REMOVE):
        yield "annotation", act.body["id"]
    elif act.deed is Deed.DISPOSE:
        yield "dispositions", act.unit
    elif act.deed is Deed.DISMISS:
        for finding in act.body["findings"]:
            yield "dismissed", act.reviewer, act.unit, finding
    elif act.deed is Deed.PATCH:
        for annotation in act.body.get("annotations", ()):
            yield "annotation", annotation["id"]
        for unit in act.body.get("replaced", ()):
            yield "dispositions", unit


def _annotation_after(act: Act, name: str) -> Annotation | None:
    """The annotation of an id as an act leaves it."""
    if act.deed is Deed.REMOVE:
        return None
    if act.deed is Deed.PATCH:
        body = next(body for body in act.body["annotations"] if body["id"] == name)
        return _annotation(body, body["unit"], act.reviewer, body.get("at", act.at))
    return annotation_of(act)


def annotation_of(act: Act) -> Annotation:
    """The annotation that an act adds or changes."""
    return _annotation(act.body, act.unit, act.reviewer, act.at)


def _annotation(body: Mapping[str, Any], unit: str, reviewer: str, at: str) -> Annotation:
    return Annotation(
        id=body["id"],
        unit=unit,
        reviewer=body.get("reviewer", reviewer),
        side=Side(body["side"]),
        start=body["start"],
        end=body["end"],
        category=body["category"],
        severity=Severity(body["severity"]),
        note=body.get("note", ""),
        origin=body.get("origin", ""),
        at=at,
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
