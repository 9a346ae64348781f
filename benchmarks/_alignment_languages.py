"""Links beyond English: perturbed lines, and hard-wrapped files, in German, Chinese and Japanese.

Of Japanese there is one translation (NTREX). Its candidate is made from it by rule (`reworded`): that is easier than
another translator's words, and is said so in the table.
"""

from __future__ import annotations

import random
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from _alignment_data import DATA, LONGEST, Case, by_line, marked_case, perturb, read_lines, split

from evalkit.records import Segment
from evalkit.text.words import count_unspaced

WIDE = 36  # characters of two columns each: 72 columns
Texts = list[tuple[str, list[str], list[str]]]
_CLAUSE = re.compile(r"(?<=[、，])")


def documents(name: str, lang: str, system: str) -> Texts:
    """(document, the candidate's lines, the reference's) of a set of the WMT folder."""
    folder = DATA / "wmt" / name
    sides = (read_lines(folder / f"{path}.{lang}.txt.gz") for path in (f"systems/{system}", "references/refA"))
    return by_document([line.split("\t")[1] for line in read_lines(folder / "docs.tsv.gz")], *sides)


def japanese() -> Texts:
    """The same of the Japanese translation of NTREX and the text made of it."""
    lines = read_lines(DATA / "ntrex" / "jpn.txt.gz")
    names = (DATA / "ntrex" / "documents.txt").read_text("utf-8").splitlines()
    return by_document(names, [reworded(line) for line in lines], lines)


def reworded(line: str) -> str:
    """A line with neighbouring clauses exchanged, a fifth of its characters left out and a tenth taken for others."""
    rng = random.Random(zlib.crc32(line.encode()))
    end = line[-1:] if line[-1:] in "。！？" else ""
    parts = [part.rstrip("、，") for part in _CLAUSE.split(line.removesuffix(end)) if part]
    for place in range(len(parts) - 1):
        if rng.random() < 0.3:
            parts[place], parts[place + 1] = parts[place + 1], parts[place]
    kept = [rng.choice(line) if rng.random() < 0.1 else char for char in "、".join(parts) if rng.random() > 0.2]
    return "".join(kept) + end


def by_document(names: list[str], mine: list[str], theirs: list[str]) -> Texts:
    """Lines by the document they belong to; a line that is empty on one side is left out."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for name, one, other in zip(names, mine, theirs, strict=True):
        if one.strip() and other.strip() and name not in ("-", "canary"):
            left, right = found.setdefault(name, ([], []))
            left.append(" ".join(one.split()))
            right.append(" ".join(other.split()))
    return [(name, left, right) for name, (left, right) in found.items()]


def is_blind(name: str) -> bool:
    """The half of the documents that nothing is chosen on."""
    return zlib.crc32(name.encode()) % 2 == 1


def perturbed(texts: Texts) -> Iterator[Case]:
    """Lines as segments, dropped, merged and moved as in the other tables."""
    for name, mine, theirs in texts:
        if len(mine) > 1:
            candidate, original = ([(text, {k}) for k, text in enumerate(side[:LONGEST])] for side in (mine, theirs))
            candidate, original = perturb(candidate, original, random.Random(f"languages {name}"), both=False)
            yield marked_case(name, candidate, original)


def wrapped(texts: Texts, lang: str) -> Iterator[Case]:
    """The candidate with lines of 72 columns, the reference without; right are sentences of one line."""
    for name, mine, theirs in texts:
        flow, other = "".join(mine), "".join(theirs)
        if count_unspaced(flow) < len(flow) / 2:
            continue
        broken = "\n".join(flow[k : k + WIDE] for k in range(0, len(flow), WIDE))
        left = _lines_of(split(broken + "\n", lang), mine, broken=True)
        right = _lines_of(split(other + "\n", lang), theirs, broken=False)
        gold, ignore = by_line([at for _, at in left], [at for _, at in right], len(mine))
        yield Case(name, tuple(s for s, _ in left), tuple(s for s, _ in right), gold, ignore)


def _lines_of(found: tuple[Segment, ...], lines: list[str], *, broken: bool) -> list[tuple[Segment, set[int]]]:
    ends = list(accumulate(map(len, lines)))

    def place(at: int) -> int:
        return bisect_right(ends, at - at // (WIDE + 1) if broken else at)

    return [(s, set(range(place(s.start), min(place(s.end - 1), len(lines) - 1) + 1))) for s in found]


def sets() -> Iterator[tuple[str, list[Case]]]:
    """(name, cases), each set by its halves."""
    german, chinese = documents("wmt24.en-de", "de", "ONLINE-B"), documents("wmt22.en-zh", "zh", "Online-B")
    made = japanese()
    for name, cases in (
        ("German, perturbed", list(perturbed(german))),
        ("Chinese, perturbed", list(perturbed(chinese))),
        ("Japanese (made), perturbed", list(perturbed(made))),
        ("Chinese, hard-wrapped", list(wrapped(chinese, "zh"))),
        ("Japanese (made), hard-wrapped", list(wrapped(made, "ja"))),
    ):
        for part in (False, True):
            yield f"{name}, {'blind' if part else 'development'}", [c for c in cases if is_blind(c.name) == part]
