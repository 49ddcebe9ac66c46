"""What the name of a file says besides which text it holds: its form, its language, whose version it is.

Sources for what is met: the file names of WMT (`newstest2020.de-en.ref.en`), OPUS (`news.de-en.de`) and FLORES
(`deu_Latn.devtest`), gettext's, Android's and Apple's folders, and language tags as BCP 47 and POSIX write them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from locale import locale_alias
from typing import NamedTuple
from unicodedata import normalize

from metrics.languages import ISO_639, language_code

_EXTENSION = re.compile(
    r"\.(txt|text|md|markdown|rst|adoc|html?|xhtml|xml|sgml?|json|jsonl|ya?ml|po|pot|xlf|xliff|tmx|srt|vtt|tsv|csv|tex"
    r"|rtf|docx?|odt|pdf|properties|strings|lproj)\Z",
    re.IGNORECASE,
)
# Not "src": a source is neither a candidate nor a reference, and has no partner here.
_ROLES = (
    "hyp|hypo|hypothesis|cand|candidate|mt|out|output|pred|translation|translated|ref|reference|gold|tgt|trg|target"
    "|LC_MESSAGES"
)
_ROLE_LAST = re.compile(rf"(?:^|[._-])(?i:{_ROLES})(?:[.-]?[A-D])?\Z")
# Not before a hyphen: reference-guide is a guide. A number behind it tells texts apart and stays.
_ROLE_FIRST = re.compile(rf"(?:{_ROLES})[._](?=.)", re.IGNORECASE | re.DOTALL)
_ROLE_NUMBERED = re.compile(rf"(?<![^._-])(?:{_ROLES})[._-]?(?=[0-9]+\Z)", re.IGNORECASE)
_SCRIPTS = (
    "Latn|Cyrl|Arab|Hans|Hant|Hani|Jpan|Hang|Kore|Deva|Beng|Grek|Hebr|Thai|Laoo|Khmr|Mymr|Tibt|Ethi|Armn|Geor|Taml|Telu"
    "|Knda|Mlym|Sinh|Gujr|Guru|Orya|Olck|Mtei|Tfng|Nkoo|Mong"
)
_TAG = (
    rf"(?P<code>[a-z]{{2,3}}|[A-Z]{{2}})(?:[-_](?P<script>{_SCRIPTS}))?"
    r"(?:[-_](?P<region>r?[A-Z]{2}|[a-z]{2}|419))?(?:@(?P<modifier>[a-z]+))?"
)
_TAG_LAST = re.compile(rf"(?:^|(?P<before>[._-])){_TAG}\Z")
_TAG_FIRST = re.compile(rf"(?P<before>){_TAG}\.(?=.)", re.DOTALL)
_TWO_LETTERS = frozenset(ISO_639.values())


class Name(NamedTuple):
    """A path without its marks, and what its marks say of the language.

    `rest` and `plain` are folded, so that case and Unicode normalization make no difference: `plain` has lost its
    extension only. `languages` are codes as of ISO 639-1 where there is one; `tags` are these with scripts and regions.
    """

    plain: str
    rest: str
    languages: frozenset[str]
    tags: frozenset[str]


class _Part(NamedTuple):
    rest: str
    languages: frozenset[str]
    tags: frozenset[str]


def take_apart(path: str) -> Name:
    """The name of a text by its path below a folder, with `/` between parts."""
    *folders, file = map(_part, path.split("/"))
    kept = [folder.rest for folder in folders if folder.rest]
    return Name(
        _folded(_EXTENSION.sub("", path)),
        _folded("/".join([*kept, file.rest])),
        file.languages.union(*(folder.languages for folder in folders)),
        file.tags.union(*(folder.tags for folder in folders)),
    )


def _folded(text: str) -> str:
    return normalize("NFC", normalize("NFC", text).casefold())


@lru_cache(maxsize=1024)
def _part(name: str) -> _Part:
    """One name of a path, without the marks at its ends."""
    languages, tags = set[str](), set[str]()
    while True:
        if found := _EXTENSION.search(name) or _ROLE_LAST.search(name):
            name = name[: found.start()]
        elif found := _last_tag(name) or _first_tag(name):
            name = name[: found.start()] + name[found.end() :]
            languages |= set(_languages(found))
            tags |= {*_languages(found), *_variants(found)}
        elif found := _ROLE_FIRST.match(name) or _ROLE_NUMBERED.search(name):
            name = name[: found.start()] + name[found.end() :]
        else:
            return _Part(name, frozenset(languages), frozenset(tags))


def _last_tag(name: str) -> re.Match[str] | None:
    found = _TAG_LAST.search(name)
    while found and not _is_tag(found):
        found = _TAG_LAST.search(name, found.start() + 1)
    return found


def _first_tag(name: str) -> re.Match[str] | None:
    found = _TAG_FIRST.match(name)
    return found if found and _is_tag(found) else None


def _is_tag(found: re.Match[str]) -> bool:
    """Whether what looks like a tag is one, and not a word.

    Three letters are one with a script, or behind nothing but a full stop.
    """
    code, region = found["code"].lower(), found["region"] or ""
    if len(code) == 3:
        known = bool(found["script"]) or (code in ISO_639 and found["before"] in (None, "", "."))
    else:
        known = code in _TWO_LETTERS
    return known and (not region.islower() or region in _TWO_LETTERS or f"{code}_{region}" in locale_alias)


def _languages(found: re.Match[str]) -> Iterator[str]:
    """The languages of a tag: two where a pair such as `de-en` is meant, or might be."""
    yield language_code(found["code"])
    if found["region"] in _TWO_LETTERS:
        yield found["region"]


def _variants(found: re.Match[str]) -> Iterator[str]:
    region = found["region"]
    variants = found["script"], region.removeprefix("r") if region else None, found["modifier"]
    return (variant.lower() for variant in variants if variant)
