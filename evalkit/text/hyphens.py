"""Words that were broken by a hyphen at the end of a line, whole again; the line ends after them instead.

Whether the hyphen belongs to the word shows in the text itself: it has the word elsewhere, in one way or the other. A
part that is a common word of the text ("Vor-" and then "und") is no rest of a word. What starts with a capital or a
figure keeps its hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.text.wrapping import Wrapping

_BROKEN = re.compile(r"([^\W_]+)([-\u2010\u00ad])(\r?\n[ \t]*)([^\W_]\S*)[ \t]?")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_COMMON = 2  # times by itself in the text: it is a word, and not the rest of one


class Mended(NamedTuple):
    """The text with its words whole, how many there were, and where its pieces stood.

    From the character `starts[k]` of the text on, it stood at `offsets[k]`.
    """

    text: str
    words: int
    starts: list[int]
    offsets: list[int]


def mended(text: str) -> Mended:
    """The text with each word that was broken at the end of a line whole and before the line end.

    Only text that was broken at a width has such words; the number of lines stays the same.
    """
    pieces: list[str] = []
    starts, offsets, at, length, count = [0], [0], 0, 0, 0

    def add(piece: str, offset: int) -> None:
        nonlocal length
        starts.append(length)
        offsets.append(offset)
        pieces.append(piece)
        length += len(piece)

    for match, keeps in _broken(text):
        count += 1
        add(text[at : match.end(1)], at)
        if keeps:
            add(match[2], match.start(2))
        add(match[4], match.start(4))
        add(match[3], match.start(3))
        at = match.end()
    add(text[at:], at)
    return Mended("".join(pieces), count, starts, offsets)


def _broken(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """The broken words that are to be whole, and whether they keep their hyphen."""
    found = list(_BROKEN.finditer(text))
    if not found:
        return
    lines = [line.strip() for line in text.split("\n")]
    if not Wrapping(lines).share:
        return
    standing = Counter(word.casefold() for word in _WORD.findall(text))
    for match in found:
        first, rest = match[1].casefold(), (_WORD.match(match[4]) or match)[0].casefold()
        whole, parted = standing[first + rest], standing[f"{first}-{rest}"]
        if match[2] == "\u00ad" or whole > parted:
            yield match, False
        elif parted or not match[4][0].islower():
            yield match, match[4][0].isalnum()
        elif standing[rest] < _COMMON:
            yield match, False
