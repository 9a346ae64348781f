"""Patterns that users write: compiled with a clear error, searched under a time limit."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

from evalkit.text.visible import shown

_MOST = 100_000  # parts of a pattern once its counted repetitions are written out, as the library does: 0.1 s
_MOST_FUZZY = 500  # the same where errors are allowed, {e<=1}: time grows as the cube and heeds no limit, 0.1 s here
SECONDS = 1.0  # for one pattern in one sentence; an ordinary pattern needs microseconds
# What a run may spend on patterns beyond the pace of ordinary ones (1 to 20 µs in a sentence of 150 characters); a
# thousand patterns, each slow but within its second, would otherwise take hours.
RUN_SECONDS = 60.0
_PACE, _PACE_A_CHARACTER = 50e-6, 0.5e-6  # seconds of one search that count as ordinary


class Hit(NamedTuple):
    """A place a pattern matches, never empty."""

    start: int
    end: int


class TooSlowError(Exception):
    """A pattern that did not finish within its time."""


class _Account:
    """Processor time that a run has spent on slow patterns."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}
        self._sum = 0.0

    def charge(self, pattern: str, text: str, seconds: float) -> None:
        """Books what a search took beyond the ordinary."""
        beyond = seconds - _PACE - _PACE_A_CHARACTER * len(text)
        if beyond > 0:
            self._sum += beyond
            self._spent[pattern] = self._spent.get(pattern, 0.0) + beyond

    def check(self) -> None:
        """Raises TooSlowError, with the slowest pattern, where nothing is left to spend."""
        if self._sum > RUN_SECONDS:
            worst = max(self._spent, key=lambda pattern: self._spent[pattern])
            raise TooSlowError(
                f"comes when slow patterns have taken {RUN_SECONDS:g} s of this run together, most of it the pattern "
                f"{shown(worst)}"
            )


_account: ContextVar[_Account | None] = ContextVar("patterns", default=None)


@contextmanager
def one_account() -> Iterator[None]:
    """All searches within are one run, whose slow patterns share RUN_SECONDS; a run within another is part of it."""
    if _account.get() is not None:
        yield
        return
    token = _account.set(_Account())
    try:
        yield
    finally:
        _account.reset(token)


def _matches(pattern: str, text: str, seconds: float) -> list[Any]:
    """All matches; time beyond the ordinary goes to the run's account, and TooSlowError says that it is overdrawn."""
    account = _account.get()
    if account is None:
        return list(compile_pattern(pattern).finditer(text, timeout=seconds))
    account.check()
    start = time.thread_time()  # the processor's: what else runs on the machine is not the pattern's fault
    try:
        return list(compile_pattern(pattern).finditer(text, timeout=seconds))
    finally:
        account.charge(pattern, text, time.thread_time() - start)


@lru_cache(maxsize=8192)  # lists with thousands of patterns are searched text by text: each is made once
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
        return [Hit(m.start(), m.end()) for m in _matches(pattern, text, seconds) if m.start() < m.end()]
    except TimeoutError:
        raise TooSlowError(f"takes more than {seconds:g} s for one text of {len(text):,} characters") from None
    except MemoryError:
        raise TooSlowError(f"takes all memory for one text of {len(text):,} characters") from None


def is_widthless(pattern: str, text: str, seconds: float = SECONDS) -> bool:
    """True where the pattern matches in the text, but never a character; False where it takes too long."""
    try:
        matches = _matches(pattern, text, seconds)
    except (TimeoutError, MemoryError, TooSlowError):
        return False
    return bool(matches) and all(m.start() == m.end() for m in matches)
