"""One passage with all that is known and was said of it, as Markdown or HTML, to be shown to somebody else.

Texts, names of files, notes, names of categories and of reviewers are untrusted: what Markdown or HTML would obey is
escaped, and what a terminal would obey is made visible.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from metrics.diff import bracketed
from metrics.errors import UnwritableFile
from metrics.model import Document, Excerpt, Finding, Mark, Passage, Review
from metrics.mqm.model import Annotation, Disposition, Side
from metrics.ranking import risk_sum
from metrics.reports.escaping import code, markdown, tagged
from metrics.visible import clean

_LONGEST_NAME = 60

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.2rem; }
h2 { font-size: 1rem; margin: 1.2rem 0 0.2rem; }
blockquote { margin: 0; padding: 0.4rem 0.8rem; border-left: 0.25rem solid; overflow-wrap: anywhere; }
mark { color: inherit; background: none; font-weight: bold; border-bottom: 0.15rem dotted; }
ins { text-decoration: underline; font-weight: bold; }
del { text-decoration: line-through; }
em { font-style: italic; border: 1px dashed; }
small { opacity: 0.8; }"""


class PassageSheet(NamedTuple):
    """What a report of a passage is made from.

    `findings` are those to be told of, `annotations` those of all reviewers; `label` says how a category is printed
    (`Typology.label`).
    """

    review: Review
    passage: Passage
    findings: Sequence[Finding]
    annotations: Sequence[Annotation]
    disposition: Disposition | None
    label: Callable[[str], str]


def passage_markdown(sheet: PassageSheet) -> str:
    """The passage as Markdown; differing words stand in the brackets of `metrics.diff.BRACKETS`."""
    lines = [f"# {markdown(_title(sheet))}", "", markdown(_figures(sheet.passage))]
    for name, place, excerpt, marks in _sides(sheet):
        lines += ["", f"## {name}: {code(place)}", ""]
        lines.append(f"> {markdown(bracketed(clean(excerpt.text), marks).strip())}" if excerpt.text else "*nothing*")
    for title, items in _lists(sheet):
        lines += [
            "",
            f"## {title}",
            "",
            *(f"- **{markdown(head)}** {markdown(rest)}".rstrip() for head, rest in items),
        ]
    lines += ["", "`[replaced]` `‹only here›` `{moved}`"] if any(any(side) for side in sheet.passage.marks) else []
    return "\n".join(lines) + "\n"


def passage_html(sheet: PassageSheet) -> str:
    """The passage as one HTML page that needs nothing else; it has no script and may load nothing."""
    title = escape(clean(_title(sheet)))
    body = [f"<h1>{title}</h1>", f"<p>{escape(_figures(sheet.passage))}</p>"]
    language = escape(sheet.review.language)
    for name, place, excerpt, marks in _sides(sheet):
        text = _tagged(excerpt.text, marks, name == "Candidate") if excerpt.text else "<i>nothing</i>"
        body += [
            f"<h2>{name}: <code>{escape(clean(place))}</code></h2>",
            f'<blockquote dir="auto" lang="{language}">{text}</blockquote>',
        ]
    for heading, items in _lists(sheet):
        body += [f"<h2>{heading}</h2>", "<ul>"]
        body += [f"<li><b>{escape(clean(head))}</b> {escape(clean(rest))}</li>" for head, rest in items]
        body.append("</ul>")
    if any(any(side) for side in sheet.passage.marks):
        body.append(
            "<p><small><mark>replaced</mark> <del>only in the candidate</del> <ins>only in the reference</ins> "
            "<em>moved</em></small></p>"
        )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title>",
            f"<style>\n{_STYLE}\n</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def exported_name(review: Review, passage: Passage, suffix: str) -> str:
    """A name for a file about a passage, fit for any system: `harbour-candidate-line-27.md` for the suffix `.md`."""
    document, excerpt = _here(review, passage)
    stem = re.sub(r"[^\w]+", "-", Path(document.path).stem)[:_LONGEST_NAME].strip("-") or "passage"
    return f"{clean(stem)}-line-{excerpt.line}{suffix}"


def write_export(folder: str | os.PathLike[str], name: str, text: str) -> Path:
    """Write a file that was not there before: where one of that name is, `-2` and so on is added to it; returns it.

    Raises `UnwritableFile`.
    """
    stem, suffix = os.path.splitext(name)
    number = 1
    while True:
        path = Path(folder) / (name if number == 1 else f"{stem}-{number}{suffix}")
        try:
            stream = path.open("xb")
        except FileExistsError:
            number += 1
            continue
        except (OSError, ValueError) as error:
            raise _unwritable(path, error) from None
        try:
            with stream:
                stream.write(text.encode("utf-8", "replace"))
        except OSError as error:
            path.unlink(missing_ok=True)
            raise _unwritable(path, error) from None
        return path


def _unwritable(path: Path, error: Exception) -> UnwritableFile:
    reason = getattr(error, "strerror", None) or str(error)
    return UnwritableFile(f"cannot write {clean(str(path))} ({reason}): make room, or start where you may write")


def _here(review: Review, passage: Passage) -> tuple[Document, Excerpt]:
    """The candidate's side, or the reference's where the candidate has nothing."""
    if passage.candidate.text:
        return review.candidate, passage.candidate
    return review.reference, passage.reference


def _title(sheet: PassageSheet) -> str:
    document, excerpt = _here(sheet.review, sheet.passage)
    return f"{sheet.passage.kind.sign} {sheet.passage.kind} at {document.path}:{excerpt.line}"


def _figures(passage: Passage) -> str:
    scores = [f"{name} {value:.1f}" for name, value in passage.scores.items()]
    return " · ".join([*scores, f"risk {risk_sum(passage)}" if passage.terms else "not scored"])


def _sides(sheet: PassageSheet) -> Iterator[tuple[str, str, Excerpt, Sequence[Mark]]]:
    review, passage = sheet.review, sheet.passage
    yield "Candidate", f"{review.candidate.path}:{passage.candidate.line}", passage.candidate, passage.marks[0]
    yield "Reference", f"{review.reference.path}:{passage.reference.line}", passage.reference, passage.marks[1]


def _lists(sheet: PassageSheet) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What was found and said: headings, and under each what is emphasised and what follows."""
    if sheet.findings:
        yield "Findings", [(f.kind, f"{f.message} (+{f.points:.1f})") for f in sheet.findings]
    if sheet.annotations:
        yield "Marks", [_annotation(sheet, annotation) for annotation in sheet.annotations]
    if sheet.disposition is not None:
        yield "Disposition", [(str(sheet.disposition), "")]


def _annotation(sheet: PassageSheet, annotation: Annotation) -> tuple[str, str]:
    where = "the passage"
    if annotation.end > annotation.start and annotation.side is not Side.SOURCE:
        of_candidate = annotation.side is Side.CANDIDATE
        text = (sheet.passage.candidate if of_candidate else sheet.passage.reference).text
        where = f"“{text[annotation.start : annotation.end]}” of the {annotation.side}"
    note = f": {annotation.note}" if annotation.note else ""
    return f"{annotation.severity} {sheet.label(annotation.category)}", f"on {where}, {annotation.reviewer}{note}"


def _tagged(text: str, marks: Sequence[Mark], candidate: bool) -> str:
    """A side's text with its differing words in the elements that say so."""
    pieces = tagged(text, marks, candidate)
    return "".join(f"<{tag}>{escape(piece)}</{tag}>" if tag else escape(piece) for tag, _, piece in pieces)
