"""The real thing: the program in a pseudo-terminal, from command line to exit."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from metrics.model import Severity
from metrics.mqm.model import Disposition
from metrics.mqm.store import Session
from tests.support import SAMPLES, sample


class Terminal:
    """A program in a pseudo-terminal of its own; `screen` is all that it wrote."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (80, 24)) -> None:
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=SAMPLES.parent,
            env={**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"},
            start_new_session=True,
        )
        os.close(theirs)
        self.screen = ""

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Reads until `text` was written."""
        end = time.monotonic() + seconds
        while text not in self.screen:
            assert time.monotonic() < end, f"{text!r} never came: {self.screen[-2000:]}"
            self._read(0.1)

    def press(self, keys: str) -> None:
        os.write(self._mine, keys.encode())

    def leave(self, seconds: float = 30) -> int:
        """The exit status, once the program has ended by itself."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, "the program does not end"
            self._read(0.1)
        return self.process.returncode

    def _read(self, seconds: float) -> None:
        if select.select([self._mine], [], [], seconds)[0]:
            try:
                self.screen += os.read(self._mine, 65536).decode(errors="replace")
            except OSError:  # Linux says so when the other end is closed
                time.sleep(seconds)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        os.close(self._mine)


def test_a_review_from_command_line_to_exit_with_a_kill_in_between(tmp_path: Path) -> None:
    session = tmp_path / "harbour.review"
    command = ("review", *sample("harbour"), "--session", str(session), "--reviewer", "ana")
    terminal = Terminal(*command)
    try:
        terminal.wait_for("0 of 38 reviewed")
        terminal.press("v2mM\r")
        terminal.wait_for("1 of 38 reviewed")
        terminal.press("j ")
        terminal.wait_for("2 of 38 reviewed")
        # Whatever was shown is kept, however the program ends.
        terminal.process.kill()
        terminal.process.wait()
    finally:
        terminal.kill()
    terminal = Terminal(*command)
    try:
        terminal.wait_for("2 of 38 reviewed")
        terminal.press("z")
        terminal.wait_for("1 of 38 reviewed")
        terminal.press("ZA")
        terminal.wait_for("1 left out")
        terminal.press("q")
        assert terminal.leave() == 0
        assert "Traceback" not in terminal.screen
    finally:
        terminal.kill()
    assert list(tmp_path.iterdir()) == [session]
    with Session.open(session, readonly=True) as kept:
        (mark,) = kept.state.annotations.values()
        assert (mark.category, mark.severity, mark.reviewer) == ("accuracy/mistranslation", Severity.MAJOR, "ana")
        assert sorted(kept.state.dispositions.values()) == [Disposition.MISALIGNMENT]


def test_a_session_is_kept_beside_the_candidate(tmp_path: Path) -> None:
    pair = [shutil.copy(path, tmp_path / Path(path).name) for path in sample("ufer")]
    terminal = Terminal("review", *pair)
    try:
        terminal.wait_for("reviewed")
        terminal.press("q")
        assert terminal.leave() == 0
    finally:
        terminal.kill()
    assert (tmp_path / "candidate.review").exists()


@pytest.mark.slow
def test_leaving_does_not_wait_for_what_is_being_aligned(tmp_path: Path) -> None:
    for name, sign in (("c.txt", "a"), ("r.txt", "b")):
        lines = (f"The ferry number {n} {sign} crosses the river {n % 97} times a day." for n in range(12_000))
        (tmp_path / name).write_text("\n\n".join(lines))
    terminal = Terminal("review", str(tmp_path / "c.txt"), str(tmp_path / "r.txt"))
    try:
        terminal.wait_for("comparing segments")
        terminal.press("q")
        began = time.monotonic()
        assert terminal.leave(seconds=60) == 0
        assert time.monotonic() - began < 5
    finally:
        terminal.kill()


def test_input_that_cannot_be_read_is_one_line_after_the_screen_has_closed(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    terminal = Terminal("review", str(tmp_path / "binary.txt"), sample("harbour")[1])
    try:
        assert terminal.leave() == 3
        last = terminal.screen.rstrip().splitlines()[-1]
        assert "bleupencil: " in last
        assert "a binary file" in last
    finally:
        terminal.kill()
    assert not (tmp_path / "binary.review").exists()


def test_a_file_that_is_no_session_is_told_and_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Buy nets.\n" * 200)
    terminal = Terminal("review", *sample("ufer"), "--session", str(notes))
    try:
        assert terminal.leave() == 3
        assert "no review: choose another file" in terminal.screen.replace("\r\n", " ")
        assert "Traceback" not in terminal.screen
    finally:
        terminal.kill()
    assert notes.read_text() == "Buy nets.\n" * 200


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 200])
def test_the_size_of_the_terminal_is_used(columns: int, tmp_path: Path) -> None:
    terminal = Terminal("review", *sample("ufer"), "--session", str(tmp_path / "x.review"), size=(columns, 20))
    try:
        terminal.wait_for("reviewed")
        terminal.press("q")
        assert terminal.leave() == 0
    finally:
        terminal.kill()
