"""Values read from sentences in which others say what the numbers mean, by language and kind; one part is blind.

Usage: python benchmarks/numbers_by_value.py   (data: EVALKIT_DATA, folder numbers: Recognizers-Text, MIT)

Blind are two languages (nl, pt), one kind (temperature) and a third of the other sentences, drawn by their text; the
rest is what the reader was built on. A value counts as read where a quantity that shares a character with the marked
place has it; parts of a fraction count as the fraction's readings. Relative ordinals (the last but one) are left out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from evalkit.language.numbers.scan import scan

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
BLIND_LANGUAGES, BLIND_KINDS = ("nl", "pt"), ("temperature",)
KINDS = ("number", "ordinal", "percent", "currency", "dimension", "temperature", "age")
NEAR = Decimal("1e-9")  # the gold has 15 digits


def is_blind(row: dict[str, Any]) -> bool:
    """True for sentences that were not looked at."""
    drawn = int(hashlib.sha256(f"{row['lang']}|{row['kind']}|{row['input']}".encode()).hexdigest(), 16) % 3 == 0
    return row["lang"] in BLIND_LANGUAGES or row["kind"] in BLIND_KINDS or drawn


def gold(row: dict[str, Any]) -> Iterator[tuple[int, int, Decimal]]:
    """(start, end, value) of the numbers of a sentence whose place and value the data says."""
    for result in row["results"]:
        start, end = result["start"], result["end"]
        said = str(result["resolution"].get("value") or "").replace("%", "").strip()
        said = said.replace(",", "." if said.count(",") == 1 and "." not in said else "")
        if start is None or "relative" in (result["type"] or ""):
            continue
        if row["input"][start : end + 1].strip().lower() != (result["text"] or "").strip().lower():
            continue
        try:
            yield start, end + 1, Decimal(said)
        except InvalidOperation:
            continue


def main() -> None:
    """Print both tables."""
    right: Counter[tuple[bool, str, str]] = Counter()
    every: Counter[tuple[bool, str, str]] = Counter()
    with gzip.open(DATA / "numbers" / "recognizers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] not in KINDS:
                continue
            found = scan(row["input"], row["lang"])
            for start, end, value in gold(row):
                keys = {k for q in found if q.start < end and start < q.end for k in q.keys if k[0] == "n"}
                key = is_blind(row), row["lang"], row["kind"]
                every[key] += 1
                right[key] += any(abs(Decimal(text) - value) <= abs(value) * NEAR for _, text in keys)
    for blind, title in ((False, "development"), (True, "blind")):
        print(f"| {title} | {' | '.join(KINDS)} | all |\n|---|{'---|' * (len(KINDS) + 1)}")
        for lang in (*sorted({lang for _, lang, _ in every}), "all"):
            cells = []
            for kinds in (*((kind,) for kind in KINDS), KINDS):
                of = [k for k in every if k[0] == blind and k[2] in kinds and lang in (k[1], "all")]
                n = sum(every[k] for k in of)
                cells.append(f"{sum(right[k] for k in of) / n:.2f} ({n})" if n else "")
            if any(cells):
                print(f"| {lang} | {' | '.join(cells)} |")
        print()


if __name__ == "__main__":
    main()
