"""A cluster of dask beside the tests: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 120.0  # seconds until a cluster stands, on a machine that does much else


def real_lines() -> list[str]:
    """German lines of NTREX, none where the data is not there."""
    path = Path(os.environ.get("EVALKIT_DATA", "")) / "ntrex" / "deu.txt.gz"
    return gzip.decompress(path.read_bytes()).decode().splitlines() if path.is_file() else []


def surroundings() -> dict[str, str]:
    """The environment of a process that imports this evalkit."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


@contextmanager
def cluster(folder: Path, protocol: str = "tcp", **more: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a cluster and its scheduler; `more` is the environment of its workers, and of the scheduler."""
    file = folder / "scheduler.json"
    environment = {**surroundings(), "EVALKIT_CACHE": "off", **more}
    common = ["--protocol", protocol, "--no-dashboard", "--scheduler-file", str(file)]

    def start(what: str, *options: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", f"distributed.cli.dask_{what}", *common, "--host", "127.0.0.1", *options]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(line, cwd=folder, env=environment, stdout=quiet, stderr=quiet)

    running = [start("scheduler", "--port", "0")]
    try:
        until = time.monotonic() + _PATIENCE
        while not file.is_file() and time.monotonic() < until:
            time.sleep(0.05)
        running += [start("worker", "--nthreads", "1", "--no-nanny", "--death-timeout", "60") for _ in range(2)]
        address = json.loads(file.read_text())["address"]
        _wait_for_workers(address, until, environment)
        yield address, running[0]
    finally:
        for process in running:
            process.kill()
            process.wait()


_WAIT = """
import sys
from distributed import Client
Client(sys.argv[1], timeout="60s").wait_for_workers(2, timeout=60)
"""


def _wait_for_workers(address: str, until: float, environment: dict[str, str]) -> None:
    left = max(until - time.monotonic(), 1)
    subprocess.run(
        [sys.executable, "-c", _WAIT, address], check=True, env=environment, timeout=left, capture_output=True
    )
