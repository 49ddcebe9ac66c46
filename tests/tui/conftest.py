"""Screens are tested in colour and without animation, whatever the machine says."""

import os
from pathlib import Path

import pytest

from tests.tui.calling import Call, Done

# Textual reads these when it is imported.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.pop("TEXTUAL_THEME", None)


@pytest.fixture(autouse=True)
def colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an empty NO_COLOR turns colour off."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own configuration, or that of another test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    return folder


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs the command in this process."""
    # Commands must not load what Textual reads from the environment before it is set above.
    from tui.cli import run

    def run_with(*arguments: str) -> Done:
        status = run(arguments)
        return Done(status, *capsys.readouterr())

    return run_with
