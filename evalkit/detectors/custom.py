"""The `custom` detector: the rules the configuration states as patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import language
from evalkit.errors import ConfigError
from evalkit.records import Context, CustomRule, Finding, Rule, Segment, Unit
from evalkit.records.findings import finding, own_rule
from evalkit.text.patterns import TooSlowError, find_all
from evalkit.text.words import quote


@dataclass(frozen=True)
class CustomDetector:
    """The `[[rule]]` entries of the configuration, each a pattern searched sentence by sentence.

    A pattern that needs more than `seconds` for one sentence is a ConfigError that names the rule.
    """

    seconds: float = 1.0

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "custom"
    rules: ClassVar[tuple[Rule, ...]] = ()

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """Findings by rule, in the order of the units; a reference segment of two units counts once."""
        lang = language(context)
        for rule in context.rules:
            if rule.lang and rule.lang.replace("_", "-").partition("-")[0].lower() != lang:
                continue
            seen: set[tuple[str, str]] = set()
            for unit in units:
                for reference, segment in _segments(unit, rule):
                    if (reference, segment.id) not in seen:
                        seen.add((reference, segment.id))
                        yield from self._segment(rule, unit, segment)

    def _segment(self, rule: CustomRule, unit: Unit, segment: Segment) -> Iterator[Finding]:
        made = own_rule(rule)
        try:
            hits = find_all(rule.pattern, segment.text, self.seconds)
        except TooSlowError as problem:
            raise ConfigError(
                f"rule {rule.id!r}: its pattern {problem} ({quote(segment.text, 40)}); "
                "write it without a repetition inside a repetition"
            ) from None
        for hit in hits:
            yield finding(
                made, self.name, unit, segment, hit.start, hit.end, rule.message, side=rule.side, expected=rule.expected
            )


def _segments(unit: Unit, rule: CustomRule) -> Iterator[tuple[str, Segment]]:
    """The segments of the rule's side with the name of their reference."""
    passages = unit.references if rule.side == "reference" else (unit.candidate,)
    for passage in passages:
        for segment in passage.segments if passage else ():
            yield passage.reference if passage else "", segment
