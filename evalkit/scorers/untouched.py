"""The `untouched` scorer: the share of segments that are as the reference has them, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.plugins.protocols import Row
from evalkit.records import Unit


@dataclass(frozen=True)
class UntouchedScorer:
    """Of machine translation against what the post-editor made of it: the segments left as they were, in percent.

    Rows: 1 where a unit's text is that of one of its references, and 1 for the unit. A pair of empty texts does not
    count; white space at the ends does not either.
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "untouched"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    title: ClassVar[str] = "untouched"
    scale: ClassVar[str] = "0 to 100, in percent of the segments"
    meaning: ClassVar[str] = "segments that are the same as in the reference, as a post-editor leaves them"

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """One row a unit."""
        return [_row(unit) for unit in units]

    def value(self, row: Sequence[float]) -> float:
        """The share of the segments counted; 0 without any."""
        same, counted = row
        return 100 * same / counted if counted else 0.0

    def segment(self, row: Sequence[float]) -> float:
        """100 where the unit is untouched, else 0."""
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        """What moves the number."""
        return f"untouched|refs:{nrefs}|space:stripped"


def _row(unit: Unit) -> Row:
    mine = unit.candidate.text.strip() if unit.candidate else ""
    theirs = [passage.text.strip() for passage in unit.references]
    if not mine and not any(theirs):
        return 0.0, 0.0
    return float(mine in theirs), 1.0
