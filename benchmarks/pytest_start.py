"""What the plug-in costs a project that does not use it: pytest with and without it, processor time.

    python benchmarks/pytest_start.py [runs]

Prints the least and the median of several runs of an empty project, taken in turn.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

KINDS = {"without": ["-p", "no:evalkit"], "with": []}


def once(folder: str, options: list[str]) -> float:
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if sys.argv[1:] else 15
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_it.py").write_text("def test_it():\n    pass\n")
        times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for _ in range(runs):
            for kind, options in KINDS.items():
                times[kind].append(once(folder, options))
    for kind, found in times.items():
        print(f"{kind:8} the plug-in: least {min(found):.3f} s, median {statistics.median(found):.3f} s of {runs} runs")


if __name__ == "__main__":
    main()
