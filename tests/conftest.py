"""What every test may lean on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from metrics.model import Review, Settings
from metrics.review import review, run

MakePair = Callable[[str, str], tuple[str, str]]
ReviewTexts = Callable[..., Review]


@pytest.fixture
def make_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakePair:
    """Writes two texts to files of the working folder; returns their paths."""
    monkeypatch.chdir(tmp_path)

    def make(candidate: str, reference: str) -> tuple[str, str]:
        for name, text in (("candidate.txt", candidate), ("reference.txt", reference)):
            Path(name).write_bytes(text.encode())
        return "candidate.txt", "reference.txt"

    return make


@pytest.fixture
def review_texts(make_pair: MakePair) -> ReviewTexts:
    """The whole pipeline on two texts."""

    def run_on(candidate: str, reference: str, **settings: object) -> Review:
        return run(review(*make_pair(candidate, reference), Settings(**settings)))  # type: ignore[arg-type]

    return run_on
