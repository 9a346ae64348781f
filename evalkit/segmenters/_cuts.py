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
    r"(?:(?:^|[\s(])(?:Mrs?|Ms|Messrs|Dr|Prof|Rep|Sen|Gov|Gen|Lt|Col|Capt|Sgt|Hon|Rev|e\.g|i\.e|approx|vs|cf|tbsp|tsp)"
    r"|(?:^|[.!?;:。！？；：]\s*)\d{1,2})\.\s*$"
)
_INITIAL = re.compile(r"(?<![^\W\d_])[A-Z]\.$")
# The same by language: what the library does not know as abbreviated, and German ordinals.
_NO_END_OF = {
    "de": re.compile(
        r"\b(?:[Dd](?:er|ie|as|em|en|es)|[AaIi]m|[Vv]om|[Zz]u[mr]|[Bb]eim|ein(?:e[mnrs]?)?)\s\d{1,2}\.\s*$"
    ),
    "fr": re.compile(r"(?:^|[\s(])MM?\.\s*$"),
    "ar": re.compile(r"(?:^|\s)[أ-ي]\.\s*$"),
}
# What a number belongs to that stands after it.
_BEFORE_NUMBER = {
    "fr": re.compile(r"\b(?:[Aa]rt|al|chap|vol|fig)\.\s*$"),
    "ru": re.compile(r"\b(?:[Сс]т|п|гл|рис|стр)\.\s*$"),
}
_IN_NAME = re.compile(r"\s\.|\S\.[A-Z]{2}")
_FULL_STOP = re.compile(r"[\w.]\.\s*$")
# "«Куда?» — спросила она": a dash and a small letter go on.
_DASH = re.compile(r"[—–]\s?([^\W\d_])")
# A particle after a closing mark: 「行こう。」と言った
_PARTICLE = re.compile(r"[をのがに]|と(?!ても|ころ|もあれ|にかく)|って")


def library_cuts(line: str, lang: str) -> set[int]:
    """Starts of the sentences after the first, each at its first character."""
    from sentencex import segment

    plain = line.translate(_BLANKED)
    second = {match.start() for match in list(re.finditer('"', line))[1::2]}
    held = [match.span() for match in _PARENTHESIS.finditer(line)]
    language = lang.partition("-")[0].lower()
    # English that a machine wrote has sentences that start small.
    capitals = language != "en" and line.lstrip(_QUOTES + "'([ ")[:1].isupper()
    found, at = set(), 0
    for piece in segment(language, plain):
        at = plain.index(piece, at) + len(piece)
        end = at - (len(piece) - len(piece.rstrip()))
        start = _start_after(line, end, second)
        if not (
            _goes_on(line, end, start, language, capitals)
            or _is_inside(start, held)
            or _is_abbreviated(line, end, start, language)
        ):
            found.add(start)
    return found - {0, len(line)}


def _goes_on(line: str, end: int, start: int, language: str, capitals: bool) -> bool:
    """True where what follows cannot start a sentence; `capitals`: the sentences of this line start with one."""
    small = line[start : start + 1].islower()
    if small and (
        (start > end and not line[end].isspace()) or (capitals and _FULL_STOP.search(line, max(0, end - 9), end))
    ):
        return True
    if language == "ja" and start > end and line[start - 1] in "」』":
        return _PARTICLE.match(line, start) is not None
    dash = _DASH.match(line, start)
    return dash is not None and dash[1].islower()


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


def _is_abbreviated(line: str, end: int, start: int, language: str) -> bool:
    """True after a title, the label of a list, or within an abbreviation or a name that goes on ("U.S.", "ASP.NET")."""
    own, before_number = _NO_END_OF.get(language), _BEFORE_NUMBER.get(language)
    if _NO_END.search(line, max(0, end - 12), end) or (own and own.search(line, max(0, end - 12), end)):
        return True
    if before_number and line[start : start + 1].isdigit() and before_number.search(line, max(0, end - 12), end):
        return True
    if start == end and line[end - 1] == "." and _IN_NAME.match(line, max(0, end - 2)):
        return True
    return start == end and _INITIAL.search(line, max(0, end - 3), end) is not None
