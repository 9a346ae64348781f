"""Where a text stands in a line of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')


def string_pieces(line: str, key: str, value: str, at: int = 0) -> Sequence[tuple[int, int]]:
    """Pairs `(k, place)`: from its character k on the value of `key` stands at that place of the line.

    Places are counted from `at`. The key may be a path with dots. Where the value is not found as written, the place is
    the line's start.
    """
    start = _start(line, key, value)
    if start is None:
        return ((0, at),)
    end = start + len(value)
    if line[start:end] == value and line[end : end + 1] == '"':
        return ((0, at + start),)
    pieces, size, last = [(0, at + start)], 0, start
    literal = _STRING.match(line, start - 1)
    for escape in _ESCAPE.finditer(line, start, literal.end() - 1 if literal else start):
        size += escape.start() - last
        pieces.append((size, at + escape.start()))
        size += 1
        last = escape.end()
        pieces.append((size, at + last))
    return pieces


def _start(line: str, key: str, value: str) -> int | None:
    """Where the value's first character stands, after the quotation mark."""
    place = 0
    for name in (key,) if f'"{key}"' in line else key.split("."):
        for literal in (json.dumps(name, ensure_ascii=False), json.dumps(name)):
            found = line.find(literal, place)
            if found >= 0:
                break
        else:
            return None
        place = found + len(literal)
    while (text := _STRING.search(line, place)) is not None:
        if (line[text.start() + 1 : text.end() - 1] == value) or _decoded(text[0]) == value:
            return text.start() + 1
        place = text.end()
    return None


def _decoded(literal: str) -> str | None:
    try:
        value = json.loads(literal)
    except ValueError:
        return None
    return value if isinstance(value, str) else None
