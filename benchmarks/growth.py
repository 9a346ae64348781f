"""How the cost of an evaluation grows: CPU seconds and memory at several sizes, and the exponent between them.

    python benchmarks/growth.py [documents|systems|sets|shards|workers ...] [--large]

Texts are made of a small list of words and a seed, so that each size is of the same kind. Told are the CPU seconds of
the whole command with all its processes, and from one size to the next the exponent of what is beyond the smallest size
there is: 1 is a cost that grows as the size does. `--large` goes to 100,000 documents and 200 systems, and takes long.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# Runs a command and prints CPU seconds and peak megabytes of it and all its processes.
WATCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode, done.stderr[-500:]]))
"""
# Sizes by what grows: small steps, and those of --large.
SIZES = {
    "documents": ((250, 1000, 4000), (1000, 10_000, 100_000)),
    "systems": ((5, 20, 80), (12, 50, 200)),
    "sets": ((4, 16, 64), (4, 16, 64)),
    "shards": ((10, 40, 160), (10, 40, 160)),
    "workers": ((1, 2, 4), (1, 2, 4)),
}
WORDS = [a + b for a in ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti") for b in ("dor", "fin", "lan", "mek", "nos")]


def lines(number: int, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(" ".join(draw.choices(WORDS, k=12)).capitalize() + ".\n" for _ in range(number))


def damaged(text: str, seed: int) -> str:
    draw = random.Random(seed)
    return (
        "\n".join(" ".join(w for w in line.split() if draw.random() > 0.1) or "x" for line in text.splitlines()) + "\n"
    )


def documents(folder: Path, size: int) -> list[str]:
    """A table of documents of four rows, each aligned by itself."""
    reference = [lines(4, number) for number in range(size)]
    for name, texts in (("r", reference), ("s", [damaged(t, n) for n, t in enumerate(reference)])):
        rows = ({"doc": f"d{n}", "text": row} for n, text in enumerate(texts) for row in text.splitlines())
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return ["score", "s.jsonl", "-r", "r.jsonl", "-m", "bleu,chrf", "--align", "document", "--jobs", "1"]


def systems(folder: Path, size: int) -> list[str]:
    text = lines(200, 1)
    (folder / "r.txt").write_text(text)
    for number in range(size):
        (folder / f"s{number}.txt").write_text(damaged(text, number))
    names = [f"s{number}.txt" for number in range(size)]
    return ["score", *names, "-r", "r.txt", "-m", "bleu,chrf", "--paired-ar", "--baseline", "s0", "--jobs", "1"]


def sets(folder: Path, size: int) -> list[str]:
    config = ['detectors = []\nalign = "lines"\nmetrics = ["chrf"]\n[statistics]\ntrials = 100']
    for number in range(size):
        text = lines(50, number)
        (folder / f"r{number}.txt").write_text(text)
        for system in "ab":
            (folder / f"{system}{number}.txt").write_text(damaged(text, ord(system) + number))
        config.append(f'[[set]]\nname = "{number}"\nlanguages = ["de"]\nreferences = ["r{{set}}.txt"]')
    config += [f'[[system]]\nname = "{s}"\npath = "{s}{{set}}.txt"' for s in "ab"]
    (folder / "evalkit.toml").write_text("\n".join(config))
    return ["run", "evalkit.toml", "--jobs", "1"]


def _stream(folder: Path, rows: int, jobs: int) -> list[str]:
    block = lines(2000, 1)
    for name, text in (("r", block), ("s", damaged(block, 2))):
        with (folder / f"{name}.txt").open("w") as file:
            for _ in range(rows // 2000):
                file.write(text)
    return ["score", "s.txt", "-r", "r.txt", "-m", "bleu,chrf", "--engine", "local", "--jobs", str(jobs)]


def shards(folder: Path, size: int) -> list[str]:
    return _stream(folder, size * 20_000, 1)


def workers(folder: Path, size: int) -> list[str]:
    """The same ten shards by more and more processes."""
    return _stream(folder, 200_000, size)


KINDS: dict[str, Callable[[Path, int], list[str]]] = {
    "documents": documents, "systems": systems, "sets": sets, "shards": shards, "workers": workers,
}  # fmt: skip


def used(kind: str, size: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name:
        command = KINDS[kind](Path(name), size)
        line = [sys.executable, "-c", WATCH, sys.executable, "-m", "evalkit", *command]
        environment = {**os.environ, "EVALKIT_CACHE": "off"}
        done = subprocess.run(line, cwd=name, env=environment, capture_output=True, text=True, check=True)
    seconds, megabytes, code, said = json.loads(done.stdout)
    if code:
        sys.exit(f"{kind} {size}: {said}")
    return seconds, megabytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; default all")
    parser.add_argument("--large", action="store_true")
    given = parser.parse_args()
    print("| what grows | size | CPU s | largest process, MB | exponent of the CPU s |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind in given.kinds or KINDS:
        base = 0.0 if kind == "workers" else used(kind, 2 if kind == "systems" else 1)[0]
        before: tuple[int, float] | None = None
        for size in SIZES[kind][given.large]:
            seconds, megabytes = used(kind, size)
            cost = max(seconds - base, 0.01)
            power = math.log(cost / before[1]) / math.log(size / before[0]) if before else None
            shown = "" if power is None else f"{power:.2f}"
            print(f"| {kind} | {size:,} | {seconds:.1f} | {megabytes:.0f} | {shown} |", flush=True)
            before = size, cost


if __name__ == "__main__":
    main()
