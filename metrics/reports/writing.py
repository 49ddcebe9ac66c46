"""Where reports go: `FORMAT` to standard output, `FORMAT=FILE` to a file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from metrics.errors import UnwritableFile, UsageError
from metrics.reports import known, render
from metrics.reports.report import Report
from metrics.visible import clean

_STDOUT = "-"


class Destination(NamedTuple):
    """A format of `metrics.reports.FORMATS`, and the file that it goes to; None is standard output."""

    format: str
    path: Path | None


def destinations(specs: Sequence[str]) -> tuple[Destination, ...]:
    """What `FORMAT`, `FORMAT=-` and `FORMAT=FILE` mean.

    Raises `UsageError` for an unknown format, for an empty name of a file, and where two reports would go to one place.
    """
    found: list[Destination] = []
    for spec in specs:
        name, sign, file = spec.partition("=")
        if sign and not file:
            raise UsageError(
                f"--report {spec} names no file: write {known(name)}=FILE, or {known(name)} for the output"
            )
        found.append(Destination(known(name), Path(file) if sign and file != _STDOUT else None))
        twin = next((each for each in found[:-1] if _same(each.path, found[-1].path)), None)
        if twin:
            place = "standard output" if twin.path is None else str(twin.path)
            raise UsageError(f"--report {twin.format} and --report {name} both go to {place}: name a file for one")
    return tuple(found)


def write_reports(specs: Sequence[str], report: Report, stdout: TextIO) -> None:
    """Makes all reports, then writes them: files first, whose folders are made where they are missing.

    With `github`, the step summary is appended to the file that the environment's GITHUB_STEP_SUMMARY names.

    Raises `UsageError` as `destinations` does, before anything is made, and `UnwritableFile`.
    """
    wanted = destinations(specs)
    made = [(path, render(name, report)) for name, path in wanted]
    for path, text in made:
        if path is not None:
            _write(path, text)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(name == "github" for name, _ in wanted):
        from metrics.reports.github_report import append_summary

        append_summary(report, Path(summary))
    for path, text in made:
        if path is None and text:
            stdout.write(text if text.endswith("\n") else f"{text}\n")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Names of files may hold what UTF-8 cannot; line ends are the format's own.
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text if not text or text.endswith("\n") else f"{text}\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableFile(f"cannot write {clean(str(path))} ({reason}): name another file for --report") from None


def _same(one: Path | None, other: Path | None) -> bool:
    if one is None or other is None:
        return one is other
    return os.path.abspath(one) == os.path.abspath(other)
