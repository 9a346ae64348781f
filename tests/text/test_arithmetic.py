"""A sum that is the same on every Python, and no number of a result that hangs on the built-in one."""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evalkit
from evalkit.records.json import dumps
from evalkit.text.arithmetic import running_sum


@given(st.lists(st.floats(-1e9, 1e9)))
def test_each_step_is_rounded(values: list[float]) -> None:
    total = 0.0
    for value in values:
        total = total + value
    assert running_sum(values) == total


@pytest.mark.slow
def test_no_number_hangs_on_how_the_interpreter_adds_floats(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Python 3.12 and later, where the built-in carries a correction along."""
    settings, folder = evalkit.load_config(root / "evalkit.toml")
    before = dumps(evalkit.evaluate(settings, folder=folder))
    plain = builtins.sum

    def corrected(values: Iterable[Any], /, start: Any = 0) -> Any:
        listed = list(values)
        return math.fsum(listed) + start if any(isinstance(v, float) for v in listed) else plain(listed, start)

    monkeypatch.setattr(builtins, "sum", corrected)
    assert dumps(evalkit.evaluate(settings, folder=folder)) == before
