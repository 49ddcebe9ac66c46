"""Screens are tested in colour and without animation, whatever the machine says."""

import os

import pytest

# Textual reads these when it is imported.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.pop("TEXTUAL_THEME", None)


@pytest.fixture(autouse=True)
def colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an empty NO_COLOR turns colour off."""
    monkeypatch.delenv("NO_COLOR", raising=False)
