"""The links of a review, for people and for other tools."""

from collections.abc import Sequence
from pathlib import Path

from metrics.errors import UnwritableFile
from metrics.model import Passage, Scope
from metrics.visible import clean, columns

CANDIDATE_LINES, REFERENCE_LINES = "candidate.txt", "reference.txt"
OTHER_LINES = "reference{}.txt"
_OPENING = 34


def links_table(passages: Sequence[Passage]) -> str:
    """One row a link, in the order of `passages`: kind, similarity, place and opening words of both sides.

    In place of the similarity stands "hand" where a person made or accepted the link.
    """
    rows = [("kind", "sim.", "candidate", "", "reference", "")]
    rows += [
        (
            passage.kind,
            "hand" if passage.by_hand else f"{passage.similarity:.2f}" if passage.kind.linked else "",
            _ids(passage.candidate.segments),
            _cut(passage.candidate.text),
            _ids(passage.reference.segments),
            _cut(passage.reference.text),
        )
        for passage in passages
    ]
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def links_tsv(passages: Sequence[Passage]) -> str:
    """Tab-separated: kind, similarity, candidate ids, reference ids, candidate text, reference text."""
    rows = ["kind\tsimilarity\tcandidate_ids\treference_ids\tcandidate\treference"]
    for passage in passages:
        fields = (
            passage.kind,
            f"{passage.similarity:.4f}",
            ",".join(map(str, passage.candidate.segments)),
            ",".join(map(str, passage.reference.segments)),
            clean(passage.candidate.text),
            clean(passage.reference.text),
        )
        rows.append("\t".join(fields))
    return "\n".join(rows)


def links_vecalign(passages: Sequence[Passage]) -> str:
    """vecalign's format, `[candidate ids]:[reference ids]:cost`, cost being 1 − similarity, 0 for a gap."""
    return "\n".join(
        f"{list(p.candidate.segments)}:{list(p.reference.segments)}:{1 - p.similarity if p.kind.linked else 0:.6f}"
        for p in passages
    )


def write_lines(passages: Sequence[Passage], scope: Scope, folder: Path) -> tuple[Path, ...]:
    """Writes the passages that `scope` counts as files of equal length, line answering line, into `folder`.

    They are `candidate.txt`, `reference.txt` and, of further references, `reference2.txt` and so on; where one of those
    has no text, the line is that of the first. The `sacrebleu` command scores them to the review's own figures. Raises
    `UnwritableFile` where the folder cannot be made or written.
    """
    others = range(max((len(passage.others) for passage in passages), default=0))
    passages = [passage for passage in passages if scope.counts(passage.kind)]
    names = CANDIDATE_LINES, REFERENCE_LINES, *(OTHER_LINES.format(k + 2) for k in others)
    paths = tuple(folder / name for name in names)
    texts = [[p.candidate.text for p in passages], [p.reference.text for p in passages]]
    texts += [[p.reference.text if (text := p.others[k]) is None else text for p in passages] for k in others]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, lines in zip(paths, texts, strict=True):
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnwritableFile(f"cannot write to {folder}: {error.strerror}: choose another --out") from None
    return paths


def _ids(segments: tuple[int, ...]) -> str:
    return ",".join(map(str, segments)) or "–"


def _cut(text: str) -> str:
    shown = clean(text[: 2 * _OPENING])
    while columns(shown) > _OPENING:
        shown = shown[:-2].rstrip() + "…"
    return shown
