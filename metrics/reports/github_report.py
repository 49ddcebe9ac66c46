"""GitHub Actions: workflow commands that annotate the candidate's lines, and the step summary."""

from pathlib import Path

from metrics.errors import UnwritableFile
from metrics.reports.markdown_report import markdown
from metrics.reports.remarks import LEVELS, Positions, remarks, worst
from metrics.reports.report import BAD_RISK, Entry, Report
from metrics.visible import clean

#: So many annotations of a kind GitHub shows for a step.
MOST = 10
#: So many bytes it takes for the summary of a step; more, and it shows nothing.
SUMMARY = 1024 * 1024


def annotations(report: Report) -> str:
    """The commands, a line each: at most `MOST` errors, warnings and notices, the first passages of the order first.

    A gate that failed is an error, one without a verdict a notice. A bad passage is a warning where its risk is
    `BAD_RISK` or something in it is major or worse, else a notice; so a job that passes shows no error.
    """
    out: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for where, outcome in report.gates:
        if outcome.passed is not True:
            kind = "notice" if outcome.passed is None else "error"
            fields = {"file": where} if where else {}
            out[kind].append(_command(kind, {**fields, "title": f"bleupencil: {outcome.name}"}, outcome.told))
    positions: dict[int, Positions] = {}
    for entry in report.entries:
        if entry.bad:
            _add(out, report, entry, positions)
        if all(len(out[kind]) >= MOST for kind in ("warning", "notice")):
            break
    return "".join(f"{line}\n" for lines in out.values() for line in lines[:MOST])


def append_summary(report: Report, path: Path) -> None:
    """Appends the Markdown report to a step's summary, as much of it as leaves the file within `SUMMARY` bytes.

    Raises `UnwritableFile`.
    """
    try:
        with path.open("ab") as file:
            room = SUMMARY - file.tell()
            text = markdown(report, room - 1)
            if text:
                file.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UnwritableFile(
            f"cannot write {clean(str(path))} ({error.strerror}): GITHUB_STEP_SUMMARY must name a file, or be unset"
        ) from None


def _add(out: dict[str, list[str]], report: Report, entry: Entry, positions: dict[int, Positions]) -> None:
    told = remarks(entry, report.label)
    grave = LEVELS[worst(told)] == "error" or entry.passage.risk >= BAD_RISK
    kind = "warning" if grave else "notice"
    if len(out[kind]) >= MOST:
        return
    candidate = entry.document.review.candidate
    where = positions.setdefault(id(entry.document), Positions(candidate))
    start, end = where.region(told[0].candidate)
    fields = {"file": candidate.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line and start.column < end.column:
        # GitHub takes columns within a line alone, and its last column belongs to the range.
        fields |= {"col": str(start.column), "endColumn": str(end.column - 1)}
    title = f"{told[0].kind} (risk {entry.passage.risk:.1f})"
    out[kind].append(_command(kind, {**fields, "title": title}, "; ".join(f"{r.kind}: {r.message}" for r in told)))


def _command(kind: str, fields: dict[str, str], message: str) -> str:
    """A workflow command, escaped as the runner wants it; the message keeps to one line."""
    told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in fields.items())
    return f"::{kind} {told}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    text = clean(text)
    for sign in f"%\r\n{also}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
