"""Broken characters: what is looked for only where a text may have it."""

from __future__ import annotations

import sys

from evalkit.detectors import character as by


def test_what_is_looked_at_first_leaves_out_no_character() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    seen = "".join(c for c in every if c.isprintable())
    assert not by._CONTROL.search(seen)
    assert not by._SOFT.search(seen)
    others = "".join(f"a{c} {c}a " for c in map(chr, range(128)) if not by._RARE.search(c))
    assert not by._STRAY.search(others)
    assert not by._MARK_IN_WORD.search(others)
