"""References that spell one name in two ways: the form of the candidate stands in another line of the same text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from evalkit.language.forms import all_bare
from evalkit.records import Unit
from evalkit.text.words import fold

_REACH = 20  # units to each side, about a story's: in a file of many texts two alike are two people


class BothForms:
    """Answers whether the references have the words of a name with a capital near a unit."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._kept: dict[str, frozenset[str]] = {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {unit.id: number for number, unit in enumerate(self._units)}

    def has(self, unit: Unit, name: str) -> bool:
        """True where a unit near by, of the same document, has in its references all words of the name."""
        wanted = {fold(token.text) for token in all_bare(name)}
        at = self._numbers[unit.id]
        near = self._units[max(0, at - _REACH) : at + _REACH + 1]
        return any(wanted <= self._of(other) for other in near if other.document == unit.document)

    def _of(self, unit: Unit) -> frozenset[str]:
        if unit.id not in self._kept:
            spoken = (token.text for passage in unit.references for token in all_bare(passage.text))
            self._kept[unit.id] = frozenset(fold(word) for word in spoken if word[:1].isupper())
        return self._kept[unit.id]
