"""Apple's `.strings`: `"key" = "value";` with comments of C."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.errors import InputError
from evalkit.readers._keyed import SURROGATES, Text, from_hex, unescaped

_TOKEN = re.compile(
    r"\s+|(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<text>\"[^\"\\]*(?:\\.[^\"\\]*)*\"|'[^'\\]*(?:\\.[^'\\]*)*'"
    r"|[\w.$:/-]+)|(?P<sign>[=;])",
    re.DOTALL,
)
_ESCAPE = re.compile(rf"\\(?:[uU]({SURROGATES}|[0-9a-fA-F]{{4}})|([0-7]{{1,3}})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def texts(text: str, path: str) -> Iterator[Text]:
    """The entries in order; InputError, with the line, for what is no such file. `"key";` alone stands for itself."""
    entry: list[tuple[str, int]] = []
    comments: list[str] = []
    equals = False
    for kind, part, at in _tokens(text, path):
        if kind == "comment":
            comments += [] if entry else [part.strip("/* \t\r\n")]
        elif kind == "text" and len(entry) == equals:
            entry.append((part, at))
        elif part == "=" and len(entry) == 1 and not equals:
            equals = True
        elif part == ";" and len(entry) == 1 + equals:
            key = unescaped([_inner(*entry[0])], _ESCAPE, _character).text
            note = {"note": "\n".join(comments)} if comments else {}
            yield Text(key, unescaped([_inner(*entry[-1])], _ESCAPE, _character), note)
            entry, comments, equals = [], [], False
        else:
            raise _wrong(text, path, entry[-1][1] if entry else at)
    if entry:
        raise _wrong(text, path, entry[-1][1])


def _tokens(text: str, path: str) -> Iterator[tuple[str, str, int]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _wrong(text, path, at)
        if found.lastgroup:
            yield found.lastgroup, found.group(), at
        at = found.end()


def _wrong(text: str, path: str, at: int) -> InputError:
    line = text.count("\n", 0, at) + 1
    return InputError(
        f'{path}:{line}: not an entry `"key" = "value";`; look for a missing semicolon or quotation mark here or above'
    )


def _inner(part: str, at: int) -> tuple[str, int]:
    return (part[1:-1], at + 1) if part[0] in "\"'" else (part, at)


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return from_hex(escape[1])
    return chr(int(escape[2], 8)) if escape[2] else _PLAIN.get(escape[3], escape[3])
