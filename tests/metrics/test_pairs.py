"""Pairs: which file of a folder answers which of another, and lists of pairs."""

import csv
import io
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import BadPairs, MissingFile, UnreadableFile, UsageError
from metrics.pairs.folders import pairs_in_folders
from metrics.pairs.manifest import read_pairs
from metrics.pairs.pair import Found, Pair

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def write(folder: Path, names: Iterable[str]) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")
    return str(folder)


def found(root: Path, candidates: Iterable[str], *references: Iterable[str]) -> Found:
    folders = [write(root / f"ref{i}", names) for i, names in enumerate(references)]
    return pairs_in_folders(write(root / "out", candidates), folders)


def matched(root: Path, candidates: Iterable[str], references: Iterable[str]) -> dict[str, str]:
    pairs = found(root, candidates, references).pairs
    below = {pair.candidate: pair.references[0] for pair in pairs}
    return {os.path.relpath(one, root / "out"): os.path.relpath(other, root / "ref0") for one, other in below.items()}


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("news/a.txt", "news/a.txt"),
        ("news/a.de.txt", "news/a.txt"),
        ("news/a_de.md", "news/a-de-DE.html"),
        ("news/a.hyp.txt", "news/a.ref"),
        ("de/news/a.txt", "en/news/a.txt"),
        ("news/a.de.txt", "news/a.en.txt"),
        ("newstest2020.de-en.hyp.en", "newstest2020.de-en.ref.en"),
        ("newstest2021.en-de.hyp.de", "newstest2021.en-de.ref.ref-A.de"),
        ("deu_Latn.devtest", "eng_Latn.devtest"),
        ("deu_Latn.devtest", "devtest.de"),
        ("docs/guide.fr.md", "docs/guide.md"),
        ("locales/fr/LC_MESSAGES/app.po", "locales/app.fr.po"),
        ("values-pt-rBR/strings.xml", "values/strings.xml"),
        ("fr.lproj/Main.strings", "Main.txt"),
        ("a.zh-cn.txt", "a.zho_Hans.txt"),
        ("a.sr@latin.po", "a.sr_Latn.po"),
        ("a.es-419.txt", "a.es.txt"),
        ("harbour/candidate.txt", "harbour/reference.txt"),
        ("hyp_a.txt", "ref_a.txt"),
        ("de.txt", "en.txt"),
        ("Straße.TXT", "STRASSE.txt"),
        ("cafe\u0301.txt", "café.md"),
    ],
)
def test_names_that_differ_in_marks_match(tmp_path: Path, candidate: str, reference: str) -> None:
    assert matched(tmp_path, [candidate], [reference]) == {candidate: reference}


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("a.txt", "b.txt"),
        ("news/a.txt", "sport/a.txt"),
        ("deu_Latn.dev", "deu_Latn.devtest"),
        ("a.hyp.de", "a.src.de"),
        ("chapter1.txt", "chapter2.txt"),
        ("hyp_1.txt", "ref_2.txt"),
        ("black-cat.txt", "black.txt"),
        ("reference-guide.md", "guide.md"),
        ("report.v1.txt", "report.v2.txt"),
    ],
)
def test_names_that_differ_otherwise_do_not(tmp_path: Path, candidate: str, reference: str) -> None:
    with pytest.raises(UsageError) as error:
        found(tmp_path, [candidate], [reference])
    for named in (tmp_path / "out" / candidate, tmp_path / "ref0" / reference, "--pairs"):
        assert str(named) in str(error.value)


def test_numbers_behind_a_role_tell_texts_apart(tmp_path: Path) -> None:
    names = {f"hyp_{i}.txt": f"ref{i}.md" for i in (1, 2, 10)}
    assert list(matched(tmp_path, names, names.values()).items()) == list(names.items())


def test_the_same_path_wins_before_a_looser_match(tmp_path: Path) -> None:
    names = ["a.txt", "a.de.txt", "a.md"]
    assert matched(tmp_path, names, names) == {name: name for name in names}


def test_a_name_without_its_extension_wins_before_one_without_marks(tmp_path: Path) -> None:
    assert matched(tmp_path, ["api.html", "api_ref.html"], ["api.md", "api_ref.md"]) == {
        "api.html": "api.md",
        "api_ref.html": "api_ref.md",
    }


def test_languages_tell_apart_what_a_folder_has_in_several(tmp_path: Path) -> None:
    names = {f"guide.{code}.hyp.txt": f"guide_{code}.md" for code in ("de", "fr", "pt-BR", "pt-PT")}
    assert matched(tmp_path, names, names.values()) == names


