"""What the other systems of a run have in the place of a unit: where most of them differ from the reference
as this one does, the reference is the odd one out and nobody is at fault."""

from __future__ import annotations

from evalkit.language.function_words import all_stems, content_stems
from evalkit.language.negation import strong
from evalkit.language.romanise import letters
from evalkit.records import Finding, Renderings, Rule, Unit
from evalkit.records.findings import PROOF
from evalkit.text.shared import shared
from evalkit.text.words import figures, words

_FEWEST = 2  # of fewer other systems nothing is learnt
_MOST = 2 / 3  # two of three other systems: one alone may have the same error
_MOST_OF_NAMES = 1 / 2  # a name is there or not: no chance likeness, as of words or length, needs outweighing
_PRESENT = 0.5  # share of a span's content words by which a text has it


def others(unit: Unit, system: str, renderings: Renderings) -> dict[str, str]:
    """What the other systems wrote for the references of a unit, by system."""
    mine, texts = system, dict[str, str]()
    for passage in unit.references:
        for segment in passage.segments:
            for system, text in renderings.get((passage.reference, segment.id), {}).items():
                if system != mine and text not in texts.get(system, ""):
                    texts[system] = f"{texts.get(system, '')} {text}".strip()
    return texts


def is_shared(finding: Finding, rule: Rule, unit: Unit, system: str, renderings: Renderings) -> bool:
    """True where most of two or more other systems differ from the reference in the same way: two thirds, of names
    half. What a list or the source states is not put to the vote."""
    if not rule.compares or finding.evidence in PROOF:
        return False
    texts = others(unit, system, renderings)
    if len(texts) < _FEWEST:
        return False
    needed = (_MOST_OF_NAMES if rule.compares == "name" else _MOST) * len(texts)
    votes = 0
    for asked, text in enumerate(texts.values()):
        if votes >= needed or votes + len(texts) - asked < needed:  # whatever the others say
            break
        votes += _votes(finding, rule, unit, text)
    return votes >= needed


def _votes(finding: Finding, rule: Rule, unit: Unit, other: str) -> bool:
    """True where another system does as the finding says this one does."""
    here = finding.side == "candidate"
    if rule.compares == "negation":
        return bool(strong(other)) == here
    if rule.compares == "length":
        return _as_long(unit, other)
    if rule.compares == "final-mark":
        return _final(other) == _final(unit.candidate.text if unit.candidate else "")
    if rule.compares == "name":
        return (letters(finding.text) in letters(other)) == here
    if rule.compares == "numbers":
        return _has_number(finding.text, other) == here
    return _has_words(finding.text, other) == here


def _final(text: str) -> str:
    """The final mark, or nothing."""
    last = text.rstrip(" \"'”’)]»\n")[-1:]
    return "" if last.isalnum() else last


def _has_words(span: str, text: str) -> bool:
    wanted = content_stems(span)
    return len(wanted & all_stems(text)) >= _PRESENT * len(wanted)


def _has_number(span: str, text: str) -> bool:
    """By its digits, without separators; a number in words by its words."""
    digits = figures(span)
    if not digits:
        return all(w.text.lower() in text.lower() for w in words(span))
    there = _numbers(text)
    return all(number in there for number in digits)


@shared
def _numbers(text: str) -> frozenset[str]:
    return frozenset(figures(text))


def _as_long(unit: Unit, other: str) -> bool:
    """True where another text is nearer in length to this candidate than to the reference."""
    mine = len(unit.candidate.text) if unit.candidate else 0
    theirs = len(unit.references[0].text) if unit.references else 0
    return abs(len(other) - mine) < abs(len(other) - theirs)
