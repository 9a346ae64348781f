"""Days of the week, by their names in the Unicode CLDR (babel)."""

from __future__ import annotations

from functools import lru_cache

import regex

from evalkit.language.numbers.lexicon import fold
from evalkit.language.numbers.quantity import Quantity

_SHORTEST = 4  # letters of a name, but in scripts where a sign is a syllable: shorter ones are words as well
_JOINER, _SPACE = "\u200c", regex.compile(r"\s")  # Persian days are written with either
_SIGNS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Hangul}]")


@lru_cache(maxsize=32)
def _names(lang: str) -> tuple[regex.Pattern[str], dict[str, int]] | None:
    """A pattern of the weekdays' names and which day each is; None where the language is not known."""
    from babel.core import UnknownLocaleError
    from babel.dates import get_day_names

    found: dict[str, int] = {}
    try:
        for context in ("format", "stand-alone"):
            for number, name in get_day_names("wide", context, lang).items():
                name = str(name).lower()
                shortest = 2 if _SIGNS.search(name) else _SHORTEST
                for form in (name, *(name[: -len(end)] for end in ("-feira", "요일") if name.endswith(end))):
                    if len(form) >= shortest and found.setdefault(form, int(number)) != int(number):
                        return None
    except (UnknownLocaleError, ValueError):
        return None
    if not found:
        return None
    names = "|".join(sorted(map(regex.escape, found), key=lambda n: (-len(n), n))).replace(_JOINER, rf"[{_JOINER}\s]?")
    spaced = not _SIGNS.search(names)
    before, after = (r"(?<![\p{L}\p{M}])", r"(?:s|es|er|n)?(?![\p{L}\p{M}])") if spaced else ("", "")
    return regex.compile(f"{before}({names}){after}", regex.I), found


def weekdays(text: str, lang: str) -> list[Quantity]:
    """The days of the week a text names."""
    known = _names(lang)
    if known is None:
        return []
    pattern, numbers = known
    found = []
    for m in pattern.finditer(text):
        name = m[1].lower()
        number = numbers.get(name, numbers.get(fold(name), numbers.get(_SPACE.sub(_JOINER, name))))
        if number is not None:
            found.append(Quantity(m.start(), m.end(), "weekday", frozenset({("w", str(number))})))
    return found
