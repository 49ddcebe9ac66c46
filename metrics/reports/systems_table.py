"""Several systems in one table, as sacreBLEU prints it: the first is the baseline that the others are held against."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from metrics.gates import ALPHA, LOWER_IS_BETTER, SAMPLE_FLOOR
from metrics.reports.escaping import markdown
from metrics.reports.summary import WIDTH
from metrics.systems import Standings, System, SystemScore
from metrics.visible import clean, columns
from metrics.wording import count

#: A name is broken at so many columns, or more where there is room, before a table is divided.
_NAME = 24
#: Stand-ins begin here, in a plane for private use: one column wide for whoever counts columns, too.
_PRIVATE = 0xF0000
#: Follows one that stands for several columns. In a name it would have a stand-in itself.
_FILL = "\U0010fffd"


def systems_text(standings: Standings, width: int = WIDTH) -> str:
    """The table in a frame, and below it what its figures are.

    Where all metrics do not fit beside each other, the table is in parts; long names are broken, and all there.
    """
    names = list(standings.systems[0].scores)
    for size in range(len(names), 0, -1):
        tables = [_framed(standings, names[at : at + size], width) for at in range(0, len(names), size)]
        if size == 1 or all(columns(line) <= width for table in tables for line in table.splitlines()):
            break
    return "\n".join([*tables, *(line for told in explained(standings) for line in _wrapped(told, width))])


def explained(standings: Standings) -> list[str]:
    """What the table's figures are, in lines."""
    systems, unit = standings.systems, standings.unit
    lines = [f"{name:<8} {each.score.signature}" for name, each in systems[0].scores.items()]
    tested = [system for system in systems[1:] if system.units >= SAMPLE_FLOOR]
    if tested:
        units = sorted({system.units for system in tested})
        over = " to ".join(count(number, unit) for number in (units[0], units[-1])[: len(units)])
        lines += [
            "in parentheses the mean of bootstrap resamples ± half their 95 % interval",
            f"p: how probable such a difference from the baseline is by chance; * below {ALPHA}",
            f"{standings.method} over {over}, {standings.draws:,} draws, seed {standings.seed}",
        ]
    if len(tested) > 1:
        lines.append(f"each system is tested by itself: p is not corrected for there being {len(tested)}")
    few = [clean(system.name) for system in systems[1:] if system.units < SAMPLE_FLOOR]
    if few:
        lines.append(f"no test of {', '.join(few)}: it takes {SAMPLE_FLOOR} {unit}s in common with the baseline")
    for system in systems[1:]:
        if any(system.unpaired):
            first, own = system.unpaired
            told = f"{count(first, unit)} of the baseline, {own:,} of {clean(system.name)}"
            lines.append(f"left out of its test, for their reference is another: {told}")
    return lines


def systems_json(standings: Standings) -> list[dict[str, Any]]:
    """The value of the key `systems` in a report; the first is the baseline."""
    return [
        {
            "name": system.name,
            "units": system.units,
            "unpaired": {"baseline": system.unpaired[0], "system": system.unpaired[1]},
            "scores": {
                name: {
                    "score": each.score.value,
                    "signature": each.score.signature,
                    "mean": each.estimate and each.estimate.mean,
                    "ci": each.estimate and each.estimate.half_width,
                    "p_value": each.p_value,
                }
                for name, each in system.scores.items()
            },
        }
        for system in standings.systems
    ]


def systems_markdown(standings: Standings) -> str:
    """The table as Markdown has them, and below it what its figures are."""
    heads, rows = systems_rows(standings)
    cells = [heads, ["-"] * len(heads), *([markdown(name), *map(" ".join, more)] for name, *more in rows)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in cells)
    return "\n".join([table, "", *(f"{markdown(line)}  " for line in explained(standings))])


def systems_rows(standings: Standings, names: Sequence[str] | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The heads of the table's columns, and of each row the name, cleaned, and the lines of each cell."""
    systems = standings.systems
    names = list(systems[0].scores) if names is None else names
    return ["System", *map(_headed, names)], [
        (clean(_called(systems, row)), *(_lines(system.scores[name]) for name in names))
        for row, system in enumerate(systems)
    ]


def _framed(standings: Standings, names: Sequence[str], width: int) -> str:
    from tabulate import tabulate

    heads, rows = systems_rows(standings, names)
    stand_ins = _StandIns()
    cells = [[stand_ins.put(name), *map("\n".join, more)] for name, *more in rows]

    def drawn(room: int | None) -> str:
        align = ("right", *["center"] * len(names))
        widths = [room, *[None] * len(names)]
        table: str = tabulate(cells, heads, "fancy_grid", colalign=align, disable_numparse=True, maxcolwidths=widths)
        return stand_ins.taken_back(table)

    table = drawn(None)
    excess = columns(table.partition("\n")[0]) - width
    return table if excess <= 0 else drawn(max(_NAME, max(columns(name) for name, *_ in rows) - excess))


class _StandIns(dict[str, str]):
    """What tabulate, which counts characters, is given for such as have no or several columns, and what each is for.

    Where wcwidth is installed, tabulate counts columns; it comes to the same.
    """

    def put(self, text: str) -> str:
        """`text` with as many characters as it has columns."""
        shown = ""
        for cluster in _clusters(text):
            if len(cluster) == columns(cluster) == 1 and ord(cluster) < _PRIVATE:
                shown += cluster
            else:
                sign = chr(_PRIVATE + len(self))
                self[sign] = cluster
                shown += sign + _FILL * (columns(cluster) - 1)
        return shown

    def taken_back(self, table: str) -> str:
        """`table` with the characters themselves."""
        return "".join(self.get(character, character) for character in table if character != _FILL)


def _clusters(text: str) -> Iterator[str]:
    """Each character with those behind it that have no width; such at the beginning are left away."""
    cluster = ""
    for character in text:
        if columns(character) and cluster:
            yield cluster
            cluster = ""
        if cluster or columns(character):
            cluster += character
    yield cluster or " "


def _called(systems: Sequence[System], row: int) -> str:
    return f"Baseline: {systems[0].name}" if row == 0 else systems[row].name


def _headed(name: str) -> str:
    return f"{name} (lower is better)" if name in LOWER_IS_BETTER else name


def _lines(score: SystemScore) -> list[str]:
    told = f"{score.score.value:.2f}"
    if score.estimate:
        told += f" ({score.estimate.mean:.2f} ± {score.estimate.half_width:.2f})"
    if score.p_value is None:
        return [told]
    return [told, f"(p = {score.p_value:.4f}){'*' if score.p_value < ALPHA else ''}"]


def _wrapped(told: str, width: int) -> Sequence[str]:
    if columns(told) <= width:
        return [told]
    wide = any(columns(character) > 1 for character in told)
    return textwrap.wrap(told, width // 2 if wide else width, subsequent_indent="  ", break_on_hyphens=False)
