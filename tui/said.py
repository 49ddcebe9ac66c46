"""What is said alike on the screen and in the linear dialogue."""

from metrics.model import Kind, Review
from metrics.mqm.model import Disposition
from metrics.wording import count

#: What a passage is said to be.
SAID: dict[Disposition, str] = {
    Disposition.FINE: "fine",
    Disposition.ERROR: "error",
    Disposition.PARAPHRASE: "acceptable paraphrase",
    Disposition.MISALIGNMENT: "misaligned, left out",
    Disposition.NOISE: "source noise, left out",
}
#: Why there is no other passage to go on to.
LAST_OPEN = "This is the last passage that is not reviewed."


def all_reviewed(filtered: bool) -> str:
    """That nothing is left to review, of all passages or of those of a filter."""
    return f"All passages{' of the filter' if filtered else ''} are reviewed."


def nothing_in(passage_kind: Kind, side: str, has_segments: bool) -> str:
    """Why a side of a passage has no text."""
    if has_segments:
        return "an empty line"
    if passage_kind is Kind.BOILERPLATE:
        return "site furniture: not compared"
    return f"nothing in the {side} answers this"


def notice(review: Review) -> str:
    """What to tell about texts that leave little to review; empty for others."""
    if not review.passages:
        return "Nothing to review: both texts are empty."
    if not review.candidate_segments:
        return "The candidate is empty: all of the reference is missing from it."
    if not review.reference_segments:
        return "The reference is empty: there is nothing to compare the candidate with."
    scored = [passage for passage in review.passages if passage.kind is not Kind.BOILERPLATE]
    if not any(passage.kind.linked for passage in scored):
        return "No sentence of the candidate answers one of the reference: are these the right two texts?"
    if all(p.kind is Kind.MATCH and p.candidate.text == p.reference.text for p in scored):
        same = review.candidate.text == review.reference.text
        return "The texts are identical." if same else "The texts are identical, sentence by sentence."
    return ""


def orphaned(number: int) -> str:
    """What the reviewer must know of passages that are gone, and of which something was said."""
    if not number:
        return ""
    kept = f"what was said of {count(number, 'passage')} is kept, but fits nowhere"
    return f"The texts have changed: {kept} ('bleupencil mqm --per-unit' lists it)."


def unfit(number: int) -> str:
    """What the reviewer must know of corrections of the alignment that cannot be made again."""
    if not number:
        return ""
    return f"{count(number, 'correction')} of the alignment fit the texts no longer: look at them again with a."


def percent(share: float) -> str:
    """A share in 0…1 in whole percent; 99.9 % is not all, and 0.1 % is not nothing."""
    return f"{min(max(round(100 * share), share > 0), 100 - (share < 1))} %"
