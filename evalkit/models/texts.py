"""The rows a model reads, made from units: which have nothing to read, and which are too long to be read whole."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from evalkit.records import Passage, Side, Unit

Row = dict[str, str]
_WORD = re.compile(r"\s*\S+")
_MOST_PIECES = 64  # of one text: a text 64 times too long is no segment, and is refused


def rows_of(unit: Unit, needs: Sequence[Side]) -> list[Row]:
    """The rows of a unit, one a reference; none where one of the sides that the model needs is empty."""
    candidate, source = _text(unit.candidate), _text(unit.source)
    made = {side: text for side, text in (("candidate", candidate), ("source", source)) if side in needs}
    if not all(text.strip() for text in made.values()):
        return []
    if "reference" not in needs:
        return [made]
    return [{**made, "reference": passage.text} for passage in unit.references if passage.text.strip()]


def pieces(row: Row, number: int) -> list[Row]:
    """A row cut into so many, each side at the words nearest to equal shares of its length.

    A side of fewer words than pieces is repeated whole: half a word says nothing.
    """
    cut = {side: _cut(text, number) for side, text in row.items()}
    return [{side: parts[k] for side, parts in cut.items()} for k in range(number)]


def fitting(row: Row, over: Callable[[Sequence[Row]], Sequence[int]]) -> list[Row]:
    """The fewest pieces of a row of which the model reads each whole; none where even 64 are too long."""
    number = 2
    while number <= _MOST_PIECES:
        made = pieces(row, number)
        if not any(over(made)):
            return made
        number = math.ceil(number * 1.5)
    return []


def _cut(text: str, number: int) -> list[str]:
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) < number:  # a script without spaces is cut between characters
        if len(words) > 1 or len(text) < number:
            return [text] * number
        words = [(k, k + 1) for k in range(len(text))]
    return [text[words[first][0] : words[last - 1][1]].strip() for first, last in _shares(len(words), number)]


def _shares(length: int, number: int) -> Iterator[tuple[int, int]]:
    edges = [round(k * length / number) for k in range(number + 1)]
    return pairwise(edges)


def _text(passage: Passage | None) -> str:
    return passage.text if passage else ""
