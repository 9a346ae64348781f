"""Scripts: which a language is written in (CLDR), and which a text is written in (Unicode)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import regex

from evalkit.language.codes import bare
from evalkit.language.packs import values_of

_LETTERS = regex.compile(r"\p{L}")
_CASED = frozenset(
    {"Latn", "Cyrl", "Grek", "Armn", "Adlm", "Cher", "Copt", "Dsrt", "Glag", "Osge", "Vith"}
)  # by Unicode
BARS = "丨"  # a stroke of Chinese characters, typed for the bar between the parts of a heading
_LOOK = 2000  # letters that show what a text is written in
_MOST = 0.9
_ENOUGH = 20  # letters under which a text shows nothing


@lru_cache(maxsize=256)
def scripts_of(tag: str) -> tuple[str, ...]:
    """The scripts a language is written in, by their ISO 15924 codes, the usual one first; the one the tag itself
    names alone (`sr-Latn`); none for a language that the CLDR has no script for."""
    named = [part for part in tag.replace("_", "-").split("-")[1:] if len(part) == 4 and part.isalpha()]
    if named and _exists(named[0].title()):
        return (named[0].title(),)
    found = values_of("cldr", "scripts").get(bare(tag), "")
    return tuple(code for code in found.split() if _exists(code))


@lru_cache(maxsize=256)
def _exists(code: str) -> bool:
    """True where Unicode has the script, under this code."""
    try:
        regex.compile(rf"\p{{scx={code}}}")
    except regex.error:
        return False
    return True


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The ISO 15924 code of the script of a letter among those that languages of the CLDR are written in, else ""."""
    return next((code for code in _living() if regex.match(rf"\p{{sc={code}}}", char)), "")


@lru_cache(maxsize=1)
def _living() -> tuple[str, ...]:
    found = Counter(code for codes in values_of("cldr", "scripts").values() for code in codes.split())
    return tuple(code for code, _ in found.most_common() if _exists(code))


def written_in(texts: Iterable[str]) -> str:
    """The script that nearly all letters of the texts belong to, by its code; "" where none does, or too few
    letters are there to tell."""
    found = islice((m.group() for text in texts for m in _LETTERS.finditer(text)), _LOOK)
    counts = Counter(script_of(letter) for letter in found)
    total = counts.total()
    top, most = counts.most_common(1)[0] if counts else ("", 0)
    return top if total >= _ENOUGH and most >= _MOST * total else ""


@lru_cache(maxsize=256)
def runs_outside(scripts: frozenset[str]) -> regex.Pattern[str]:
    """Runs of letters of none of the scripts, with what is no letter between them."""
    known = "".join(rf"\p{{scx={code}}}" for code in sorted(scripts))
    common = rf"\p{{scx=Zyyy}}\p{{scx=Zinh}}{BARS}"
    foreign = rf"[[\p{{L}}\p{{M}}]--[{known}{common}]]"
    native = rf"[\p{{L}}&&[{known}]]"
    return regex.compile(rf"{foreign}(?:(?:(?!{native}).)*{foreign})?", regex.V1 | regex.DOTALL)


@lru_cache(maxsize=256)
def is_caseless(tag: str) -> bool:
    """True for a language that the CLDR knows and none of whose scripts has capitals."""
    found = scripts_of(tag)
    return bool(found) and not _CASED & set(found)


@lru_cache(maxsize=4096)
def has_case(char: str) -> bool:
    """True for a letter of a script in which words may begin with a capital: Georgian has small letters only, though
    Unicode lets whole words of it be written in capitals."""
    return char.lower() != char.upper() and char.title() != char.lower()


_TELLING = (
    ("Hira", "ja"),
    ("Kana", "ja"),
    ("Hang", "ko"),
    ("Thai", "th"),
    ("Grek", "el"),
    ("Hebr", "he"),
    ("Han", "zh"),
)
_PATTERNS = tuple((regex.compile(rf"\p{{Script={code}}}"), lang) for code, lang in _TELLING)


def language_of_script(text: str) -> str:
    """The language of a text whose script is that of one language alone, "" elsewhere: for a text whose language nobody
    has said."""
    if text.isascii():
        return ""
    return next((lang for pattern, lang in _PATTERNS if len(pattern.findall(text)) >= _FEW), "")


_FEW = 3  # letters: fewer may be a name left in its own script
