"""Damaged files of every format: read or refused with one clear error, never a traceback, never a long wait."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from evalkit.plugins import Registry
from tests.readers import sample_files as files

pytestmark = pytest.mark.slow

ROUNDS = 15


@pytest.fixture
def fuzz(root: Path) -> object:
    spec = importlib.util.spec_from_file_location("fuzz_readers", root / "benchmarks" / "fuzz_readers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_damaged_files_are_read_or_refused(fuzz: object, tmp_path: Path) -> None:
    made = files.write_all(tmp_path)
    (tmp_path / "damaged").mkdir()
    found = list(fuzz.rounds(Registry(), made, ROUNDS, 7, tmp_path / "damaged"))
    assert [(suffix, what) for suffix, what, _ in found if what not in ("read", "refused")] == []
    assert {what for _, what, _ in found} == {"read", "refused"}
