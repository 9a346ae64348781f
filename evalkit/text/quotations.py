"""What a message quotes, which has a direction of its own."""

from __future__ import annotations

import re

# what a message quotes; a quotation mark between two letters is an apostrophe
_QUOTATION = re.compile(r"""(?<!\w)(?:'.+?'|".+?")(?!\w)""")


def parts(message: str) -> list[tuple[str, bool]]:
    """A message in pieces, with whether each is a quotation (without its marks), which has a direction of its own."""
    pieces, end = [], 0
    for found in _QUOTATION.finditer(message):
        start, stop = found.start() + 1, found.end() - 1
        pieces += [(message[end:start], False), (message[start:stop], True)]
        end = stop
    return [*pieces, (message[end:], False)]
