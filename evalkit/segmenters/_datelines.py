"""Datelines: a line that holds a place and a date, or a date and its source, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from evalkit.records import Document, SegmentKind
from evalkit.text.layout import Block

if TYPE_CHECKING:
    from evalkit.language.numbers.dates import DateSpan

_LONGEST = 80  # characters: a longer line says more than where and when
# "Beijing, " before the date, perhaps with a short word ("le 3 mars", "den 5. Mai"); a source of one word after it.
# A longer place or source is a heading.
_PLACE = re.compile(r"(?:[^.!?。！？]{1,40}[,，、]\s*)?(?:[^\W\d]{1,3}\s+)?")
_SOURCE = re.compile(r"(?:\s+\S{1,20})?")
_DIGIT = re.compile(r"\d")


def kind_of(block: Block, document: Document) -> SegmentKind:
    """What a line is, with what only its language tells: a heading that is a date is a dateline."""
    if block.kind == "heading" and is_dateline(document.text[block.start : block.end].strip(), document.lang):
        return "dateline"
    return block.kind


def is_dateline(line: str, lang: str) -> bool:
    """Whether a line is a date with at most a label ("Published:"), a place before it and a source after it."""
    if len(line) > _LONGEST or not _DIGIT.search(line):
        return False
    from evalkit.language.numbers.dates import scan  # reads tables: not for lines without a figure

    start = _label(lang).match(line).end()  # type: ignore[union-attr]  # matches the empty text at least
    return any(
        _is_day(span) and _PLACE.fullmatch(line, start, span.start) and _SOURCE.fullmatch(line, span.end)
        for span in scan(line, lang)
    )


def _is_day(span: DateSpan) -> bool:
    return all(day.day is not None and day.month is not None for day in span.readings)


@lru_cache(maxsize=32)
def _label(lang: str) -> re.Pattern[str]:
    from evalkit.language.packs import optional_words

    words = sorted({*optional_words("en", "date_labels"), *optional_words(lang, "date_labels")}, key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, words))})\s*[:：]?\s+)?", re.IGNORECASE)
