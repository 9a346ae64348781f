"""Breaks off every command that writes, at each of its writes, and counts what is lost.

    python benchmarks/faults_commands.py
    python benchmarks/faults_commands.py --only "terms add"
    python benchmarks/faults_commands.py --most 3          # of the steps of each command, drawn

A command is run once to see what it makes and how often it touches the disk. Then, from the same start, it is run again
for each of these steps (an opening to write, a write, an fsync, a rename): once with a full disk from there on, once
killed (SIGKILL) in it. After each, every file must be as it was before the command or as the whole command leaves it;
the command run again must come to the same, and leave no temporary file. A full disk must end with code 2 and one line.

At last eight processes change one file at once: a termbase, a file of verdicts, a history and what of it is accepted.
What each of them said must be in it. Prints figures; exit code 1 where something was lost. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

# Stands before the command in its process: from a step on nothing can be written, or the process waits to be killed.
LAYER = """
import builtins, errno, io, os, sys
fail, pause, count = int(os.environ.get("FAIL_AT", "0")), int(os.environ.get("PAUSE_AT", "0")), 0
here = os.getcwd()
real = {name: getattr(os, name) for name in ("open", "fsync", "replace", "rename", "fdopen", "mkdir")}
real_open = io.open
def step():
    global count
    count += 1
    if pause and count == pause:
        print("paused", flush=True, file=sys.__stderr__)
        import time
        time.sleep(60)
    if fail and count >= fail:
        raise OSError(errno.ENOSPC, "No space left on device")
def stepping(name):
    def made(*given, **named):
        step()
        return real[name](*given, **named)
    return made
for name in ("fsync", "replace", "rename"):
    setattr(os, name, stepping(name))
def opened(path, flags, *more, **named):
    if flags & (os.O_WRONLY | os.O_RDWR) and str(path) != os.devnull:
        step()
    return real["open"](path, flags, *more, **named)
os.open = opened
class Raw(io.FileIO):
    def write(self, data):
        step()
        return super().write(data)
