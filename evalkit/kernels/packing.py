"""Texts as the kernel takes them: UTF-8 in one buffer, and where each begins and ends."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

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


def pack(texts: Sequence[str | None], find_lines: FindLines) -> Packed:
    """Texts of one side, None where there is none."""
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
