"""Words of many lines, and how like pairs of lines are, by the kernel; by `evalkit.text.words` for what it leaves."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property

from evalkit.kernel import native
from evalkit.kernel.packing import blocks, pack_starts
from evalkit.text.words import count_words, fold_text, words

STEM = 5  # inflected forms share at least this beginning, or are the same short word


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, without case and diacritics."""
    return frozenset(word.text[:STEM] for word in words(fold_text(text)))


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Share of stems that two texts have in common, 0 to 1; 1 where neither has any."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def word_counts(texts: Sequence[str]) -> list[int]:
    """Number of words of each text, as `count_words` says it."""
    return [n for first, last in blocks(len(texts)) for n in CountedLines(texts[first:last], with_stems=False).words()]


class CountedLines:
    """Lines with their words counted and their stems found, by the kernel where it is there and takes the texts."""

    def __init__(self, texts: Sequence[str], *, with_stems: bool = True) -> None:
        self._texts = texts
        self._by_python: dict[int, frozenset[str]] = {}
        kernel = native.load()
        encoded = pack_starts(texts, kernel.find_lines) if kernel else None
        self._kernel = kernel if encoded else None
        if self._kernel and encoded:
            self._words, self._stems = self._kernel.words(*encoded, with_stems=with_stems)
            self._left = [k for k, number in enumerate(self._words) if number < 0]

    def words(self) -> list[int]:
        """Number of words by line."""
        if not self._kernel:
            return [count_words(text) for text in self._texts]
        numbers = self._words.tolist()
        for k in self._left:
            numbers[k] = count_words(self._texts[k])
        return numbers

    def stems(self, line: int) -> frozenset[str]:
        """A line's stems, found by Python."""
        if line not in self._by_python:
            self._by_python[line] = stems(self._texts[line])
        return self._by_python[line]

    def likeness(self, reference: CountedLines, first: int, other: int, number: int) -> list[float]:
        """How like line `first` is to the reference's line `other`, and so on for the `number` - 1 pairs after them."""
        if not (self._kernel and reference._kernel):
            return [likeness(self.stems(first + k), reference.stems(other + k)) for k in range(number)]
        values = self._kernel.likeness(self._stems, first, reference._stems, other, number).tolist()
        for k in {k - first for k in self._left} | {k - other for k in reference._left}:
            if 0 <= k < number:
                values[k] = likeness(self.stems(first + k), reference.stems(other + k))
        return values


class LineWords:
    """The words of any number of lines, looked at a block at a time, which bounds the memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._numbers = array("q", bytes(8 * len(texts)))  # words by line, where `_seen`
        self._seen = bytearray(len(texts))
        self._block: tuple[int, int, CountedLines] | None = None

    def __len__(self) -> int:
        return len(self._texts)

    def has_letters(self, line: int) -> bool:
        """True where a line holds more than figures and marks."""
        return any(char.isalpha() for char in self._texts[line])

    def block(self, first: int, last: int) -> CountedLines:
        """The lines from `first` to before `last`; those asked for last are kept, for the next system beside them."""
        if self._block is None or self._block[:2] != (first, last):
            self._block = (first, last, self._counted(first, last, with_stems=True))
        return self._block[2]

    @cached_property
    def total(self) -> int:
        """Number of words of all lines; those of a block that was looked at are not counted again."""
        for first, last in blocks(len(self)):
            if not all(self._seen[first:last]):
                self._counted(first, last, with_stems=False)
        return sum(self._numbers)

    def _counted(self, first: int, last: int, *, with_stems: bool) -> CountedLines:
        counted = CountedLines(self._texts[first:last], with_stems=with_stems)
        self._numbers[first:last] = array("q", counted.words())
        self._seen[first:last] = b"\1" * (last - first)
        return counted
