"""How alike texts are in their runs of characters: as it is defined, however it is counted."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from evalkit.language.overlap import likeness

TEXTS = st.text(alphabet="aab cé中", max_size=12)


@given(TEXTS, TEXTS)
def test_the_mean_of_the_f_scores_of_six_lengths(a: str, b: str) -> None:
    one, other = ("".join(text.split()) for text in (a, b))
    scores = []
    for size in range(1, 7):
        mine, theirs = (Counter(t[at : at + size] for at in range(len(t) - size + 1)) for t in (one, other))
        if mine or theirs:
            scores.append(2 * (mine & theirs).total() / (mine.total() + theirs.total()))
    expected = sum(scores) / len(scores) if scores else 0.0
    assert abs(likeness(a, b) - expected) < 1e-12
    assert likeness(a, b) <= 1.0
