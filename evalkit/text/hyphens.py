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

# From the start of a word on and without going back: a text may be one word of a million letters.
_BROKEN = re.compile(r"(?<![^\W_])([^\W_]++)([-\u2010\u00ad])(\r?\n[ \t]*)([^\W_]\S*)[ \t]?")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_COMMON = 2  # times by itself in the text: it is a word, and not the rest of one


class Mended(NamedTuple):
    """The text with its words whole, as long as before, and how many there were."""

    text: str
    words: int


def mended(text: str) -> Mended:
    """The text with each word that was broken at the end of a line whole and before the line end.

    White space after the line end takes the place of the hyphen, so every other character stays where it stood. Only
    text that was broken at a width has such words.
    """
    pieces: list[str] = []
    at, count = 0, 0
    for match, keeps in _broken(text):
        count += 1
        word = match[1] + match[2] * keeps + match[4]
        pieces += [text[at : match.start()], word, "\n".ljust(match.end() - match.start() - len(word))]
        at = match.end()
    return Mended("".join([*pieces, text[at:]]), count)


def _broken(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """The broken words that are to be whole, and whether they keep their hyphen."""
    found = list(_BROKEN.finditer(text))
    if not found:
        return
    lines = [line.strip() for line in text.split("\n")]
    wrapping = Wrapping(lines)
    if not wrapping.share:
        return
    standing = Counter(word.casefold() for word in _WORD.findall(text))
    number, counted = 0, 0
    for match in found:
        number, counted = number + text.count("\n", counted, match.start(3)), match.start(3)
        if not wrapping.full(number, number + 1):
            continue
        first, rest = match[1].casefold(), (_WORD.match(match[4]) or match)[0].casefold()
        whole, parted = standing[first + rest], standing[f"{first}-{rest}"]
        if match[2] == "\u00ad" or whole > parted:
            yield match, False
        elif parted or not match[4][0].islower():
            yield match, match[4][0].isalnum()
        elif standing[rest] < _COMMON:
            yield match, False
