"""What step two hands on: the texts of a system side by side, as units, or as lines that nobody has made units of.

The steps after it ask a `Pairing` and know nothing of lines. Where line k belongs to line k, a run needs the texts
and not an object for each of them; the records that a result shows are made when somebody looks at them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Protocol

from evalkit.compare.columns import Place
from evalkit.kernel.lines import DocumentLines
from evalkit.kernel.packing import blocks
from evalkit.kernel.streams import candidate_text, streams_of
from evalkit.records import LinkKind, Passage, Segment, Unit
from evalkit.records.lazy import Deferred, Records
from evalkit.records.result import PassageRecord, ReferencePassageRecord
from evalkit.run.sides import SplitSide
from evalkit.run.units import is_paired

_KEPT = 50_000  # units, some 500 bytes each, are kept once made; more are not


class Block(NamedTuple):
    """Texts to be measured together: the candidate's by unit, and the references as streams of the same length."""

    candidate: Sequence[str]
    references: Sequence[Sequence[str | None]]


class ShownUnit(NamedTuple):
    """What a result says of a unit, but for its scores."""

    id: str
    document: str
    link: LinkKind
    confidence: float
    candidate: PassageRecord | None
    references: tuple[ReferencePassageRecord, ...] | None
    block: int | None = None


class Pairing(Protocol):
    """A system's units, and what can be known of them without looking at each."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units, in the order of the documents."""

    @property
    def segments(self) -> Records[Segment]:
        """The candidate's segments."""

    @property
    def beside(self) -> Hashable:
        """Equal for systems whose `blocks` have the same references, which can be measured together."""

    @property
    def reference_counts(self) -> frozenset[int]:
        """How many references a unit that has any has: one number where it is the same for all."""

    @property
    def documents(self) -> Sequence[str]:
        """The document of each unit."""

    @property
    def paired(self) -> Sequence[int]:
        """Positions of the units with both sides."""

    @property
    def places(self) -> Sequence[Place]:
        """What each unit renders of its first reference."""

    def __len__(self) -> int:
        """Number of units."""

    def blocks(self) -> Iterator[Block]:
        """The texts of all units, a block at a time."""

    def shown(self, places: Sequence[int] | None = None) -> Iterator[ShownUnit]:
        """The units as a result shows them: all, or those at some places in rising order."""

    def release(self) -> None:
        """Lets go of units that can be made again, for who asks for them later."""


class UnitPairing:
    """Units as a segmenter and an aligner made them; `make` makes all `number` of them, for whoever asks first."""

    def __init__(self, number: int, make: Callable[[], Iterable[Unit]], segments: tuple[Segment, ...]) -> None:
        self._units, self.segments, self._make = Deferred(number, make), segments, make

    def release(self) -> None:
        self._units = Deferred(len(self), self._make)

    @property
    def units(self) -> tuple[Unit, ...]:
        return self._units.whole()

    def __len__(self) -> int:
        return len(self._units)

    @property
    def beside(self) -> Hashable:
        return id(self)

    def _each(self) -> Iterable[Unit]:
        """The units to go through; very many are made again for each who asks, and never stand in memory."""
        return self.units if len(self) <= _KEPT else self._units.once()

    @cached_property
    def reference_counts(self) -> frozenset[int]:
        return frozenset(len(unit.references) for unit in self._units.once() if unit.references)

    @property
    def documents(self) -> Sequence[str]:
        return [unit.document for unit in self._each()]

    @cached_property
    def paired(self) -> Sequence[int]:
        return [position for position, unit in enumerate(self._each()) if is_paired(unit)]

    @cached_property
    def places(self) -> Sequence[Place]:
        return tuple(map(_place, self._each()))

    def blocks(self) -> Iterator[Block]:
        units = iter(self._each())
        for first, last in blocks(len(self)):
            part = list(islice(units, last - first))
            yield Block([candidate_text(unit) for unit in part], streams_of(part))

    def shown(self, places: Sequence[int] | None = None) -> Iterator[ShownUnit]:
        for unit in self._units.once() if places is None else map(self.units.__getitem__, places):
            yield ShownUnit(
                unit.id,
                unit.document,
                unit.link,
                unit.confidence,
                passage_record(unit.candidate) if unit.candidate else None,
                tuple(ReferencePassageRecord(p.reference, *_ends(p), p.text) for p in unit.references) or None,
                unit.block,
            )


