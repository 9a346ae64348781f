"""The bridge to a model: a worker process in an environment of its own, spoken to in lines of JSON.

Each request is one line, and so is each answer, which repeats the `id` of its request, so that no other answer is taken
for it; a worker of the user's that never does is believed.
`{"ask": "identify"}` is answered without loading the model,
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
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from evalkit.errors import ConfigError, EvalkitError
from evalkit.models.pipes import follow_answers, follow_words, send
from evalkit.text.visible import shown

Row = Mapping[str, str]
# A worker that says nothing for so long is taken for dead: loading a large model from a slow disk takes minutes.
PATIENCE = 1800.0  # seconds
# bert-score fills its batches in the order of a set, and equal texts would have other last digits in each process.
_ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0"}
_STARTS = 2  # the first, and one more: what kills a worker twice will kill it again
_LAST_WORDS = 20  # lines of standard error kept for the message: the end of a Python traceback
_GRACE = 30.0  # seconds a worker has to end by itself, or to be heard out: on a machine with much to do it takes some
_LONGEST_IDENTITY = 20_000  # characters: a model, its hash, and the versions of a hundred packages have 5,000


class WorkerError(EvalkitError):
    """A worker that cannot be started, died twice, or gives no sense."""


class _DiedError(Exception):
    """The process ended, or said nothing for too long."""


class Bridge:
    """One worker process: `command` starts it, `name` is what messages call it.

    `heard` may be set to a function that is told every request with its answer.
    """

    def __init__(self, name: str, command: Sequence[str], patience: float = PATIENCE) -> None:
        self.name = name
        self._command = list(command)
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._sender: threading.Thread | None = None
        self._listener: threading.Thread | None = None
        self._identity: dict[str, Any] | None = None
        self._starts = 0
        self._asked = 0  # requests so far: the number of the last one is its id
        self._numbers = False  # whether the worker has repeated an id
        self.heard: Callable[[Mapping[str, Any], Mapping[str, Any]], None] | None = None

    def identity(self) -> dict[str, Any]:
        """What the scores depend on, as the worker states it: model, revision, hash, versions, precision, limit."""
        if self._identity is None:
            said = self._ask({"ask": "identify"}, "identity", dict)["identity"]
            if not _is_identity(said):
                raise self._ended(f"gives no identity that can stand in a signature: {shown(said)}")
            self._identity = said
        return self._identity

    def identity_text(self) -> str:
        """The identity as signatures have it: `key:value` in the order of the keys, versions by package."""
        said = self.identity()
        versions = said.get("versions") or {}
        facts = [f"{key}:{value}" for key, value in sorted(said.items()) if key != "versions" and value != ""]
        return "|".join([*facts, *(f"{package}:{number}" for package, number in sorted(versions.items()))])

    def over(self, rows: Sequence[Row]) -> list[int]:
        """Of each row how many tokens it has over what the model reads; 0 where it is read whole."""
        found, limit = self.tokens(rows)
        return [max(0, n - limit) for n in found]

    def tokens(self, rows: Sequence[Row]) -> tuple[list[int], int]:
        """Of each row its tokens, and how many the model reads."""
        answer = self._ask({"ask": "count", "rows": list(rows)}, "tokens", list)
        found: list[int] = answer["tokens"]
        limit: Any = answer.get("limit")
        if len(found) != len(rows) or not all(isinstance(n, int) for n in (*found, limit)):
            raise WorkerError(f"the worker of {self.name!r} gives {len(found)} counts of tokens for {len(rows)} rows")
        return found, limit

    def scores(self, rows: Sequence[Row]) -> list[float]:
        """The score of each row."""
        found = self._ask({"ask": "score", "rows": list(rows)}, "scores", list)["scores"]
        if len(found) != len(rows) or not all(map(_is_number, found)):
            raise WorkerError(f"the worker of {self.name!r} gives {shown(found)} as the scores of {len(rows)} rows")
        return [float(x) for x in found]

    def spans(self, rows: Sequence[Row]) -> list[list[dict[str, Any]]]:
        """Of each row the errors that the model marks, as it gives them: nothing of them is checked here."""
        found = self._ask({"ask": "spans", "rows": list(rows)}, "spans", list)["spans"]
        if len(found) != len(rows) or not all(isinstance(spans, list) for spans in found):
            raise WorkerError(f"the worker of {self.name!r} gives {len(found)} lists of errors for {len(rows)} rows")
        return [[span for span in spans if isinstance(span, dict)] for spans in found]

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
        self._kill(process)

    def _ask(self, message: Mapping[str, Any], key: str, kind: type) -> dict[str, Any]:
        """The answer, which has `key`; the worker is started again once where it dies."""
        while True:
            try:
                answer = self._exchange(message)
                if self.heard:
                    self.heard(message, answer)
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
        self._asked += 1
        line = json.dumps({**message, "id": self._asked}, ensure_ascii=True).encode() + b"\n"
        try:
            answer = self._waited_for(process, line)
        except (_DiedError, WorkerError):
            raise
        except BaseException:  # an interrupt leaves an answer on its way: the next request must not take it for its own
            self._end()
            raise
        if not answer:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
            if self._listener is not None:
                self._listener.join(_GRACE)  # its last words may come after the end of its answers
            raise _DiedError(f"exit code {process.poll()}")
        if b"\n" in answer.rstrip(b"\r\n"):
            raise self._ended(f"says more than it was asked for: {shown(answer[:200].decode('utf-8', 'replace'))}")
        try:
            found = json.loads(answer)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            said = shown(answer[:200].decode("utf-8", "replace"))
            raise self._ended(f"answers with no JSON object: {said}")
        self._numbers |= "id" in found
        if self._numbers and found.pop("id", None) != self._asked:
            raise self._ended(f'answers another request than the last one (no "id": {self._asked}): {shown(found)}')
        return found

    def _waited_for(self, process: subprocess.Popen[bytes], line: bytes) -> bytes:
        """The next line of the worker after it was sent one; empty where it has ended."""
        with contextlib.suppress(queue.Empty):
            if early := self._answers.get_nowait():  # whose answer it is nobody can tell
                said = shown(early[:200].decode("utf-8", "replace"))
                raise self._ended(f"says more than it was asked for: {said}")
            return b""
        # Sent beside the waiting: a worker that reads nothing must not hold this process for ever.
        sender = self._sender = threading.Thread(target=send, args=(process.stdin, line, self._answers), daemon=True)
        sender.start()
        try:
            answer = self._answers.get(timeout=self._patience)
        except queue.Empty:
            raise _DiedError(f"it said nothing for {self._patience:.0f} seconds") from None
        sender.join(_GRACE)
        if sender.is_alive():
            raise self._ended("answers without reading the whole request")
        return answer

    def _ended(self, why: str) -> WorkerError:
        """The error of a worker that gives no sense, which is ended."""
        self._end()
        return WorkerError(f"the worker of {self.name!r} {why}")

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
                env={**os.environ, **_ENVIRONMENT},
            )
        except OSError as problem:
            raise WorkerError(
                f"the worker of {self.name!r} cannot be started with {shown(self._command[0])} ({problem.strerror})"
            ) from None
        threading.Thread(target=follow_answers, args=(process.stdout, self._answers), daemon=True).start()
        self._listener = threading.Thread(target=follow_words, args=(process.stderr, self._words), daemon=True)
        self._listener.start()
        self._process = process
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            self._kill(process)

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        """Ends a process and its children, if there still are any.

        What it says is closed by the threads that follow it: a grandchild in a session of its own may hold it open.
        """
        with contextlib.suppress(OSError, ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        if self._sender is not None:
            self._sender.join(_GRACE)
        if process.stdin and not (self._sender and self._sender.is_alive()):
            with contextlib.suppress(OSError, ValueError):
                process.stdin.close()

    def _told(self, why: str) -> str:
        said = [word for word in self._words if word.strip()]
        last = f"; the last it said: {shown(said[-1])}" if said else ""
        return f"the worker of {self.name!r} ended {_STARTS} times without an answer ({why}){last}"


def _is_identity(said: dict[str, Any]) -> bool:
    """Whether it is short, plain text, with versions by package: it stands in every result."""
    text = json.dumps(said, ensure_ascii=False)
    whole = not any("\ud800" <= char <= "\udfff" for char in text)
    return len(text) <= _LONGEST_IDENTITY and whole and isinstance(said.get("versions") or {}, dict)


def _is_number(value: object) -> bool:
    """Whether it is one that a score can be: a number of JSON may have more digits than a float can hold."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


@lru_cache(maxsize=16)
def bridge(name: str, python: str, script: str, options: tuple[str, ...]) -> Bridge:
    """The bridge to a worker: one process for all who ask for the same; it ends with this one."""
    if not Path(script).is_file():
        raise ConfigError(f"the metric {name!r}: no worker {shown(script)}")
    made = Bridge(name, [python, script, *options])
    atexit.register(made.close)
    return made
