"""Units for scorer tests, from plain texts and from the WMT sets."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from evalkit.records import Passage, Segment, Unit


def passage(text: str, reference: str = "") -> Passage:
    return Passage((Segment("s", "d", 0, len(text), text),), text, reference)


def unit(candidate: str | None, *references: str) -> Unit:
    mine = None if candidate is None else passage(candidate)
    return Unit("u", "d", "1-1", 1.0, mine, tuple(passage(text, str(i)) for i, text in enumerate(references)))


def total(rows: Iterable[Sequence[float]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


@lru_cache(maxsize=4)
def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def wmt_units(folder: Path, system: str, references: str) -> list[Unit]:
    """Units of a WMT system against `refA`, `refB` or `refA+refB`."""
    columns = [lines(folder / "references" / f"{name}.en.txt.gz") for name in references.split("+")]
    texts = lines(folder / "systems" / f"{system}.en.txt.gz")
    return [unit(text, *refs) for text, *refs in zip(texts, *columns, strict=True)]


def table(path: Path) -> list[dict[str, str]]:
    """A TSV with a header; comment lines are left out."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [line for line in stream if not line.startswith("#")]
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
