"""Broken off and short of space, a run loses nothing: a few faults here, hundreds by `benchmarks/faults.py`."""

from __future__ import annotations

import sys

import pytest

from benchmarks.faults import measured
from benchmarks.faults_commands import CASES, faults, together


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="faults are made with Linux signals")
def test_a_few_kills_and_full_disks_lose_nothing() -> None:
    for what, ends in measured(kill=3, writes=3, seed=3):
        assert ends["lost"] == 0, (what, ends)
        assert ends["bad"] == 0, (what, ends)
        assert ends["temporary files after the next run"] + ends["temporary files left"] == 0, (what, ends)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="faults are made with Linux signals")
def test_eight_processes_that_change_one_file_lose_nothing_of_each_other() -> None:
    ends = together()
    assert (ends["exit code 0"], ends["lost"], ends["temporary files left"]) == (32, 0, 0), ends


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="faults are made with Linux signals")
@pytest.mark.parametrize("name", ["terms add", "run, a new folder", "score --rows"])
def test_a_command_that_was_broken_off_can_be_run_again(name: str) -> None:
    ends = faults(name, CASES[name], most=2)
    assert not ends["lost"] + ends["cannot be run again"] + ends["temporary files left by the next run"], ends
