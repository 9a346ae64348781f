"""The lists of words: each says where it comes from and why it is there, and each is asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.language.packs import pattern_of, rows_of, values_of, words_in_order, words_of

PACKS = sorted(path for path in files("evalkit.language.packs").iterdir() if path.name.endswith(".toml"))


def lists(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in table.items():
        if "source" in value:
            yield before + key, value
        else:
            yield from lists(value, f"{before}{key}.")


@pytest.mark.slow
def test_every_list_has_a_source_and_a_reason_and_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in Path(evalkit.__file__).parent.rglob("*.py"))
    for path in PACKS:
        for name, found in lists(tomllib.loads(path.read_text("utf-8"))):
            where = f"{path.name} {name}"
            assert found["source"], where
            assert found["reason"], where
            assert len(found.keys() & {"words", "phrases", "rows", "values"}) == 1, where
            assert re.search(rf"""["']{re.escape(name)}["']""", code), where


def test_lists_are_read_as_they_stand() -> None:
    assert words_in_order("en", "months.full")[10] == "November"
    assert "across" in words_of("en", "function_words.content")
    assert re.fullmatch(pattern_of("en", "titles.name_follows"), "prime minister")
    assert any({"myanmar", "burma"} <= row for row in rows_of("en", "names.aliases"))
    assert values_of("languages", "magnitudes")["million"] == 6
