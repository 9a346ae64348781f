"""Patterns that users write: compiled with a clear error, searched under a time limit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

_MOST = 100_000  # parts of a pattern once its counted repetitions are written out, as the library does: 0.1 s
_MOST_FUZZY = 500  # the same where errors are allowed, {e<=1}: time grows as the cube and heeds no limit, 0.1 s here
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
    if reason := _unbounded(pattern):
        raise ValueError(reason)
    try:
        compiled = regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError, MemoryError) as problem:
        raise ValueError(f"no regular expression: {problem}") from None
    return compiled


_CALL = r"\(\?(?:R|[+-]?\d|&|P>)"  # a group that is searched within itself has no bound of depth
_COUNT = r"\{(?P<least>\d*)(?:,\d*)?\}"
_SET = r"\[\^?\]?(?:\\.|[^\]\\]){0,100}\]"  # of a longer one each character is a part
_PARTS = rf"(?P<escape>\\.)|(?P<set>{_SET})|(?P<call>{_CALL})|(?P<open>\()|(?P<close>\))|{_COUNT}|."


def _unbounded(pattern: str) -> str:
    """Why a pattern may take any memory or time to compile or search, empty where it may not."""
    most = _MOST_FUZZY if re.search(r"\{[^{}]*[eids]\b[^{}]*\}", pattern) else _MOST
    sizes, last = [0], 0  # of the groups that are open, written out, and of the last part
    for part in re.finditer(_PARTS, pattern, re.DOTALL):
        if part["call"]:
            return "a pattern that calls itself; write it without (?R), (?1) or (?&name)"
        if part["open"]:
            sizes.append(0)
            last = 0
            continue
        if part["close"]:
            last = sizes.pop() if len(sizes) > 1 else 0
        elif part["least"] is not None:
            added = max(last * (int(part["least"][:9] or 0) - 1), 0)
            sizes[-1], last = sizes[-1] + added, last + added
            continue
        else:
            last = 1
        sizes[-1] += last
        if sum(sizes) > most:
            break
    return f"of more than {most:,} parts once its repetitions are written out; shorten it" if sum(sizes) > most else ""


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
    except MemoryError:
        raise TooSlowError(f"takes all memory for one text of {len(text):,} characters") from None


def is_widthless(pattern: str, text: str, seconds: float = SECONDS) -> bool:
    """True where the pattern matches in the text, but never a character; False where it takes too long."""
    try:
        matches = list(compile_pattern(pattern).finditer(text, timeout=seconds))
    except (TimeoutError, MemoryError):
        return False
    return bool(matches) and all(m.start() == m.end() for m in matches)
