"""`score` on folders, lists of pairs and several systems, as a CI job meets it."""

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from metrics.visible import columns
from tests.support import SAMPLES, sample
from tests.tui.calling import Call

NAMES = ("harbour", "ufer")


pytestmark = pytest.mark.usefixtures("folders")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders, mine and theirs, of two texts each."""
    monkeypatch.chdir(tmp_path)
    for side, folder in (("candidate", "mine"), ("reference", "theirs")):
        Path(folder, "news").mkdir(parents=True)
        for name in NAMES:
            shutil.copy(SAMPLES / name / f"{side}.txt", Path(folder, "news", f"{name}.txt"))


def scores(out: str) -> dict[str, float]:
    return {m[1]: float(m[2]) for m in re.finditer(r"^(BLEU|chrF|chrF\+\+) +(\d+\.\d\d) ", out, re.M)}


def listed(lines: list[str]) -> str:
    Path("pairs.tsv").write_text("".join(f"{line}\n" for line in ["candidate\treference\tid", *lines]))
    return "pairs.tsv"


def test_two_folders_are_scored_as_one_and_each_by_itself(call: Call) -> None:
    done = call("score", "mine", "theirs", "--jobs", "1", "--worst", "2")
    assert (done.status, done.err) == (0, "")
    report = json.loads(call("score", "mine", "theirs", "--jobs", "1", "--format", "json").out)
    assert [document["name"] for document in report["documents"]] == ["news/harbour.txt", "news/ufer.txt"]
    for name, document in zip(NAMES, report["documents"], strict=True):
        alone = json.loads(call("score", *sample(name), "--format", "json").out)
        assert document["scores"] == alone["scores"]
        assert document["passages"] == alone["passages"]
    assert scores(done.out) == {name: round(score["score"], 2) for name, score in report["scores"].items()}
    assert report["documents"][0]["scores"]["chrF"]["score"] < report["scores"]["chrF"]["score"]


def test_one_process_or_two_print_the_same(call: Call) -> None:
    one = call("score", "mine", "theirs", "--jobs", "1")
    assert call("score", "mine", "theirs", "--jobs", "2") == one
    assert "news/harbour.txt" in one.out


def test_the_scores_of_all_are_what_sacrebleu_prints_for_the_concatenation(call: Call) -> None:
    """Lines that are aligned already, so that everybody can check it with `cat` and `sacrebleu`."""
    for k in range(3):
        for side, verb in (("a", "stood by"), ("b", "were at")):
            text = "".join(f"Ship {n} and its crew {verb if n % (k + 2) else 'left'} the quay.\n" for n in range(20))
            Path(side).mkdir(exist_ok=True)
            Path(side, f"{k}.txt").write_text(text)
            with Path(f"{side}.all").open("a") as file:
                file.write(text)
    done = call("score", "a", "b", "--aligned", "--jobs", "1")
    peer = subprocess.run(
        [Path(sys.executable).parent / "sacrebleu", "b.all", "-i", "a.all", "-m", "bleu", "chrf", "-w", "2"],
        capture_output=True,
        check=True,
    )
    theirs = {each["name"]: each["score"] for each in json.loads(peer.stdout)}
    assert scores(done.out)["BLEU"] == theirs["BLEU"]
    assert scores(done.out)["chrF"] == theirs["chrF2"]


def test_what_has_no_partner_is_told_and_fails_unless_allowed(call: Call) -> None:
    Path("mine", "news", "lonely.txt").write_text("Nobody answers.\n")
    done = call("score", "mine", "theirs", "--jobs", "1", "--min", "chrF=10")
    assert done.status == 3
    assert "lonely.txt" in done.err
    assert done.err.splitlines()[-1].startswith("FAIL  files paired by 1")
    assert scores(done.out), "the others are scored all the same"
    allowed = call("score", "mine", "theirs", "--jobs", "1", "--min", "chrF=10", "--allow-missing")
    assert allowed.status == 0
    assert "lonely.txt" in allowed.err
    assert allowed.err.splitlines()[-1].startswith("PASS  chrF ")


def test_a_broken_pair_is_told_and_the_others_are_scored(call: Call) -> None:
    Path("mine", "news", "ufer.txt").write_bytes(b"\x00\x01\x02")
    done = call("score", "mine", "theirs", "--jobs", "2", "--save-baseline", "b.json")
    assert done.status == 3
    assert re.search(r"^bleupencil: news/ufer.txt: .*mine/news/ufer.txt.*$", done.err, re.M)
    assert done.err.splitlines()[-1] == "FAIL  1 of 2 pairs could not be scored"
    assert scores(done.out) == scores(call("score", *sample("harbour")).out)
    assert not Path("b.json").exists()


def test_reports_say_what_the_log_says_where_not_all_is_scored(call: Call) -> None:
    Path("mine", "news", "lonely.txt").write_text("Nobody answers.\n")
    arguments = ["mine", "theirs", "--jobs", "1", "--min", "chrF=10", "--report", "markdown=r.md"]
    done = call("score", *arguments, "--report", "junit=r.xml", "--format", "json")
    assert done.status == 3
    assert done.err.splitlines()[-1].startswith("FAIL  files paired by 1")
    assert Path("r.md").read_text().startswith("## bleupencil: FAIL\n")
    assert Path("r.xml").read_text().count("<failure") == 1
    assert [gate["passed"] for gate in json.loads(done.out)["gates"]] == [True, False]
    allowed = call("score", *arguments, "--allow-missing")
    assert allowed.status == 0
    assert Path("r.md").read_text().startswith("## bleupencil: PASS\n")


def test_a_list_names_pairs_systems_and_languages(call: Call) -> None:
    manifest = listed(
        ["mine/news/harbour.txt\ttheirs/news/harbour.txt\tone", "mine/news/ufer.txt\ttheirs/news/ufer.txt\ttwo"]
    )
    done = call("score", "--pairs", manifest, "--jobs", "1")
    assert done.status == 0
    assert scores(done.out) == scores(call("score", "mine", "theirs", "--jobs", "1").out)
    assert re.search(r"\btwo\b", done.out)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mine"], "has no reference"),
        ([], "no candidate"),
        (["--pairs", "pairs.tsv", "mine"], "--pairs names all texts by itself"),
        (["mine", "theirs", "--session", "x.review"], "belongs to one pair"),
        (["--candidate", "a=mine", "--candidate", "a=mine", "theirs"], "two candidates are called 'a'"),
        (["--candidate", "a=mine", "--candidate", "b=mine", "theirs", "--save-baseline", "b.json"], "score one alone"),
        (["mine", "theirs", "--encoding", "nosuch"], "unknown encoding 'nosuch'"),
        (["--candidate", "=x", "theirs"], "has no name or no path"),
        (["--candidate", "a=mine", "--reference", "theirs", "theirs"], "theirs may be a candidate or a reference"),
        (["mine", "theirs", "--jobs", "0"], "--jobs"),
    ],
)
def test_calls_that_cannot_be_meant(call: Call, arguments: list[str], told: str) -> None:
    done = call("score", *arguments)
    assert done.status == 2
    assert told in done.err
    assert done.err.count("\n") == 1


def test_gates_hold_for_all_together_and_with_each_for_every_document(call: Call) -> None:
    floor = ["--min", "chrF=53"]
    done = call("score", "mine", "theirs", "--jobs", "1", *floor)
    assert done.status == 0
    assert re.fullmatch(r"PASS  chrF 53\.\d\d is 0\.\d\d above --min chrF=53\n", done.err)
    each = call("score", "mine", "theirs", "--jobs", "1", *floor, "--each", "--report", "junit=each.xml")
    assert each.status == 1
    assert re.search(r"^FAIL  1 of 2 documents misses --min chrF=53: news/harbour.txt \(chrF 52", each.err, re.M)
    assert each.err.splitlines()[-1] == "FAIL  each min chrF by 1 document"
    junit = Path("each.xml").read_text()
    assert junit.count('<testcase name="min chrF"') == 3
    assert junit.count("<failure") == 2


@pytest.mark.parametrize("unit", ["passages", "documents"])
def test_a_baseline_of_many_documents(call: Call, unit: str) -> None:
    saved = call("score", "mine", "theirs", "--jobs", "1", "--by", unit, "--save-baseline", "b.json")
    assert saved.status == 0
    again = call("score", "mine", "theirs", "--jobs", "1", "--by", unit, "--baseline", "b.json", "--max-drop", "chrF=1")
    worse = Path("mine", "news", "harbour.txt")
    worse.write_text(worse.read_text().replace("the", "a").replace("of", "at").replace("and", "but"))
    dropped = call(
        "score", "mine", "theirs", "--jobs", "1", "--by", unit, "--baseline", "b.json", "--max-drop", "chrF=1"
    )
    if unit == "passages":
        assert again.status == 0
        assert again.err.startswith("PASS  chrF is as it was")
        assert dropped.status == 1
        assert dropped.err.startswith("FAIL  chrF ")
    else:
        assert (again.status, dropped.status) == (0, 0)
        assert "2 paired documents, and a verdict takes 30" in dropped.err
    other = "documents" if unit == "passages" else "passages"
    mixed = call("score", "mine", "theirs", "--jobs", "1", "--by", other, "--baseline", "b.json")
    assert mixed.status == 3
    assert f"kept by {unit}" in mixed.err


def test_several_systems_stand_in_one_table_beside_the_first(call: Call) -> None:
    shutil.copytree("mine", "poor")
    worse = Path("poor", "news", "harbour.txt")
    worse.write_text(worse.read_text().replace("the", "a").replace("of", "at").replace("and", "but"))
    arguments = ["--candidate", "new=poor", "--candidate", "old=mine", "theirs", "--jobs", "1"]
    done = call("score", *arguments)
    assert done.status == 0
    assert re.search(r"Baseline: new", done.out)
    assert re.search(r"p = 0\.\d+\)\*", done.out)
    report = json.loads(call("score", *arguments, "--format", "json").out)
    assert [system["name"] for system in report["systems"]] == ["new", "old"]
    alone = json.loads(call("score", "mine", "theirs", "--jobs", "1", "--format", "json").out)
    assert report["systems"][1]["scores"]["chrF"]["score"] == alone["scores"]["chrF"]["score"]
    gated = call("score", *arguments, "--min", "chrF=53")
    assert gated.status == 1
    assert re.search(r"^FAIL  new: chrF ", gated.err, re.M)
    assert re.search(r"^PASS  old: chrF ", gated.err, re.M)


def test_systems_are_not_compared_in_what_they_are_scored_otherwise_in(call: Call) -> None:
    manifest = Path("systems.tsv")
    manifest.write_text("candidate\treference\treference2\tsystem\na.txt\tr.txt\tr.txt\tx\nb.txt\tr.txt\t\ty\n")
    for name in "abr":
        Path(f"{name}.txt").write_text("The boat waits at the quay.\n")
    done = call("score", "--pairs", str(manifest), "--jobs", "1")
    assert done.status == 0
    assert "Baseline" not in done.out
    assert "nrefs:2" in done.out
    assert "nrefs:1" in done.out


def test_where_nothing_is_scored_there_is_no_score_and_nothing_passes(call: Call) -> None:
    for name in NAMES:
        Path("mine", "news", f"{name}.txt").write_bytes(b"\x00\x01\x02")
    arguments = ["mine", "theirs", "--jobs", "1", "--min", "chrF=10", "--each"]
    done = call("score", *arguments, "--save-baseline", "b.json")
    assert done.status == 3
    assert not re.search(r"BLEU|chrF", done.out)
    assert "PASS" not in done.err
    assert "b.json not written: not all could be scored\n" in done.err
    assert done.err.splitlines()[-1] == "FAIL  pairs scored by 2; no verdict on each min chrF"
    report = json.loads(call("score", *arguments, "--format", "json").out)
    assert report["scores"] == {}
    assert not report.get("coverage")
    assert [gate["passed"] for gate in report["gates"]] == [None, False]


def test_two_floors_of_one_metric_are_held_apart_for_each_document(call: Call) -> None:
    done = call("score", "mine", "theirs", "--jobs", "1", "--min", "chrF=10", "--min-chrf", "53", "--each")
    assert "PASS  no document misses --min chrF=10\n" in done.err
    assert "FAIL  1 of 2 documents misses --min-chrf 53: news/harbour.txt (chrF 52" in done.err


@pytest.mark.parametrize("how", [["--save-baseline", "b.json"], ["--format", "json"]])
def test_documents_that_are_not_scored_alike_have_a_baseline_of_what_they_share(call: Call, how: list[str]) -> None:
    for side, folder in (("candidate", "mine"), ("reference", "theirs")):
        shutil.copy(SAMPLES / "chashan" / f"{side}.txt", Path(folder, "news", "chashan.txt"))
    saved = call("score", "mine", "theirs", "--jobs", "1", *how)
    if "json" in how:
        Path("b.json").write_text(saved.out)
    against = ["mine", "theirs", "--jobs", "1", "--worst", "0", "--baseline", "b.json", "--n-resamples", "100"]
    done = call("score", *against)
    assert done.status == 0
    assert re.search(r"^chrF +\S+ → +\S+ +\+0\.00 ", done.out, re.M)
    assert not re.search(r"^BLEU +\S+ → ", done.out, re.M)
    drop = call("score", *against, "--max-drop", "BLEU=1")
    assert drop.status == 3
    assert "b.json: BLEU cannot be compared: the documents are not scored alike in it" in drop.err


def of_systems(rows: list[tuple[str, str, str]]) -> str:
    """A list of texts below news by folder, name and system."""
    lines = [f"{folder}/news/{name}.txt\ttheirs/news/{name}.txt\t{name}\t{system}" for folder, name, system in rows]
    Path("systems.tsv").write_text("".join(f"{line}\n" for line in ["candidate\treference\tid\tsystem", *lines]))
    return "systems.tsv"


def test_the_first_system_stays_the_baseline_though_its_first_document_fails(call: Call) -> None:
    rows = [("gone", "harbour", "A"), ("mine", "harbour", "B"), ("mine", "ufer", "A"), ("mine", "ufer", "B")]
    done = call("score", "--pairs", of_systems(rows), "--jobs", "1", "--worst", "0", "--min", "chrF=10")
    assert done.status == 3
    assert "Baseline: A" in done.out
    assert [line.split(":")[0] for line in done.err.splitlines() if line.startswith("PASS")] == ["PASS  A", "PASS  B"]


def test_systems_of_a_list_without_ids_are_paired_by_the_reference(call: Call) -> None:
    shutil.copytree("mine", "other")
    lines = [f"{folder}/news/ufer.txt\ttheirs/news/ufer.txt\t{folder}" for folder in ("mine", "other")]
    Path("l.tsv").write_text("".join(f"{line}\n" for line in ["candidate\treference\tsystem", *lines]))
    report = json.loads(call("score", "--pairs", "l.tsv", "--jobs", "1", "--format", "json").out)
    assert [system["unpaired"] for system in report["systems"]] == [{"baseline": 0, "system": 0}] * 2
    assert len({system["units"] for system in report["systems"]}) == 1


def test_nothing_is_held_against_a_system_that_has_no_score(call: Call) -> None:
    rows = [(folder, "harbour", system) for folder, system in (("gone", "A"), ("mine", "B"), ("mine", "C"))]
    done = call("score", "--pairs", of_systems(rows), "--jobs", "1", "--worst", "0")
    assert done.status == 3
    assert "Baseline" not in done.out


def test_a_gate_on_a_score_that_all_cannot_have_fails_unless_each_is_held_to_it(call: Call) -> None:
    for side in ("candidate", "reference"):
        shutil.copy(SAMPLES / "chashan" / f"{side}.txt", Path("mine" if side == "candidate" else "theirs", "zh.txt"))
    done = call("score", "mine", "theirs", "--jobs", "1", "--min", "BLEU=1", "--worst", "1")
    assert done.status == 1
    assert done.err.startswith(
        "FAIL  there is no BLEU of all under --min BLEU=1, for the documents are not scored alike"
    )
    assert call("score", "mine", "theirs", "--jobs", "1", "--min", "BLEU=1", "--worst", "1", "--each").status == 0
    assert call("score", "mine", "theirs", "--jobs", "1", "--min", "BLEU=1", "--tokenize", "char").status == 0


def test_json_lists_as_many_passages_of_each_document_as_are_wanted(call: Call) -> None:
    report = json.loads(call("score", "mine", "theirs", "--jobs", "1", "--format", "json", "--worst", "2").out)
    assert [len(document["passages"]) for document in report["documents"]] == [2, 2]
    assert report["documents"][0]["passages"][0]["rank"] == 1


def test_a_list_in_which_some_have_a_system_is_refused(call: Call) -> None:
    Path("pairs.csv").write_text("candidate,reference,system\na.txt,r.txt,x\nb.txt,r.txt,\n")
    done = call("score", "--pairs", "pairs.csv")
    assert done.status == 2
    assert "some lines have a system and some have none" in done.err


def test_no_room_for_temporary_files_is_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    monkeypatch.setattr("tempfile.tempdir", "file/nowhere")
    done = call("score", "mine", "theirs", "--jobs", "1")
    assert done.status == 2
    assert re.fullmatch(
        r"bleupencil: cannot write a temporary file \(.*\): name a folder with room by TMPDIR\n", done.err
    )


def test_a_further_reference_that_is_missing_is_told_and_fails_unless_allowed(call: Call) -> None:
    Path("more", "news").mkdir(parents=True)
    shutil.copy(SAMPLES / "harbour" / "reference2.txt", Path("more", "news", "harbour.txt"))
    arguments = ["mine", "theirs", "--reference", "more", "--jobs", "1", "--worst", "1"]
    done = call("score", *arguments)
    assert done.status == 3
    assert "1 of 2 pairs lack a further reference" in done.err
    assert done.err.splitlines()[-1] == "FAIL  1 pair without a further reference; --allow-missing does without"
    assert "nrefs:var" in done.out
    assert call("score", *arguments, "--allow-missing").status == 0


def test_a_baseline_of_other_texts_is_an_error(call: Call) -> None:
    call("score", "mine", "theirs", "--jobs", "1", "--save-baseline", "b.json")
    done = call("score", "mine/news", "theirs/news", "--jobs", "1", "--baseline", "b.json", "--max-drop", "chrF=0")
    assert done.status == 3
    assert "b.json: no passage in common with what is scored now" in done.err


def test_several_systems_of_one_text(call: Call) -> None:
    candidate, reference = sample("harbour")
    done = call("score", "--candidate", f"a={candidate}", "--candidate", f"b={candidate}", reference, "--jobs", "1")
    assert done.status == 0
    assert "Baseline: a" in done.out


def test_a_configuration_names_folders_systems_and_references(call: Call) -> None:
    Path("bleupencil.toml").write_text(
        'candidate = "mine"\nreference = "theirs"\njobs = 1\neach = true\nmin = { chrF = 53 }\n'
    )
    assert call("score").status == 1
    Path("bleupencil.toml").write_text('candidate = { a = "mine", b = "mine" }\nreference = ["theirs"]\njobs = 1\n')
    Path("sub").mkdir()
    os.chdir("sub")
    done = call("score")
    assert "Baseline: a" in done.out
    alone = call("score", "../mine", "../theirs")
    assert "Baseline" not in alone.out
    manifest = call("score", "--pairs", "-")
    assert "names all texts by itself" not in manifest.err


@pytest.mark.parametrize("width", [80, 132])
def test_a_narrow_terminal_is_enough(width: int) -> None:
    command = [sys.executable, "-m", "tui", "score", "--candidate", "one=mine", "--candidate", "other=mine", "theirs"]
    environment = os.environ | {"PYTHONPATH": str(SAMPLES.parent)}
    environment.pop("COLUMNS", None)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    with subprocess.Popen([*command, "--jobs", "1"], stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as done:
        os.close(theirs)
        told = b""
        try:
            while chunk := os.read(ours, 4096):
                told += chunk
        except OSError:  # nobody has the other end any more
            pass
    os.close(ours)
    assert done.returncode == 0
    longest = max(map(columns, told.decode().split("\r\n")))
    assert longest <= 80 if width == 80 else 80 < longest <= 100
    assert re.search(rb"risk/word\r\n +1\.  news/harbour\.txt +one ", told)


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_work_says_what_was_done_and_stops_at_once(sign: signal.Signals, status: int) -> None:
    manifest = listed([f"mine/news/harbour.txt\ttheirs/news/harbour.txt\tdocument {k}" for k in range(500)])
    command = [sys.executable, "-m", "tui", "score", "--pairs", manifest, "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": str(SAMPLES.parent)}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment, start_new_session=True
    ) as process:
        os.close(theirs)
        told = b""
        while not re.search(rb"[1-9]\d*/500", told):
            told += os.read(ours, 4096)
        # A terminal tells all of its processes, who cancels a job the first alone.
        (os.killpg if sign is signal.SIGINT else os.kill)(process.pid, sign)
        start = time.monotonic()
        try:
            while chunk := os.read(ours, 4096):
                told += chunk
        except OSError:  # Linux says so when nobody has the other end any more: none of the processes.
            pass
        assert process.wait() == status
        assert time.monotonic() - start < 2
        assert process.stdout is not None
        assert process.stdout.read() == b""
    os.close(ours)
    assert re.search(rb"bleupencil: interrupted: \d+ of 500 pairs done; BLEU \d", told)
    assert b"Traceback" not in told
