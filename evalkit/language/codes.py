"""Codes of languages: which are registered, and under which one evalkit keeps what it knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from evalkit.errors import ConfigError
from evalkit.language.packs import values_of, words_of


@lru_cache(maxsize=256)
def bare(tag: str) -> str:
    """The language of a tag in small letters, under the code that lists are kept under: `pt` of `pt-BR`, `ku` of
    `kmr`. A tag evalkit does not know is cut in the same way."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    return str(values_of("cldr", "aliases").get(code, code))


def with_region(tag: str) -> str:
    """The bare language with the country that the tag names: `en-GB` of `en-GB`, `sr` of `sr-Latn`."""
    regions = [part.upper() for part in tag.replace("_", "-").split("-")[1:] if len(part) == _REGION and part.isalpha()]
    return "-".join([bare(tag), *regions[:1]])


_REGION = 2  # letters, by ISO 3166


def is_registered(tag: str) -> bool:
    """True where a tag begins with a code of two or three letters that is registered for a language."""
    return tag.replace("_", "-").partition("-")[0].lower() in words_of("cldr", "codes")


def check_tags(tags: Iterable[tuple[str, str]]) -> None:
    """Nothing where every tag begins with a registered language; raises ConfigError for the first that does not,
    with the nearest code. `tags` are pairs of where a tag stands and the tag; an empty one is not looked at."""
    for where, tag in tags:
        if tag and not is_registered(tag):
            raise ConfigError(f"{where}: {tag!r} is no language code{_hint(tag)} (as in en, de, zh-TW, sr-Latn)")


def _hint(tag: str) -> str:
    """What may be meant: the code of a language of this name, of the country with this code (jp), or of a name or code
    like it."""
    from babel.core import get_global

    named = codes_by_name()
    said = tag.strip().lower()
    spoken = str(get_global("likely_subtags").get(f"und_{said.upper()}", "")).partition("_")[0]
    if spoken:
        return f"; did you mean {spoken!r}?"
    near = [] if said in named else get_close_matches(said, sorted(named), n=1, cutoff=_LIKE)
    code = named.get(said) or (named[near[0]] if near and len(said) > _LONGEST_CODE else "")
    if code:
        return f"; did you mean {code!r}?"
    codes = sorted(c for c in set(named.values()) if len(c) == min(max(len(said), 2), _LONGEST_CODE))
    near = get_close_matches(said[:_LONGEST_CODE], codes, n=1, cutoff=_HALF)
    return f"; did you mean {near[0]!r}?" if near else ""


_LONGEST_CODE = 3  # letters, by ISO 639
_HALF = 0.5  # one of the two letters of a code
_LIKE = 0.7  # a name so like one that is known may be it, misspelled


@lru_cache(maxsize=64)
def in_english(tag: str) -> str:
    """What a language is called in a sentence: German, German (Austria); its code where the CLDR has no name for it."""
    from babel import Locale, UnknownLocaleError

    plain = str(Locale("en").languages.get(bare(tag), repr(tag)))
    if tag.isalpha():
        return plain
    try:
        return Locale.parse(tag.replace("-", "_")).english_name or plain
    except (UnknownLocaleError, ValueError, TypeError):
        return plain


@lru_cache(maxsize=1)
def everyday() -> tuple[str, ...]:
    """The codes of two letters of the languages whose script the CLDR knows, in order."""
    return tuple(sorted(code for code in values_of("cldr", "scripts") if len(code) == 2 and bare(code) == code))


@lru_cache(maxsize=1)
def codes_by_name() -> dict[str, str]:
    """The codes of the languages that the CLDR knows, by their English name and their own, in small letters."""
    from babel import Locale
    from babel.localedata import exists

    english = Locale("en").languages
    own = {str(Locale(c).languages.get(c, "")).lower(): str(c) for c in sorted(english) if c.isalpha() and exists(c)}
    own.pop("", None)
    return own | {str(name).lower(): str(code) for code, name in english.items()}
