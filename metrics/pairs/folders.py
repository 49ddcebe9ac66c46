"""Which file of one folder answers which of another.

The rule, as a user is told it: files match by their path below the folder or, where that finds none, by the path
without extension, language codes and words such as hyp or ref; a language tells files apart where a folder holds
several.
"""

import os
import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from errno import ELOOP
from typing import TypeVar

from metrics.errors import MissingFile, UnreadableFile, UsageError
from metrics.pairs.marks import Name, take_apart
from metrics.pairs.pair import Found, Pair
from metrics.reading import is_readable, open_source
from metrics.visible import clean
from metrics.wording import count

Key = TypeVar("Key", bound=Hashable)

#: How many files a message names.
_NAMED = 3
_DIGITS = re.compile("([0-9]+)")


@dataclass(frozen=True, slots=True)
class _Folder:
    """The texts below a folder by their paths there, with `/` between parts."""

    path: str
    texts: dict[str, Name]
    passed_over: int
    several: bool

    def file(self, below: str) -> str:
        return os.path.join(self.path, below)


def pairs_in_folders(candidate: str, references: Sequence[str], system: str = "") -> Found:
    """The pairs of a folder of candidates and one or more of references, at any depth.

    A pair needs a file in the first reference folder; the others may lack it. Its id is the first reference's path
    below its folder, so that it is the same for all systems. Files that have the same path are a pair. What is
    then left is matched without regard to extension, language codes and words such as hyp or ref; to case and Unicode
    normalization neither. Two such files whose languages differ match only where neither folder has several.

    Hidden files and folders are passed over, as are folders met before (symbolic links may lead there) and the other
    folders given, where they lie inside; files that are no text are passed over and counted.

    Raises `UsageError` where a file could answer several, where nothing matches or where a path is a file, and
    `MissingFile` for a folder that is not there or without texts, and `UnreadableFile` for one that the system refuses.
    """
    given = (candidate, *references)
    for path in given:
        if not os.path.isdir(path):
            name = open_source(path).name
            raise UsageError(f"{clean(name)} is a file and no folder: name two files or two folders")
    candidates, *others = (_folder(path, given) for path in given)
    answers = [_matches(candidates, folder) for folder in others]
    pairs = []
    ids = set[str]()
    for text in sorted(answers[0], key=lambda text: _natural(answers[0][text])):
        found = tuple(
            folder.file(answer[text]) for folder, answer in zip(others, answers, strict=True) if text in answer
        )
        name = _unused(clean(answers[0][text]), ids)
        ids.add(name)
        pairs.append(Pair(name, candidates.file(text), found, clean(system)))
    paired = {path for pair in pairs for path in (pair.candidate, *pair.references)}
    every = (folder.file(text) for folder in (candidates, *others) for text in folder.texts)
    alone = tuple(path for path in every if path not in paired)
    return Found(tuple(pairs), alone, candidates.passed_over + sum(folder.passed_over for folder in others))


def _folder(path: str, given: Sequence[str]) -> _Folder:
    texts: list[str] = []
    others: list[str] = []
    identity = _identity(path)
    for below in _files(path, {_identity(each) for each in given} - {identity}):
        (texts if is_readable(os.path.join(path, below)) else others).append(below)
    if not texts:
        found = f"{count(len(others), 'other file')} such as {clean(others[0])}" if others else "no other file either"
        raise MissingFile(f"no text in the folder {clean(path)} ({found}): name a folder with text files")
    named = {text: take_apart(text) for text in sorted(texts, key=_natural)}
    languages = {name.languages for name in named.values() if name.languages}
    return _Folder(path, named, len(others), len(languages) > 1)


def _files(folder: str, elsewhere: set[tuple[int, int]]) -> Iterator[str]:
    """Paths below `folder` of the files that are not hidden; folders in `elsewhere` are not entered.

    Links to folders come last, so that a folder that is met twice is read under its own name.
    """
    met = set(elsewhere)
    waiting, linked = deque([""]), deque[str]()
    while waiting or linked:
        below = waiting.popleft() if waiting else linked.popleft()
        path = os.path.join(folder, below)
        if (identity := _identity(path)) in met:
            continue
        met.add(identity)
        for entry in _entries(path):
            try:
                is_folder = entry.is_dir()
            except OSError as error:
                if error.errno == ELOOP:
                    continue
                is_folder = False  # what is wrong with it is told when it is to be read
            if is_folder:
                (linked if entry.is_symlink() else waiting).append(f"{below}{entry.name}/")
            else:
                yield below + entry.name


