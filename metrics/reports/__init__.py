"""From a `Review` to what is printed: text for people, JSON and link formats for programs, reports for CI.

`FORMATS` is the table of reports; a format's module is imported when it is asked for.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from metrics.errors import UsageError

if TYPE_CHECKING:
    from metrics.reports.report import Report

#: By name: the module here, and the function in it that makes the text of a `Report`, piece by piece.
FORMATS: dict[str, tuple[str, str]] = {
    "text": ("text_report", "text"),
    "json": ("json_documents", "documents_json"),
    "markdown": ("markdown_report", "markdown"),
    "html": ("html_report", "html"),
    "junit": ("junit_report", "junit"),
    "sarif": ("sarif_report", "sarif"),
    "github": ("github_report", "annotations"),
    "csv": ("csv_report", "rows"),
    "lines": ("lines_report", "lines"),
}


def pieces(name: str, report: "Report") -> Iterator[str]:
    """A report in one of `FORMATS`, in pieces that follow each other with nothing between.

    A piece is never more than a document's, however many there are. Raises `UsageError` for any other format.
    """
    module, function = FORMATS[known(name)]
    made: Iterator[str] = getattr(import_module(f"{__name__}.{module}"), function)(report)
    return made


def render(name: str, report: "Report") -> str:
    """A report in one of `FORMATS` as one text. Raises `UsageError` for any other."""
    return "".join(pieces(name, report))


def known(name: str) -> str:
    """`name`, which is one of `FORMATS`. Raises `UsageError` where it is not, with the nearest."""
    if name in FORMATS:
        return name
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), FORMATS, 1)
    guess = f"; did you mean {near[0]}?" if near else ""
    raise UsageError(f"unknown report format {name!r}{guess}: choose from {', '.join(FORMATS)}")
