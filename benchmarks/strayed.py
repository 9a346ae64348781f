"""Lines that carry another line's text, told in translations of test sets and of medical abstracts.

Usage: EVALKIT_DATA=... python benchmarks/strayed.py

Of the test sets nothing is known to be a row off: what is told there is a false alarm, or a fault of the set that is
printed to be read. Files of the abstracts are known to be broken in parts. No bound was chosen on any of these texts.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from evalkit.run.strayed import strayed
from evalkit.testing import units_of

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data"))
SETS = (("wmt22.zh-en", "en"), ("wmt23.zh-en", "en"), ("wmt24.en-de", "de"), ("wmt22.en-zh", "zh"))
SYSTEMS = 8  # of each set, the first by name, and its further references


def lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().removesuffix("\n").split("\n")


def told(candidate: Sequence[str], reference: Sequence[str]) -> list[str]:
    """The line and whose text it has, for each line that is told."""
    found = strayed(units_of(candidate, [reference]), stated=True)
    return [f"{id_.partition(':')[2]} has {unit.id.partition(':')[2]}'s" for id_, unit in found.items()]


def print_row(name: str, system: str, candidate: Sequence[str], reference: Sequence[str]) -> None:
    found = told(candidate, reference)
    print(f"{name:<12} {system:<22} {len(found):>3} of {len(candidate):>5}  {'; '.join(found[:4])}")


def test_sets() -> None:
    for name, lang in SETS:
        folder = DATA / "wmt" / name
        first, *others = sorted((folder / "references").glob(f"*.{lang}.txt.gz"))
        for path in sorted((folder / "systems").glob(f"*.{lang}.txt.gz"))[:SYSTEMS] + others:
            print_row(name, path.name.removesuffix(f".{lang}.txt.gz"), lines(path), lines(first))


def abstracts() -> None:
    for pair in ("de2en", "es2en", "fr2en"):
        texts: dict[str, dict[tuple[str, int], str]] = defaultdict(dict)
        for line in lines(DATA / "biomqm" / f"{pair}.jsonl.gz"):
            row = json.loads(line)
            texts[row["system"]][row["doc"], row["seg"]] = row["hyp"]
        reference = texts["reference"]
        for system in sorted(texts.keys() - {"reference"}):
            keys = sorted(texts[system].keys() & reference.keys())
            print_row(pair, system, [texts[system][key] for key in keys], [reference[key] for key in keys])


if __name__ == "__main__":
    test_sets()
    abstracts()
