"""Names in another script: where a text may have them, without what its language writes onto them, and which of two
Latin spellings renders one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from evalkit.language.forms import tokens
from evalkit.language.romanise import letters
from evalkit.language.transliteration import rendering, symbols, table_of

NATIVE = regex.compile(
    r"[\p{Cyrillic}]{3,20}|[\p{Greek}\p{M}]{3,20}|[\p{Arabic}]{3,20}|[\p{Hebrew}]{3,20}|[\p{Katakana}ー]{3,20}"
    r"|[\p{Hangul}]{2,10}"
)
SHORTEST = 5  # letters: of a shorter name one place is too much of it
_ENDINGS = {"cyrillic": 3, "greek": 3, "hangul": 2}  # symbols by which a name is declined: -ами, -에게
_SHORTEST_STEM = {"hangul": 2}  # syllables; of letters as many as of the name
_PREFIXES = {  # articles, and what is written together with a name
    "arabic": ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ك"),
    "hebrew": ("ה", "ב", "ל", "ו", "מ", "ש", "כ"),
}
_EXPLAINED = 1.5  # logarithm of how much likelier than chance, a letter: from which a word is the name's
# Logarithm of how much better than the other spelling. Of names of NTREX's development half with one slip 2, 3, 4 and 6
# decide 61, 59, 57 and 51 % in eleven languages, 1.3, 1.2, 1.0 and 0.7 % of them wrongly.
_CLEARLY = 3.0
_LONGER = 2  # times as many letters as symbols, or the reverse: no rendering of a word


def stems(native: str) -> Iterator[str]:
    """The word, and what is left of it without what is written together with a name or declines it."""
    name = table_of(native)
    shortest = _SHORTEST_STEM.get(name, SHORTEST)
    for prefix in ("", *_PREFIXES.get(name, ())):
        if native.startswith(prefix) and (not prefix or len(native) - len(prefix) >= SHORTEST - 1):
            bare_word = native[len(prefix) :]
            most = min(_ENDINGS.get(name, 0), max(0, len(bare_word) - shortest))
            yield from (bare_word[: len(bare_word) - cut] for cut in range(most + 1))


def renders_better(word: str, other: str, source: str) -> bool | None:
    """True where a word of the source in another script is clearly better rendered by `word` than by `other`, False
    for the reverse; None where neither is clear, or the script has no table of its renderings."""
    mine, theirs = letters(word), letters(other)
    if not mine or not theirs:
        return None
    longest, fewest = max(len(mine), len(theirs)), min(len(mine), len(theirs))
    best, lead = _EXPLAINED, 0.0
    for stem in _stems_of(source):
        size = len(symbols(stem))
        if size > longest * _LONGER or size * _LONGER < fewest:
            continue
        first, second = rendering(stem, mine), rendering(stem, theirs)
        if first is None or second is None or max(first.value, second.value) < best:
            continue
        best, lead = max(first.value, second.value), first.value * len(mine) - second.value * len(theirs)
    return None if abs(lead) < _CLEARLY else lead > 0


def name_renders_better(name: str, other: str, source: str) -> bool | None:
    """As `renders_better`, of two names of as many words by those in which they differ, which must all say the same."""
    mine, theirs = ([token.text for token in tokens(text)] for text in (name, other))
    if len(mine) != len(theirs):
        return None
    said = {renders_better(a, b, source) for a, b in zip(mine, theirs, strict=True) if letters(a) != letters(b)}
    return said.pop() if len(said) == 1 else None


@lru_cache(maxsize=256)
def _stems_of(source: str) -> tuple[str, ...]:
    found = (stem for match in NATIVE.finditer(source) for stem in stems(match.group()))
    return tuple(dict.fromkeys(found))
