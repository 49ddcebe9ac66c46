"""Gates, configuration and baselines of `score`, as a CI job meets them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from metrics.model import Severity
from metrics.mqm.model import Annotation, Side
from metrics.mqm.store import Session
from metrics.mqm.units import texts_of, units_of
from metrics.review import review
from metrics.review import run as run_review
from tests.support import sample
from tui.cli import run

HARBOUR = sample("harbour")
WORDS = ("boat", "harbour", "mayor", "quay", "wall", "council", "money", "winter", "crew", "storm", "pier", "cable")


class Done(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of the log."""
        return self.err.splitlines()[-1] if self.err else ""


Call = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run_with(*arguments: str) -> Done:
        status = run(["score", *arguments])
        return Done(status, *capsys.readouterr())

    return run_with


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Forty lines that answer each other, three words of each another."""
    monkeypatch.chdir(tmp_path)
    theirs = [f"The {a} and the {b} were at the {c} on day {n}." for n, (a, b, c) in enumerate(_threes(40))]
    Path("r.txt").write_text("".join(f"{line}\n" for line in theirs))
    Path("c.txt").write_text("".join(f"{line.replace('were at', 'stood by')}\n" for line in theirs))
    return "c.txt", "r.txt"


def _threes(count: int) -> list[tuple[str, str, str]]:
    return [(WORDS[n % 12], WORDS[n * 5 % 11], WORDS[n * 7 % 10]) for n in range(count)]


def worse(path: str, lines: int) -> str:
    """The same candidate with other words in its first lines."""
    old = Path(path).read_text().splitlines()
    new = [line.replace("The", "Some").replace("on day", "by") for line in old[:lines]] + old[lines:]
    Path("worse.txt").write_text("".join(f"{line}\n" for line in new))
    return "worse.txt"


# --- thresholds ---------------------------------------------------------------------------------


def test_gates_on_any_metric_and_kind_of_finding(call: Call) -> None:
    done = call(
        *HARBOUR, "--worst", "0", "--min", "CHRF++=99", "--max", "numbers=0", "--min", "coverage=10", "--max", "ter=300"
    )
    assert done.status == 1
    assert re.search(r"^TER +\d", done.out, re.M)
    assert re.search(r"^FAIL  chrF\+\+ \d+\.\d\d is \d+\.\d\d below --min CHRF\+\+=99$", done.err, re.M)
    assert re.search(
        r"^PASS  coverage of the reference \d+\.\d\d is \d+\.\d\d above --min coverage=10$", done.err, re.M
    )
    found = sum(
        finding["kind"] == "number"
        for passage in json.loads(call(*HARBOUR, "--format", "json").out)["passages"]
        for finding in passage["findings"]
    )
    assert found
    assert f"FAIL  number: {found} found, {found} more than --max numbers=0\n" in done.err
    assert re.fullmatch(rf"FAIL  min chrF\+\+ by \d+\.\d\d, max number by {found}", done.last)


def test_gates_that_pass_say_so_and_no_gates_say_nothing(call: Call) -> None:
    done = call(*HARBOUR, "--min", "BLEU=5")
    assert done.status == 0
    assert re.fullmatch(r"PASS  BLEU \d+\.\d\d is \d+\.\d\d above --min BLEU=5\n", done.err)
    assert call(*HARBOUR).err == ""


def test_outcomes_are_in_the_json(call: Call) -> None:
    report = json.loads(call(*HARBOUR, "--format", "json", "--min", "BLEU=5", "--max", "negations=0").out)
    assert [gate["name"] for gate in report["gates"]] == ["min BLEU", "max negation"]
    assert report["gates"][0]["passed"] is True


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--min", "BLUE=3"], "--min BLUE=3: there is no 'BLUE': did you mean BLEU?"),
        (["--max", "nummers=3"], "did you mean number?"),
        (["--min", "BLEU"], "'BLEU' is no name and number: write it like chrF=55"),
        (["--min", "BLEU=nan"], "is no name and number"),
        (["--min", "=3"], "is no name and number"),
        (["--max-drop", "BLEU=1"], "--max-drop BLEU=1: a drop from what? Name it with --baseline FILE"),
        (["--min-mqm", "95"], "--min-mqm 95: whose marks? Name the review file with --session FILE"),
        (["--baseline", "nowhere.json"], "no such file: nowhere.json"),
        (["--baseline", "-"], "standard input may be a text only"),
        (["--save-baseline", "nowhere/b.json"], "cannot write to nowhere/b.json: No such file"),
    ],
)
def test_gates_that_make_no_sense_are_told_before_anything_is_read(
    call: Call, lines: tuple[str, str], options: list[str], told: str
) -> None:
    done = call(*lines, *options)
    assert done.status == 2
    assert told in done.err
    assert done.err.count("\n") == 1


# --- marks of reviewers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "told"),
    [
        (None, r"NO VERDICT  MQM has no verdict under --min-mqm 90: nothing that counts is reviewed"),
        (Severity.NEUTRAL, r"PASS  MQM 100.00 is 10.00 above --min-mqm 90"),
        (Severity.MAJOR, r"FAIL  MQM -?\d+\.\d\d is \d+\.\d\d below --min-mqm 90"),
        (Severity.CRITICAL, r"FAIL  MQM: 1 critical error under --min-mqm 90: one is enough to fail"),
    ],
)
def test_marks_of_reviewers_are_a_gate(
    call: Call, lines: tuple[str, str], severity: Severity | None, told: str
) -> None:
    made = run_review(review(*lines))
    with Session.open("c.review", create=True) as session:
        session.adopt(units_of(made), texts_of(made))
        if severity is not None:
            unit = session.units[0]
            mark = Annotation("a1", unit.id, "ana", Side.CANDIDATE, 0, 3, "accuracy/mistranslation", severity)
            session.annotate(mark)
    done = call(*lines, "--session", "c.review", "--min-mqm", "90")
    assert re.fullmatch(told, done.last)
    assert done.status == told.startswith("FAIL")


# --- configuration ------------------------------------------------------------------------------


@pytest.mark.usefixtures("lines")
def test_a_job_is_one_word(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("bleupencil.toml").write_text(
        'candidate = "c.txt"\nreference = "r.txt"\naligned = true\nworst = 0\nmin-bleu = 10\n'
        "min = { chrF = 99.5 }\nmax = { negations = 0 }\n"
    )
    Path("deep/er").mkdir(parents=True)
    for folder, told in ((".", ""), ("deep/er", "../../")):
        with monkeypatch.context() as there:
            there.chdir(folder)
            done = call()
            assert done.status == 1
            assert f"candidate  {told}c.txt: 40 segments" in done.out
            assert f"below min chrF=99.5 of {told}bleupencil.toml\n" in done.err
            assert done.last.startswith("FAIL  min chrF by ")


def test_the_command_line_wins(call: Call, lines: tuple[str, str]) -> None:
    Path("pyproject.toml").write_text(
        '[tool.bleupencil]\nreference = "c.txt"\nlines = true\nformat = "json"\nmin-chrf = 99\nmin = { BLEU = 10 }\n'
    )
    done = call(*lines, "--aligned", "--format", "text", "--min", "chrF=20")
    assert done.status == 0
    assert done.out.startswith("candidate")
    assert "--min chrF=20" in done.err
    assert "min BLEU=10 of pyproject.toml" in done.err
    assert "99" not in done.last
    assert json.loads(call(lines[0], "--min-chrf", "20").out)["scores"]["BLEU"]["score"] == pytest.approx(100)


def test_the_nearest_file_counts(call: Call, lines: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = [str(Path(path).resolve()) for path in lines]
    Path("pyproject.toml").write_text("[tool.bleupencil]\nmin-bleu = 99\n")
    Path("bleupencil.toml").write_text("min-bleu = 98\n")
    Path("deep/er").mkdir(parents=True)
    Path("deep/pyproject.toml").write_text('[project]\nname = "bleupencil-texts"\n')
    monkeypatch.chdir("deep/er")
    assert "min-bleu 98 of ../../bleupencil.toml" in call(*arguments).err
    Path("../pyproject.toml").write_text("[tool.bleupencil]\nmin-bleu = 97\n")
    assert "min-bleu 97 of ../pyproject.toml" in call(*arguments).err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("min-blue = 3", "bleupencil.toml: unknown key 'min-blue': did you mean min-bleu?"),
        ("min_bleu = 3", "did you mean min-bleu?"),
        ('"\\u001b[2J" = 3', "bleupencil.toml: unknown key '␛[2J': choose from candidate, reference"),
        ("help = true", "unknown key 'help'"),
        ("min-bleu = 101", "bleupencil.toml: min-bleu: 101.0 is not in the range"),
        ('min-bleu = "30"', "bleupencil.toml: min-bleu: no number: write it without quotation marks"),
        ("worst = 1.5", "bleupencil.toml: worst: 1.5 is no whole number"),
        ("worst = true", "bleupencil.toml: worst: no number"),
        ("ter = 1", "bleupencil.toml: ter: neither true nor false"),
        ("language = 3", "bleupencil.toml: language: no text"),
        ('order = "size"', "bleupencil.toml: order: 'size' is not one of"),
        ("min = 30", "bleupencil.toml: min: no table of names and numbers"),
        ("min = { BLEU = true }", "bleupencil.toml: min: no table of names and numbers"),
        ("min = { BLUE = 30 }", "min BLUE=30 of bleupencil.toml: there is no 'BLUE': did you mean BLEU?"),
        ("min = ", "bleupencil.toml: not TOML (Invalid value"),
    ],
)
def test_what_a_file_cannot_mean_is_told_with_its_key(call: Call, lines: tuple[str, str], text: str, told: str) -> None:
    Path("bleupencil.toml").write_text(f"{text}\n")
    done = call(*lines)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert call("--help").status == 0


def test_a_table_that_is_none_is_told(call: Call, lines: tuple[str, str]) -> None:
    Path("pyproject.toml").write_text("[tool]\nbleupencil = 3\n")
    assert "pyproject.toml: tool.bleupencil is no table" in call(*lines).err
    Path("pyproject.toml").write_text("[tool.bleupencil]\nmin-blue = 3\n")
    assert "pyproject.toml: [tool.bleupencil]: unknown key 'min-blue'" in call(*lines).err


# --- baseline -----------------------------------------------------------------------------------


def test_a_baseline_that_cannot_be_written_leaves_the_one_that_was_there(
    call: Call, lines: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call(*lines, "--aligned", "--save-baseline", "b.json")
    before = Path("b.json").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", full)
        done = call(*lines, "--aligned", "--save-baseline", "b.json")
    assert done.status == 2
    assert "cannot write to b.json: No space left on device" in done.err
    assert Path("b.json").read_bytes() == before
    assert not list(Path().glob(".bleupencil-*"))


@pytest.mark.parametrize("how", [["--save-baseline", "b.json"], ["--format", "json", "--worst", "2"]])
def test_a_drop_that_is_no_chance_fails(call: Call, lines: tuple[str, str], how: list[str]) -> None:
    first = call(*lines, "--aligned", *how)
    assert first.status == 0
    if "json" in how:
        Path("b.json").write_text(first.out)
    against = ("--aligned", "--baseline", "b.json", "--n-resamples", "300", "--max-drop", "chrf=1")
    done = call(worse(lines[0], 30), lines[1], *against)
    assert done.status == 1
    assert "against b.json: 40 passages paired\n" in done.out
    told = re.search(
        r"^chrF +(\S+) → +(\S+) +(-\S+)  95 % (-\S+)…(-\S+)  p 0\.\d+  shows (\S+) and more$", done.out, re.M
    )
    assert told is not None
    before, after, difference, low, high, _ = map(float, told.groups())
    assert low < difference < high < 0
    assert after - before == pytest.approx(difference, abs=0.011)
    assert re.search(rf"^chrF +{after:.2f} ", done.out, re.M)
    assert re.fullmatch(
        rf"FAIL  chrF {after:.2f} is {-difference:.2f} worse than {before:.2f}, {-difference - 1:.2f} more than "
        r"--max-drop chrf=1 \(95 % .*, p 0\.\d+, 40 passages\)",
        done.last,
    )
    assert call(*lines, *against).last.startswith("PASS  chrF is as it was, within --max-drop chrf=1 (40 passages)")


def test_what_may_be_chance_and_what_is_too_little_has_no_verdict(call: Call, lines: tuple[str, str]) -> None:
    call(*lines, "--aligned", "--save-baseline", "b.json")
    gate = ("--aligned", "--baseline", "b.json", "--n-resamples", "300", "--max-drop", "chrF=0.01")
    done = call(worse(lines[0], 1), lines[1], *gate, "--paired-ar")
    assert done.status == 0
    assert re.match(r"NO VERDICT  chrF .* which may be chance \(.*; so few or unlike passages show drops of", done.last)
    for path in lines:
        Path(path).write_text("".join(Path(path).read_text().splitlines(keepends=True)[:20]))
    done = call(worse(lines[0], 20), lines[1], *gate)
    assert done.status == 0
    assert (
        "against b.json: 20 passages paired; left out, for their reference is another: 20 of the baseline\n" in done.out
    )
    assert "no test: it takes 30 paired passages" in done.out
    assert re.match(r"NO VERDICT  chrF .* worse .*: 20 paired passages, and a verdict takes 30$", done.last)


def test_passages_of_an_unaligned_pair_are_compared_whatever_they_are_grouped_like(call: Call, tmp_path: Path) -> None:
    saved, ours = str(tmp_path / "b.json"), tmp_path / "c.txt"
    call(*HARBOUR, "--save-baseline", saved)
    text = Path(HARBOUR[0]).read_text(encoding="utf-8")
    ours.write_text(re.sub(r"\. (?=[A-Z])", " and ", text), encoding="utf-8")
    report = json.loads(
        call(str(ours), HARBOUR[1], "--baseline", saved, "--format", "json", "--n-resamples", "100").out
    )
    assert report["comparison"]["unpaired"] == {"baseline": 0, "now": 0}
    for name, metric in report["comparison"]["metrics"].items():
        assert metric["after"] == pytest.approx(report["scores"][name]["score"])
    assert report["comparison"]["metrics"]["BLEU"]["difference"] < 0


def test_one_pair_is_one_document(call: Call, lines: tuple[str, str]) -> None:
    by = ("--aligned", "--by", "documents")
    call(*lines, *by, "--save-baseline", "b.json")
    done = call(worse(lines[0], 30), lines[1], *by, "--baseline", "b.json", "--max-drop", "chrF=1")
    assert done.status == 0
    assert "against b.json: 1 document paired\n" in done.out
    assert re.match(r"NO VERDICT  chrF .*: 1 paired document, and a verdict takes 30$", done.last)
    report = json.loads(call(*lines, *by, "--format", "json").out)
    assert report["baseline"]["unit"] == "documents"
    assert call(*lines, "--aligned", "--baseline", "b.json").status == 3


def test_a_failed_gate_keeps_the_old_baseline(call: Call, lines: tuple[str, str]) -> None:
    call(*lines, "--save-baseline", "b.json")
    old = Path("b.json").read_bytes()
    done = call(*lines, "--save-baseline", "b.json", "--min", "BLEU=99", "--lowercase")
    assert done.status == 1
    assert "b.json not written: a gate failed\n" in done.err
    assert done.last.startswith("FAIL")
    assert Path("b.json").read_bytes() == old


def test_what_cannot_be_compared_is_told(call: Call, lines: tuple[str, str]) -> None:
    call(*lines, "--save-baseline", "b.json")
    done = call(*lines, "--baseline", "b.json", "--lowercase")
    assert done.status == 3
    assert "b.json: BLEU was scored with case:mixed, and now with case:lc: score both alike" in done.err
    done = call(*lines, "--baseline", "b.json", "--max-drop", "ter=1")
    assert (done.status, "b.json: no baseline: it has no TER" in done.err) == (3, True)
    done = call(*lines, "--baseline", "c.txt")
    assert (done.status, "c.txt: no baseline: it is no JSON" in done.err) == (3, True)
