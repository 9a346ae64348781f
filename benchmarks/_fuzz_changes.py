"""Changes that make hostile input of valid input: of bytes, and of what JSON holds. All of them are drawn by a seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

# What parsers stumble over, whatever they parse.
TOKENS = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\n", b"\r\n\r\n", b"\t", b"'", b'"',
    b"\\", b"\\u0000", b"\\ud800", b"\\x", b"{", b"}", b"[", b"]", b"[]", b"{}", b"[" * 3000, b"{" * 3000,
    b'{"a":' * 3000,
    b"<", b">", b"</", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&a;", b"&#0;", b"&#xD800;",
    b"-", b"- ", b"--", b": ", b", ", b",", b"#", b"%", b"*a", b"&a ", b"!!timestamp x", b"!!int x", b"!!bool x",
    b"!!binary \xc3\xa9", b"!!set", b"<<: ", b"? ", b"|", b">", b"=", b"~", b"null", b"true", b"nan", b"inf", b".inf",
    b"NaN", b"-1", b"0", b"1e999", b"1e308", b"9" * 5000, b"0x" + b"f" * 5000, b"2020-99-99", b"1979-05-27", b"a" * 300,
    b"a" * 100_000, b"../" * 80, b"/dev/null", b"(?R)", b"(?:x{999}){999}", b"(a*)*b", b"\x1b[31m", b"::error::x",
    "\u202e".encode(), "\u2028".encode(), "\U0001f600".encode(), "\ufeff".encode(), "é".encode("latin-1"),
)  # fmt: skip


def changed_bytes(rng: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with one to six pieces taken out, doubled, moved, replaced or put in."""
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.choice([1, 1, 1, 2, 3, 6])):
        start = rng.randint(0, len(data))
        piece = data[start : start + rng.choice([1, 1, 2, 8, 40, 400])]
        match rng.randrange(6):
            case 0:
                del data[start : start + len(piece)]
            case 1:
                data[start:start] = piece * rng.choice([1, 1, 2, 50])
            case 2 if piece:
                data[start] = rng.randrange(256)
            case 3:
                other = rng.choice(seeds)
                cut = rng.randint(0, len(other))
                data[start:start] = other[cut : cut + 100]
            case 4:
                data[start : start + len(piece)] = rng.choice(TOKENS)
            case _:
                data[start:start] = rng.choice(TOKENS)
    return bytes(data)


_TEXTS = (
    "", " ", "\x1b[31m", "\n::error::x", "\u202e\u2066", "a" * 300, "a" * 20_000, "\x00", "../../x", "f1", "u1", "bleu",
    '"><script>', "=1+1", "\uff1d1", "|", "`", "](x)", "url(#q)", 'id="x"', "{{ 7 }}", "%s", "candidate", "🏴" * 50,
)  # fmt: skip
_NUMBERS = (0, -1, 1, 2, 10**6, 2**31, 2**53 + 1, -(2**63), 2**63 - 1)
_FRACTIONS = (0.0, -0.0, -1.0, 0.5, 1.0, 2.0, 100.0, 1e-320, 1e308, -1e308, 1e15)


def changed_json(rng: random.Random, value: Any) -> Any:
    """A copy with one to four values changed for others of their kind, dropped, doubled or exchanged."""
    made = copy.deepcopy(value)
    for _ in range(rng.choice([1, 1, 2, 4])):
        _change(rng, made)
    return made


def _change(rng: random.Random, root: Any) -> None:
    """Goes down from the top by chance and changes what it ends at, so that small records come as often as texts."""
    holder, key = root, rng.choice(list(root))
    while isinstance(holder[key], (dict, list)) and holder[key] and rng.random() < 0.9:
        holder = holder[key]
        key = rng.randrange(len(holder)) if isinstance(holder, list) else rng.choice(list(holder))
    old = holder[key]
    others: dict[type, Callable[[], Any]] = {
        bool: lambda: not old,
        int: lambda: rng.choice(_NUMBERS),
        float: lambda: rng.choice(_FRACTIONS),
        str: lambda: rng.choice([*_TEXTS, old * 2, old[:-1]]),
        list: lambda: rng.choice([[], old * 2, old[:1], old[::-1]]),
        dict: lambda: rng.choice([{}, {**old, "a": 1.0}, dict(list(old.items())[1:])]),
        type(None): lambda: rng.choice([None, 0, 0.0, "", [], {}]),
    }
    if rng.random() < 0.1:
        holder[key] = rng.choice([None, [], {}, "", 0, 1.5, True])
    elif isinstance(holder, list) and rng.random() < 0.2:
        del holder[key]
    else:
        holder[key] = others[type(old)]()
