"""The tables of `evalkit/language/translit`: how they are learned, and how well they tell names apart.

    PYTHONPATH=. python benchmarks/transliteration.py learn [SCRIPT ...]
    PYTHONPATH=. python benchmarks/transliteration.py measure

`learn` reads two lists of names (names_net, names_wikidata; CC0), leaves a fifth of the names out by a checksum, and
writes a table a script by expectation-maximisation over chunks. `measure` holds each name that was left out against a
form attested for it, against a random other name of the list, and against the nearest other name, and prints the area
under the curve beside that of the sounds' distance (`language/name_likeness`), sizes and checksums of the tables.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import os
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from evalkit.language.name_likeness import word_similarity
from evalkit.language.romanise import romanise
from evalkit.language.transliteration import (
    LONGEST_LATIN,
    LONGEST_NATIVE,
    TWO,
    Table,
    aligned,
    symbols,
    table,
    table_of,
)  # fmt: skip

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data"))
FOLDER = Path("evalkit/language/translit")
TABLES = ("cyrillic", "greek", "arabic", "hebrew", "hangul", "kana", "han")
_ATTESTED = 3  # counts from which a form is a spelling and no slip
_MOST = 5000  # pairs to learn from
_ROUNDS = 5
_RARE, _SHARE = 0.5, 0.004  # expected count and share of a rendering below which the table drops it
_NAMES = 400  # to measure on

Pair = tuple[str, str, float]


def pairs() -> Iterator[Pair]:
    """(native, Latin letters, weight) of both lists."""
    for path in sorted((DATA / "names_net").glob("*.same_native_form.tsv.gz")):
        if path.name.startswith("japanese"):
            continue  # names in Chinese characters, each with readings of its own
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream.read().splitlines()[1:]:
                native, forms = line.split("\t")
                counted = [(f, int(n)) for f, _, n in (form.rpartition(":") for form in forms.split("|"))]
                good = [(f, n) for f, n in counted if n >= _ATTESTED and f.isalpha()] or counted[:1]
                for form, count in good[:4]:
                    yield native, romanise(form), min(3.0, 0.5 + math.log(count))
    with gzip.open(DATA / "names_wikidata/variant_groups.tsv.gz", "rt", encoding="utf-8") as stream:
        for line in stream.read().splitlines()[1:]:
            _, latin, others = line.split("\t")
            forms = list(dict.fromkeys(map(romanise, latin.split("|"))))
            for native in others.split("|"):
                if table_of(native) == "han":  # read in Japanese, Korean, Cantonese as well
                    continue
                for form in forms[:3]:
                    yield native, form, 1.0 / min(3, len(forms))


def is_held(native: str) -> bool:
    return zlib.crc32(native.encode()) % 5 == 0


def by_table() -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for native, latin, weight in pairs():
        if latin.isalpha() and latin.isascii() and (name := table_of(native)):
            found[name].append((native, latin, weight))
    return found


Arc = tuple[int, int, str, str]


def arcs(mine: tuple[str, ...], latin: str) -> list[Arc]:
    return [
        (i, j, "".join(mine[i : i + a]), latin[j : j + b])
        for i in range(len(mine))
        for a in range(1, min(LONGEST_NATIVE, len(mine) - i) + 1)
        for j in range(len(latin) + 1)
        for b in range(min(LONGEST_LATIN, len(latin) - j) + 1)
        if abs((i + a / 2) / len(mine) - (j + b / 2) / len(latin)) < 0.5  # chunks far from the diagonal explain nothing
    ]


def learn(found: Sequence[Pair]) -> Table:
    rng = random.Random(1)
    chosen = [(symbols(n), latin, w) for n, latin, w in found if 1 < len(latin) < 14 and len(symbols(n)) < 12]
    chosen = [item for item in rng.sample(chosen, min(_MOST, len(chosen))) if len(item[1]) <= 3 * len(item[0])]
    rows: Table | None = None
    for _ in range(_ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for mine, latin, weight in chosen:
            _expect(mine, latin, weight, rows, counts)
        rows = {}
        for native, row in counts.items():
            total = sum(row.values())
            kept = {f: c for f, c in row.items() if c >= _RARE / 5 and c / total >= _SHARE / 8}
            if kept and total >= 1:
                rows[native] = {f: c / sum(kept.values()) for f, c in kept.items()}
    assert rows is not None
    made: Table = {}
    for native, row in rows.items():
        kept = {f: p for f, p in row.items() if p >= _SHARE and p * sum(counts[native].values()) >= _RARE}
        if kept:
            made[native] = kept
    return made


def _expect(
    mine: tuple[str, ...], latin: str, weight: float, rows: Table | None, counts: dict[str, dict[str, float]]
) -> None:
    """Adds the expected counts of one pair."""
    every = []
    for i, j, native, form in arcs(mine, latin):
        size = 2 if len(native) > len(mine[i]) else 1
        if rows is None:
            at = abs((i + size / 2) / len(mine) - (j + len(form) / 2) / len(latin))
            share = math.exp(-6 * at) * (0.1, 0.5, 0.2, 0.05)[len(form)]
        else:
            share = rows.get(native, {}).get(form, 0.0)
        if share > 0:
            every.append((i, j, size, native, form, share * (1 if size == 1 else TWO)))
    ahead = [[0.0] * (len(latin) + 1) for _ in range(len(mine) + 1)]
    ahead[0][0] = 1.0
    for i, j, size, _, form, share in sorted(every, key=lambda a: (a[0], a[1])):
        if ahead[i][j]:
            ahead[i + size][j + len(form)] += ahead[i][j] * share
    total = ahead[-1][-1]
    if total <= 0:
        return
    behind = [[0.0] * (len(latin) + 1) for _ in range(len(mine) + 1)]
    behind[-1][-1] = 1.0
    for i, j, size, native, form, share in sorted(every, key=lambda a: (-a[0], -a[1])):
        value = share * behind[i + size][j + len(form)]
        if value:
            behind[i][j] += value
            if ahead[i][j]:
                counts[native][form] += weight * ahead[i][j] * value / total


def write(name: str, rows: Table) -> None:
    lines = [f"# {name}: learned by benchmarks/transliteration.py from names_net and names_wikidata (CC0); per mille"]
    for native in sorted(rows):
        items = sorted(rows[native].items(), key=lambda item: (-item[1], item[0]))
        shares = [(form, round(1000 * share)) for form, share in items]
        lines.append(native + "\t" + " ".join(f"{form}:{share}" for form, share in shares if share))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.tsv.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


def area(right: Sequence[float], wrong: Sequence[float]) -> float:
    """How often a right one has the greater value, of all pairs of a right and a wrong one."""
    ranked = sorted([(value, 1) for value in right] + [(value, 0) for value in wrong])
    won, below, at = 0.0, 0, 0
    while at < len(ranked):
        same = [flag for value, flag in ranked[at:] if value == ranked[at][0]]
        ups, downs = sum(same), len(same) - sum(same)
        won += ups * (below + downs / 2)
        below, at = below + downs, at + len(same)
    return won / (len(right) * len(wrong))


def measure() -> None:
    print(f"{'script':10} {'names':>5} {'random other name':>22} {'nearest other name':>22} {'bytes':>7}  sha256")
    for name, found in sorted(by_table().items()):
        forms: dict[str, set[str]] = defaultdict(set)
        for native, latin, _ in found:
            forms[native].add(latin)
        held = [n for n in sorted(forms) if is_held(n) and len(symbols(n)) > 1]
        rng = random.Random(2)
        chosen = rng.sample(held, min(_NAMES, len(held)))
        every = sorted({f for mine in forms.values() for f in mine if len(f) > 2})
        rows = table(name)
        right, random_, near = [], [], []
        for native in chosen:
            mine = [f for f in sorted(forms[native]) if len(f) > 2]
            if not mine:
                continue
            form = mine[0]
            other = rng.choice(every)
            close = process.extract(form, every, scorer=Levenshtein.distance, limit=12)
            nearest = next((f for f, _, _ in close if f not in forms[native]), other)
            right.append((native, form))
            random_.append((native, other))
            near.append((native, nearest))

        def learned(items: Sequence[tuple[str, str]], rows: Table = rows) -> list[float]:
            return [aligned(symbols(n), latin, rows).value for n, latin in items]

        def sounds(items: Sequence[tuple[str, str]]) -> list[float]:
            return [word_similarity(n, latin) for n, latin in items]

        packed = (FOLDER / f"{name}.tsv.gz").read_bytes()
        sets = ((sounds(w), learned(w)) for w in (random_, near))
        cells = [f"{area(sounds(right), a):.3f} -> {area(learned(right), b):.3f}" for a, b in sets]
        print(
            f"{name:10} {len(right):5} {cells[0]:>22} {cells[1]:>22} {len(packed):7}  "
            f"{hashlib.sha256(packed).hexdigest()[:16]}"
        )


def main() -> None:
    if sys.argv[1:2] == ["learn"]:
        for name, found in sorted(by_table().items()):
            if name in (sys.argv[2:] or TABLES):
                write(name, learn([pair for pair in found if not is_held(pair[0])]))
                print(name, len(found), (FOLDER / f"{name}.tsv.gz").stat().st_size, flush=True)
    elif sys.argv[1:2] == ["measure"]:
        measure()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
