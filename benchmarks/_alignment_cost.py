"""Time and memory of the document aligner from 100 to 20,000 sentences a side, each in its own process."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time

SIZES = (100, 300, 1000, 3000, 10000, 20000)


def measure(size: int) -> str:
    """One line of the table, measured in a fresh process."""
    done = subprocess.run([sys.executable, __file__, str(size)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main(size: int) -> None:
    """A book of `size` sentences (WMT lines and their translations, repeated with words exchanged), perturbed."""
    from _alignment_data import perturb, segments, wmt_documents

    from evalkit.plugins import Registry

    rng = random.Random(size)
    pairs = [
        pair
        for _, mine, theirs in wmt_documents("wmt23.zh-en", "ONLINE-B", "refA")
        for pair in zip(mine, theirs, strict=True)
    ]
    vocabulary = sorted({w for _, theirs in pairs for w in theirs.split() if len(w) > 5})
    left, right = [], []
    for number in range(size):
        mine, theirs = pairs[number % len(pairs)]
        if number >= len(pairs):  # later rounds: other sentences of the same kind, the same change on both sides
            change = {w: rng.choice(vocabulary) for w in theirs.split() if len(w) > 4 and rng.random() < 0.7}
            mine, theirs = (" ".join(change.get(w, w) for w in side.split()) for side in (mine, theirs))
        left.append((mine, {number}))
        right.append((theirs, {number}))
    left, right = perturb(left, right, rng)
    candidate, reference = segments([t for t, _ in left]), segments([t for t, _ in right])
    start = time.process_time()
    links = Registry().make("aligner", "document").align(candidate, reference)
    seconds = time.process_time() - start
    gold = _edges(left, right)
    found = {(i, j) for link in links for i in link.candidate for j in link.reference}
    f1 = 2 * len(found & gold) / (len(found) + len(gold))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {size:,} | {seconds:.1f} s | {peak:.0f} MB | {f1:.3f} |")


def _edges(left: list, right: list) -> set[tuple[int, int]]:
    where: dict[int, list[int]] = {}
    for j, (_, ids) in enumerate(right):
        for number in ids:
            where.setdefault(number, []).append(j)
    return {(i, j) for i, (_, ids) in enumerate(left) for number in ids for j in where.get(number, ())}


if __name__ == "__main__":
    main(int(sys.argv[1]))
