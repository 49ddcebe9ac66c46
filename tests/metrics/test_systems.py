"""Several systems beside the first, held against the `sacrebleu` command, and the table that says it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.baseline import Kept, Row, keep
from metrics.languages import UNKNOWN
from metrics.model import Pairing, Score, Settings
from metrics.reports.systems_table import systems_json, systems_markdown, systems_text
from metrics.review import review, run
from metrics.scoring import Scorer
from metrics.segment_keys import segment_keys
from metrics.significance import Estimate
from metrics.systems import Standings, System, SystemScore, compare_systems
from metrics.visible import columns
from tests.metrics.test_significance import texts
from tests.support import sample

METRICS = ("BLEU", "chrF", "TER")
SCORER = Scorer(Settings(metrics=METRICS), UNKNOWN)


def compared(references: Sequence[str], names: dict[str, Sequence[str]], **test: int) -> Standings:
    kept, scores = {}, {}
    for name, lines in names.items():
        rows = SCORER.statistics(list(zip(lines, references, strict=True)))
        kept[name] = Kept(tuple(map(str, range(len(rows)))), tuple(Row((k,), row) for k, row in enumerate(rows)))
        scores[name] = SCORER.corpus(rows)
    return compare_systems(kept, scores, SCORER, **test)


def printed(tmp_path: Path, references: Sequence[str], names: dict[str, Sequence[str]], *options: str) -> str:
    """What the `sacrebleu` command says of the same lines; its JSON cannot be had of a bootstrap."""
    for name, lines in (("references", references), *names.items()):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines))
    command = [Path(sys.executable).parent / "sacrebleu", "references", "-i", *names, "-m", "bleu", "chrf", "ter"]
    environment = os.environ | {"SACREBLEU_SEED": "12345", "NO_COLOR": "1"}
    done = subprocess.run([*command, *options], capture_output=True, check=True, cwd=tmp_path, env=environment)
    return done.stdout.decode()


def test_figures_of_the_bootstrap_are_those_that_sacrebleu_prints(tmp_path: Path) -> None:
    references, *sides = texts(60, 0.3, 0.33, 0.5)
    names = dict(zip(("first", "near", "far"), sides, strict=True))
    theirs = printed(tmp_path, references, names, "--paired-bs", "--paired-bs-n", "300", "--width", "3", "-f", "text")
    ours = compared(references, names, resamples=300)
    own = [
        (score.score.value, score.estimate.mean, score.estimate.half_width)
        for system in ours.systems
        for score in system.scores.values()
        if score.estimate
    ]
    other = [tuple(map(float, each)) for each in re.findall(r"(\d+\.\d+) \((\d+\.\d+) ± (\d+\.\d+)\)", theirs)]
    assert len(own) == 9
    assert own == [pytest.approx(each, abs=0.001) for each in other]
    assert [f"{score.p_value:.4f}" for system in ours.systems[1:] for score in system.scores.values()] == re.findall(
        r"\(p = (\d\.\d+)\)", theirs
    )


def test_figures_of_randomization_are_within_sampling_error_of_sacrebleus(tmp_path: Path) -> None:
    references, *sides = texts(60, 0.3, 0.33, 0.5)
    names = dict(zip(("first", "near", "far"), sides, strict=True))
    theirs = json.loads(printed(tmp_path, references, names, "--paired-ar", "--paired-ar-n", "1000", "-f", "json"))
    for system, other in zip(compared(references, names, trials=1000).systems[1:], theirs[1:], strict=True):
        for name, their_name in zip(METRICS, ("BLEU", "chrF2", "TER"), strict=True):
            assert system.scores[name].p_value == pytest.approx(other[their_name]["p_value"], abs=0.05)


def reviewed(candidates: dict[str, str], reference: str, settings: Settings) -> tuple[dict[str, Kept], Any]:
    """What is kept of the reviews of files, and their scores."""
    reviews = {name: run(review(path, reference, settings)) for name, path in candidates.items()}
    kept = {name: keep(made, segment_keys(made.reference_segments).keys) for name, made in reviews.items()}
    return kept, {name: made.scores for name, made in reviews.items()}


def test_the_table_of_lines_in_step_has_the_cells_that_sacrebleu_prints(tmp_path: Path) -> None:
    references, *sides = made = texts(60, 0.3, 0.33, 0.5)
    for lines in made:
        lines[41] = lines[40]
    # An omitted line, an added one, and one that is empty everywhere.
    for lines, empty in ((sides[0], 7), (references, 20), *((lines, 50) for lines in made)):
        lines[empty] = ""
    names = dict(zip(("first", "near", "far"), sides, strict=True))
    theirs = printed(tmp_path, references, names, "--paired-bs", "--paired-bs-n", "300", "--width", "2", "-f", "text")
    settings = Settings(pairing=Pairing.ALIGNED, metrics=METRICS, language="en")
    paths = {name: str(tmp_path / name) for name in names}
    kept, scores = reviewed(paths, str(tmp_path / "references"), settings)
    ours = systems_text(compare_systems(kept, scores, SCORER, resamples=300))
    figures = cells(ours)[1:]
    assert len(figures) == 5
    assert figures == cells(theirs)[1:]


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Kept], Any]:
    """Three articles on one reference: one scraped, one with sentences joined, one with some moved and left out."""
    folder = tmp_path_factory.mktemp("grouped")
    candidate, reference = sample("harbour")
    text = Path(reference).read_text(encoding="utf-8")
    start, end = text.index("Nine days later"), text.index("Ms. Lind, a former")
    moved = f"{text[end:]}\nNobody had expected a winter like that.\n{text[start:end]}".replace("quay", "pier")
    (folder / "joined").write_text(text.replace(". The ", ", and the ").replace(". It ", ", and it "), encoding="utf-8")
    (folder / "moved").write_text(moved, encoding="utf-8")
    paths = {"scraped": candidate, "joined": str(folder / "joined"), "moved": str(folder / "moved")}
    return reviewed(paths, reference, Settings(language="en", metrics=METRICS))


def test_articles_that_are_grouped_otherwise_are_tested_on_what_they_share(
    grouped: tuple[dict[str, Kept], Any],
) -> None:
    kept, scores = grouped
    first, joined, moved = compare_systems(kept, scores, SCORER, resamples=200).systems
    # A line that is furniture beside one candidate, and so no unit of it, may be text beside another.
    assert joined.units != first.units
    for system in (first, joined, moved):
        assert system.unpaired == (0, 0)
        for metric, each in system.scores.items():
            assert each.score == scores[system.name][metric]
            assert each.estimate
            assert abs(each.estimate.mean - each.score.value) < each.estimate.half_width
    # A difference is as certain from either side.
    _, turned = compare_systems(
        {name: kept[name] for name in ("moved", "scraped")}, scores, SCORER, resamples=200
    ).systems
    assert turned.units == moved.units
    assert [each.p_value for each in turned.scores.values()] == [each.p_value for each in moved.scores.values()]


def test_the_first_ones_own_figures_do_not_hang_on_what_is_beside_it(grouped: tuple[dict[str, Kept], Any]) -> None:
    kept, scores = grouped
    alone = compare_systems({"scraped": kept["scraped"]}, scores, SCORER, resamples=200).systems[0]
    beside = compare_systems(kept, scores, SCORER, resamples=200, trials=50).systems[0]
    assert alone == beside
    assert all(each.estimate and each.p_value is None for each in alone.scores.values())


def test_below_the_floor_nothing_is_tested_and_it_is_said() -> None:
    references, *sides = texts(29, 0.1, 0.9)
    systems = compared(references, dict(zip(("a", "b"), sides, strict=True)))
    assert all(score.p_value is None and score.estimate is None for s in systems.systems for score in s.scores.values())
    told = systems_text(systems)
    assert "no test of b: it takes 30 passages in common with the baseline" in told
    assert "±" not in told


def test_segments_that_only_one_system_groups_are_paired_as_groups() -> None:
    references, ours, other = texts(61, 0.2, 0.2)
    rows = SCORER.statistics(list(zip(ours, references, strict=True)))
    joined = SCORER.statistics([(" ".join(other[:2]), " ".join(references[:2]))])
    rest = SCORER.statistics(list(zip(other[2:], references[2:], strict=True)))
    names = tuple(map(str, range(61)))
    kept = {
        "a": Kept(names, tuple(Row((k,), row) for k, row in enumerate(rows))),
        "b": Kept(names, (Row((0, 1), joined[0]), *(Row((k,), row) for k, row in enumerate(rest, 2)))),
    }
    scores = {"a": SCORER.corpus(rows), "b": SCORER.corpus([*joined, *rest])}
    first, second = compare_systems(kept, scores, SCORER, resamples=100).systems
    assert (first.units, second.units) == (61, 60)
    assert second.scores["BLEU"].score == scores["b"]["BLEU"]


def test_passages_of_another_reference_are_told_and_left_out_of_the_test() -> None:
    references, ours, other = texts(50, 0.3, 0.5)
    rows, theirs = (SCORER.statistics(list(zip(side, references, strict=True))) for side in (ours, other))
    names = tuple(map(str, range(60)))
    kept = {
        "a": Kept(names[:50], tuple(Row((k,), row) for k, row in enumerate(rows))),
        "b": Kept(names[10:55], tuple(Row((k,), row) for k, row in enumerate(theirs[:45]))),
    }
    scores = {"a": SCORER.corpus(rows), "b": SCORER.corpus(theirs[:45])}
    standings = compare_systems(kept, scores, SCORER, resamples=100)
    first, second = standings.systems
    assert (first.units, first.unpaired) == (50, (0, 0))
    assert (second.units, second.unpaired) == (40, (10, 5))
    told = "left out of its test, for their reference is another: 10 passages of the baseline, 5 of b"
    assert told in systems_text(standings)
    assert systems_json(standings)[1]["unpaired"] == {"baseline": 10, "system": 5}


def test_several_tests_are_said_to_be_uncorrected() -> None:
    assert "p is not corrected for there being 2" in systems_text(standing(("a", 40), ("b", 40), ("c", 40)))
    assert "corrected" not in systems_text(standing(("a", 40), ("b", 40), ("c", 12)))


def test_the_table_says_what_its_figures_are() -> None:
    references, *sides = texts(40, 0.3, 0.9)
    systems = compared(references, dict(zip(("old|system", "新しい翻訳\x1b[31m"), sides, strict=True)))
    told = systems_text(systems)
    lines = told.splitlines()
    assert any("Baseline: old|system" in line for line in lines)
    assert sum("TER (lower is better)" in line for line in lines) == 1
    assert told.count("(p = 0.0010)*") == 3
    assert "\x1b" not in told
    assert max(map(columns, lines)) <= 100
    frame = [line for line in lines if line[0] in "│╒├╞╘"]
    tables = "\n".join(frame).split("╘")
    assert all(len({columns(line) for line in table.splitlines()[1:]}) == 1 for table in tables if "│" in table)
    assert all(name in told for name in ("nrefs:1", "paired bootstrap", "1,000 draws", "seed 12345", "40 passages"))
    markdown = systems_markdown(systems)
    assert "old\\|system" in markdown
    assert markdown.splitlines()[1] == "| - | - | - | - |"
    first, second = systems_json(systems)
    assert first["scores"]["BLEU"]["p_value"] is None
    assert second["scores"]["BLEU"]["p_value"] < 0.05
    json.dumps([first, second])


def standing(*systems: tuple[str, int], metrics: Sequence[str] = METRICS) -> Standings:
    """Systems by name and number of units, all with the same figures."""
    estimate = Estimate(20.014, 0.856)
    made = []
    for place, (name, units) in enumerate(systems):
        tested = units >= 30
        figures = estimate if tested else None, 0.01 if tested and place else None
        scores = {metric: SystemScore(Score(metric, 20.125, "nrefs:1"), *figures) for metric in metrics}
        made.append(System(name, scores, units))
    return Standings(tuple(made), "paired bootstrap", 1000, 12345, "passage")


def cells(text: str) -> list[list[str]]:
    """The cells of all tables, line by line."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in text.splitlines() if "│" in line]


