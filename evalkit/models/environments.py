"""Environments of model metrics: one folder a model family, with a Python and pinned packages of its own.

EVALKIT_MODELS=FOLDER         where they lie; by default `evalkit/models` in the user's folder of data
EVALKIT_PYTHON_COMET=PYTHON   an interpreter of the user's own for the family `comet` (and so for the others)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from evalkit.errors import ConfigError, EvalkitError, nearest

HERE = Path(__file__).parent
_MARKER = ".evalkit-model"  # stands in every folder that `install` made; `remove` takes no other
_TIMEOUT = 3600  # seconds for one step of an install: gigabytes over a slow line


class Environment(Struct, frozen=True):
    """A model family: what it is, its worker and the packages it needs, and the interpreter there is for it."""

    name: str
    summary: str
    worker: str
    packages: tuple[str, ...]
    python: str = ""

    @property
    def script(self) -> str:
        """The path of the worker."""
        return str(HERE / "worker" / self.worker)


def environments() -> list[Environment]:
    """All families, in the order of their list."""
    return [environment(name) for name in _listed()]


def environment(name: str) -> Environment:
    """One family; ConfigError where evalkit knows none of that name. `python` is empty where there is none."""
    listed = _listed()
    if name not in listed:
        raise ConfigError(f"no model family {name!r}{nearest(name, listed)} (known: {', '.join(listed)})")
    entry = listed[name]
    own = os.environ.get(f"EVALKIT_PYTHON_{name.upper()}", "")
    made = _python(folder() / name)
    python = own or (str(made) if made.is_file() else "")
    return Environment(name, entry["summary"], entry["worker"], tuple(entry["packages"]), python)


def required(name: str, metric: str) -> Environment:
    """The family of a metric with an interpreter, or ConfigError that says how to get one."""
    found = environment(name)
    if not found.python:
        raise ConfigError(
            f"the metric {metric!r} runs in an environment of its own, and there is none: `evalkit models install "
            f"{name}` makes it, or EVALKIT_PYTHON_{name.upper()} names a Python that has {found.packages[0]}"
        )
    return found


def folder() -> Path:
    """Where environments are made."""
    named = os.environ.get("EVALKIT_MODELS", "")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME", "")
    base = Path(data) if data and Path(data).is_absolute() else Path.home() / ".local" / "share"
    return base / "evalkit" / "models"


def install(name: str) -> Environment:
    """Makes the environment of a family: a venv and its pinned packages, by pip. Whole, or not at all."""
    family = environment(name)
    place = folder() / name
    if place.exists():
        raise ConfigError(f"{place}: already there; `evalkit models remove {name}` takes it away")
    place.mkdir(parents=True, mode=0o755)
    (place / _MARKER).write_text(f"{name}\n", encoding="utf-8")
    try:
        _run([sys.executable, "-m", "venv", str(place)])
        _run([str(_python(place)), "-m", "pip", "install", "--quiet", *family.packages])
    except BaseException:
        _remove(place)
        raise
    return environment(name)


def remove(name: str) -> bool:
    """Removes an environment that `install` made; False where there is none."""
    environment(name)
    place = folder() / name
    if not place.exists():
        return False
    if not (place / _MARKER).is_file():
        raise ConfigError(f"{place}: evalkit did not make this folder, and leaves it as it is")
    _remove(place)
    return True


def _remove(place: Path) -> None:
    import shutil

    shutil.rmtree(place, ignore_errors=True)


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise EvalkitError(f"{Path(command[0]).name} {' '.join(command[1:4])}: {problem}") from None
    if done.returncode:
        last = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "no message")
        raise EvalkitError(f"{Path(command[0]).name} {' '.join(command[1:4])} ended with {done.returncode}: {last}")


def _python(place: Path) -> Path:
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "environments.toml").read_text(encoding="utf-8"))
