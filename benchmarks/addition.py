"""How often right and wrong pairs of passages share hardly any content: the bound `covered` of `addition`.

    EVALKIT_DATA=... python benchmarks/addition.py

Right pairs are those of the data sets' gold; wrong ones pair a passage with the next gold passage of the
same document. Only pairs of at least six content words a side count, as in the rule.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from evalkit.language.overlap import Weights, covered, difference, has_room_for_doubt, said, weights_of
from evalkit.records import Passage, Segment, Unit

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
BOUNDS = (0.1, 0.15, 0.2, 0.25, 0.3)
SHARED = 0.5
Pairs = list[tuple[str, str]]


def records(name: str) -> Iterator[dict]:
    """The JSON lines of a packed file."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def documents() -> Iterator[tuple[str, Pairs]]:
    """(set, gold pairs of one document)."""
    for d in records("align_deplain/documents.jsonl.gz"):
        simple, complex_ = d["simple_sentences"], d["complex_sentences"]
        joined = [
            (" ".join(simple[j] for j in a["simple"]), " ".join(complex_[i] for i in a["complex"]))
            for a in d["alignments"]
        ]
        yield "DEPlain (summary-like, German)", [(a, b) for a, b in joined if a and b]
    for d in records("align_onestop/documents.jsonl.gz"):
        yield "OneStop (simplified news)", [(p["left"], p["right"]) for p in d["silver_pairs"]]
    for d in records("align_bible/chapters.jsonl.gz"):
        first, second = (d["versions"][name] for name in sorted(d["versions"])[:2])
        yield "Bible (two versions)", [(first[k], second[k]) for k in first if k in second]


def unit(candidate: str, reference: str) -> Unit:
    """A one-to-one unit of two texts."""
    sides = [(Segment(name, "1", 0, len(text), text),) for name, text in (("c", candidate), ("r", reference))]
    return Unit("1", "1", "1-1", 1.0, Passage(sides[0], candidate), (Passage(sides[1], reference, "r"),))


class Shares(NamedTuple):
    """Shares of the candidate's weight that the reference has: of all words, of those in small letters."""

    all: float
    small: float


def shares_of(candidate: str, reference: str, weights: Weights, lang: str) -> Shares | None:
    """The shares of a pair; None where there is too little to weigh."""
    found = difference(candidate, reference)
    if has_room_for_doubt(found) or not found.all_candidate:
        return None
    return Shares(covered(found, weights), said(found, weights, lang))


def flagged(pair: Shares, bound: float) -> bool:
    return pair.all <= bound


def flagged_by_both(pair: Shares, bound: float) -> bool:
    """As the rule has it: little of all words, or at most half of them and little of those in small letters."""
    return pair.all <= bound or (pair.all <= SHARED and pair.small <= bound)


def main() -> None:
    """Prints the share of right and wrong pairs that each bound flags, by all words and by both shares."""
    found: dict[str, tuple[list[Shares], list[Shares]]] = {}
    for name, pairs in documents():
        right, wrong = found.setdefault(name, ([], []))
        weights, lang = weights_of([unit(a, b) for a, b in pairs]), "de" if "German" in name else "en"
        for n, (a, b) in enumerate(pairs):
            right += [s] if (s := shares_of(a, b, weights, lang)) else []
            other = pairs[(n + 1) % len(pairs)][1]
            wrong += [s] if len(pairs) > 1 and (s := shares_of(a, other, weights, lang)) else []
    for title, test in (("all words", flagged), (f"all words, or names and at most {SHARED:g}", flagged_by_both)):
        print(f"| {title} | pairs | " + " | ".join(f"<= {bound}: right / wrong" for bound in BOUNDS) + " |")
        print("| --- | ---: |" + " ---: |" * len(BOUNDS))
        for name, (right, wrong) in found.items():
            cells = [
                f"{fmean(test(s, bound) for s in right):.1%} / {fmean(test(s, bound) for s in wrong):.1%}"
                for bound in BOUNDS
            ]
            print(f"| {name} | {len(right)} | " + " | ".join(cells) + " |")
        print()


if __name__ == "__main__":
    main()