def test_languages_that_differ_are_no_pair_where_a_folder_has_several(tmp_path: Path) -> None:
    done = found(tmp_path, ["es.json", "fr.json"], ["fr.json", "it.json"])
    assert [pair.id for pair in done.pairs] == ["fr.json"]
    assert [os.path.relpath(path, tmp_path) for path in done.alone] == ["out/es.json", "ref0/it.json"]


@pytest.mark.parametrize(
    ("candidates", "references"),
    [
        (["a.de.txt", "a.hyp.txt"], ["a.md"]),
        (["a.md"], ["a.ref", "a.reference.txt"]),
        (["a.de.txt", "a.fr.txt"], ["a.md"]),
        (["a.txt", "a.html"], ["a.md", "a.rst"]),
        (["a.html", "a.de.txt"], ["a.md"]),
        (["a.md"], ["a.html", "a.ref.txt"]),
    ],
)
def test_a_file_that_could_answer_several_is_told(tmp_path: Path, candidates: list[str], references: list[str]) -> None:
    with pytest.raises(UsageError, match="could go with any of") as error:
        found(tmp_path, candidates, references)
    assert any(all(f"/{name}" in str(error.value) for name in names) for names in (candidates, references))
    assert "rename them, or list the pairs in --pairs" in str(error.value)


def test_several_without_a_partner_are_no_riddle(tmp_path: Path) -> None:
    done = found(tmp_path, ["a.txt", "b.md", "b.html"], ["a.txt"])
    assert [os.path.basename(path) for path in done.alone] == ["b.html", "b.md"]


def test_further_references_may_be_missing_and_ids_are_the_first_references(tmp_path: Path) -> None:
    done = found(tmp_path, ["x2.hyp", "x10.hyp", "y.hyp"], ["x10.txt", "x2.txt"], ["x2.ref", "y.ref"])
    assert [pair.id for pair in done.pairs] == ["x2.txt", "x10.txt"]
    assert [len(pair.references) for pair in done.pairs] == [2, 1]
    assert done.pairs[0] == Pair(
        "x2.txt",
        str(tmp_path / "out/x2.hyp"),
        (str(tmp_path / "ref0/x2.txt"), str(tmp_path / "ref1/x2.ref")),
    )
    assert [os.path.relpath(path, tmp_path) for path in done.alone] == ["out/y.hyp", "ref1/y.ref"]


def test_a_system_is_printable_and_has_the_ids_of_another(tmp_path: Path) -> None:
    reference = write(tmp_path / "ref", ["a.txt", "b.txt"])
    one = pairs_in_folders(write(tmp_path / "one", ["a.hyp", "b.hyp"]), [reference], "one\x1b")
    two = pairs_in_folders(write(tmp_path / "two", ["a.de.txt", "b.de.txt"]), [reference], "two")
    assert [pair.id for pair in one.pairs] == [pair.id for pair in two.pairs]
    assert {pair.system for pair in one.pairs} == {"one␛"}


def test_what_is_no_text_is_counted_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("out", "ref0"):
        write(tmp_path / name, ["a.txt", ".hidden.txt", ".git/config"])
        (tmp_path / name / "logo.png").write_bytes(PNG)
        (tmp_path / name / "paper.pdf").write_bytes(b"%PDF-1.7")
        (tmp_path / name / "u16").write_bytes("the ferry was late".encode("utf-16-le"))
        (tmp_path / name / "empty.md").write_bytes(b"")
    os.mkfifo(tmp_path / "out" / "pipe.txt")
    done = found(tmp_path, [], [])
    assert [pair.id for pair in done.pairs] == ["a.txt", "empty.md", "u16"]
    assert (done.alone, done.passed_over) == ((), 5)


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "out", ["a/x.txt"])
    write(tmp_path / "far", ["y.txt"])
    (tmp_path / "out/a/back").symlink_to(tmp_path / "out")
    (tmp_path / "out/a/again").symlink_to(tmp_path / "out/a")
    (tmp_path / "out/self").symlink_to("self")
    (tmp_path / "out/b").symlink_to(tmp_path / "far")
    (tmp_path / "out/gone.txt").symlink_to("nowhere")
    done = found(tmp_path, [], ["a/x.txt", "b/y.txt", "gone.txt"])
    assert [pair.id for pair in done.pairs] == ["a/x.txt", "b/y.txt", "gone.txt"]
    assert done.alone == ()


