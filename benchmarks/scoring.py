"""CPU time and peak memory of scoring, evalkit beside sacrebleu, jiwer and others in one run; the tables of the docs.

    python benchmarks/scoring.py                 # all, some ten minutes, nearly all of them the other tools'
    python benchmarks/scoring.py statistics wer  # some of: statistics, threads, wer, peers, large, growth

Every figure comes from a process of its own: of both sides the fastest of three, single runs for 200,000 segments.
Imports and reading are left out (`commands.py` times whole commands).
Both sides' scores are held against each other; a difference ends the run. Peers that are not installed are left out
with a line saying so.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _scoring_engines import ENGINES, installed, load

TIMES = 3  # runs of either side, the fastest counts
TER_SEGMENTS = 300
PAIR_SEGMENTS = 100
LARGE = 200_000


def child(engine: str, metric: str, count: int, segments: int) -> None:
    """Prints CPU seconds, seconds and scores of one engine on the first `count` systems and `segments` segments."""
    run = ENGINES[engine](metric, *load(count, segments))
    start, wall = time.process_time(), time.perf_counter()
    scores = run()
    seconds, elapsed = time.process_time() - start, time.perf_counter() - wall
    print(json.dumps({"seconds": seconds, "elapsed": elapsed, "scores": scores}))


class Measured:
    """CPU seconds and peak memory of a process and those it started, and what it printed."""

    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        # By way of a small process: a new process's peak memory starts at that of the one it was made from.
        watch = [sys.executable, __file__, "watch", *command]
        done = subprocess.run(watch, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: {done.stderr}")
        found = json.loads(done.stdout)
        self.seconds, self.megabytes, self.output = found["seconds"], found["megabytes"], found["output"]


def watch(command: list[str]) -> None:
    """Runs a command and prints what it used."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    seconds, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "output": text}))
    sys.exit(process.returncode)


class Scored:
    """CPU seconds, seconds, megabytes and scores of a child: the fastest of `times`."""

    def __init__(self, engine: str, metric: str, count: int = 15, segments: int = 1976, times: int = 1) -> None:
        command = [sys.executable, __file__, "child", engine, metric, str(count), str(segments)]
        runs = [Measured(command) for _ in range(times)]
        done = min(runs, key=lambda run: float(json.loads(run.output)["seconds"]))
        found = json.loads(done.output)
        self.seconds, self.elapsed, self.scores = found["seconds"], found["elapsed"], found["scores"]
        self.megabytes = done.megabytes

    def __str__(self) -> str:
        digits = 4 if self.seconds < 0.01 else 3 if self.seconds < 1 else 2
        return f"{self.seconds:.{digits}f} s, {self.megabytes:.0f} MB"


def must_equal(metric: str, ours: list[float], theirs: list[float], exact: bool = True) -> None:
    """Ends the run where scores differ."""
    near = all(abs(a - b) <= 1e-9 for a, b in zip(ours, theirs, strict=True))
    if ours != theirs and (exact or not near):
        sys.exit(f"{metric}: {ours} is not {theirs}")


def header(*columns: str) -> None:
    """A Markdown table's head."""
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))


def line(*cells: object) -> None:
    """A Markdown table's row."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def ratio(theirs: Scored, ours: Scored) -> str:
    """How many times less CPU time ours took."""
    return f"{theirs.seconds / ours.seconds:,.0f}x"


def statistics() -> None:
    """Rows and corpus scores."""
    header("statistics and scores", "sacrebleu", "evalkit, one thread", "ratio")
    for metric, systems, segments in [
        ("bleu", 15, 1976), ("chrf", 15, 1976), ("chrf++", 15, 1976), ("ter", 1, TER_SEGMENTS),
    ]:  # fmt: skip
        theirs, ours = (Scored(engine, metric, systems, segments, TIMES) for engine in ("sacrebleu", "evalkit"))
        must_equal(metric, ours.scores, theirs.scores)
        line(
            f"{metric}, {systems} system{'s' * (systems > 1)}, {segments:,} segments", theirs, ours, ratio(theirs, ours)
        )
    line("ter, 15 systems, 1,976 segments", "-", Scored("evalkit", "ter", times=TIMES), "-")


def threads() -> None:
    """Seconds that pass, which only an idle machine shows well; the scores of any number of threads are the same."""
    header("threads, seconds passed, fastest of 5", "one", "two")
    for metric in ("bleu", "chrf++", "ter"):
        one, two = ([Scored(e, metric) for _ in range(5)] for e in ("evalkit", "evalkit, 2 threads"))
        must_equal(metric, one[0].scores, two[0].scores)
        line(f"{metric}, 15 systems", *(f"{min(run.elapsed for run in runs):.4f}" for runs in (one, two)))


def error_rates() -> None:
    """WER and CER against jiwer's call."""
    header("error rates, 15 systems", "jiwer", "evalkit", "ratio")
    for metric in ("wer", "cer"):
        theirs, ours = (Scored(engine, metric, times=TIMES) for engine in ("jiwer", "evalkit"))
        must_equal(metric, ours.scores, theirs.scores, exact=False)
        line(metric, theirs, ours, ratio(theirs, ours))


