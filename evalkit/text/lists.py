"""Word lists written as running text in the modules that own them."""

from __future__ import annotations


def in_order(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


def listed(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
