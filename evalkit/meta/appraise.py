"""Exports of the annotation tool Appraise, in which WMT collects DA, DA+SQM and ESA: tables without a header."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from evalkit.errors import InputError
from evalkit.meta.scores import Key, Rating
from evalkit.meta.wmt import number_of

# login, system, item, kind, source language, target language, score; document and more may follow.
_LEAST, _KIND, _SCORE, _DOCUMENT = 7, 3, 6, 7
_KINDS = frozenset({"TGT", "BAD", "REF", "CHK"})
_TRANSLATION = "TGT"  # the other kinds are controls, and say something of the rater


def is_export(cells: Sequence[str]) -> bool:
    """Whether a first row is one of an export."""
    return len(cells) >= _LEAST and cells[_KIND].strip() in _KINDS


def ratings(rows: Sequence[Sequence[str]], path: str) -> list[Rating]:
    """The scores of translations: controls and tutorials (items without a number) stay out. What one person has scored
    twice has the mean of the two."""
    found: dict[tuple[str, Key, str], list[float]] = {}
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue
        if not is_export(row):
            raise InputError(f"{path}:{number}: no row of an Appraise export like the first one; repair or remove it")
        cells = [cell.strip() for cell in row]
        value = number_of(cells[_SCORE], f"{path}:{number}")
        if cells[_KIND] != _TRANSLATION or not cells[2].isdecimal() or value is None:
            continue
        document = cells[_DOCUMENT].partition("#")[0] if len(cells) > _DOCUMENT else ""
        found.setdefault((cells[1], (document, cells[2]), cells[0]), []).append(value)
    if not found:
        raise InputError(
            f"{path}: no score of a translation in it: all rows are controls, tutorials or without a score"
        )
    return [Rating(*of, fsum(values) / len(values)) for of, values in found.items()]
