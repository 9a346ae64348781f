"""Breaks runs off and fills disks, and counts what is lost.

    python benchmarks/faults.py --kills 200 --writes 60 --seed 1

1. `evalkit run` is killed (SIGKILL) at random moments, half of them while it writes; over an earlier run's output. Then
   every report must be whole, the one of before or the new one; the next run must leave nothing but its reports.
2. Every write of a run fails as on a full disk, one after another (the last ones of a long row are drawn). The command
   must end with code 2 and one line, what was there before must be whole, and the foreign file untouched.
3. Eight processes run at once with one cache and one output: all must end with code 0 and the reports be whole.

Prints figures; exit code 1 where something was lost. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SETTINGS = """
name = "faults"
output = "out"
[statistics]
trials = 100
[[reference]]
path = "ref.txt"
[[candidate]]
path = "a.txt"
[[candidate]]
path = "b.txt"
"""
REPORTS = ("result.json", "report.md", "report.html")
MINE = "my own words\n"
# Stands before the command in its process: a write that fails, or one that waits to be killed in.
LAYER = """
import os, sys, builtins, errno
fail, pause = int(os.environ.get("FAIL_AT", "0")), os.environ.get("PAUSE_AT", "")
count = 0
real_open, real_fsync, real_replace, real_write = os.open, os.fsync, os.replace, os.write
def step(what):
    global count
    count += 1
    if pause and count == int(pause):
        print("paused", flush=True, file=sys.__stderr__)
        import time
        time.sleep(60)
    if count == fail:
        raise OSError(errno.ENOSPC, "No space left on device")
def fsync(handle):
    step("fsync")
    return real_fsync(handle)
def replace(source, target, **more):
    step("replace")
    return real_replace(source, target, **more)
def opened(path, flags, *more, **named):
    if flags & (os.O_WRONLY | os.O_RDWR) and str(path) != os.devnull:
        step("open")
    return real_open(path, flags, *more, **named)
os.fsync, os.replace, os.open = fsync, replace, opened
import io
class Text(io.TextIOWrapper):
    def write(self, text):
        step("write")
        return super().write(text)
real_fdopen = os.fdopen
def fdopen(handle, mode="r", *more, encoding=None, newline=None, **named):
    if "w" in mode and "b" not in mode:
        return Text(real_fdopen(handle, "wb"), encoding=encoding, newline=newline)
    return real_fdopen(handle, mode, *more, encoding=encoding, newline=newline, **named)
os.fdopen = fdopen
from evalkit.cli import main
try:
    main()
finally:
    if os.environ.get("COUNT"):
        with open(os.environ["COUNT"], "w") as file:
            file.write(str(count))
"""


def project(folder: Path) -> None:
    """A small evaluation, and a file of the user's in its output folder."""
    texts = {
        "ref.txt": [f"The council met in the town hall on day {n} of May." for n in range(40)],
        "a.txt": [f"The council met in the hall on day {n} of May." for n in range(40)],
        "b.txt": [f"Council meets at town hall, day {n + n % 7 // 6} of May" for n in range(40)],
    }
    for name, lines in texts.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "evalkit.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "out").mkdir()
    (folder / "out" / "mine.md").write_text(MINE, encoding="utf-8")


def start(folder: Path, **environment: str) -> subprocess.Popen[str]:
    """`evalkit run` in the folder, its cache there too."""
    variables = os.environ | {"EVALKIT_CACHE": str(folder / "cache"), "EVALKIT_KERNEL": "off"} | environment
    line = [sys.executable, "-c", LAYER, "run", "evalkit.toml", "--jobs", "1"]
    return subprocess.Popen(
        line, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip


def state(folder: Path) -> dict[str, str]:
    """Every file of the output folder that is no temporary one, with a hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file() and not path.name.endswith(".tmp")
    }


def losses(folder: Path, whole: dict[str, str]) -> list[str]:
    """What is not as it was before, or as a whole run leaves it: the runs' results are the same bytes."""
    found = state(folder)
    lost = [name for name in whole if found.get(name) != whole[name]]
    foreign = (folder / "out" / "mine.md").read_text(encoding="utf-8") != MINE
    return [*lost, *(["the user's own file"] if foreign else [])]


def kills(folder: Path, number: int, rng: random.Random, steps: int, seconds: float) -> Counter[str]:
    """Kills at random moments and inside writes; each over the whole output of an earlier run."""
    whole, ends = state(folder), Counter[str]()
    for turn in range(number):
        inside = turn % 2
        process = start(folder, **({"PAUSE_AT": str(rng.randint(1, steps))} if inside else {}))
        if inside:
            process.stderr.readline()  # type: ignore[union-attr] # it says that it waits, or what ended it
        else:
            time.sleep(rng.uniform(0, seconds))
        running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        ends["killed inside a write" if inside and running else "killed" if running else "ended before"] += 1
        ends["lost"] += len(losses(folder, whole))
    ends["temporary files after the kills"] = len(list(folder.rglob("*.tmp")))
    process = start(folder)
    process.communicate()
    ends["temporary files after the next run"] = len(list((folder / "out").rglob("*.tmp")))
    ends["lost"] += len(losses(folder, whole)) + (process.returncode != 0)
    return ends


def full_disks(folder: Path, most: int, rng: random.Random, steps: int) -> Counter[str]:
    """A run for each write that fails."""
    whole, ends = state(folder), Counter[str]()
    chosen = range(1, steps + 1) if steps <= most else sorted(rng.sample(range(1, steps + 1), most))
    for at in chosen:
        process = start(folder, FAIL_AT=str(at))
        _, said = process.communicate()
        clear = process.returncode == 2 and said.count("\n") <= 2 and "No space left" in said
        ends[
            "refused with one line" if clear else "went on without the cache" if not process.returncode else "bad"
        ] += 1
        ends["lost"] += len(losses(folder, whole)) + (process.returncode not in (0, 2))
        ends["temporary files left"] += len(list((folder / "out").rglob("*.tmp")))
    return ends


def together(folder: Path, number: int = 8) -> Counter[str]:
    """Processes that run at the same time, with one cache and one output."""
    whole = state(folder)
    processes = [start(folder) for _ in range(number)]
    codes = Counter(f"exit code {p.wait()}" for p in processes if p.communicate() or True)
    codes["lost"] = len(losses(folder, whole))
    codes["temporary files left"] = len(list((folder / "out").rglob("*.tmp")))
    json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    return codes


def measured(kill: int, writes: int, seed: int) -> Iterator[tuple[str, Counter[str]]]:
    """All three, each with its figures as soon as it is done."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project(folder)
        begun = time.monotonic()
        process = start(folder, COUNT=str(folder / "count"))
        _, said = process.communicate()
        if process.returncode:
            raise SystemExit(f"the run itself fails: {said}")
        seconds = time.monotonic() - begun
        steps = int((folder / "count").read_text())
        if kill:
            yield f"{kill} kills", kills(folder, kill, rng, steps, seconds)
        if writes:
            yield f"{min(writes, steps)} of {steps} writes fail", full_disks(folder, writes, rng, steps)
        yield "8 processes at once", together(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--writes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lost = 0
    for what, ends in measured(options.kills, options.writes, options.seed):
        lost += ends["lost"]
        print(f"{what}: {', '.join(f'{number} {end}' for end, number in sorted(ends.items()))}", flush=True)
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
