"""Import of what others wrote: rows as they are found, what is refused, whose they become."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from metrics.errors import BadExchange, UsageError
from metrics.model import Kind, Severity
from metrics.mqm.exchange import FORMATS, export_text, import_file
from metrics.mqm.model import Annotation, Disposition, Side, Unit
from metrics.mqm.store import Session
from tests.metrics.mqm.parcels import AT, imported, small_session

GOOGLE_HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"


def test_rows_of_google_become_units_marks_and_dispositions(tmp_path: Path) -> None:
    rows = (
        "sysA\ttalk\t2\t77\trater1\t船在中午<v>起航</v>。\tThe ferry sank at noon.\tAccuracy/Omission\tMinor\n"
        "sysA\ttalk\t2\t77\trater1\t船在中午起航。\tThe ferry <v>sank</v> at noon.\tAccuracy/Mistranslation\tMajor\r\n"
        "sysA\ttalk\t2\t77\trater2\t船在中午起航。\tThe ferry sank at noon.\tNo-error\tNo-error\n"
        "ref\ttalk\t2\t77\trater2\t船在中午起航。\tThe ferry <v>sailed\tMade up/Odd\tNeutral\n"
        "ref\ttalk\tii\t78\trater2\t没有人\t<v>Nob</v>od<v>y</v>\tOther\tcritical\n"
    )
    with imported(tmp_path, GOOGLE_HEADER + rows) as session:
        first, second, third = session.units
        assert (first.system, first.document, first.line, first.segment) == ("sysA", "talk", 2, "77")
        assert (first.candidate, first.source, first.reference) == ("The ferry sank at noon.", "船在中午起航。", "")
        assert (second.system, second.candidate) == ("ref", "The ferry sailed")
        assert (third.candidate, third.line) == ("Nobody", 0)
        found = [
            (a.reviewer, a.side, a.start, a.end, a.category, a.severity) for a in session.state.annotations.values()
        ]
        assert found == [
            ("rater1", Side.SOURCE, 4, 6, "Accuracy/Omission", Severity.MINOR),
            ("rater1", Side.CANDIDATE, 10, 14, "Accuracy/Mistranslation", Severity.MAJOR),
            ("rater2", Side.CANDIDATE, 10, 16, "Made up/Odd", Severity.NEUTRAL),
            ("rater2", Side.CANDIDATE, 0, 6, "Other", Severity.CRITICAL),
        ]
        assert session.state.dispositions == {(first.id, "rater2"): Disposition.FINE}
        done = import_file(str(tmp_path / "x.tsv"), session)
        assert (done.acts, done.known, sorted(done.oddities.values())) == (0, 5, [1, 1, 1])


def test_equal_rows_are_as_many_annotations(tmp_path: Path) -> None:
    row = "s\td\t1\t1\tr\tsource\t<v>word</v> word\tStyle\tMinor\n"
    with imported(tmp_path, row * 2) as session:
        assert len(session.state.annotations) == 2
        assert import_file(str(tmp_path / "x.tsv"), session).acts == 0
        (tmp_path / "x.tsv").write_text(row * 3, encoding="utf-8")
        assert import_file(str(tmp_path / "x.tsv"), session).annotations == 1


def test_rows_of_marot_bring_references_notes_and_times(tmp_path: Path) -> None:
    reference = {"segment": {"references": {"A": "A ferry."}, "primary_reference": "A"}}
    tokens = {"segment": {"reference_tokens": {"A": ["No", " ", "one"]}, "primary_reference": "A"}}
    noted = {"timestamp": 1_795_512_600_125, "note": "see\tabove", "target_spans": [[0, 0]]}
    cells = [
        ["s", "d", "1", "9", "r", "船", "<v>Ship</v>", "accuracy", "major", json.dumps(noted)],
        ["s", "d", "1", "9", "", "船", "Ship", "", "", json.dumps(reference)],
        ["s", "d", "2", "10", "r", "人", "Man", "no-error", "no-error", json.dumps(tokens)],
        ["s", "d", "2", "10", "q", "人", "<v>Man</v>", "Other", "Minor", "an old note"],
    ]
    with imported(tmp_path, "".join("\t".join(row) + "\n" for row in cells)) as session:
        assert [(unit.reference, unit.source) for unit in session.units] == [("A ferry.", "船"), ("No one", "人")]
        first, second = session.state.annotations.values()
        assert (first.note, first.at, second.note) == ("see\tabove", AT, "an old note")
        assert list(session.state.dispositions.values()) == [Disposition.FINE]


def test_what_was_changed_since_an_import_stays_so(tmp_path: Path) -> None:
    with imported(tmp_path, "s\td\t1\t1\tr\tx\t<v>y</v>\tc\tMinor\n") as session:
        (found,) = session.state.annotations.values()
        session.annotate(replace(found, severity=Severity.MAJOR))
        assert import_file(str(tmp_path / "x.tsv"), session).acts == 0
        session.remove(found, "r")
        assert import_file(str(tmp_path / "x.tsv"), session).acts == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.tsv", "a\tb\n", "x.tsv:1: 2 columns: "),
        ("x.tsv", GOOGLE_HEADER + "s\td\t1\t1\tr\tx\ty\tc\tFatal\n", "x.tsv:2: unknown severity 'fatal': "),
        ("x.tsv", GOOGLE_HEADER + "s\td\t1\t1\tr\tx\ty</v>\tc\tMinor\n", "x.tsv:2: a </v> without its partner: "),
        ("x.tsv", GOOGLE_HEADER + "s\td\t1\t1\tr\t<v><v>x\ty\tc\tMinor\n", "x.tsv:2: a <v> without its partner: "),
        (
            "x.tsv",
            GOOGLE_HEADER.encode() + b"s\td\t1\t1\tr\tx\t\xff\tc\tMinor\n",
            "x.tsv:2: bytes that are not UTF-8: ",
        ),
        ("x.tsv", "s\td\t1\t1\tr\tx\ty\tc\tMinor\t{no\n", "x.tsv:1: no JSON"),
        ("x.tsv", 's\td\t1\t1\tr\tx\ty\tc\tMinor\t{"timestamp": 1e999}\n', "x.tsv:1: timestamp is no number"),
        ("x.tsv", "s\td\t1\t1\t\tx\ty\tc\tMinor\n", "x.tsv: no reviewer is named 1 time: give --reviewer"),
        ("x.csv", "one,two\n1,2\n", "x.csv:1: no column 'candidate': "),
        ("x.csv", "candidate,reviewer\nabc\n", "x.csv:2: 1 columns: "),
        ("x.csv", 'candidate,reviewer\n"abc', "x.csv:2: no CSV"),
        ("x.csv", "candidate,reviewer,severity,start,end\nabc,r,minor,2,9\n", "x.csv:2: 2 to 9 is no range"),
        ("x.tmx", "<html/>", "x.tmx:1: no TMX: import what"),
        ("x.csv", "candidate,reviewer,severity,at\nabc,r,minor,noon\n", "x.csv:2: at is no time"),
        ("x.jsonl", "[1]\n", "x.jsonl:1: JSON, but no object: "),
        ("x.jsonl", '{"type":"session","schema":2}\n', "x.jsonl:1: schema 2: use a newer"),
        (
            "x.jsonl",
            '{"type":"act","number":1,"at":"2026-01-01","reviewer":"r","deed":"undo","unit":"u","body":{"act":1}}',
            "",
        ),
        (
            "x.jsonl",
            '{"type":"act","number":1,"at":"2026-01-01","reviewer":"r","deed":"annotate","body":{"id":"a"}}',
            "",
        ),
        ("x.jsonl", '{"type":"unit","id":"u","candidate":7}\n', "x.jsonl:1: candidate is no text"),
        ("x.tmx", "<tmx><body><tu>", "x.tmx:1: no XML"),
        ("x.tmx", '<!DOCTYPE a [<!ENTITY b "c">]><tmx>&b;</tmx>', "x.tmx:1: XML with entities of its own: "),
        ("x.tmx", "<tmx><body><tu><tuv><seg>a</seg></tuv></tu></body></tmx>", "x.tmx:unit 1: no text has the x-role"),
        ("x.xlf", "<xliff version='1.2'/>", "x.xlf:1: no XLIFF 2: "),
        ("x.xlf", "<a>" * 100_000, "x.xlf:1: no XML"),
    ],
    ids=itertools.count(),
)
def test_what_makes_no_sense_is_refused_and_nothing_of_it_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str | bytes, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    with small_session(tmp_path / "b.review") as session:
        before = session.units, tuple(session.acts)
        with pytest.raises(BadExchange) as error:
            import_file(name, session)
        assert str(error.value).startswith(told)
        assert "\n" not in str(error.value)
        session.refresh()
        assert (session.units, tuple(session.acts)) == before


def test_the_format_is_asked_for_where_the_name_does_not_tell(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"give --format google\|marot"):
        imported(tmp_path, "", "x.txt")
    with imported(tmp_path, "s\td\t1\t1\tr\tx\ty\tc\tMinor\n", "x.txt", format="google") as session:
        assert len(session.units) == 1


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_reviewer_takes_over_without_changing_what_others_said(tmp_path: Path, format: str) -> None:
    with Session.open(tmp_path / "a.review", create=True) as session:
        session.add_units([Unit("u", 0, Kind.MATCH, "abc", "abd")])
        session.annotate(Annotation("a1", "u", "Ana", Side.CANDIDATE, 2, 3, "accuracy", Severity.MINOR))
        path = tmp_path / f"x.{format}"
        path.write_text(export_text(session, format)[0], encoding="utf-8", newline="")
        for count in (1, 0):
            assert import_file(str(path), session, reviewer="Cy").annotations == count
        assert {a.reviewer for a in session.state.annotations.values()} == {"Ana", "Cy"}


def test_a_later_change_wins_and_an_older_does_not(tmp_path: Path) -> None:
    with small_session(tmp_path / "a.review") as one:
        old = export_text(one, "csv")[0]
        one.annotate(replace(one.state.annotations["a1"], severity=Severity.CRITICAL))
        (tmp_path / "old.csv").write_text(old, encoding="utf-8", newline="")
        assert import_file(str(tmp_path / "old.csv"), one).acts == 0
        assert one.state.annotations["a1"].severity is Severity.CRITICAL
        edited = export_text(one, "csv")[0].replace("critical", "minor")
        (tmp_path / "new.csv").write_text(edited, encoding="utf-8", newline="")
        assert import_file(str(tmp_path / "new.csv"), one).annotations == 1
        assert one.state.annotations["a1"].severity is Severity.MINOR


@pytest.mark.parametrize("format", ["marot", "csv", "tmx", "xliff"])
def test_what_was_taken_away_since_does_not_come_back(tmp_path: Path, format: str) -> None:
    with small_session(tmp_path / "a.review") as session:
        path = tmp_path / "old"
        path.write_text(export_text(session, format)[0], encoding="utf-8", newline="")
        session.remove(session.state.annotations["a1"], "Ana")
        assert import_file(str(path), session, format).acts == 0
        assert "a1" not in session.state.annotations


def test_of_two_dispositions_that_one_reviewer_takes_over_one_is_told_to_be_left_out(tmp_path: Path) -> None:
    table = "candidate,reviewer,disposition\nabc,Ana,fine\nabc,Ben,error\n"
    path = tmp_path / "x.csv"
    path.write_text(table, encoding="utf-8")
    with Session.open(tmp_path / "b.review", create=True) as session:
        done = import_file(str(path), session, reviewer="Cy")
        assert list(session.state.dispositions.values()) == [Disposition.FINE]
    assert done.oddities == {"dispositions left out, for one reviewer has one of a passage": 1}


@pytest.mark.parametrize("name", ["", " "])
def test_a_reviewer_has_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"^the reviewer has no name: "):
        imported(tmp_path, "candidate,reviewer,severity\nabc,Ana,minor\n", "x.csv", reviewer=name)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_file_is_no_export(tmp_path: Path, format: str) -> None:
    with pytest.raises(BadExchange, match="x is empty: "):
        imported(tmp_path, " \n", "x", format=format)
