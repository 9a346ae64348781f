"""Shards counted on a cluster of dask: a local one, or the one at an address."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from evalkit.errors import ConfigError, InputError, MissingExtraError
from evalkit.shards.files import unreadable
from evalkit.shards.local import TRIES, Outcome, Task, told
from evalkit.shards.records import Failed, Work
from evalkit.shards.task import identity

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class DaskEngine(Struct, frozen=True):
    """The workers of the scheduler at `address`; without one, `jobs` processes that dask looks after here.

    One task is one shard. A task that raises, or whose worker dies, is tried three times.
    """

    jobs: int = 1
    address: str = ""
    paths: tuple[str, ...] = ()

    def each(self, task: Task, works: Sequence[Work]) -> Generator[tuple[Work, Outcome], None, None]:
        """What each shard comes to, as it comes. Raises ConfigError where a worker has another evalkit, other versions
        or another kernel, and InputError where one cannot read a file."""
        distributed = _distributed()
        with ExitStack() as stack:
            client = self._client(distributed, stack)
            _check_workers(client, works[0], self.paths)
            futures = client.map(task, list(works), pure=False, retries=TRIES - 1)
            of = {future.key: work for future, work in zip(futures, works, strict=True)}
            stack.callback(client.cancel, futures)
            for future in distributed.as_completed(futures, loop=client.loop):
                yield of[future.key], _outcome(future)
                future.release()

    def _client(self, distributed: Any, stack: ExitStack) -> Any:
        import dask

        quiet = {"distributed.logging.distributed": "critical"}
        if self.address:
            try:
                return stack.enter_context(distributed.Client(self.address, timeout="10s", set_as_default=False))
            except (OSError, ValueError, TypeError) as problem:
                raise ConfigError(f"--scheduler {self.address}: no scheduler answers there ({problem})") from None
        # A shard is given up when its third worker has died: dask counts those that are allowed to.
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": TRIES - 1, **quiet}))
        cluster = distributed.LocalCluster(
            n_workers=self.jobs,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
        stack.enter_context(cluster)
        return stack.enter_context(distributed.Client(cluster, set_as_default=False))


def is_open(address: str) -> bool:
    """Whether what goes to the address can be read, and sent, by others on the way."""
    return not address.startswith("tls://") and (urlsplit(address).hostname or "") not in ("", *_LOOPBACK)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise MissingExtraError("distributed", "dask", "--engine dask") from None
    return distributed


def _check_workers(client: Any, work: Work, paths: tuple[str, ...]) -> None:
    """Refuses workers that would count otherwise than this process, or cannot read what they are to count."""
    try:
        found = client.run(identity, work)
    except Exception as problem:  # whatever a worker raises that has no evalkit, or another one
        raise ConfigError(f"--engine dask: a worker cannot run this evalkit ({told_once(problem)})") from None
    if not found:
        raise ConfigError("--engine dask: the scheduler has no workers; start some")
    mine = identity(work)
    for worker, theirs in sorted(found.items()):
        if theirs != mine:
            other = next(((a, b) for a, b in zip(mine, theirs, strict=False) if a != b), ("more parts", "other parts"))
            raise ConfigError(
                f"--engine dask: the worker {worker} has {other[1][:80]!r} where this process has {other[0][:80]!r}; "
                "numbers may differ: install the same on all"
            )
    for worker, trouble in sorted(client.run(unreadable, paths).items()):
        if trouble:
            raise InputError(f"the worker {worker} cannot read {trouble}; name files by a path that all workers have")


def _outcome(future: Any) -> Outcome:
    try:
        done: Outcome = future.result()  # of a worker that has died since, another one's: it waits for that
    except Exception as problem:
        if type(problem).__name__ == "KilledWorker":
            return Failed(f"the workers that counted it ended {TRIES} times, killed or out of memory")
        return Failed(told(problem))
    return done


def told_once(problem: BaseException) -> str:
    """An error in a line."""
    return f"{type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
