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
_CLOSING = "”’」』)]）］】"
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
    second = {match.start() for match in list(re.finditer('"', line))[1::2]}
    held = [match.span() for match in _PARENTHESIS.finditer(line)]
    found, at = set(), 0
    for piece in segment(lang.partition("-")[0].lower(), plain):
        at = plain.index(piece, at) + len(piece)
        end = at - (len(piece) - len(piece.rstrip()))
        start = _start_after(line, end, second)
        goes_on = start > end and not line[end].isspace() and line[start : start + 1].islower()
        if not (goes_on or _is_inside(start, held) or _is_abbreviated(line, end, start)):
            found.add(start)
    return found - {0, len(line)}


def _start_after(line: str, end: int, second: set[int]) -> int:
    """The first character of what follows a sentence that ends here: after its closing marks and the white space."""
    at = end
    while at < len(line) and (line[at].isspace() or _closes(line, at, second)):
        at += 1
    return at


def _closes(line: str, at: int, second: set[int]) -> bool:
    """True for a mark that belongs to what stands before it; `second` are the even ones of the straight marks.

    The marks of one language open with what another closes with (German closes with the English opening mark, French
    and German turn the angles), so white space decides where the mark itself does not.
    """
    mark, attached = line[at], not line[at - 1].isspace()
    free = not line[at + 1 : at + 2].strip()
    if mark in "\"'":
        return free or (attached and (mark == "'" or at in second))
    if mark in "»›":
        return free or attached
    return mark in _CLOSING or (mark in "“«‹" and free and attached)


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """True in the midst of one of the spans, which stand in order and apart."""
    before = bisect_left(spans, (place, 0)) - 1
    return before >= 0 and place < spans[before][1]


def _is_abbreviated(line: str, end: int, start: int) -> bool:
    """True after a title, the label of a list, or a letter of an abbreviation that goes on ("U.S.")."""
    if _NO_END.search(line, max(0, end - 12), end):
        return True
    return start == end and _INITIAL.search(line, max(0, end - 3), end) is not None
