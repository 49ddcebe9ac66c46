"""All commands of the dialogue: their words, the keys of the app that they share, and what each does."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from metrics.errors import UsageError
from metrics.mqm.model import Disposition
from tui.plain import aligning, choosing, judging, marking, moving, summing
from tui.plain.typed import nearest
from tui.plain.walk import Walk

Run = Callable[[Walk, str], Iterator[str]]


class Command(NamedTuple):
    """`name` may be followed by what `usage` shows; `key` does the same in the app; `told` is for the help."""

    name: str
    key: str
    usage: str
    told: str
    run: Run


COMMANDS: tuple[Command, ...] = (
    Command("where", "", "", "read the passage again; so does an empty line at a terminal", moving.where),
    Command("next", "j", "[N]", "next passage of the queue, or the Nth from here", moving.forward),
    Command("previous", "k", "[N]", "previous passage", moving.back),
    Command("worst", "w", "[back]", "next worst passage that is not reviewed", moving.worst),
    Command("worse", "W", "", "previous worse passage that is not reviewed, as worst back", moving.worse),
    Command("first", "g", "", "first passage of the queue", moving.first),
    Command("last", "G", "", "last passage of the queue", moving.last),
    Command("go", "", "N", "passage N of the queue; the number alone will do", moving.go),
    Command("list", "", "[N]", "the queue around here, N passages each way", moving.around),
    Command("context", "", "N", "read N sentences around the passage, 0 to 5", moving.context),
    Command("less", "{", "", "a sentence less of them", moving.less_context),
    Command("more", "}", "", "a sentence more", moving.more_context),
    Command("note", "n", "", "next mark or finding; during a search, next hit", moving.next_note),
    Command("earlier", "N", "", "previous mark, finding or hit", moving.previous_note),
    Command("findings", "", "", "read the findings with their numbers", moving.findings),
    Command("marks", "", "", "read the marks with their numbers", moving.marks),
    Command("words", "", "", "read the words of both texts with their numbers", moving.words),
    Command("risk", "", "", "what the risk is the sum of", moving.risk),
    Command("fine", "space", "", "the passage is fine; on to the next that is not reviewed", judging.fine),
    Command("error", "e", "", "the passage is wrong", judging.call(Disposition.ERROR)),
    Command("paraphrase", "p", "", "an acceptable paraphrase", judging.call(Disposition.PARAPHRASE)),
    Command("misaligned", "A", "", "leave it out of the scores: misaligned", judging.call(Disposition.MISALIGNMENT)),
    Command("noise", "s", "", "leave it out of the scores: source noise", judging.call(Disposition.NOISE)),
    Command("open", "", "", "take back what the passage is called", judging.reopen),
    Command(
        "mark",
        "v",
        "WORDS [CATEGORY] [SEVERITY] [NOTE]",
        "mark words as an error: in quotation marks, by their numbers as 4-6, r4-6 in the reference, or whole for the "
        "passage; category by id, name or keys as 2m; severity m, M, c or a full stop, or its word; the note in "
        "quotation marks; what is left out is as the last time",
        marking.mark,
    ),
    Command("edit", "", "[N] CHANGES", "change mark N: category, severity, note, or words with on", marking.edit),
    Command("delete", "d", "[N]", "take mark N away", judging.delete),
    Command("take", "y", "[N]", "make finding N a mark", judging.take),
    Command(
        "dismiss", "x", "[N], or all KIND [here]", "set finding N aside, or all of a kind everywhere", judging.dismiss
    ),
    Command("never", "X", "KIND [here]", "the same as dismiss all", judging.dismiss_kind),
    Command("bring", "B", "back", "bring the findings back that were dismissed in the passage", judging.bring_back),
    Command("categories", "", "[NAME]", "read what errors are called, with their keys", marking.categories),
    Command("undo", "z", "", "undo what you did last", judging.undo),
    Command("redo", "Z", "", "redo what you undid last", judging.redo),
    Command("search", "/", "WORDS", "next passage with these words in either text", choosing.search),
    Command("regex", "", "PATTERN", "next passage that a regular expression matches", choosing.expression),
    Command("filter", "\\", "[WORDS]", "only some passages, as filter omitted chrf<40 not reviewed", choosing.choose),
    Command("order", "o", "[NAME]", "another order of the queue", choosing.order),
    Command("clear", "escape", "", "end the search, or else the filter", choosing.clear),
    Command(
        "align", "a", "[CHANGE]", "correct the alignment; alone, tell the sentences and the changes", aligning.align
    ),
    Command("corrections", "", "", "list the corrections of the alignment, latest first", aligning.listed),
    Command("summary", "", "", "scores, coverage, progress, scorecard and verdict", summing.summary),
)
#: Told with the commands, though they are the dialogue's own.
HELP, QUIT = ("help", "?"), ("quit", "q")
_BY_WORD = {word: command for command in COMMANDS for word in (command.name, command.key) if word}
#: Keys that need nothing between them and what follows.
_PREFIXES = ("/", "\\")


class Understood(NamedTuple):
    """A command and what followed it."""

    run: Run
    rest: str


def understood(line: str) -> Understood:
    """The command of a line that is neither help nor quit. Raises `UsageError` for one that is no command."""
    if line[0] in _PREFIXES:
        return Understood(_BY_WORD[line[0]].run, line[1:].strip())
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    if word.isascii() and word.isdigit() and not rest:
        return Understood(moving.go, word)
    command = _BY_WORD.get(word) or (_BY_WORD.get(word.casefold()) if len(word) > 1 else None)
    if command is None:
        names = [each.name for each in COMMANDS] + [*HELP, *QUIT]
        raise UsageError(f"“{word}” is no command{nearest(word, names)}: 'help' lists them")
    if rest and not command.usage:
        raise UsageError(f"nothing follows '{command.name}': {command.told}")
    return Understood(command.run, rest)


def help_told(rest: str) -> Iterator[str]:
    """A line for each command, or for one. Raises `UsageError` for an unknown one."""
    if rest:
        command = _BY_WORD.get(rest)
        if command is None:
            raise UsageError(f"“{rest}” is no command{nearest(rest, _BY_WORD)}: 'help' alone lists them")
        yield _told(command)
        return
    for command in COMMANDS:
        yield _told(command)
    yield "quit or q: leave; all that you did is kept. The end of the input does the same."


def _told(command: Command) -> str:
    keys = {"\\": "backslash", "/": "slash", "{": "left brace", "}": "right brace"}
    key = f" or {keys.get(command.key, command.key)}" if command.key else ""
    return f"{command.name}{key}{f' {command.usage}' if command.usage else ''}: {command.told}."
