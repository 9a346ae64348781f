"""Where a sentence of one line starts: the library's boundaries, made safe against marks that enclose text.

sentencex (https://github.com/wikimedia/sentencex) keeps what stands in quotation marks or brackets together, so
one mark that is never closed hides every boundary up to the next of its kind, in the worst case the rest of
the line. It is therefore asked with these marks blanked out; what a short pair of brackets holds stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evalkit.language.codes import bare
from evalkit.language.packs import of_language
from evalkit.segmenters._abbreviations import is_abbreviated
from evalkit.segmenters._marks import QUOTES, Marks, blanked
from evalkit.segmenters._short_ends import short_ends
from evalkit.text.wrapping import starts_small

# The label of a list where a sentence starts: "1.", "1.)", "(a)", "ii)", "⁃9.", "Q."
LABEL = re.compile(
    r"[•‣⁃◦*·–—-]?\s*(?:[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxIVX]{2,5})[.)\]．、]{1,2}|[(\[](?:\d{1,3}|[^\W\d_])[)\]])\s*"
)
_BULLET = r"[•‣⁃◦*·–—-]?\s?"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ITEM = re.compile(rf"{_BULLET}\(?(?:(\d{{1,3}})[.)．、]|([a-z])\)|({'|'.join(_ROMAN)})[.)])")
# The label of the next item, which the library takes for the end of the one before: "1. One 2. Two"
_COUNTED = re.compile(rf"\s({_BULLET}\(?(?:\d{{1,3}}[.)．、]|[b-z]\)|[ivx]{{2,4}}[.)])[.)]?)\s*$")
# A label within a sentence: "Note: 1. It is new"
_LABEL_AFTER = re.compile(r"(?:[;:]\s+|[；：。！？]\s*)\d{1,2}[.．、]\s*$")
# A stop after so long a word is that of no abbreviation.
_FULL_STOP = re.compile(r"(?<![^\W\d_]{6})[\w.]\.\s*$")
# A name with a mark in it: "She works at Yahoo! in London".
_CALLED = re.compile(r"\w\s[A-Z][^\W\d_]*!\s*$")
# "«Куда?» — спросила она": a dash and a small letter go on.
_DASH = re.compile(r"[—–]\s?([^\W\d_])")
# What starts no sentence.
# A source in brackets with the full stop after it belongs to the quotation before: "..." (Smith 55).
_SOURCE = re.compile(r"\([^()]{1,60}\)[.。]")
_NO_START = re.compile(rf"[,;:!?、，；：！？%)\]]|\.(?!\d|\w|\.)|(?<=[{QUOTES}])-(?=\w)")
# Ends of sentences that the library does not see: Khmer, Tibetan, the two points of Ethiopic, a bar for the danda.
_MORE_ENDS = re.compile(r"。(?=\d{1,2}[.．、]\s?[^\d\s])|[។៕]|[།༎](?=\s)|፡፡|(?<=[\u0900-\u0dff])\s?\|{1,2}(?=\s)")
# Marks that it takes for ends: the genitive and the comma of Burmese, stress within Armenian words.
_NO_ENDS = re.compile(r"[၏၊]\s*$|[՛՜՞]\s*$")
# The mark of a note after the end of a sentence: "[12]", "[3, 4]", "consultation.11 12 Take", "before.”² The".
_NOTE = re.compile(
    r"(?:(?:\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}|[a-z])\]){1,4}|[⁰¹²³⁴-⁹]{1,3}|(?<=[.!?][”\"])\d{1,3})(?=\s|$)"
)
_NOTE_NUMBERS = re.compile(r"(?:[^\W\d_]{3}|[)\]”\"])[.!?](\d{1,3}(?:[ ,–-]\d{1,3}){0,4}\s+)(?=[^\W\d_])")


def library_cuts(line: str, lang: str) -> set[int]:
    """Starts of the sentences after the first, each at its first character."""
    marks = Marks(line)
    language = bare(lang)
    # English that a machine wrote has sentences that start small.
    capitals = language != "en" and line.lstrip(QUOTES + "'([ ")[:1].isupper()
    found, last = set(), len(line) - len(line.lstrip())
    count = _number_of(line, last)
    for end in _ends(line, language):
        start = marks.start_after(end)
        note = _NOTE.match(line, start)
        if note:
            start = marks.start_after(note.end())
        if (
            start >= len(line)
            or _goes_on(line, end, start, language, capitals)
            or marks.holds(start)
            or is_abbreviated(line, end, start, language)
            or _LABEL_AFTER.search(line, max(0, end - 9), end)
        ):
            continue
        counted = _COUNTED.search(line, max(last, end - 9), end)
        if counted and count and _number_of(line, counted.start(1)) == count + 1:
            start = counted.start(1)
        count = _number_of(line, start) or count
        found.add(start)
        last = start
    return found - {0}


def _number_of(line: str, start: int) -> int:
    """The number of the item that starts here, of a letter its place in the alphabet; 0 where none does."""
    match = _ITEM.match(line, start)
    if match is None:
        return 0
    if match[3]:
        return _ROMAN.index(match[3]) + 1
    return int(match[1]) if match[1] else ord(match[2]) - ord("a") + 1


def _ends(line: str, language: str) -> Iterator[int]:
    """Ends of the library's sentences, without white space, and of those it does not see."""
    from sentencex import segment

    plain, at, ends = blanked(line), 0, set()
    for piece in segment(language, plain):
        at = plain.index(piece, at) + len(piece)
        ends.add(at - (len(piece) - len(piece.rstrip())))
    ends.update(match.end() for match in _MORE_ENDS.finditer(line))
    ends.update(match.end(1) for match in _NOTE_NUMBERS.finditer(line))
    ends.update(short_ends(line, language))
    yield from (end for end in sorted(ends) if not _NO_ENDS.search(line, max(0, end - 3), end))


@lru_cache(maxsize=64)
def _particle(language: str) -> re.Pattern[str] | None:
    """What quotes: 「行こう。」と言った, "가자."라고 말했다; None where no word does."""
    found = of_language(language, "after_quotation", "abbreviations")
    return re.compile("|".join(found.split()).replace("_", r"\s")) if found else None


def _goes_on(line: str, end: int, start: int, language: str, capitals: bool) -> bool:
    """True where what follows cannot start a sentence; `capitals`: the sentences of this line start with one."""
    small = starts_small(line[start : start + 1])
    if small and (
        (start > end and not line[end].isspace())
        or (capitals and _FULL_STOP.search(line, max(0, end - 9), end))
        or _CALLED.search(line, max(0, end - 24), end)
    ):
        return True
    # "« Vive la mer ! » dans la rue", '"It comes!" (soon)'
    if any(mark in QUOTES for mark in line[end:start]) and starts_small(line[start : start + 4].lstrip("([¡¿")[:1]):
        return True
    if _NO_START.match(line, start) or (_SOURCE.match(line, start) and any(mark in QUOTES for mark in line[end:start])):
        return True
    particle = _particle(language)
    if particle and start > end and line[end:start].rstrip()[-1:] in "」』”’\"'" and particle.match(line, start):
        return True
    dash = _DASH.match(line, start)
    return dash is not None and dash[1].islower()
