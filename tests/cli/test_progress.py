"""Progress on standard error, and what an interrupted run says and leaves."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evalkit.cli.progress import told
from evalkit.run.stages import Step, counted, counting, part, silent
from evalkit.run.workers import Workers
from tests.cli.conftest import Run


def write(path: Path, lines: int) -> None:
    text = "".join(
        f"Minister Rahmonov of region {n} opened {n + 3} schools on 3 May 20{n % 90 + 10}.\n" for n in range(lines)
    )
    path.write_text(text)


def test_steps_are_counted_and_a_part_of_one_too() -> None:
    heard: list[Step] = []

    def make(number: int) -> int:
        part(0.5)
        return number

    with counted(heard.append):
        assert list(counting("detect", map(make, range(2)), 2, "systems")) == [0, 1]
        part(0.9)  # nothing is being counted any more
    assert [step.done for step in heard] == [0, 0.5, 1, 1.5, 2]
    assert {step[2:] for step in heard} == {(2, "systems")}
    part(0.5)  # and nobody listens


def test_what_is_part_of_something_counted_is_silent() -> None:
    heard: list[Step] = []
    with counted(heard.append), silent():
        assert list(counting("align", [1], 1, "systems")) == [1]
    assert heard == []


def test_worker_processes_say_how_far_they_are() -> None:
    heard: list[Step] = []
    with counted(heard.append):
        assert list(counting("detect", Workers(2).each(slowly, [1, 2]), 2, "systems")) == [1, 2]
    shares = [step.done for step in heard]
    assert shares == sorted(shares)
    assert any(0 < share < 2 and share % 1 for share in shares)  # said before the first of them was done
    assert shares[-1] == 2


def slowly(number: int) -> int:
    """Says how far it is long before it is; what counts within it is nobody's business outside."""
    part(0.4)
    time.sleep(1.5)
    assert list(counting("inner", [1], 1, "things")) == [1]
    return number


@pytest.mark.parametrize(
    ("done", "seconds", "text"),
    [
        (0, 0.0, "detect: 0 of 8 systems"),
        (2, 10.0, "detect: 2 of 8 systems, 5.0 s each, 30 s left"),
        (0.5, 60.0, "detect: 0.5 of 8 systems, 120.0 s each, 15 min 0 s left"),
        (4, 2.0, "detect: 4 of 8 systems, 2.0 a second, 2 s left"),
        (8, 40.0, "detect: 8 of 8 systems, 5.0 s each, 40 s"),
    ],
)
def test_a_line_has_count_rate_and_time_left(done: float, seconds: float, text: str) -> None:
    assert told(Step("detect", done, 8, "systems"), seconds) == text


def test_without_a_terminal_nothing_is_shown_unless_asked(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", 5)
    write(tmp_path / "r.txt", 5)
    line = ("check", "a.txt", "-r", "r.txt")
    code, out, err = run(*line)
    assert (code, err) == (0, "")
    code, same, err = run(*line, "--progress", "json")
    steps = [json.loads(each) for each in err.splitlines()]
    assert same == out
    assert {step["stage"] for step in steps} == {"align", "detect"}
    assert steps[-1]["done"] == steps[-1]["total"] == 1
    assert set(steps[0]) == {"stage", "done", "total", "unit", "seconds"}
    assert "detect: 1 of 1 systems" in run(*line, "--progress", "line")[2]
    assert run(*line, "--progress", "jsn")[2] == (
        "evalkit: error: --progress 'jsn': no such way; did you mean 'json'? (known: auto, line, json, none)\n"
    )


class Unheard(io.StringIO):
    """Standard error on a full disk, or without a reader."""

    problem = errno.ENOSPC

    def write(self, _: str) -> int:
        raise OSError(self.problem, os.strerror(self.problem))


@pytest.mark.parametrize("problem", [errno.ENOSPC, errno.EPIPE])
def test_that_nobody_can_hear_it_keeps_no_work_from_being_done(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: int
) -> None:
    """The result and the code of the end are the same."""
    write(tmp_path / "a.txt", 5)
    code, out, _ = run("check", "a.txt")
    monkeypatch.setattr(Unheard, "problem", problem)
    monkeypatch.setattr("sys.stderr", Unheard())
    for kind in ("json", "line"):
        assert run("check", "a.txt", "--progress", kind)[:2] == (code, out)
    assert run("check", "nothing.txt")[0] == 2


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_cleanly_and_says_what_is_kept(tmp_path: Path, jobs: str) -> None:
    for name, lines in (("r", 1000), ("b", 1000), ("a", 1000)):
        write(tmp_path / f"{name}.txt", lines)
    small = tmp_path / "a.txt"
    small.write_text("".join(small.read_text().splitlines(keepends=True)[:20]) + "x\n" * 980)
    line = [sys.executable, "-m", "evalkit", "check", "a.txt", "b.txt", "b.txt", "-r", "r.txt", "--align", "lines"]
    line += ["--names-of-systems", "a,b,c", "--progress", "json", "--jobs", jobs]
    environment = {**os.environ, "EVALKIT_CACHE": str(tmp_path / "cache")}
    with subprocess.Popen(
        line, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment,
        start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        for text in process.stderr:
            step = json.loads(text)
            if step["stage"] == "detect" and step["done"] >= 2:  # two begun may be one already
                os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the command
                break
        rest = process.stderr.read().splitlines()
    assert process.returncode == 130
    assert rest[-1].startswith("evalkit: interrupted; kept: the findings of ")
    assert all(each.startswith(("{", "evalkit: ")) for each in rest)
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
