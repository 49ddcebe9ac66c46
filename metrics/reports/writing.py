"""Where reports go: `FORMAT` to standard output, `FORMAT=FILE` to a file."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple, TextIO

from metrics.errors import UnwritableFile, UsageError
from metrics.reports import known, pieces
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
    """Writes reports piece by piece: files first, whose folders are made where they are missing, and the output last.

    A file gets its name when all are whole; before that, what stood there stands. With `github`, the step summary is
    appended to the file that the environment's GITHUB_STEP_SUMMARY names.

    Raises `UsageError` as `destinations` does, before anything is made, and `UnwritableFile`.
    """
    wanted = destinations(specs)
    with ExitStack() as undone:
        made = [_spooled(name, path, report, undone) for name, path in wanted if path is not None]
        for temporary, path in made:
            if temporary is not None:
                with _named(path):
                    os.replace(temporary, os.path.realpath(path))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(name == "github" for name, _ in wanted):
        from metrics.reports.github_report import append_summary

        append_summary(report, Path(summary))
    for name, file in wanted:
        if file is None:
            stdout.writelines(_ended(pieces(name, report)))


def _spooled(name: str, path: Path, report: Report, undone: ExitStack) -> tuple[Path | None, Path]:
    """Writes a report to a file beside the one that it is for, which `undone` removes unless it is renamed before.

    Where that is no file, but a device or a pipe, it is written to at once, and there is nothing to rename.
    """
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        target = Path(os.path.realpath(path))
        plain = target.is_file() or not target.exists()
        temporary = target.with_name(f".bleupencil-{token_hex(8)}") if plain else None
        if temporary:
            undone.callback(temporary.unlink, missing_ok=True)
        # Names of files may hold what UTF-8 cannot; line ends are the format's own.
        file = (temporary or target).open("w", encoding="utf-8", errors="backslashreplace", newline="")
    try:
        if temporary and target.exists():
            shutil.copymode(target, temporary)
        for piece in _ended(pieces(name, report)):
            with _named(path):
                file.write(piece)
    finally:
        with _named(path):
            file.close()
    return temporary, path


def _ended(some: Iterable[str]) -> Iterator[str]:
    """Pieces of a text that ends with a line end, unless it is empty."""
    last = ""
    for piece in some:
        last = piece or last
        yield piece
    if last and not last.endswith("\n"):
        yield "\n"


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the system says against a file becomes an error that names it."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableFile(f"cannot write {clean(str(path))} ({reason}): name another file for --report") from None


def _same(one: Path | None, other: Path | None) -> bool:
    if one is None or other is None:
        return one is other
    return os.path.abspath(one) == os.path.abspath(other)
