"""Texts as the kernel takes them: UTF-8 in one buffer, and where each begins and ends."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, overload

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


class Neighbours(Sequence[str]):
    """Lines of one text that follow each other, a newline between each two: encoded together, cut when looked at."""

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._text, self._starts, self._ends = text, starts, ends
        self._packed: Packed | None = None

    def packed(self, find_lines: FindLines) -> Packed | None:
        """The lines as the kernel takes them, kept for the next who asks; None where it takes them one by one."""
        if self._packed is None and self._starts:
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
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._text[a:b] for a, b in zip(self._starts[place], self._ends[place], strict=True)]
        return self._text[self._starts[place] : self._ends[place]]

    def __iter__(self) -> Iterator[str]:
        return iter(self[:])


def pack(texts: Sequence[str | None], find_lines: FindLines) -> Packed:
    """Texts of one side, None where there is none."""
    if isinstance(texts, Neighbours):
        packed = texts.packed(find_lines)
        if packed is not None:
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
