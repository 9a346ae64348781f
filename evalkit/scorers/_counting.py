"""What the scorers share: rows and scores by the kernel, by the library where the kernel does not cover them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.kernel import native
from evalkit.kernel.native import Count, Kernel
from evalkit.kernel.packing import Packed, pack
from evalkit.kernel.streams import candidate_text, streams_of
from evalkit.kernel.tables import Table
from evalkit.plugins.packages import version
from evalkit.plugins.protocols import Row
from evalkit.records import Unit

Stream = Sequence[str | None]
Scores = Callable[[Table], "array[float]"]
Prepare = Callable[[str], str]


@dataclass(frozen=True)
class Engine:
    """How the kernel counts for a scorer: rows of `width` numbers of texts put through `prepare`, and their scores."""

    width: int
    count: Count
    values: Scores
    segments: Scores
    prepare: Prepare | None = None
    prepare_reference: Prepare | None = None


class Counting:
    """A scorer's counting. It says what the kernel and what the library do; all else follows.

    Texts of a system are a sequence by segment; references are streams by segment, None where a reference has
    nothing there. A segment without any reference has an empty one.
    """

    # What the library is called, for `engine`.
    library: ClassVar[str] = "sacrebleu"

    def _engine(self, kernel: Kernel) -> Engine | None:
        """How the kernel counts with these options, None where it does not cover them."""
        raise NotImplementedError

    def _by_library(self, candidates: Sequence[str], references: Sequence[Stream]) -> list[Row]:
        """The library's rows; the first stream has no None that all streams share."""
        raise NotImplementedError

    def _value_by_library(self, row: Sequence[float], segment: bool) -> float:
        """The library's score of a row: of a sum, or of one segment."""
        raise NotImplementedError

    def engine(self) -> str:
        """What counts: `kernel`, or the library with its version. It changes no number."""
        if self._ready():
            return "kernel"
        return f"{self.library} {version(self.library)}"

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """One row per unit."""
        return list(self.measure_texts([[candidate_text(unit) for unit in units]], streams_of(units))[0])

    def measure_texts(
        self, systems: Sequence[Sequence[str]], references: Sequence[Stream], jobs: int = 1
    ) -> list[Table]:
        """One table a system, one row a segment, all against the same references, on `jobs` threads."""
        if not systems:
            return []
        _check_lengths(systems, references)
        references = _filled(references, len(systems[0]))
        ready = self._ready()
        if not ready or not len(systems[0]):
            return [Table.of(self._by_library(system, references), self._width()) for system in systems]
        kernel, engine = ready
        packed = [_packed(kernel, system, engine.prepare) for system in systems]
        sides = [_packed(kernel, stream, engine.prepare_reference) for stream in references]
        tables = kernel.run(packed, sides, engine.width, engine.count, jobs)
        common = {position for side in sides for position in side.broken}
        for system, side, table in zip(systems, packed, tables, strict=True):
            self._mend(table, system, references, common.union(side.broken))
        return tables

    def value(self, row: Sequence[float]) -> float:
        """The score of a summed row."""
        return self.values(Table.of([row]))[0]

    def segment(self, row: Sequence[float]) -> float:
        """The score of one unit."""
        return self.segments(Table.of([row]))[0]

    def values(self, table: Table) -> array[float]:
        """The score of each row, the rows being sums."""
        ready = self._ready()
        if ready:
            return ready[1].values(table)
        return array("d", [self._value_by_library(row, False) for row in table])

    def segments(self, table: Table) -> array[float]:
        """The score of each row, the rows being those of segments."""
        ready = self._ready()
        if ready:
            return ready[1].segments(table)
        return array("d", [self._value_by_library(row, True) for row in table])

    def _ready(self) -> tuple[Kernel, Engine] | None:
        kernel = native.load()
        engine = kernel and self._engine(kernel)
        return (kernel, engine) if kernel and engine else None

    def _width(self) -> int:
        """Numbers in a row."""
        raise NotImplementedError

    def _mend(self, table: Table, system: Sequence[str], references: Sequence[Stream], broken: set[int]) -> None:
        """Puts in the library's rows: of texts that are none in UTF-8, and where the kernel left one out."""
        left = [i for i, number in enumerate(table.data[:: table.width]) if number < 0]
        for position in sorted(broken.union(left)):
            streams = [[stream[position]] for stream in references]
            (row,) = self._by_library([system[position]], _filled(streams, 1))
            table.data[position * table.width : (position + 1) * table.width] = array("d", row)


def _check_lengths(systems: Sequence[Sequence[str]], references: Sequence[Stream]) -> None:
    lengths = {*map(len, systems), *map(len, references)}
    if len(lengths) > 1:
        raise ValueError(f"systems and references differ in their number of segments: {sorted(lengths)}")


def _filled(references: Sequence[Stream], size: int) -> Sequence[Stream]:
    """The streams with an empty text in the first where no stream has any."""
    if not references:
        return [[""] * size]
    if None not in references[0]:
        return references
    first = ["" if all(stream[i] is None for stream in references) else text for i, text in enumerate(references[0])]
    return [first, *references[1:]]


def _packed(kernel: Kernel, texts: Stream, prepare: Prepare | None) -> Packed:
    if prepare:
        texts = [None if text is None else prepare(text) for text in texts]
    return pack(texts, kernel.find_lines)
