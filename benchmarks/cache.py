"""What the cache on disk saves: CPU seconds to count the rows of one system, to count and keep them, to read them.

Usage: python benchmarks/cache.py        (EVALKIT_DATA names the folder of the data sets)
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from evalkit.kernel.batches import engine
from evalkit.plugins import Registry
from evalkit.records import Passage, Segment, Unit
from evalkit.run.cache import Cache
from evalkit.run.rows_cache import measure_chunks
from evalkit.run.workers import Workers

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data")) / "wmt" / "wmt23.zh-en"
SPECS = ("bleu", "chrf", "chrf++", "ter", "wer")
TER_SEGMENTS = 300  # the library takes long


def main() -> None:
    """A line a metric, first by the kernel, then by the libraries."""
    reference = _lines(DATA / "references" / "refA.en.txt.gz")
    candidate = _lines(sorted((DATA / "systems").glob("*.gz"))[0])
    pairs = zip(candidate, reference, strict=True)
    units = [Unit(str(i), "", "1-1", 1.0, _passage(c), (_passage(r),)) for i, (c, r) in enumerate(pairs)]
    serial, registry = Workers(), Registry()
    print("| metric | counted by | segments | counted | counted and kept | read |\n|---|---|---|---|---|---|")
    for switch in ("", "off"):
        os.environ["EVALKIT_KERNEL"] = switch
        for spec in SPECS:
            scorer = registry.make("scorer", spec)
            chunk = units[:TER_SEGMENTS] if spec == "ter" and switch else units
            scorer.measure(chunk[:2])  # what is loaded once is not counted
            with tempfile.TemporaryDirectory() as folder:
                cache = Cache(Path(folder))
                spent = [
                    _spent(partial(measure_chunks, scorer, [chunk], serial, kept)) for kept in (None, cache, cache)
                ]
            times = " | ".join(f"{1000 * seconds:,.1f} ms" for seconds in spent)
            print(f"| {spec} | {engine(scorer)} | {len(chunk):,} | {times} |")


def _spent(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().split("\n")[:-1]


def _passage(text: str) -> Passage:
    return Passage((Segment("", "", 0, len(text), text),), text)


if __name__ == "__main__":
    main()
