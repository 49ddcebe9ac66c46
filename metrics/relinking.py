"""The passages of a review while links change: in order, with all that hangs on their neighbours.

What comes of each change is what the pipeline would make of the changed links, and costs as much as what it touches:
where nothing is linked far and wide, that is all that is placed by the links that come or go, and where a text repeats,
the repeats behind that are counted anew.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from metrics.corrections import Correction, What
from metrics.model import Kind, Link, Passage, Place, Review
from metrics.passages import Maker, behind, digest_in, repeat_name

Measure = Callable[[Sequence[Passage]], Sequence[Passage]]

#: More passages than this are not put in their places one by one.
_FEW = 100

_position = attrgetter("position")


class Exchange:
    """Passages that others took the place of, in net."""

    def __init__(self) -> None:
        # By identity: a passage may be equal to the one that it replaces but for what hangs on its neighbours.
        self._gone: dict[int, Passage] = {}
        self._new: dict[int, Passage] = {}

    @property
    def gone(self) -> list[Passage]:
        """Those that were there before, in document order."""
        return sorted(self._gone.values(), key=_position)

    @property
    def new(self) -> list[Passage]:
        """Those that are there now, in document order."""
        return sorted(self._new.values(), key=_position)

    def is_new(self, passage: Passage) -> bool:
        """Whether it was not there before."""
        return id(passage) in self._new

    def note(self, gone: Iterable[Passage], new: Iterable[Passage]) -> None:
        """Take up that further passages gave way to others."""
        for source, target, passages in ((self._new, self._gone, gone), (self._gone, self._new, new)):
            for passage in passages:
                if source.pop(id(passage), None) is None:
                    target[id(passage)] = passage


class Relinking:
    """The passages of a review, whose links are changed."""

    def __init__(self, review: Review, measure: Measure) -> None:
        """`measure` adds to passages their scores, findings and so on."""
        self._measure = measure
        self._maker = Maker(
            review.candidate,
            review.reference,
            review.candidate_segments,
            review.reference_segments,
            review.other_references,
        )
        self.passages = list(review.passages)
        #: By digest the passages of the same texts, in document order.
        self._repeats: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in review.passages:
            self._repeats[digest_in(passage.id)].append(passage)
        ours: list[Passage | None] = [None] * len(review.candidate_segments)
        theirs: list[Passage | None] = [None] * len(review.reference_segments)
        #: For each segment of either side the passage that holds it.
        self._holders = ours, theirs
        self._hold(review.passages, True)

    def apply(self, correction: Correction) -> Exchange:
        """Link segments as a correction says.

        Passages all of whose segments are named vanish. What remains of others stays linked where both sides remain;
        otherwise its segments are added or omitted.
        """
        affected = self._affected(correction)
        links = self._links(correction, affected)
        made = self._measure([self._maker.passage(link, Place(-1, -1)) for link in links])
        done = Exchange()
        self._swap(done, affected, [_at(p, Place(p.reference.segments[0], -1)) for p in made if p.reference.segments])
        alone = [passage for passage in made if not passage.reference.segments]
        self._swap(done, [], [_at(p, self._place(p.candidate.segments[0])) for p in alone])
        self._place_followers(done, {i for p in (*affected, *made) for i in p.candidate.segments})
        self._put_empty_sides(done)
        self._name(done)
        return done

    def restore(self, exchange: Exchange) -> Exchange:
        """Take back what `apply` did, when all that was done later is taken back."""
        done = Exchange()
        self._swap(done, exchange.new, exchange.gone)
        self._regroup(done)
        return done

    def _affected(self, correction: Correction) -> list[Passage]:
        held = [
            self._holders[side][i]
            for link in correction.links
            for side, segments in enumerate((link.candidate, link.reference))
            for i in segments
        ]
        return sorted({id(passage): passage for passage in held if passage is not None}.values(), key=_position)

    def _links(self, correction: Correction, affected: Sequence[Passage]) -> list[Link]:
        """The links that take the place of the affected passages."""
        ours = {i for link in correction.links for i in link.candidate}
        theirs = {j for link in correction.links for j in link.reference}
        links = [link for passage in affected for link in _remainder(passage, ours, theirs)]
        for link in sorted(correction.links, key=lambda link: link.reference):
            if link.kind.linked and correction.what is not What.ACCEPT:
                crosses = self._crosses(link, affected, links)
                link = replace(link, kind=Kind.MOVED if crosses else Kind.MATCH)
            links.append(link)
        return links

    def _crosses(self, link: Link, without: Sequence[Passage], others: Sequence[Link]) -> bool:
        """Whether a link stands before the match before it in the reference, or behind the match behind it."""
        away = set(map(id, without))
        at = bisect_left(self.passages, Place(link.reference[0], -1), key=_position)
        matches = [(other.reference, other.candidate) for other in others if other.kind is Kind.MATCH]
        for places in (range(at - 1, -1, -1), range(at, len(self.passages))):
            for place in places:
                passage = self.passages[place]
                if passage.kind is Kind.MATCH and id(passage) not in away:
                    matches.append((passage.reference.segments, passage.candidate.segments))
                    break
        before = max((match for match in matches if match[0] < link.reference), default=None)
        after = min((match for match in matches if match[0] > link.reference), default=None)
        return bool((before and before[1][-1] > link.candidate[0]) or (after and after[1][0] < link.candidate[-1]))

    def _place(self, segment: int) -> Place:
        """The place of a passage that begins with a candidate segment and has no reference."""
        for i in range(segment - 1, -1, -1):
            holder = self._holders[0][i]
            if holder is not None and holder.reference.segments:
                return Place(holder.reference.segments[0], segment)
        return Place(-1, segment)

    def _place_followers(self, done: Exchange, touched: set[int]) -> None:
        """Give a new place to what the reference lacks and stands behind segments that are linked otherwise now."""
        before, after = [], []
        walked = -1
        for segment in sorted(touched):
            if segment < walked:
                continue
            walked = segment + 1
            place = self._place(walked)
            while walked < len(self._holders[0]):
                passage = self._holders[0][walked]
                assert passage is not None
                if passage.reference.segments:
                    break
                if passage.candidate.segments[0] == walked:
                    if passage.position.reference == place.reference:
                        break
                    before.append(passage)
                    after.append(_at(passage, Place(place.reference, walked)))
                walked += 1
        self._swap(done, before, after)

    def _put_empty_sides(self, done: Exchange) -> None:
        """Move the empty sides that hang on passages that came or went, until one is met that is right."""
        changed = {self._index(passage) for passage in (*done.gone, *done.new)}
        before, after = [], []
        reached = -1
        for start in sorted(changed):
            if start <= reached:
                continue
            at = self._offsets_before(start)
            for reached in range(start, len(self.passages)):
                passage = self.passages[reached]
                right = self._maker.put(passage, at)
                if right is not passage:
                    before.append(passage)
                    after.append(right)
                elif not done.is_new(passage) and (passage.kind is Kind.MATCH or not passage.candidate.segments):
                    # It was right before, and so are those behind it up to the next change.
                    break
                at = behind(right, at)
        self._swap(done, before, after)

    def _offsets_before(self, index: int) -> tuple[int, int]:
        """Where empty sides of a passage at this index stand."""
        candidate = reference = None
        for i in range(index - 1, -1, -1):
            passage = self.passages[i]
            if reference is None and passage.reference.segments:
                reference = passage.reference.end
            if passage.kind is Kind.MATCH:
                candidate = passage.candidate.end
                break
        return candidate or 0, reference or 0

    def _name(self, done: Exchange) -> None:
        """Give ids to new passages, and new ones to others of the same texts that they tell apart."""
        before, after = [], []
        for digest, (first, last) in self._regroup(done).items():
            passages = self._repeats[digest]
            for i in range(first, len(passages)):
                name = repeat_name(digest, i + 1)
                if passages[i].id != name:
                    before.append(passages[i])
                    passages[i] = replace(passages[i], id=name)
                    after.append(passages[i])
                elif i > last:
                    break
        self._swap(done, before, after)

    def _regroup(self, done: Exchange) -> dict[str, tuple[int, int]]:
        """Keep the repeats; for each digest whose repeats changed, the indices that this lies between.

        Those before the first are as they were; so are those behind the last, but that their numbers may be others.
        """
        touched: dict[str, tuple[int, int]] = {}
        for passages, there in ((done.gone, False), (done.new, True)):
            for passage in passages:
                digest = digest_in(passage.id)
                repeats = self._repeats[digest]
                i = bisect_left(repeats, passage.position, key=_position)
                repeats[i : i + (not there)] = [passage] * there
                first, last = touched.get(digest, (i, i))
                # What came before it may push an index on that is noted already.
                touched[digest] = min(first, i), max(last + there, i)
        return touched

    def _swap(self, done: Exchange, gone: Sequence[Passage], new: Sequence[Passage]) -> None:
        """Put passages in the place of others."""
        free = {passage.position: passage for passage in gone}
        came = [passage for passage in new if passage.position not in free]
        for passage in new:
            if free.pop(passage.position, None) is not None:
                self.passages[self._index(passage)] = passage
        if len(free) + len(came) > _FEW:
            self.passages = [passage for passage in self.passages if passage.position not in free]
            self.passages = sorted([*self.passages, *came], key=_position)
        else:
            for passage in free.values():
                del self.passages[self._index(passage)]
            for passage in came:
                self.passages.insert(self._index(passage), passage)
        self._hold(gone, False)
        self._hold(new, True)
        done.note(gone, new)

    def _index(self, passage: Passage) -> int:
        return bisect_left(self.passages, passage.position, key=_position)

    def _hold(self, passages: Iterable[Passage], there: bool) -> None:
        for passage in passages:
            holder = passage if there else None
            for i in passage.candidate.segments:
                self._holders[0][i] = holder
            for j in passage.reference.segments:
                self._holders[1][j] = holder


def _at(passage: Passage, place: Place) -> Passage:
    return replace(passage, position=place)


def _remainder(passage: Passage, ours: set[int], theirs: set[int]) -> list[Link]:
    """The links of those segments of a passage that are not among `ours` and `theirs`."""
    mine = tuple(i for i in passage.candidate.segments if i not in ours)
    other = tuple(j for j in passage.reference.segments if j not in theirs)
    if not mine and not other:
        return []
    kept = bool(mine) == bool(passage.candidate.segments) and bool(other) == bool(passage.reference.segments)
    if kept:
        return [Link(mine, other, passage.kind, passage.similarity, passage.by_hand)]
    if passage.kind is Kind.BOILERPLATE:
        return [Link(mine, other, passage.kind, by_hand=passage.by_hand)]
    return [Link((i,), (), Kind.ADDED) for i in mine] + [Link((), (j,), Kind.OMITTED) for j in other]
