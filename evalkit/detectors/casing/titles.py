"""English titles before names: whether a text writes them with a capital, and where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalkit.language.ordinary_words import is_ordinary_word
from evalkit.language.packs import pattern_of, words_of

_TITLES = pattern_of("en", "titles.capitalised")
# A title before a name: a capitalised word, or any word followed by "of" and a place.
_LOWER = re.compile(
    rf"(?<![\w'’-])(?P<t>(?:(?:{pattern_of('en', 'titles.before_titles')}) )?(?:{_TITLES})) "
    rf"(?P<n>[A-Z][\w'’-]+|(?!{pattern_of('en', 'titles.no_name_behind')})[a-z]{{4,}}(?= of [A-Z]))"
)
_UPPER = re.compile(rf"(?i:(?<![\w'’-])(?P<t>(?:{_TITLES}))) (?P<n>[A-Z][\w'’-]+|[a-z]{{4,}}(?= of [A-Z]))")
_NO_NAME = words_of("en", "titles.no_name_after")
_DETERMINER = re.compile(pattern_of("en", "names.determiners"))
_ADJECTIVES = words_of("en", "titles.adjectives")
_QUALIFIED_BY = words_of("en", "titles.qualified_by")
_ENOUGH = 0.5  # a house style is what the reference does more often than not


def title_case_share(texts: Iterable[str]) -> tuple[int, int]:
    """How often a title stands before a name with a capital, and without."""
    upper = lower = 0
    for text in texts:
        for m in _UPPER.finditer(text):
            if m["n"] in _NO_NAME:
                continue
            initials = [w[0] for w in re.split(r"[ -]", m["t"]) if w != "of"]
            if all(c.isupper() for c in initials):
                upper += 1
            elif m["t"].islower():
                lower += 1
    return upper, lower


def lower_titles(text: str, share: tuple[int, int], references: list[str]) -> Iterator[tuple[int, int, str]]:
    """Titles in lower case before a name where the document writes most of them with a capital."""
    upper, lower = share
    if upper < 2 or upper <= lower * _ENOUGH * 2:
        return
    for m in _LOWER.finditer(text):
        if m["n"] in _NO_NAME or any(m.group() in other for other in references):
            continue
        before = text[: m.start()].rstrip().rpartition(" ")[2].lower()
        if before in _QUALIFIED_BY or _DETERMINER.fullmatch(before):
            continue  # the emperor Maximilian, a major European bank
        if (m["t"] in _ADJECTIVES or m["n"].islower()) and is_ordinary_word(m["n"], "en"):
            continue  # , deputy director general of the department
        yield m.start("t"), m.end("t"), f"{m['t']!r} before a name; the document writes titles with a capital"
