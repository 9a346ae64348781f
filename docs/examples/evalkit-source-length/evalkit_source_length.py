"""A metric that needs the source and no reference: how far a translation's length is from the usual one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Passage, Unit


@dataclass(frozen=True)
class SourceLength:
    """Characters too many or too few, in percent of what `ratio` characters for each of the source give."""

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "source-length"
    better: ClassVar[str] = "lower"
    title: ClassVar[str] = "Source length"
    scale: ClassVar[str] = "0 and up"
    meaning: ClassVar[str] = "characters too many or too few, in percent of the length expected from the source"
    needs: ClassVar[tuple[str, ...]] = ("candidate", "source")

    ratio: float = 1.0

    def measure(self, units: Sequence[Unit]) -> list[tuple[float, ...]]:
        """Characters off, and characters expected: counts, so that rows of units add up to those of a text."""
        return [self._row(_length(unit.candidate), self.ratio * _length(unit.source)) for unit in units]

    def _row(self, found: int, expected: float) -> tuple[float, ...]:
        return abs(found - expected), expected

    def value(self, row: Sequence[float]) -> float:
        """The score of a row, or of a sum of rows; 0 where there is no source."""
        off, expected = row
        return 100 * off / expected if expected else 0.0

    def segment(self, row: Sequence[float]) -> float:
        """The score of one unit."""
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        """All that moves the number; references do not."""
        return f"source-length:0.1.0|ratio:{self.ratio}"


def _length(passage: Passage | None) -> int:
    return len(passage.text) if passage else 0