def test_long_names_are_broken_so_that_none_looks_like_another() -> None:
    names = [f"/data/runs/2026/system-{letter}/checkpoint-9/newstest/output.txt" for letter in "ab"]
    told = systems_text(standing(("first", 40), *((name, 40) for name in names)))
    table = told.partition("╛")[0]
    assert max(map(columns, told.splitlines())) <= 100
    assert "".join(row[0] for row in cells(table)[2:]) == "".join(names)


NAMES = st.text(st.sampled_from("abyz019.,-_/ 译文한あ\u0301\x1b\n\u202e"), min_size=1, max_size=150)


@given(st.lists(st.tuples(NAMES, st.sampled_from([10, 40])), min_size=1, max_size=4, unique=True), st.integers(1, 4))
def test_whatever_the_names_tables_are_straight_and_within_the_width(
    systems: list[tuple[str, int]], number: int
) -> None:
    metrics = ("BLEU", "chrF", "chrF++", "TER")[:number]
    told = systems_text(standing(*systems, metrics=metrics))
    assert not {"\x1b", "\u202e"} & set(told)
    assert max(map(columns, told.splitlines())) <= 100
    for table in told.split("╒")[1:]:
        assert len({columns(line) for line in f"╒{table}".partition("╛")[0].splitlines()[:-1]}) == 1
    assert [cell.split(" ")[0] for row in cells(told) if row[0] == "System" for cell in row[1:]] == list(metrics)


@pytest.mark.parametrize("name", ["新しい翻訳システム" * 4, "e\u0301a" * 20, "\U0010fffd\U000f0000"])
def test_tables_are_the_same_where_wcwidth_is_installed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = systems_text(standing(("first", 40), (name, 40)))
    assert "".join(row[0] for row in cells(told)[2:]).endswith(name)
    monkeypatch.setattr("tabulate.wcwidth", SimpleNamespace(wcswidth=columns, wcwidth=columns))
    monkeypatch.setattr("tabulate.WIDE_CHARS_MODE", True)
    assert systems_text(standing(("first", 40), (name, 40))) == told


@pytest.mark.parametrize("name", ["007", "1e5", "1,000", "True", "None", "nan", "-", "0x10", "1.50"])
def test_names_that_look_like_values_are_printed_as_they_are(name: str) -> None:
    assert name in [row[0] for row in cells(systems_text(standing(("a", 40), (name, 40))))]
