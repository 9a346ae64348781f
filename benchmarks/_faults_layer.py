"""Commands in forked processes, whose writes can fail, wait to be killed in, or be counted; some ten times as fast as a
Python started for each. Linux only."""

from __future__ import annotations

import builtins
import errno
import importlib
import io
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_ROOMS = ("evaluate", "results", "terms", "review", "history", "score", "about", "starter", "scaffold", "terms_test")


def warm() -> None:
    """Loads what commands load, once."""
    os.environ |= {"EVALKIT_CACHE": "off", "EVALKIT_KERNEL": "off"}
    for room in ("cli.app", *(f"cli.{room}" for room in _ROOMS), "run.pipeline", "run.reports", "matrix.run"):
        importlib.import_module(f"evalkit.{room}")
    from evalkit.plugins import Registry

    for kind in ("reader", "segmenter", "aligner", "scorer", "detector", "renderer", "termbase"):
        for name in Registry().names(kind):
            Registry().get(kind, name)


class Layer:
    """Stands before the writes of this process: from a step on nothing can be written, or it waits there."""

    def __init__(self, fail: int, pause: int) -> None:
        self.fail, self.pause, self.count = fail, pause, 0

    def step(self, *, frees: bool = False) -> None:
        self.count += 1
        if self.count == self.pause:
            os.write(9, b"paused\n")
            time.sleep(60)
        if self.fail and self.count >= self.fail and not frees:
            raise OSError(errno.ENOSPC, "No space left on device")

    def install(self) -> None:
        real_os_open, real_open, layer = os.open, io.open, self

        def stepping(real: Callable[..., Any], name: str) -> Callable[..., Any]:
            def made(*given: Any, **named: Any) -> Any:
                layer.step(frees=name == "unlink")  # a full disk lets files be removed
                return real(*given, **named)

            return made

        def opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR) and str(path) != os.devnull:
                layer.step()
            return real_os_open(path, flags, *more, **named)

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                layer.step()
                return super().write(data)

        def wrapped(
            file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None,
            newline: Any = None, closefd: bool = True, opener: Any = None,
        ) -> Any:  # fmt: skip
            if file in (0, 1, 2) or file == os.devnull or not set(mode) & set("wax+"):
                return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
            if not isinstance(file, int):
                layer.step()
            raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd=closefd)
            stream: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return stream if "b" in mode else io.TextIOWrapper(stream, encoding=encoding or "utf-8", newline=newline)

        for name in ("fsync", "replace", "rename", "unlink", "mkdir"):
            setattr(os, name, stepping(getattr(os, name), name))
        os.open = opened
        io.open = builtins.open = wrapped
        os.fdopen = lambda handle, mode="r", *more, **named: wrapped(handle, mode, *more, **named)


class Forked:
    """A command in a process of its own: its code, what it said, and a word where it waits."""

    def __init__(self, folder: Path, line: list[str], *, fail: int = 0, pause: int = 0, count: str = "") -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 # closed with the object
        self._read, write = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._read)
            _child(folder, line, self._said.fileno(), write, Layer(fail, pause), count)
        os.close(write)

    def wait_for_pause(self) -> bool:
        """Whether it waits now; else it has ended."""
        return bool(os.read(self._read, 10))

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def end(self) -> tuple[int, str]:
        _, status = os.waitpid(self.pid, 0)
        os.close(self._read)
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        self._said.close()
        self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode, said


def _child(folder: Path, line: list[str], said: int, word: int, layer: Layer, count: str) -> None:
    code = 99
    try:
        os.chdir(folder)
        os.dup2(word, 9)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(said, 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        for number, name in ((1, "stdout"), (2, "stderr")):
            stream = open(number, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        layer.install()
        code = _run(line)
    finally:
        sys.stderr.flush()
        if count:
            layer.fail = layer.pause = 0
            Path(count).write_text(str(layer.count))
        os._exit(code)


def _run(line: list[str]) -> int:
    from evalkit.cli import main

    sys.argv = ["evalkit", *line]
    try:
        if line[0] == "pytest":
            import pytest

            return int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", *line[1:]]))
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
