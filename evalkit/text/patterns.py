"""Patterns that users write: compiled with a clear error, searched under a time limit."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

SECONDS = 1.0  # for one pattern in one sentence; an ordinary pattern needs microseconds


class Hit(NamedTuple):
    """A place a pattern matches, never empty."""

    start: int
    end: int


class TooSlowError(Exception):
    """A pattern that did not finish within its time."""


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> Any:
    """The compiled pattern; ValueError with the reason (`no regular expression: ...`) where it is none."""
    import regex

    if not pattern:
        raise ValueError("empty; write what to look for")
    try:
        compiled = regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as problem:
        raise ValueError(f"no regular expression: {problem}") from None
    return compiled


def find_all(pattern: str, text: str, seconds: float = SECONDS) -> list[Hit]:
    """Where the pattern matches, in order; TooSlowError where it takes longer than `seconds`.

    The limit guards against patterns whose time grows without bound; it decides between an answer and
    an error, never between two answers.
    """
    try:
        matches = compile_pattern(pattern).finditer(text, timeout=seconds)
        return [Hit(m.start(), m.end()) for m in matches if m.start() < m.end()]
    except TimeoutError:
        raise TooSlowError(f"takes more than {seconds:g} s for one text of {len(text):,} characters") from None


def is_widthless(pattern: str, text: str, seconds: float = SECONDS) -> bool:
    """True where the pattern matches in the text, but never a character; False where it takes too long."""
    try:
        matches = list(compile_pattern(pattern).finditer(text, timeout=seconds))
    except TimeoutError:
        return False
    return bool(matches) and all(m.start() == m.end() for m in matches)
