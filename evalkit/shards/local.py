"""Shards counted by processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from evalkit.run.workers import start
from evalkit.shards.records import Failed, Work

if TYPE_CHECKING:
    from concurrent.futures import Future

TRIES = 3  # of a shard: an error of the machine may pass, one of the shard does not
Outcome = bytes | Failed
Task = Callable[[Work], Outcome]


class LocalEngine(Struct, frozen=True):
    """`jobs` processes, this one alone for one."""

    jobs: int = 1
    plugins: tuple[str, ...] = ()

    def each(self, task: Task, works: Sequence[Work]) -> Generator[tuple[Work, Outcome], None, None]:
        """What each shard comes to, as it comes. A process that is killed takes no other shard with it."""
        if self.jobs < 2 or len(works) < 2:
            yield from ((work, _tried(task, work)) for work in works)
            return
        waiting = {work.shard.number: work for work in works}
        suspects: list[Work] = []
        while waiting:
            yield from self._together(task, waiting, suspects)
        for work in suspects:
            yield work, self._alone(task, work)

    def _together(
        self, task: Task, waiting: dict[int, Work], suspects: list[Work]
    ) -> Generator[tuple[Work, Outcome], None, None]:
        """Shards by as many processes as there may be, until one of these ends: then those at work are suspects. Takes
        both out of `waiting`."""
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        queue = iter(list(waiting.values()))
        running: dict[Future[Outcome], Work] = {}
        with start(min(self.jobs, len(waiting)), self.plugins) as pool:
            try:
                while True:
                    # one ahead of each process keeps it busy, and few are suspects when one ends
                    while len(running) < 2 * self.jobs and (work := next(queue, None)):
                        running[pool.submit(_tried, task, work)] = work
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        outcome, work = future.result(), running.pop(future)
                        del waiting[work.shard.number]
                        yield work, outcome
            except BrokenProcessPool:
                for work in running.values():
                    suspects.append(waiting.pop(work.shard.number))

    def _alone(self, task: Task, work: Work) -> Outcome:
        """What a shard comes to in a process of its own, which it may take with it."""
        from concurrent.futures.process import BrokenProcessPool

        for _ in range(TRIES - 1):
            with start(1, self.plugins) as pool:
                try:
                    return pool.submit(_tried, task, work).result()
                except BrokenProcessPool:
                    continue
        return Failed(f"the process that counted it ended {TRIES} times, killed or out of memory")


def _tried(task: Task, work: Work) -> Outcome:
    """What a task gives, or its last error."""
    for number in range(1, TRIES + 1):
        try:
            return task(work)
        except Exception as problem:
            if number == TRIES:
                return Failed(told(problem))
    raise AssertionError


def told(problem: BaseException) -> str:
    """An error that is no refusal, in a line."""
    return f"{TRIES} times {type(problem).__name__}: {' '.join(str(problem).split())[:300]}"
