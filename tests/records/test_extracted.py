"""The texts beside a report: each in a file of its own, whatever the names are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from evalkit.records.extracted import extracted_files


@pytest.mark.parametrize(
    "names",
    [
        ["a-4", "b", "a", "a?", "a!"],
        ["A", "a", "a-2"],
        ["x" * 80 + "1", "x" * 80 + "2"],
        ["Straße", "STRASSE"],
        ["?", "!", ""],
        ["\u00e9", "e\u0301"],
    ],
)
def test_no_text_takes_the_place_of_another(names: list[str]) -> None:
    """Nor on a file system that knows no case."""
    systems = [SimpleNamespace(name=name, extracted=f"text of {number}") for number, name in enumerate(names)]
    result: Any = SimpleNamespace(systems=systems, references=[], source=None)
    found = extracted_files(result)
    assert list(found.values()) == [system.extracted for system in systems]
    assert len({name.casefold() for name in found}) == len(names)
