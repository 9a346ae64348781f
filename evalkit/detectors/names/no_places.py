"""Words that are near a listed place and no misspelling of it: they name somebody or something else."""

from __future__ import annotations

import regex

from evalkit.detectors.names.book import NameBook
from evalkit.language.dictionaries import is_known
from evalkit.language.forms import Token
from evalkit.language.name_cues import is_title
from evalkit.language.name_forms import LONGEST_WORD, keeps_form
from evalkit.language.name_places import place_names
from evalkit.language.romanise import letters

_AFTER = regex.compile(r" (\p{Lu}\w+)")
_BEFORE = regex.compile(r"(?<!\w)\p{Lu}\w* $")


def is_no_place(text: str, token: Token, place: str, book: NameBook, lang: str) -> bool:
    """True for a first name before a name that is no word (Ianas Poulteris, for Iranas). Where names have so many forms
    that some meet by chance, also for a word with another first letter (Bootsi, Rootsi) and for the place's
    English name within a longer one (South China Morning Post, Čína)."""
    after = _AFTER.match(text, token.end)
    if after and not (book.knows(after[1]) or is_title(after[1]) or is_known(after[1].lower(), lang)):
        return True
    if keeps_form(lang):
        return False
    if letters(token.text)[:1] != letters(place)[:1]:
        return True
    english = place_names("en").get(token.text)
    before = _BEFORE.search(text, max(0, token.start - LONGEST_WORD), token.start)
    return (after or before) is not None and english is not None and english == place_names(lang).get(place)
