"""All systems of a run at once, by any scorer: those that count texts in bulk and those that only measure units."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from evalkit.kernel.tables import Table
from evalkit.plugins.protocols import Scorer, Statistic
from evalkit.records import Passage, Segment, Unit

Stream = Sequence[str | None]


def measure_all(
    scorer: Scorer, systems: Sequence[Sequence[str]], references: Sequence[Stream], jobs: int = 1
) -> list[Table]:
    """One table a system, one row a segment: its text against those of the references at its place.

    References are streams: the texts of one reference by segment, None where it has nothing. A scorer without
    `measure_texts` gets units, on one thread.
    """
    if hasattr(scorer, "measure_texts"):
        tables: list[Table] = scorer.measure_texts(systems, references, jobs)
        return tables
    sides = [[_passage(text) for text in texts if text is not None] for texts in zip(*references, strict=True)]
    return [
        Table.of(
            scorer.measure(
                [
                    Unit(str(i), "", "1-1", 1.0, _passage(text), tuple(sides[i]) if sides else ())
                    for i, text in enumerate(system)
                ]
            )
        )
        for system in systems
    ]


def values(scorer: Statistic, table: Table) -> array[float]:
    """The score of each row, the rows being sums."""
    if hasattr(scorer, "values"):
        found: array[float] = scorer.values(table)
        return found
    return array("d", map(scorer.value, table))


def segments(scorer: Statistic, table: Table) -> array[float]:
    """The score of each row, the rows being those of segments."""
    if hasattr(scorer, "segments"):
        found: array[float] = scorer.segments(table)
        return found
    return array("d", map(scorer.segment, table))


def engine(scorer: Scorer) -> str:
    """What counts for a scorer: `kernel`, a library with its version, or the plug-in itself."""
    return str(scorer.engine()) if hasattr(scorer, "engine") else "plug-in"


def _passage(text: str) -> Passage:
    return Passage((Segment("", "", 0, len(text), text),), text)
