"""Standard output while a command works: kept for the result, whoever else writes to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TextIO

_OUT, _ERR = 1, 2  # as every system counts them
_APART = 10  # the first descriptor for the copy: beyond those of a program whose standard error is closed

_standard: list[TextIO | None] = []  # where results go while a command works; None where it is closed


def standard() -> TextIO | None:
    """Where results go."""
    return _standard[-1] if _standard else sys.stdout


@contextmanager
def output_kept_clean() -> Iterator[None]:
    """While a command works, what a plug-in prints goes to standard error: standard output is for results alone.

    What writes past Python, as libraries in C and other programs do, goes there too: descriptor 1 leads there.
    """
    with _set_aside() as stream, redirect_stdout(sys.stderr):
        _standard.append(stream)
        try:
            yield
        finally:
            _standard.pop()


@contextmanager
def _set_aside() -> Iterator[TextIO | None]:
    """Standard output by a descriptor that nobody knows; as it is where a program around us has put another one."""
    usual = sys.__stdout__
    if usual is None or usual is not sys.stdout or usual.fileno() != _OUT:
        yield sys.stdout
        return
    usual.flush()
    copy = _copied()
    other = _standing_in()
    os.dup2(other, _OUT)
    os.close(other)
    with os.fdopen(copy, "w", encoding=usual.encoding, errors=usual.errors) as stream:
        try:
            yield stream
        finally:
            with suppress(OSError, ValueError):  # a plug-in may have closed it
                usual.flush()
            os.dup2(stream.fileno(), _OUT)


def _copied() -> int:
    """A copy of the descriptor that no child gets."""
    with suppress(ImportError, OSError):  # Windows; a limit of fewer descriptors
        from fcntl import F_DUPFD_CLOEXEC, fcntl

        return fcntl(_OUT, F_DUPFD_CLOEXEC, _APART)
    return os.dup(_OUT)


def _standing_in() -> int:
    try:
        return os.dup(_ERR)
    except OSError:  # it is closed
        return os.open(os.devnull, os.O_WRONLY)
