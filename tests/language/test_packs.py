"""The lists of words: each says where it comes from and why it is there, and each is asked for."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.language.name_forms import is_form
from evalkit.language.packs import pattern_of, rows_of, values_of, words_in_order, words_of
from evalkit.plugins import Registry
from evalkit.run.unjudged import unjudged
from evalkit.segmenters._abbreviations import is_abbreviated

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


@pytest.mark.slow
def test_a_file_dropped_in_is_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in PACKS:
        (tmp_path / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    (tmp_path / "tlh.toml").write_text(
        '[negation.cues]\nsource = "s"\nreason = "r"\nwords = "pagh"\n'
        '[negation.idle]\nsource = "s"\nreason = "r"\nphrases = ["pagh ghap"]\n'
        '[negation.may_answer]\nsource = "s"\nreason = "r"\nphrases = ["0"]\n'
        '[repetition.may_double]\nsource = "s"\nreason = "r"\nwords = "ta"\n'
        '[endings]\nsource = "s"\nreason = "r"\n[endings.values]\n"" = "vo"\n'
        '[number_words]\nsource = "s"\nreason = "r"\n[number_words.values]\nwords = "wa 1|cha 2|wej 3"\n'
        '[never_last]\nsource = "s"\nreason = "r"\nwords = "dr"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("evalkit.language.packs.files", lambda _: tmp_path)
    forget()
    try:
        silent = {item.rule for item in unjudged(map(Registry().make, ["detector"] * 4, WITH_LISTS), "tlh")}
        assert silent.isdisjoint({"negation-mismatch", "repetition", "name-variant", "number-mismatch"})
        assert is_form("Moghvo", "Mogh", "tlh")
        assert is_abbreviated("ta dr. Mogh ghap", 6, 7, "tlh")
    finally:
        monkeypatch.undo()
        forget()


WITH_LISTS = ("negation", "repetition", "names", "numbers")


def forget() -> None:
    """Everything that modules remember of the packs."""
    for module in [m for name, m in sys.modules.items() if name.startswith("evalkit.")]:
        for value in vars(module).values():
            if not isinstance(value, type) and callable(getattr(value, "cache_clear", None)):
                value.cache_clear()
