"""Negation across languages: an English source that denies, and a translation in which nothing does.

Not the other way round: English says in other words what Chinese, Thai, Russian or Arabic deny.
"""

from __future__ import annotations

import re

from evalkit.language import denials
from evalkit.language.negation import Cue, denied_denial, strong
from evalkit.language.packs import pattern_of

_VERBAL = re.compile(pattern_of("en", "negation.of_verbs"), re.IGNORECASE)
_AS_PHRASE = re.compile(rf"\s+(?:{pattern_of('en', 'negation.said_otherwise')})\b", re.IGNORECASE)


def denied_nowhere(source: str, candidate: str, lang: str) -> Cue | None:
    """The first negator of a verb in an English source, where nothing in the candidate denies anything: no negator, no
    word that holds one, nothing that may answer it. None for a question on one side alone, which may expect a no."""
    if ("?" in source) != ("?" in candidate) or not denials.is_known(lang) or denials.may_deny(candidate, lang):
        return None
    cues = (c for c in strong(source) if _VERBAL.fullmatch(c.text) and not _AS_PHRASE.match(source, c.end))
    return next((cue for cue in cues if not denied_denial(source, cue)), None)
