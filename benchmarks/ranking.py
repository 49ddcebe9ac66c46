"""How well orders of passages and findings meet what human annotators marked.

usage: python benchmarks/ranking.py PASSAGES.tsv [--per-system] [--fit]

PASSAGES.tsv has a header line and the columns system, doc, seg, candidate, reference, mqm (penalty of the passage),
major (whether most annotators marked a major error) and spans (JSON: [start, end, severity, category, annotator] on
the candidate). Each system's passages are one review, line answering line.

Figures of an order, times 100, the mean over systems:
tau      Kendall's tau-b with the penalties
tau/doc  the same inside documents of five passages or more
worst10  share of the human-worst tenth that stands in the first 20 % of the passages
major    share of the passages with a major error that stands there
penalty  share of the penalty that stands there
words    share of the penalty met after reading 20 % of the candidate's words
Passages with the same place in an order share it. Random order has 0 and 20.

Figures of a kind of finding: how many; how many of those with words of the candidate touch a marked error (hit), and
how many words drawn at random in the same passages would (chance); how many marked errors one touches (recall); how
many stand in a passage with an error (passage), and how many passages have one (chance).

--fit prints the weights that non-negative least squares gives, for all documents and with each left out, and how
well those order the one that was left out.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from metrics import weights
from metrics.findings import KINDS
from metrics.model import Document, Finding, Pairing, Passage, Review, Settings, Span
from metrics.ranking import ORDERS
from metrics.review import review_documents, run
from metrics.words import words

Array = np.ndarray
FIGURES = ("tau", "tau/doc", "worst10", "major", "penalty", "words")
SMALLEST_DOCUMENT = 5
FIRST = 0.2
WORST = 0.1


class Judged(NamedTuple):
    """What annotators said of a passage."""

    document: str
    penalty: float
    major: float
    spans: tuple[Span, ...]


class System(NamedTuple):
    """One system's review, and the judgements, in the order of its passages."""

    name: str
    review: Review
    judged: tuple[Judged, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages")
    parser.add_argument("--per-system", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    systems = list(read(options.passages))
    if options.fit:
        print_fit(systems)
        return
    orders: dict[str, Callable[[Passage], float]] = {name: order.key for name, order in ORDERS.items()}
    orders["document"] = lambda passage: passage.position.reference  # line answers line, so nothing is added
    orders["(1 − chrF) × words"] = lambda passage: (passage.scores["chrF"] - 100) * passage.words
    print(f"| order | {' | '.join(FIGURES)} |\n|-|{'-|' * len(FIGURES)}")
    for name, key in orders.items():
        results = [
            figures(system, np.array([-key(passage) for passage in system.review.passages])) for system in systems
        ]
        if options.per_system:
            for system, result in zip(systems, results, strict=True):
                print(f"| {name}, {system.name} | {_row(result)} |")
        print(f"| {name} | {_row({f: float(np.nanmean([r[f] for r in results])) for f in FIGURES})} |")
    rows = {kind: _met(systems, kind) for kind in KINDS}
    print("\n| finding | found | hit | chance | recall | passage | chance |\n|-|-|-|-|-|-|-|")
    for kind, row in rows.items():
        if row[0] != "0":
            print(f"| {kind} | {' | '.join(row)} |")
    print(f"\nNever found: {', '.join(kind for kind, row in rows.items() if row[0] == '0')}.")


def read(path: str) -> Iterable[System]:
    """The systems of a file of judged passages."""
    csv.field_size_limit(10**9)
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for name in dict.fromkeys(row["system"] for row in rows):
        mine = [row for row in rows if row["system"] == name]
        texts = [_document(side, [row[side] for row in mine]) for side in ("candidate", "reference")]
        settings = Settings(pairing=Pairing.ALIGNED, metrics=("BLEU", "chrF"))
        review = run(review_documents(texts[0], texts[1], settings))
        judged = (
            Judged(
                row["doc"],
                float(row["mqm"]),
                float(row["major"]),
                tuple(Span(start, end) for start, end, *_ in json.loads(row["spans"]) if end > start),
            )
            for row in mine
        )
        yield System(name, review, tuple(judged))


def _document(path: str, lines: Sequence[str]) -> Document:
    return Document(path, "".join(f"{line}\n" for line in lines), "utf-8", ())


def figures(system: System, risk: Array) -> dict[str, float]:
    """The figures of an order that puts the highest `risk` first."""
    penalty = np.array([judged.penalty for judged in system.judged])
    major = np.array([judged.major for judged in system.judged])
    documents = np.array([judged.document for judged in system.judged])
    length = np.array([max(1, passage.candidate.words) for passage in system.review.passages], float)
    one = np.ones(len(risk))
    first = _read(risk, one, round(FIRST * len(risk)))
    tenth = max(1, round(WORST * len(risk)))
    inside = [
        _tau(risk[at], penalty[at])
        for at in (documents == document for document in np.unique(documents))
        if at.sum() >= SMALLEST_DOCUMENT and np.ptp(penalty[at])
    ]
    return {
        "tau": _tau(risk, penalty),
        "tau/doc": float(np.mean(inside)) if inside else float("nan"),
        "worst10": float(first @ _read(penalty, one, tenth)) / tenth,
        "major": float(first @ major / major.sum()),
        "penalty": float(first @ penalty / penalty.sum()),
        "words": float(_read(risk, length, FIRST * length.sum()) @ penalty / penalty.sum()),
    }


def _tau(left: Array, right: Array) -> float:
    """Kendall's tau-b; 0 where a side is constant."""
    a, b = (np.sign(np.subtract.outer(side, side)) for side in (left, right))
    scale = float(np.count_nonzero(a)) * float(np.count_nonzero(b))
    return float((a * b).sum()) / scale**0.5 if scale else 0.0


def _read(risk: Array, length: Array, budget: float) -> Array:
    """The share of each passage that is read within a budget of `length`, highest risk first."""
    share = np.zeros(len(risk))
    for value in np.unique(risk)[::-1]:
        tied = risk == value
        share[tied] = min(1.0, budget / float(length[tied].sum()))
        budget -= float(length[tied].sum())
        if budget <= 0:
            break
    return share


def _met(systems: Sequence[System], kind: str) -> list[str]:
    """The figures of a kind of finding over all systems."""
    found = placed = hits = touched = inside = 0
    chance = 0.0
    errors = passages = bad = 0
    for system in systems:
        for passage, judged in zip(system.review.passages, system.judged, strict=True):
            mine = [finding for finding in passage.findings if finding.kind == kind]
            spans = [_local(finding, passage) for finding in mine if finding.candidate is not None]
            found += len(mine)
            placed += len(spans)
            hits += sum(any(_overlap(span, error) for error in judged.spans) for span in spans)
            touched += sum(any(_overlap(span, error) for span in spans) for error in judged.spans)
            errors += len(judged.spans)
            passages += 1
            bad += bool(judged.spans)
            inside += len(mine) * bool(judged.spans)
            if spans:
                tokens = words(passage.candidate.text)
                marked = sum(any(_overlap(Span(w.start, w.end), error) for error in judged.spans) for w in tokens)
                chance += len(spans) * marked / max(1, len(tokens))
    shares = ((hits, placed), (chance, placed), (touched, errors), (inside, found), (bad, passages))
    return [str(found), *(f"{100 * part / whole:.1f}" if whole else "–" for part, whole in shares)]


def _local(finding: Finding, passage: Passage) -> Span:
    assert finding.candidate is not None
    return Span(finding.candidate.start - passage.candidate.start, finding.candidate.end - passage.candidate.start)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def print_fit(systems: Sequence[System]) -> None:
    """What each piece of evidence is worth, by least squares on the penalties."""
    pairs = [pair for system in systems for pair in zip(system.review.passages, system.judged, strict=True)]
    rows = [_amounts(passage) for passage, _ in pairs]
    # The penalties of long passages vary more.
    scale = np.array([max(1, passage.words) for passage, _ in pairs], float) ** -0.5
    amounts = np.array([list(row.values()) for row in rows]) * scale[:, None]
    penalties = np.array([judged.penalty for _, judged in pairs]) * scale
    documents = np.array([judged.document for _, judged in pairs])
    fits = {"all": _non_negative(amounts, penalties)}
    for name in np.unique(documents):
        kept = documents != name
        fits[f"no {name}"] = _non_negative(amounts[kept], penalties[kept])
    print(f"{'':<14}{'in use':>10}" + "".join(f"{name:>12}" for name in fits) + f"{'passages':>12}")
    for i, name in enumerate(rows[0]):
        used = weights.FINDING.get(name) or getattr(weights, name)
        fitted = "".join(f"{fit[i]:12.2f}" for fit in fits.values())
        print(f"{name:<14}{used:10.2f}{fitted}{np.count_nonzero(amounts[:, i]):12d}")
    print_transfer(systems, {name: fits[f"no {name}"] for name in np.unique(documents)})


def print_transfer(systems: Sequence[System], fits: Mapping[str, Array]) -> None:
    """Kendall's tau inside each document, the mean: of the weights fitted without it, those in use, and none."""
    taus: dict[str, list[float]] = {"fitted without it": [], "in use": [], "(1 − chrF) × words": []}
    for system in systems:
        for document, fit in fits.items():
            pairs = zip(system.review.passages, system.judged, strict=True)
            mine = [(passage, judged.penalty) for passage, judged in pairs if judged.document == document]
            penalty = np.array([points for _, points in mine])
            for name, risk in (
                ("fitted without it", lambda passage, fit=fit: float(fit @ list(_amounts(passage).values()))),
                ("in use", lambda passage: passage.risk),
                ("(1 − chrF) × words", lambda passage: (100 - passage.scores["chrF"]) * passage.words),
            ):
                taus[name].append(_tau(np.array([risk(passage) for passage, _ in mine]), penalty))
    print("\ntau inside a document, times 100, the mean")
    for name, values in taus.items():
        print(f"{name:<20}{100 * float(np.mean(values)):6.1f}")


def _amounts(passage: Passage) -> dict[str, float]:
    """A passage's evidence: what each weight is multiplied with."""
    amounts = dict.fromkeys(("SCORE", "WORD", "UNUSUAL", *KINDS), 0.0)
    for term in passage.terms:
        if term.label.startswith("chrF "):
            amounts["SCORE"] = term.points / weights.SCORE
        elif "other word" in term.label:
            amounts["WORD"] = term.points / weights.WORD
        elif "unusual word" in term.label:
            amounts["UNUSUAL"] = term.points / weights.UNUSUAL
    for finding in passage.findings:
        amounts[finding.kind] += finding.points / weights.FINDING[finding.kind]
    return amounts


def _non_negative(matrix: Array, target: Array) -> Array:
    """Least squares under non-negative weights, by coordinate descent."""
    gram, moment = matrix.T @ matrix, matrix.T @ target
    solution = np.zeros(len(moment))
    for _ in range(2000):
        for i in range(len(solution)):
            if gram[i, i]:
                solution[i] = max(0.0, solution[i] + (moment[i] - gram[i] @ solution) / gram[i, i])
    return solution


def _row(result: Mapping[str, float]) -> str:
    return " | ".join(f"{100 * result[figure]:.1f}" for figure in FIGURES)


if __name__ == "__main__":
    sys.exit(main())
