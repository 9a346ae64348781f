"""The `processes` executor: chunks spread over worker processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class ProcessExecutor:
    """Runs chunks in `jobs` fresh processes; an error in one is raised here, results keep their order."""

    kind: ClassVar[str] = "executor"
    name: ClassVar[str] = "processes"

    jobs: int = 2

    def map(self, task: Callable[[T], R], chunks: Sequence[T]) -> list[R]:
        """The task's result for each chunk; a single chunk or job starts no process."""
        if self.jobs < 2 or len(chunks) < 2:
            return [task(chunk) for chunk in chunks]
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # Spawned, not forked: the same on every platform, and safe beside threads of libraries.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(self.jobs, len(chunks)), mp_context=context) as pool:
            return list(pool.map(task, chunks))
