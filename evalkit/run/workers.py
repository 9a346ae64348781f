"""Where the work of a run is done: in this process, or spread over worker processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct

from evalkit.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
R = TypeVar("R")


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
            with start(min(self.jobs, len(chunks)), self.plugins) as pool:
                yield from pool.map(task, chunks)
        except BrokenProcessPool:
            raise InputError(
                "a worker process ended before its work: killed, out of memory, or ended by a plug-in; "
                "take fewer processes (--jobs 1)"
            ) from None


@contextmanager
def start(number: int, plugins: tuple[str, ...]) -> Iterator[Executor]:
    """So many worker processes, each of which has loaded the plug-in files; ended at once where something is raised."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned, not forked: the same on every platform, and safe beside threads of libraries.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(number, context, initializer=_load, initargs=(plugins,)) as pool:
        try:
            yield pool
        except BaseException:  # whoever interrupts does not want to wait for what was begun
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            raise


def _load(plugins: tuple[str, ...]) -> None:
    """A fresh process knows the classes of plug-in files only once it has loaded them. What they print is no result."""
    import signal
    import sys

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
    import sys

    from evalkit.text.visible import told

    if sys.stderr is not None:
        print(told(message), file=sys.stderr, flush=True)
