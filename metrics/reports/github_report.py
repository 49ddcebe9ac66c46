"""GitHub Actions: workflow commands that annotate the candidate's lines, and the step summary."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from metrics.errors import UnwritableFile
from metrics.reports.first import First
from metrics.reports.markdown_report import markdown_within
from metrics.reports.remarks import LEVELS, LatestPositions, Remark, remarks, worst
from metrics.reports.report import BAD_RISK, Entry, Report
from metrics.visible import clean

#: So many annotations of a kind GitHub shows for a step.
MOST = 10
#: So many bytes it takes for the summary of a step; more, and it shows nothing.
SUMMARY = 1024 * 1024


def annotations(report: Report) -> Iterator[str]:
    """The commands, a line each: at most `MOST` errors, warnings and notices, the first passages of the order first.

    A pair that could not be scored is an error, as is a gate that failed; one without a verdict is a notice. A bad
    passage is a warning where its risk is `BAD_RISK` or something in it is major or worse, else a notice; so a job
    that passes shows no error.
    """
    out: dict[str, list[str]] = {"error": _failures(report), "warning": [], "notice": []}
    for _, path, outcome in report.verdicts:
        kind = "notice" if outcome.passed is None else "error"
        if outcome.passed is not True and len(out[kind]) < MOST:
            fields = {"file": path} if path else {}
            out[kind].append(_command(kind, {**fields, "title": f"bleupencil: {outcome.name}"}, outcome.told))
    found = {kind: First[str](MOST - len(out[kind])) for kind in ("warning", "notice")}
    places = LatestPositions()
    for key, entry in report.keyed():
        if entry.bad and any(first.open(key) for first in found.values()):
            told = remarks(entry, report.label)
            kind = "warning" if LEVELS[worst(told)] == "error" or entry.passage.risk >= BAD_RISK else "notice"
            found[kind].offer(key, partial(_annotation, kind, entry, told, places))
    for kind, lines in out.items():
        kept = found[kind].kept if kind in found else []
        yield from (f"{line}\n" for line in (*lines, *kept))


def append_summary(report: Report, path: Path) -> None:
    """Appends the Markdown report to a step's summary, as much of it as leaves the file within `SUMMARY` bytes.

    Raises `UnwritableFile`.
    """
    try:
        with path.open("ab") as file:
            room = SUMMARY - file.tell()
            text = markdown_within(report, room - 1)
            if text:
                file.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UnwritableFile(
            f"cannot write {clean(str(path))} ({error.strerror}): GITHUB_STEP_SUMMARY must name a file, or be unset"
        ) from None


def _failures(report: Report) -> list[str]:
    """Commands for the pairs that could not be scored, which leave half of the room; the last tells of the rest."""
    told = [
        _command("error", {"title": f"bleupencil: {each.title} could not be scored"}, each.message)
        for each in report.failures[: MOST // 2]
    ]
    if left := len(report.failures) - len(told):
        told[-1] = _command("error", {"title": "bleupencil"}, f"{left + 1:,} more pairs could not be scored")
    return told


def _annotation(kind: str, entry: Entry, told: Sequence[Remark], places: LatestPositions) -> str:
    candidate = entry.document.review.candidate
    start, end = places.of(candidate).region(told[0].candidate)
    fields = {"file": candidate.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line and start.column < end.column:
        # GitHub takes columns within a line alone, and its last column belongs to the range.
        fields |= {"col": str(start.column), "endColumn": str(end.column - 1)}
    title = f"{told[0].kind} (risk {entry.passage.risk:.1f})"
    return _command(kind, {**fields, "title": title}, "; ".join(f"{r.kind}: {r.message}" for r in told))


def _command(kind: str, fields: dict[str, str], message: str) -> str:
    """A workflow command, escaped as the runner wants it; the message keeps to one line."""
    told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in fields.items())
    return f"::{kind} {told}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    text = clean(text)
    for sign in f"%\r\n{also}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
