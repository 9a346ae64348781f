"""Part of step four: the user's own rules that found nothing, each with the reason where one can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evalkit.records import CustomRule, Failure, Finding, Passage
from evalkit.run.align import AlignedSystem
from evalkit.text.patterns import is_widthless


def idle_rules(
    rules: Sequence[CustomRule], systems: Sequence[AlignedSystem], found: Sequence[Iterable[Finding]]
) -> Iterator[Failure]:
    """A failure for each rule that matched no text of any system; `found` are the findings before any is left out."""
    fired = {finding.rule for mine in found for finding in mine} if rules else set()
    for rule in rules if systems else ():
        if rule.id not in fired:
            yield Failure("detect", "custom", "", "", f"rule {rule.id!r} {_reason(rule, systems)}")


def _reason(rule: CustomRule, systems: Sequence[AlignedSystem]) -> str:
    langs = sorted({system.candidate.lang for system in systems})
    if rule.lang and _bare(rule.lang) not in map(_bare, langs):
        return f"is for texts in {rule.lang!r}; the candidates are in {', '.join(map(repr, langs))}"
    passages = [p for system in systems for p in _passages(rule, system)]
    if not passages:
        return f"looks at the {rule.side}, but there is no such text"
    if any(is_widthless(rule.pattern, p.text) for p in passages):
        return "matches only places of no width; write a pattern that takes in the words to mark"
    return f"matched nothing in any {rule.side}; remove it if it is out of date, or correct its pattern"


def _passages(rule: CustomRule, system: AlignedSystem) -> Iterator[Passage]:
    for unit in system.units:
        if rule.side == "reference":
            yield from unit.references
        elif unit.candidate is not None:
            yield unit.candidate


def _bare(lang: str) -> str:
    return lang.replace("_", "-").partition("-")[0].lower()
