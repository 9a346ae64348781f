"""A value of the wrong type is answered with the line to write, and nothing of it acts on a terminal."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from evalkit.errors import ConfigError
from evalkit.matrix.config import parse_matrix
from evalkit.records.config import parse

CANDIDATE = '[[candidate]]\npath = "c.txt"\n'


def said(toml: str) -> str:
    data = tomllib.loads(toml)
    with pytest.raises(ConfigError) as problem:
        parse_matrix(data, "e.toml", Path()) if "set" in data else parse(data, "e.toml")
    return str(problem.value).removeprefix("e.toml: ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('source = "s.txt"', """source = 's.txt': write [source] and below it path = "s.txt\""""),
        ('reference = ["r.txt"]', """reference[0] = 'r.txt': write [[reference]] and below it path = "r.txt\""""),
        ("reference = {path = 'r'}", "`reference`: write [[reference]] with two brackets, for there can be several"),
        ("gate = true", "gate = True: write [gate] and below it its settings, a line each"),
        ('metrics = "bleu"', """metrics = 'bleu': write a list, metrics = ["bleu"]"""),
        ('lang = ["de"]', """lang = ['de']: write it without brackets, lang = "de\""""),
        ('seed = "1"', "seed = '1': write a whole number"),
        ("name = 5", 'name = 5: put it in quotes: "..."'),
        ("ignore = [{rule = 'x'}]", "[[ignore]] number 1 has no `reason`"),
        ("statistics = {trials = 1.5}", "statistics.trials = 1.5: write a whole number"),
        ("metrics = [1]", "Expected `str | object`, got `int` - at `metrics[0]`"),
        ("seed = -1", "Expected `int` >= 0 - at `seed`"),
    ],
)
def test_the_line_to_write_is_told(line: str, told: str) -> None:
    assert said(f"{line}\n{CANDIDATE}") == told


def test_of_a_matrix_too() -> None:
    system = '[[system]]\nname = "a"\npath = "p"\n'
    assert said(f'{system}[set]\nname = "n"') == "`set`: write [[set]] with two brackets, for there can be several"
    assert said(f'{system}[[set]]\nname = "n"') == "[[set]] number 1 has no `languages`"
    languages = """set[0].languages = 'de': write a list, languages = ["de"]"""
    assert said(f'{system}[[set]]\nname = "n"\nlanguages = "de"') == languages


def test_a_value_of_any_size_is_shown_in_short_and_harmless() -> None:
    assert len(said(f'metrics = "{"x" * 5000}"\n{CANDIDATE}')) < 200
    assert "\x1b" not in said(f'metrics = "\\u001b[31m"\n{CANDIDATE}')
    nested = "[" * 15 + "]" * 15
    assert said(f"name = {nested}\n{CANDIDATE}").startswith("Expected `str`, got `array`")
