"""The errors that a model marks, and where they stand in the text: by its words and its offsets, or nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from evalkit.models.answers import WEIGHTS, Weight
from evalkit.models.bridge import Bridge, bridge
from evalkit.models.environments import required

# Tokens of the model's own (XLM-R's), which decoding leaves among the words.
_OWN = re.compile(r"<(?:s|/s|pad|unk|mask)>")
_MOST = 100  # errors of one text: who marks more marks none


class Mark(Struct, frozen=True):
    """An error a model marks: its words, how grave, how sure (0 to 1), and its place, None where it has none."""

    words: str
    severity: Weight
    confidence: float
    place: tuple[int, int] | None


def identity(model: str, size: int) -> str:
    """What the marks depend on, as the worker states it."""
    return _bridge(model, size).identity_text()


def marks(model: str, size: int, rows: Sequence[Mapping[str, str]]) -> list[list[Mark] | str]:
    """Of each row the errors XCOMET marks in the candidate; in words why it was not read where it is too long."""
    asked = _bridge(model, size)
    over = asked.over(rows)
    read = iter(
        asked.spans(short) if (short := [row for row, more in zip(rows, over, strict=True) if not more]) else ()
    )
    return [
        f"{more} tokens more than the model reads" if more else _marks(next(read), row["candidate"])
        for row, more in zip(rows, over, strict=True)
    ]


def _bridge(model: str, size: int) -> Bridge:
    """The process that the metric of the same model and size asks too."""
    family = required("comet", "xcomet")
    return bridge("xcomet", family.python, family.script, (model, str(size)))


def _marks(spans: Sequence[Mapping[str, Any]], text: str) -> list[Mark]:
    found = []
    for span in spans[:_MOST]:
        severity, sure = span.get("severity"), span.get("confidence")
        if severity in WEIGHTS and str(span.get("text", "")).strip():
            confidence = min(1.0, max(0.0, float(sure))) if isinstance(sure, (int, float)) and sure == sure else 0.5
            found.append(Mark(str(span["text"]).strip(), severity, confidence, located(span, text)))
    return found


def located(span: Mapping[str, Any], text: str) -> tuple[int, int] | None:
    """Where a span stands: at its offsets if its words are there, else at the nearest place that has them.

    A model reads a normalised text, so widths, ligatures and white space are not held against it; nor are the tokens
    of its own that it says (`<s>` where a text begins, `<unk>` for a character it does not know).
    """
    parts = [part for part in map(str.strip, _OWN.split(str(span.get("text", "")))) if part]
    start, end = span.get("start"), span.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        there = text[start:end]
        if there.strip() and parts and _holds(there, parts):
            begin = start + len(there) - len(there.lstrip())
            return begin, begin + len(there.strip())
    if len(parts) != 1:
        return None
    places = [place for place in range(len(text)) if text.startswith(parts[0], place)]
    near = start if isinstance(start, int) else 0
    begin = min(places, key=lambda place: abs(place - near), default=-1)
    return (begin, begin + len(parts[0])) if begin >= 0 else None


def _holds(there: str, parts: Sequence[str]) -> bool:
    """Whether a place has the parts one after the other, from its first to its last character where it is one part."""
    seen, wanted = _seen(there), [_seen(part) for part in parts]
    if len(wanted) == 1:
        return seen == wanted[0]
    place = 0
    for part in wanted:
        place = seen.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def _seen(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