def test_many_links_to_one_folder_are_read_once(tmp_path: Path) -> None:
    for i in range(30):
        write(tmp_path / f"out/d{i}", ["x.txt"])
        for way in ("l", "r"):
            (tmp_path / f"out/d{i}/{way}").symlink_to(tmp_path / f"out/d{(i + 1) % 30}")
    names = [f"d{i}/x.txt" for i in range(30)]
    assert [pair.id for pair in found(tmp_path, [], names).pairs] == names


def test_a_folder_of_references_may_lie_inside_the_candidates(tmp_path: Path) -> None:
    out = write(tmp_path / "out", ["a.txt", "ref/a.txt"])
    done = pairs_in_folders(out, [f"{out}/ref"])
    assert [(pair.candidate, pair.references) for pair in done.pairs] == [(f"{out}/a.txt", (f"{out}/ref/a.txt",))]
    assert done.alone == ()


def test_names_that_a_terminal_would_obey_stay_apart(tmp_path: Path) -> None:
    names = ["a\x1b[2J.txt", "a␛[2J.txt", os.fsdecode(b"\xff.txt")]
    done = found(tmp_path, names, names)
    assert sorted(pair.id for pair in done.pairs) == ["a␛[2J.txt", "a␛[2J.txt (2)", "\ufffd.txt"]
    assert {os.path.basename(pair.candidate) for pair in done.pairs} == set(names)
    assert all(os.path.basename(pair.references[0]) == os.path.basename(pair.candidate) for pair in done.pairs)


def test_folders_that_cannot_be_meant_are_told(tmp_path: Path) -> None:
    out, empty = write(tmp_path / "out", ["a.txt"]), write(tmp_path / "empty", [".hidden"])
    images = write(tmp_path / "images", [])
    (tmp_path / "images/a.png").write_bytes(PNG)
    for path, kind, told in (
        (empty, MissingFile, "no text in the folder .*empty .no other file either.: name a folder with text files"),
        (images, MissingFile, r"no text .*1 other file such as a\.png"),
        (f"{out}/a.txt", UsageError, r"a\.txt is a file and no folder: name two files or two folders"),
        (str(tmp_path / "ou"), MissingFile, "no such file: .*; did you mean .*out"),
        ("-", UsageError, "<stdin> is a file and no folder"),
    ):
        for candidate, reference in ((out, path), (path, out)):
            with pytest.raises(kind, match=told):
                pairs_in_folders(candidate, [reference])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    out = write(tmp_path / "out", ["a.txt", "locked/b.txt"])
    (tmp_path / "out/locked").chmod(0)
    with pytest.raises(UnreadableFile, match=r"locked.*: permission denied: check"):
        pairs_in_folders(out, [write(tmp_path / "ref", ["a.txt"])])
    (tmp_path / "out/locked").chmod(0o700)