def wrapped(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if isinstance(file, int) and file < 12 and file in (1, 2, 10, 11) or not set(mode) & set("wax+"):
        return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    if not isinstance(file, int):
        if str(file) == os.devnull:
            return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        step()
    stream = io.BufferedWriter(Raw(file, mode.replace("b", "").replace("t", ""), closefd=closefd))
    return stream if "b" in mode else io.TextIOWrapper(stream, encoding=encoding or "utf-8", newline=newline)
io.open = builtins.open = wrapped
os.fdopen = lambda handle, mode="r", *more, **named: wrapped(handle, mode, *more, **named)
from evalkit.cli import main
try:
    main()
finally:
    if os.environ.get("COUNT"):
        with real_open(os.environ["COUNT"], "w") as file:
            file.write(str(count))
"""
TEXT = "The council met met in the hall on day {} .\n"
CONFIG = """
name = "faults"
output = "out"
[statistics]
trials = 10
[[reference]]
path = "r.txt"
[[candidate]]
path = "a.txt"
"""
MATRIX = """
name = "faults"
output = "m"
[statistics]
trials = 10
[[set]]
name = "s"
languages = ["en"]
references = ["r.txt"]
[[system]]
name = "a"
path = "a.txt"
"""


class Case(NamedTuple):
    """A command line, what is run before it, and the codes of a whole run and of one that finds its work done."""

    line: str
    before: tuple[str, ...] = ()
    codes: tuple[int, ...] = (0,)


RUN = "run out.toml -q"
ROWS = "score a.txt -r r.txt -m bleu --engine local --jobs 1 --rows rows -o scores.json"
CASES = {
    "score -o": Case("score a.txt -r r.txt -m bleu,ter -o scores.json"),
    "score --rows": Case(ROWS),
    "score --rows, again": Case(ROWS, (ROWS, "touch a.txt")),
    "check -o": Case("check a.txt -r r.txt -o findings.html"),
    "align -o": Case("align a.txt -r r.txt -f tsv -o links.tsv"),
    "clean -o": Case("clean a.txt -o clean.txt"),
    "run, a new folder": Case(RUN),
    "run, again": Case(RUN, ("run out.toml -q", "touch a.txt")),
    "run --label": Case("run out.toml -q --label v2", ("run out.toml -q --label v1",)),
    "run, a matrix": Case("run matrix.toml -q"),
    "history --accept": Case("history out.toml --accept v1", ("run out.toml -q --label v1",)),
    "report -o": Case("report out/result.json -o page.html", (RUN,)),
    "run --update-baseline": Case("run gated.toml --update-baseline -q"),
    "terms add": Case("terms add council --reject committee --terms terms.yaml -q"),
    "terms add, a new file": Case("terms add council --reject committee --terms new.yaml -q"),
    "terms convert -o": Case("terms convert terms.yaml -o terms.tbx -q"),
    "review export": Case("review export out/result.json -o sheet.csv", (RUN,)),
    "review import": Case("review import judged.csv --who anna -q", (RUN,)),
    "init": Case("init ."),
    "init --plugin": Case("init --plugin detector mine"),
    "compare -o": Case("compare out/result.json out/result.json -o changes.md", (RUN,)),
    "terms test -o": Case("terms test a.txt -r r.txt --terms terms.yaml -o tests.txt"),
    "terms extract -o": Case("terms extract r.txt --least 1 -o proposed.yaml"),
    "history -o": Case("history out.toml -o trends.md", ("run out.toml -q --label v1",)),
}  # fmt: skip


def project(folder: Path) -> None:
    """Texts, lists and configurations."""
    (folder / "a.txt").write_text("".join(TEXT.format(n) for n in range(20)))
    (folder / "r.txt").write_text("".join(f"The council met in the town hall on day {n}.\n" for n in range(20)))
    (folder / "terms.yaml").write_text("# mine\nterms:\n  - term: town hall\n    reject: [city hall]\n")
    (folder / "out.toml").write_text(CONFIG)
    (folder / "gated.toml").write_text(CONFIG + '[gate]\nbaseline = "base.json"\n')
    (folder / "matrix.toml").write_text(MATRIX)
    (folder / "verdicts.tsv").write_text(
        "key\tverdict\trule\twho\ttext\tnote\naaaaaaaaaaaaaaaa-1\twrong\tnumber\tme\tx\t\n"
    )


def start(folder: Path, line: str, **environment: str) -> subprocess.Popen[str]:
    variables = os.environ | {"EVALKIT_CACHE": "off", "EVALKIT_KERNEL": "off"} | environment
    command = [sys.executable, "-c", LAYER, *line.split()]
    return subprocess.Popen(
        command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def done(folder: Path, line: str, **environment: str) -> tuple[int, str]:
    process = start(folder, line, **environment)
    _, said = process.communicate()
    return process.returncode, said


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "count"}


def judged(folder: Path, name: str, place: int) -> None:
    """A sheet in which a person has judged one finding."""
    done(folder, f"review export out/result.json -o {name}")
    head, *rows = (folder / name).read_text(encoding="utf-8").splitlines()
    parts = [row.rsplit(",", 2) for row in rows]
    parts[place][1] = "wrong"
    (folder / name).write_text("\n".join([head, *(",".join(part) for part in parts)]) + "\n", encoding="utf-8")


def faults(name: str, case: Case, most: int = 1000) -> Counter[str]:
    """A case broken off at each step, both ways."""
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as top:
        first = Path(top) / "first"
        first.mkdir()
        project(first)
        for line in case.before:
            if line.startswith("touch"):
                (first / "a.txt").write_text("".join(TEXT.format(n + 1) for n in range(20)))
            else:
                assert done(first, line)[0] == 0, line
        if name == "review import":
            judged(first, "judged.csv", 0)
        before = state(first)
        whole = Path(top) / "whole"
        shutil.copytree(first, whole, symlinks=True)
        code, said = done(whole, case.line, COUNT=str(Path(top) / "count"))
        assert code in case.codes, f"{name}: {said}"
        after, steps = state(whole), int((Path(top) / "count").read_text())
        chosen = (
            range(1, steps + 1) if steps <= most else sorted(random.Random(steps).sample(range(1, steps + 1), most))
        )
        for at in chosen:
            for way in ("FAIL_AT", "PAUSE_AT"):
                here = Path(top) / "here"
                shutil.rmtree(here, ignore_errors=True)
                shutil.copytree(first, here, symlinks=True)
                process = start(here, case.line, **{way: str(at)})
                if way == "PAUSE_AT":
                    process.stderr.readline()  # type: ignore[union-attr]
                    process.send_signal(signal.SIGKILL)
                _, said = process.communicate()
                ends["full disks" if way == "FAIL_AT" else "kills"] += 1
                if way == "FAIL_AT" and (process.returncode != 2 or said.count("\n") != 1):
                    ends["full disks not told in one line with code 2"] += 1
                    print(f"  {name}, step {at}: code {process.returncode}: {said[-200:]!r}", flush=True)
                # The marker of a folder says in between which files of both times are evalkit's.
                found = {p: data for p, data in state(here).items() if not p.endswith((".tmp", ".evalkit.json"))}
                lost = [
                    p
                    for p in before
                    if not p.endswith(".evalkit.json") and found.get(p) not in (before[p], after.get(p, b""))
                ]
                lost += [p for p in found if p not in before and found[p] != after.get(p)]
                again, said = done(here, case.line)
                ends["cannot be run again"] += again not in case.codes
                other = [p for p in after if state(here).get(p) != after[p]]
                litter = [p for p in state(here) if p not in after]
                ends["lost"] += bool(lost or (again in case.codes and other))
                ends["temporary files left by the next run"] += len(litter)
                if lost or other or litter or again not in case.codes:
                    print(f"  {name}, {way} {at}: {lost} {other} {litter} {again} {said[-200:]!r}", flush=True)
    return ends


def together(number: int = 8) -> Counter[str]:
    """Processes that change one file at once: what each said must be there."""
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        project(folder)
        lines = [f"terms add word{n} --reject bad{n} --terms terms.yaml -q" for n in range(number)]
        lines += [f"run out.toml -q --jobs 1 --label v{n}" for n in range(number)]
        for process in [start(folder, line) for line in lines]:
            process.communicate()
            ends[f"exit code {process.returncode}"] += 1
        for n in range(number):
            judged(folder, f"s{n}.csv", n)
        for process in [start(folder, f"review import s{n}.csv --who p{n} -q") for n in range(number)]:
            process.communicate()
            ends[f"exit code {process.returncode}"] += 1
        for process in [start(folder, f"history out.toml --accept v{n}") for n in range(number)]:
            process.communicate()
            ends[f"exit code {process.returncode}"] += 1
        terms = (folder / "terms.yaml").read_text()
        history = (folder / "out" / "history.json").read_text()
        verdicts = (folder / "verdicts.tsv").read_text()
        ends["terms kept"] = sum(f"word{n}" in terms for n in range(number))
        ends["labels kept"] = sum(f'"v{n}"' in history for n in range(number))
        ends["verdicts kept"] = sum(f"\tp{n}\t" in verdicts for n in range(number))
        accepted = json.loads(history)["accepted"]
        ends["labels accepted"] = sum(f"v{n}" in accepted for n in range(number))
        ends["lost"] = 4 * number - sum(count for what, count in ends.items() if what.endswith(("kept", "accepted")))
        ends["lost"] += "\tme\t" not in verdicts or "# mine" not in terms
        ends["temporary files left"] = len(list(folder.rglob("*.tmp")))
    return ends


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="commands whose name holds this")
    parser.add_argument("--most", type=int, default=1000, help="steps of each command")
    options = parser.parse_args()
    bad, total = 0, Counter[str]()
    for name, case in CASES.items():
        if options.only in name:
            ends = faults(name, case, options.most)
            total += ends
            print(f"{name}: {', '.join(f'{number} {end}' for end, number in ends.items() if number)}", flush=True)
    if not options.only:
        ends = together()
        print(f"8 at once: {', '.join(f'{number} {end}' for end, number in sorted(ends.items()))}", flush=True)
        bad += ends["lost"]
    print(f"all: {', '.join(f'{number} {end}' for end, number in total.items() if number)}")
    return bool(bad + total["lost"] + total["cannot be run again"] + total["temporary files left by the next run"])


if __name__ == "__main__":
    sys.exit(main())
