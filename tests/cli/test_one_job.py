"""One job is one thread, of numpy's libraries too."""

from __future__ import annotations

import os

import pytest

from evalkit.cli.output import cores


def test_one_job_is_one_thread_unless_somebody_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    assert cores(1) == 1
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    assert cores(2) == 2
    assert "OPENBLAS_NUM_THREADS" not in os.environ
    assert cores(1) == 1
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
