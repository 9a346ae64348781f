"""Score parity where the reference states its rows: WMT23 en-de, whose lines are paragraphs, as running text."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from _alignment_data import read_json_lines

import evalkit
from evalkit.records.result import Result


def differences() -> Iterator[tuple[str, str, str, float]]:
    """(system, metric, scope, score of the running text less that of the lines)."""
    rows = {row["seg"]: row for row in read_json_lines("mqm/wmt23.en-de.segments.jsonl.gz")}
    systems: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_json_lines("mqm/wmt23.en-de.annotations.jsonl.gz"):
        systems[row["system"]][row["seg"]] = _line(row["hyp"])
    documents: dict[str, list[str]] = defaultdict(list)
    for seg in sorted(rows, key=int):
        documents[rows[seg]["doc"]].append(seg)
    theirs = {seg: _line(row["refs"]["refA"]) for seg, row in rows.items()}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for name, mine in sorted(systems.items()):
            if name == "refA":
                continue
            kept = {doc: segs for doc, segs in documents.items() if all(mine.get(seg) for seg in segs)}
            yield from ((name, *found) for found in _one(base / name, kept, mine, theirs))


def _one(
    base: Path, documents: dict[str, list[str]], mine: dict[str, str], theirs: dict[str, str]
) -> Iterator[tuple[str, str, float]]:
    (base / "running").mkdir(parents=True)
    table = []
    for number, segs in enumerate(documents.values()):
        table += [{"doc": f"{number:03}.txt", "text": theirs[seg]} for seg in segs]
        (base / "running" / f"{number:03}.txt").write_text(" ".join(mine[seg] for seg in segs) + "\n", "utf-8")
    (base / "reference.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table), "utf-8")
    order = [seg for segs in documents.values() for seg in segs]
    for name, side in (("mine", mine), ("theirs", theirs)):
        (base / f"{name}.txt").write_text("".join(side[seg] + "\n" for seg in order), "utf-8")
    metrics = ["bleu", "chrf"]
    lines = scores(evalkit.score(str(base / "mine.txt"), str(base / "theirs.txt"), metrics=metrics, lang="de"))
    running = evalkit.score(
        str(base / "running"), str(base / "reference.jsonl"), metrics=metrics, lang="de", align="document"
    )
    for (metric, scope), value in scores(running).items():
        yield metric, scope, value - lines[metric, "corpus"]


def scores(result: Result) -> dict[tuple[str, str], float]:
    """Scores by metric and scope."""
    return {(score.metric, score.scope): score.value for score in result.systems[0].scores}


def _line(text: str) -> str:
    return " ".join(text.split())


def table() -> None:
    """Mean and largest absolute difference over the systems, by metric and scope."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _, metric, scope, difference in differences():
        found[scope, metric].append(abs(difference))
    print("| scope | metric | systems | mean difference | largest |\n|---|---|---|---|---|")
    for (scope, metric), values in sorted(found.items()):
        print(f"| {scope} | {metric} | {len(values)} | {sum(values) / len(values):.2f} | {max(values):.2f} |")