PARTS = st.sampled_from(["a", "b", "A", "a.de", "a_fr", "a.hyp", "de", "ref", "a2", "a10", "b.en-de", "deu_Latn.b"])
NAMES = st.lists(
    st.builds(
        lambda folders, name, suffix: "/".join([*(f"{folder}_" for folder in folders), name + suffix]),
        st.lists(PARTS, max_size=2),
        PARTS,
        st.sampled_from(["", ".txt", ".md", ".ref"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(NAMES, NAMES)
def test_every_file_is_in_one_pair_or_alone_and_matching_is_symmetric(mine: list[str], yours: list[str]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        one, other = write(root / "one", mine), write(root / "other", yours)
        try:
            done = pairs_in_folders(one, [other])
        except UsageError:
            with pytest.raises(UsageError):
                pairs_in_folders(other, [one])
            return
        files = [path for pair in done.pairs for path in (pair.candidate, *pair.references)] + list(done.alone)
        assert sorted(files) == sorted([*(f"{one}/{name}" for name in mine), *(f"{other}/{name}" for name in yours)])
        back = pairs_in_folders(other, [one])
        assert {(p.candidate, p.references[0]) for p in done.pairs} == {
            (p.references[0], p.candidate) for p in back.pairs
        }
        for same in set(mine) & set(yours):
            assert Pair(same, f"{one}/{same}", (f"{other}/{same}",)) in done.pairs


def listed(folder: Path, text: str | bytes, name: str = "pairs.tsv") -> tuple[Pair, ...]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_pairs(str(path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.tsv", "a.txt\tr.txt\n"),
        ("p.txt", "a.txt\tr.txt"),
        ("p.csv", "a.txt,r.txt\r\n"),
        ("p.csv", "a.txt;r.txt\r\n"),
        ("p", '# a comment, with "one mark\n\na.txt,r.txt\n#,"and another\n'),
        ("p.csv", "\ufeffReference; CANDIDATE\r\nr.txt;a.txt\r\n;\r\n"),
        ("p.csv", 'candidate,reference,id\n"a.txt","r.txt"\n'),
        ("p.tsv", "candidate\treference1\treference2\na.txt\tr.txt\t\n"),
        ("p.jsonl", '{"candidate": "a.txt", "reference": "r.txt"}\n\n'),
        ("p.ndjson", '# one\n{"Reference": ["r.txt"], "candidate": "a.txt", "id": null}'),
        ("p.list", '{"candidate": "a.txt", "reference1": "r.txt"}'),
        ("p.tsv", "a.txt\rr.txt".replace("\r", "\t") + "\r\r"),
    ],
)
def test_a_list_is_known_by_its_name_or_its_first_line(tmp_path: Path, name: str, text: str) -> None:
    assert listed(tmp_path, text, name) == (Pair("a.txt", str(tmp_path / "a.txt"), (str(tmp_path / "r.txt"),)),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_list_is_decoded_like_a_text(tmp_path: Path, encoding: str) -> None:
    text = "".join(f"Übersetzung-für-die-Fähre-{i}.txt\tgeprüft/Die schöne Überfahrt {i}.txt\n" for i in range(9))
    pairs = listed(tmp_path, text.encode(encoding))
    assert pairs[8].id == "Übersetzung-für-die-Fähre-8.txt"
    assert pairs[0].references == (str(tmp_path / "geprüft/Die schöne Überfahrt 0.txt"),)


def test_all_that_a_list_can_say(tmp_path: Path) -> None:
    table = "id\tlanguage\treference3\tcandidate\tsystem\treference\n7\tde-AT\tc.txt\t../a.txt\tone\x1b\t/b.txt\n"
    said = Pair("7", f"{tmp_path}/../a.txt", ("/b.txt", str(tmp_path / "c.txt")), "one␛", "de")
    assert listed(tmp_path, table) == (said,)
    line = {"id": 7, "language": "deu", "reference": ["/b.txt", "c.txt"], "candidate": "../a.txt", "system": "one\x1b"}
    assert listed(tmp_path, json.dumps(line), "p.jsonl") == (said,)
    assert listed(tmp_path, "../a.txt,/b.txt,7,one,zho_Hans\nx.txt,y.txt,8", "p.csv")[0].language == "zh"


def test_a_list_from_standard_input_is_relative_to_the_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"out/a.txt\tref/a.txt\n")))
    assert read_pairs("-") == (Pair("out/a.txt", "out/a.txt", ("ref/a.txt",)),)


def test_systems_may_share_ids_and_candidates_may_not_come_twice(tmp_path: Path) -> None:
    text = "candidate,reference,id,system\na.txt,r.txt,1,one\nb.txt,r.txt,1,two\n"
    assert [(pair.id, pair.system) for pair in listed(tmp_path, text, "p.csv")] == [("1", "one"), ("1", "two")]
    with pytest.raises(BadPairs, match=r"p\.csv:4: id '1' of system 'two' is on line 3 already: give each an id"):
        listed(tmp_path, text + "c.txt,r.txt,1,two\n", "p.csv")
    with pytest.raises(BadPairs, match=r"pairs\.tsv:3: id 'a\.txt' is on line 1 already: .*as reference2"):
        listed(tmp_path, "a.txt\tr.txt\n\na.txt\ts.txt\n")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("p.tsv", "", r"p\.tsv: no pair in it: write a candidate"),
        ("p.tsv", "candidate\treference\n# none\n", "no pair in it"),
        ("p.tsv", "# one\n\na.txt\n", r"p\.tsv:3: no reference: write the path of a text"),
        ("p.tsv", "a.txt\tr.txt\n\tr.txt\n", r"p\.tsv:2: no candidate"),
        ("p.csv", "candidate,reference,reference2\na.txt,,r.txt\n", r"p\.csv:2: no reference"),
        ("p.csv", "candidate,reference,systm\n", r"p\.csv:1: unknown column 'systm': did you mean system\?$"),
        ("p.csv", "candidate,reference,x\x1b\n", "unknown column 'x.*': choose from candidate, reference, id"),
        (
            "p.csv",
            "\nsrc,hyp,ref\n",
            r"p\.csv:2: unknown column 'src': choose from .*; or write \./src if it is a file",
        ),
        ("p.csv", "candidate,id\n", r"p\.csv:1: no column 'reference'"),
        ("p.csv", "candidate,reference,reference1\n", "'reference' twice: call the second reference2"),
        ("p.csv", "id,candidate,reference,ID\n", "'id' twice: leave one out"),
        ("p.csv", "a.txt,b.txt,c,d,de,f\n", r"p\.csv:1: 6 columns and not 5: put commas between columns only"),
        ("p.csv", 'a.txt,b.txt\n"c.txt,d.txt\ne.txt,f.txt\n', r"p\.csv:2: no CSV \(.*\): double the quotation marks"),
        ("p.csv", 'a.txt,b.txt\nc.txt,"d\n.txt"\ne.txt,f.txt\n', r"p\.csv:2: reference goes over several lines"),
        ("p.csv", "a.txt,b.txt,x,y,german\n", r"p\.csv:1: unknown language 'german': give an ISO 639-1 code"),
        ("p.tsv", "-\tr.txt\n", "candidate is '-': standard input cannot be one of many"),
        ("p.jsonl", '{"candidate": "a.txt"', r"p\.jsonl:1: no JSON, or not all of it: write \{"),
        pytest.param("p.jsonl", "[" * 100_000, r"p\.jsonl:1: no JSON", id="deep"),
        ("p.json", '[\n{"candidate": "a.txt"}]', r"p\.json:1: no JSON"),
        ("p.jsonl", '["a.txt", "b.txt"]', r"p\.jsonl:1: JSON, but no object"),
        ("p.jsonl", '\n{"candidate": "a.txt", "references": ["b"]}', r"p\.jsonl:2: .*did you mean reference\?"),
        ("p.jsonl", '{"candidate": ["a.txt"], "reference": "b"}', r"candidate is no text: write it between"),
        ("p.jsonl", '{"candidate": "a.txt", "reference": ["b", 1]}', "reference is no text"),
        ("p.jsonl", '{"candidate": "a.txt", "reference": {"b": "c"}}', "reference is no text"),
        ("p.jsonl", '{"candidate": "a.txt", "reference": []}', "no reference"),
        ("p.jsonl", '{"candidate": "a.txt", "Candidate": "b.txt", "reference": "c"}', "'candidate' twice"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(BadPairs, match=told) as error:
        listed(tmp_path, text, name)
    assert str(error.value).startswith(f"{tmp_path / name}:")
    assert len(str(error.value).splitlines()) == 1
    assert "\x1b" not in str(error.value)


PATHS = st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=12).map(lambda name: f"./{name}")
PAIRS = st.lists(
    st.builds(
        Pair,
        st.uuids().map(str),
        PATHS,
        st.lists(PATHS, min_size=1, max_size=3).map(tuple),
        st.sampled_from(["", "one", "the second, “2”"]),
        st.sampled_from([None, "de", "zh"]),
    ),
    min_size=1,
    max_size=5,
)


@given(PAIRS, st.sampled_from([".csv", ".tsv", ".jsonl", ""]), st.sampled_from(["\n", "\r\n"]))
def test_a_written_list_reads_back(pairs: list[Pair], form: str, end: str) -> None:
    if form == ".jsonl":
        text = "".join(
            json.dumps({"candidate": p.candidate, "reference": p.references, "id": p.id, "system": p.system})[:-1]
            + f', "language": {json.dumps(p.language)}}}{end}'
            for p in pairs
        )
    else:
        out = io.StringIO()
        table = csv.writer(out, delimiter="\t" if form == ".tsv" else ",", lineterminator=end)
        table.writerow(["system", "candidate", "reference", "reference2", "reference3", "id", "language"])
        for p in pairs:
            table.writerow([p.system, p.candidate, *(*p.references, "", "")[:3], p.id, p.language or ""])
        text = out.getvalue()
    with TemporaryDirectory() as folder:
        (Path(folder) / f"pairs{form}").write_bytes(text.encode())
        done = read_pairs(f"{folder}/pairs{form}")
    assert done == tuple(
        Pair(p.id, f"{folder}/{p.candidate}", tuple(f"{folder}/{r}" for r in p.references), p.system, p.language)
        for p in pairs
    )
