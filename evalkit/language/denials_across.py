"""Negation across languages: an English source that denies, and a translation in which nothing does.

Not the other way round: English says in other words what Chinese, Thai, Russian or Arabic deny.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

import regex

from evalkit.language import denials
from evalkit.language.alphabets import in_both, of_one_script
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.negation import Cue, denied_denial, strong
from evalkit.language.packs import has_list, optional_words, pattern_of, phrases_of
from evalkit.text.words import words

_VERBAL = re.compile(pattern_of("en", "negation.of_verbs"), re.IGNORECASE)
_AS_PHRASE = re.compile(rf"-|\s+(?:{pattern_of('en', 'negation.said_otherwise')})\b", re.IGNORECASE)
_FIGURE = r"\d[\d.,]*\d"  # a zero denies alone, not in 2018
_QUESTION = frozenset("?？؟\u037e՞፧")  # the Greek one is a semicolon of its own code
_JOINED = re.compile(r"(?<=\w)['’](?=\w)")
_REST = 3  # letters behind what denies in a word: fewer are in every dictionary


class _Answers(NamedTuple):
    """What a translation may answer a denial by; of words that begin like one the dictionary says which do."""

    silent: regex.Pattern[str]  # what answers nothing
    sure: regex.Pattern[str]
    begun: regex.Pattern[str] | None
    prefixes: tuple[str, ...]


def denied_nowhere(source: str, candidate: str, lang: str) -> Cue | None:
    """The first negator of a verb in an English source, where nothing in the candidate denies anything: no negator, no
    word that holds one, nothing that may answer it. None for a question on one side alone, which may expect a no, and
    for a candidate in a script that the negators are not listed in."""
    if _asks(source) != _asks(candidate) or not denials.is_known(lang) or not denials.reads(candidate, lang):
        return None
    cues = (c for c in strong(source) if _VERBAL.fullmatch(c.text) and not _AS_PHRASE.match(source, c.end))
    lost = next((cue for cue in cues if not denied_denial(source, cue)), None)
    if lost is None or may_deny(of_one_script(normalize("NFC", candidate)), lang):
        return None
    return lost


def _asks(text: str) -> bool:
    return not _QUESTION.isdisjoint(text)


def may_deny(text: str, lang: str) -> bool:
    """True where anything may deny: a negator, one of a phrase that denies nothing, a word that may answer one, a word
    with what denies in it."""
    if denials.has_negator(text, lang):
        return True
    found = _answers(lang)
    text = found.silent.sub(" ", text)
    if found.sure.search(text) or found.sure.search(_JOINED.sub(" ", text)):  # the absence: l'absence
        return True
    inside = [w.text.lower() for w in words(text) if denials.holds_affix(w.text.lower(), lang)]
    begun = [m.group().lower() for m in found.begun.finditer(text)] if found.begun else []
    return any(_denies(word, found.prefixes, lang) for word in (*inside, *begun))


def _denies(word: str, prefixes: tuple[str, ...], lang: str) -> bool:
    """True for a word with what denies before a word of the language, and where no prefixes are listed."""
    rests = [word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)]
    if not rests or not dictionary(lang) or "" in rests:
        return True
    return any(len(rest) >= _REST and is_known(rest, lang) for rest in rests)


@lru_cache(maxsize=32)
def _answers(lang: str) -> _Answers:
    prefixes = optional_words(lang, "negation.prefixes")
    phrases = [in_both(phrase, lang) for phrase in phrases_of(lang, "negation.may_answer")]
    begun = [p for p in phrases if any(p.startswith((f"{x}\\w", f"{x}(?")) for x in prefixes)]
    sure = [p for p in phrases if p not in begun]
    silent = [_FIGURE]
    if has_list(lang, "negation.no_answer"):
        silent.append(_bounded(in_both(pattern_of(lang, "negation.no_answer"), lang), lang))
    if has_list(lang, "negation.halves"):  # French `ne` without `pas` denies with few verbs
        silent.append(rf"(?<!\w)(?:{pattern_of(lang, 'negation.halves')})")
    return _Answers(
        regex.compile("|".join(silent), regex.IGNORECASE),
        regex.compile(_bounded("|".join(sure), lang), regex.IGNORECASE),
        regex.compile(_bounded("|".join(begun), lang), regex.IGNORECASE) if begun else None,
        prefixes,
    )


def _bounded(part: str, lang: str) -> str:
    return f"(?:{part})" if has_list(lang, "negation.strings") else denials.as_words(part)
