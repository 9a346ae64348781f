"""Fixtures shared by all tests."""

from __future__ import annotations

import builtins
import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from evalkit.run.forget import forget_all
from evalkit.text.arithmetic import running_sum

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


@pytest.fixture(scope="session", autouse=True)
def no_sum_of_floats() -> Iterator[None]:
    """Fails where the package adds floats with `sum`, whose last bits differ between Python 3.11 and 3.12."""
    real = builtins.sum

    @functools.wraps(real)  # libraries hold their own `sum` against the signature of Python's
    def watched(iterable: Iterable[Any], /, start: Any = 0) -> Any:
        total = real(iterable, start)
        caller = sys._getframe(1)
        if isinstance(total, float) and caller.f_globals.get("__name__", "").partition(".")[0] == "evalkit":
            where = f"{caller.f_code.co_filename}:{caller.f_lineno}"
            raise AssertionError(f"{where}: a sum of floats; use evalkit.text.arithmetic.running_sum, or math.fsum")
        return total

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "sum", watched)
        yield


@pytest.fixture(scope="module", autouse=True)
def no_memory_of_words() -> Iterator[None]:
    """What functions remember of the tests of a module goes where it has become much: of all tests it would be
    gigabytes a process, and to read dictionaries and tables again after each module takes as long as the tests do."""
    yield
    if _resident() > _MUCH:
        forget_all()


_MUCH = 1_000_000_000  # bytes of a process: at 600 MB the tests of detectors took a third longer


def _resident() -> int:
    """The bytes of memory the process has now; 0 where the system has no such file, where nothing is forgotten."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if told.is_file() else 0


@pytest.fixture(scope="module")
def plain_sums() -> Iterator[None]:
    """sacrebleu adds floats as on Python 3.11, as evalkit does on every Python: BLEU is the same to the last bit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sacrebleu.metrics.bleu.sum", running_sum, raising=False)
        yield


pytest_plugins = ["pytester"]

# No test depends on the time: a loaded machine is slower, and no less right.
settings.register_profile("whole", deadline=None)
settings.load_profile("whole")
settings.register_profile("fast", max_examples=20)


def pytest_configure(config: pytest.Config) -> None:
    """In the fast loop property tests try a fifth of their examples; the whole suite tries them all."""
    if config.option.markexpr == "not slow":
        settings.load_profile("fast")
