"""Source and translation of other segmentation, put back together: a part of benchmarks/source.py."""

from __future__ import annotations

import random
import time
from collections import defaultdict

from benchmarks.source import DATA, code_of, is_dev, lines
from evalkit.language.across import beads

_PAIRS = "deu fra spa rus pol zho-CN jpn arb hin tur".split()  # noqa: SIM905
_SHARE = 0.12  # of the lines of each side that are left out, or run together with the next
Text = list[tuple[str, frozenset[int]]]


def _changed(texts: list[str], rng: random.Random, *, dropped: bool) -> Text:
    made: Text = []
    for number, text in enumerate(texts):
        chance = rng.random()
        if dropped and chance < _SHARE:
            continue
        if made and not dropped and chance < _SHARE:
            before, which = made.pop()
            made.append((f"{before} {text}", which | {number}))
        else:
            made.append((text, frozenset({number})))
    return made


def aligned(model: str | None = None, pairs_of: str = "") -> None:
    documents: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate((DATA / "ntrex/documents.txt").read_text("utf-8").splitlines()):
        documents[document.strip()].append(number)
    source = lines(DATA / "ntrex/source.eng.txt.gz")
    for half in ("development", "blind"):
        for way in ("run together", "left out"):
            pairs = right = gold = sure = sure_right = 0
            started = time.process_time()
            total = 0
            for name in pairs_of.split(",") if pairs_of else _PAIRS:
                target = lines(DATA / f"ntrex/{name}.txt.gz")
                for document, numbers in documents.items():
                    if is_dev(document) != (half == "development") or len(numbers) < 4:
                        continue
                    rng = random.Random(f"{name}{document}{way}")
                    mine, theirs = (
                        _changed([side[n] for n in numbers], rng, dropped=way == "left out")
                        for side in (target, source)
                    )
                    total += len(theirs)
                    gold += sum(bool(a & b) for _, a in mine for _, b in theirs)
                    for bead in beads([t for t, _ in theirs], [t for t, _ in mine], "en", code_of(name), model):
                        hits = [bool(theirs[i][1] & mine[j][1]) for i in bead.source for j in bead.candidate]
                        pairs, right = pairs + len(hits), right + sum(hits)
                        if bead.sure:
                            sure, sure_right = sure + len(hits), sure_right + sum(hits)
            p, r = right / max(1, pairs), right / max(1, gold)
            print(
                f"{half:12} {way:13} P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}; sure ones P "
                f"{sure_right / max(1, sure):.3f} R {sure_right / max(1, gold):.3f} "
                f"({total:,} source lines, {time.process_time() - started:.0f} s)"
            )
