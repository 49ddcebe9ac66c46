"""The `bleupencil` command: its exit codes, its streams, and errors as one line."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum
from importlib import import_module

import click

from metrics import __version__
from metrics.errors import BleupencilError, InputError
from metrics.visible import clean

#: Each command's module here, which holds it under the same name.
_MODULES = {
    "review": "review",
    "score": "score",
    "report": "report",
    "align": "align",
    "export": "export",
    "import": "import_",
    "agree": "agree",
    "mqm": "mqm",
}


class Exit(IntEnum):
    """What the exit status says."""

    PASSED = 0
    BELOW_THRESHOLD = 1
    USAGE = 2
    INPUT = 3
    INTERNAL = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


class Commands(click.Group):
    """The commands, each imported when it is called: a job that calls one does not wait for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, by the alphabet."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        name = _MODULES.get(cmd_name)
        if name is None:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 passed, 1 below a threshold, 2 usage, 3 input that cannot be processed, 70 a fault of "
    "bleupencil's own, 130 interrupted, 141 nobody reads the output, 143 terminated.",
)
@click.version_option(__version__, prog_name="bleupencil", message="%(prog)s %(version)s")
def bleupencil() -> None:
    """Review a translation against the reference it should match.

    Nobody has to align the two texts first: bleupencil finds which sentence answers which, scores every
    passage, and shows the worst ones first.

    \b
    Try:  bleupencil review samples/harbour/candidate.txt samples/harbour/reference.txt
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and leaves with its exit status."""
    status = run(arguments)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # closed, or told already
            stream.flush()
    # Python would free all memory piece by piece, for a tenth of the time of the whole job, and wait for a worker that
    # aligns for an app that was left. Nothing is open any more, so the system may have all of it at once.
    os._exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Whatever goes wrong is one line on standard error, and an exit status."""
    if sys.stdout is None:
        return _failed("standard output is closed: open it, or send it to a file", Exit.USAGE)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # It lives as long as the process.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        status = bleupencil.main(
            list(arguments) if arguments is not None else None, prog_name="bleupencil", standalone_mode=False
        )
        sys.stdout.flush()
        return Exit(status or Exit.PASSED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return Exit.USAGE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "bleupencil"
        return _failed(f"{error.format_message()} (see '{command} --help')", Exit.USAGE)
    except BleupencilError as error:
        return _failed(str(error), Exit.INPUT if isinstance(error, InputError) else Exit.USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _failed("interrupted", Exit.INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # click leaves with 1 on a closed pipe, which here means a threshold
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PIPE_CLOSED
    except OSError as error:
        return _failed(f"cannot write the output: {error.strerror}: send it elsewhere", Exit.USAGE)
    except MemoryError:
        return _failed("out of memory: try shorter texts, or --aligned for texts that already are", Exit.INPUT)
    except Exception as error:
        if os.environ.get("BLEUPENCIL_DEBUG"):
            raise
        return _failed(
            f"internal error, {type(error).__name__}: {error} (please report it; BLEUPENCIL_DEBUG=1 shows where)",
            Exit.INTERNAL,
        )


def _failed(message: str, status: Exit) -> int:
    click.echo(f"bleupencil: {clean(' '.join(message.split()))}", err=True)
    return status
