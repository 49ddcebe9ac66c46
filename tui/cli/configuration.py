"""Options of a command from `bleupencil.toml` or `[tool.bleupencil]` in pyproject.toml.

The nearest file upward from the working folder counts, and in one folder bleupencil.toml before pyproject.toml; a
pyproject.toml without the table is passed over. Keys are the long names of options, without dashes in front, and the
names of arguments; `min`, `max` and `max-drop` are tables. Paths are relative to the file. The command line wins.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from metrics.errors import UnreadableFile, UsageError
from metrics.visible import clean
from tui.cli.inputs import Candidate, CandidateType

OWN, SHARED = "bleupencil.toml", "pyproject.toml"
_TABLE = "[tool.bleupencil]"
#: Where the file that was read is kept in the context.
_META = "tui.cli.configuration"


class Limit(NamedTuple):
    """A name and a number, as `--min NAME=NUMBER` has them."""

    name: str
    number: float


class LimitType(click.ParamType):  # type: ignore[type-arg]
    """`NAME=NUMBER`; a table of them in a configuration."""

    name = "limit"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Limit:
        """Raises click's error for what is no such thing."""
        if isinstance(value, Limit):
            return value
        name, sign, number = str(value).rpartition("=")
        try:
            limit = Limit(name.strip(), float(number))
        except ValueError:
            limit = Limit("", math.nan)
        if not sign or not limit.name or not math.isfinite(limit.number):
            self.fail(f"{value!r} is no name and number: write it like chrF=55.", param, ctx)
        return limit


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says: values by the names of a command's parameters.

    `path` is printable, and empty where there is no file.
    """

    path: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class ConfiguredCommand(click.Command):
    """A command whose parameters may be set in a file."""

    #: Parameters that are paths, but for `-`.
    paths = frozenset(
        {"candidate", "reference", "candidates", "references", "pairs", "glossary", "session", "baseline"}
        | {"save_baseline"}
    )
    #: What takes the place of what: one on the command line puts away what the configuration says of the others.
    rivals: Mapping[str, tuple[str, ...]] = MappingProxyType(
        {
            "lines": ("aligned",),
            "aligned": ("lines",),
            "candidate": ("candidates", "pairs"),
            "candidates": ("candidate", "pairs"),
            "reference": ("references", "pairs"),
            "references": ("reference", "pairs"),
            "pairs": ("candidate", "reference", "candidates", "references"),
        }
    )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises `UsageError` for a file that says what the command does not know; asking for help does without it."""
        if not any(name in args for name in ctx.help_option_names):
            ctx.meta[_META] = configuration = find_configuration(self)
            ctx.default_map = dict(configuration.values)
        rest = super().parse_args(ctx, args)
        for typed, others in self.rivals.items():
            if ctx.get_parameter_source(typed) is ParameterSource.COMMANDLINE:
                for other in others:
                    if ctx.get_parameter_source(other) is ParameterSource.DEFAULT_MAP:
                        ctx.params[other] = _unsaid(ctx.params[other])
        return rest


def configuration_of(ctx: click.Context) -> Configuration:
    """What the file said that the context's command was given."""
    found: Configuration = ctx.meta.get(_META) or Configuration()
    return found


def find_configuration(command: ConfiguredCommand) -> Configuration:
    """What the nearest file says to a command; nothing where there is none.

    Raises `UnreadableFile`, and `UsageError` for what is no TOML, an unknown key or a value of another type.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return Configuration()
    for folder in (here, *here.parents):
        for name in (OWN, SHARED):
            path = folder / name
            table = _table(path, clean(os.path.relpath(path, here)))
            if table is not None:
                return _configuration(command, table, path.parent, os.path.relpath(path, here))
    return Configuration()


def _table(path: Path, shown: str) -> Mapping[str, Any] | None:
    """What the file has for this program; None where there is no file, or nothing for it."""
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise UnreadableFile(f"{shown}: {(error.strerror or str(error)).lower()}: check its permissions") from None
    if path.name == SHARED and b"bleupencil" not in raw:
        return None
    import tomllib

    try:
        values = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{shown}: not TOML ({clean(str(error))}): mend it") from None
    if path.name == OWN:
        return values
    tool = values.get("tool")
    table = tool.get("bleupencil") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{shown}: tool.bleupencil is no table: write {_TABLE} and its keys below")
    return table


def _configuration(command: ConfiguredCommand, table: Mapping[str, Any], folder: Path, path: str) -> Configuration:
    shown = clean(path)
    where = f"{shown}: {_TABLE}" if path.endswith(SHARED) else shown
    parameters: dict[str, list[click.Parameter]] = {}
    for parameter in command.params:
        parameters.setdefault(_key(parameter), []).append(parameter)
    values = {}
    for key, value in table.items():
        if key not in parameters:
            raise UsageError(f"{where}: unknown key {clean(key)!r}: {_nearest(key, parameters)}")
        # An argument and an option that may be repeated share a key: one text, or several.
        several = isinstance(value, list | dict)
        parameter = max(parameters[key], key=lambda each: getattr(each, "multiple", False) is several)
        try:
            found = _value(parameter, value)
        except click.BadParameter as error:
            raise UsageError(f"{where}: {key}: {clean(error.message.rstrip('.'))}") from None
        if parameter.name in command.paths:
            found = _from_here(found, folder)
        values[parameter.name or key] = found
    return Configuration(shown, values)


def _from_here(found: Any, folder: Path) -> Any:
    """A path of the file, or several, or named ones, as they are from the working folder."""
    if isinstance(found, list):
        return [_from_here(each, folder) for each in found]
    if isinstance(found, Candidate):
        return Candidate(found.name, _from_here(found.path, folder))
    return found if found in ("", "-") or os.path.isabs(found) else os.path.relpath(folder / found)


def _unsaid(value: Any) -> Any:
    """What a parameter has that nobody says anything of."""
    return False if isinstance(value, bool) else () if isinstance(value, tuple) else None


def _key(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.name or ""
    return max(parameter.opts, key=len).lstrip("-")


def _value(parameter: click.Parameter, value: Any) -> Any:
    """The value as the parameter has it; raises click's error for one of another type or out of range."""
    kind = parameter.type
    if isinstance(kind, LimitType):
        if not isinstance(value, dict) or not all(map(_is_number, value.values())):
            raise click.BadParameter("no table of names and numbers: write { chrF = 55 } or the like")
        return [Limit(name, float(number)) for name, number in value.items()]
    if isinstance(kind, CandidateType) and isinstance(value, dict):
        if not all(isinstance(path, str) for path in value.values()):
            raise click.BadParameter('no table of names and paths: write { mine = "mine.txt" } or the like')
        return [Candidate(name, path) for name, path in value.items()]
    if getattr(parameter, "multiple", False):
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise click.BadParameter('no list of texts: write ["…", "…"]')
        return [kind(each) for each in value]
    if getattr(parameter, "is_flag", False):
        if not isinstance(value, bool):
            raise click.BadParameter("neither true nor false: write one of them")
        return value
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        if not _is_number(value):
            raise click.BadParameter("no number: write it without quotation marks")
        if isinstance(kind, click.types.IntParamType) and not isinstance(value, int):
            raise click.BadParameter(f"{value:g} is no whole number")
    elif not isinstance(value, str):
        raise click.BadParameter('no text: write it in quotation marks, "…"')
    return kind(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _nearest(key: str, known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key.replace("_", "-").casefold(), known, n=1)
    return f"did you mean {near[0]}?" if near else f"choose from {', '.join(known)}"
