"""Exports read by what is not ours, and exports of others read."""

import csv
import io
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from metrics.errors import BadExchange
from metrics.model import Kind, Severity
from metrics.mqm.exchange import FORMATS, export_text, import_file
from metrics.mqm.exchange.parcel import Parcel
from metrics.mqm.model import Annotation, Side, Unit
from metrics.mqm.store import Texts
from tests.metrics.mqm.parcels import imported, small_session


def test_a_spreadsheet_finds_no_formula(tmp_path: Path) -> None:
    with small_session(tmp_path / "a.review", system="+1", document="@SUM(A1)", segment="\t=x") as session:
        text, _ = export_text(session, "csv")
    assert text.startswith("\ufeffsystem,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert [row["candidate"] for row in rows] == ["The ferry sank at noon."] * 3 + ["", "'=Share(this)"]
    assert [row["marked"] for row in rows] == ["sank", "sailed", "", "", ""]
    assert rows[0]["note"] == "sailed,\nnot sank"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


def test_a_spreadsheet_may_save_it_with_semicolons_and_fewer_columns(tmp_path: Path) -> None:
    table = "candidate;reviewer;severity;category;start;end\r\nA ferry;Ana;Minor;style;2;7\r\n;;;;;\r\n"
    with imported(tmp_path, table, "x.csv") as session:
        (found,) = session.state.annotations.values()
        assert (found.start, found.end, found.severity, found.reviewer) == (2, 7, Severity.MINOR, "Ana")


def test_translate_toolkit_reads_the_tmx(tmp_path: Path) -> None:
    from translate.storage.tmx import tmxfile

    with small_session(tmp_path / "a.review") as session:
        session.adopt(session.units, Texts("c", "1", "r", "2", "en"))
        store = tmxfile.parsestring(export_text(session, "tmx")[0].encode())
    assert [(unit.source, unit.target) for unit in store.units] == [
        ("The ferry sailed at noon.", "The ferry sank at noon."),
        ("Nobody was hurt.", ""),
        ("", "=Share(this)"),
    ]
    assert "Ana, major, accuracy/mistranslation “sank”: sailed,␊not sank" in store.units[0].getnotes()
    roles = [prop.text for prop in store.document.getroot().iter("prop") if prop.get("type") == "x-role"]
    assert roles == ["reference", "candidate"] * 3


def test_translate_toolkit_reads_the_xliff(tmp_path: Path) -> None:
    from translate.storage.xliff2 import Xliff2File

    with small_session(tmp_path / "a.review") as session:
        session.annotate(Annotation("a4", "u1", "Ben", Side.CANDIDATE, 4, 12, "fluency", Severity.CRITICAL))
        store = Xliff2File.parsestring(export_text(session, "xliff")[0].encode())
    its = "{http://www.w3.org/2005/11/its}locQualityIssue"
    assert [(unit.source, unit.target or "") for unit in store.units] == [
        ("The ferry sailed at noon.", "The ferry sank at noon."),
        ("Nobody was hurt.", ""),
        ("", "=Share(this)"),
    ]
    assert [unit.isapproved() for unit in store.units] == [True, False, False]
    root = store.document.getroot()
    (whole,) = root.iter(its)
    assert dict(whole.attrib) == {
        "locQualityIssueType": "style",
        "locQualityIssueComment": "Ben · style/awkward",
        "locQualityIssueSeverity": "0",
    }
    issues = [(e.tag.rpartition("}")[2], e.get(f"{its}Type"), e.get(f"{its}Severity")) for e in root.iter()]
    assert [issue for issue in issues if issue[1]] == [
        ("mrk", "omission", "33"),
        ("mrk", "other", "100"),
        ("sm", "mistranslation", "67"),
    ]


def test_issues_of_another_program_are_read(tmp_path: Path) -> None:
    xliff = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its" version="2.1"
 srcLang="zh" trgLang="en" its:version="2.0"><file id="f"><unit id="7">
 <its:locQualityIssues xml:id="q"><its:locQualityIssue locQualityIssueType="misspelling" locQualityIssueSeverity="50"/>
  <its:locQualityIssue locQualityIssueComment="odd" locQualityIssueSeverity="95.5"/></its:locQualityIssues>
 <segment><source>船。</source>
  <target>A <mrk id="m" type="its:any" its:locQualityIssuesRef="#q">fery</mrk>.</target></segment>
 <ignorable><source> </source><target> </target></ignorable>
 <segment><source>人</source>
  <target><pc id="1">A<sm id="s" type="its:any" its:locQualityIssueType="grammar"/> m</pc>en<em startRef="s"/></target>
 </segment></unit></file></xliff>"""
    with imported(tmp_path, xliff, "x.xlf", reviewer="Ana") as session:
        (unit,) = session.units
        assert (unit.source, unit.candidate, unit.segment) == ("船。 人", "A fery. A men", "7")
        assert [(a.start, a.end, a.category, a.severity, a.note) for a in session.state.annotations.values()] == [
            (2, 6, "misspelling", Severity.MINOR, ""),
            (2, 6, "other", Severity.CRITICAL, "odd"),
            (9, 13, "grammar", Severity.MINOR, ""),
        ]


def test_marks_may_nest_deeply_and_cross() -> None:
    text = "word " * 480
    unit = Unit("u", 0, Kind.MATCH, text, "")
    spans = (
        [(n, 2400 - n) for n in range(1100)]
        + [(n, n + 50) for n in range(0, 150, 7)]
        + [(5, 5), (2400, 2400), (0, 2400)]
    )
    said = tuple(
        Annotation(f"a{n}", "u", "Ana", Side.CANDIDATE, *span, "style", Severity.MINOR) for n, span in enumerate(spans)
    )
    written, _ = FORMATS["xliff"].write(Parcel((unit,), said))
    assert FORMATS["xliff"].read(written.encode(), "x").annotations == said
    deep = written.replace("<target>", f"<target>{'<pc>' * 3000}").replace("</target>", f"{'</pc>' * 3000}</target>")
    with pytest.raises(BadExchange, match="x:unit 1: marks inside marks without end: "):
        FORMATS["xliff"].read(deep.encode(), "x")


def test_a_unit_that_has_another_text_takes_no_marks_that_do_not_fit(tmp_path: Path) -> None:
    row = "id;unit;candidate;reviewer;severity;start;end\na;u1;{0};Ana;minor;0;{1}\n"
    with imported(tmp_path, row.format("long text", 9), "x.csv") as session:
        (tmp_path / "y.csv").write_text(row.format("long text as well", 17), encoding="utf-8")
        with pytest.raises(BadExchange, match="unit u1 has another text than the file"):
            import_file(str(tmp_path / "y.csv"), session)
        assert len(session.acts) == 1


def test_sqlite_itself_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.review"
    small_session(path).close()
    query = "SELECT count(*), group_concat(DISTINCT reviewer) FROM acts"
    connection = sqlite3.connect(path)
    assert connection.execute(query).fetchone() == (8, "Ana,Ben")
    connection.close()
    shell = shutil.which("sqlite3")
    if shell is None:
        pytest.skip("there is no sqlite3 command")
    assert subprocess.run([shell, path, query], capture_output=True, text=True, check=True).stdout == "8|Ana,Ben\n"


@pytest.mark.parametrize("figure", ["nan", "inf", "-1", "101"])
def test_a_severity_outside_of_its_scale_is_refused(tmp_path: Path, figure: str) -> None:
    xliff = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its"
 version="2.1" srcLang="de" trgLang="en"><file id="f"><unit id="u"><segment><source>x</source><target><mrk id="m"
 type="its:any" its:locQualityIssueType="style" its:locQualityIssueSeverity="{figure}">y</mrk></target></segment></unit>
 </file></xliff>"""
    with pytest.raises(BadExchange, match="write a number from 0 to 100"):
        imported(tmp_path, xliff, "x.xlf", reviewer="r")