def _entries(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda each: each.name)
    except OSError as error:
        raise _refused(path, error) from None


def _identity(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError as error:
        raise _refused(path, error) from None
    return status.st_dev, status.st_ino


def _refused(path: str, error: OSError) -> UnreadableFile:
    reason = (error.strerror or str(error)).lower()
    return UnreadableFile(f"{clean(path)}: {reason}: check the folder and its permissions")


def _matches(ours: _Folder, theirs: _Folder) -> dict[str, str]:
    """Paths below `theirs` by the paths below `ours` that they answer."""
    found = {text: text for text in ours.texts if text in theirs.texts}
    mine, yours = (_grouped(folder.texts.keys() - found.keys(), folder, _rest) for folder in (ours, theirs))
    for rest in sorted(mine.keys() & yours.keys()):
        found |= _matches_of_one_name(ours, mine[rest], theirs, yours[rest])
    if not found:
        here, there = (f"{clean(folder.path)} ({_some(folder, folder.texts)})" for folder in (ours, theirs))
        raise UsageError(
            f"no file in {here} has a partner in {there}: give both the same name, or list them in --pairs"
        )
    return found


def _matches_of_one_name(ours: _Folder, mine: list[str], theirs: _Folder, yours: list[str]) -> dict[str, str]:
    """What answers what among files whose names without marks are the same.

    Those that differ in their extensions only, and then those whose marks name the same language, are taken for
    partners, but not where a file that is left over could take the place of one of them.
    """
    apart = ours.several or theirs.several

    def fit(one: str, other: str) -> bool:
        here, there = ours.texts[one].languages, theirs.texts[other].languages
        return not (apart and here and there) or bool(here & there)

    found: dict[str, str] = {}
    left, right = set(mine), set(yours)
    for key in (_plain, _tags):
        here, there = _grouped(left, ours, key), _grouped(right, theirs, key)
        for each in here.keys() & there.keys():
            if len(here[each]) == len(there[each]) == 1:
                found[here[each][0]] = there[each][0]
        left, right = left - found.keys(), right - set(found.values())
    for one in filter(left.__contains__, mine):
        fitting = [other for other in yours if fit(one, other)]
        if len(fitting) > 1:
            raise _ambiguous(ours.file(one), _some(theirs, fitting))
        if fitting:
            rivals = [rival for rival in mine if fit(rival, fitting[0])]
            if len(rivals) > 1:
                raise _ambiguous(theirs.file(fitting[0]), _some(ours, rivals))
            found[one] = fitting[0]
    unanswered = right - set(found.values())
    for one in mine:
        fitting = [other for other in yours if fit(one, other)]
        if not unanswered.isdisjoint(fitting):
            raise _ambiguous(ours.file(one), _some(theirs, fitting))
    return found


def _rest(name: Name) -> str:
    return name.rest


def _plain(name: Name) -> str:
    return name.plain


def _tags(name: Name) -> frozenset[str]:
    return name.tags


def _ambiguous(path: str, several: str) -> UsageError:
    return UsageError(f"{clean(path)} could go with any of {several}: rename them, or list the pairs in --pairs")


def _grouped(texts: Iterable[str], folder: _Folder, key: Callable[[Name], Key]) -> dict[Key, list[str]]:
    groups: dict[Key, list[str]] = defaultdict(list)
    for text in sorted(texts, key=_natural):
        groups[key(folder.texts[text])].append(text)
    return groups


def _some(folder: _Folder, texts: Iterable[str]) -> str:
    paths = [clean(folder.file(text)) for text in texts]
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more


def _natural(path: str) -> tuple[object, ...]:
    """Sorts paths part by part and numbers in them by value; no two paths are the same."""
    return *map(_natural_part, path.split("/")), (path,)


def _natural_part(name: str) -> tuple[str | tuple[int, str], ...]:
    pieces = _DIGITS.split(name.casefold())
    numbers = [(len(digits.lstrip("0")), digits.lstrip("0")) for digits in pieces[1::2]]
    return tuple(piece for both in zip(pieces[::2], [*numbers, (0, "")], strict=True) for piece in both)


def _unused(name: str, used: set[str]) -> str:
    """`name`, which cleaning may have made that of another file, with a number behind it then."""
    number, other = 1, name
    while other in used:
        number += 1
        other = f"{name} ({number})"
    return other
