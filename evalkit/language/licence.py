"""What the source says of a difference from the reference: it licenses the candidate's wording, or bears out the
reference's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.language.codes import bare
from evalkit.language.denials import cues_of, is_known
from evalkit.language.han_readings import is_older_spelling, is_read
from evalkit.language.licence_anchors import borne_out, quantities
from evalkit.language.licence_lengths import Lengths
from evalkit.language.licence_names import is_not_sounded, is_place_instead, is_spelt_out, named, named_in_part
from evalkit.language.native_names import is_rendered, is_slip
from evalkit.language.negation import any_negation
from evalkit.language.numbers.lexicon import knows_words
from evalkit.language.scripts import language_of_script
from evalkit.records import Finding, Rule, Unit
from evalkit.records.findings import PROOF, VERBATIM
from evalkit.text.words import figures, fold

# Evidence: the source bears out the reference against the candidate; it was asked and says nothing of it.
BOTH, UNSAID = "both", "unsaid"
# What the source must bear out: of dev findings of which it told nothing a third were right, and fewer.
_UNBORNE = frozenset({("name-mistransliterated", "reference-once"), ("name-wrong", "exchanged-title")})
_PAIR = "pair"  # the evidence of a candidate that says something else than its reference
_SHORTEST = 3  # letters of a name: shorter ones stand in other words by chance
_QUOTES = " \t\n\"'“”„‚‘’»«›‹)]）］】」』》"
_ALIKE = str.maketrans({"。": ".", "．": ".", "！": "!", "？": "?", "؟": "?", "।": ".", "…": ".", "：": ":", "；": ";"})


def by_source(
    finding: Finding, rule: Rule, unit: Unit, lang: str = "", source_lang: str = "", lengths: Lengths | None = None
) -> Finding | None:
    """None for a difference from the reference that the source has as the candidate has it: the same number, name,
    negation, the same final mark or none, a clause more or less, a text with the source's names and numbers. The
    finding with the evidence `both` where the source has what the reference has and the candidate has not, with
    ` unsaid` behind its evidence where the source tells nothing. `lengths` are those of the whole text."""
    if unit.source is None or unit.candidate is None:
        return finding
    source = unit.source.text
    known = bare(source_lang) or language_of_script(source)
    if rule.compares == "words" and finding.evidence != _PAIR:
        return _by_length(finding, unit, lengths)
    if rule.compares not in _WITNESSES:
        return finding
    if finding.evidence in PROOF:
        places = (finding.text, *finding.expected[:1])
        return None if rule.compares == "name" and is_place_instead(places, lang, source, known) else finding
    references = tuple(passage.text for passage in unit.references)
    said = _WITNESSES[rule.compares](_Case(finding, unit.candidate.text, references, lang, source, known))
    if _is_doubtful(finding, said, source):
        finding = replace(finding, severity="neutral")
    if said is None and rule.compares != "final-mark":
        return replace(finding, evidence=f"{finding.evidence} {UNSAID}".strip())
    if said and finding.evidence == VERBATIM:
        return finding
    return finding if said is None else replace(finding, evidence=BOTH) if said else None


def _is_doubtful(finding: Finding, said: bool | None, source: str) -> bool:
    """True for a spelling that may be as good as the reference's: by another system of romanisation, unless the
    reference has it as Chinese characters of the source are read, or only like it in sound where the source tells of
    neither."""
    if finding.rule == "name-variant":
        return finding.evidence == "reference" and not any(is_spelt_out(text, source) for text in finding.expected[:1])
    return said is None and (finding.rule, finding.evidence) in _UNBORNE


def _by_length(finding: Finding, unit: Unit, lengths: Lengths | None) -> Finding | None:
    if lengths is None:
        return finding
    if lengths.licenses(finding, unit):
        return None
    return replace(finding, evidence=BOTH) if lengths.bears_out(finding, unit) else finding


class _Case(NamedTuple):
    """A finding with the texts that are held against each other, and their languages."""

    finding: Finding
    candidate: str
    references: tuple[str, ...]
    lang: str
    source: str
    known: str


def final_mark(text: str) -> str:
    """The mark a text ends with behind its quotation marks, marks of other scripts as the Latin ones; or nothing."""
    last = text.rstrip(_QUOTES)[-1:].translate(_ALIKE)
    return "" if last.isalnum() else last


def _of_mark(case: _Case) -> bool | None:
    same = final_mark(case.candidate) == final_mark(case.source)
    return False if same and case.finding.side == "candidate" else None


def _of_numbers(case: _Case) -> bool | None:
    """By value; by digits alone where the number words of the source's language are not known."""
    finding, _, _, lang, source, known = case
    if finding.side == "reference":
        if _has_number(finding.text, lang, source, known):
            return True
        return False if knows_words(known) else None
    if _has_number(finding.text, lang, source, known):
        return False
    if finding.expected:
        return True if all(_has_number(text, lang, source, known) for text in finding.expected) else None
    return True if knows_words(known) else None


