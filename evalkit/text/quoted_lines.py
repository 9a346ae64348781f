"""A text quoted as in mail: a mark ("> ") at the start of every line of a passage is layout and no part of the text."""

from __future__ import annotations

import re
from typing import NamedTuple

_FEWEST = 3  # lines: one or two may be a prompt of a program, or "more than"
_FIGURES = 0.5  # of the lines begin with a figure at most: "> 5 mg" is a comparison
_PASSAGE = re.compile(r"^>[^\n]*(?:\n>[^\n]*)*", re.MULTILINE)
_MARKS = re.compile(r"^(?:> ?)+", re.MULTILINE)


class Unquoted(NamedTuple):
    """The text, as long as it was, with spaces for the marks; how many lines had them."""

    text: str
    lines: int


def unquoted(text: str) -> Unquoted:
    """The text without the marks of the passages that are quoted."""
    if "\n>" not in text:
        return Unquoted(text, 0)
    lines = 0

    def passage(found: re.Match[str]) -> str:
        nonlocal lines
        bare = [_MARKS.sub("", line).strip() for line in found[0].split("\n")]
        written = [line for line in bare if line]
        if len(written) < _FEWEST or sum(line[0].isdecimal() for line in written) > _FIGURES * len(written):
            return found[0]
        lines += len(bare)
        return _MARKS.sub(lambda marks: " " * len(marks[0]), found[0])

    result = _PASSAGE.sub(passage, text)
    return Unquoted(result, lines)
