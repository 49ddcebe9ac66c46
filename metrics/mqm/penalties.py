"""What errors cost, and what the sum is worth: Google's weights, MQM's two scores, and schemes from TOML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from metrics.model import Severity
from metrics.mqm.definition import Entries, read_definition
from metrics.mqm.typology import spelled

#: Penalty points per 1,000 words with which a calibrated score is the threshold.
ACCEPTABLE = 10.0
#: The lowest calibrated score that passes.
THRESHOLD = 95.0
#: The lowest raw score that passes: the raw score of ACCEPTABLE points.
RAW_THRESHOLD = 99.0


class Formula(StrEnum):
    """What becomes of penalty points."""

    MEAN = "mean"
    RAW = "raw"
    CALIBRATED = "calibrated"

    @property
    def judges(self) -> bool:
        """Whether its score can be held against a threshold."""
        return self is not Formula.MEAN


@dataclass(frozen=True, slots=True)
class Scheme:
    """What errors cost, and how that becomes a score.

    `severities` are penalty points, 0 and up. `weights` multiply them, by category, or by dimension where the category
    has none. `points` take their place, by category and severity. Categories are as `spelled` has them. `threshold`
    is the lowest score that passes, 0 and below 100, where the formula judges; `acceptable` are the penalty points per
    1,000 words with which a calibrated score is the threshold, above 0.
    """

    name: str
    formula: Formula
    severities: Mapping[Severity, float]
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[tuple[str, Severity], float] = field(default_factory=lambda: MappingProxyType({}))
    threshold: float = THRESHOLD
    acceptable: float = ACCEPTABLE

    def penalty(self, category: str, severity: Severity) -> float:
        """Penalty points of one error, 0 and up.

        MQM's: type weight × severity multiplier (https://themqm.org, The MQM Scoring Models).
        """
        category = spelled(category)
        if (category, severity) in self.points:
            return self.points[category, severity]
        weight = self.weights.get(category, self.weights.get(category.partition("/")[0], 1.0))
        return weight * self.severities[severity]

    def score(self, penalty: float, words: int, passages: int) -> float | None:
        """What the sum of the penalty points of `passages` with `words` in all is worth; None for nothing.

        MEAN: points per passage, 0 and up, lower is better (Freitag et al. 2021: a system's score is the mean of its
        segments'). RAW and CALIBRATED: 100 and below, also below 0
        (https://themqm.org, The MQM Scoring Models):

            raw        = 100 × (1 − penalty / words)
            calibrated = 100 − penalty / words × 1000 × (100 − threshold) / acceptable
        """
        if self.formula is Formula.MEAN:
            return penalty / passages if passages else None
        if not words:
            return None
        if self.formula is Formula.RAW:
            return 100 * (1 - penalty / words)
        return 100 - per_thousand(penalty, words) * (100 - self.threshold) / self.acceptable


def per_thousand(penalty: float, words: int) -> float:
    """Penalty points per 1,000 words; `words` is 1 and up."""
    return penalty / words * 1000


#: Severity multipliers of MQM (https://themqm.org, The MQM Scoring Models).
_MQM = {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}

#: Freitag et al. 2021, "Experts, Errors, and Context" (TACL 9, https://arxiv.org/abs/2104.14478), table of weights;
#: that source issues and creative reinterpretation cost nothing is from the later sets. Points are summed per rater,
#: and the mean is taken over the raters of a segment. The set has no critical errors: one counts like a major one.
GOOGLE = Scheme(
    "google",
    Formula.MEAN,
    {**_MQM, Severity.CRITICAL: 5.0},
    weights={"source-issue": 0.0, "accuracy/creative-reinterpretation": 0.0, "accuracy/reinterpretation": 0.0},
    points={
        ("fluency/punctuation", Severity.MINOR): 0.1,
        ("non-translation", Severity.MAJOR): 25.0,
        ("non-translation", Severity.CRITICAL): 25.0,
    },
)
RAW = Scheme("raw", Formula.RAW, _MQM, threshold=RAW_THRESHOLD)
CALIBRATED = Scheme("calibrated", Formula.CALIBRATED, _MQM, threshold=THRESHOLD, acceptable=ACCEPTABLE)
#: The schemes that come with the program. The last one's verdict is the default.
SCHEMES = {scheme.name: scheme for scheme in (GOOGLE, RAW, CALIBRATED)}


def load_scheme(name_or_path: str) -> Scheme:
    """One of `SCHEMES`, or the one in a TOML file:

        name = "house"
        formula = "calibrated"          # mean, raw or calibrated
        threshold = 97                  # raw and calibrated
        acceptable = 5                  # calibrated
        [severities]                    # those that are left out are MQM's: 0, 1, 5, 25
        major = 10
        [weights]                       # by category or dimension; 1 where there is none
        terminology = 2
        "accuracy/omission" = 1.5
        [points."fluency/punctuation"]  # instead of weight × severity
        minor = 0.1

    Raises `UsageError` for an unknown name, `MissingFile`, `UnreadableFile`, and `BadDefinition`, which says what to
    mend.
    """
    if name_or_path in SCHEMES:
        return SCHEMES[name_or_path]
    return _scheme(read_definition("scheme", name_or_path, tuple(SCHEMES)))


def _scheme(entries: Entries) -> Scheme:
    entries.only("name", "formula", "threshold", "acceptable", "severities", "weights", "points")
    formula = entries.text("formula")
    if formula not in list(Formula):
        raise entries.bad("unknown formula", f"write one of {', '.join(Formula)}")
    kind = Formula(formula)
    if "threshold" in entries.values and not kind.judges:
        raise entries.bad("mean points per passage have no threshold", "take it away, or choose another formula")
    if "acceptable" in entries.values and kind is not Formula.CALIBRATED:
        raise entries.bad(f"the formula {formula} has no acceptable points", 'take them away, or write "calibrated"')
    threshold = entries.number("threshold", RAW_THRESHOLD if kind is Formula.RAW else THRESHOLD)
    acceptable = entries.number("acceptable", ACCEPTABLE)
    # At 100 a calibrated score would be 100 whatever the errors are.
    if threshold >= 100:
        raise entries.bad(f"the threshold {threshold:g} is not below 100", "write a lower one")
    if not acceptable:
        raise entries.bad("acceptable is 0", "write more than 0: scores are divided by it")
    weights, points = entries.table("weights"), entries.table("points")
    tables = {category: points.table(category) for category in points.values}
    return Scheme(
        entries.text("name"),
        kind,
        _MQM | _severities(entries.table("severities")),
        {spelled(category): weights.number(category, 1) for category in weights.values},
        {
            (spelled(category), severity): value
            for category, table in tables.items()
            for severity, value in _severities(table).items()
        },
        threshold,
        acceptable,
    )


def _severities(table: Entries) -> dict[Severity, float]:
    table.only(*Severity)
    return {Severity(name): table.number(name, _MQM[Severity(name)]) for name in table.values}
