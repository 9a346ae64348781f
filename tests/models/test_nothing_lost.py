"""200 units, and what may happen on the way: nothing that was scored is scored, or paid for, again."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.errors import EvalkitError
from evalkit.models import WorkerError
from evalkit.models.endpoint import Endpoint
from evalkit.plugins import Registry
from evalkit.records import Unit
from evalkit.run import cache as caching
from evalkit.run import stages
from evalkit.testing import units_of

WORKER = Path(__file__).parent / "worker.py"
LINES = [f"line {number}" for number in range(200)]
Run = Callable[[str], evalkit.Result]


class Asked:
    """What a worker was asked for scores of, and its recovery."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "asked"
        self._well = folder / "well"

    def rows(self) -> list[int]:
        """Of each request its rows, once."""
        found = [int(word) for word in self._file.read_text().split()] if self._file.exists() else []
        self._file.unlink(missing_ok=True)
        return found

    def recover(self) -> None:
        self._well.touch()


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A worker in a folder of its own, 200 lines, and a cache that is empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    shutil.copy(WORKER, tmp_path / "worker.py")
    for name in ("c.txt", "r.txt"):
        Path(name).write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return Asked(tmp_path)


def spec(model: str) -> str:
    return f"external(worker=worker.py, python={sys.executable}, sides=candidate+reference, model={model})"


def scored(model: str) -> evalkit.Result:
    result = evalkit.score("c.txt", "r.txt", metrics=[spec(model)])
    (score,) = result.systems[0].scores
    assert score.value == 1.0
    assert len(result.systems[0].units) == 200
    return result


def test_a_worker_that_dies_for_good(asked: Asked) -> None:
    """It dies at the third request, and again when started anew: the first 128 units are not scored again."""
    with pytest.raises(WorkerError):
        scored("dies-third")
    assert asked.rows()[:2] == [64, 64]
    asked.recover()
    scored("dies-third")
    assert asked.rows() == [64, 8]


def test_how_far_it_is_can_be_seen(asked: Asked) -> None:
    seen: list[stages.Step] = []
    with stages.counted(seen.append):
        scored("counted")
    steps = [(step.done, step.total, step.unit) for step in seen if step.stage == "score"]
    assert steps == [(number, 4, "requests") for number in range(5)]


def test_a_worker_that_dies_once_is_no_trouble(asked: Asked) -> None:
    """Killed while it works on the third request: the request is asked again, and no other."""
    scored("killed-third")
    assert asked.rows() == [64, 64, 64, 64, 8]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends an interrupt as POSIX does")
def test_an_interrupt(asked: Asked) -> None:
    """Ctrl-C while the model works on the third of four requests: exit code 130, and 128 units are not scored again."""
    command = [sys.executable, "-m", "evalkit", "score", "c.txt", "-r", "r.txt", "-m", spec("waits-third")]
    run = subprocess.Popen(command, stderr=subprocess.PIPE)
    waits = Path("waits")
    while run.poll() is None and not (waits.exists() and waits.read_text()):
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate()
    assert run.returncode == 130, said
    assert b"kept: the scores of 128 units; the same command goes on from there" in said
    with pytest.raises(ProcessLookupError):
        os.kill(int(waits.read_text()), 0)  # the worker is gone with it
    asked.rows()
    asked.recover()
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert asked.rows() == [64, 8]


def test_a_cache_whose_disk_is_full(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """From the third entry on: it is said once, the result is whole, and what was kept is not scored again."""
    opened, whole = 0, os.fdopen

    def full(*arguments: Any, **options: Any) -> Any:
        nonlocal opened
        if "w" in str(arguments[1:]):
            opened += 1
            if opened > 2:
                os.close(arguments[0])
                raise OSError(28, "No space left on device")
        return whole(*arguments, **options)

    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(caching.os, "fdopen", full)
        scored("counted")
    assert opened > 2
    assert len([message for message in caplog.messages if "No space left on device" in message]) == 1
    assert asked.rows() == [64, 64, 64, 8]
    scored("counted")
    assert asked.rows() == [64, 8]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is Linux's")
def test_a_result_whose_disk_is_full(asked: Asked) -> None:
    """One error, and the next run scores nothing again."""
    command = [sys.executable, "-m", "evalkit", "score", "c.txt", "-r", "r.txt", "-m", spec("counted"), "-f", "json"]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert asked.rows() == [64, 64, 64, 8]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout)["systems"][0]["scores"][0]["value"] == 1.0
    assert asked.rows() == []


UNITS = units_of(LINES, [LINES], LINES)


def judged(units: list[Unit], log: str, **options: object) -> int:
    made: Any = Registry().make(
        "scorer", {"name": "llm-judge", "url": "http://x/v1", "model": "j", "log": log, **options}
    )
    return len(made.measure(units))


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The questions an endpoint was asked; it finds no errors."""
    found: list[str] = []

    def complete(_: Endpoint, model: str, prompt: str) -> dict[str, Any]:
        found.append(prompt)
        return {"content": '{"errors": []}', "answered": model, "fingerprint": "", "usage": {"total_tokens": 10}}

    monkeypatch.setattr(Endpoint, "complete", complete)
    return found


@pytest.mark.slow
def test_a_judge_that_is_interrupted(questions: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the 101st answer is awaited: the 100 before it are not asked for again."""
    log = str(tmp_path / "answers.jsonl")
    ask = Endpoint.complete

    def interrupted(endpoint: Endpoint, model: str, prompt: str) -> dict[str, Any]:
        if len(questions) == 100:
            raise KeyboardInterrupt
        return ask(endpoint, model, prompt)

    with monkeypatch.context() as patched:
        patched.setattr(Endpoint, "complete", interrupted)
        with pytest.raises(KeyboardInterrupt):
            judged(UNITS, log)
    assert judged(UNITS, log, per_minute=1_000_000) == 200
    assert len(questions) == len(set(questions)) == 200


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a bound on the size of files is POSIX's")
def test_a_judge_whose_disk_is_full(questions: list[str], tmp_path: Path) -> None:
    """One error that names the log; the answers in it are not asked for again, half a line harms nothing."""
    import resource

    log = tmp_path / "answers.jsonl"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(EvalkitError, match=r"answers\.jsonl: .* answers are kept"):
            judged(UNITS, str(log))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    kept = log.read_bytes().count(b"\n")
    assert 0 < kept < 200
    questions.clear()
    assert judged(UNITS, str(log), per_minute=1_000_000) == 200
    assert len(questions) == 200 - kept


@pytest.mark.slow
def test_a_budget_of_tokens(questions: list[str], tmp_path: Path) -> None:
    """200 units of 10 tokens each, 1,000 a run: two runs are enough."""
    log = str(tmp_path / "answers.jsonl")
    with pytest.raises(EvalkitError, match="the budget of 1000 tokens is used up; 100 answers are kept"):
        judged(UNITS, log, tokens=1000)
    assert len(questions) == 100
    assert judged(UNITS, log, tokens=1001) == 200
    assert len(questions) == 200
