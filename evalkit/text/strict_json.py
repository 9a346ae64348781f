"""JSON of strangers, read by the letter: what Python's reader lets pass in silence is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn


def parse(text: str) -> Any:
    """The value; raises ValueError saying what is wrong with the text.

    Refused are, besides what is no JSON, a key that stands twice in one object (the last would count), NaN and
    Infinity, numbers of thousands of digits, and depth beyond Python's own.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


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
