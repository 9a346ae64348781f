"""Scores millions of pairs as a stream: seconds, and the memory of the largest process.

    python benchmarks/stream.py DATA [PAIRS] [JOBS] [ENGINE]

DATA is the folder of WMT data sets; the systems of WMT23 zh-en stand one behind the other beside their reference, again
and again until there are PAIRS (500,000). The files are written to a temporary folder (130 bytes a line and side).
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def made(data: Path, folder: Path, pairs: int) -> list[str]:
    """Candidate and reference files of so many lines."""
    systems = sorted((data / "wmt/wmt23.zh-en/systems").glob("*.gz"))
    reference = gzip.decompress((data / "wmt/wmt23.zh-en/references/refA.en.txt.gz").read_bytes())
    candidate = b"".join(gzip.decompress(path.read_bytes()) for path in systems)
    paths = [folder / "candidate.txt", folder / "reference.txt"]
    for path, text in zip(paths, (candidate, reference * len(systems)), strict=True):
        lines = text.splitlines(keepends=True)
        with path.open("wb") as file:
            for _ in range(pairs // len(lines)):
                file.write(text)
            file.writelines(lines[: pairs % len(lines)])
    return [str(path) for path in paths]


def main() -> None:
    data, pairs, jobs, engine = (*sys.argv[1:], *("", "500000", "2", "local")[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as folder:
        candidate, reference = made(Path(data), Path(folder), int(pairs))
        line = ["score", candidate, "-r", reference, "-m", "bleu,chrf", "-w", "12", "--engine", engine, "--jobs", jobs]
        begun = time.monotonic()
        subprocess.run([sys.executable, "-m", "evalkit", *line], check=True, env={"EVALKIT_CACHE": "off"})
        wall = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(
        f"{int(pairs):,} pairs, {engine}, {jobs} jobs: {wall:.0f} s ({cpu:.0f} s CPU, {int(pairs) / cpu:,.0f} pairs a "
        f"CPU second), largest process {used.ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
