"""The dialogue itself: lines in, lines out, and how it ends."""

import io
import shutil
import sys
import textwrap
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TextIO

from metrics.errors import BleupencilError
from metrics.model import Progress, Settings
from metrics.ranking import ORDERS
from metrics.realignment import Realigner
from metrics.visible import clean, columns
from metrics.wording import count
from tui.desk import Desk
from tui.plain.commands import HELP, QUIT, help_told, understood
from tui.plain.moving import where
from tui.plain.walk import Walk
from tui.said import notice, orphaned, percent, unfit

#: Yields what it is about to do, and returns what came of it.
Pipeline = Callable[[str, str, Settings], Generator[Progress, None, Realigner]]

_PROMPT = "> "
#: Begins a line of a script that says nothing.
_COMMENT = "#"


def run(
    candidate: str,
    reference: str,
    settings: Settings,
    desk: Desk,
    order: str = "risk",
    pipeline: Pipeline | None = None,
    streams: tuple[TextIO | None, TextIO, TextIO] | None = None,
) -> int:
    """Review a pair in a dialogue until it is left or the input ends; the exit code, 0.

    `order` is one of `metrics.ranking.ORDERS`, `pipeline` is `metrics.review.realigner_steps` unless given, `streams`
    are standard input, output and error. At a terminal what goes wrong is told on standard error, and the dialogue goes
    on. Otherwise the first command that goes wrong ends it: raises its `BleupencilError`, with the number of its line.
    Raises also what the pipeline raises, and `KeyboardInterrupt`; what was kept is kept.
    """
    if pipeline is None:
        from metrics.review import realigner_steps

        pipeline = realigner_steps
    given, out, err = streams or (sys.stdin, sys.stdout, sys.stderr)
    if given is None:
        given = io.StringIO()
    _decode(given)
    desk.begin(_told(pipeline(candidate, reference, settings), err))
    walk = Walk(desk, order)
    dialogue = _Dialogue(walk, given, out, err)
    dialogue.say(_opening(walk, candidate, reference))
    dialogue.go_on()
    return 0


def _decode(given: TextIO) -> None:
    """Read scripts as UTF-8 whatever the locale is; nothing that is typed can break the dialogue."""
    if isinstance(given, io.TextIOWrapper):
        given.reconfigure(encoding=None if given.isatty() else "utf-8-sig", errors="replace")


def _told(steps: Generator[Progress, None, Realigner], err: TextIO) -> Realigner:
    """What comes of `steps`; at a terminal each stage is told once, on a line of its own."""
    last = ""
    while True:
        try:
            message = next(steps).message
        except StopIteration as stop:
            made: Realigner = stop.value
            return made
        if err.isatty() and message != last:
            print(clean(message), file=err, flush=True)
        last = message


def _opening(walk: Walk, candidate: str, reference: str) -> Iterator[str]:
    desk = walk.desk
    yield f"{candidate} against {reference}."
    scores = ", ".join(f"{name} {score.value:.1f}" for name, score in desk.scores.items())
    yield f"{f'{scores}, ' if scores else ''}coverage {percent(desk.coverage.reference)}."
    total = len(desk.review.passages)
    yield f"{count(total, 'passage')}, {desk.reviewed_count} reviewed; order: {ORDERS[walk.order].label}."
    yield from filter(None, (notice(desk.review), orphaned(len(desk.session.orphans)), unfit(desk.unfit)))
    yield "'help' lists the commands, 'quit' leaves."
    if walk.passages:
        yield from where(walk, "")


class _Dialogue:
    """One walk, and who talks about it."""

    def __init__(self, walk: Walk, given: TextIO, out: TextIO, err: TextIO) -> None:
        self._walk = walk
        self._given, self._out, self._err = given, out, err
        self._interactive = given.isatty()

    def go_on(self) -> None:
        """Do what each line says, until one says to leave or there is none."""
        for number, line in enumerate(self._lines(), 1):
            words = line.split(None, 1)
            if words and words[0] in QUIT:
                return
            try:
                # The key that says so in the app; a script says it in letters, for nobody sees spaces.
                alone = self._interactive and line.rstrip("\r\n") == " "
                self.say(self._done("fine" if alone else line.strip()))
            except BleupencilError as error:
                if not self._interactive:
                    raise type(error)(f"line {number} of the commands, {clean(line.strip())[:60]!r}: {error}") from None
                self._out.flush()
                print(clean(str(error)), file=self._err, flush=True)
        if self._interactive:
            self.say([""])

    def _lines(self) -> Iterator[str]:
        while True:
            if self._interactive:
                self._out.write(_PROMPT)
                self._out.flush()
            line = self._given.readline()
            if not line:
                return
            yield line

    def _done(self, line: str) -> Iterator[str]:
        walk = self._walk
        if walk.desk.news() and walk.follow():
            yield "The alignment of this passage was changed elsewhere."
            yield from where(walk, "")
        if not line:
            if self._interactive:
                yield from where(walk, "")
        elif line.split()[0] in HELP:
            yield from help_told(line.partition(" ")[2].strip())
        elif not line.startswith(_COMMENT):
            command = understood(line)
            yield from command.run(walk, command.rest)

    def say(self, told: Iterable[str]) -> None:
        """Write each fact as a line; at a terminal it is broken between words."""
        for line in told:
            shown = clean(line)
            for part in _broken(shown) if self._out.isatty() else [shown]:
                self._out.write(f"{part}\n")
        self._out.flush()


def _broken(line: str) -> list[str]:
    """A line in as many as the terminal's width asks for, whose last column stays free."""
    width = max(20, shutil.get_terminal_size().columns - 1)
    if columns(line) > len(line):
        width //= 2
    return textwrap.wrap(line, width, break_on_hyphens=False) or [""]
