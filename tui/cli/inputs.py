"""What `bleupencil score` is to score: one pair, or many of them, of one system or several."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from metrics.errors import UsageError
from metrics.visible import clean

if TYPE_CHECKING:
    from metrics.pairs.pair import Pair

Command = TypeVar("Command", bound=Callable[..., Any])


class Candidate(NamedTuple):
    """A candidate: the name of what made it, empty where it has none, and its path."""

    name: str
    path: str


class CandidateType(click.ParamType):  # type: ignore[type-arg]
    """`[NAME=]PATH`; a table of them in a configuration. What is a path as a whole has no name."""

    name = "candidate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Candidate:
        """Raises click's error for an empty name or path."""
        if isinstance(value, Candidate):
            return value
        name, sign, path = str(value).partition("=")
        if not sign or os.path.exists(value):
            return Candidate("", str(value))
        if not name.strip() or not path:
            self.fail(f"{value!r} has no name or no path: write NAME=PATH, or the path alone.", param, ctx)
        return Candidate(name.strip(), path)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The pairs to score. `alone` are the paths of files without a partner; `single` is the usual case, one pair.

    `fewer` counts pairs that lack one of the further references, where those are folders.
    """

    pairs: "Sequence[Pair]"
    alone: tuple[str, ...] = ()
    single: bool = False
    fewer: int = 0

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of systems, in the order in which they come."""
        return tuple(dict.fromkeys(pair.system for pair in self.pairs))


def input_options(command: Command) -> Command:
    """What is scored besides, or instead of, the two arguments."""
    options = (
        click.option(
            "--reference",
            "references",
            multiple=True,
            metavar="PATH",
            help="A further reference, or with --candidate the first. The first one is what sentences are aligned "
            "with; scores count all. Repeatable.",
        ),
        click.option(
            "--candidate",
            "candidates",
            type=CandidateType(),
            multiple=True,
            metavar="[NAME=]PATH",
            help="A candidate, with the name of what made it. Several are put into one table, each compared with the "
            "first by the paired test. Repeatable.",
        ),
        click.option(
            "--pairs",
            metavar="FILE",
            help="Score the pairs of a list, TSV, CSV or JSON Lines: candidate, reference and, if wanted, id, system, "
            "language. A first line may name the columns; reference2 … are further references; paths are relative to "
            "the list. '-' is standard input.",
        ),
        click.option(
            "--allow-missing", is_flag=True, help="Score folders though files in them have no partner in the other."
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 512),
            metavar="N",
            help="Processes that score many pairs.  [default: as many as there are cores]",
        ),
    )
    return reduce(lambda inner, decorator: decorator(inner), reversed(options), command)


def inputs_of(
    candidate: str | None,
    reference: str | None,
    candidates: Sequence[Candidate],
    references: Sequence[str],
    manifest: str | None,
) -> Inputs:
    """What the arguments and options name.

    With `candidates` and no `references`, an argument alone is the reference. Raises `UsageError` for what lacks a side
    or has too much, for an argument that may be either, and what `metrics.pairs` raises.
    """
    if manifest is not None:
        if candidate is not None or reference is not None or candidates or references:
            raise UsageError("--pairs names all texts by itself: leave the others away")
        from metrics.pairs.manifest import read_pairs

        inputs = Inputs(read_pairs(manifest))
        if "" in inputs.systems and len(inputs.systems) > 1:
            raise UsageError(f"{clean(manifest)}: some lines have a system and some have none: name that of each")
        return inputs
    if candidates and candidate is not None and reference is None:
        if references:
            raise UsageError(
                f"{clean(candidate)} may be a candidate or a reference: name it with --candidate or --reference, too"
            )
        candidate, reference = None, candidate
    systems = [*([] if candidate is None else [Candidate("", candidate)]), *candidates]
    theirs = [*([] if reference is None else [reference]), *references]
    if not systems:
        raise UsageError("no candidate: name two texts or two folders, or --pairs FILE (see 'bleupencil score --help')")
    if not theirs:
        raise UsageError(f"{clean(systems[0].path)} has no reference: name it behind the candidate, or by --reference")
    if len(systems) > 1:
        systems = _named(systems)
    if any(os.path.isdir(path) for path in (*(system.path for system in systems), *theirs)):
        return _folders(systems, theirs)
    from metrics.pairs.pair import Pair

    pairs = [
        Pair(clean(theirs[0]) if len(systems) > 1 else clean(system.path), system.path, tuple(theirs), system.name)
        for system in systems
    ]
    return Inputs(pairs, single=len(pairs) == 1)


def _folders(systems: Sequence[Candidate], references: Sequence[str]) -> Inputs:
    from metrics.pairs.folders import pairs_in_folders

    found = [pairs_in_folders(system.path, references, system.name) for system in systems]
    alone = dict.fromkeys(path for each in found for path in each.alone)
    pairs = [pair for each in found for pair in each.pairs]
    fewer = sum(len(pair.references) < len(references) for pair in pairs)
    return Inputs(pairs, tuple(alone), fewer=fewer)


def _named(systems: Sequence[Candidate]) -> list[Candidate]:
    named = [Candidate(system.name or clean(system.path), system.path) for system in systems]
    seen: set[str] = set()
    for system in named:
        if system.name in seen:
            raise UsageError(f"two candidates are called {clean(system.name)!r}: name them, --candidate NAME=PATH")
        seen.add(system.name)
    return named
