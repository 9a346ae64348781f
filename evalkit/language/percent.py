"""How a language writes a percentage, by the CLDR."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def stands_apart(lang: str) -> bool | None:
    """True where a space stands between a number and its percent sign, None for a language the CLDR lacks."""
    from babel import Locale, UnknownLocaleError

    try:
        pattern = str(Locale.parse(lang).percent_formats[None].pattern)
    except (UnknownLocaleError, ValueError, KeyError):
        return None
    before = pattern.partition("%")[0]
    return bool(before) and before[-1].isspace()
