"""Where a sentence of one line starts: the library's boundaries, made safe against marks that enclose text.

sentencex (https://github.com/wikimedia/sentencex) keeps what stands in quotation marks or brackets together, so
one mark that is never closed hides every boundary up to the next of its kind, in the worst case the rest of
the line. It is therefore asked with these marks blanked out; what a short pair of parentheses holds stays whole.
"""

from __future__ import annotations

import re

_QUOTES = '"“”„‟«»‹›「」『』'
_BLANKED = str.maketrans(dict.fromkeys(_QUOTES + "()[]（）［］【】", " "))
_CLOSING = "”’“»›」』)]）］】\"'"
_PARENTHESIS = re.compile(r"\([^()]{0,100}\)|（[^（）]{0,60}）")
# A label of a list or a title before a name ends no sentence, whatever stands before it.
_NO_END = re.compile(
    r"(?:(?:^|[\s(])(?:Mrs?|Ms|Messrs|Dr|Prof|Rep|Sen|Gov|Gen|Lt|Col|Capt|Sgt|Hon|Rev|e\.g|i\.e|approx|vs|cf)"
    r"|(?:^|[.!?;:。！？；：]\s*)\d{1,2})\.\s*$"
)
_INITIAL = re.compile(r"(?<![^\W\d_])[A-Z]\.$")


def library_cuts(line: str, lang: str) -> set[int]:
    """Starts of the sentences after the first, each at its first character."""
    from sentencex import segment

    plain = line.translate(_BLANKED)
    held = [match.span() for match in _PARENTHESIS.finditer(line)]
    found, at = set(), 0
    for piece in segment(lang.partition("-")[0].lower(), plain):
        at = plain.index(piece, at) + len(piece)
        end = at - (len(piece) - len(piece.rstrip()))
        start = _start_after(line, end)
        goes_on = start > end and line[end] in _CLOSING and line[start : start + 1].islower()
        inside = any(left < start < right for left, right in held)
        abbreviated = _NO_END.search(line, max(0, end - 12), end) or (
            start == end and _INITIAL.search(line, max(0, end - 3), end)
        )
        if not (goes_on or inside or abbreviated):
            found.add(start)
    return found - {0, len(line)}


def _start_after(line: str, end: int) -> int:
    """The first character of what follows a sentence that ends here: after its closing marks and the white space."""
    at = end
    while at < len(line) and (line[at].isspace() or (line[at] in _CLOSING and not _opens(line, at))):
        at += 1
    return at


def _opens(line: str, at: int) -> bool:
    """True for a mark that opens what follows: a word stands right after it, and none of its kind is open."""
    mark = line[at]
    if mark in "”」』)]）］】’" or not line[at + 1 : at + 2].strip():
        return False
    return line[at - 1].isspace() or line.count(mark, 0, at) % 2 == 0