def peers() -> None:
    """Other fast tools, each on what it is made for; their scores need not be sacrebleu's."""
    header("peer", "job", "peer", "evalkit", "ratio", "scores that are sacrebleu's to the last bit")
    for peer, metric in [
        ("sacrebleu-mojo", "bleu"), ("sacrebleu-mojo", "chrf"), ("sacrebleu-mojo", "chrf++"), ("bleuscore", "bleu"),
        ("fastchrf", "chrf"),
    ]:  # fmt: skip
        if not installed(peer):
            print(f"{peer} is not installed: left out", file=sys.stderr)
            continue
        segments = PAIR_SEGMENTS if peer == "fastchrf" else 1976
        theirs = Scored(peer, metric, 15, segments, TIMES)
        ours = Scored("evalkit, pairs" if peer == "fastchrf" else "evalkit", metric, 15, segments, TIMES)
        equal = sum(a == b for a, b in zip(theirs.scores, ours.scores, strict=True))
        job = f"{metric}, 15 systems" if peer != "fastchrf" else f"chrf, 15 against 15 texts, {segments} times"
        line(peer, job, theirs, ours, ratio(theirs, ours), f"{equal:,} of {len(ours.scores):,}")


def large() -> None:
    """200,000 segments in one file: statistics and the score."""
    header(f"{LARGE:,} segments, statistics and score", "sacrebleu", "evalkit, one thread", "ratio")
    for metric in ("bleu", "chrf"):
        theirs, ours = Scored("sacrebleu", metric, 1, LARGE), Scored("evalkit", metric, 1, LARGE)
        must_equal(metric, ours.scores, theirs.scores)
        line(metric, theirs, ours, ratio(theirs, ours))


def growth() -> None:
    """More segments, more systems, longer segments, and hostile ones, one thread."""
    from evalkit.plugins import Registry

    scorers = [Registry().make("scorer", metric) for metric in ("bleu", "chrf++", "ter", "wer")]
    for scorer in scorers:
        scorer.measure_texts([["a"]], [["b"]])
    rng = random.Random(1)
    words = [f"word{i}" for i in range(5000)]

    def text(size: int, of: list[str]) -> str:
        return " ".join(rng.choice(of) for _ in range(size))

    def shuffled(original: str, share: float) -> str:
        parts = original.split(" ")
        for _ in range(int(len(parts) * share)):
            i, j = rng.randrange(len(parts)), rng.randrange(len(parts))
            parts[i], parts[j] = parts[j], parts[i]
        return " ".join(parts)

    def row(title: str, candidates: list[str], references: list[str], systems: int = 1) -> None:
        cells = []
        for scorer in scorers:
            start = time.process_time()
            scorer.measure_texts([candidates] * systems, [references])
            cells.append(f"{time.process_time() - start:.4f}")
        line(title, *cells)

    header("growth, CPU seconds", "BLEU", "chrF++", "TER", "WER")
    sentence = [text(25, words) for _ in range(16_000)]
    moved = [shuffled(t, 0.2) for t in sentence]
    for count in (1000, 4000, 16_000):
        row(f"{count:,} segments of 25 words", moved[:count], sentence[:count])
    for systems in (4, 16, 64):
        row(f"{systems} systems of 1,000 segments", moved[:1000], sentence[:1000], systems)
    for size in (100, 1000, 10_000, 100_000):
        whole = text(size, words)
        row(f"1 segment of {size:,} words", [shuffled(whole, 0.2)], [whole])
    row("10,000 times one word against 9,000 times", ["a " * 9000], ["a " * 10_000])
    row("100,000 words, two kinds", [text(100_000, ["a", "b"])], [text(100_000, ["a", "b"])])
    row("100,000 words against one", [text(100_000, words)], ["word1"])


PARTS = {
    "statistics": statistics,
    "threads": threads,
    "wer": error_rates,
    "peers": peers,
    "large": large,
    "growth": growth,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    elif sys.argv[1:2] == ["watch"]:
        watch(sys.argv[2:])
    else:
        for part in sys.argv[1:] or PARTS:
            PARTS[part]()
