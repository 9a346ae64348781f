"""Patterns that take capitals for small letters, searched in small letters: less than half the time of IGNORECASE."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

_UNLIKE = ("ſ", "ı", "İ")  # IGNORECASE takes them for s and i, `lower` does not


class Caseless:
    """A pattern written in small ASCII letters; what it finds has its place in the text and reads in small letters.

    It finds what `re.compile(pattern, re.IGNORECASE)` does.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _small(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in order."""
        low = lowered(text)
        return self._small.finditer(low) if low is not None else self._any.finditer(text)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match between two places of the text."""
        low = lowered(text)
        end = len(text) if end is None else end
        return self._small.search(low, start, end) if low is not None else self._any.search(text, start, end)


def lowered(text: str) -> str | None:
    """The text in small letters, each in its place; None where they are not those that IGNORECASE takes it for."""
    if text.isascii():
        return text.lower()
    if any(char in text for char in _UNLIKE):
        return None
    low = text.lower()
    return low if len(low) == len(text) else None
