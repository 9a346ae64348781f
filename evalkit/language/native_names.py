"""Names in another script: where a text may have them, without what its language writes onto them, and which of two
Latin spellings renders one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import regex

from evalkit.language.forms import tokens
from evalkit.language.name_forms import one_letter_apart
from evalkit.language.romanise import letters
from evalkit.language.transliteration import Rendering, rendering, symbols, table_of

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
_RUN_EXPLAINED = 2.0  # the same of a run of Chinese characters, of which a text has many more than words
# Logarithm of how much better than the other spelling. Of names of NTREX's development half with one slip 2, 3, 4 and 6
# decide 61, 59, 57 and 51 % in eleven languages, 1.3, 1.2, 1.0 and 0.7 % of them wrongly.
_CLEARLY = 3.0
_HAN = regex.compile(r"\p{Han}{2,}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_SYLLABLES = range(2, 9)  # of a foreign name in Chinese
_MOST_RUNS = 2000  # of a longer text each name would take seconds
_LONGER, _LETTERS = 2, 3.5  # times as many letters as symbols, or the reverse; letters of a Chinese syllable


def stems(native: str) -> Iterator[str]:
    """The word, and what is left of it without what is written together with a name or declines it."""
    name = table_of(native)
    shortest = _SHORTEST_STEM.get(name, SHORTEST)
    for prefix in ("", *_PREFIXES.get(name, ())):
        if native.startswith(prefix) and (not prefix or len(native) - len(prefix) >= SHORTEST - 1):
            bare_word = native[len(prefix) :]
            most = min(_ENDINGS.get(name, 0), max(0, len(bare_word) - shortest))
            yield from (bare_word[: len(bare_word) - cut] for cut in range(most + 1))


def is_rendered(name: str, instead: str, source: str) -> bool:
    """True where a source in another script has words that `name` renders clearly better than `instead` does. A name
    put into the letters of its sounds (Makkein for McCain) does so as well as the right one, or better."""
    return _is_told(name, instead, lambda a, b: _lead(a, b, source)[0] >= _CLEARLY)


def is_slip(name: str, right: str, source: str) -> bool:
    """True where `name` is one letter off `right`, which the tables explain wholly as a word of the source, and has a
    place that they do not explain. Nothing of Chinese, which leaves out sounds."""
    return _is_told(name, right, lambda a, b: one_letter_apart(a, b) and _is_odd_beside(a, b, source))


def _is_told(name: str, other: str, tells: Callable[[str, str], bool]) -> bool:
    """Whether all words in which two names of as many words differ tell it, one at least."""
    mine, theirs = ([token.text for token in tokens(text)] for text in (name, other))
    if len(mine) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(mine, theirs, strict=True) if letters(a) != letters(b)]
    return bool(differing) and all(tells(a, b) for a, b in differing)


def _is_odd_beside(word: str, right: str, source: str) -> bool:
    lead, best, other = _lead(right, word, source)
    return lead >= _CLEARLY and best is not None and other is not None and not best.odd and bool(other.odd)


def _lead(word: str, other: str, source: str) -> tuple[float, Rendering | None, Rendering | None]:
    """How much better, as a logarithm, `word` renders the word of the source that one of the two renders best, and how
    each does; 0 where neither renders any well. Runs of Chinese characters tell no slip, so that they come without."""
    mine, theirs = letters(word), letters(other)
    if not mine or not theirs:
        return 0.0, None, None
    longest, fewest = max(len(mine), len(theirs)), min(len(mine), len(theirs))
    runs = _runs_of(source)
    best = _RUN_EXPLAINED if runs else _EXPLAINED
    found: tuple[float, Rendering | None, Rendering | None] = (0.0, None, None)
    for stem in runs or _stems_of(source):
        size = len(symbols(stem))
        if size > longest * _LONGER or size * (_LETTERS if runs else _LONGER) < fewest:
            continue
        first, second = rendering(stem, mine), rendering(stem, theirs)
        if first is None or second is None or max(first.value, second.value) < best:
            continue
        best = max(first.value, second.value)
        lead = first.value * len(mine) - second.value * len(theirs)
        found = (lead, None, None) if runs else (lead, first, second)
    return found


@lru_cache(maxsize=64)
def _runs_of(source: str) -> tuple[str, ...]:
    """Every run of a Chinese text that may be a foreign name; none of a Japanese one, which reads names otherwise."""
    if _KANA.search(source):
        return ()
    parts = [match.group() for match in _HAN.finditer(source)]
    if sum(map(len, parts)) * len(_SYLLABLES) > _MOST_RUNS:
        return ()
    found = (part[at : at + size] for part in parts for size in _SYLLABLES for at in range(len(part) - size + 1))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=256)
def _stems_of(source: str) -> tuple[str, ...]:
    found = (stem for match in NATIVE.finditer(source) for stem in stems(match.group()))
    return tuple(dict.fromkeys(found))
