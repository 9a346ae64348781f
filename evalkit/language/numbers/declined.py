"""Forms that the names of days and months take in a sentence, where the CLDR has the form of a calendar only."""

from __future__ import annotations

from functools import lru_cache

from evalkit.language.packs import of_language

_VOWELS = frozenset("aeiouyąęóáéíýěůаеёиоуыэюяьйії")  # a last letter that gives way to the ending
_SHORTEST = 3  # letters of a stem: shorter ones are words of another kind


@lru_cache(maxsize=32)
def _endings(lang: str) -> tuple[str, ...]:
    return tuple((of_language(lang, "calendar_endings") or "").split())


def prefixes(lang: str) -> list[str]:
    """What is written together with a name or a figure that follows: the Hebrew for in, to, from."""
    return (of_language(lang, "calendar_prefixes") or "").split()


def declined(names: dict[str, int], lang: str) -> dict[str, int]:
    """The names, in small letters, with their declined forms; a form that may be two names is left out."""
    found = {prefix + name: number for name, number in names.items() for prefix in ("", *prefixes(lang))}
    doubtful = set()
    for name, number in names.items():
        stems = [name, name[:-1]] if name[-1:] in _VOWELS else [name]
        for form in (stem + ending for stem in stems if len(stem) >= _SHORTEST for ending in _endings(lang)):
            if found.setdefault(form, number) != number:
                doubtful.add(form)
    return {form: number for form, number in found.items() if form in names or form not in doubtful}
