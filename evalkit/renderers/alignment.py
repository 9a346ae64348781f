"""The `alignment` renderer: units side by side, for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace

from evalkit.errors import ConfigError
from evalkit.records.lazy import once
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.renderers._source import Pieces
from evalkit.text.visible import visible
from evalkit.text.words import width

# What never begins a line of Chinese or Japanese: it goes along with the character before it.
_CLOSING = frozenset("。．、，！？：；）」』】》〉〕”’・ー")


@dataclass(frozen=True)
class AlignmentRenderer:
    """Candidate left, reference right, the link between them, in `columns` columns; without a reference the source is
    right: beside a text all that surely stands for it, alone what does not."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "alignment"
    suffix: ClassVar[str] = ".txt"
    claims: ClassVar[bool] = False

    columns: int = 80

    def __post_init__(self) -> None:
        if self.columns < 40:
            raise ConfigError(f"renderer 'alignment': columns={self.columns} is too narrow; use at least 40")

    def render(self, result: Result) -> str:
        """The units of every system in order, with the verdict on the alignment first."""
        lines: list[str] = []
        for system in result.systems:
            lines += self._system(system) if result.references else self._beside_source(system, result)
        return "\n".join(lines) + "\n"

    def _system(self, system: SystemRecord) -> Iterator[str]:
        yield from self._head(system, "reference")
        document = ""
        for unit in once(system.units):
            if unit.document != document and len(system.documents) > 1:
                document = unit.document
                yield f"--- {visible(document)}"
            right = unit.references[0].text if unit.references else ""
            yield from self._row(unit, right, [unit.link, f"{unit.confidence:.2f}"])
        yield ""

    def _head(self, system: SystemRecord, other: str) -> Iterator[str]:
        a = system.alignment
        verdict = f"{visible(system.name)}: {'trusted' if a.trusted else 'NOT TRUSTED'}: {visible(a.reason)}"
        yield from wrapped(verdict, self.columns)
        counts = ", ".join(f"{number} {kind}" for kind, number in a.links.items() if number)
        yield f"links: {counts}"
        yield f"coverage: {a.coverage.reference:.0%} of the {other}, {a.coverage.candidate:.0%} of the candidate"

    def _beside_source(self, system: SystemRecord, result: Result) -> Iterator[str]:
        """What of the source no unit has stands before the next piece that one has."""
        if system.alignment.aligner == "source":
            yield from self._head(system, "source")
        else:
            yield f"{visible(system.name)}: line by line, or row by row, with the source"
        pieces = Pieces(replace(result, systems=(system,)))
        beside = [(unit, pieces.of(unit)) for unit in once(system.units)]
        taken = {n for _, numbers in beside for n in numbers}
        free = [(n, piece) for n, piece in enumerate(pieces.segments) if n not in taken]
        document = ""
        for unit, numbers in beside:
            while free and free[0][1].document == document and unit.document != document:
                yield from self._row(None, free.pop(0)[1].text, ["?"])
            if unit.document != document and len(system.documents) > 1:
                yield f"--- {visible(unit.document)}"
            document = unit.document
            while free and numbers and free[0][0] < numbers[0]:
                yield from self._row(None, free.pop(0)[1].text, ["?"])
            marks = [unit.link, f"{unit.confidence:.2f}"] if unit.candidate is None else ["=" if numbers else "?"]
            yield from self._row(unit, unit.source.text if unit.source else "", marks)
        for _, piece in free:
            yield from self._row(None, piece.text, ["?"])
        yield ""

    def _row(self, unit: UnitRecord | None, other: str, marks: list[str]) -> Iterator[str]:
        side = (self.columns - 14) // 2
        left = wrapped(unit.candidate.text if unit and unit.candidate else "", side)
        right = wrapped(other, side)
        for i in range(max(len(left), len(right), len(marks))):
            cell = left[i] if i < len(left) else ""
            mark = marks[i] if i < len(marks) else ""
            other = right[i] if i < len(right) else ""
            yield f"{_isolated(cell)}{' ' * (side - width(cell))}  {mark:^8}  {_isolated(other)}".rstrip()
        yield ""


def _isolated(cell: str) -> str:
    """A cell with right-to-left letters between bidi isolates, so that it cannot change sides with its neighbour."""
    turns = any(unicodedata.bidirectional(char) in ("R", "AL") for char in cell)
    return f"\u2068{cell}\u2069" if turns else cell


def wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most `columns` columns, broken at spaces, inside a word where it must be; none begins with a full
    stop or the like that a break inside a word would leave there."""
    lines, line, used = [], "", 0
    for word in visible(text).split():
        while word:
            space = 1 if line else 0
            if len(_fitting(word, columns - used - space)) == len(word):
                line, used, word = f"{line}{' ' * space}{word}", used + space + width(word), ""
            elif not line or len(_fitting(word, columns)) < len(word):
                head = _fitting(word, columns - used - space)
                while len(head) > 1 and word[len(head)] in _CLOSING:
                    head = head[:-1]
                lines.append(f"{line}{' ' * space}{head}".rstrip())
                line, used, word = "", 0, word[len(head) :]
            else:
                lines.append(line)
                line, used = "", 0
    return [*lines, line] if line else lines


def _fitting(word: str, columns: int) -> str:
    """As much of a word as the columns hold."""
    used = 0
    for i, char in enumerate(word):
        used += width(char)
        if used > columns:
            return word[:i]
    return word
