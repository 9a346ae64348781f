"""The memory of `evalkit align` stays bounded for texts of up to a megabyte a side, whatever their shape."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

MOST = 500  # megabytes
MEGABYTE = 1_000_000
PART = 400_000  # of the shape that takes longest; `benchmarks/memory.py` tries the whole megabyte
# The peak of the process itself: ru_maxrss would count that of the process that started it.
CODE = """
import pathlib, re, resource, sys
from evalkit.cli import main
try:
    main()
finally:
    status = pathlib.Path("/proc/self/status")
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.is_file() else None
    print((int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024, file=sys.stderr)
"""
RNG = random.Random(1)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = ["".join(RNG.choice("abcdefghij") for _ in range(5)) for _ in range(20_000)]


def book(lines: int, size: int) -> str:
    return "".join(" ".join(RNG.choice(WORDS) for _ in range(size)) + "\n" for _ in range(lines))


def apart(seed: int, letters: int, size: int) -> str:
    """Words of one length, a line each, hardly one of them twice."""
    draw = random.Random(seed)
    return "".join("".join(draw.choices(LETTERS, k=letters)) + "\n" for _ in range(size // (letters + 1)))


def chinese(letters: int) -> str:
    return "".join(chr(RNG.randint(0x4E00, 0x5DFF)) for _ in range(letters))


SAME = "Same words here.\n"
SHAPES: dict[str, Callable[[], tuple[str, str]]] = {
    "one sentence 10,000 times": lambda: (SAME * 10_000, SAME * 10_000),
    "one sentence, and two": lambda: (SAME * 10_000, SAME + "Other words there.\n"),
    "one word a line": lambda: (book(MEGABYTE // 6, 1), SAME * (MEGABYTE // len(SAME))),
    "no spaces": lambda: (chinese(MEGABYTE // 3), chinese(MEGABYTE // 3)),
    "a word of a megabyte": lambda: ("x" * MEGABYTE, book(20, 6)),
    "a line of a megabyte": lambda: (book(1, MEGABYTE // 6), book(1, MEGABYTE // 6)),
    "4,000 short lines, and 3": lambda: (book(4000, 6), book(3, 6)),
    "100 times as long": lambda: (book(6000, 8), book(60, 8)),
    "a word a line, each another": lambda: (apart(1, 6, PART), apart(2, 6, PART)),
    "a megabyte, and two lines": lambda: (book(MEGABYTE // 48, 8), book(2, 8)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_takes_more(shape: str, tmp_path: Path) -> None:
    peak = measured(tmp_path, *SHAPES[shape](), ["align", "-f", "tsv"])
    print(f"{shape}: {peak} MB")
    assert peak < (MOST * 3 / 5 if shape == "a word a line, each another" else MOST), shape


def measured(folder: Path, candidate: str, reference: str, command: list[str]) -> int:
    """The peak of a command on two texts, in megabytes."""
    (folder / "candidate.txt").write_text(candidate, encoding="utf-8")
    (folder / "reference.txt").write_text(reference, encoding="utf-8")
    name, *options = command
    asked = [name, "candidate.txt", "-r", "reference.txt", *options, "-o", "output", "-q", "--jobs", "1"]
    done = subprocess.run([sys.executable, "-c", CODE, *asked], capture_output=True, text=True, check=True, cwd=folder)
    return int(done.stderr.split()[-1])
