"""Where a sentence of one line starts: the library's boundaries, made safe against marks that enclose text.

sentencex (https://github.com/wikimedia/sentencex) keeps what stands in quotation marks or brackets together, so
one mark that is never closed hides every boundary up to the next of its kind, in the worst case the rest of
the line. It is therefore asked with these marks blanked out; what a short pair of parentheses holds stays whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_QUOTES = '"“”„‟«»‹›「」『』'
_BLANKED = str.maketrans(dict.fromkeys(_QUOTES + "()[]（）［］【】", " "))
_CLOSING = "”’“»›」』)]）］】\"'"
_PARENTHESIS = re.compile(r"\([^()]{0,100}\)|（[^（）]{0,60}）")
# A label of a list or a title before a name ends no sentence, whatever stands before it.
_NO_END = re.compile(
    r"(?:(?:^|[\s(])(?:Mrs?|Ms|Messrs|Dr|Prof|Rep|Sen|Gov|Gen|Lt|Col|Capt|Sgt|Hon|Rev|e\.g|i\.e|approx|vs|cf)"
    r"|(?:^|[.!?;:。！？；：]\s*)\d{1,2})\.\s*$"
)
_EITHER = re.compile(r"[\"“»›']")
_INITIAL = re.compile(r"(?<![^\W\d_])[A-Z]\.$")


def library_cuts(line: str, lang: str) -> set[int]:
    """Starts of the sentences after the first, each at its first character."""
    from sentencex import segment

    plain = line.translate(_BLANKED)
    opening = _opening_marks(line)
    held = [match.span() for match in _PARENTHESIS.finditer(line)]
    found, at = set(), 0
    for piece in segment(lang.partition("-")[0].lower(), plain):
        at = plain.index(piece, at) + len(piece)
        end = at - (len(piece) - len(piece.rstrip()))
        start = _start_after(line, end, opening)
        goes_on = start > end and line[end] in _CLOSING and line[start : start + 1].islower()
        if not (goes_on or _is_inside(start, held) or _is_abbreviated(line, end, start)):
            found.add(start)
    return found - {0, len(line)}


def _opening_marks(line: str) -> set[int]:
    """Places of marks of both kinds that open: a word follows, and white space or whole pairs of them stand before."""
    places, count = set(), dict.fromkeys("\"“»›'", 0)
    for match in _EITHER.finditer(line):
        mark, at = match[0], match.start()
        before = line[at - 1 : at].isspace() or (mark != "'" and count[mark] % 2 == 0)
        if before and line[at + 1 : at + 2].strip():
            places.add(at)
        count[mark] += 1
    return places


def _start_after(line: str, end: int, opening: set[int]) -> int:
    """The first character of what follows a sentence that ends here: after its closing marks and the white space."""
    at = end
    while at < len(line) and (line[at].isspace() or (line[at] in _CLOSING and at not in opening)):
        at += 1
    return at


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """True in the midst of one of the spans, which stand in order and apart."""
    before = bisect_left(spans, (place, 0)) - 1
    return before >= 0 and place < spans[before][1]


def _is_abbreviated(line: str, end: int, start: int) -> bool:
    """True after a title, the label of a list, or a letter of an abbreviation that goes on ("U.S.")."""
    if _NO_END.search(line, max(0, end - 12), end):
        return True
    return start == end and _INITIAL.search(line, max(0, end - 3), end) is not None
