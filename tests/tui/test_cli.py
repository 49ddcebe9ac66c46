"""The command line as a person and a CI job meet it: output, exit status, one-line errors."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import metrics
from tests.support import SAMPLES, SECOND_REFERENCE, sample
from tests.tui.calling import Call

HARBOUR = sample("harbour")


def test_version(call: Call) -> None:
    assert call("--version") == (0, f"bleupencil {metrics.__version__}\n", "")


@pytest.mark.parametrize("command", ["review", "score", "align"])
def test_help_has_an_example_that_works_on_the_samples(
    call: Call, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = call(command, "--help").out
    examples = re.findall(rf"bleupencil {command} (samples/.*)", page)
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\n"))
    assert examples
    places = {"samples": str(SAMPLES), "/tmp": str(tmp_path)}
    for example in examples:
        arguments = [re.sub(r"^(samples|/tmp)(?=/)", lambda match: places[match[0]], word) for word in example.split()]
        done = call(command, *arguments)
        if command == "review" and "--plain" not in example:
            assert "review needs a terminal: use --plain for a dialogue, or 'bleupencil score'" in done.err
        else:
            assert done.status == 0, done.err


def test_without_arguments_it_says_what_it_can_do(call: Call) -> None:
    done = call()
    assert done.status == 2
    assert all(command in done.err for command in ("review", "score", "align", "--help"))


# --- score --------------------------------------------------------------------------------------


def test_score_prints_a_summary(call: Call) -> None:
    done = call("score", *HARBOUR)
    assert (done.status, done.err) == (0, "")
    assert re.search(r"^BLEU +\d+\.\d\d  nrefs:1\|case:mixed\|eff:no\|tok:13a", done.out, re.M)
    assert re.search(r"^chrF\+\+ +\d+\.\d\d  nrefs:1\|.*nw:2", done.out, re.M)
    assert re.search(r"^coverage  \d\d\.\d% of the reference's words", done.out, re.M)
    assert len(re.findall(r"^ {1,2}\d+\. [=≈∅+] ", done.out, re.M)) == 10
    assert re.search(rf"^ +{re.escape(HARBOUR[0])}:\d+$", done.out, re.M)
    assert re.search(rf"^ +{re.escape(HARBOUR[1])}:\d+$", done.out, re.M)
    assert not re.search(r"^TER ", done.out, re.M)


def test_worst_decides_how_many_passages_are_printed(call: Call) -> None:
    for number in (0, 3):
        done = call("score", *HARBOUR, "--worst", str(number))
        assert len(re.findall(r"^ +\d+\. [=≈∅+] ", done.out, re.M)) == number


def test_score_tells_what_each_risk_is_the_sum_of_and_the_worst_finding(call: Call) -> None:
    out = call("score", *HARBOUR, "--worst", "60").out
    crews = re.search(r"\n\n(?:.+\n)*?.*port’s \[16\] crews(?:.+\n)*", out)
    assert crews is not None
    assert re.search(r"^ +risk: chrF \S+ over \d+ words \S+ · .*number 2\.0.* = \d", crews[0], re.M)
    assert re.search(r"^ +number: “16” where the reference has “61”", crews[0], re.M)


@pytest.mark.parametrize(
    ("order", "label", "key"),
    [
        ("risk", ": risk, worst first", lambda p: -p["risk"]),
        ("chrf", ": chrF, lowest first", lambda p: p["scores"]["chrF"]),
        ("bleu", ": BLEU, lowest first", lambda p: p["scores"]["BLEU"]),
        ("document", ": document order", lambda p: p["reference"]["start"]),
    ],
)
def test_passages_come_in_the_order_asked_for(
    call: Call, order: str, label: str, key: Callable[[dict[str, Any]], float]
) -> None:
    assert label in call("score", *HARBOUR, "--order", order).out
    passages = json.loads(call("score", *HARBOUR, "--order", order, "--format", "json").out)["passages"]
    assert [key(passage) for passage in passages] == sorted(map(key, passages))
    assert [passage["rank"] for passage in passages] == list(range(1, len(passages) + 1))


def test_a_glossary_makes_findings(call: Call, tmp_path: Path) -> None:
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("# harbour terms\nbreakwater\tmole\n", encoding="utf-8")
    kinds = [
        {finding["kind"] for passage in report["passages"] for finding in passage["findings"]}
        for report in (
            json.loads(call("score", *HARBOUR, "--format", "json", *options).out)
            for options in ([], ["--glossary", str(glossary)])
        )
    ]
    assert kinds[1] - kinds[0] == {"term"}
    glossary.write_text("breakwater\tmole\tjetty\tpier\n", encoding="utf-8")
    done = call("score", *HARBOUR, "--glossary", str(glossary))
    assert (done.status, done.out) == (3, "")
    assert re.fullmatch(r"bleupencil: .*terms.tsv:1: 4 columns: .*\n", done.err)


def test_score_as_json_holds_every_passage_worst_first(call: Call) -> None:
    report = json.loads(call("score", *HARBOUR, "--format", "json").out)
    risks = [passage["risk"] for passage in report["passages"]]
    assert risks == sorted(risks, reverse=True)
    assert [passage["rank"] for passage in report["passages"]] == list(range(1, len(risks) + 1))
    assert set(report["scores"]) == {"BLEU", "chrF", "chrF++"}
    raw = Path(HARBOUR[0]).read_text(encoding="utf-8")
    crews = next(p for p in report["passages"] if "16 crews" in p["candidate"]["text"])
    assert "16 crews" in raw[crews["candidate"]["start"] : crews["candidate"]["end"]]
    number = next(finding for finding in crews["findings"] if finding["kind"] == "number")
    assert raw[slice(*number["candidate"])] == "16"
    assert Path(HARBOUR[1]).read_text(encoding="utf-8")[slice(*number["reference"])] == "61"
    assert (number["severity"], number["message"]) == ("major", "“16” where the reference has “61”")
    assert crews["risk"] == pytest.approx(sum(term["points"] for term in crews["terms"]))
    assert len(json.loads(call("score", *HARBOUR, "--format", "json", "--worst", "2").out)["passages"]) == 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--min-bleu", "99"], r"^FAIL  BLEU \d+\.\d\d is \d+\.\d\d below --min-bleu 99\n$"),
        (["--min-chrf", "98.5"], r"^FAIL  chrF \d+\.\d\d is \d+\.\d\d below --min-chrf 98.5\n$"),
        (
            ["--min-coverage", "100"],
            r"^FAIL  coverage of the reference \d+\.\d\d is \d+\.\d\d below --min-coverage 100",
        ),
        (
            ["--min-bleu", "99", "--min-chrf", "99"],
            r"^FAIL  BLEU .*\nFAIL  chrF .*\nFAIL  min BLEU by \d+\.\d\d, min chrF by \d+\.\d\d\n$",
        ),
    ],
)
@pytest.mark.parametrize("output", ["text", "json"])
def test_a_missed_threshold_fails_the_job_and_says_by_how_much(
    call: Call, options: list[str], told: str, output: str
) -> None:
    done = call("score", *HARBOUR, "--format", output, *options)
    assert done.status == 1
    assert re.search(told, done.err)
    if output == "json":
        json.loads(done.out)


def test_thresholds_that_are_met_pass(call: Call) -> None:
    assert call("score", *HARBOUR, "--min-bleu", "5", "--min-chrf", "20", "--min-coverage", "50").status == 0
    assert call("score", HARBOUR[1], HARBOUR[1], "--min-bleu", "100", "--min-coverage", "100").status == 0


def test_options_of_score_change_what_is_scored(call: Call) -> None:
    def signatures(*options: str) -> dict[str, str]:
        scores = json.loads(call("score", *HARBOUR, "--format", "json", *options).out)["scores"]
        return {name: score["signature"] for name, score in scores.items()}

    assert "tok:intl" in signatures("--tokenize", "intl")["BLEU"]
    assert "case:lc" in signatures("--lowercase")["chrF"]
    assert "nw:2" in signatures("--chrf-word-order", "2")["chrF"]
    assert "tok:tercom" in signatures("--ter")["TER"]
    whole, linked = call("score", *HARBOUR), call("score", *HARBOUR, "--scope", "aligned")
    assert "--scope aligned" in linked.out
    assert whole.out != linked.out


def test_aligned_lines_are_scored_as_they_stand(call: Call, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "c.txt", tmp_path / "r.txt"
    ours.write_text("One two three four.\n\nFive six.\n")
    theirs.write_text("One two three four.\nGone.\nFive six.\n")
    report = json.loads(call("score", str(ours), str(theirs), "--aligned", "--format", "json").out)
    assert report["candidate"]["segments"] == 3
    theirs.write_text("One two three four.\n")
    done = call("score", str(ours), str(theirs), "--aligned")
    assert done.status == 3
    assert "has 3 lines and" in done.err


# --- align --------------------------------------------------------------------------------------


def test_align_prints_the_links_in_every_format(call: Call, tmp_path: Path) -> None:
    table = call("align", *HARBOUR)
    assert table.status == 0
    assert table.out.startswith("kind")
    assert {"match", "moved", "added", "omitted", "boilerplate"} <= set(re.findall(r"^\w+", table.out, re.M))
    report = json.loads(call("align", *HARBOUR, "--format", "json").out)
    linked = sorted(i for link in report["links"] for i in link["candidate"])
    assert linked == [segment["id"] for segment in report["candidate"]["segments"]]
    assert len(call("align", *HARBOUR, "--format", "vecalign").out.splitlines()) == len(report["links"])
    assert len(call("align", *HARBOUR, "--format", "tsv").out.splitlines()) == len(report["links"]) + 1
    done = call("align", *HARBOUR, "--format", "lines", "--out", str(tmp_path))
    assert done.out.splitlines() == [str(tmp_path / "candidate.txt"), str(tmp_path / "reference.txt")]
    assert len({path.read_text().count("\n") for path in tmp_path.iterdir()}) == 1


def test_align_writes_the_lines_of_further_references_too(call: Call, tmp_path: Path) -> None:
    further = "--reference", SECOND_REFERENCE, "--reference", HARBOUR[1]
    done = call("align", *HARBOUR, *further, "--format", "lines", "--out", str(tmp_path))
    names = ["candidate.txt", "reference.txt", "reference2.txt", "reference3.txt"]
    assert done.out.splitlines() == [str(tmp_path / name) for name in names]
    lines = {name: (tmp_path / name).read_text().splitlines() for name in names}
    assert {len(some) for some in lines.values()} == {len(lines["candidate.txt"])}
    assert lines["reference3.txt"] == lines["reference.txt"] != lines["reference2.txt"]
    told = json.loads(call("align", *HARBOUR, *further, "--format", "json").out)
    assert [other["path"] for other in told["other_references"]] == [SECOND_REFERENCE, HARBOUR[1]]
    missing = call("align", *HARBOUR, "--reference", "nowhere.txt", "--format", "json")
    assert (missing.status, missing.out) == (2, "")
    assert "no such file: nowhere.txt" in missing.err


def test_links_come_in_the_order_asked_for(call: Call) -> None:
    links = {
        order: json.loads(call("align", *HARBOUR, "--format", "json", "--order", order).out)["links"]
        for order in ("document", "risk", "length")
    }
    assert links["document"] == json.loads(call("align", *HARBOUR, "--format", "json").out)["links"]
    assert links["document"] != links["risk"] != links["length"]
    assert all(len(each) == len(links["document"]) for each in links.values())
    ranked = json.loads(call("score", *HARBOUR, "--format", "json").out)["passages"]
    assert [link["candidate"] for link in links["risk"]][: len(ranked)] == [p["candidate"]["segments"] for p in ranked]
    table = call("align", *HARBOUR, "--order", "risk").out.splitlines()
    assert table[1].split()[0] == ranked[0]["kind"]


def test_lines_are_aligned_as_segments(call: Call, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "c.txt", tmp_path / "r.txt"
    ours.write_text("The boat waits. It is late.\nThe bridge was closed in spring.\n")
    theirs.write_text("The boat waits. It is late.\n\nThe bridge was closed in spring.\n")
    done = call("align", str(ours), str(theirs), "--lines", "--format", "vecalign")
    assert [line.rsplit(":", 1)[0] for line in done.out.splitlines()] == ["[0]:[0]", "[]:[1]", "[1]:[2]"]


def test_boilerplate_can_be_kept(call: Call) -> None:
    assert "boilerplate" in call("align", *HARBOUR).out
    assert "boilerplate" not in call("align", *HARBOUR, "--keep-boilerplate").out


# --- errors -------------------------------------------------------------------------------------


@pytest.fixture
def odd_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text("The boat waits at the bank.\n")
    Path("empty.txt").write_text("")
    Path("blank.txt").write_text(" \n\n\t\n")
    Path("binary.txt").write_bytes(b"\x7fELF\x00\x00\x01\x02" * 50)
    Path("report.pdf").write_bytes(b"%PDF-1.7 ...")
    Path("folder").mkdir()
    Path("n\n\x1b[31m.txt").write_bytes(b"\x00\x01")


@pytest.mark.usefixtures("odd_files")
@pytest.mark.parametrize(
    ("command", "arguments", "told"),
    [
        ("align", ["folder", "good.txt"], "folder is a folder: name a text file in it"),
        ("score", ["folder", "good.txt"], "good.txt is a file and no folder: name two files or two folders"),
        ("align", ["good.txt"], "Missing argument 'REFERENCE'"),
        ("score", ["good.txt"], "good.txt has no reference: name it behind the candidate, or by --reference"),
    ],
)
def test_what_lacks_its_other_half_is_told(call: Call, command: str, arguments: list[str], told: str) -> None:
    done = call(command, *arguments)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("odd_files")
@pytest.mark.parametrize("command", ["score", "align"])
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["god.txt", "good.txt"], 2, "no such file: god.txt; did you mean good.txt?"),
        (["nowhere/at/all.txt", "good.txt"], 2, "no such file: nowhere/at/all.txt"),
        (["good.txt", "good.txt", "--format", "yaml"], 2, "'yaml' is not one of"),
        (["good.txt", "good.txt", "--nonsense"], 2, "No such option '--nonsense'"),
        (["good.txt", "good.txt", "--lines", "--aligned"], 2, "exclude each other"),
        (["good.txt", "good.txt", "--encoding", "klingon"], 2, "unknown encoding 'klingon'"),
        (["good.txt", "good.txt", "--language", "german"], 2, "unknown language 'german': give an ISO 639-1 code"),
        (["", "good.txt"], 2, "a path is empty"),
        (["-", "-"], 2, "standard input can be read only once"),
        (["empty.txt", "good.txt"], 3, "empty.txt is empty"),
        (["good.txt", "blank.txt"], 3, "blank.txt is empty"),
        (["binary.txt", "good.txt"], 3, "binary.txt: a binary file"),
        (["report.pdf", "good.txt"], 3, "report.pdf: not plain text but a PDF"),
        (["n\n\x1b[31m.txt", "good.txt"], 3, "␛[31m.txt: a binary file"),
    ],
)
def test_errors_are_one_line_with_a_remedy(
    call: Call, command: str, arguments: list[str], status: int, told: str
) -> None:
    done = call(command, *arguments)
    assert done.status == status
    assert done.out == ""
    assert done.err.startswith("bleupencil: ")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err


@pytest.mark.usefixtures("odd_files")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["score", "--min-bleu", "nan"], "no number in 0…100"),
        (["score", "--min-bleu", "101"], "not in the range"),
        (["score", "--tokenize", "babel"], "unknown tokenizer 'babel': choose from 13a"),
        (["score", "--tokenize", "ja-mecab"], "--tokenize ja-mecab cannot be used here"),
        (["score", "--worst", "-1"], "not in the range"),
        (["align", "--format", "lines"], "--format lines and --out DIR go together"),
        (["align", "--out", "x"], "--format lines and --out DIR go together"),
        (["align", "--reference", "good.txt"], "further references are for --format lines and json"),
        (["align", "--format", "lines", "--out", "good.txt/x"], "cannot write to good.txt/x"),
        (["review", "--scope", "half"], "'half' is not one of"),
        (["score", "--order", "size"], "'size' is not one of 'risk', 'risk-per-word', 'chrf'"),
        (["score", "--glossary", "nowhere.tsv"], "no such file: nowhere.tsv"),
        (["score", "--glossary", ""], "a path is empty"),
        (["score", "--glossary", "-"], "standard input may be a text only"),
    ],
)
def test_options_that_make_no_sense_are_told(call: Call, arguments: list[str], told: str) -> None:
    done = call(*arguments, "good.txt", "good.txt")
    assert done.status == 2
    assert told in done.err
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("odd_files")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["god.txt", "good.txt"], "no such file: god.txt"),
        (["good.txt", "good.txt", "--glossary", "god.txt"], "no such file: god.txt"),
        (["-", "good.txt"], "review reads the keyboard on standard input"),
        (["good.txt", "good.txt"], "review needs a terminal"),
    ],
)
def test_review_says_what_it_needs_before_it_opens_a_screen(call: Call, arguments: list[str], told: str) -> None:
    done = call("review", *arguments)
    assert done.status == 2
    assert told in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.usefixtures("odd_files")
def test_an_unreadable_file(call: Call) -> None:
    Path("good.txt").chmod(0)
    done = call("score", "good.txt", "good.txt")
    assert (done.status, "permission denied" in done.err) == (3, True)


def test_a_fault_of_our_own_is_one_line_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("metrics.review.review", broken)
    done = call("score", *HARBOUR)
    assert done.status == 70
    assert done.err.startswith("bleupencil: internal error, ZeroDivisionError: oops (please report it")


def test_an_interrupt_ends_with_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("metrics.review.review", interrupted)
    done = call("score", *HARBOUR)
    assert (done.status, done.err.strip()) == (130, "bleupencil: interrupted")


# --- streams ------------------------------------------------------------------------------------


def bleupencil(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=SAMPLES.parent,
        **options,  # type: ignore[call-overload]
    )


def test_one_side_may_come_from_standard_input() -> None:
    text = Path(HARBOUR[0]).read_text(encoding="utf-8")
    done = bleupencil("score", "-", HARBOUR[1], input=text)
    assert done.returncode == 0
    assert "<stdin>:" in done.stdout


def test_output_is_plain_utf8_where_there_is_no_terminal() -> None:
    done = bleupencil("score", *HARBOUR, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "FORCE_COLOR": "1"})
    assert done.returncode == 0
    assert "∅" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("redirect", "told"),
    [
        (">&-", "standard output is closed"),
        (">/dev/full", "cannot write the output: No space left"),
        ("<&-", "<stdin> is closed: name a file"),
    ],
)
def test_streams_that_are_closed_or_full_are_told(redirect: str, told: str) -> None:
    text = "-" if redirect == "<&-" else HARBOUR[0]
    call = f"exec '{sys.executable}' -m tui align {text} {HARBOUR[1]} --format json {redirect}"
    done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, check=False, cwd=SAMPLES.parent)
    assert done.returncode in (2, 3)
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("texts", [HARBOUR, (f"{SAMPLES}/harbour", f"{SAMPLES}/harbour", "--allow-missing")])
def test_nobody_needs_to_hear_of_errors(texts: tuple[str, ...]) -> None:
    call = " ".join([f"exec '{sys.executable}' -m tui score", *texts, "--worst 0 2>&-"])
    done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, check=False, cwd=SAMPLES.parent)
    assert done.returncode == 0
    assert "chrF" in done.stdout


def test_a_region_does_not_change_the_language(call: Call) -> None:
    chashan = sample("chashan")
    assert call("score", *chashan, "--language", "zh-CN").out == call("score", *chashan).out


def test_a_closed_pipe_is_no_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "align", *HARBOUR, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=SAMPLES.parent,
    )
    assert isinstance(process.stdout, io.BufferedReader)
    process.stdout.close()
    assert isinstance(process.stderr, io.BufferedReader)
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait() == 141


# --- how links are looked for -------------------------------------------------------------------


def test_a_link_is_explained(call: Call) -> None:
    done = call("align", *HARBOUR, "--explain", "r5")
    assert done.status == 0
    assert re.search(r"\[11\] ↔ \[4, 5\]  match, similarity 0\.\d\d", done.out)
    for told in ("shared words", "shared n-grams", "points", "next best", "it lost by"):
        assert told in done.out
    assert done.out == call("align", *HARBOUR, "--explain", "11").out


def test_furniture_is_explained(call: Call) -> None:
    assert "it looks like site furniture" in call("align", *HARBOUR, "--explain", "0").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--explain", "x1"], "give a segment's id"),
        (["--explain", "9999"], "there is no segment 9999"),
        (["--explain", "1", "--format", "json"], "leave --format away"),
        (["--explain", "1", "--aligned"], "--aligned looks for none"),
        (["--gap-cost", "nan"], "no number in -20…20"),
        (["--longest-group", "5"], "longest-group"),
    ],
)
def test_options_that_cannot_be_meant(call: Call, options: list[str], said: str) -> None:
    done = call("align", *HARBOUR, *options)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_options_for_links_reach_the_aligner(call: Call) -> None:
    def kinds(*options: str) -> list[str]:
        done = call("align", *HARBOUR, "--format", "json", *options)
        return [link["kind"] for link in json.loads(done.out)["links"]]

    assert "moved" in kinds()
    assert "moved" not in kinds("--no-moves")
    single = json.loads(call("align", *HARBOUR, "--format", "json", "--longest-group", "1").out)["links"]
    assert all(len(link["candidate"]) <= 1 and len(link["reference"]) <= 1 for link in single)
    dear, cheap = kinds("--gap-cost", "9"), kinds("--gap-cost", "-9")
    assert dear.count("match") > kinds().count("match") > cheap.count("match")
