"""What to review, where the command line does not say: a review that was begun, or two texts."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DirectoryTree, Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from metrics.errors import BleupencilError, UsageError
from metrics.model import Settings
from metrics.mqm.file import ReviewFile
from metrics.mqm.units import session_path
from metrics.visible import clean
from metrics.wording import count
from tui.content import plain, shortened
from tui.recent import Recent, Standing, forget, standing
from tui.textfiles import check_text, proposed_reference, same_file
from tui.widgets.filetree import FileTree
from tui.widgets.keybar import KeyBar
from tui.widgets.pathinput import PathInput

#: Cells of a row of recent reviews that are not for names: borders, scroll bar, and the arrow between names.
_ROOM = 10


class Chosen(NamedTuple):
    """A pair to review. The review file is the usual one, and the settings are those of the call, where None."""

    candidate: str
    reference: str
    session: str | None = None
    settings: Settings | None = None


class StartScreen(Screen[Chosen | None]):
    """Returns what was chosen, or None when the user leaves."""

    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Down", id="start.down", tooltip="Next recent review", show=False),
        Binding("k", "move(-1)", "Up", id="start.up", tooltip="Previous recent review", show=False),
        Binding("delete,d", "forget", "Forget", id="start.forget", tooltip="Take the review off this list"),
        Binding("escape,q", "leave", "Leave", id="start.leave", tooltip="Leave without reviewing anything"),
    ]

    class StandingRead(Message):
        """How far a review has come is known."""

        def __init__(self, entry: Recent, standing: Standing) -> None:
            self.entry = entry
            self.standing = standing
            super().__init__()

    def __init__(self, recents: Sequence[Recent], reviewer: str, told: str = "", folder: Path | None = None) -> None:
        """`recents` are `tui.recent.recent()`; `told` is what went wrong before; `folder` is where files are shown.

        The folder is the working folder unless given.
        """
        super().__init__()
        self._recents = list(recents)
        self._reviewer = reviewer
        self._told = told
        self._folder = folder or Path.cwd()
        self._standings: dict[str, Standing] = {}
        self._proposed: Path | None = None

    def compose(self) -> ComposeResult:
        """Recent reviews, where there are any; two paths; files; what is wrong."""
        yield Static(Content("bleupencil · Tab goes on, Enter chooses"), id="title")
        if self._recents:
            recents = OptionList(*(Option("") for _ in self._recents), id="recents", markup=False)
            recents.border_title = "Recent reviews"
            yield recents
        for name in ("candidate", "reference"):
            with Horizontal(classes="field"):
                yield Static(Content(name), classes="name")
                yield PathInput(name, "its path, or choose a file below")
        files = FileTree(self._folder, id="files")
        files.border_title = "Files"
        yield files
        yield Static(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the recent reviews, and find out how far they have come."""
        self._tell(self._told)
        if self._recents:
            self.query_one("#recents", OptionList).highlighted = 0
            self.read_standings()
        self.query_one("#recents" if self._recents else "#candidate").focus()

    @work(thread=True, exclusive=True, group="standings", exit_on_error=False)
    def read_standings(self) -> None:
        """Read the review files, newest first."""
        worker = get_current_worker()
        for entry in tuple(self._recents):
            if worker.is_cancelled:
                return
            if not entry.missing:
                found = standing(entry, self._reviewer)
                if not worker.is_cancelled:
                    self.post_message(self.StandingRead(entry, found))

    @on(StandingRead)
    def show_standing(self, event: StandingRead) -> None:
        """Show how far a review has come."""
        self._standings[event.entry.session] = event.standing
        self._show_recents()

    def on_resize(self) -> None:
        """Names take the room that there is."""
        self._show_recents()

    def _show_recents(self) -> None:
        for place, entry in enumerate(self._recents):
            row = _row(entry, self._standings.get(entry.session), max(20, self.size.width - _ROOM))
            self.query_one("#recents", OptionList).replace_option_prompt_at_index(place, row)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The list has keys while it is walked."""
        if action in ("move", "forget"):
            return self.focused is not None and self.focused.id == "recents"
        return True

    @on(OptionList.OptionSelected)
    def resume(self, event: OptionList.OptionSelected) -> None:
        """Go on with a review."""
        entry = self._recents[event.option_index]
        if entry.missing:
            self._tell(f"{entry.missing[0]} is gone: choose the texts below, or take the review off the list")
            return
        try:
            check_text(Path(entry.candidate))
            check_text(Path(entry.reference))
            _check_session(entry.session)
        except BleupencilError as error:
            self._tell(str(error))
            return
        self._return(Chosen(entry.candidate, entry.reference, entry.session, entry.settings))

    @on(DirectoryTree.FileSelected)
    def take_file(self, event: DirectoryTree.FileSelected) -> None:
        """Take a file for the candidate, if that is not chosen, else for the reference."""
        event.stop()
        candidate, reference = self._inputs()
        field = candidate if candidate.path is None else reference
        field.choose(event.path)
        self._taken(field)

    @on(Input.Submitted)
    def take_path(self, event: Input.Submitted) -> None:
        """Go on to what is missing, or begin."""
        assert isinstance(event.input, PathInput)
        path = event.input.path
        if path is not None and path.is_dir():
            self._tell("")
            files = self.query_one(FileTree)
            files.show(path)
            files.focus()
            return
        self._taken(event.input)

    def _taken(self, field: PathInput) -> None:
        """See what a field has, and go on."""
        candidate, reference = self._inputs()
        self._tell("")
        if field.path is None:
            self._tell(f"The {field.id} is missing: write its path, or choose a file below.")
            return
        try:
            check_text(field.path)
        except BleupencilError as error:
            self._tell(str(error))
            field.focus()
            return
        if field is candidate:
            self.query_one(FileTree).show(field.path.parent)
            self._propose(field.path)
            reference.focus()
        elif candidate.path is None:
            candidate.focus()
        else:
            self._begin(candidate.path, field.path)

    def _propose(self, candidate: Path) -> None:
        """Write what may be the reference, unless the user has written another."""
        _, reference = self._inputs()
        if reference.path is None or reference.path == self._proposed:
            self._proposed = proposed_reference(candidate)
            if self._proposed is not None:
                reference.choose(self._proposed)
                self._tell("Enter begins, if this is the reference.")
            else:
                reference.value = ""

    def _begin(self, candidate: Path, reference: Path) -> None:
        try:
            check_text(candidate)
            check_text(reference)
            if same_file(candidate, reference):
                raise UsageError(f"{reference} is the candidate already: choose another file for the reference")
            session = session_path(str(candidate))
            if os.path.lexists(session):
                _check_session(str(session))
        except BleupencilError as error:
            self._tell(str(error))
            return
        self._return(Chosen(str(candidate), str(reference)))

    def _return(self, chosen: Chosen | None) -> None:
        self.workers.cancel_node(self)
        self.dismiss(chosen)

    def action_move(self, rows: int) -> None:
        """Go on or back in the list."""
        recents = self.query_one("#recents", OptionList)
        recents.action_cursor_down() if rows > 0 else recents.action_cursor_up()

    def action_forget(self) -> None:
        """Take the selected review off the list."""
        recents = self.query_one("#recents", OptionList)
        if recents.highlighted is None:
            return
        entry = self._recents.pop(recents.highlighted)
        forget(entry.session)
        self._tell(f"{entry.session} is off the list; the file stays.")
        recents.remove_option_at_index(recents.highlighted)
        if not self._recents:
            self.query_one("#candidate").focus()
            recents.display = False

    def action_leave(self) -> None:
        """Review nothing."""
        self._return(None)

    def _inputs(self) -> tuple[PathInput, PathInput]:
        return self.query_one("#candidate", PathInput), self.query_one("#reference", PathInput)

    def _tell(self, what: str) -> None:
        told = self.query_one("#told", Static)
        told.update(plain(what))
        told.display = bool(what)


def _check_session(session: str) -> None:
    """See that a review file can be gone on with. Raises `BleupencilError`."""
    ReviewFile(session, create=True, readonly=False)


def _row(entry: Recent, standing: Standing | None, cells: int) -> Content:
    """Two lines: the texts, and how far their review has come."""
    folder, reference = os.path.split(entry.candidate)[0], entry.reference
    if os.path.split(reference)[0] == folder:
        reference = os.path.split(reference)[1]
    half = cells // 2
    left = shortened(_home(entry.candidate), max(half, cells - len(reference)))
    right = shortened(_home(reference), cells - min(half, len(left)) if len(left) < half else half)
    return Content.assemble((f"{left} ⇄ {right}", "bold"), "\n  ", _told(entry, standing, cells))


def _told(entry: Recent, standing: Standing | None, cells: int) -> Content:
    if entry.missing:
        return Content(f"gone: {shortened(_home(entry.missing[0]), cells - 6)}")
    if standing is None:
        return Content("…")
    if standing.trouble:
        # What is wrong must not be cut off behind a long path.
        return plain(standing.trouble.removeprefix(clean(os.path.join(os.path.dirname(entry.session), ""))))
    last = f" · {standing.last.astimezone():%Y-%m-%d %H:%M}" if standing.last else ""
    marks = count(standing.annotations, "mark")
    return Content(f"{standing.reviewed:,} of {standing.passages:,} reviewed · {marks}{last}")


def _home(path: str) -> str:
    """A path with ~ for the user's own folder."""
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if home != os.sep and path.startswith(home + os.sep) else path
