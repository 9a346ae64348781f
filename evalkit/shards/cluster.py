"""Shards counted on a cluster of dask: a local one, or the one at an address."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from evalkit.errors import ConfigError, InputError, MissingExtraError
from evalkit.shards.files import unreadable
from evalkit.shards.local import TRIES, Outcome, Task, told
from evalkit.shards.records import Failed, Work
from evalkit.shards.task import identity

KILLED = f"the workers that counted it ended {TRIES} times, killed or out of memory"
_RETURNS = "1 hour"  # dask gives up a worker that is away for so long; it starts within minutes even on a busy machine
_NOBODY = "10 minutes"  # without any worker for so long none will come: the shards that wait are failed ones
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
        distributed = distributed_of()
        with ExitStack() as stack:
            client = self.client(distributed, stack)
            check_workers(client, works[0], self.paths)
            futures = client.map(task, list(works), pure=False, retries=TRIES - 1)
            of = {future.key: work for future, work in zip(futures, works, strict=True)}
            stack.callback(client.cancel, futures)
            suspects = []
            for future in distributed.as_completed(futures, loop=client.loop):
                outcome = self._outcome(future, client)
                if self.address and outcome == Failed(KILLED):  # or another one did that stood in the same queue
                    suspects.append(of[future.key])
                else:
                    yield of[future.key], outcome
                future.release()
            for work in suspects:
                yield work, self._outcome(client.submit(task, work, pure=False, retries=TRIES - 1), client)

    def _outcome(self, future: Any, client: Any) -> Outcome:
        try:
            done: Outcome = future.result()  # of a worker that has died since, another one's: it waits for that
        except Exception as problem:
            if is_lost(problem, client):
                raise gone(self.address) from None
            if type(problem).__name__ == "KilledWorker":
                return Failed(KILLED)
            return Failed(told(problem))
        return done

    def client(self, distributed: Any, stack: ExitStack) -> Any:
        """A client of the cluster, which ends with the stack. Raises ConfigError where no scheduler answers."""
        import dask

        # A worker's own level, from its start on: dask silences it only between its start and its end.
        quiet: dict[str, object] = {
            "distributed.nanny.pre-spawn-environ.DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"
        }
        for name in ("distributed", "distributed.client"):  # what is lost is told once, as an error
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if self.address:
            try:
                return stack.enter_context(distributed.Client(self.address, timeout="10s", set_as_default=False))
            except (OSError, ValueError, TypeError) as problem:
                raise ConfigError(f"--scheduler {self.address}: no scheduler answers there ({problem})") from None
        # A shard is given up when its third worker has died: dask counts those that are allowed to. It blames all tasks
        # that the worker has, so each has one at a time, and no task waits with another.
        limits: dict[str, object] = {
            "distributed.scheduler.allowed-failures": TRIES - 1,
            "distributed.scheduler.worker-saturation": 1.0,
            # A worker that takes long to come back, on a machine that does much else, is not given up for good.
            "distributed.deploy.lost-worker-timeout": _RETURNS,
            "distributed.scheduler.no-workers-timeout": _NOBODY,
        }
        stack.enter_context(dask.config.set({**limits, **quiet}))
        cluster = distributed.LocalCluster(
            n_workers=self.jobs,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            # No web page; the port that dask opens all the same is a free one, of this machine alone.
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
        stack.enter_context(cluster)
        return stack.enter_context(distributed.Client(cluster, set_as_default=False))


def is_open(address: str) -> bool:
    """Whether what goes to the address can be read, and sent, by others on the way."""
    return not address.startswith("tls://") and (urlsplit(address).hostname or "") not in ("", *_LOOPBACK)


def distributed_of() -> Any:
    try:
        import distributed
    except ImportError:
        raise MissingExtraError("distributed", "dask", "--engine dask") from None
    return distributed


def check_workers(
    client: Any, work: Work, paths: tuple[str, ...], same: Callable[[Work], list[str]] = identity
) -> None:
    """Refuses workers that would count otherwise than this process, or cannot read what they are to count. `same` gives
    what has to be the same."""
    try:
        found = client.run(same, work)
    except Exception as problem:  # whatever a worker raises that has no evalkit, or another one
        raise ConfigError(f"--engine dask: a worker cannot run this evalkit ({told_once(problem)})") from None
    if not found:
        raise ConfigError("--engine dask: the scheduler has no workers; start some")
    mine = same(work)
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


def is_lost(problem: BaseException, client: Any) -> bool:
    """Whether a task failed because the scheduler is no longer there."""
    lost = type(problem).__name__ in ("CancelledError", "FutureCancelledError", "CommClosedError")
    return lost and client.status != "running"


def gone(address: str) -> InputError:
    """The error for a scheduler that is lost in mid-run."""
    return InputError(
        f"--scheduler {address or 'of this machine'}: the scheduler was lost; what was done is kept where the cache "
        "is on, so the same command goes on from there"
    )


def told_once(problem: BaseException) -> str:
    """An error in a line."""
    return f"{type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
