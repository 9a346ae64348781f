"""Untrusted text where nothing in it may act: control, bidi and other invisible characters made visible."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NAMED = {"\n": "⏎", "\t": "⇥", "\r": "␍"}
# Zero-width (non-)joiners belong to the spelling of many languages and to emoji.
_KEPT = "\u200c\u200d"
_HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    """One line without control, bidi or other invisible characters: each is shown as a sign or its number."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_sign(char) for char in text)


@lru_cache(maxsize=4096)
def _sign(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if unicodedata.category(char) in _HIDDEN and char not in _KEPT:
        return f"⟨U+{ord(char):04X}⟩"
    return char
