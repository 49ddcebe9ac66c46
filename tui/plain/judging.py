"""Commands that say what passages and findings are, and take it back."""

from collections.abc import Callable, Iterator

from metrics.errors import UsageError
from metrics.findings import KINDS
from metrics.model import Finding
from metrics.mqm.model import Annotation, Disposition
from metrics.wording import count
from tui.plain.moving import to_open, where
from tui.plain.reading import mark_told
from tui.plain.typed import nearest, number_in
from tui.plain.walk import Walk
from tui.said import SAID


def fine(walk: Walk, _: str) -> Iterator[str]:
    """Call the passage fine, and go on to the next that is not reviewed."""
    walk.desk.dispose(walk.passage, Disposition.FINE)
    walk.follow()
    yield f"{SAID[Disposition.FINE].capitalize()}."
    yield from to_open(walk)


def call(disposition: Disposition) -> Callable[[Walk, str], Iterator[str]]:
    """The command that calls a passage so; said again, it stays so, for a script may be run twice."""

    def called(walk: Walk, _: str) -> Iterator[str]:
        desk, passage = walk.desk, walk.passage
        said = SAID[disposition]
        if desk.disposition(passage) is disposition:
            yield f"Called {said} already; 'open' takes that back."
            return
        desk.dispose(passage, disposition)
        walk.follow()
        yield f"{said.capitalize()}{'.' if disposition.counts else f': {scores_told(walk)} now.'}"

    return called


def reopen(walk: Walk, _: str) -> Iterator[str]:
    """Call the passage nothing any more."""
    if walk.desk.disposition(walk.passage) is None:
        yield "This passage is called nothing yet."
        return
    walk.desk.dispose(walk.passage, None)
    walk.follow()
    yield "Open again."


def scores_told(walk: Walk) -> str:
    """The headline scores as they are now."""
    return ", ".join(f"{name} {score.value:.1f}" for name, score in walk.desk.scores.items())


def take(walk: Walk, rest: str) -> Iterator[str]:
    """Make a finding a mark, its category and severity filled in."""
    finding = _finding(walk, rest)
    if finding is None:
        yield "No finding of this passage is left."
    elif walk.desk.taken(walk.passage, finding) is not None:
        yield "This finding is a mark already."
    else:
        following = _following(walk, finding)
        made = walk.desk.take(walk.passage, finding)
        walk.follow()
        walk.note = following
        yield f"Marked: {mark_told(walk, made)}."


def dismiss(walk: Walk, rest: str) -> Iterator[str]:
    """Set a finding aside, or all of a kind."""
    head, _, kind = rest.partition(" ")
    if head == "all":
        yield from dismiss_kind(walk, kind.strip())
        return
    finding = _finding(walk, rest)
    if finding is None:
        yield "No finding of this passage is left."
    elif finding not in walk.desk.findings(walk.passage):
        yield "This finding is dismissed already; 'bring back' brings it back."
    else:
        following = _following(walk, finding)
        walk.desk.dismiss(walk.passage, finding)
        walk.follow()
        walk.note = following
        yield f"Dismissed: {finding.kind}, {finding.message}."


def dismiss_kind(walk: Walk, rest: str) -> Iterator[str]:
    """Set all findings of a kind aside, everywhere or here."""
    kind, _, place = rest.partition(" ")
    place = place.strip()
    if not kind or place not in ("", "here", "everywhere"):
        raise UsageError("say which kind, and 'here' for this passage alone: dismiss all number here")
    if kind not in KINDS:
        raise UsageError(f"“{kind}” is no kind of finding{nearest(kind, KINDS)}: there are {', '.join(KINDS)}")
    passage = walk.passage if place == "here" else None
    number = walk.desk.count_of_kind(kind, walk.desk.review.passages if passage is None else (passage,))
    if not number:
        yield f"No finding of kind {kind} is left{' here' if passage else ''}."
        return
    walk.desk.dismiss_kind(kind, passage)
    walk.follow()
    where_told = "here" if passage else "everywhere"
    yield f"{count(number, 'finding')} of kind {kind} dismissed {where_told}; z brings them back."


def bring_back(walk: Walk, rest: str) -> Iterator[str]:
    """Show again what was dismissed in this passage."""
    if rest not in ("", "back"):
        raise UsageError("say 'bring back' for the findings that were dismissed in this passage")
    number = walk.desk.bring_back(walk.passage)
    walk.follow()
    yield f"{count(number, 'finding')} brought back." if number else "Nothing is dismissed in this passage."


def delete(walk: Walk, rest: str) -> Iterator[str]:
    """Take a mark away."""
    mark = mark_meant(walk, rest)
    told = mark_told(walk, mark)
    walk.desk.remove(mark)
    walk.note = None
    walk.follow()
    yield f"Deleted: {told}; z brings it back."


def mark_meant(walk: Walk, number: str) -> Annotation:
    """The mark of a number, or the one that was heard last, or the only one. Raises `UsageError`."""
    marks = walk.desk.annotations(walk.passage)
    if number:
        return marks[number_in(number, "mark", len(marks)) - 1]
    if isinstance(walk.note, Annotation) and walk.note in marks:
        return walk.note
    if len(marks) == 1:
        return marks[0]
    raise UsageError("say which mark, by its number; 'marks' reads them" if marks else "nothing is marked here")


def undo(walk: Walk, _: str) -> Iterator[str]:
    """Take back what was done last, be it before a restart."""
    yield from _turned(walk, walk.desk.undo(), "Undone", "undo")


def redo(walk: Walk, _: str) -> Iterator[str]:
    """Do again what was taken back last."""
    yield from _turned(walk, walk.desk.redo(), "Redone", "redo")


def _turned(walk: Walk, turned: tuple[str, str] | None, word: str, verb: str) -> Iterator[str]:
    if turned is None:
        yield f"Nothing to {verb}."
        return
    told, unit = turned
    moved = walk.follow()
    yield f"{word}: {told}."
    if (unit and walk.go_to(unit)) or moved:
        yield from where(walk, "")


def _finding(walk: Walk, rest: str) -> Finding | None:
    """The finding of a number, or the one that was heard last, or the first that is not taken yet."""
    findings = walk.passage.findings
    if rest:
        return findings[number_in(rest, "finding", len(findings)) - 1]
    if isinstance(walk.note, Finding):
        return walk.note
    shown = walk.desk.findings(walk.passage)
    return next((each for each in shown if walk.desk.taken(walk.passage, each) is None), None)


def _following(walk: Walk, finding: Finding) -> Finding | None:
    """The finding behind one, which is meant next; none where nobody walks along them."""
    shown = walk.desk.findings(walk.passage)
    if walk.note != finding or finding not in shown:
        return None
    at = shown.index(finding) + 1
    return shown[at] if at < len(shown) else None
