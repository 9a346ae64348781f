"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

# Tests count everything themselves; those of the cache name a folder of their own.
os.environ["EVALKIT_CACHE"] = "off"
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repo."""
    return ROOT


@pytest.fixture(scope="session")
def data() -> Callable[[str], Path]:
    """`data("wmt/wmt23.zh-en")`: a path in the shared data sets, or a skip that says what is missing."""

    def path(name: str) -> Path:
        base = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data"))
        if not (base / name).exists():
            pytest.skip(f"NOT TESTED: no data set {name!r} in {base}; set EVALKIT_DATA to the data folder")
        return base / name

    return path


pytest_plugins = ["pytester"]
