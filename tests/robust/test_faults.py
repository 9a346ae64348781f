"""Broken off and short of space, a run loses nothing: a few faults here, hundreds by `benchmarks/faults.py`."""

from __future__ import annotations

import sys

import pytest

from benchmarks.faults import measured


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="faults are made with Linux signals")
def test_a_few_kills_and_full_disks_lose_nothing() -> None:
    for what, ends in measured(kill=3, writes=3, seed=3):
        assert ends["lost"] == 0, (what, ends)
        assert ends["bad"] == 0, (what, ends)
        assert ends["temporary files after the next run"] + ends["temporary files left"] == 0, (what, ends)
