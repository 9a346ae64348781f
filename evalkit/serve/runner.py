"""Jobs one after another, each in a process with limits; what waits is bounded, what was cut off is begun again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.serve.limits import Limits
from evalkit.serve.store import Job, Store
from evalkit.text import aside
from evalkit.text.files import resolved

_TICK = 0.05  # seconds between two looks at a process: short beside the shortest evaluation, a second
_ENDED = "The evaluation ended before it was done: it took more time or memory than it may. Give smaller texts."
_LATE = "The evaluation took longer than {} seconds and was stopped. Give smaller texts."
_NOT_RUN = "The evaluation could not be run on this machine now: its disk may be full. Try again later."
# Between two looks for what is too old, in seconds.
_SWEEP = 600


class Runner:
    """The queue of a store. `submit` is the way in; threads of its own do the rest."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._waiting: deque[str] = deque()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._wake = threading.Condition()
        self._closed = False
        self._swept = 0.0
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(max(1, limits.running))]

    def start(self) -> None:
        """Begins to work, with what an earlier server left undone."""
        for job in reversed(self._store.all()):
            if job.state in ("waiting", "running"):
                self._store.change(job.id, state="waiting")
                self._waiting.append(job.id)
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends; what runs is stopped and stays undone."""
        with self._wake:
            self._closed = True
            for process in self._running.values():
                process.kill()
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(5)

    @property
    def is_full(self) -> bool:
        """Whether nothing more may wait."""
        return len(self._waiting) >= self._limits.waiting

    def place(self, id_: str) -> int:
        """How many jobs are before this one; 0 where it is next, or runs."""
        with self._wake:
            return self._waiting.index(id_) if id_ in self._waiting else 0

    def submit(self, job: Job) -> None:
        """Puts a job into the queue, which the caller has found not to be full; not one that was deleted meanwhile."""
        folder = self._store.path(job.id)
        with self._store.lock:
            if self._store.get(job.id) is None:
                return
            lists = "\n".join(str(resolved(path)) for path in self._store.lists()) if job.lists else ""
            (folder / "lists").write_text(lists, encoding="utf-8")
            for name in ("stage", "problem"):
                (folder / name).unlink(missing_ok=True)
            self._store.change(job.id, state="waiting", problem="")
        with self._wake:
            if job.id not in self._waiting:
                self._waiting.append(job.id)
            self._wake.notify()

    def stop(self, id_: str) -> None:
        """Stops a job that waits or runs; when it returns, its process writes no more."""
        with self._wake:
            if id_ in self._waiting:
                self._waiting.remove(id_)
            process = self._running.get(id_)
        if process:
            process.kill()
            process.wait()

    def stage(self, id_: str) -> str:
        """The stage a running job is in, empty before the first."""
        try:
            return (self._store.path(id_) / "stage").read_text(encoding="utf-8")
        except OSError:
            return ""

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._closed:
                    self._wake.wait(1.0)
                    self._sweep()
                if self._closed:
                    return
                id_ = self._waiting.popleft()
            try:
                self._run(id_)
            except Exception as problem:  # a full disk, no process left: the next evaluation may fare better
                self._failed(id_, problem)

    def _failed(self, id_: str, problem: Exception) -> None:
        """Tells of an evaluation that could not be run or settled; if that fails too, the next start begins anew."""
        aside.say(f"evalkit: an evaluation could not be run: {type(problem).__name__}\n")
        with self._wake:
            self._running.pop(id_, None)
        with contextlib.suppress(Exception):
            self._store.change(id_, state="failed", problem=_NOT_RUN)

    def _sweep(self) -> None:
        if time.monotonic() - self._swept > _SWEEP:
            self._swept = time.monotonic()
            with contextlib.suppress(OSError, EvalkitError):
                self._store.sweep(self._limits.hours)

    def _run(self, id_: str) -> None:
        job = self._store.change(id_, state="running")
        if job is None:
            return
        folder = self._store.path(id_)
        process = self._started(folder)
        with self._wake:
            self._running[id_] = process
        if self._store.get(id_) is None:  # deleted before there was a process to stop
            process.kill()
        late = _watched(process, self._limits.seconds, lambda: self._closed)
        if process.stdin:
            process.stdin.close()
        with self._wake:
            del self._running[id_]
        if self._closed:
            return  # it is begun again when the server is
        self._settle(id_, folder, process.returncode, late)

    def _settle(self, id_: str, folder: Path, code: int, late: bool) -> None:
        problem = folder / "problem"
        if code == 0 and problem.is_file():
            self._store.change(id_, state="failed", problem=problem.read_text(encoding="utf-8"))
        elif code == 0 and (folder / "result.json").is_file():
            self._store.change(id_, state="done", problem="")
        else:
            said = _LATE.format(self._limits.seconds) if late else _ENDED
            self._store.change(id_, state="failed", problem=said)

    def _started(self, folder: Path) -> subprocess.Popen[bytes]:
        """The process of a job: nothing it prints is kept, for it might hold texts; nothing is cached."""
        limits = self._limits
        line = [sys.executable, "-m", "evalkit.serve.worker", str(folder), str(limits.memory), str(limits.seconds)]
        environment = {**os.environ, "EVALKIT_CACHE": "off"}
        return subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )


def _watched(process: subprocess.Popen[bytes], seconds: float, closed: Callable[[], bool]) -> bool:
    """Waits for a process; whether it had to be stopped for being late."""
    end = time.monotonic() + seconds
    while process.poll() is None:
        if time.monotonic() > end or closed():
            process.kill()
            process.wait()
            return not closed()
        time.sleep(_TICK)
    return False
