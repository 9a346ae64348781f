"""The same on a cluster of dask, whatever happens to its workers. Slow, and only where dask is installed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.shards.clusters import cluster, real_lines, surroundings

pytest.importorskip("distributed", reason="NOT TESTED: clusters; install the extra `dask`")
pytestmark = pytest.mark.slow

LINES = 12_000
# A script, for worker processes are started from one: the result of a stream as JSON.
SCRIPT = """
import sys
from pathlib import Path
from evalkit.records.config import parse
from evalkit.records.json import dumps
from evalkit.shards.run import Settings, stream

if __name__ == "__main__":
    engine, metric, missing, candidate, scheduler, rows = sys.argv[1:7]
    config = {
        "candidate": [{"path": candidate, "name": "s"}], "reference": [{"path": "r.txt"}], "align": "lines",
        "metrics": metric.split(","), "detectors": [], "statistics": {"test": "none"}, "plugins": ["mine.py"],
    }
    if "://" in candidate:
        import fsspec
        with fsspec.open(candidate, "wb") as file:
            file.write(Path("s.txt").read_bytes())
    settings = Settings(engine, scheduler, jobs=2, shard_rows=int(rows), allow_missing=missing == "yes")
    try:
        print(dumps(stream(parse(config, "the test"), settings)))
    except Exception as problem:
        print(type(problem).__name__, problem, file=sys.stderr)
        sys.exit(2)
"""
# Scorers that count characters and end their process, or raise, at one line.
PLUGIN = """
import os, signal
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

@dataclass(frozen=True)
class Length:
    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "length"
    better: ClassVar[str] = "higher"

    def measure(self, units):
        for unit in units:
            self.at(unit.candidate.text)
        return [(float(len(unit.candidate.text)), 1.0) for unit in units]

    def at(self, text): ...
    def value(self, row): return row[0] / row[1]
    def segment(self, row): return row[0]
    def signature(self, nrefs): return "length"

@dataclass(frozen=True)
class DiesOnce(Length):
    name: ClassVar[str] = "dies-once"

    def at(self, text):
        if text.endswith("5500"):
            try:
                Path("died").touch(exist_ok=False)
            except FileExistsError:
                return
            os.kill(os.getpid(), signal.SIGKILL)

@dataclass(frozen=True)
class Dies(Length):
    name: ClassVar[str] = "dies"

    def at(self, text):
        if text.endswith("5500"):
            os.kill(os.getpid(), signal.SIGKILL)

