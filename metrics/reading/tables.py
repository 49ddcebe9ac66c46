"""Rows of separated values, RFC 4180 and what spreadsheets make of it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator


def separator_of(line: str) -> str:
    """What stands between the cells of a header: comma, semicolon or tab, whichever comes first; else comma."""
    return next((character for character in line if character in ",;\t"), ",")


def read_rows(
    text: str, separator: str, bad: Callable[[int, str], Exception], comments: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line it begins on, from 1.

    With `comments`, lines that begin with `#` are passed over. Where quotation marks do not fit, raises what `bad`
    makes of a line and of what is wrong there.
    """
    lines: Iterable[str] = io.StringIO(text, newline="")
    if comments:
        # Emptied and not left out, so that lines keep their numbers.
        lines = ("\n" if line.lstrip(" ").startswith("#") else line for line in lines)
    limit = csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(lines, delimiter=separator, strict=True)
    begins = 1
    try:
        for row in rows:
            if any(row):
                yield begins, row
            begins = rows.line_num + 1
    except csv.Error as error:
        raise bad(begins, f"no CSV ({error})") from None
    finally:
        csv.field_size_limit(limit)
