"""Words of many lines, and how like pairs of lines are, by the kernel; by `evalkit.text.words` for what it leaves."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from evalkit.kernel import native
from evalkit.kernel.packing import Neighbours
from evalkit.text.words import count_words, fold, words

STEM = 5  # inflected forms share at least this beginning, or are the same short word


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, without case and diacritics."""
    return frozenset(word.text[:STEM] for word in words(fold(text)))


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Share of stems that two texts have in common, 0 to 1; 1 where neither has any."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def count(texts: Sequence[str]) -> int:
    """Number of words of all texts."""
    return sum(Lines(texts, with_stems=False).words())


class Likeness:
    """How like lines of a candidate are to lines of a reference."""

    def __init__(self, candidate: Lines, reference: Lines) -> None:
        self._candidate, self._reference = candidate, reference

    def of(self, first: int, other: int, number: int) -> list[float]:
        """Candidate's line `first` and reference's line `other`, and the `number` - 1 pairs of lines after them."""
        mine, theirs = self._candidate, self._reference
        if not (mine.library and theirs.library):
            return [likeness(mine.stems(first + k), theirs.stems(other + k)) for k in range(number)]
        found = array("d", bytes(8 * number))
        mine.library.evalkit_likeness(
            mine.packed, mine.stops(first), theirs.packed, theirs.stops(other), ctypes.c_int64(number), _at(found)
        )
        values = found.tolist()
        for k in {k - first for k in mine.left} | {k - other for k in theirs.left}:
            if 0 <= k < number:
                values[k] = likeness(mine.stems(first + k), theirs.stems(other + k))
        return values


class Lines:
    """Lines with their words counted and their stems found; `left` are those that Python counts."""

    def __init__(self, texts: Sequence[str], *, with_stems: bool = True) -> None:
        self._texts = texts
        self._stems: dict[int, frozenset[str]] = {}
        self.library = _library()
        if not self.library:
            return
        encoded = _encoded(texts)
        if encoded is None:
            self.library = None
            return
        joined, start = encoded
        self._words = array("q", bytes(8 * len(texts)))
        self._stop = array("q", bytes(8 * len(start)))
        self.packed = _room(len(joined) // 2 + len(texts) + 1) if with_stems else None
        if self.library.evalkit_words(
            joined, _at(start), ctypes.c_int64(len(texts)), _at(self._words), self.packed, _at(self._stop)
        ):
            raise MemoryError("the scoring kernel: not enough memory for the longest line")
        self.left = [k for k, number in enumerate(self._words) if number < 0]

    def words(self) -> list[int]:
        """Number of words by line."""
        if not self.library:
            return [count_words(text) for text in self._texts]
        numbers = self._words.tolist()
        for k in self.left:
            numbers[k] = count_words(self._texts[k])
        return numbers

    def stems(self, line: int) -> frozenset[str]:
        """A line's stems, found by Python."""
        if line not in self._stems:
            self._stems[line] = stems(self._texts[line])
        return self._stems[line]

    def stops(self, line: int) -> ctypes.c_void_p:
        """Where the ends of the packed stems stand, from a line on."""
        return ctypes.c_void_p(self._stop.buffer_info()[0] + 8 * line)


def _encoded(texts: Sequence[str]) -> tuple[bytes, array[int]] | None:
    """The texts as UTF-8 and where each begins, with the end of the last; None where a text is no UTF-8.

    A newline may stand between: it belongs to no word.
    """
    kernel = native.load()
    if kernel and isinstance(texts, Neighbours) and (packed := texts.packed(kernel.find_lines)):
        start = packed.bounds[::2]
        start.append(len(packed.data))
        return packed.data, start
    try:
        encoded = list(map(str.encode, texts))
    except UnicodeEncodeError:  # a lone surrogate
        return None
    return b"".join(encoded), array("q", accumulate(map(len, encoded), initial=0))


def _room(numbers: int) -> Any:
    """Room for 64-bit numbers; of a bytearray no page is touched before it is used."""
    return (ctypes.c_uint64 * numbers).from_buffer(bytearray(8 * numbers))


def _at(numbers: array[Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(numbers.buffer_info()[0])


def _library() -> Any:
    """The kernel's library where it has these functions."""
    kernel = native.load()
    return kernel.library if kernel and hasattr(kernel.library, "evalkit_words") else None
