"""Untrusted text for a terminal or a plain file: nothing in it may act."""

from __future__ import annotations

import unicodedata

# Characters that steer a terminal or reorder text: shown by code instead of obeyed.
_ACTIVE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """Line ends as a space; control, format and bidi characters as `<U+XXXX>`."""
    plain = " ".join(text.split("\n")) if "\n" in text else text
    if plain.isprintable():
        return plain
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in _ACTIVE and c != "\t" else c for c in plain)