def _has_number(text: str, lang: str, source: str, known: str) -> bool:
    digits = figures(text)
    if digits and set(figures(source)).issuperset(digits):
        return True
    there = quantities(source, known)
    mine = quantities(text, lang)
    return bool(mine) and all(any(a.matches(b) for b in there) for a in mine)


def _of_name(case: _Case) -> bool | None:
    finding, _, _, lang, source, known = case
    if finding.side == "reference":
        if known == "zh" and is_not_sounded(finding.text, source):
            return False  # the reference names whom the source calls `he`
        there = named_in_part(finding.text, lang, source, known) or is_read(finding.text, "", source)
        return True if there else None
    expected = finding.expected[:1]
    if _stands_in(finding.text, source) or any(is_turned(finding.text, text, source) for text in expected):
        return False
    if any(is_rendered(text, finding.text, source) for text in expected):
        return True
    if any(is_slip(text, finding.text, source) for text in expected):
        return False
    if (told := _of_reading(_with_tail(finding, case.candidate), expected, source)) is not None:
        return told
    if named(finding.text, lang, source, known, finding.expected):
        return False
    return True if any(named(text, lang, source, known, (finding.text,)) for text in expected) else None


def _of_reading(name: str, expected: Sequence[str], source: str) -> bool | None:
    """Of two readings of Chinese characters the one in the language of whom they name: Nguyen for 阮, no Ruan; of two
    such readings neither is wrong: Ong and Wong for 王."""
    mine = any(is_read(name, text, source) or is_older_spelling(name, text, source) for text in expected)
    yours = any(is_read(text, name, source) for text in expected)
    return yours and not mine if mine or yours else None


def _with_tail(finding: Finding, candidate: str) -> str:
    """The text of a finding with the small syllables that a hyphen joins to it in the candidate: Ko Shu-tan."""
    found = re.search(rf"(?<!\w){re.escape(finding.text)}((?:-[a-z]{{2,6}})+)(?!\w)", candidate)
    return finding.text + found.group(1) if found else finding.text


def is_turned(name: str, expected: str, source: str) -> bool:
    """True for an acronym rendered in the target's order of words where the reference leaves the source's as it is: CI
    for IC, NATO for OTAN."""
    mine, theirs = name.strip("0123456789%"), expected.strip("0123456789%")
    left = re.search(rf"(?<!\w){re.escape(theirs)}(?![^\W\d])", source) is not None
    return left and len(mine) > 1 and mine.isupper() and mine == theirs[::-1] != theirs


def _stands_in(name: str, source: str) -> bool:
    folded = fold(name)
    return len(folded) >= _SHORTEST and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", fold(source)) is not None


def _of_negation(case: _Case) -> bool | None:
    """Whether the source denies anything decides, in languages whose negators are listed."""
    known, source = case.known, case.source
    if known != "en" and not is_known(known):
        return None
    denies = any_negation(source) if known == "en" else bool(cues_of(source, known))
    return denies == (case.finding.side == "reference")


def _of_pair(case: _Case) -> bool | None:
    """Of two texts that say different things the source is rendered by one: each reference must be that one."""
    _, candidate, references, lang, source, known = case
    told = {borne_out(candidate, reference, lang, source, known) for reference in references}
    return told.pop() if len(told) == 1 else False if False in told else None


_WITNESSES = {
    "final-mark": _of_mark,
    "numbers": _of_numbers,
    "name": _of_name,
    "negation": _of_negation,
    "words": _of_pair,
}
