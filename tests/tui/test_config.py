"""What is remembered between two starts, and that nothing depends on it."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from metrics.model import Kind, Linking, Pairing, Settings
from metrics.mqm.model import Disposition, Unit
from metrics.mqm.store import Session
from tui.config import keymap_path, remember_theme, remembered_theme, state_path
from tui.recent import Recent, forget, recent, remember, standing


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all that the program keeps."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begun(folder: Path, name: str) -> Recent:
    """A pair and its review file, remembered."""
    for suffix in ("txt", "ref.txt"):
        (folder / f"{name}.{suffix}").write_text("One.\n")
    with Session.open(folder / f"{name}.review", create=True) as session:
        session.adopt([Unit("a", 0, Kind.MATCH, "One.", "One."), Unit("b", 1, Kind.MATCH, "Two.", "Two.")])
    remember(f"{name}.review", f"{name}.txt", f"{name}.ref.txt")
    return recent()[0]


def test_configuration_and_state_stay_where_the_system_has_them(home: Path) -> None:
    assert keymap_path() == home / "config" / "bleupencil" / "keymap.toml"
    remember_theme("nord")
    assert [path for path in home.rglob("*") if path.is_file()] == [state_path("theme")]
    assert state_path("theme").is_relative_to(home / "state")


def test_a_theme_is_remembered() -> None:
    assert remembered_theme() is None
    remember_theme("nord")
    remember_theme("gruvbox")
    assert remembered_theme() == "gruvbox"
    assert os.listdir(state_path("theme").parent) == ["theme"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\n", b"a\x1b[2Jb", b"x" * 1000])
def test_a_theme_that_makes_no_sense_is_none(content: bytes) -> None:
    remember_theme("nord")
    state_path("theme").write_bytes(content)
    assert remembered_theme() is None


def test_what_cannot_be_kept_is_done_without(home: Path) -> None:
    (home / "state").write_text("a file where a folder should be")
    remember_theme("nord")
    remember("a.review", "a.txt", "b.txt")
    forget("a.review")
    assert remembered_theme() is None
    assert recent() == ()


def test_reviews_come_back_newest_first_and_once(home: Path) -> None:
    options = Settings(encoding="cp1252", pairing=Pairing.LINES, linking=Linking(1.5, 2, False), glossary="terms.tsv")
    remember("a.review", "a.txt", "r.txt", options)
    remember("b.review", "b.txt", "r.txt")
    remember("c.review", "c.txt", "r.txt")
    remember(home / "b.review", "b.txt", "r.txt")
    found = recent()
    assert [Path(entry.candidate).name for entry in found] == ["b.txt", "c.txt", "a.txt"]
    assert all(os.path.isabs(path) for entry in found for path in (entry.session, entry.candidate, entry.reference))
    assert found[2].settings == Settings(
        encoding="cp1252", pairing=Pairing.LINES, linking=Linking(1.5, 2, False), glossary=str(home / "terms.tsv")
    )
    assert found[0].settings == Settings()
    forget(str(home / "c.review"))
    assert [Path(entry.candidate).name for entry in recent()] == ["b.txt", "a.txt"]


def test_thirty_are_remembered() -> None:
    for number in range(33):
        remember(f"{number}.review", f"{number}.txt", "r.txt")
    assert [Path(entry.candidate).stem for entry in recent()] == [str(number) for number in range(32, 2, -1)]


def test_names_that_are_no_utf_8_come_back() -> None:
    name = os.fsdecode(b"/tmp/caf\xe9\n[/nope]\x1b.txt")
    remember("a.review", name, "r.txt")
    assert recent()[0].candidate == name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.binary() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(lambda v: json.dumps(v).encode())
)
@example(b'{"schema": 1, "sessions": [{"session": "a"}]}')
@example(b'{"schema": 1, "sessions": 7}')
@example(b'{"schema": 2, "sessions": []}')
@example(b"[" * 100_000)
def test_a_broken_list_is_set_aside_and_begun_anew(content: bytes) -> None:
    path = state_path("recent.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    assert recent() == ()
    forget("a.review")
    assert path.read_bytes() == content
    remember("a.review", "a.txt", "r.txt")
    assert [Path(entry.candidate).name for entry in recent()] == ["a.txt"]
    assert path.with_name("recent.json.broken").read_bytes() == content


def test_options_of_a_later_version_are_left_out() -> None:
    remember("a.review", "a.txt", "r.txt", Settings(lowercase=True))
    path = state_path("recent.json")
    value = json.loads(path.read_text())
    value["sessions"][0]["settings"]["colour"] = "blue"
    path.write_text(json.dumps(value))
    assert recent()[0].settings == Settings(lowercase=True)


def test_how_far_a_reviewer_has_come(home: Path) -> None:
    entry = begun(home, "a")
    assert (standing(entry, "ana").reviewed, standing(entry, "ana").last) == (0, None)
    with Session.open(entry.session) as session:
        session.see("a", "ana")
        session.dispose("b", "ana", Disposition.FINE)
        session.dispose("a", "ben", Disposition.FINE)
        session.dispose("gone", "ana", Disposition.FINE)
    before = Path(entry.session).read_bytes()
    found = standing(entry, "ana")
    assert (found.reviewed, found.passages, found.annotations, found.trouble) == (1, 2, 0, "")
    assert found.last is not None
    assert Path(entry.session).read_bytes() == before
    assert standing(entry, "nobody").reviewed == 0


def test_a_review_file_that_is_none_is_told(home: Path) -> None:
    entry = begun(home, "a")
    Path(entry.session).write_text("no database, but long enough to be looked at" * 40)
    assert "a.review is no review" in standing(entry, "ana").trouble
    Path(entry.session).unlink()
    assert entry.missing == (entry.session,)
