"""A sum that is the same on every Python, and no other sum of floats in the package."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.text.arithmetic import running_sum


@given(st.lists(st.floats(-1e9, 1e9)))
def test_each_step_is_rounded(values: list[float]) -> None:
    total = 0.0
    for value in values:
        total = total + value
    assert running_sum(values) == total


def test_a_sum_of_floats_in_the_package_fails_the_tests() -> None:
    """Held by a fixture of all tests, so that whole numbers need no mark and what is added no reading."""
    inside: dict[str, Any] = {"__name__": "evalkit.somewhere"}
    exec("def add(values): return sum(values)", inside)
    assert inside["add"]([1, True, 2]) == 4
    with pytest.raises(AssertionError, match="a sum of floats; use"):
        inside["add"]([0.5, 1])
    assert sum([0.5, 1]) == 1.5
