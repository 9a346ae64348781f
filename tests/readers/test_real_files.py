"""Real files of the trade: as many segments as the table says, or refused; see `benchmarks/formats.py counts`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import EvalkitError
from evalkit.plugins import Registry
from evalkit.run.reading import read_path

pytestmark = pytest.mark.slow
NEEDED = ("python_calamine", "pypdf", "trafilatura", "selectolax", "markdown_it")


def test_every_file_is_read_or_refused_as_the_table_says(data: Callable[[str], Path]) -> None:
    for package in NEEDED:
        pytest.importorskip(package, reason=f"NOT TESTED: {package} is not installed")
    folder, registry, found = data("formats"), Registry(), {}
    lines = (Path(__file__).parent / "segments.tsv").read_text(encoding="utf-8").splitlines()[1:]
    expected = dict(line.split("\t") for line in lines)
    for name in expected:
        try:
            documents = read_path(registry, str(folder / name), "en", "candidate").target
        except EvalkitError:
            found[name] = "refused"
            continue
        counts = (d.text.splitlines() if d.rows is None else d.rows for d in documents)
        found[name] = str(sum(1 for each in counts for row in each if not isinstance(row, str) or row.strip()))
    assert {name: (found[name], told) for name, told in expected.items() if found[name] != told} == {}
