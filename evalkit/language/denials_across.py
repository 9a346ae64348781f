"""Negation across languages: an English source that denies, and a translation in which nothing does.

Not the other way round: English says in other words what Chinese, Thai, Russian or Arabic deny.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from evalkit.language import denials
from evalkit.language.alphabets import of_one_script
from evalkit.language.negation import Cue, denied_denial, strong
from evalkit.language.packs import has_list, pattern_of

_VERBAL = re.compile(pattern_of("en", "negation.of_verbs"), re.IGNORECASE)
_AS_PHRASE = re.compile(rf"\s+(?:{pattern_of('en', 'negation.said_otherwise')})\b", re.IGNORECASE)


def denied_nowhere(source: str, candidate: str, lang: str) -> Cue | None:
    """The first negator of a verb in an English source, where nothing in the candidate denies anything: no negator, no
    word that holds one, nothing that may answer it. None for a question on one side alone, which may expect a no, and
    for a candidate in a script that the negators are not listed in."""
    if ("?" in source) != ("?" in candidate) or not denials.is_known(lang) or not denials.reads(candidate, lang):
        return None
    if denials.may_deny(_whole(of_one_script(normalize("NFC", candidate)), lang), lang):
        return None
    cues = (c for c in strong(source) if _VERBAL.fullmatch(c.text) and not _AS_PHRASE.match(source, c.end))
    return next((cue for cue in cues if not denied_denial(source, cue)), None)


def _whole(text: str, lang: str) -> str:
    """The text without halves of denials that stand alone: French `ne` without `pas` denies with few verbs."""
    pattern = _halves(lang)
    return pattern.sub(" ", text) if pattern else text


@lru_cache(maxsize=32)
def _halves(lang: str) -> re.Pattern[str] | None:
    if not has_list(lang, "negation.halves"):
        return None
    return re.compile(rf"(?<!\w)(?:{pattern_of(lang, 'negation.halves')})", re.IGNORECASE)
