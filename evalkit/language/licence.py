"""What the source licenses: where the candidate has what the source has, the reference is the odd one out."""

from __future__ import annotations

import re

from evalkit.records import Finding, Rule, Unit
from evalkit.records.findings import PROOF
from evalkit.text.words import fold

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SHORTEST = 3  # letters of a name: shorter ones stand in other words by chance
_QUOTES = " \t\n\"'“”„‚‘’»«›‹)]）］】」』》"
_ALIKE = str.maketrans({"。": ".", "．": ".", "！": "!", "？": "?", "؟": "?", "।": ".", "…": ".", "：": ":", "；": ";"})


def is_licensed(finding: Finding, rule: Rule, unit: Unit) -> bool:
    """True for a difference from the reference, at a place of the candidate, that the source has as the candidate has
    it: the same digits, the same name letter by letter, the same final mark or none."""
    if finding.side != "candidate" or finding.evidence in PROOF or unit.source is None or unit.candidate is None:
        return False
    source = unit.source.text
    if rule.compares == "final-mark":
        return final_mark(unit.candidate.text) == final_mark(source)
    if rule.compares == "numbers":
        there = {_plain(number) for number in _DIGITS.findall(source)}
        mine = [_plain(number) for number in _DIGITS.findall(finding.text)]
        return bool(mine) and there.issuperset(mine)
    if rule.compares == "name":
        name = fold(finding.text)
        return len(name) >= _SHORTEST and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fold(source)) is not None
    return False


def final_mark(text: str) -> str:
    """The mark a text ends with behind its quotation marks, marks of other scripts as the Latin ones; or nothing."""
    last = text.rstrip(_QUOTES)[-1:].translate(_ALIKE)
    return "" if last.isalnum() else last


def _plain(number: str) -> str:
    return number.replace(",", "").replace(".", "")
