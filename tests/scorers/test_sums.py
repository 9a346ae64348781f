"""BLEU is one number on every Python, though sacrebleu adds with a `sum` that changed with Python 3.12."""

from __future__ import annotations

import math
from types import FunctionType

from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU

from evalkit.plugins import Registry

# Rows for which a `sum` that carries a correction, as from Python 3.12 on, ends in other bits, and what sacrebleu 2.6.0
# gives for them on Python 3.11.
PLAIN = {
    (11, 11, 8, 4, 3, 1, 11, 10, 9, 8): 33.18077402843944,
    (41, 41, 37, 37, 14, 7, 41, 40, 39, 38): 48.47126655955593,
    (22, 22, 16, 10, 4, 3, 22, 21, 20, 19): 32.338428706911586,
}


def test_the_last_bits_are_those_of_plain_additions() -> None:
    scorer = Registry().make("scorer", "bleu")
    for row, value in PLAIN.items():
        assert scorer.value(row) == scorer._value_by_library(row, False) == value
        assert scorer.segment(row) == value


@given(
    st.lists(st.integers(0, 1000), min_size=4, max_size=4),
    st.lists(st.integers(1, 1000), min_size=4, max_size=4),
    st.integers(1, 3000),
    st.integers(1, 3000),
)
def test_sacrebleu_itself_is_near(correct: list[int], more: list[int], mine: int, theirs: int) -> None:
    """Whatever its `sum`: the exact one stands for those that carry a correction."""
    total = [a + b for a, b in zip(correct, more, strict=True)]
    row = tuple(map(float, (mine, theirs, *correct, *total)))
    value = Registry().make("scorer", "bleu").value(row)
    code = BLEU.compute_bleu.__code__
    for add in (sum, math.fsum):
        formula = FunctionType(code, {**BLEU.compute_bleu.__globals__, "sum": add})
        options = (correct[:], total[:], mine, theirs, "exp", None, False, 4)
        assert math.isclose(formula(*options).score, value, rel_tol=1e-14)
