"""Whether a source in another language names somebody or some place: letter by letter, by the CLDR, by its sounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evalkit.language.dictionaries import is_known
from evalkit.language.forms import tokens
from evalkit.language.name_cues import LIKELY
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_places import find_places
from evalkit.language.romanise import letters
from evalkit.text.words import fold, has_unspaced, script

_SHORTEST = 4  # letters: shorter names stand in other words by chance
_ACRONYM = 3  # capitals: of two there are too many in a text of capitals
_FORM, _ENDING = 5, 3  # letters of a name that its forms begin with, and of the longest ending
_SYLLABLES = re.compile(r"[A-Z][a-z']*")
_LONGEST = 6  # letters of a syllable: zhuang
_FOREIGN = 6  # letters of a foreign name: runs of characters sound like any shorter one
_LENGTHS = 2  # letters by which the two may differ in length: Chinese has no Shayibak, only a Sha-yi-ba-ke
_NEARLY = 0.9  # likeness of a name and of how the source's characters sound
_CLEARLY = 0.1  # of two spellings the source has the one that is so much more like its own word


def named(name: str, lang: str, source: str, source_lang: str, instead: Sequence[str] = ()) -> bool:
    """True where the source has the name: letter by letter, as the same country or city, or by its sound in another
    script; by its sound only where that is more like it than the name which stands `instead`."""
    folded = fold(name)
    if len(folded) >= _SHORTEST and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", fold(source)):
        return True
    if len(name) >= _ACRONYM and name.isupper() and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source):
        return True
    codes = _codes(name, lang)
    if codes and codes & _codes(source, source_lang):
        return True
    words = [word for token in tokens(name) if len(word := letters(token.text)) >= _SHORTEST]
    if not words or _is_latin(source):
        return False
    if has_unspaced(source):
        return _is_read_so(name, lang, source, instead)
    return all(_sounds_so(word, source, instead) for word in words)


def is_spelt_out(name: str, source: str) -> bool:
    """True where characters of a Chinese source are read just as the name is spelt, all of it: Meiya for 美亚."""
    return has_unspaced(source) and "".join(letters(token.text) for token in tokens(name)) in _syllables(source)


def _is_read_so(name: str, lang: str, source: str, instead: Sequence[str]) -> bool:
    """True where characters of the source are read as the name is spelt: all of it (Xiao Yun), or each word of it that
    is no ordinary one (Jiexin Consumer Finance for 捷信); a foreign name is spelt so nearly (Shayibak for 沙依巴克)."""
    if is_spelt_out(name, source):
        return True
    telling = [letters(token.text) for token in tokens(name) if not is_known(token.text.lower(), lang)]
    return bool(telling) and all(
        len(word) >= _SHORTEST and (word in _syllables(source) or _is_nearly_read_so(word, source, instead))
        for word in telling
    )


def _is_nearly_read_so(word: str, source: str, instead: Sequence[str]) -> bool:
    """True for a word that is no pinyin, where a run of the source's characters sounds nearly so, and clearly less
    like what stands `instead`."""
    if len(word) < _FOREIGN or of_syllables(word):
        return False
    near = (run for run in _syllables(source) if run[0] == word[0] and abs(len(run) - len(word)) <= _LENGTHS)
    best = max(((word_similarity(word, run), run) for run in near), default=(0.0, ""))
    others = (letters(token.text) for text in instead for token in tokens(text))
    rival = max((word_similarity(other, best[1]) for other in others), default=0.0)
    return best[0] >= _NEARLY and best[0] >= rival + _CLEARLY


def named_in_part(name: str, lang: str, source: str, source_lang: str) -> bool:
    """True where the source has a name or one of its words: Quanfeng of Quanfeng Express, an acronym as it stands, in
    Latin letters a form that begins as the word does. For a name of which the candidate has no word."""
    if named(name, lang, source, source_lang):
        return True
    short = [t.text for t in tokens(name) if len(t.text) >= _ACRONYM and t.text.isupper() and _is_latin(t.text)]
    if any(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", source) for text in short):
        return True
    words = [
        word for token in tokens(name) if len(word := letters(token.text)) >= _SHORTEST and token.text[0].isupper()
    ]
    if has_unspaced(source):
        return any(of_syllables(word) > 1 and word in _syllables(source) for word in words)
    if not _is_latin(source):
        return any(_sounds_so(word, source, ()) for word in words)
    there = {letters(token.text) for token in tokens(source) if token.text[0].isupper()}
    return any(word in there or _begins_one(word, there) for word in words)


def _begins_one(word: str, there: set[str]) -> bool:
    """True where one of the words is another form of this one, the same but for a short ending, or a compound that
    begins with it (Oswestryscore)."""
    if len(word) < _FORM:
        return False
    stem = word[: max(_FORM, len(word) - 1)]
    return any(w.startswith(word) or (w.startswith(stem) and len(w) <= len(word) + _ENDING) for w in there)


def is_place_instead(names: Sequence[str], lang: str, source: str, source_lang: str) -> bool:
    """True where the source names the first of two countries or cities and not the second."""
    there = _codes(source, source_lang)
    mine, yours = (_codes(name, lang) for name in names) if len(names) > 1 else (frozenset(), frozenset())
    return bool(mine & there) and bool(yours) and not yours & there


def _sounds_so(word: str, source: str, instead: Sequence[str]) -> bool:
    others = [token.text for text in instead for token in tokens(text)]
    there = [token.text for token in tokens(source) if not _is_latin(token.text)]
    best = max(((word_similarity(word, text), text) for text in there), default=(0.0, ""))
    rival = max((word_similarity(other, best[1]) for other in others), default=0.0)
    return best[0] >= LIKELY and best[0] >= rival + _CLEARLY


def _is_latin(text: str) -> bool:
    return not any(char.isalpha() and script(char) != "LATIN" for char in text)


@lru_cache(maxsize=256)
def _codes(text: str, lang: str) -> frozenset[str]:
    return frozenset(place.code for place in find_places(text, lang)) if lang else frozenset()


def is_not_sounded(name: str, source: str) -> bool:
    """True for a name in pinyin (Yang Haodong) of which a Chinese source has no characters that sound so."""
    spelt = "".join(letters(token.text) for token in tokens(name))
    if len(spelt) <= _SHORTEST or not all(is_pinyin(letters(token.text)) for token in tokens(name)):
        return False
    return spelt not in _syllables(source) and of_syllables(spelt) > 1


def is_pinyin(word: str) -> bool:
    """True for letters that are syllables of Chinese from the first to the last."""
    return bool(word) and of_syllables(word) > 0


@lru_cache(maxsize=4096)
def of_syllables(word: str) -> int:
    """Of how many syllables of Chinese, at least, a word may be made; 0 where it is none."""
    least = [0] + [len(word) + 1] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            if word[start:end] in _pinyin():
                least[end] = min(least[end], least[start] + 1)
    return least[-1] if 0 < least[-1] <= len(word) else 0


@lru_cache(maxsize=1)
def _pinyin() -> frozenset[str]:
    """The syllables of Chinese, as its usual characters sound."""
    from anyascii import anyascii

    return frozenset(anyascii(chr(code)).lower() for code in range(0x4E00, 0x9FA6))


@lru_cache(maxsize=64)
def _syllables(source: str) -> frozenset[str]:
    """Runs of two to six characters of a text in Chinese characters, as they sound one after the other."""
    from anyascii import anyascii

    parts = [m.group().lower().replace("'", "") for m in _SYLLABLES.finditer(anyascii(source))]
    return frozenset("".join(parts[at : at + size]) for size in range(2, 7) for at in range(len(parts) - size + 1))
