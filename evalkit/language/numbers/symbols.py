"""The marks in a figure by language: which one parts decimals, which one thousands, as the Unicode CLDR has it (babel).

A language may be written in several scripts of its own (Serbian, Uzbek): the CLDR has a locale for each.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from evalkit.language.packs import values_of


@lru_cache(maxsize=64)
def locales(lang: str) -> tuple[Any, ...]:
    """babel's locales of a language, the usual script's first; none where the CLDR does not know it."""
    from babel import Locale, UnknownLocaleError

    found: list[Any] = []
    scripts = str(values_of("cldr", "scripts").get(lang, "")).split()
    for name in (lang, *(f"{lang}_{script}" for script in scripts if len(scripts) > 1)):
        try:
            found.append(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return tuple(found)


@lru_cache(maxsize=64)
def decimal_mark(lang: str) -> str:
    """The mark before decimals, a point or a comma; a point where the CLDR does not know the language."""
    return "," if _symbol(lang, "decimal") == "," else "."


@lru_cache(maxsize=64)
def is_parted_both_ways(lang: str) -> bool:
    """True where a country in which the language is official parts thousands with what others set before decimals:
    10,000 is ten thousand in Mexico and ten in Spain."""
    from babel import Locale, localedata
    from babel.languages import get_territory_language_info as languages_of

    official = ("official", "de_facto_official")
    for name in sorted(localedata.locale_identifiers()):
        if name.partition("_")[0] == lang and (territory := Locale.parse(name).territory):
            symbols = dict(Locale.parse(name).number_symbols)
            group = symbols.get("latn", symbols).get("group")
            status = languages_of(territory).get(lang, {}).get("official_status")
            if status in official and group == _symbol(lang, "decimal"):
                return True
    return False


def _symbol(lang: str, name: str) -> str:
    known = locales(lang)
    symbols = dict(known[0].number_symbols) if known else {}
    return str(symbols.get("latn", symbols).get(name, ""))
