"""What errors are called: dimensions and their subtypes, as a preset or a TOML file has them.

The presets are MQM Core (https://themqm.org, ASTM WK46396, ISO 5060) and the set of the WMT data (Freitag et al. 2021).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from tomllib import loads

from metrics.mqm.definition import Entries, read_definition

#: The typologies that come with the program; the first is the default.
TYPOLOGIES = ("core", "google")
_DIMENSIONS = 9
_KEYS = ("id", "name", "definition", "also")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEPARATORS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Category:
    """A dimension, or a subtype of one.

    `id` is `DIMENSION` or `DIMENSION/SUBTYPE`, `label` the same by names, as Google's files print it. `key` is for the
    keyboard: a digit 1…9 in order for a dimension, for a subtype a letter that no other of its dimension has.
    """

    id: str
    name: str
    label: str
    definition: str
    key: str
    subtypes: "tuple[Category, ...]" = ()
    also: tuple[str, ...] = ()

    @property
    def dimension(self) -> str:
        """The id of the dimension, which may be this."""
        return self.id.partition("/")[0]


@dataclass(frozen=True)
class Typology:
    """Nine dimensions at most, in order."""

    name: str
    dimensions: tuple[Category, ...]

    @property
    def categories(self) -> Iterator[Category]:
        """Each dimension, followed by its subtypes."""
        for dimension in self.dimensions:
            yield dimension
            yield from dimension.subtypes

    def find(self, category: str) -> Category | None:
        """The category of an id or a printed name, however it is spelled; None for one that is not in the typology.

        Case, hyphens, underscores and exclamation marks do not matter. A subtype's name alone will do where only one
        has it. It does not find a subtype that is unknown under a dimension that is known.
        """
        return self._index.get(spelled(category))

    def dimension_of(self, category: str) -> Category | None:
        """The dimension of a category, of which the typology need not know the subtype."""
        found = self.find(category) or self.find(category.partition("/")[0])
        return self._index[found.dimension] if found else None

    def label(self, category: str) -> str:
        """How a category is printed: by names, or as it is where it is unknown."""
        found = self.find(category)
        return found.label if found else category

    @cached_property
    def _index(self) -> dict[str, Category]:
        full: dict[str, Category] = {}
        short: dict[str, list[Category]] = {}
        for dimension in self.dimensions:
            above = [spelled(name) for name in (dimension.id, dimension.name, *dimension.also)]
            full.update(dict.fromkeys(above, dimension))
            for subtype in dimension.subtypes:
                for name in dict.fromkeys(map(spelled, (subtype.id.partition("/")[2], subtype.name, *subtype.also))):
                    full.update({f"{each}/{name}": subtype for each in above})
                    short.setdefault(name, []).append(subtype)
        # The name of a subtype alone stands back behind full ones: "fluency/register" may be another's alias.
        return {name: found[0] for name, found in short.items() if len(found) == 1} | full


@lru_cache(maxsize=4096)
def spelled(category: str) -> str:
    """A category in the one spelling that others are compared in: `accuracy/mistranslation`."""
    parts = (_SEPARATORS.sub("-", part.strip().rstrip("!").casefold()).strip("-") for part in category.split("/"))
    return "/".join(parts)


@cache
def preset(name: str) -> Typology:
    """One of `TYPOLOGIES`."""
    text = (files(__package__) / "typologies" / f"{name}.toml").read_text(encoding="utf-8")
    return _typology(Entries(name, loads(text)))


def load_typology(name_or_path: str) -> Typology:
    """One of `TYPOLOGIES`, or the one in a TOML file.

    Raises `UsageError` for an unknown name, `MissingFile`, `UnreadableFile`, and `BadDefinition`, which says what to
    mend, for a file of another form than the presets have.
    """
    if name_or_path in TYPOLOGIES:
        return preset(name_or_path)
    return _typology(read_definition("typology", name_or_path, TYPOLOGIES))


def _typology(entries: Entries) -> Typology:
    entries.only("name", "dimension")
    tables = entries.tables("dimension", "dimension")
    if not 1 <= len(tables) <= _DIMENSIONS:
        raise entries.bad(
            f"{len(tables)} dimensions",
            f"write [[dimension]] 1 to {_DIMENSIONS} times: each has a digit for its key",
        )
    dimensions: list[Category] = []
    for number, table in enumerate(tables, 1):
        table.only(*_KEYS, "subtypes")
        own = _id(table, [each.id for each in dimensions])
        name = table.text("name")
        definition, also = table.text("definition"), table.texts("also")
        dimensions.append(Category(own, name, name, definition, str(number), _subtypes(table, own, name), also))
    return Typology(entries.text("name"), tuple(dimensions))


def _subtypes(dimension: Entries, above: str, label: str) -> tuple[Category, ...]:
    subtypes: list[Category] = []
    for table in dimension.tables("subtypes", "subtype"):
        table.only(*_KEYS, "letter")
        own = f"{above}/{_id(table, [each.id.partition('/')[2] for each in subtypes])}"
        name, letter = table.text("name"), table.text("letter")
        if not re.fullmatch("[a-z]", letter):
            raise table.bad("the letter is no single one of a to z", 'write letter = "a" or another')
        taken = next((each for each in subtypes if each.key == letter), None)
        if taken is not None:
            raise table.bad(f"the letter {letter!r} is that of {taken.name!r} already", "choose another")
        definition, also = table.text("definition"), table.texts("also")
        subtypes.append(Category(own, name, f"{label}/{name}", definition, letter, also=also))
    return tuple(subtypes)


def _id(table: Entries, taken: list[str]) -> str:
    own = table.text("id")
    if not _ID.fullmatch(own):
        raise table.bad("the id is not made of a to z, digits and hyphens", 'write id = "wrong-term" or the like')
    if own in taken:
        raise table.bad("another has this id already", "choose another")
    return own