def passage_record(passage: Passage) -> PassageRecord:
    """A passage as a result has it."""
    return PassageRecord(*_ends(passage), passage.text)


def _ends(passage: Passage) -> tuple[tuple[str, ...], int, int]:
    if len(passage.segments) == 1:  # as most have
        (only,) = passage.segments
        return (only.id,), only.start, only.end
    return tuple(s.id for s in passage.segments), passage.start, passage.end


def _place(unit: Unit) -> Place:
    if not unit.references:
        return Place((), unit.document, 0, rendered=unit.candidate is not None)
    first = unit.references[0]
    keys = tuple(f"{first.reference}/{segment.id}" for segment in first.segments)
    return Place(keys, unit.document, first.start, rendered=unit.candidate is not None)


class LinePairing:
    """Line k of the candidate beside line k of every reference; `make_units` makes units of them."""

    def __init__(
        self, candidate: SplitSide, references: tuple[SplitSide, ...], make_units: Callable[[], tuple[Unit, ...]]
    ) -> None:
        self.candidate, self.references = candidate, references
        self.segments = candidate.all_segments()
        self._make_units = make_units

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return self._make_units()

    def __len__(self) -> int:
        return len(self.segments)

    def release(self) -> None:
        self.__dict__.pop("units", None)

    @property
    def beside(self) -> Hashable:
        return tuple(map(id, self.references))

    @property
    def reference_counts(self) -> frozenset[int]:
        return frozenset((len(self.references),) if len(self) else ())

    @property
    def documents(self) -> Sequence[str]:
        return [lines.document.id for lines in self.candidate.lines for _ in range(len(lines))]

    @property
    def paired(self) -> Sequence[int]:
        return range(len(self))

    @property
    def places(self) -> Sequence[Place]:
        return self.references[0].places  # one object for all systems

    def blocks(self) -> Iterator[Block]:
        for number, mine in enumerate(self.candidate.lines):
            theirs = [reference.lines[number].texts for reference in self.references]
            for first, last in blocks(len(mine)):
                yield Block(mine.texts[first:last], [texts[first:last] for texts in theirs])

    def shown(self, places: Sequence[int] | None = None) -> Iterator[ShownUnit]:
        """Made of the lines: a long file has no object a line that stays in memory when its result is written."""
        names = [reference.side.name for reference in self.references]
        before = 0
        for number, mine in enumerate(self.candidate.lines):
            document = mine.document.id
            chosen: Sequence[int] = range(len(mine))
            if places is not None:
                here = places[bisect_left(places, before) : bisect_left(places, before + len(mine))]
                chosen = [place - before for place in here]
            theirs = [_passages(reference.lines[number], chosen) for reference in self.references]
            for line, own, *others in zip(chosen, _passages(mine, chosen), *theirs, strict=True):
                references = tuple([ReferencePassageRecord(n, *o) for n, o in zip(names, others, strict=True)])
                yield ShownUnit(f"{document}:{line + 1}", document, "1-1", 1.0, PassageRecord(*own), references)
            before += len(mine)


def _passages(lines: DocumentLines, chosen: Sequence[int]) -> Iterator[tuple[tuple[str], int, int, str]]:
    """The segment, start, end and text of each line, or of some of them."""
    if isinstance(chosen, range):
        for segment, start, text in zip(lines.ids(), lines.starts, lines.texts, strict=True):
            yield (segment,), start, start + len(text), text
        return
    for line in chosen:
        start, text = lines.starts[line], lines.texts[line]
        yield (lines.id_of(line),), start, start + len(text), text


def stands_line_by_line(candidate: SplitSide, references: Sequence[SplitSide]) -> bool:
    """Whether every side keeps its lines and has as many as the candidate, document by document."""
    lines = [[len(document) for document in side.lines] for side in (candidate, *references)]
    return bool(references and lines[0]) and all(mine == lines[0] for mine in lines)
