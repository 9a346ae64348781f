"""Counting the features of long texts in arrays gives what counting them one by one gives."""

from __future__ import annotations

import random

import numpy as np
import pytest

from evalkit.aligners.document import nearest, vectors
from evalkit.aligners.document.counted import counted_short
from evalkit.aligners.document.counted_long import counted_long
from evalkit.aligners.document.nearest import nearest_pairs
from evalkit.aligners.document.vectors import dots

ALPHABETS = {
    "few letters": "abc",
    "many letters": "abcdefghijklmnop",
    "marks": "abcä ß'-·",
    "figures": "0123456789., abc",
    "kana": "あいう漢字。",
    "what features are marked by": "=` x'’-\n",
    "beyond two bytes": "\U00020000ab𝔸 ﬁ",
}


def drawn(alphabet: str, seed: int) -> list[str]:
    draw = random.Random(seed)
    size = draw.randrange(1, 40)
    return ["".join(draw.choices(alphabet + "  ", k=draw.randrange(30))) for _ in range(size)]


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
@pytest.mark.parametrize("seed", range(3))
def test_long_and_short_texts_are_counted_alike(alphabet: str, seed: int) -> None:
    texts = drawn(alphabet, seed)
    short, long = counted_short(texts), counted_long(texts)
    assert long is not None
    for one, other in zip(short, long, strict=True):
        assert np.array_equal(one, other)


def test_what_does_not_fit_is_left_to_the_other_way() -> None:
    assert counted_long(["12๑3ก1๑2"]) is None  # words without spaces, joined to more than four characters
    assert counted_long([chr(0x20000 + k) for k in range(70_000)]) is None  # more characters than a number holds


@pytest.mark.parametrize("seed", range(3))
def test_blocks_of_any_size_give_the_same_pairs_and_products(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left, right, size = vectors.vectors(drawn("abcdef", seed), drawn("abcdef", seed + 10))
    found = []
    for block, few in ((3, 1000), (50, 1000), (200_000, 0)):
        monkeypatch.setattr(nearest, "_BLOCK", block)
        monkeypatch.setattr(vectors, "_BLOCK", block)
        monkeypatch.setattr(vectors, "_FEW", few)
        keys, best = nearest_pairs(left, right, size, 3)
        found.append((keys, best, dots(left, right, keys, size)))
    for other in found[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(found[0], other, strict=True))
