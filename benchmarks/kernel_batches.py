"""Packs the texts that `fuzz_kernel.py --save` kept into the batches that `kernel_driver.c` reads.

    python benchmarks/kernel_batches.py TEXTS.jsonl BATCHES.bin

Adds batches that Python would never send: bytes that are no UTF-8, cut characters, long and repetitive texts.
"""

from __future__ import annotations

import json
import random
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

Bundle = tuple[bytes, list[bytes]]


def side(texts: Sequence[bytes | None]) -> bytes:
    """Bounds of a side's texts, -1 as the end where there is none, and their bytes."""
    ends = list(accumulate((len(text or b"") for text in texts), initial=0))
    bounds = [n for i, text in enumerate(texts) for n in (ends[i], -1 if text is None else ends[i + 1])]
    return struct.pack(f"{len(bounds) + 1}q", ends[-1], *bounds) + b"".join(text or b"" for text in texts)


def packed(bundles: Sequence[Bundle], systems: int) -> bytes:
    """One batch; with several systems, each candidate but the first is the next segment's."""
    candidates = [[bundles[(i + shift) % len(bundles)][0] for i in range(len(bundles))] for shift in range(systems)]
    most = max(1, *(len(texts) for _, texts in bundles))
    references = [[texts[i] if i < len(texts) else None for _, texts in bundles] for i in range(most)]
    head = struct.pack("3q", systems, most, len(bundles))
    return head + b"".join(map(side, [*candidates, *references]))


def broken(rng: random.Random, text: bytes) -> bytes:
    """The text with bytes changed, dropped and cut off."""
    data = bytearray(text)
    for _ in range(rng.randint(1, 4)):
        if data:
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 1)] = bytes(
                rng.choices([0, 0x80, 0xC0, 0xE3, 0xF0, 0xF7, 0xFF], k=rng.randint(0, 2))
            )
    return bytes(data[: rng.randint(0, len(data))])


def long_texts(rng: random.Random) -> Iterator[list[Bundle]]:
    """Texts at the limits of the kernel: long, all alike, many different characters or words."""
    many = "".join(map(chr, range(0x3400, 0x9FFF))) + "".join(map(chr, range(0x10000, 0x1C000)))
    words = [f"w{rng.randrange(300)}" for _ in range(3000)]
    moved = words[100:400] + words[:100] + words[500:] + words[400:500]
    texts = [
        (many, many[::-1]), (" ".join(many[:5000]), " ".join(many[:5000][::-1])), ("a " * 3000, "a " * 2900),
        (" ".join(moved), " ".join(words)), ("w1 w2", " ".join(words)), (" ".join(words), "w1"),
        (" ".join(str(i) for i in range(70_000)), " ".join(str(i) for i in range(70_000, 0, -1))),
        ("ab" * 3000, "ba" * 3000), ("", " ".join(words)), (" ".join(words[:100]), " ".join(words[:60] * 80)),
    ]  # fmt: skip
    for candidate, reference in texts:
        yield [(candidate.encode(), [reference.encode()])]


def batches(bundles: Iterable[Bundle]) -> Iterator[bytes]:
    """All batches."""
    rng = random.Random(3)
    for group in long_texts(rng):
        yield packed(group, 1)
    waiting: list[Bundle] = []
    size = 1
    for candidate, references in bundles:
        if rng.random() < 0.3:
            candidate, references = broken(rng, candidate), [broken(rng, text) for text in references]
        waiting.append((candidate, references))
        if len(waiting) == size:
            yield packed(waiting, rng.choice([1, 1, 2, 3]))
            waiting, size = [], rng.randint(1, 60)


def main() -> None:
    source, target = map(Path, sys.argv[1:3])
    with source.open() as lines, target.open("wb") as out:
        texts = (json.loads(line) for line in lines)
        raw = (
            (candidate.encode("utf-8", "surrogatepass"), [text.encode("utf-8", "surrogatepass") for text in references])
            for candidate, references in texts
        )
        for batch in batches(raw):
            out.write(batch)


if __name__ == "__main__":
    main()
