"""Every field of what a user may have edited, by another value of each kind; what is walked is a sample's own shape."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

DEEP: Any = []
for _ in range(400):  # below Python's own bound, so that it reaches what reads it
    DEEP = [DEEP]

# One value of each kind that a file can hold, and what numbers and texts are stumbled over.
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 3, 2**31, 2**63 - 1, -(2**63), 10**30, 0.0, -0.5, 1e308, 5e-324, float("nan"), float("inf"), "", "x",
    "0", "\x00", "\ud800", "\x1b[31m\u202e", "../../x", "a" * 300, "a" * 100_000, "(a*)*b", [], [None], ["x"], [[]], [1], {},
    {"": None}, {"x": 1}, {"name": "x"}, {"a" * 5000: "x"}, DEEP,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in it, of lists the first two entries, which stand for all."""
    if path:
        yield path
    below = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, each in below:
        yield from places(each, (*path, key))


def changed_at(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with the value at one place, and nothing else, another."""
    made = copy.deepcopy(value)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = new
    return made


def number(value: Any) -> int:
    """How many inputs there are of a sample."""
    return len(list(places(value))) * (len(VALUES) + 1)


def field_of(value: Any, index: int) -> Any:
    """One of them: at a place each of `VALUES`, then the place left out."""
    paths = list(places(value))
    path = paths[index // (len(VALUES) + 1) % len(paths)]
    which = index % (len(VALUES) + 1)
    if which < len(VALUES):
        return changed_at(value, path, VALUES[which])
    made = copy.deepcopy(value)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return made


def as_json(value: Any) -> bytes:
    """As JSON, with what strict JSON has not (NaN, a lone surrogate) written as programs do that do not care."""
    return json.dumps(value).encode()
