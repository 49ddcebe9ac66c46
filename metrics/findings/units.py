"""What units measure, so that 5 kilometres and 3.1 miles are the same."""

from bisect import bisect_left
from collections.abc import Iterable

from metrics.lexicon import table

#: Two amounts in different units are the same up to this share, or up to so many degrees Celsius.
_ROUNDED, _DEGREES = 0.03, 1.0
#: Names that speakers use for each other.
_ALIKE = frozenset({("pound", "pound-sterling"), ("ton", "tonne")})

_UNITS = table("units")
#: Units of money, which have no fixed rate.
CURRENCIES: frozenset[str] = frozenset(_UNITS["money"].replace(",", " ").split())
#: What each unit measures, and how much of it.
FACTORS: dict[str, tuple[str, float]] = {
    unit: (dimension, factor) for dimension, factors in _UNITS["measures"].items() for unit, factor in factors.items()
}


def alike(unit: str, other: str) -> bool:
    """Whether two units of the same number are no difference."""
    return unit == other or (min(unit, other), max(unit, other)) in _ALIKE


class Measures:
    """Measured amounts, to be looked up in other units."""

    def __init__(self, amounts: Iterable[tuple[float, str]]) -> None:
        """`amounts` are values with the names of their units."""
        self._sizes: dict[tuple[str, str], list[float]] = {}
        for value, unit in amounts:
            dimension, size = _size(value, unit)
            if dimension:
                self._sizes.setdefault((dimension, unit), []).append(size)
        for sizes in self._sizes.values():
            sizes.sort()

    def __contains__(self, amount: tuple[float, str]) -> bool:
        """Whether an amount is there in another unit."""
        value, unit = amount
        dimension, size = _size(value, unit)
        if not dimension:
            return False
        tolerance = _DEGREES if dimension == "temperature" else _ROUNDED * abs(size)
        for (of, other), sizes in self._sizes.items():
            if of == dimension and other != unit:
                at = bisect_left(sizes, size - tolerance)
                if at < len(sizes) and sizes[at] <= size + tolerance:
                    return True
        return False


def _size(value: float, unit: str) -> tuple[str, float]:
    if unit == "degree-celsius":
        return "temperature", value
    if unit == "degree-fahrenheit":
        return "temperature", (value - 32) / 1.8
    dimension, factor = FACTORS.get(unit, ("", 0.0))
    return dimension, value * factor
