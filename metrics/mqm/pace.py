"""How fast a reviewer works: words per hour, from the times of the journal's acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from metrics.mqm.model import Act, Deed

#: A longer time without an act is a pause.
PAUSE = timedelta(minutes=5)
#: Less work than this tells nothing of the pace.
LEAST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """What was judged in how much time at work."""

    words: int
    passages: int
    worked: timedelta

    @property
    def words_per_hour(self) -> float | None:
        """None where less than `LEAST` was worked, or nothing judged."""
        if self.worked < LEAST or not self.words:
            return None
        return self.words * timedelta(hours=1) / self.worked


def pace(acts: Iterable[Act], reviewer: str, words: Mapping[str, int], pause: timedelta = PAUSE) -> Pace:
    """The pace of one reviewer; `words` has those of each unit that counts.

    Time at work is the time from each act of the reviewer to the next, seeing a passage among them, without what is
    longer than `pause`: nobody knows what happened then. A unit's words count once, with its first annotation or
    disposition, and only if the time before that act counts. So what was imported, or written at one moment, counts
    neither as time nor as words.
    """
    # What was merged from another file was done between what stands here, or before.
    timed = sorted(((_time(act), act) for act in acts if act.reviewer == reviewer), key=lambda each: each[0])
    worked, last = timedelta(), None
    judged: dict[str, bool] = {}
    for at, act in timed:
        gap = timedelta() if last is None else at - last
        last = at
        counts = timedelta() < gap <= pause
        if counts:
            worked += gap
        if act.deed is Deed.ANNOTATE or (act.deed is Deed.DISPOSE and act.body["disposition"] is not None):
            judged.setdefault(act.unit, counts)
    units = [unit for unit, counts in judged.items() if counts and unit in words]
    return Pace(sum(words[unit] for unit in units), len(units), worked)


def _time(act: Act) -> datetime:
    at = datetime.fromisoformat(act.at)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
