"""Java's `.properties`: `key = value`, lines continued by a backslash, characters as `\\u263A`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.errors import InputError
from evalkit.readers._keyed import SURROGATES, Text, from_hex, unescaped
from evalkit.text.files import decode

_LINE = re.compile(r"[^\r\n]*")
_END = re.compile(r"\r\n?|\n")
_BLANK = " \t\f"
_KEY = re.compile(r"(?:\\.|[^\\=: \t\f])*", re.DOTALL)
_BETWEEN = re.compile(r"[ \t\f]*(?:[=:][ \t\f]*)?")
_CONTINUED = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_ESCAPE = re.compile(rf"\\(?:u({SURROGATES}|[0-9a-fA-F]{{4}})|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_Part = tuple[str, int]


def decoded(data: bytes, path: str) -> tuple[str, str]:
    """The text, and what to say of its encoding: Java took these files for Latin-1 before version 9."""
    try:
        return decode(data, path), ""
    except InputError:
        if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise
        return data.decode("latin-1"), "is not UTF-8, and was read as Latin-1"


def texts(text: str) -> Iterator[Text]:
    """The entries in order; every text is such a file."""
    comments: list[str] = []
    for parts in _logical(text):
        whole = "".join(raw for raw, _ in parts)
        if not whole or whole[0] in "#!":
            comments = [*comments, whole[1:].strip()] if whole else []
            continue
        key = _KEY.match(whole)
        between = _BETWEEN.match(whole, key.end() if key else 0)
        name = unescaped([(key.group() if key else "", 0)], _ESCAPE, _character).text
        value = unescaped(_behind(parts, between.end() if between else 0), _ESCAPE, _character)
        yield Text(name, value, {"note": "\n".join(comments)} if any(comments) else {})
        comments = []


def _logical(text: str) -> Iterator[list[_Part]]:
    """The lines, each as the parts of which it is made, without the white space before them."""
    parts: list[_Part] = []
    at = 0
    while at <= len(text):
        line = _LINE.match(text, at).group()  # type: ignore[union-attr] # it matches nothing at the least
        raw = line.lstrip(_BLANK)
        start = at + len(line) - len(raw)
        goes_on = _CONTINUED.search(raw) is not None and (bool(parts) or raw[:1] not in "#!")
        parts.append((raw[:-1] if goes_on else raw, start))
        end = _END.match(text, at + len(line))
        at = end.end() if end else len(text) + 1
        if not goes_on or not end:
            yield parts
            parts = []


def _behind(parts: list[_Part], start: int) -> Iterator[_Part]:
    for raw, at in parts:
        yield raw[start:], at + min(start, len(raw))
        start = max(0, start - len(raw))


def _character(escape: re.Match[str]) -> str:
    return from_hex(escape[1]) if escape[1] else _PLAIN.get(escape[2], escape[2])
