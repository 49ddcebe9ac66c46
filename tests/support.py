"""Where the samples are."""

from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE_NAMES = ("harbour", "ufer", "chashan")


def sample(name: str) -> tuple[str, str]:
    """The paths of a sample's candidate and reference."""
    return str(SAMPLES / name / "candidate.txt"), str(SAMPLES / name / "reference.txt")
