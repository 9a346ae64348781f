"""The aligners' memory stays bounded for texts of up to a megabyte, whatever their shape."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

MOST = 500  # megabytes
CODE = """
import pathlib, random, re, resource, sys
from evalkit.plugins import Registry
from evalkit.records import Segment
rng = random.Random(1)
words = ["".join(rng.choice("abcdefghij") for _ in range(5)) for _ in range(20000)]
def book(lines, size):
    return [" ".join(rng.choice(words) for _ in range(size)) for _ in range(lines)]
same = "Same words here."
shapes = {
    "same": lambda: ([same] * 6000, [same, "Other words there."]),
    "few": lambda: (book(4000, 6), book(3, 6)),
    "hundredfold": lambda: (book(4000, 8), book(60, 8)),
    "long": lambda: (["x" * 1000000], book(20, 6)),
    "one line": lambda: ([" ".join(book(1, 60000))], [" ".join(book(1, 60000))]),
    "words": lambda: (book(4000, 1), book(4000, 1)),
}
def made(texts):
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t) for k, t in enumerate(texts))
mine, theirs = map(made, shapes[sys.argv[1]]())
links = Registry().make("aligner", "document").align(mine, theirs)
assert sorted(i for link in links for i in link.candidate) == list(range(len(mine)))
assert sorted(j for link in links for j in link.reference) == list(range(len(theirs)))
status = pathlib.Path("/proc/self/status")  # ru_maxrss would count the peak of the process that started this one
peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.is_file() else None
print((int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024)
"""


@pytest.mark.parametrize("shape", ["same", "few", "hundredfold", "long", "one line", "words"])
def test_no_shape_takes_more(shape: str) -> None:
    done = subprocess.run([sys.executable, "-c", CODE, shape], capture_output=True, text=True, check=True)
    assert int(done.stdout) < MOST, shape
