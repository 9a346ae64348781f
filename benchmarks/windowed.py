"""Windows of units against single units on documents as they are; prints a table of the docs.

    python benchmarks/windowed.py [DOCUMENTS]      # WMT23 zh-en, some minutes

Each system of WMT23 zh-en is given as running text, a file a document, and aligned. Its order by each score is held
against that by the human MQM scores, and against that of the same metric over the true lines: the share of pairs of
systems that stand in the same order. Nothing was fitted here.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from itertools import combinations
from pathlib import Path

from commands import DATA

import evalkit
from evalkit.plugins import Registry, shown_spec
from evalkit.records.config import parse

METRICS = ("chrf", "bleu")


def lines(path: Path) -> list[str]:
    """The lines of a packed file."""
    return gzip.decompress(path.read_bytes()).decode().removesuffix("\n").split("\n")


def same_order(one: dict[str, float], other: dict[str, float]) -> float:
    """The share of pairs of systems in the same order by both."""
    pairs = list(combinations(sorted(one.keys() & other.keys()), 2))
    return sum((one[a] - one[b]) * (other[a] - other[b]) > 0 for a, b in pairs) / len(pairs)


def main() -> None:
    most = int(sys.argv[1]) if sys.argv[1:] else None
    names = [line.split("\t")[1] for line in lines(DATA / "docs.tsv.gz")]
    wanted = set(list(dict.fromkeys(names))[:most])
    sides = {"reference": lines(DATA / "references" / "refA.en.txt.gz")}
    sides |= {p.name.removesuffix(".en.txt.gz"): lines(p) for p in sorted((DATA / "systems").iterdir())}
    human = {}
    for row in (DATA / "mt-metrics-eval" / "human.mqm.sys.score").read_text(encoding="utf-8").splitlines():
        system, value = row.split()
        if value != "None":
            human[system] = float(value)
    specs = [*METRICS, *(f"windowed(metric={m}, most={n})" for m in METRICS for n in (1, 4))]
    with tempfile.TemporaryDirectory() as place:
        for side, texts in sides.items():
            (Path(place) / side).mkdir()
            for name in wanted:
                mine = [text for text, owner in zip(texts, names, strict=True) if owner == name]
                (Path(place) / side / f"{name.replace('/', '_')}.txt").write_text(
                    "\n".join(mine) + "\n", encoding="utf-8"
                )
        data = {
            "metrics": specs, "detectors": [], "statistics": {"test": "none"},
            "reference": [{"path": f"{place}/reference"}],
            "candidate": [{"name": name, "path": f"{place}/{name}"} for name in sides if name != "reference"],
        }  # fmt: skip
        running = evalkit.evaluate(parse({**data, "align": "document", "segment": "sentences"}, "windowed"), jobs=2)
        true = evalkit.evaluate(parse({**data, "align": "lines", "metrics": list(METRICS)}, "windowed"), jobs=2)
    levels = {m: {s.name: v.value for s in true.systems for v in s.scores if v.metric == m} for m in METRICS}
    print(f"{len(wanted)} documents, {len(sides) - 1} systems\n")
    print("| score | pairs as by the true lines | pairs as by people |\n| --- | --- | --- |")
    for metric in METRICS:
        print(f"| {metric}, true lines | 1.000 | {same_order(levels[metric], human):.3f} |")
        single, windows = (Registry().make("scorer", spec) for spec in specs if f"={metric}," in spec)
        for title, name in ((metric, metric), ("single units", shown_spec(single)), ("windows", shown_spec(windows))):
            found = {
                s.name: v.value for s in running.systems for v in s.scores if (v.metric, v.scope) == (name, "document")
            }
            row = f"{same_order(found, levels[metric]):.3f} | {same_order(found, human):.3f}"
            print(f"| {metric}, running text: {title} | {row} |")


if __name__ == "__main__":
    main()
