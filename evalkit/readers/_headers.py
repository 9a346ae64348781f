"""The columns of a table that nobody has named: by what they are usually called, or by the languages they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from evalkit.language.codes import bare, codes_by_name, is_registered
from evalkit.text.words import quote

# What tools of the trade write over their columns.
_CALLED = {
    "text": ("target", "translation", "candidate", "hypothesis", "mt", "target text", "translated text"),
    "source": ("source", "src", "original", "source text"),
    "reference": ("reference", "ref", "reference text"),
}
_NO_LANGUAGES = ("id", "doc", "lang", "system")  # what the other columns are called; `id` is Indonesian too
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2,4})?")


class Guess(NamedTuple):
    """Columns by role, the language of the source where its column names it, and what to tell of them."""

    columns: dict[str, str]
    source_lang: str
    note: str


def guessed(header: Iterable[object], lang: str) -> Guess | None:
    """The columns of a bilingual table without a column `text`; None where they are not plain.

    A target beside a source is known by name; a column that names the candidate's language is the target, and the only
    other one that names a language its source. A first column is never taken for the target by its language: in most
    tables it is the source, and the language may not have been stated.
    """
    names = [name for name in header if isinstance(name, str) and name.strip().lower() not in _NO_LANGUAGES]
    found = {role: [name for name in names if name.strip().lower() in called] for role, called in _CALLED.items()}
    source_lang = ""
    if not (found["text"] or found["source"]):
        spoken = [(name, _language(name)) for name in names]
        spoken = [(name, code) for name, code in spoken if code]
        if len(spoken) == len(_PAIR) and spoken[1][1] == bare(lang) != spoken[0][1]:
            found["text"], found["source"], source_lang = [spoken[1][0]], [spoken[0][0]], spoken[0][1]
    if len(found["text"]) != 1 or len(found["source"]) != 1 or len(found["reference"]) > 1:
        return None
    columns = {role: column[0] for role, column in found.items() if column}
    taken = ", ".join(f"{quote(column)} as {role}" for role, column in columns.items())
    return Guess(columns, source_lang, f"has no column `text`: took {taken} (--columns names others)")


_PAIR = ("source", "text")  # more languages than two: nobody can say which is meant


def _language(name: str) -> str:
    """The code of the language that a heading names: German, Deutsch, de, de-AT."""
    said = name.strip().lower()
    if _TAG.fullmatch(said) and is_registered(said):
        return bare(said)
    return codes_by_name().get(said, "")
