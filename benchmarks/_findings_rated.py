"""Systems' texts that experts rated: their sides, line by line, and the spans that were marked in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

RATED = (("wmt23.zh-en", "en", "zh"), ("wmt23.en-de", "de", "en"))


class Rated(NamedTuple):
    """A system's text that experts rated, line by line: its sides, what they marked, the documents of the lines."""

    name: str
    system: str
    langs: tuple[str, str]
    sides: dict[str, list[str]]
    errors: list[list[dict]]
    documents: list[str]


def rated_texts(lines_of) -> Iterator[Rated]:
    """WMT23 with expert MQM."""
    for name, *langs in RATED:
        segments = {row["seg"]: row for row in lines_of(f"mqm/{name}.segments.jsonl.gz")}
        texts: dict[str, dict[int, dict]] = defaultdict(dict)
        for row in lines_of(f"mqm/{name}.annotations.jsonl.gz"):
            texts[row["system"]].setdefault(row["seg"], row)
        for system, rows in sorted(texts.items()):
            if system.startswith("ref"):
                continue
            order = sorted(rows)
            sides = {
                "candidate": [rows[i]["hyp"] for i in order],
                "reference": [next(iter(segments[i]["refs"].values())) for i in order],
                "source": [segments[i]["source"] for i in order],
            }
            errors = [rows[i]["errors"] for i in order]
            yield Rated(name, system, tuple(langs), sides, errors, [segments[i]["doc"] for i in order])


def abstracts(lines_of) -> Iterator[Rated]:
    """Medical abstracts (biomqm), lines under two segments left out."""
    for pair in ("de2en", "es2en", "fr2en"):
        texts: dict[str, dict[tuple[str, int], dict]] = defaultdict(dict)
        for row in lines_of(f"biomqm/{pair}.jsonl.gz"):
            if row["refs"] and row["hyp"] and not row["system"].lower().startswith(("ref", "human")):
                texts[row["system"]].setdefault((row["doc"], row["seg"]), row)
        for system, rows in sorted(texts.items()):
            order = sorted(whole_lines(rows))
            sides = {
                "candidate": [rows[i]["hyp"] for i in order],
                "reference": [next(iter(rows[i]["refs"].values())) for i in order],
                "source": [rows[i]["source"] for i in order],
            }
            errors = [rows[i]["errors"] for i in order]
            yield Rated(f"biomqm {pair}", system, ("en", pair[:2]), sides, errors, [doc for doc, _ in order])


def whole_lines(rows: dict[tuple[str, int], dict]) -> set[tuple[str, int]]:
    """The places whose line stands under no other segment: of the set's lines a part carries another segment's text."""
    under: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        under[row["hyp"]].add(next(iter(row["refs"].values())))
    return {place for place, row in rows.items() if len(under[row["hyp"]]) == 1}
