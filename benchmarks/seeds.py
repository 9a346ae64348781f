"""Precision and recall of the findings on document 004 against its human reading (tests/gold/004.tsv).

    python benchmarks/seeds.py

A finding is right where it overlaps a place the reader marked as an error and its rule is one of those
the reader would accept there; places on which readers may differ count neither way.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evalkit.records import Finding
from evalkit.records.config import load
from evalkit.run.pipeline import evaluate

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "seeds" / "004_b9b7a7ebafc1f109.txt"
GOLD = ROOT / "tests" / "gold" / "004.tsv"


class Marked(NamedTuple):
    """One row of the reading, with the places its brackets name."""

    status: str
    category: str
    rules: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    text: str


def read_gold(gold: Path = GOLD, document: Path = DOCUMENT) -> list[Marked]:
    """The rows of the reading; raises ValueError where a context does not stand exactly once."""
    text = document.read_text(encoding="utf-8")
    rows = []
    lines = [line for line in gold.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        status, category, rule, context, _ = line.split("\t")
        plain = context.replace("⟦", "").replace("⟧", "")
        if text.count(plain) != 1:
            raise ValueError(f"{gold.name}: the context stands {text.count(plain)} times, not once: {plain!r}")
        start, spans, open_at, at = text.index(plain), [], 0, 0
        for char in context:
            if char == "⟦":
                open_at = at
            elif char == "⟧":
                spans.append((start + open_at, start + at))
            else:
                at += 1
        rows.append(Marked(status, category, tuple(rule.split("|")), tuple(spans), plain))
    return rows


def overlaps(finding: Finding, row: Marked) -> bool:
    """True where the finding and a span of the row share a character."""
    return any(finding.start < end and start < finding.end for start, end in row.spans)


def findings() -> tuple[Finding, ...]:
    """What the main job finds in document 004, on the candidate's side."""
    config, folder = load(ROOT / "evalkit.toml")
    result = evaluate(config, folder=folder)
    system = next(s for s in result.systems if s.name == "machine-translated-report")
    return tuple(f for f in system.findings if f.side == "candidate")


class Judged(NamedTuple):
    """Findings and rows of one category, each right or wrong, found or missed."""

    right: list[Finding]
    wrong: list[Finding]
    found: list[Marked]
    missed: list[Marked]


def judge(found: Sequence[Finding], gold: Sequence[Marked], category: str) -> Judged:
    """One category's findings against the reading."""
    errors = [row for row in gold if row.status == "error" and row.category == category]
    allowed = [row for row in gold if row.status == "allowed"]
    right, wrong = [], []
    for finding in (f for f in found if f.category == category):
        if any(overlaps(finding, row) and finding.rule in row.rules for row in errors):
            right.append(finding)
        elif not any(overlaps(finding, row) and finding.rule in row.rules for row in allowed):
            wrong.append(finding)
    hit = [row for row in errors if any(overlaps(f, row) and f.rule in row.rules for f in found)]
    return Judged(right, wrong, hit, [row for row in errors if row not in hit])


def main() -> None:
    """Prints the table, then every miss and every false alarm."""
    found, gold = findings(), read_gold()
    print(f"{'category':<13} {'marked':>6} {'found':>6} {'recall':>7}   {'findings':>8} {'right':>6} {'precision':>9}")
    misses, alarms = [], []
    for category in ("names", "terminology", "numbers", "accuracy", "conventions"):
        j = judge(found, gold, category)
        marked, shown = len(j.found) + len(j.missed), len(j.right) + len(j.wrong)
        recall = f"{len(j.found) / marked:.2f}" if marked else "-"
        precision = f"{len(j.right) / shown:.2f}" if shown else "-"
        print(f"{category:<13} {marked:>6} {len(j.found):>6} {recall:>7}   {shown:>8} {len(j.right):>6} {precision:>9}")
        misses += j.missed
        alarms += j.wrong
    silent = [row for row in gold if row.status == "silent"]
    disturbed = [row for row in silent if any(overlaps(f, row) and f.category == row.category for f in found)]
    fluency = sum(row.category == "fluency" for row in gold)
    print(f"places that must stay silent: {len(silent)}, disturbed: {len(disturbed)}")
    print(f"errors of fluency, of which no rule speaks: {fluency}")
    for row in misses:
        print(f"missed: {'|'.join(row.rules)}: {row.text}")
    for finding in alarms:
        print(f"false alarm: {finding.line}:{finding.column} {finding.rule}: {finding.text[:80]!r}: {finding.message}")


if __name__ == "__main__":
    main()
