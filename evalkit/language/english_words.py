"""Everyday words of a language: which are function words, and how rare the words of a phrase are."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from evalkit.language.forms import tokens
from evalkit.text.arithmetic import running_sum

# English words that begin or end no term; other languages take theirs from the word list.
_ENGLISH = """
    a about above after again all also although always am among an and another any are as at be because been before
    being below best better between both but by came can cannot come could did do does doing done down during each
    either ever every few first for from further get give given go going got had has have having he her here him his
    how however i if in into is it its itself just keep kept last less let like made make many may me might more most
    much must my need never new next no nor not now of off on once one only or other our out over own part per put
    rather said same see set she should since so some still such take than that the their them then there these they
    this those through to together too towards under until up us use used very was we well were what when where
    whether which while who whom whose why will with within without would year years yet you your
"""
# Characters that begin or end no term, where words have no spaces.
_PARTICLES = {
    "zh": "的了在是和与也就都而及或把被这那我你他们对为以于之其将要不有",
    "ja": "はがをにでとのへもやかよねしてるたすこそあ",
}
_NUMBER = 150  # function words are among the most frequent words of any language
_UNCUT = frozenset({"zh", "ja", "ko"})  # the list would need a package that cuts texts into words
_COMMONEST, _RAREST = 7.0, 2.0  # Zipf frequencies: 10 to the power of that in a billion words


def has_word_list() -> bool:
    """True where the extra `words` is installed."""
    return find_spec("wordfreq") is not None


@lru_cache(maxsize=32)
def function_words(lang: str) -> frozenset[str]:
    """Words that neither begin nor end a term; empty where neither a list of ours nor the extra knows any."""
    code = lang.partition("-")[0].lower()
    if code == "en":
        return frozenset(_ENGLISH.split())
    if code in _PARTICLES or not has_word_list():
        return frozenset(_PARTICLES.get(code, ""))
    import wordfreq

    try:
        return frozenset(wordfreq.top_n_list(code, _NUMBER))
    except LookupError:
        return frozenset()


def rarity(phrase: str, lang: str) -> float:
    """0 to 1: how rare the words of a phrase are on average; 1 where there is no word list."""
    code = lang.partition("-")[0].lower()
    if code in _UNCUT or not has_word_list():
        return 1.0
    import wordfreq

    words = [w.text for w in tokens(phrase) if w.text.casefold() not in function_words(lang)]
    try:
        values = [wordfreq.zipf_frequency(word, code) for word in words]
    except LookupError:
        return 1.0
    mean = running_sum(values) / len(values) if values else _COMMONEST
    return max(0.0, min(1.0, (_COMMONEST - mean) / (_COMMONEST - _RAREST)))
