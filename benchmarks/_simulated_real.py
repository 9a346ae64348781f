"""Pairs of systems that are equal in truth, with the shapes of real ratings, and with many ties.

Real: expert MQM ratings of WMT23 zh-en. Either side draws, for each segment (or each document), the ratings of one of
the real systems, so that neither is better: few segments carry most of the penalty, as in life.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks._simulated import Sample, World, sample
from evalkit.compare.statistics.items import Items

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data")) / "mqm"
Numbers = npt.NDArray[np.float64]
PER_DOCUMENT = 10  # segments of a document where whole documents are drawn


def is_here() -> bool:
    """Whether the ratings are there to draw from."""
    return (FOLDER / "wmt23.zh-en.annotations.jsonl.gz").exists()


@lru_cache(maxsize=1)
def ratings() -> tuple[tuple[Numbers, ...], tuple[str, ...]]:
    """Per segment that all systems have: weight of its errors and words, a row per system; and its document."""
    rows: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    with gzip.open(FOLDER / "wmt23.zh-en.annotations.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            rating = json.loads(line)
            weight = float(sum(error["weight"] for error in rating["errors"]))
            rows[rating["seg"]][rating["system"]] = (weight, len(rating["hyp"].split()))
    with gzip.open(FOLDER / "wmt23.zh-en.segments.jsonl.gz", "rt", encoding="utf-8") as stream:
        documents = {row["seg"]: row["doc"] for row in map(json.loads, stream)}
    systems = max(len(row) for row in rows.values())
    kept = [seg for seg in sorted(rows) if len(rows[seg]) == systems]
    table = tuple(np.array([rows[seg][name] for name in sorted(rows[seg])]) for seg in kept)
    return table, tuple(documents[seg] for seg in kept)


def real(size: int, seed: int, *, by_document: bool = False) -> Sample:
    """Two systems of equal truth over `size` segments drawn from the rated ones; `by_document` a document's ratings
    come from one real system, so that they have something in common."""
    rng = np.random.default_rng([seed, size, by_document])
    table, documents = ratings()
    if by_document:
        places = _runs(rng, documents, size)
    else:
        places = [(int(place), f"d{k}") for k, place in enumerate(rng.integers(len(table), size=size))]
    keys = tuple(f"s{k}" for k in range(len(places)))
    systems = {}
    for name in "ab":
        of_document = {doc: int(rng.integers(len(table[0]))) for doc in dict.fromkeys(doc for _, doc in places)}
        systems[name] = Items(keys, np.array([table[place][of_document[doc]] for place, doc in places]))
    return Sample(systems, {key: doc for key, (_, doc) in zip(keys, places, strict=True)})


def _runs(rng: np.random.Generator, documents: tuple[str, ...], size: int) -> list[tuple[int, str]]:
    """Neighbouring segments of real documents, PER_DOCUMENT at most of each, until there are `size`."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, doc in enumerate(documents):
        places[doc].append(place)
    names, found = sorted(places), list[tuple[int, str]]()
    for number in range(size // PER_DOCUMENT):
        own = places[names[int(rng.integers(len(names)))]][:PER_DOCUMENT]
        found += [(place, f"d{number}") for place in own]
    return found


def tied(size: int, seed: int, share: float = 0.9) -> Sample:
    """Two equal systems, TER, whose outputs are the same in this share of the segments."""
    drawn = sample(World(size, 1, seed=seed), "ter")
    first, second = drawn.systems["a"], drawn.systems["b"]
    same = np.random.default_rng([seed, size]).random(size) < share
    rows = np.where(same[:, None], first.rows, second.rows)
    return Sample({"a": first, "b": Items(second.keys, rows)}, drawn.documents)
