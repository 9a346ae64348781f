"""Sentences left out of running text, and what is told of texts that lack none: a part of benchmarks/source.py."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from benchmarks._source_running import pairs_of_texts, pieces
from benchmarks.source import code_of, is_dev
from evalkit.language.across import beads_and_lost

_LEAST, _MOST = 4, 40  # lines of a document
_FIGURES = re.compile(r"\d{2}")


Count = Callable[[str, str, Sequence[str], Sequence[str]], Counter[str]]  # of a pair, a document and its two sides


def lost(wanted: Sequence[str]) -> None:
    """Every document as it is, and without one line: how many of its sentences are told, and of all others."""

    def count(pair: str, document: str, source: Sequence[str], target: Sequence[str]) -> Counter[str]:
        gone = random.Random(document).randrange(len(source))
        return _count(pair, source, target, gone=None) + _count(pair, source, target, gone=gone)

    by_half(wanted, (_LEAST, _MOST), count)


def by_half(wanted: Sequence[str], lines: tuple[int, int], count: Count) -> None:
    """Prints what is counted of the documents with so many lines, by half and pair of languages, and of all pairs."""
    for half in ("development", "blind"):
        total: Counter[str] = Counter()
        for pair, source, target, documents in pairs_of_texts():
            if wanted and pair not in wanted:
                continue
            of: dict[str, list[int]] = defaultdict(list)
            for n, document in enumerate(documents):
                of[document].append(n)
            counts: Counter[str] = Counter()
            for document, numbers in of.items():
                if is_dev(document) == (half == "development") and lines[0] <= len(numbers) <= lines[1]:
                    counts += count(pair, document, [source[n] for n in numbers], [target[n] for n in numbers])
            _print(half, pair, counts)
            total += counts
        _print(half, "all", total)


def _count(pair: str, source: Sequence[str], target: Sequence[str], *, gone: int | None) -> Counter[str]:
    one, two = map(code_of, pair.split("-"))
    theirs, mine = pieces(source, one, None), pieces([t for n, t in enumerate(target) if n != gone], two, None)
    told = beads_and_lost([p.text for p in theirs], [p.text for p in mine], one, two)[1]
    counts: Counter[str] = Counter()
    for n, piece in enumerate(theirs):
        what = "whole" if gone is None else "lost" if set(piece.lines) == {gone} else "beside"
        what += " with figures" if what == "lost" and _FIGURES.search(piece.text) else ""
        counts[what] += 1
        counts[f"{what} told"] += n in told
    return counts


def _print(half: str, pair: str, counts: Counter[str]) -> None:
    kinds = ("lost with figures", "lost", "beside", "whole")
    said = ", ".join(f"{kind} {counts[f'{kind} told']} of {counts[kind]:,}" for kind in kinds)
    print(f"{half:12} {pair:6} told: {said}", flush=True)