@dataclass(frozen=True)
class Raises(Length):
    name: ClassVar[str] = "raises"

    def at(self, text):
        if text.endswith("5500"):
            raise RuntimeError("no memory of the graphics card")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Real lines where there are any, each with its number; every third is another than that of the reference."""
    lines = real_lines() or ["line"]
    number = len(lines)
    (tmp_path / "s.txt").write_text("".join(f"{lines[k % number]} {k}\n" for k in range(LINES)))
    (tmp_path / "r.txt").write_text(
        "".join(f"{lines[(k - (k % 3 == 2)) % number]} {k - k % 3}\n" for k in range(LINES))
    )
    (tmp_path / "mine.py").write_text(PLUGIN)
    (tmp_path / "script.py").write_text(SCRIPT)
    return tmp_path


def begin(
    folder: Path,
    engine: str,
    metric: str = "bleu,chrf",
    missing: str = "no",
    candidate: str = "s.txt",
    cache: str = "off",
    scheduler: str = "",
    rows: int = 1000,
    **environment: str,
) -> subprocess.Popen[str]:
    line = [sys.executable, "script.py", engine, metric, missing, candidate, scheduler, str(rows)]
    environment = {**surroundings(), "EVALKIT_CACHE": cache, **environment}
    return subprocess.Popen(
        line, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def run(folder: Path, engine: str, *given: str, **more: str) -> tuple[int, str, str]:
    process = begin(folder, engine, *given, **more)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_worker_that_is_killed_changes_no_byte(folder: Path, engine: str) -> None:
    (folder / "died").touch()
    alone = run(folder, "local", "bleu,dies-once")
    (folder / "died").unlink()
    killed = run(folder, engine, "bleu,dies-once")
    assert (folder / "died").exists()
    assert killed[:2] == alone[:2], killed[2]
    assert alone[0] == 0, alone[2]


@pytest.mark.parametrize(
    ("engine", "metric"), [("local", "dies"), ("dask", "dies"), ("local", "raises"), ("dask", "raises")]
)
def test_a_shard_that_fails_three_times_is_named(folder: Path, engine: str, metric: str) -> None:
    """Also where dask is told to wait for no worker that comes back: it would lose one after another, and wait."""
    code, _, said = run(folder, engine, metric, DASK_DISTRIBUTED__DEPLOY__LOST_WORKER_TIMEOUT="1ms")
    assert code == 2
    assert said.startswith("InputError shards that could not be counted: rows 5,001 to 6,000 (s.txt): "), said
    assert ("ended 3 times" if metric == "dies" else "RuntimeError: no memory of the graphics card") in said


def test_without_the_shard_where_that_is_allowed(folder: Path) -> None:
    code, out, said = run(folder, "dask", "raises", "yes")
    assert code == 0, said
    assert "left out: rows 5,001 to 6,000 (s.txt)" in out


def test_a_worker_that_cannot_read_a_file_is_named(folder: Path) -> None:
    """A file in the memory of the client."""
    code, _, said = run(folder, "dask", "bleu", "no", "memory://s.txt")
    assert code == 2
    assert said.startswith("InputError the worker tcp://127.0.0.1:"), said
    assert "cannot read memory://s.txt" in said


def test_a_client_that_is_killed_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    alone = run(folder, "local")
    process = begin(folder, "dask", cache=str(cache))
    while len(list(cache.glob("*/*.rows"))) < 3 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = {path: path.stat().st_mtime_ns for path in cache.glob("*/*.rows")}
    assert len(kept) >= 3
    again = begin(folder, "dask", cache=str(cache))
    out, err = again.communicate(timeout=300)
    assert (again.returncode, out) == alone[:2], err
    assert len(list(cache.glob("*/*.rows"))) == 12


def test_a_scheduler_that_is_lost_is_one_error_and_a_rerun_goes_on(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    alone = run(folder, "local", rows="100")
    with cluster(tmp_path) as (address, scheduler):
        process = begin(folder, "dask", cache=str(cache), scheduler=address, rows=100)
        while len(list(cache.glob("*/*.rows"))) < 3 and process.poll() is None:
            time.sleep(0.01)
        scheduler.kill()
        _, err = process.communicate(timeout=300)
    assert process.returncode == 2, err
    assert err.startswith(f"InputError --scheduler {address}: the scheduler was lost; "), err
    assert len(err.splitlines()) == 1
    kept = {path: path.stat().st_ino for path in cache.glob("*/*.rows")}  # an entry written again is another file
    assert 3 <= len(kept) < LINES // 100
    again = begin(folder, "local", cache=str(cache), rows=100)
    out, err = again.communicate(timeout=300)
    assert (again.returncode, out) == alone[:2], err
    assert {path: path.stat().st_ino for path in kept} == kept


def test_a_worker_with_another_kernel_is_refused(folder: Path, tmp_path: Path) -> None:
    with cluster(tmp_path, EVALKIT_KERNEL="off") as (address, _):
        code, out, said = run(folder, "dask", scheduler=address)
    assert (code, out) == (2, "")
    assert said.startswith("ConfigError --engine dask: the worker tcp://127.0.0.1:"), said
    assert "numbers may differ: install the same on all" in said


def test_a_cluster_with_tls(folder: Path, tmp_path: Path) -> None:
    """Its certificates are those of dask's configuration; who has none does not get in."""
    if not shutil.which("openssl"):
        pytest.skip("NOT TESTED: TLS; there is no openssl")
    names = ("-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=localhost", "-days", "2")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    tls = {"CA_FILE": "cert.pem"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        tls |= {f"{role}__CERT": "cert.pem", f"{role}__KEY": "key.pem"}
    secret = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(tmp_path / file) for name, file in tls.items()}
    alone = run(folder, "local")
    with cluster(tmp_path, protocol="tls", **secret) as (address, _):
        assert address.startswith("tls://")
        safe = run(folder, "dask", scheduler=address, **secret)
        stranger = run(folder, "dask", scheduler=address)
    assert safe[:2] == alone[:2], safe[2]
    assert stranger[0] == 2
    assert stranger[2].startswith(f"ConfigError --scheduler {address}: "), stranger[2]


LEVEL = """
import logging
from contextlib import ExitStack
import distributed
from evalkit.shards.cluster import DaskEngine

def level():
    return logging.getLogger("distributed").level

if __name__ == "__main__":
    with ExitStack() as stack:
        print(*DaskEngine(jobs=1).client(distributed, stack).run(level).values())
"""


def test_a_worker_is_silent_from_its_start_to_its_end(folder: Path) -> None:
    """What dask logs goes to the standard error that evalkit's one line goes to, also while a worker ends."""
    (folder / "level.py").write_text(LEVEL)
    done = subprocess.run([sys.executable, "level.py"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["50"], done.stderr
