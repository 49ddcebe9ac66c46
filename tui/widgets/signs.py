"""What the signs on the screen mean; those of kinds are `Kind.sign`."""

from metrics.model import Kind

MEANINGS: dict[Kind, str] = {
    Kind.MATCH: "match: both sides answer each other",
    Kind.MOVED: "moved: they do, in another order",
    Kind.OMITTED: "omitted: the candidate lacks it",
    Kind.ADDED: "added: the reference lacks it",
    Kind.BOILERPLATE: "boilerplate: site furniture, not scored",
}
REVIEWED, OPEN, LEFT_OUT = "●", "○", "×"
CURSOR = "▶"
POINTER = "▸"
TAKEN = "✓"
