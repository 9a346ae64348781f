"""What evalkit knows of each language: one data file a language, each list in it with its source and reason.

`languages.toml`, `cldr.toml`, `name_endings.toml`, `han_readings.toml`, `small_words.toml`, `english_abroad.toml` and
`abbreviations.toml` hold what is said of many languages at once; what a language's own file says goes before. A file is
read when the first list of it is asked for.
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


def phrases_of(lang: str, name: str) -> tuple[str, ...]:
    """The phrases of a list, each a regular expression, in the order of the file."""
    return tuple(_entry(lang, name)["phrases"])


@lru_cache(maxsize=1024)
def optional_words(lang: str, name: str) -> tuple[str, ...]:
    """The words of a list in the order of the file; none where the language has no file or no such list."""
    if not has_list(lang, name):
        return ()
    return words_in_order(lang, name)


@lru_cache(maxsize=1024)
def has_list(lang: str, name: str) -> bool:
    """True where the language has the list: a name may also be that of several lists together."""
    try:
        return "source" in _entry(lang, name)
    except (KeyError, FileNotFoundError):
        return False


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


@lru_cache(maxsize=1024)
def of_language(lang: str, name: str, file: str = "languages") -> str | None:
    """The words of a language in a list of many languages, or of the same name in its own file; None in neither."""
    if has_list(lang, name):
        return str(_entry(lang, name)["words"])
    found = _entry(file, name)["values"].get(lang)
    return None if found is None else str(found)


def table_of_language(lang: str, name: str, file: str) -> dict[str, str] | None:
    """The same of a list that holds a table for each language; one without rows says that
    the language has none of it, None that it is not known."""
    found = values_of(lang, name) if has_list(lang, name) else _entry(file, name)["values"].get(lang)
    return None if found is None else dict(found)
