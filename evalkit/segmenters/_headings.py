"""Headings and list items that stand in one line with the sentence after them, without a mark between.

Text that comes from a web page, a table or a file of joined lines has them: "3 Terms and definitions The
following terms apply ...". Two things tell them: a capital on a word that has one only where a sentence starts, and
numbers that count up. The words are English; sections and items are found in every language with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalkit.language.codes import bare
from evalkit.language.packs import words_in_order, words_of

_CLAUSES = words_of("en", "headings.clause_openers")
_PREPOSITIONS = words_of("en", "headings.phrase_openers")
# A heading seldom ends in one of these; after one of them a capital is a slip or a title.
_GOES_ON = words_of("en", "headings.never_last")
# What a number belongs to that stands after it.
_NUMBERED = words_of("en", "headings.numbered")
# What a title stands after.
_WORKS = words_of("en", "headings.works")
_ARTICLES = words_of("en", "headings.articles")
_TIME = re.compile(rf"\d|(?:{'|'.join(words_in_order('en', 'headings.time_words'))})[a-z]*\b", re.ASCII)
_OPENER = re.compile(rf"(?<=[\w)\]%])\s+(?=({'|'.join(sorted(_CLAUSES | _PREPOSITIONS))})\s+(\S+)(?:\s+(\S+))?)")
_LABEL = re.compile(r"\s+\(?(?:\d{1,2}(?:\.\d{1,2})*[.)]{0,2}|[a-z]\)|[ivx]{1,4}\))$")
# "6.3 The", "D.1 Adjusted"
_SECTION = re.compile(r"(?<=\S)\s+(?=(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2})+\s+[A-Z][a-z]|[A-Z](?:\.\d{1,2})+\s+[A-Z][a-z])")
_ITEM = re.compile(r"(?:^|(?<=\S)\s+)(?=(?:\((\d{1,2})\)|(\d{1,2})(?:[.)、．]|,(?=\s)|(?=\s)))\s+[^\W\d_])")
# "1) Open the lid 2) Press", "(a) Open", and where the line starts with one "a. Open the lid b. Press"
_BRACKETED = re.compile(r"(?:^|(?<=\S)\s+)(?=\(?(?:(\d{1,2})|([a-z]))\)\s+([^\W\d_]))")
_LETTERED = re.compile(r"(?:^|(?<=\S)\s+)(?=()([a-z])\.\s+([^\W\d_]))")
_STOPS = '.!?;:。！？；：…"”)］]）'


def run_in_cuts(line: str, lang: str) -> set[int]:
    """Starts of what follows a heading, and of sections and items, each at its first character."""
    english = bare(lang) == "en"
    places = [
        *(_after_headings(line) if english else ()),
        *_sections(line, english),
        *_items(line, english),
        *_lettered(line),
    ]
    return {len(line) - len(line[place:].lstrip()) for place in places if place}


def _after_headings(line: str) -> Iterator[int]:
    """Ends of texts before a capital that only the start of a sentence has."""
    for match in _OPENER.finditer(line):
        word, after, third = match.groups()
        preposition = word in _PREPOSITIONS
        if not (after[0].islower() or after[0].isdigit() or after[0] in '"“(' or (preposition and _TIME.match(after))):
            continue
        previous = _last_word(line, match.start())
        if previous.lower() in _GOES_ON:
            continue
        titled = previous[:1].isupper() or previous in _WORKS
        in_title = preposition and after in _ARTICLES and titled and (third or "")[:1].isupper()
        if not in_title:
            label = _LABEL.search(line, max(0, match.start() - 12), match.start())
            own = label and _starts_with(label, _last_word(line, label.start()))
            yield label.start() if label and own else match.start()


def _starts_with(label: re.Match[str], previous: str) -> bool:
    """True where a number is the label of what follows, and not of the word before ("Room 5", "Python 3.11")."""
    if previous[-1:] in _STOPS or label[0].endswith((".", ")")):
        return True
    return previous.lower() not in _NUMBERED and not previous[:1].isupper()


def _sections(line: str, english: bool) -> Iterator[int]:
    """Ends of texts before a section number of several levels and a capital."""
    for match in _SECTION.finditer(line):
        if _may_start(_last_word(line, match.start()), english):
            yield match.start()


def _items(line: str, english: bool) -> Iterator[int]:
    """Ends of texts before the items of a list: numbers that count up from 1, each where something may start."""

    def numbered() -> Iterator[tuple[int, int]]:
        for match in _ITEM.finditer(line):
            marked = line[match.end(match.lastindex or 0)] in ".)、．"
            if not match.start() or _may_start(_last_word(line, match.start()), english and marked):
                yield int(match[1] or match[2]), match.start()

    yield from _counted_up(numbered())


def _lettered(line: str) -> Iterator[int]:
    """Ends of texts before items with letters or brackets, which count up and start with no small letter."""
    for label in (_BRACKETED, _LETTERED):
        found = (match for match in label.finditer(line) if not match[3].islower())
        numbered = ((int(m[1]) if m[1] else ord(m[2]) - ord("a") + 1, m.start()) for m in found)
        # A letter by itself is a label only where the first one opens the line.
        yield from _counted_up(numbered, opens=label is _LETTERED)


def _counted_up(labels: Iterable[tuple[int, int]], *, opens: bool = False) -> Iterator[int]:
    """The places of the labels (number, place) that count up from 1, two at the least; with `opens` those alone whose
    first one stands at the beginning of the line."""
    run: list[int] = []
    for number, place in labels:
        if opens and not run and place:
            continue
        if number == 1:
            yield from run if len(run) > 1 else ()
            run = [place]
        elif run and number == len(run) + 1:
            run.append(place)
    yield from run if len(run) > 1 else ()


def _may_start(previous: str, english: bool) -> bool:
    """True after the end of something; of English also after a word that may end a heading."""
    if previous[-1:] in _STOPS:
        return True
    return english and previous[:1].islower() and previous not in _NUMBERED and previous not in _GOES_ON


def _last_word(line: str, end: int) -> str:
    """The word before a place, without the marks before it; of more than sixty characters the end."""
    return line[max(0, end - 60) : end].rsplit(None, 1)[-1].lstrip("\"“‘('")
