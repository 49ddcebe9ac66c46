"""From a review to the units that a session keeps."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from metrics.model import Linking, Pairing, Passage, Review, Scope, Settings
from metrics.mqm.model import Unit
from metrics.mqm.store import SUFFIX, Texts


def session_path(candidate: str) -> Path:
    """Where a session is kept unless the user says otherwise: beside the candidate, under its name."""
    return Path(candidate).with_suffix(SUFFIX)


def units_of(review: Review) -> tuple[Unit, ...]:
    """The passages that reviewers judge, furniture among them: it may turn out to be text."""
    return tuple(unit_of(passage, place) for place, passage in enumerate(review.passages))


def unit_of(passage: Passage, position: int) -> Unit:
    """A passage at its 0-based place in the review as a unit."""
    return Unit(
        id=passage.id,
        position=position,
        kind=passage.kind,
        candidate=passage.candidate.text,
        reference=passage.reference.text,
        line=(passage.candidate if passage.candidate.segments else passage.reference).line,
    )


def texts_of(review: Review) -> Texts:
    """The pair of a review, and what produced its passages."""
    return Texts(
        candidate_path=review.candidate.path,
        candidate_digest=text_digest(review.candidate.text),
        reference_path=review.reference.path,
        reference_digest=text_digest(review.reference.text),
        language=review.language,
        settings=asdict(review.settings),
    )


def settings_of(value: Mapping[str, Any]) -> Settings:
    """Settings as `asdict` has them, in JSON or not; what this version does not know of is left out.

    Raises `LookupError`, `TypeError` or `ValueError` where they are not of that form.
    """
    given = {name: value[name] for name in (column.name for column in fields(Settings)) if name in value}
    given["pairing"] = Pairing(given["pairing"])
    given["scope"] = Scope(given["scope"])
    given["linking"] = Linking(**given["linking"])
    given["metrics"] = tuple(given["metrics"])
    return Settings(**given)


def text_digest(text: str) -> str:
    """What `Texts` keeps of a raw text: its SHA-256, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
