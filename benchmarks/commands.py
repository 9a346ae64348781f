"""CPU time and peak memory of whole commands, `evalkit score` beside sacrebleu in one run; prints a table of the docs.

    python benchmarks/commands.py             # some five minutes, nearly all of them sacrebleu's
    python benchmarks/commands.py quick       # without the 200,000 segments
    python benchmarks/commands.py full        # sacrebleu's TER of all systems too: fifteen minutes
    python benchmarks/commands.py check       # `evalkit check` of all systems with its default rules, nothing else
    python benchmarks/commands.py json        # 12 systems as a table, as JSON, and as the reports of `evalkit run`

From WMT23 zh-en, 15 systems of 1,976 segments. Both sides do the same work: statistics, scores, and 1,000 paired
resamples of every system against the first. sacrebleu's TER is measured on one system and taken 15 times (its
command counts each system alone), except with `full`.
"""

from __future__ import annotations

import compileall
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data")) / "wmt" / "wmt23.zh-en"
LARGE = 200_000
# Runs a command and prints what it used; a small process, since a new one's peak memory starts at its parent's.
WATCH = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, status]))
"""


class Used(NamedTuple):
    """CPU seconds and peak megabytes."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.megabytes:.0f} MB"


def used(folder: Path, command: list[str]) -> Used:
    """What a command takes; of five runs of a short one the median."""
    runs = []
    while len(runs) < 5 and (not runs or runs[0].seconds < 0.5):
        done = subprocess.run(
            [sys.executable, "-c", WATCH, *command], cwd=folder, capture_output=True, text=True, check=True
        )
        seconds, megabytes, status = json.loads(done.stdout)
        if status:
            sys.exit(f"{' '.join(command)}: {done.stderr}")
        runs.append(Used(seconds, megabytes))
    return sorted(runs)[len(runs) // 2]


def theirs(folder: Path, systems: list[str], reference: str, metrics: list[str], *options: str) -> Used:
    """sacrebleu's command."""
    tool = str(Path(sys.executable).parent / "sacrebleu")
    return used(folder, [tool, reference, "-i", *systems, "-m", *metrics, "-f", "text", *options])


def ours(folder: Path, systems: list[str], reference: str, metrics: list[str], *options: str, jobs: int = 1) -> Used:
    """evalkit's command."""
    job = ["--jobs", str(jobs), "-m", ",".join(metrics), *options]
    return used(folder, [sys.executable, "-m", "evalkit", "score", *systems, "-r", reference, *job])


def line(title: str, sacrebleu: Used, evalkit: Used, note: str = "") -> None:
    """A row of the table."""
    print(f"| {title} | {sacrebleu}{note} | {evalkit} | {sacrebleu.seconds / evalkit.seconds:.1f}x |", flush=True)


def write(folder: Path) -> list[str]:
    """The texts as files: the systems, `ref`, `two`, `large` and `large-ref`; the systems' names."""
    files = sorted((DATA / "systems").glob("*.gz"))
    texts = [gzip.decompress(file.read_bytes()).decode().removesuffix("\n").split("\n") for file in files]
    reference = gzip.decompress((DATA / "references" / "refA.en.txt.gz").read_bytes()).decode()
    lines = reference.removesuffix("\n").split("\n")
    every = [text for system in texts for text in system]
    made = {f"s{i:02}": system for i, system in enumerate(texts)}
    rest = {"ref": lines, "two": ["The cat sat.", "On the mat."]}
    rest |= {"large": (every * 9)[:LARGE], "large-ref": (lines * (LARGE // len(lines) + 1))[:LARGE]}
    for name, of in (made | rest).items():
        (folder / name).write_text("\n".join(of) + "\n", encoding="utf-8")
    return list(made)


def check(folder: Path, systems: list[str]) -> None:
    """The default rules over all systems, in one process."""
    options = ["-r", "ref", "--align", "lines", "--jobs", "1", "-o", "findings"]
    took = used(folder, [sys.executable, "-m", "evalkit", "check", *systems, *options])
    segments = sum(len((folder / name).read_text(encoding="utf-8").split("\n")) - 1 for name in systems)
    print(f"evalkit check --align lines --jobs 1, {len(systems)} systems, {segments:,} segments: {took}")


def as_json(folder: Path, systems: list[str]) -> None:
    """Scores alone: what JSON and reports cost beyond the table."""
    for form in ("table", "json"):
        took = ours(folder, systems, "ref", ["bleu", "chrf"], "-f", form, "-o", f"scores.{form}")
        print(f"evalkit score -f {form} --jobs 1, {len(systems)} systems: {took}")
    config = ['name = "wmt"', 'metrics = ["bleu", "chrf"]', 'align = "lines"', "detectors = []", 'output = "reports"']
    config += ["[[reference]]", 'name = "ref"', 'path = "ref"']
    config += [f'[[candidate]]\nname = "{name}"\npath = "{name}"' for name in systems]
    (folder / "run.toml").write_text("\n".join(config) + "\n", encoding="utf-8")
    took = used(folder, [sys.executable, "-m", "evalkit", "run", "run.toml", "--jobs", "1", "-q"])
    print(f"evalkit run --jobs 1, {len(systems)} systems, scores alone: {took}")


def main(folder: Path, what: str) -> None:
    """Prints the table, or what `check` or JSON takes."""
    systems = write(folder)
    if what == "check":
        check(folder, systems)
        return
    if what == "json":
        as_json(folder, systems[:12])
        return
    paired = ("--paired-bs", "--paired-bs-n", "1000")
    against = (*paired, "--baseline", systems[0])
    print("| whole command | sacrebleu | evalkit score --jobs 1 | ratio |\n|---|---|---|---|")
    line("two lines, BLEU", theirs(folder, ["two"], "two", ["bleu"]), ours(folder, ["two"], "two", ["bleu"]))
    two = ["bleu", "chrf"]
    line("15 systems, BLEU, chrF", theirs(folder, systems, "ref", two), ours(folder, systems, "ref", two))
    tested = theirs(folder, systems, "ref", two, *paired)
    line("15 systems, BLEU, chrF, paired bootstrap 1,000", tested, ours(folder, systems, "ref", two, *against))
    three = ours(folder, systems, "ref", [*two, "ter"], *against)
    if what == "full":
        line("the same with TER", theirs(folder, systems, "ref", [*two, "ter"], *paired), three)
    else:
        one = theirs(folder, systems[:1], "ref", ["ter"])
        scaled = Used(tested.seconds + len(systems) * one.seconds, tested.megabytes)
        line("the same with TER", scaled, three, f" (TER {one.seconds:.1f} s for one system, taken 15 times)")
    if what == "quick":
        return
    # In two commands, since together sacrebleu's would take some 12 GB.
    both = [theirs(folder, ["large"], "large-ref", [metric]) for metric in two]
    summed = Used(sum(each.seconds for each in both), max(each.megabytes for each in both))
    line(f"{LARGE:,} segments, BLEU, chrF", summed, ours(folder, ["large"], "large-ref", two), " (two commands)")


if __name__ == "__main__":
    compileall.compile_dir(ROOT / "evalkit", quiet=1)  # as an installation does
    with tempfile.TemporaryDirectory() as name:
        main(Path(name), (sys.argv[1:] or [""])[0])
