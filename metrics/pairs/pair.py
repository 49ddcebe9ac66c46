"""A pair of texts that are not read yet, and what finding pairs comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """One candidate and what it should match, by paths as they are to be opened.

    `id` names the pair among those of its `system`; both are printable, and `system` is empty where there is one
    system only. `references` are one at least, and the first is the one that passages are aligned with. `language` is
    that of the texts as `metrics.languages.language_code` gives it, or None to guess.
    """

    id: str
    candidate: str
    references: tuple[str, ...]
    system: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of folders.

    `pairs` are in the natural order of their ids, in which 2 comes before 10. `alone` are the paths of texts that are
    in no pair, to be cleaned before they are printed: the candidate's first, then each reference folder's, in natural
    order. `passed_over` counts files that are no text, hidden ones aside.
    """

    pairs: tuple[Pair, ...]
    alone: tuple[str, ...]
    passed_over: int = 0
