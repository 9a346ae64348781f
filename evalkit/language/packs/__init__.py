"""What evalkit knows of each language: one data file a language, each list in it with its source and reason.

`languages.toml` holds what is said of many languages at once. A file is read when the first list of it is asked for.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=64)
def _pack(lang: str) -> dict[str, Any]:
    return tomllib.loads(files("evalkit.language.packs").joinpath(f"{lang}.toml").read_text("utf-8"))


def _entry(lang: str, name: str) -> dict[str, Any]:
    found = _pack(lang)
    for part in name.split("."):
        found = found[part]
    return found


def words_in_order(lang: str, name: str) -> tuple[str, ...]:
    """The words of a list in the order of the file; KeyError where the language has no such list."""
    return tuple(_entry(lang, name)["words"].split())


def words_of(lang: str, name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(words_in_order(lang, name))


def pattern_of(lang: str, name: str) -> str:
    """The phrases of a list as alternatives of a regular expression, in the order of the file."""
    return "|".join(_entry(lang, name)["phrases"])


@lru_cache(maxsize=1024)
def optional_words(lang: str, name: str) -> tuple[str, ...]:
    """The words of a list in the order of the file; none where the language has no file or no such list."""
    if not has_list(lang, name):
        return ()
    return words_in_order(lang, name)


@lru_cache(maxsize=1024)
def has_list(lang: str, name: str) -> bool:
    """True where the language has the list."""
    try:
        _entry(lang, name)
    except (KeyError, FileNotFoundError):
        return False
    return True


def languages_with(name: str) -> tuple[str, ...]:
    """The codes of the languages that have a list, in order."""
    found = (path.name.removesuffix(".toml") for path in files("evalkit.language.packs").iterdir())
    return tuple(sorted(code for code in found if code in words_of("cldr", "codes") and has_list(code, name)))


def rows_of(lang: str, name: str) -> tuple[frozenset[str], ...]:
    """The rows of a list, each as its words."""
    return tuple(frozenset(row.split()) for row in _entry(lang, name)["rows"])


def values_of(lang: str, name: str) -> dict[str, Any]:
    """The values of a list by their words, in the order of the file."""
    return dict(_entry(lang, name)["values"])
