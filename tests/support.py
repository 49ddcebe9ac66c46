"""Where the samples are."""

from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE_NAMES = ("harbour", "ufer", "chashan")


#: The sample of which there is a second reference.
SECOND_REFERENCE = str(SAMPLES / "harbour" / "reference2.txt")


def sample(name: str) -> tuple[str, str]:
    """The paths of a sample's candidate and reference."""
    return str(SAMPLES / name / "candidate.txt"), str(SAMPLES / name / "reference.txt")
