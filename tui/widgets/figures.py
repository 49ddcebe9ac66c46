"""What the overview says in words and bars: progress, findings by kind, the scorecard, the pace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil

from textual.content import Content

from metrics.model import Severity
from metrics.mqm.pace import PAUSE, Pace
from metrics.mqm.penalties import Formula
from metrics.mqm.scorecard import Result, Scorecard
from metrics.overview import Tally
from metrics.wording import count
from tui.content import opening, plain
from tui.widgets.plots import bar

#: Columns that names take.
_NAME = 15
_DIMENSION = 26
#: Columns of the longest bar of a dimension.
_BARS = 20
_BAR = "$text-primary"
_QUIET = "dim"


def progress(passages: tuple[int, int], words: tuple[int, int], left_out: int, width: int) -> Content:
    """How many passages and words are reviewed, of how many, and a bar of the words where there is room."""
    said = f"{passages[0]:,} of {count(passages[1], 'passage')} reviewed"
    of_words = f"{words[0]:,} of {count(words[1], 'word')}"
    out = f"{left_out:,} left out" if left_out else ""
    text = next((each for each in (_joined(said, of_words, out), _joined(said, out)) if len(each) <= width), said)
    share = words[0] / words[1] if words[1] else 0.0
    percent = f"{int(100 * share)} %"
    room = width - len(text) - len(percent) - 4
    if room < 10:
        return Content(text)
    return Content.assemble(text, "  ", (f"{bar(share, room):<{room}}".replace(" ", "░"), _BAR), f"  {percent}")


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def findings(tallies: Sequence[Tally], dismissed: int, width: int) -> Content:
    """A bar for each kind, the commonest first."""
    if not tallies:
        lines = [Content("Nothing was found.")]
    else:
        name = max(len(tally.kind) for tally in tallies)
        most = tallies[0].findings
        digits = len(f"{most:,}")
        room = max(1, width - name - digits - 4)
        within = room >= 40
        if within:
            room -= 20
        lines = [
            Content.assemble(
                plain(f"{tally.kind:<{name}}  "),
                f"{tally.findings:>{digits},}  ",
                (bar(tally.findings / most, room), _BAR),
                (f"  in {count(tally.passages, 'passage')}" if within else "", _QUIET),
            )
            for tally in tallies
        ]
    if dismissed:
        lines.append(Content.styled(f"{count(dismissed, 'finding')} dismissed: not counted", _QUIET))
    return Content("\n").join(lines)


def scorecard(card: Scorecard, width: int) -> Content:
    """The verdict first, then what it comes of."""
    total, verdict = card.total, card.verdict
    scheme = total.results[-1].scheme.name
    sign = {True: "PASS", False: "FAIL", None: "none"}[verdict.passed]
    style = {True: "bold $text-success", False: "bold $text-error", None: "bold"}[verdict.passed]
    entries = {
        "verdict": Content.assemble((sign, style), "  ", plain(f"{scheme}: {verdict.reason}")),
        "errors": Content(" · ".join(f"{total.errors[severity]:,} {severity}" for severity in reversed(Severity))),
        **{result.scheme.name: Content(_result(result)) for result in total.results},
        "counted": Content(
            f"{total.words[0]:,} of {count(total.words[1], 'word')}, "
            f"{total.passages[0]:,} of {count(total.passages[1], 'passage')}"
        ),
    }
    if total.left_out:
        out = (f"{reason} {passages:,}" for reason, (passages, _) in total.left_out.items())
        entries["left out"] = Content(" · ".join(out))
    return Content("\n").join([*_listed(entries, width), *_dimensions(card)])


def _dimensions(card: Scorecard) -> list[Content]:
    """A bar for the errors of each dimension."""
    errors: Counter[str] = Counter()
    for row in card.rows:
        errors[row.dimension.name if row.dimension else f"not in {card.typology.name}"] += sum(row.errors.values())
    most = max(errors.values(), default=1)
    return [
        Content.assemble(_label(name, _DIMENSION), f"{number:>3,} ", (bar(number / most, _BARS), _BAR))
        for name, number in errors.items()
    ]


def _result(result: Result) -> str:
    scheme = result.scheme
    score = "–" if result.score is None else f"{result.score:.2f}"
    meaning = (
        "points a passage, less is better"
        if scheme.formula is Formula.MEAN
        else f"of 100, threshold {scheme.threshold:g}"
    )
    return f"{score:>6}  {meaning}"


def pace(found: Pace, words_left: int, width: int) -> Content:
    """Words per hour, what they are counted from, and how long the rest takes at that pace."""
    speed = found.words_per_hour
    if speed is None:
        entries = {"words per hour": Content("not known before a minute of work")}
    else:
        minutes = PAUSE // timedelta(minutes=1)
        worked = f"{count(found.words, 'word')} in {_duration(found.worked)} at work"
        pauses = f"; pauses over {minutes} minutes are not counted"
        entries = {"words per hour": Content.assemble((f"{speed:,.0f}", "bold"), f"  {worked}", (pauses, _QUIET))}
        if words_left:
            left = _duration(timedelta(hours=words_left / speed))
            entries["still to do"] = Content(f"about {left} at this pace")
    return Content("\n").join(_listed(entries, width))


def _listed(entries: Mapping[str, Content], width: int) -> list[Content]:
    """Each under its name, further lines below the first."""
    room = max(10, width - _NAME - 1)
    lines = []
    for name, text in entries.items():
        labels = [_label(name), *[_label("")] * len(text)]
        lines += [label + line for label, line in zip(labels, text.wrap(room), strict=False)]
    return lines


def _duration(time: timedelta) -> str:
    """Hours and minutes, rounded up."""
    minutes = ceil(time / timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min" if hours else f"{minutes} min"


def _label(name: str, width: int = _NAME) -> Content:
    return Content.styled(opening(name, width) + " ", _QUIET)
