"""The bridge to a model: a worker process in an environment of its own, spoken to in lines of JSON.

Each request is one line, and so is each answer. `{"ask": "identify"}` is answered without loading the model,
`{"ask": "count", "rows": ...}` with the tokens of each row, `{"ask": "score", "rows": ...}` with its scores. A row is
a mapping of the sides (`candidate`, `reference`, `source`) to their text. The worker is started when it is first
asked, loads its model once, and is started again once where it dies.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import math
import os
import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from evalkit.errors import ConfigError, EvalkitError
from evalkit.text.visible import shown

Row = Mapping[str, str]
# A worker that says nothing for so long is taken for dead: loading a large model from a slow disk takes minutes.
PATIENCE = 1800.0  # seconds
_STARTS = 2  # the first, and one more: what kills a worker twice will kill it again
_LAST_WORDS = 20  # lines of standard error kept for the message: the end of a Python traceback
_LONGEST_LINE = 2000  # characters of one such line
_GRACE = 5.0  # seconds a worker has to end by itself


class WorkerError(EvalkitError):
    """A worker that cannot be started, died twice, or gives no sense."""


class _DiedError(Exception):
    """The process ended, or said nothing for too long."""


class Bridge:
    """One worker process: `command` starts it, `name` is what messages call it."""

    def __init__(self, name: str, command: Sequence[str], patience: float = PATIENCE) -> None:
        self.name = name
        self._command = list(command)
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._identity: dict[str, Any] | None = None
        self._starts = 0

    def identity(self) -> dict[str, Any]:
        """What the scores depend on, as the worker states it: model, revision, hash, versions, precision, limit."""
        if self._identity is None:
            self._identity = self._ask({"ask": "identify"}, "identity", dict)["identity"]
        return self._identity

    def over(self, rows: Sequence[Row]) -> list[int]:
        """Of each row how many tokens it has over what the model reads; 0 where it is read whole."""
        answer = self._ask({"ask": "count", "rows": list(rows)}, "tokens", list)
        found, limit = answer["tokens"], answer.get("limit")
        if len(found) != len(rows) or not all(isinstance(n, int) for n in (*found, limit)):
            raise WorkerError(f"the worker of {self.name!r} gives {len(found)} counts of tokens for {len(rows)} rows")
        return [max(0, n - limit) for n in found]

    def scores(self, rows: Sequence[Row]) -> list[float]:
        """The score of each row."""
        found = self._ask({"ask": "score", "rows": list(rows)}, "scores", list)["scores"]
        fine = all(isinstance(x, (int, float)) and not isinstance(x, bool) and math.isfinite(x) for x in found)
        if len(found) != len(rows) or not fine:
            raise WorkerError(f"the worker of {self.name!r} gives {shown(found)} as the scores of {len(rows)} rows")
        return [float(x) for x in found]

    def close(self) -> None:
        """Ends the worker and all it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError, ValueError):
            if process.stdin:
                process.stdin.close()  # the end of its input is the sign to go
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        _kill(process)

    def _ask(self, message: Mapping[str, Any], key: str, kind: type) -> dict[str, Any]:
        """The answer, which has `key`; the worker is started again once where it dies."""
        while True:
            try:
                answer = self._exchange(message)
                self._starts = 1  # what has worked once may be started again when it dies at a later request
                break
            except _DiedError as death:
                self._end()
                if self._starts >= _STARTS:
                    self._starts = 0
                    raise WorkerError(self._told(str(death))) from None
        if "error" in answer:
            raise WorkerError(f"the worker of {self.name!r} says: {shown(str(answer['error']))}")
        if not isinstance(answer.get(key), kind):
            raise WorkerError(f"the worker of {self.name!r} answers without {key!r}: {shown(answer)}")
        return answer

    def _exchange(self, message: Mapping[str, Any]) -> dict[str, Any]:
        process = self._process or self._started()
        if process.stdin is None:
            raise _DiedError("it takes no input")
        line = json.dumps(message, ensure_ascii=True).encode() + b"\n"
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = self._answers.get(timeout=self._patience)
        except OSError:
            answer = b""
        except queue.Empty:
            raise _DiedError(f"it said nothing for {self._patience:.0f} seconds") from None
        except BaseException:  # an interrupt leaves an answer on its way: the next request must not take it for its own
            self._end()
            raise
        if not answer:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
            raise _DiedError(f"exit code {process.poll()}")
        try:
            found = json.loads(answer)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            self._end()
            said = shown(answer[:200].decode("utf-8", "replace"))
            raise WorkerError(f"the worker of {self.name!r} answers with no JSON object: {said}")
        return found

    def _started(self) -> subprocess.Popen[bytes]:
        self._starts += 1
        self._answers = queue.SimpleQueue()
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so that all it starts can be ended with it
                env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
            )
        except OSError as problem:
            raise WorkerError(
                f"the worker of {self.name!r} cannot be started with {shown(self._command[0])} ({problem.strerror})"
            ) from None
        for stream, take in ((process.stdout, self._take_answer), (process.stderr, self._take_words)):
            threading.Thread(target=_follow, args=(stream, take, self._answers), daemon=True).start()
        self._process = process
        return process

    def _take_answer(self, line: bytes, answers: queue.SimpleQueue[bytes]) -> None:
        answers.put(line)

    def _take_words(self, line: bytes, _: queue.SimpleQueue[bytes]) -> None:
        if line:
            self._words.append(line.decode("utf-8", "replace").rstrip()[:_LONGEST_LINE])

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)

    def _told(self, why: str) -> str:
        said = [word for word in self._words if word.strip()]
        last = f"; the last it said: {shown(said[-1])}" if said else ""
        return f"the worker of {self.name!r} ended {_STARTS} times without an answer ({why}){last}"


def _follow(stream: Any, take: Any, answers: queue.SimpleQueue[bytes]) -> None:
    """Hands on the lines of a stream as they come, and an empty one at its end."""
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            take(line, answers)
    take(b"", answers)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its children, if there still are any."""
    with contextlib.suppress(OSError, ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(OSError, ValueError):
            if stream:
                stream.close()


@lru_cache(maxsize=16)
def bridge(name: str, python: str, script: str, options: tuple[str, ...]) -> Bridge:
    """The bridge to a worker: one process for all who ask for the same; it ends with this one."""
    if not Path(script).is_file():
        raise ConfigError(f"the metric {name!r}: no worker {shown(script)}")
    made = Bridge(name, [python, script, *options])
    atexit.register(made.close)
    return made
