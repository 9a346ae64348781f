"""Names that are not read in Mandarin, as a Chinese source bears them out: a part of benchmarks/source.py."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import evalkit
from benchmarks._findings_floor import documents, half
from benchmarks.source import DATA, lines
from evalkit.language import licence

_SETS = {"wmt22.zh-en": "refB", "wmt23.zh-en": ""}  # with the human translation beside refA


def readings() -> None:
    """By set and half, of the human translation and of all systems: findings of names that weigh, without what the
    source says of readings and with it, and how many of them went and came."""
    print(f"{'':40}{'without':>9}{'with':>7}{'gone':>7}{'new':>6}")
    for name, human in _SETS.items():
        counts: dict[tuple[str, str], Counter[str]] = {}
        for system, found in _systems(name, human):
            for part in ("dev", "blind"):
                before, now = ({f for p, f in found[way] if p == part} for way in (False, True))
                kind = "human" if system == human else "systems"
                of = counts.setdefault((kind, part), Counter())
                of.update(without=len(before), now=len(now), gone=len(before - now), new=len(now - before))
        for (kind, part), of in sorted(counts.items()):
            print(f"{f'{name} {kind} {part}':40}{of['without']:>9}{of['now']:>7}{of['gone']:>7}{of['new']:>6}")


def _systems(name: str, human: str) -> Iterator[tuple[str, dict[bool, list[tuple[str, str]]]]]:
    folder = DATA / "wmt" / name
    of = documents(folder / "docs.tsv.gz")
    paths = [*sorted((folder / "systems").iterdir()), *([folder / f"references/{human}.en.txt.gz"] if human else [])]
    with tempfile.TemporaryDirectory() as place:
        sides = {"s": folder / "source.zh.txt.gz", "r": folder / "references/refA.en.txt.gz"}
        for side, path in sides.items():
            (Path(place) / f"{side}.txt").write_text("\n".join(lines(path)) + "\n", encoding="utf-8")
        for path in paths:
            (Path(place) / "c.txt").write_text("\n".join(lines(path)) + "\n", encoding="utf-8")
            found = {}
            for way in (False, True):
                # What an earlier run kept would be found again: each way has a cache of its own.
                own = patch.dict(os.environ, {"XDG_CACHE_HOME": f"{place}/{way}"})
                with own, patch.object(licence, "_of_reading", licence._of_reading if way else lambda *_: None):
                    result = evalkit.check(
                        Path(place) / "c.txt", Path(place) / "r.txt", align="lines", lang="en", detectors=["names"],
                        source=Path(place) / "s.txt", source_lang="zh",
                    )  # fmt: skip
                found[way] = [
                    (half(of[f.line - 1]), f"{f.line} {f.rule} {f.text} {f.expected}")
                    for f in result.systems[0].standing
                    if f.severity != "neutral"
                ]
            yield path.name.partition(".")[0], found
