"""Figures that stand in a translation with the marks of the source's language: 1,250,000 in German."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalkit.detectors._units import locate
from evalkit.detectors.numbers.rules import FORMAT
from evalkit.language.codes import bare, with_region
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.numbers.scan import scan
from evalkit.language.numbers.symbols import decimal_mark, is_parted_both_ways, locales
from evalkit.records import Context, Finding, Passage, Unit
from evalkit.records.findings import finding

# 1,250,000.5; 12.5; no part of a date, a section or a word
_FIGURE = re.compile(r"(?<![\w.,:/-])(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d{1,4}[.,]\d{1,2})(?![.,:/-]?\w)")

_NAMED = re.compile(r"[^\W\d_a-z]\w+\s$")
_LONGEST = 20  # letters of a word before a figure


def kept_formats(units: Sequence[Unit], context: Context, detector: str) -> Iterator[Finding]:
    """A hint where a text first has such a figure; one, since it is a habit of the whole text."""
    if not _written_otherwise(context):
        return
    told: set[str] = set()
    for unit in units:
        if unit.document in told or unit.candidate is None or unit.source is None:
            continue
        for start, end in _kept(unit.candidate, unit, context):
            told.add(unit.document)
            segment, first, last = locate(unit.candidate, start, end)
            text = unit.candidate.text[start:end]
            message = f"{text!r} is written as in the source, not as in the language of the translation"
            yield finding(FORMAT, detector, unit, segment, first, last, message, evidence="source")
            break


def _written_otherwise(context: Context) -> bool:
    """True where the two languages set another mark before decimals, as the CLDR knows, and the translation's is not
    written in both ways from country to country."""
    theirs, mine = (with_region(tag).replace("-", "_") for tag in (context.source_lang, context.lang))
    if not context.source_lang or not locales(theirs) or not locales(mine):
        return False
    both = "_" not in mine and is_parted_both_ways(bare(context.lang))
    return not both and decimal_mark(theirs) != decimal_mark(mine)


def _kept(candidate: Passage, unit: Unit, context: Context) -> Iterator[tuple[int, int]]:
    """Where the candidate has a figure letter by letter as the source, whose language writes numbers so, and as no
    reference has it."""
    source = unit.source.text if unit.source else ""
    mark = decimal_mark(with_region(context.source_lang).replace("-", "_"))
    found = [m for m in _FIGURE.finditer(candidate.text) if m.group() in source and _is_written_with(mark, m.group())]
    found = [m for m in found if not any(m.group() in p.text for p in unit.references)]
    if not found:
        return
    numbers = [q for q in scan(source, with_region(context.source_lang)) if q.kind == "number" and not q.label]
    for m in found:
        if any(source.startswith(m.group(), q.start) and not _names(q, source) for q in numbers):
            yield m.span()


def _is_written_with(mark: str, figure: str) -> bool:
    """True for a figure with a mark before its decimals and the other one between its thousands."""
    other = re.escape("." if mark == "," else ",")
    thousands = rf"\d{{1,3}}(?:{other}\d{{3}})+(?:{re.escape(mark)}\d+)?"
    return re.fullmatch(rf"{thousands}|\d+{re.escape(mark)}\d+", figure) is not None


def _names(q: Quantity, source: str) -> bool:
    """True for what may be the name of a version or a section: Version 12.5."""
    return not q.unit and bool(_NAMED.search(source, max(0, q.start - _LONGEST), q.start))
