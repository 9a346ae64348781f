"""A cluster of dask in place of this machine's processes: documents aligned, findings looked for, models asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from evalkit.compare.scorers import make_scorers
from evalkit.errors import EvalkitError, InputError
from evalkit.plugins import Registry
from evalkit.records.config import RunConfig
from evalkit.shards.cluster import DaskEngine, check_workers, distributed_of, gone, is_lost
from evalkit.shards.local import TRIES, told
from evalkit.shards.records import Shard, Work
from evalkit.shards.task import identity

T = TypeVar("T")
R = TypeVar("R")


class _Refused(Struct, frozen=True):
    """What a task refuses: another try would not change it."""

    problem: EvalkitError


class Cluster:
    """A cluster that is open while it is needed: `with Cluster(engine) as cluster`.

    Raises ConfigError on entering where no scheduler answers.
    """

    def __init__(self, engine: DaskEngine) -> None:
        self._engine, self._stack = engine, ExitStack()
        self._client: Any = None
        self._checked: set[bytes] = set()

    def __enter__(self) -> Cluster:
        self._client = self._engine.client(distributed_of(), self._stack)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def pool(self, config: RunConfig, folder: Path) -> DaskPool:
        """The cluster for an evaluation. Raises ConfigError where a worker has another evalkit, other versions, another
        kernel or another model than this process."""
        files = tuple(str(folder / path) for path in config.plugins)
        alike = Work(Shard(0, 0, 0, ()), (), (), (), None, 1, (), config.metrics, config.language, files)
        if (key := msgspec.json.encode([config.metrics, config.language, files])) not in self._checked:
            check_workers(self._client, alike, (), same=_same)
            self._checked.add(key)
        return DaskPool(self._client, self._engine.address, files)


class DaskPool:
    """One task is one document, one system's findings, or one request to a model, with the texts it takes. What a
    worker needs besides, plug-in files and environments of models, must be there."""

    def __init__(self, client: Any, address: str, files: tuple[str, ...]) -> None:
        self._client, self._address, self._files = client, address, files

    def each(self, task: Callable[[T], R], chunks: Sequence[T]) -> Iterator[R]:
        """The task's result for each chunk, in order. What a task refuses is raised as it is; InputError for one that
        fails, or whose worker ends, three times, and where the scheduler is lost."""
        if not chunks:
            return
        pickle = _pickle()
        whole = [(self._files, pickle.dumps((task, chunk))) for chunk in chunks]
        futures = self._client.map(_done, whole, pure=False, retries=TRIES - 1)
        sent = {future.key: content for future, content in zip(futures, whole, strict=True)}
        try:
            for chunk, future in zip(chunks, futures, strict=True):
                named = f"a task on the cluster{_about(chunk)}"
                yield self._result(future, named, again=sent.get(future.key) if self._address else None)
                future.release()
        finally:
            self._client.cancel(futures)

    def _result(self, future: Any, named: str, again: object = None) -> Any:
        """What a task gave. One whose workers ended is sent `again`, once: it may have stood in another one's queue."""
        try:
            done = future.result()
        except Exception as problem:
            if is_lost(problem, self._client):
                raise gone(self._address) from None
            if type(problem).__name__ == "KilledWorker":
                if again is not None:
                    return self._result(self._client.submit(_done, again, pure=False, retries=TRIES - 1), named)
                said = f"the workers that did it ended {TRIES} times, killed or out of memory"
                raise InputError(f"{named}: {said}") from None
            raise InputError(f"{named}: {told(problem)}") from None
        if isinstance(done, _Refused):
            raise done.problem
        return done


def _about(chunk: object) -> str:
    """Of which units or segments a chunk is, by the first and the last."""
    for part in chunk if isinstance(chunk, tuple) else ():
        if isinstance(part, (tuple, list)) and part and (first := getattr(part[0], "id", "")):
            return f" ({first} to {part[-1].id})"
    return ""


def _pickle() -> Any:
    """dask's own way to send what has classes."""
    from distributed.protocol import pickle

    return pickle


def _done(sent: tuple[tuple[str, ...], bytes]) -> Any:
    """A chunk's result: plug-in files first, for what comes may be of their classes."""
    files, content = sent
    Registry(files)
    task, chunk = _pickle().loads(content)
    try:
        return task(chunk)
    except EvalkitError as problem:
        return _Refused(problem)


def _same(work: Work) -> list[str]:
    """What has to be the same on all workers: as for shards, and the models behind metrics."""
    scorers = make_scorers(work.metrics, work.lang, Registry(work.plugins))
    models = [f"{name}: {getattr(s, 'identity', '')}" for name, s in scorers.items() if getattr(s, "on_cluster", False)]
    return [*identity(work), *models]
