"""Texts as the kernel takes them: UTF-8 in one buffer, and where each begins and ends."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, overload

# Lines looked at together: bounds the memory, and is large enough that a call to the kernel costs nothing beside.
BLOCK = 5000

# Finds the lines of a buffer: None unless there are exactly so many.
FindLines = Callable[[bytes, int], "array[int] | None"]


class Packed(NamedTuple):
    """One side of a batch. `bounds` has two numbers a text, begin and end; an end of -1 says there is none.

    `broken` are the positions of texts with a lone surrogate, which is no text in UTF-8; they are packed as
    empty, and somebody else has to count them.
    """

    data: bytes
    bounds: array[int]
    broken: tuple[int, ...] = ()


class LineTexts(Sequence[str]):
    """Lines of one text, cut when they are looked at. A slice is of the same kind.

    With `together` a newline and nothing else stands between any two, so that all can be encoded at once.
    """

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int], *, together: bool) -> None:
        self._text, self._starts, self._ends, self._together = text, starts, ends, together
        self._packed: Packed | None = None

    def packed(self, find_lines: FindLines) -> Packed | None:
        """The lines as the kernel takes them, kept for the next who asks; None where it takes them one by one."""
        if self._packed is None and self._together and self._starts:
            try:
                data = self._text[self._starts[0] : self._ends[-1]].encode()
            except UnicodeEncodeError:
                return None
            bounds = find_lines(data, len(self))
            self._packed = None if bounds is None else Packed(data, bounds)
        return self._packed

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> LineTexts: ...
    def __getitem__(self, place: int | slice) -> str | LineTexts:
        if isinstance(place, slice):
            return LineTexts(self._text, self._starts[place], self._ends[place], together=self._together)
        return self._text[self._starts[place] : self._ends[place]]

    def __iter__(self) -> Iterator[str]:
        text = self._text
        return iter([text[a:b] for a, b in zip(self._starts, self._ends, strict=True)])

    def __contains__(self, text: object) -> bool:
        return text is not None and any(text == line for line in self)  # no line is None: said without cutting any


def blocks(number: int) -> Iterator[tuple[int, int]]:
    """The first and the end of each block of so many lines."""
    return ((first, min(first + BLOCK, number)) for first in range(0, number, BLOCK))


def pack(texts: Sequence[str | None], find_lines: FindLines) -> Packed:
    """Texts of one side, None where there is none."""
    if isinstance(texts, LineTexts) and (packed := texts.packed(find_lines)):
        return packed
    try:
        # Most texts hold no newline: joined by it, the kernel finds them again.
        data = b"\n".join([text.encode() for text in texts])  # type: ignore[union-attr] # None: the other way
        bounds = find_lines(data, len(texts))
        if bounds is not None:
            return Packed(data, bounds)
    except (AttributeError, UnicodeEncodeError):
        pass
    return _one_by_one(texts)


def pack_starts(texts: Sequence[str], find_lines: FindLines) -> tuple[bytes, array[int]] | None:
    """Texts one behind the other, perhaps with a newline between, and where each begins, with the end of the last.
    None where a text is none in UTF-8."""
    if isinstance(texts, LineTexts) and (packed := texts.packed(find_lines)):
        start = packed.bounds[::2]
        start.append(len(packed.data))
        return packed.data, start
    try:
        encoded = [text.encode() for text in texts]
    except UnicodeEncodeError:  # a lone surrogate
        return None
    return b"".join(encoded), array("q", accumulate(map(len, encoded), initial=0))


def _one_by_one(texts: Sequence[str | None]) -> Packed:
    parts: list[bytes] = []
    bounds, broken, at = array("q"), [], 0
    for position, text in enumerate(texts):
        if text is None:
            bounds.extend((0, -1))
            continue
        try:
            part = text.encode()
        except UnicodeEncodeError:
            broken.append(position)
            part = b""
        parts.append(part)
        bounds.extend((at, at + len(part)))
        at += len(part)
    return Packed(b"".join(parts), bounds, tuple(broken))
