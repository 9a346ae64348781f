"""Number words of a language: what each says, what may stand between two of them.

The tables are made from the spell-out rules of the Unicode CLDR (`benchmarks/number_words.py`), a file a language;
what the rules lack (dozen, half a) is in the language's pack.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from evalkit.language.alphabets import in_both
from evalkit.language.packs import has_list, values_of
from evalkit.language.scripts import script_of, written_in

# Combining classes of marks a writer may leave out: nukta, Hebrew and Arabic points, accents. Not those of vowels.
_LEFT_OUT = frozenset({7, *range(10, 36), *range(200, 241)})
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x640))


class Word(NamedTuple):
    """What one number word or phrase says: its value, and whether it orders (third) or multiplies (dozen)."""

    value: Decimal
    ordinal: bool = False
    group: bool = False


class Lexicon(NamedTuple):
    """The number words of a language; phrases are keyed by their first word, the longest first."""

    words: dict[str, Word]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Word], ...]]
    glue: frozenset[str]  # may stand between two words: and, y, und
    prefixes: tuple[str, ...]  # are written together with the word that follows: Arabic wa-
    parts: dict[str, int]  # thirds and quarters, by what they divide
    joins: frozenset[str]  # stand between a whole and a part: two AND a half
    of: frozenset[str]  # one OF the fifth: a fifth
    over: frozenset[str]  # one OVER three, one OUT OF three
    minus: frozenset[str]
    points: frozenset[str]  # two POINT five
    tens_last: bool  # five and twenty, of any two forms
    decades: dict[str, int]  # the nineties
    partial: bool  # only its numbers below a thousand are known
    joined: bool  # whole numbers are written as one word
    longest: int  # letters of the longest word
    starts: frozenset[str]  # words a number may begin with
    openings: frozenset[str]  # the first letters of a number in one word


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A word without what a writer may leave out: case, accents, Arabic and Hebrew points, soft hyphens."""
    word = word.casefold().translate(_INVISIBLE)
    if word.isascii():
        return word
    parts = (c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c) not in _LEFT_OUT)
    return unicodedata.normalize("NFC", "".join(parts))


BY_CHARACTER = ("zh", "ja", "ko")  # their numerals are read by `myriads`
_FIRST_REGULAR = 5  # smaller ordinals are words of their own
_PARTIAL_BELOW = 1000  # the tables that are `partial` have the numbers below
_SAME = {"nb": "no", "tl": "fil"}  # codes of one language


@lru_cache(maxsize=1)
def _more() -> dict[str, dict[str, str]]:
    found = tomllib.loads(files("evalkit.language.numbers.words").joinpath("more.toml").read_text("utf-8"))
    return {lang: table for lang, table in found.items() if isinstance(table, dict)}


def reads_words(lang: str, text: str) -> bool:
    """True where the number words of a language are known in the script that a text is written in."""
    seen = written_in([text])
    return knows_words(lang) and (lang in BY_CHARACTER or not seen or seen in _scripts(lang))


@lru_cache(maxsize=64)
def _scripts(lang: str) -> frozenset[str]:
    known = lexicon(lang)
    return frozenset(script_of(form[0]) for form in known.starts if form) if known else frozenset()


def knows_words(lang: str, value: Decimal | None = None) -> bool:
    """True where the number words of a language are known, or with a value those of numbers as large; elsewhere a
    number in words is not read."""
    known = lexicon(lang)
    if known is None or not known.partial:
        return lang in BY_CHARACTER or known is not None
    return value is not None and abs(value) < _PARTIAL_BELOW


@lru_cache(maxsize=64)
def lexicon(lang: str) -> Lexicon | None:
    """The number words of a language, None where none are known."""
    more = _more().get(lang, {}) or (values_of(lang, "number_words") if has_list(lang, "number_words") else {})
    path = files("evalkit.language.numbers.words").joinpath(f"{_SAME.get(lang, lang)}.toml")
    if not lang.isalpha() or lang in ("more", "myriads", "units") or not (path.is_file() or more):
        return None
    table = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return made_of(_in_both(table, lang), {name: in_both(forms, lang) for name, forms in more.items()})


def _in_both(table: dict[str, Any], lang: str) -> dict[str, Any]:
    """A generated table with its words in both alphabets of the language."""
    made = dict(table)
    for name in ("cardinals", "ordinals"):
        made[name] = {number: in_both(str(forms), lang) for number, forms in table.get(name, {}).items()}
    return made | {"glue": in_both(str(table.get("glue", "")), lang, " ")}


def made_of(table: dict[str, Any], more: dict[str, str] | None = None) -> Lexicon:
    """The lexicon of a generated table and what is written beside it."""
    more = more or {}
    every: dict[tuple[str, ...], Word] = {}
    for form, value in _pairs(more, "words"):
        every[form] = Word(Decimal(value))
    for name, ordinal in (("cardinals", False), ("ordinals", True)):
        for number, forms in table.get(name, {}).items():
            for spelling in str(forms).split("|"):
                every.setdefault(tuple(spelling.split()), Word(Decimal(number), ordinal))
    for form, value in _pairs(more, "ordinals"):
        every.setdefault(form, Word(Decimal(value), True))
    for form, word in list(every.items()):
        if len(form) == 1 and not word.ordinal and word.value >= _FIRST_REGULAR:
            for ending in map(fold, filter(None, more.get("ordinal_endings", "").split("|"))):
                every.setdefault((form[0] + ending,), word._replace(ordinal=True))
    for form, value in _pairs(more, "groups"):
        every[form] = Word(Decimal(value), group=True)
    words = {key[0]: word for key, word in every.items() if len(key) == 1}
    phrases: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for key, word in every.items():
        if len(key) > 1:
            phrases.setdefault(key[0], []).append((key, word))
    parts = {form[0]: int(value) for form, value in _pairs(more, "parts")}
    decades = {form[0]: int(value) for form, value in _pairs(more, "decades")}
    longest_first = {k: tuple(sorted(v, key=lambda item: (-len(item[0]), item[0]))) for k, v in phrases.items()}
    glue = f"{table.get('glue', '')} {table.get('prefixes', '')} {more.get('glue', '')}"
    return Lexicon(
        words, longest_first, frozenset(glue.split()),
        tuple(str(table.get("prefixes", "")).split()), parts,
        _folded(more, "joins"), _folded(more, "of"), _folded(more, "over"), _folded(more, "minus"),
        _folded(more, "points"), bool(more.get("tens_last")), decades,
        bool(table.get("partial")), bool(table.get("joined")),
        max(map(len, words), default=0), frozenset({*words, *phrases, *parts, *decades}),
        frozenset(word[:3] for word in words if len(word) > 2) | frozenset(word for word in words if len(word) == 2),
    )  # fmt: skip


def _folded(more: dict[str, str], name: str) -> frozenset[str]:
    return frozenset(" ".join(fold(part) for part in form.split()) for form in more.get(name, "").split("|") if form)


def _pairs(more: dict[str, str], name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for item in filter(None, more.get(name, "").split("|")):
        form, _, value = item.rpartition(" ")
        yield tuple(fold(part) for part in form.split()), value
