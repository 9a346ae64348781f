"""JSON of strangers, read by the letter: what Python's reader lets pass in silence is refused."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

# Far more than any data has; below the depth that every Python's reader bears, which differs from one to the next.
_DEEPEST = 500
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)  # a text without an end is looked at once


def parse(text: str) -> Any:
    """The value; raises ValueError saying what is wrong with the text.

    Refused are, besides what is no JSON, a key that stands twice in one object (the last would count), NaN and
    Infinity, numbers of thousands of digits, and more than `_DEEPEST` brackets in one another.
    """
    if text.count("[") + text.count("{") > _DEEPEST and _depth(text) > _DEEPEST:
        raise ValueError("nested too deeply")
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _depth(text: str) -> int:
    """How many brackets stand in one another, those in texts left out."""
    deepest = depth = 0
    for part in _BRACKET.finditer(text):
        if part.group() in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif part.group() in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice[:60]!r} stands twice in one object; remove one")
    return made


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number that JSON has")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
