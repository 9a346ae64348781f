"""Prints which version of which package moves which number: the oldest and the newest that pyproject.toml admits.

    python benchmarks/versions.py
    python benchmarks/versions.py --only numpy regex

Each version is installed into a folder of its own that stands before the environment's packages (the versions of
constraints.txt), one package at a time, and this project's evaluation is made with it, libraries counting instead of
the kernel. What differs from the same result with the environment's versions is a row of the table, as a number of
values. Needs an index that has the versions; one that cannot be had, or that the others do not go with, is said and
left out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# What a result says of versions is not what they move.
_SAID = {"signature", "engine", "identity", "evalkit", "precision"}
_COLUMNS = ("scores", "tests", "alignment", "findings", "other")
_OF = {
    "scores": "scores", "rows": "scores", "comparisons": "tests", "finding_comparisons": "tests", "rankings": "tests",
    "disagreements": "tests", "low": "tests", "high": "tests", "alignment": "alignment", "link": "alignment",
    "confidence": "alignment", "segments": "alignment", "units": "alignment", "findings": "findings",
    "quality": "findings", "terms": "findings",
}  # fmt: skip
_EVALUATE = """
import sys, evalkit
from evalkit.records.json import dumps
config, folder = evalkit.load_config(sys.argv[1])
print(dumps(evalkit.evaluate(config, folder=folder)))
"""
_SPEC = re.compile(r"([A-Za-z0-9._-]+)\s*(>=([0-9.]+)[^;]*)")


def packages() -> Iterator[tuple[str, str, str]]:
    """Name, range and oldest version of what the package needs, and of the words of the extra `words`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for asked in (*project["dependencies"], *project["optional-dependencies"]["words"]):
        if found := _SPEC.fullmatch(asked.partition(";")[0].strip()):
            yield found[1], found[2], found[3]


def installed(asked: str, folder: Path) -> str:
    """The version that was installed into the folder; empty where there is none to be had."""
    line = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--target"]
    if subprocess.run([*line, str(folder), asked], capture_output=True, check=False).returncode:
        return ""
    return next((path.name.removesuffix(".dist-info").rpartition("-")[2] for path in folder.glob("*.dist-info")), "")


def result(first: Path | None) -> Any:
    """The result of this project's evaluation, with a folder of packages before all others; None where it fails."""
    before = [str(first)] if first else []
    variables = os.environ | {"PYTHONPATH": os.pathsep.join([*before, str(ROOT)]), "EVALKIT_CACHE": "off"}
    line = [sys.executable, "-c", _EVALUATE, str(ROOT / "evalkit.toml")]
    done = subprocess.run(line, env=variables | {"EVALKIT_KERNEL": "off"}, capture_output=True, text=True, check=False)
    return None if done.returncode else json.loads(done.stdout)


def moved(one: Any, other: Any, column: str = "other", key: str = "") -> Counter[str]:
    """How many values differ, by the column of the table they belong to."""
    if key in _SAID:
        return Counter()
    column = _OF.get(key, column)
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return sum((moved(one[name], other[name], column, name) for name in one), Counter())
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return sum((moved(a, b, column) for a, b in zip(one, other, strict=True)), Counter())
    return Counter() if one == other else Counter({column: 1})


def rows(only: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows of the table, each as soon as it is known."""
    usual = result(None)
    if usual is None:
        raise SystemExit("the evaluation itself fails in this environment")
    for name, asked, oldest in packages():
        if only and name not in only:
            continue
        for wanted in (f"{name}=={oldest}", f"{name}{asked}"):
            with tempfile.TemporaryDirectory() as folder:
                found = installed(wanted, Path(folder))
                yield name, found or wanted.removeprefix(name), *_cells(name, found, Path(folder), usual)


def _cells(name: str, found: str, folder: Path, usual: Any) -> tuple[str, ...]:
    """What stands behind a version: numbers of values, or why there are none."""
    empty = [""] * (len(_COLUMNS) - 1)
    if not found or found == version(name):
        return ("as in the environment" if found else "not to be had here", *empty)
    made = result(folder)
    if made is None:
        return ("fails", *empty)
    counts = moved(usual, made)
    return tuple(str(counts[column]) if counts[column] else "-" for column in _COLUMNS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], metavar="PACKAGE")
    print("| package | version | " + " | ".join(_COLUMNS) + " |\n|" + " --- |" * (len(_COLUMNS) + 2))
    for row in rows(parser.parse_args().only):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
