"""Where the work of a run is done: in this process, or spread over worker processes of this machine."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct

from evalkit.errors import InputError
from evalkit.run.stages import heard, part

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
R = TypeVar("R")
# Seconds between two looks at how far the worker processes are: often enough for a line on a terminal.
_LOOK = 0.5


class Pool(Protocol):
    """A cluster: gives a task's result for each chunk, in order, and raises what a task refuses."""

    def each(self, task: Callable[[T], R], chunks: Sequence[T]) -> Iterator[R]: ...


class Workers(Struct, frozen=True):
    """`jobs` processes, each of which has loaded the plug-in files of the run, or a cluster in their place. Not a
    plug-in kind: what runs where changes no result."""

    jobs: int = 1
    plugins: tuple[str, ...] = ()
    pool: Pool | None = None

    def map(self, task: Callable[[T], R], chunks: Sequence[T]) -> list[R]:
        """The task's result for each chunk, in order; an error in one is raised here."""
        return list(self.each(task, chunks))

    def each(self, task: Callable[[T], R], chunks: Sequence[T]) -> Iterator[R]:
        """As `map`, each result as soon as it and all before it are there."""
        if self.pool is not None:
            yield from self.pool.each(task, chunks)
            return
        if self.jobs < 2 or len(chunks) < 2:
            yield from map(task, chunks)
            return
        from concurrent.futures.process import BrokenProcessPool

        try:
            yield from _spread(task, chunks, self.jobs, self.plugins)
        except BrokenProcessPool:
            raise InputError(
                "a worker process ended before its work: killed, out of memory, or ended by a plug-in; "
                "take fewer processes (--jobs 1)"
            ) from None


def _spread(task: Callable[[T], R], chunks: Sequence[T], jobs: int, plugins: tuple[str, ...]) -> Iterator[R]:
    """The results in order, from worker processes. Meanwhile this one says how much of all they have done: each writes
    into memory that they share, which a process that is killed cannot block as it could a pipe."""
    from concurrent.futures import wait
    from multiprocessing import sharedctypes

    shares = sharedctypes.RawArray("d", len(chunks))
    with start(min(jobs, len(chunks)), plugins, shares) as pool:
        waiting = [pool.submit(_one, task, number, chunk) for number, chunk in enumerate(chunks)]
        waiting.reverse()
        while waiting:
            before = len(chunks) - len(waiting)
            while wait(waiting[-1:], _LOOK).not_done:
                part(math.fsum(shares) - before)
            result = waiting.pop().result()
            shares[before] = 1.0
            yield result


_shares: Any = None  # of a worker process: how much of each chunk is done, of all processes


def _one(task: Callable[[T], R], number: int, chunk: T) -> R:
    """In a worker process: the result of a chunk, with word of how far it is."""
    with heard(lambda share: _shares.__setitem__(number, share)):
        result = task(chunk)
    _shares[number] = 1.0
    return result


@contextmanager
def start(number: int, plugins: tuple[str, ...], shares: Any = None) -> Iterator[Executor]:
    """So many worker processes, each of which has loaded the plug-in files; ended at once where something is raised."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned, not forked: the same on every platform, and safe beside threads of libraries.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(number, context, initializer=_load, initargs=(plugins, shares)) as pool:
        try:
            yield pool
        except BaseException:  # whoever interrupts does not want to wait for what was begun
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            raise


def _load(plugins: tuple[str, ...], shares: Any) -> None:
    """A fresh process knows the classes of plug-in files only once it has loaded them. What they print is no result."""
    import signal
    import sys

    global _shares
    _shares = shares

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the process hears that has started this one
    sys.stdout = sys.stderr
    from multiprocessing.util import Finalize

    from evalkit.errors import EvalkitError
    from evalkit.plugins import Registry
    from evalkit.plugins.guests import leave

    if plugins:
        Finalize(None, leave, (0, _say), exitpriority=0)  # before the process waits for all its threads
    try:
        Registry(plugins)
    except EvalkitError as problem:  # of a file that could be loaded before
        _say(f"evalkit: error: in a worker process: {problem}")
        os._exit(2)


def _say(message: str) -> None:
    from evalkit.text import aside
    from evalkit.text.visible import told

    aside.say(f"{told(message)}\n")
