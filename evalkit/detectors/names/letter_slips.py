"""Names one letter off those of a source in the same script: Livinston for Livingston.

Languages write names of one another's in their own systems (Prigozhin, Prigoschin), with their own endings, and some
places by their own names. What is left, one letter lost, added, exchanged or swapped in a word that the language does
not have, is a slip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from string import ascii_letters
from typing import NamedTuple

from evalkit.detectors._units import locate
from evalkit.detectors.names.one_letter import differs_at_end, in_dictionary, is_slip, is_word
from evalkit.detectors.names.rules import MISTRANSLITERATED
from evalkit.detectors.names.spots import opens_sentence
from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.forms import Token, tokens
from evalkit.language.name_cues import world_words
from evalkit.language.name_forms import are_forms, keeps_form, name_tokens
from evalkit.language.name_places import own_script
from evalkit.language.packs import words_of
from evalkit.language.romanise import letters
from evalkit.records import Context, Finding, Passage, Severity, Span, Unit
from evalkit.records.findings import finding
from evalkit.text.words import fold

_SHORTEST = 5  # letters of a name: one letter makes another name of shorter ones
_HABIT = 3  # units: who writes it so throughout, and nowhere as the source, has a reason
_DECLINED = 3  # letters of an ending, where both languages have their own: Stevenowi, Stevenovi
_MOST = 60  # words with a capital on a side: a text of more names them in a list
_RESPELT = words_of("languages", "names_respelt")


class Slip(NamedTuple):
    """A word of a unit's candidate that is one letter off a word of its source; places are those of the passages."""

    unit: Unit
    start: int
    end: int
    text: str
    source_start: int
    source: str


def findings_of(units: Sequence[Unit], context: Context) -> Iterator[Finding]:
    """The slips as findings: a hint where the text has the name so throughout."""
    if not _are_judged(context):
        return
    slips = [slip for unit in units for slip in _slips(unit, context)]
    often = Counter((slip.text, slip.source) for slip in slips)
    for slip in slips:
        if slip.unit.candidate is None or slip.unit.source is None:
            continue
        segment, start, end = locate(slip.unit.candidate, slip.start, slip.end)
        there, first, last = locate(slip.unit.source, slip.source_start, slip.source_start + len(slip.source))
        message = f"{slip.text!r}: the source spells this name {slip.source!r}"
        severity: Severity = "minor" if often[slip.text, slip.source] < _HABIT else "neutral"
        yield finding(
            MISTRANSLITERATED, "names", slip.unit, segment, start, end, message, severity=severity,
            expected=(slip.source,), evidence="source",
            other=Span("source", "", there.start + first, there.start + last, there.text[first:last]),
        )  # fmt: skip


def _are_judged(context: Context) -> bool:
    """True for two languages with dictionaries, of which the candidate's keeps the spelling of foreign names. One in
    another script has no words that could be taken for those in Latin letters."""
    mine, theirs = bare(context.lang), bare(context.source_lang)
    known = bool(dictionary(mine)) or own_script(mine) not in ("", "LATIN")
    return mine != theirs and known and bool(dictionary(theirs)) and mine not in _RESPELT


def _slips(unit: Unit, context: Context) -> Iterator[Slip]:
    source, candidate = unit.source, unit.candidate
    if source is None or candidate is None or not source.segments:
        return
    mine, theirs = bare(context.lang), bare(context.source_lang)
    there = Counter(letters(token.text) for token in name_tokens(source.text, theirs))
    here = Counter(letters(token.text) for token in name_tokens(candidate.text, mine))
    new = [word for word in _capitalised(candidate, mine, _SHORTEST - 1) if not there[letters(word.text)]]
    new = [word for word in new if not is_word(word.text, mine, (theirs,))]
    if not new:
        return
    gone = [
        name for name in _capitalised(source, theirs, _SHORTEST) if here[letters(name.text)] < there[letters(name.text)]
    ]
    gone = [name for name in gone if not _has_own_name(name.text, mine, theirs)]
    said = {fold(token.text) for passage in unit.references for token in tokens(passage.text)}
    if max(len(new), len(gone)) > _MOST:
        return
    for word in new:
        near = [name for name in gone if _is_slip(word.text, name.text, mine, theirs)]
        if (
            len({name.text for name in near}) == 1
            and fold(word.text) not in said
            and _is_name(near[0], source.text, theirs)
        ):
            yield Slip(unit, word.start, word.end, word.text, near[0].start, near[0].text)


def _capitalised(side: Passage, lang: str, shortest: int) -> list[Token]:
    """Words of plain letters with one capital, the first."""
    every = (token for token in name_tokens(side.text, lang) if len(token.text) >= shortest)
    return [token for token in every if token.text.isalpha() and token.text.istitle()]


def _has_own_name(name: str, lang: str, source_lang: str) -> bool:
    """True for countries, cities, months that the candidate's language calls otherwise."""
    return fold(name) in world_words(source_lang) and fold(name) not in world_words(lang)


def _is_name(token: Token, text: str, lang: str) -> bool:
    """True where a capital tells a name: not that of a sentence's first word, if the language has the word."""
    return not (opens_sentence(text, token) and is_known(token.text.lower(), lang))


def _is_slip(word: str, name: str, lang: str, source_lang: str) -> bool:
    """True where one letter in the word is no matter of spelling, of an ending, or of another name's beginning; what
    has letters of its own language (Catalonië) is that language's name."""
    if not is_slip(word, name) or not {*word} ^ {*name} <= {*ascii_letters}:
        return False
    if keeps_form(lang) and keeps_form(source_lang):
        plural = letters(word).rstrip("s") == letters(name).rstrip("s")
        return not (plural or (differs_at_end(word, name) and in_dictionary(name, source_lang)))  # Floride
    declined = _DECLINED if not (keeps_form(lang) or keeps_form(source_lang)) else 1
    forms = are_forms(word, name, lang, place=True) or are_forms(name, word, source_lang, place=True)
    return not (forms or differs_at_end(word, name, declined))
